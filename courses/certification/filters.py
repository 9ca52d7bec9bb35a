"""What the listings of the desk can be narrowed down to."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from courses.certification.casework import TaskFailure
from courses.certification.models import Certificate, CertificateEvent

STATES = (
    ("valid", pgettext_lazy("certificate", "Valid")),
    ("expired", pgettext_lazy("certificate", "Expired")),
    ("expiring-30", _("Expiring within 30 days")),
    ("expiring-60", _("Expiring within 60 days")),
    ("expiring", _("Expiring within 90 days")),
    ("renewed", pgettext_lazy("certificate", "Renewed")),
    ("replaced", pgettext_lazy("certificate", "Replaced")),
    ("revoked", pgettext_lazy("certificate", "Revoked")),
    ("erased", pgettext_lazy("certificate", "Erased")),
)


class CertificateFilterSet(WagtailFilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    issued_at = django_filters.DateFromToRangeFilter(label=_("Issued between"), widget=DateRangePickerWidget)
    valid_until = django_filters.DateFromToRangeFilter(label=_("Valid until, between"), widget=DateRangePickerWidget)

    class Meta:
        model = Certificate
        fields = ["award", "specimen"]

    def in_state(self, queryset: Any, name: str, value: str) -> QuerySet[Certificate]:
        now = timezone.now()
        states = {
            "valid": lambda: queryset.valid_at(now),
            "expired": lambda: queryset.expired_at(now),
            "expiring-30": lambda: queryset.expiring_within(30, now),
            "expiring-60": lambda: queryset.expiring_within(60, now),
            "expiring": lambda: queryset.expiring_within(90, now),
            "renewed": lambda: queryset.filter(superseded_by__isnull=False, replaced_at=None),
            "replaced": queryset.replaced,
            "revoked": queryset.revoked,
            "erased": lambda: queryset.filter(erased_at__isnull=False),
        }
        return states[value]()


class EventFilterSet(WagtailFilterSet):  # type: ignore[misc]
    at = django_filters.DateFromToRangeFilter(label=_("Between"), widget=DateRangePickerWidget)

    class Meta:
        model = CertificateEvent
        fields = ["kind"]


class FailureFilterSet(WagtailFilterSet):  # type: ignore[misc]
    solved = django_filters.BooleanFilter(
        label=pgettext_lazy("failed task", "Solved"), field_name="solved_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = TaskFailure
        fields: list[str] = []
