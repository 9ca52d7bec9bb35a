"""What every view of a shift needs: whose it is, where it goes on, whether its time is over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sandbox import playing, services
from sandbox.models import ScenarioPage, Shift


def own_shift(request: HttpRequest, key: UUID) -> Shift:
    """Return the user's own shift; a stranger meets 404."""
    mine = Shift.objects.visible_to(request.user).select_related("version").defer("version__data")
    return get_object_or_404(mine, key=key)


def wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("X-Desk") == "fragment"


def desk_url(shift: Shift, comment: str = "") -> str:
    url = reverse("sandbox:desk", args=[shift.key])
    return f"{url}?{urlencode({'c': comment})}#bench" if comment else url


def settled(shift: Shift, now: Any) -> Shift:
    """End the shift if its clock has run out since anyone last looked."""
    over = shift.running and playing.minute_of(shift, now) >= playing.scenario_of(shift).duration
    return services.finish_shift(shift=shift, now=now) if over else shift


def page_of(activity_key: UUID) -> ScenarioPage:
    """Return the activity's page in the reader's language, else in any."""
    pages = ScenarioPage.objects.live().filter(translation_key=activity_key).select_related("scenario", "locale")
    found = sorted(pages, key=lambda page: page.locale.language_code != get_language())
    if not found or not found[0].scenario.live:
        raise Http404
    return found[0]


def stopped(request: HttpRequest, shift: Shift) -> HttpResponse:
    if shift.state != Shift.State.STOPPED:
        return redirect(desk_url(shift))
    messages.info(request, _("The shift is stopped, without a result. You can begin again when you like."))
    return redirect(page_of(shift.activity_key).url)


def debriefed(request: HttpRequest, key: UUID) -> Shift:
    """Return the user's own shift once its debrief may be read."""
    shift = own_shift(request, key)
    if shift.state != Shift.State.ENDED or shift.words_at is None:
        raise Http404
    return shift
