"""HTTP of the end of an attempt: what is still empty, the submission, the correction."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from quizzes import services
from quizzes.desk import desk_of, seconds_left
from quizzes.leaving import tells_where
from quizzes.report import review_of
from quizzes.services import CLOCK_SLACK
from quizzes.sitting import sit
from quizzes.views import own_attempt


@tells_where
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what is still unanswered before submitting; a post submits. A second post meets the same result."""
    found = own_attempt(request, key)
    if not found.is_open:
        return redirect("quizzes:review", key)
    if request.POST.get("clock") == "over" and (seconds_left(found, timezone.now()) or 0) > CLOCK_SLACK.seconds:
        messages.info(request, _("Your time has been extended: you may go on."))
        return redirect("quizzes:attempt", key)
    sitting = sit(found)
    if request.method == "POST":
        services.submit_attempt(sitting=sitting, now=timezone.now())
        return redirect("quizzes:review", key)
    now = timezone.now()
    context = desk_of(sitting, language=get_language() or "fr", now=now)
    locked = not found.takes_answers(now)
    more = {
        "unfinished": sitting.unfinished,
        "locked": locked,
        "open_now": sitting.open_now,
        "one_by_one": sitting.paper.layout == "one_per_page",
    }
    return render(request, "quizzes/finish.html", {**context, **more})


@login_required
@never_cache
@require_GET
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the correction of a submitted attempt."""
    found = own_attempt(request, key)
    if found.is_open:
        return redirect("quizzes:attempt", key)
    context = review_of(sit(found), language=get_language() or "fr", now=timezone.now())
    return render(request, "quizzes/review.html", context)
