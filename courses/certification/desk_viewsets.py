"""Listings of the desk: corrections, work in bulk, failures, the audit trail; and the layouts."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from courses.authoring.choosing import GuardedChooserViewSet
from courses.certification.casework import Batch, NameCorrection, TaskFailure
from courses.certification.filters import EventFilterSet, FailureFilterSet
from courses.certification.looks import Layout
from courses.certification.models import CertificateEvent
from courses.certification.wording import long_date


class DayColumn(Column):  # type: ignore[misc]
    """A day in full: “two years ago” says little of a date that lies ahead, and 03/04 is two days."""

    def get_value(self, instance: Any) -> str:
        return day(super().get_value(instance))


def day(moment: datetime | None) -> str:
    """A day as certificates print it, where the reader lives."""
    return long_date(moment, get_language() or "en", timezone.get_current_timezone_name()) if moment else "–"


class SpreadsheetMixin:
    """What people wrote (names, reasons) and a spreadsheet would run as a formula is quoted. Wagtail minds Excel files itself."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        text = str(cell)
        dangerous = export_format == "csv" and text.startswith(("=", "+", "-", "@", "\t", "\r"))
        return f"'{text}" if dangerous else cell


class DeskPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Looked at by those who hold `permission`; written by nobody but the desk's own pages."""

    def __init__(self, model: Any, permission: str) -> None:
        super().__init__(model)
        self.permission = permission

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(user.has_perm(self.permission))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class DeskIndexView(SpreadsheetMixin, IndexView):  # type: ignore[misc]
    """A listing whose lines lead to a page of the desk. Nothing in it is ticked: Wagtail would offer to delete it."""

    address = ""

    @cached_property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_edit_url(self, instance: Any) -> str | None:
        return reverse(self.address, args=[instance.pk]) if self.address else None


class CorrectionIndexView(DeskIndexView):
    address = "certificate_correction"


class FailureIndexView(DeskIndexView):
    address = "certificate_failure"


class BatchIndexView(DeskIndexView):
    def get_edit_url(self, instance: Batch) -> str | None:
        return instance.get_absolute_url()


class DeskViewSet(SnippetViewSet):  # type: ignore[misc]
    index_template_name = "wagtailadmin/generic/index.html"  # without the bar of bulk actions
    copy_view_enabled = False
    list_per_page = 50
    index_view_class = DeskIndexView
    chooser_viewset_class = GuardedChooserViewSet


class CorrectionViewSet(DeskViewSet):
    model = NameCorrection
    icon = "edit"
    menu_label = _("Names to put right")
    index_view_class = CorrectionIndexView
    list_display = [
        "__str__",
        Column("get_state_display", label=_("State")),
        DayColumn("asked_at", label=capfirst(_("asked"))),
        "reason",
    ]
    list_filter = ["state"]


class BatchViewSet(DeskViewSet):
    model = Batch
    icon = "tasks"
    menu_label = _("Work in bulk")
    index_view_class = BatchIndexView
    list_display = [
        "__str__",
        "award",
        "created_by",
        Column("total", label=capfirst(_("certificates"))),
        Column("remaining", label=capfirst(pgettext_lazy("certificates", "still to do"))),
    ]
    list_filter = ["kind"]


class FailureViewSet(DeskViewSet):
    model = TaskFailure
    icon = "warning"
    menu_label = _("Failed tasks")
    index_view_class = FailureIndexView
    list_display = ["__str__", "tries", "last_at", "next_try_at", "solved_at"]
    filterset_class = FailureFilterSet


class EventViewSet(DeskViewSet):
    model = CertificateEvent
    icon = "history"
    menu_label = _("Audit trail")
    list_display = ["at", Column("get_kind_display", label=_("What")), "certificate", "actor", "note"]
    list_export = ["at", "kind", "certificate.code", "actor", "note"]
    export_filename = "audit-trail"
    filterset_class = EventFilterSet
    ordering = ["-at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CertificateEvent]:
        return CertificateEvent.objects.select_related("certificate", "actor").order_by("-at", "-pk")


class LayoutViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Layout
    chooser_viewset_class = GuardedChooserViewSet
    icon = "image"
    menu_label = _("Layouts")
    list_display = [
        "name",
        Column("get_design_display", label=capfirst(_("design"))),
        Column("get_orientation_display", label=capfirst(_("orientation"))),
        Column("get_paper_display", label=capfirst(_("paper"))),
    ]
    panels = [
        HelpPanel(_("Open the preview to see each choice at once. Certificates already issued keep their look.")),
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("design"), FieldRowPanel([FieldPanel("orientation"), FieldPanel("paper")])],
            heading=_("The sheet"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("accent"), FieldPanel("own_accent")]), FieldPanel("ground"), FieldPanel("logo")],
            heading=_("Colours and logo"),
        ),
        InlinePanel("signatories", label=_("Signatory"), heading=_("Who signs"), max_num=2),
        MultiFieldPanel(
            [FieldPanel(f"{name}_{code}") for code in ("fr", "en") for name in Layout.TEXTS],
            heading=_("Texts (empty: the academy’s own)"),
            classname="collapsed",
        ),
    ]
