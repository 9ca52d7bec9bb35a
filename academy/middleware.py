import zoneinfo
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

ADMIN = "/admin/"
Handler = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answer whoever watches over the process. First in line: the watcher knows neither our name nor https."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz" and request.method in ("GET", "HEAD"):
            return JsonResponse({"status": "ok"})
        return self.get_response(request)


class TimezoneMiddleware:
    """Show times in the reader's own zone. A view that shows none says so (`timeless`), and nobody is asked who reads."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zoneinfo.ZoneInfo(settings.TIME_ZONE)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not getattr(view, "timeless", False):
            timezone.activate(zoneinfo.ZoneInfo(getattr(request.user, "time_zone", "") or settings.TIME_ZONE))


class AccountLanguageMiddleware:
    """Addresses that name no language speak the account's own: the authoring desk always, the front door until one
    has chosen another on this device."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._concerns(request) and request.user.is_authenticated:
            translation.activate(request.user.language)  # LocaleMiddleware, around this, then answers in it
        return self.get_response(request)

    def _concerns(self, request: HttpRequest) -> bool:
        if request.path_info.startswith(("/admin/", "/admin-door/")):
            return True
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        return request.path_info == "/" and signed_in and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES


class PermissionsPolicyMiddleware:
    """Say on every page that it needs no camera, no microphone, no place: see PERMISSIONS_POLICY."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; the admin gets what its inline scripts need, and nothing from outside."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(ADMIN):
            parts.update = settings.ADMIN_CSP_UPDATE
        return parts
