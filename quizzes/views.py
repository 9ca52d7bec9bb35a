"""HTTP of the questions of an attempt: shown, answered, turned. All works with plain forms; scripts only add comfort."""

import re
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.certification.ratelimit import address
from courses.delivery import can_author
from quizzes import services, teaching
from quizzes.delivery.access import outside
from quizzes.delivery_words import refusal_said
from quizzes.desk import desk_of, page_of, turn_of
from quizzes.leaving import tells_where
from quizzes.models import Attempt
from quizzes.posting import sort_fields
from quizzes.sitting import Sitting, sit
from quizzes.types import BadResponse
from quizzes.watching import note_network

TIME_OVER = gettext_lazy("That time is over: what was saved in it counts. This comes next.")
TEACH = re.compile(r"(check|hint)-([1-9][0-9]{0,2})")


def own_attempt(request: HttpRequest, key: UUID) -> Attempt:
    """Return the reader's own attempt, closed first if its time is over. Errors: 404 for anybody else's."""
    attempt = get_object_or_404(Attempt.objects.visible_to(request.user), key=key)
    attempt.user = request.user  # type: ignore[assignment]  # spares the query: the owner is the reader
    return services.close_overdue(attempt=attempt, now=timezone.now())


@tells_where
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, key: UUID, number: int | None = None) -> HttpResponse:
    """Show the attempt's questions, or the one at `number`; a post keeps the answers and goes where it is told."""
    found = own_attempt(request, key)
    if not found.is_open:
        return _too_late(request, found) if request.method == "POST" else redirect("quizzes:review", key)
    note_network(attempt=found, address=address(request), now=timezone.now())
    sitting = sit(found, answers=request.method != "POST")
    if request.method == "POST":
        return _keep_and_go(request, sitting, number)
    if not found.takes_answers(timezone.now()):
        return redirect("quizzes:finish", key)
    return _show(request, sitting, number)


def _show(request: HttpRequest, sitting: Sitting, number: int | None) -> HttpResponse:
    """Show all open questions, or the one at `number` if it is open; the window that asked answers from now on."""
    key, now = sitting.attempt.key, timezone.now()
    if outsider := _outside(request, sitting):
        return outsider
    if sitting.paper.layout == "one_per_page":
        if number and sitting.question(number) is None:
            raise Http404
        if request.method == "GET" and services.enter(sitting=sitting, now=now):
            messages.info(request, TIME_OVER)
        number = number or sitting.open_now.start
        if number not in sitting.open_now:
            messages.info(request, _("You have left that question for good, or it comes later. This is the open one."))
            return redirect("quizzes:question", key, sitting.open_now.start)
    elif number is not None:
        return redirect("quizzes:attempt", key)
    elif request.method == "GET" and services.enter(sitting=sitting, now=now):
        messages.info(request, TIME_OVER)
    if request.method == "GET":
        services.open_desk(attempt=sitting.attempt, desk=uuid4())
    context = desk_of(sitting, language=get_language() or "fr", now=now, number=number)
    return render(request, "quizzes/attempt.html", context)


def _outside(request: HttpRequest, sitting: Sitting) -> HttpResponse | None:
    """Return the way back for who is not on the exam's networks: answers are taken from anywhere, questions shown there."""
    refusal = outside(sitting.paper.rules, address(request))
    if refusal is None or can_author(request.user):
        return None
    messages.warning(request, refusal_said(refusal))
    page = page_of(sitting.attempt.activity_key)
    return redirect(page.get_url(request)) if page else redirect("quizzes:finish", sitting.attempt.key)


def window_of(request: HttpRequest) -> services.Window:
    """Return which window posted, and the newest answer it knew when it was made."""
    try:
        desk = UUID(request.POST.get("desk", ""))
    except ValueError:
        return services.ANYWHERE
    seen = request.POST.get("seen", "")
    return services.Window(desk, int(seen) if seen.isdecimal() and len(seen) <= 15 else 0)


def _keep_and_go(request: HttpRequest, sitting: Sitting, number: int | None) -> HttpResponse:
    """Save what a form posted, then go where it wants; what the attempt refuses is told."""
    key = sitting.attempt.key
    try:
        return _obey(request, sitting, number)
    except BadResponse:
        messages.error(request, _("That form did not belong to this attempt. Your earlier answers are kept."))
        return redirect("quizzes:attempt", key)
    except services.AnswersLocked:
        messages.info(request, _("The time is over. What was saved in time counts once you submit it."))
        return redirect("quizzes:finish", key)
    except services.AttemptClosed:
        return _too_late(request, sitting.attempt)


def _obey(request: HttpRequest, sitting: Sitting, number: int | None) -> HttpResponse:
    """Save the answers, then go to the question asked for, to the end, or to the review."""
    target, window = request.POST.get("go", ""), window_of(request)
    where: dict[str, Any] = {"posted": sort_fields(request.POST.lists()), "now": timezone.now()}
    wanted = int(target) if target.isdecimal() and len(target) <= 3 else 0
    if target == "submit":
        submitted = services.hand_in(sitting=sitting, window=window, **where)
        _tell_aside(request, sitting)
        return redirect("quizzes:review" if submitted else "quizzes:finish", sitting.attempt.key)
    if teach := TEACH.fullmatch(target):
        return _teach(sitting, teach[1], int(teach[2]), where)
    if not sitting.question(wanted):
        services.save_answers(sitting=sitting, sequence=None, window=window, **where)
        return _stay(request, sitting, number)
    over = request.POST.get("clock") == "over"
    here = services.turn_page(sitting=sitting, wanted=wanted, window=window, over=over, **where)
    return _turn(request, sitting, here, extended=over and here < wanted)


def _stay(request: HttpRequest, sitting: Sitting, number: int | None) -> HttpResponse:
    key = sitting.attempt.key
    if not _tell_aside(request, sitting):
        messages.success(request, _("Your answers are saved."))
    return redirect("quizzes:question", key, number) if number else redirect("quizzes:attempt", key)


def _turn(request: HttpRequest, sitting: Sitting, number: int, *, extended: bool) -> HttpResponse:
    """Go to a question once the answers are saved. A script takes it alone, without the page around it."""
    key, told = sitting.attempt.key, _tell_aside(request, sitting) or extended
    if extended:
        messages.info(request, _("Your time has been extended: you may go on."))
    if sitting.paper.layout != "one_per_page":
        return redirect("quizzes:attempt", key)
    here = not outside(sitting.paper.rules, address(request)) or can_author(request.user)
    if not request.headers.get("X-Turn") or told or not here:
        return redirect("quizzes:question", key, number)
    services.enter(sitting=sitting, now=timezone.now())
    context = turn_of(sitting, language=get_language() or "fr", now=timezone.now(), number=number)
    response = render(request, "quizzes/_turned.html", context)
    response["X-Turn-At"] = reverse("quizzes:question", args=[key, number])
    return response


def _tell_aside(request: HttpRequest, sitting: Sitting) -> bool:
    """Say which answers of this form were not kept, because another window answered since."""
    if sitting.aside:
        numbers = ", ".join(str(q.number) for q in sitting.aside)
        told = _(
            "Answered in another window since, and kept as answered there: question %(numbers)s. Look at it again."
        )
        messages.warning(request, told % {"numbers": numbers})
    if sitting.left:
        numbers = ", ".join(str(q.number) for q in sitting.left)
        messages.warning(
            request, _("You had left question %(numbers)s: the answer of that moment counts.") % {"numbers": numbers}
        )
    return bool(sitting.aside or sitting.left)


def _teach(sitting: Sitting, wish: str, number: int, where: dict[str, Any]) -> HttpResponse:
    """Show the correction of one question, or one more of its hints."""
    key, act = sitting.attempt.key, teaching.settle_question if wish == "check" else teaching.ask_hint
    act(sitting=sitting, number=number, **where)
    if sitting.paper.layout == "one_per_page":
        return redirect("quizzes:question", key, number)
    return redirect(f"{reverse('quizzes:attempt', args=[key])}#question-{number}")


def _too_late(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    services.close_overdue(attempt=attempt, now=timezone.now())
    messages.info(request, _("This attempt is closed. What was saved in time has been counted."))
    return redirect("quizzes:review", attempt.key)
