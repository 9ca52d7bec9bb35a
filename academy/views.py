from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from academy.accounts.forms import ProfileForm
from academy.context import THEMES
from academy.home import dashboard_context

YEAR = 365 * 24 * 3600


@require_safe
@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    return render(request, "academy/dashboard.html", dashboard_context(request))


@login_required
def profile(request: Any) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return render(request, "academy/profile.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of light or dark; anything else means: as the device says."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, request.get_host(), request.is_secure()):
        target = "/"
    response = redirect(target)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response


@require_safe
def admin_door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends those it does not let in: to the login, or home when they are logged in already."""
    if request.user.is_authenticated:
        messages.info(request, _("The authoring desk is for instructors. Here is your dashboard."))
        return redirect("dashboard")
    return redirect_to_login(request.GET.get("next", reverse("wagtailadmin_home")))
