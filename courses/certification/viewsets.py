"""Certificates in the admin: looked up, renewed and, with the permission, revoked."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet, SnippetViewSetGroup

from courses.authoring.choosing import GuardedChooserViewSet
from courses.certification import bulk_actions, desk, presenting, services
from courses.certification.award_viewsets import AwardViewSet
from courses.certification.casework import Batch, NameCorrection, TaskFailure
from courses.certification.desk_viewsets import (
    BatchViewSet,
    CorrectionViewSet,
    DayColumn,
    DeskPolicy,
    EventViewSet,
    FailureViewSet,
    LayoutViewSet,
    SpreadsheetMixin,
    day,
)
from courses.certification.filters import CertificateFilterSet
from courses.certification.forms import RevokeForm
from courses.certification.models import Certificate, CertificateEvent


class IssuedOnlyPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Certificates are looked at, never written by hand: rules issue them, an action of its own revokes them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class CertificateIndexView(SpreadsheetMixin, IndexView):  # type: ignore[misc]
    def get_list_more_buttons(self, instance: Certificate) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if not instance.hidden:
            buttons.append(MenuItem(_("Open its public page"), instance.get_absolute_url(), icon_name="view"))
        if self.request.user.has_perm("courses.issue_certificate") and is_current(instance):
            buttons.append(MenuItem(_("Renew"), reverse("certificate_renew", args=[instance.pk]), icon_name="rotate"))
        if may_revoke(self.request.user) and instance.revoked_at is None and instance.erased_at is None:
            buttons.append(MenuItem(_("Revoke"), reverse("certificate_revoke", args=[instance.pk]), icon_name="bin"))
        return list(buttons)

    @property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if self.request.user.has_perm("courses.issue_certificate"):
            url = reverse("certificate_bulk_issue")
            buttons.append(Button(gettext("Issue to several learners"), url=url, icon_name="group", priority=5))
        return buttons


def is_current(certificate: Certificate) -> bool:
    """Whether nothing has taken its place."""
    return not certificate.is_over and certificate.user_id is not None


class StateColumn(Column):  # type: ignore[misc]
    def get_value(self, instance: Certificate) -> str:
        return state_word(instance)


def state_word(certificate: Certificate) -> str:
    """The word of its page, or that it was erased; and, for staff, that its holder hides it."""
    if certificate.erased_at is not None:
        return pgettext("certificate", "Erased")
    word = str(presenting.words_for(certificate.verdict(timezone.now())).word)
    return gettext("%(state)s, its page hidden") % {"state": word} if certificate.hidden else word


class CertificateInspectView(InspectView):  # type: ignore[misc]
    """The facts, then the audit trail."""

    template_name = "certificates/admin/inspect.html"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        return day(value) if isinstance(value, datetime) else value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["events"] = self.object.events.select_related("actor")
        context["state"] = state_word(self.object)
        context["newer"] = getattr(self.object, "superseded_by", None)
        if may_revoke(self.request.user) and self.object.revoked_at is None and self.object.erased_at is None:
            context["revoke_url"] = reverse("certificate_revoke", args=[self.object.pk])
        return context


class CertificateViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Certificate
    chooser_viewset_class = GuardedChooserViewSet
    icon = "doc-full-inverse"
    menu_label = _("Certificates")
    index_view_class = CertificateIndexView
    inspect_view_class = CertificateInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["code", "holder", "award", "user", "issued_at", "valid_until", "uuid"]
    copy_view_enabled = False
    filterset_class = CertificateFilterSet
    search_fields = ["holder", "code"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "code",
        "holder",
        "award",
        StateColumn("state", label=_("State")),
        DayColumn("issued_at", label=capfirst(pgettext_lazy("certificate", "issued")), sort_key="issued_at"),
        DayColumn("valid_until", label=capfirst(_("valid until")), sort_key="valid_until"),
    ]
    list_export = [
        "code",
        "holder",
        "award.slug",
        "issued_at",
        "valid_until",
        "revoked_at",
        "public_reason",
        "specimen",
    ]
    export_filename = "certificates"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certificate]:
        return Certificate.objects.select_related("award", "superseded_by").order_by("-issued_at")


class CertificationGroup(SnippetViewSetGroup):  # type: ignore[misc]
    items = (
        AwardViewSet,
        LayoutViewSet,
        CertificateViewSet,
        CorrectionViewSet,
        BatchViewSet,
        EventViewSet,
        FailureViewSet,
    )
    menu_icon = "success"
    menu_label = _("Certification")
    menu_name = "certification"
    menu_order = 300


def may_revoke(user: Any) -> bool:
    return bool(user.has_perm("courses.revoke_certificate"))


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for both reasons, then revoke."""
    if not may_revoke(request.user):
        raise PermissionDenied
    certificate = get_object_or_404(Certificate, pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.revoke(certificate=certificate, actor=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Certificate %(code)s is revoked.") % {"code": certificate.code})
        return redirect(CertificateViewSet().get_url_name("list"))
    status = 422 if form.is_bound else 200
    return render(request, "certificates/admin/revoke.html", {"form": form, "certificate": certificate}, status=status)


def admin_urls() -> list[URLPattern]:
    return [path("certificates/<int:pk>/revoke/", revoke, name="certificate_revoke"), *desk.urls()]


def register() -> None:
    register_permission_policy(Certificate, IssuedOnlyPolicy(Certificate))
    for model in (NameCorrection, Batch, TaskFailure):
        register_permission_policy(model, DeskPolicy(model, "courses.issue_certificate"))
    register_permission_policy(CertificateEvent, DeskPolicy(CertificateEvent, "courses.view_certificate"))
    bulk_actions.register()
    register_snippet(CertificationGroup)
