import re
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.context_processors import csrf
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale

from courses import services
from courses.cards import open_courses
from courses.delivery import answers_for, given, learning_for, may_open
from courses.models import CataloguePage, Enrolment, LessonPage
from courses.privacy import is_open_to

PLACE = re.compile(
    r"part-\d{1,3}(-\d{1,3})?"
)  # the block, and the heading in it; see `courses.templatetags.lesson.part`


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """A stable address for the catalogue, whatever its page is called: menus link here without asking the database."""
    page = get_object_or_404(CataloguePage.objects.live(), locale=Locale.get_active())
    return redirect(page.get_url(request))


@login_required
@require_POST
def enrol(request: HttpRequest, course_key: UUID) -> HttpResponse:
    """Enrol and go straight to the first step."""
    course = get_object_or_404(open_courses(request.user), translation_key=course_key, locale=Locale.get_active())
    services.enrol(user=request.user, course_key=course_key, now=timezone.now())
    learning = learning_for(request, course)
    messages.success(request, _("You are enrolled in “%(course)s”.") % {"course": course.title})
    step = learning.next_step if learning else None
    return redirect(step.url if step else course.get_url(request))


@login_required
@require_POST
def complete_lesson(request: HttpRequest, page_id: int) -> HttpResponse:
    """The learner says the lesson is read; on to the next one."""
    lesson = get_object_or_404(LessonPage.objects.live(), pk=page_id)
    learning = learning_for(request, lesson)
    if learning is None or not learning.enrolled or not is_open_to(lesson, request.user):
        raise Http404
    services.complete_lesson(
        user=request.user, course_key=learning.course.key, activity_key=lesson.translation_key, now=timezone.now()
    )
    return redirect(learning.next.url if learning.next else learning.course.url)


@require_POST
def answer_block(request: HttpRequest, page_id: int, block_key: str) -> HttpResponse:
    """Take the answer to an interactive block; a learner's is kept, a visitor's only shown."""
    lesson = get_object_or_404(LessonPage.objects.live(), pk=page_id)
    learning = learning_for(request, lesson)
    found = lesson.interactive(block_key) if may_open(lesson, learning, request.user) else None
    if found is None:
        raise Http404
    block, value = found
    state = block.state_of(value, request.POST)
    kept = learning is not None and learning.enrolled
    if state is not None and kept:
        services.answer_block(
            user=request.user, lesson=lesson, block=block, value=value, state=state, now=timezone.now()
        )
    unanswered = block_key if state is None else ""
    if request.headers.get("HX-Request"):
        answers = answers_for(request, lesson) | ({} if kept else given(lesson, block_key, request.POST))
        context = {"page": lesson, "request": request, "answers": answers, "unanswered": unanswered, "replaced": True}
        return HttpResponse(block.render(value, context | csrf(request)))
    query = _query(request, block_key, unanswered=unanswered, kept=kept)
    return redirect(f"{lesson.get_url(request)}{query}#ask-{block_key}")


def _query(request: HttpRequest, block_key: str, *, unanswered: str, kept: bool) -> str:
    """Return what the address must say: what was not answered, or a visitor's answer, which is kept nowhere else."""
    if unanswered:
        return "?" + urlencode({"unanswered": unanswered})
    if kept:
        return ""
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    return "?" + urlencode({"block": block_key, **fields}, doseq=True)


@login_required
@require_POST
def leave(request: HttpRequest, course_key: UUID) -> HttpResponse:
    """Take the course off one's dashboard; the records stay and come back with a new enrolment."""
    enrolment = get_object_or_404(Enrolment.objects.of(request.user), course_key=course_key, completed_at=None)
    enrolment.delete()
    messages.info(request, _("The course has left your dashboard. Your results are kept."))
    return redirect("dashboard")


@login_required
@require_POST
def remember_place(request: HttpRequest, activity_key: UUID) -> HttpResponse:
    """Keep where in the lesson the learner reads; sent by a script every few seconds at most."""
    place = request.POST.get("place", "")
    if not PLACE.fullmatch(place):
        return HttpResponse(status=422)
    if not services.remember_place(user=request.user, activity_key=activity_key, place=place):
        raise Http404
    return HttpResponse(status=204)
