"""HTTP of the start of an attempt: who is let in, and what is said to who is not."""

from secrets import randbits
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.certification.ratelimit import address
from courses.delivery import can_author
from courses.models import CoursePage, Enrolment
from courses.privacy import is_open_to
from quizzes import services
from quizzes.delivery_words import HONOUR, refusal_said
from quizzes.models import QuizPage


@login_required
@require_POST
def start(request: HttpRequest, page_id: int) -> HttpResponse:
    """Begin an attempt, or go back to the one under way."""
    page = get_object_or_404(QuizPage.objects.live().select_related("quiz"), pk=page_id)
    if not is_open_to(page, request.user):
        raise Http404
    course_key = course_key_of(page)
    author = can_author(request.user)
    if not (author or Enrolment.objects.of(request.user).filter(course_key=course_key).exists()):
        raise Http404
    try:
        attempt = services.start_attempt(
            user=request.user,
            quiz=page.quiz,
            course_key=course_key,
            activity_key=page.translation_key,
            seed=randbits(62),
            now=timezone.now(),
            password=request.POST.get("password", ""),
            address=address(request),
            watched=request.POST.get("watched") == "yes",
            honour=str(HONOUR) if request.POST.get("honour") == "yes" else "",
            trial=author,
        )
    except services.NothingToAsk:
        return _back(request, page, _("This quiz has no question yet. Come back later."))
    except services.HonourNeeded:
        return _back(request, page, _("Tick the statement on your honour, then start."))
    except services.TooManyTries:
        return _back(request, page, _("Too many passwords were tried. Wait ten minutes, then try again."))
    except services.PasswordNeeded:
        return _back(request, page, _("Type the password of this exam as it was given to you, then start."))
    except services.Refused as refused:
        return _back(request, page, refusal_said(refused.refusal))
    return redirect("quizzes:attempt", attempt.key)


def _back(request: HttpRequest, page: QuizPage, reason: str) -> HttpResponse:
    messages.warning(request, reason)
    return redirect(page.get_url(request))


def course_key_of(page: QuizPage) -> UUID:
    """Return the key of the course a quiz belongs to. Errors: 404 where there is none."""
    course = CoursePage.objects.ancestor_of(page).live().values_list("translation_key", flat=True).first()
    if course is None:
        raise Http404
    return UUID(str(course))
