"""The desk over HTTP: plain forms and redirects; a script may ask for fragments instead."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sandbox import clock_services, playing, services, wording
from sandbox.engine.acts import IllegalAct
from sandbox.forms import APPEAL, ActForm
from sandbox.models import Shift
from sandbox.pace import SPEEDS
from sandbox.polling import Cursor, fragments
from sandbox.presenting import Desk, desk_of
from sandbox.sight import ORDERS, Sight, show_texts
from sandbox.telling import completed
from sandbox.views.shift import desk_url, own_shift, settled, stopped, wants_fragment

SPEED_WISHES = {f"speed:{factor:g}": factor for factor in SPEEDS}


@never_cache
@require_safe
@login_required
def desk(request: HttpRequest, key: UUID) -> HttpResponse:
    now = timezone.now()
    shift = settled(own_shift(request, key), now)
    if not shift.running:
        return redirect("sandbox:debrief", key=shift.key)
    view = desk_of(shift, now, request.GET.get("c", ""), Sight.of(request, shift.key))
    if wants_fragment(request):
        return render(request, "sandbox/_bench.html", _bench(view))
    return _desk_page(request, view)


def _desk_page(request: HttpRequest, view: Desk, status: int = 200, **extra: Any) -> HttpResponse:
    context = {"desk": view, "shift": view.shift, "view": _view(request), **_bench(view), **extra}
    return render(request, "sandbox/desk.html", context, status=status)


def _view(request: HttpRequest) -> str:
    """Return which of the desk's views a narrow screen shows: the comment asked for, else the queue."""
    asked = request.GET.get("view", "bench" if "c" in request.GET or request.method == "POST" else "queue")
    return asked if asked in ("queue", "bench", "feed") else "queue"


def _bench(view: Desk, **extra: Any) -> dict[str, Any]:
    return {"desk": view, "strategies": wording.STRATEGIES.items(), "orders": ORDERS.items(), **extra}


@never_cache
@require_POST
@login_required
def act(request: HttpRequest, key: UUID) -> HttpResponse:
    shift, now = own_shift(request, key), timezone.now()
    form = ActForm(request.POST)
    hand = at_hand(request)
    if not form.is_valid():
        return refused(request, shift, hand, _("The desk did not understand this act. Refresh and try again."))
    fault = fault_of(form)
    if fault:
        return refused(request, shift, hand, fault)
    fields = completed(form.fields_of_act(), playing.scenario_of(shift))
    try:
        services.record_act(shift=shift, form_key=form.cleaned_data["key"], fields=fields, now=now)
    except IllegalAct as refusal:
        return refused(request, shift, hand, wording.REFUSALS[refusal.code])
    if wants_fragment(request):
        return changed(request, own_shift(request, key), comment=hand, acted=True)
    return redirect(desk_url(shift, hand))


def at_hand(request: HttpRequest) -> str:
    """Return what the page had at hand when it acted: an appeal or a comment."""
    hand = request.POST.get("hand", "")[:90]
    return hand if hand.startswith(APPEAL) else request.POST.get("comment", "")[:80]


def fault_of(form: ActForm) -> Any:
    """Return why a well-formed act cannot be sent as it was written, or ""."""
    left = form.unfilled()
    if left:
        return _("One field of the template is still to be filled in: %(field)s.") % {"field": left}
    return wording.REFUSALS["text_required"] if form.ruling and not form.cleaned_data["text"].strip() else ""


def refused(request: HttpRequest, shift: Shift, comment: str, reason: Any) -> HttpResponse:
    """Say why, and give back what was typed."""
    now = timezone.now()
    shift = settled(shift, now)
    if not shift.running:
        return over(request, shift)
    view = desk_of(shift, now, comment, Sight.of(request, shift.key))
    typed = {name: request.POST.get(name, "") for name in ("reason", "desk", "text", "ground", "facts")}
    if wants_fragment(request):
        return render(request, "sandbox/_bench.html", _bench(view, refusal=reason, typed=typed), status=422)
    return _desk_page(request, view, status=422, refusal=reason, typed=typed)


def over(request: HttpRequest, shift: Shift) -> HttpResponse:
    debrief_url = reverse("sandbox:debrief", args=[shift.key])
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"X-Desk-Location": debrief_url})
    messages.info(request, _("The shift is over. Here is what it shows."))
    return redirect(debrief_url)


def changed(
    request: HttpRequest,
    shift: Shift,
    cursor: Cursor | None = None,
    comment: str = "",
    *,
    clock: bool = False,
    acted: bool = False,
) -> HttpResponse:
    """Answer with what changed; after an act on `comment` its bench too, after a wish of the clock its form."""
    now = timezone.now()
    if not shift.running or playing.minute_of(shift, now) >= playing.scenario_of(shift).duration:
        return over(request, settled(shift, now))
    cursor = cursor or Cursor.read(request.POST.get("cursor", ""))
    view = desk_of(shift, now, comment, Sight.of(request, shift.key))
    context = fragments(view, cursor, acted=acted or bool(comment) or clock)
    if context is None:
        return HttpResponse(status=204, headers={"X-Desk-Cursor": view.cursor})
    takes = bool(comment) or (_hands_empty(request) and bool(view.selected or view.appeal))
    context |= _bench(view, bench=takes, clock=clock, shift=shift, bar=view.bar)
    return render(request, "sandbox/_fragments.html", context)


def _hands_empty(request: HttpRequest) -> bool:
    """The page has no comment at hand: it takes the first one that waits."""
    return "1" in (request.GET.get("empty"), request.POST.get("empty"))


@require_POST
@login_required
def set_clock(request: HttpRequest, key: UUID) -> HttpResponse:
    """Pause, go on, change the speed, move on to the next arrival, mask texts or not, hand the shift over, or stop without a result."""
    shift, now = own_shift(request, key), timezone.now()
    wish, comment = request.POST.get("wish", ""), request.POST.get("comment", "")[:80]
    if wish in ("pause", "resume"):
        clock_services.set_clock(shift=shift, paused=wish == "pause", now=now)
    elif wish == "ahead":
        seen = request.POST.get("seen", "0")
        clock_services.move_on(shift=shift, seen=int(seen) if seen.isdecimal() else 0, now=now)
    elif wish.startswith("speed:"):
        clock_services.set_speed(shift=shift, factor=SPEED_WISHES.get(wish, 0), now=now)
    elif wish in ("show", "mask"):
        show_texts(request, key, wish == "show")
    elif wish == "finish":
        services.finish_shift(shift=shift, now=now)
        return redirect("sandbox:debrief", key=shift.key)
    elif wish == "stop":
        return stopped(request, services.stop_shift(shift=shift, now=now))
    if wants_fragment(request):
        return changed(request, own_shift(request, key), clock=True)
    return redirect(reverse("sandbox:desk", args=[key]) + f"?{urlencode({'c': comment, 'view': 'queue'})}")
