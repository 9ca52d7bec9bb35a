from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.calendar import services
from courses.calendar.deadlines import deadlines_of
from courses.calendar.feed import as_ics
from courses.models import CalendarAddress


@login_required
@require_safe
def calendar(request: Any) -> HttpResponse:
    """One's deadlines, and the private address a calendar reads them at."""
    address = CalendarAddress.objects.filter(user=request.user).first()
    feed = settings.SITE_URL + reverse("calendar_feed", args=[address.token]) if address else ""
    context = {"deadlines": deadlines_of(request.user, now=timezone.now()), "address": address, "feed_url": feed}
    return render(request, "courses/calendar.html", context)


@login_required
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    services.renew_address(user=request.user, now=timezone.now())
    messages.success(request, _("Here is your address. An earlier one no longer works."))
    return redirect("courses:calendar")


@login_required
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    services.revoke_address(user=request.user)
    messages.success(request, _("The address no longer works."))
    return redirect("courses:calendar")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The deadlines of whoever made this address, in their own language and time; no session, no trace of the reader."""
    address = get_object_or_404(CalendarAddress.objects.select_related("user"), token=token, user__is_active=True)
    user, now = address.user, timezone.now()
    zone = ZoneInfo(getattr(user, "time_zone", "") or settings.TIME_ZONE)
    with translation.override(getattr(user, "language", "") or settings.LANGUAGE_CODE), timezone.override(zone):
        body = as_ics(deadlines_of(user, now=now), site_url=settings.SITE_URL, now=now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
