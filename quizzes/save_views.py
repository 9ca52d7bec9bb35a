"""HTTP of what the page of an attempt sends by itself: answers as they change, and the log that was agreed to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.certification.ratelimit import address
from quizzes import services
from quizzes.desk import clocks_of
from quizzes.posting import sort_fields
from quizzes.sitting import sit
from quizzes.types import BadResponse
from quizzes.views import own_attempt, window_of
from quizzes.watching import note_focus, note_network

REFUSALS: dict[type[Exception], tuple[str, int]] = {
    services.TakenOver: ("elsewhere", 409),
    services.AnswersLocked: ("locked", 409),
    services.AttemptClosed: ("closed", 409),
    BadResponse: ("form", 422),
}


@never_cache
@require_POST
def save(request: HttpRequest, key: UUID) -> JsonResponse:
    """Keep answers sent by the page as they change. Always answers JSON, so that the page can say what happened."""
    if not request.user.is_authenticated:
        return JsonResponse({"saved": False, "reason": "login"}, status=401)
    found = own_attempt(request, key)
    sequence = request.POST.get("sequence", "")
    now = timezone.now()
    if not sequence.isdecimal() or len(sequence) > 15:
        return JsonResponse({"saved": False, "reason": "sequence"}, status=422)
    note_network(attempt=found, address=address(request), now=now)
    sitting = sit(found, answers=False)
    try:
        services.save_answers(
            sitting=sitting,
            posted=sort_fields(request.POST.lists()),
            sequence=int(sequence),
            now=now,
            window=window_of(request),
        )
    except tuple(REFUSALS) as refusal:
        reason, status = REFUSALS[type(refusal)]
        return JsonResponse({"saved": False, "reason": reason}, status=status)
    return JsonResponse(
        {
            "saved": True,
            "sequence": sitting.sequence,
            "at": time_format(timezone.localtime(now)),
            "left": {clock["kind"]: clock["left"] for clock in clocks_of(sitting, now)},
            "states": {q.number: q.progress for q in sitting.questions},
            "closed": [q.number for q in sitting.left],
        }
    )


@never_cache
@require_POST
def watch(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what the page tells of its focus, if its candidate agreed to that."""
    if request.user.is_authenticated:
        note_focus(attempt=own_attempt(request, key), what=request.POST.get("what", ""), now=timezone.now())
    return HttpResponse(status=204)
