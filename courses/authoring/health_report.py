"""The report “Content health”: every page of the curriculum with what it asks for, filtered and exported."""

from collections import Counter
from datetime import timedelta
from typing import Any

import django_filters
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from courses.authoring.exporting import InOwnLanguage
from courses.authoring.health import curriculum_pages, page_models, refresh
from courses.authoring.words import KINDS, NAMES
from courses.delivery import COURSE_DEPTH
from courses.models import CoursePage, PageFinding, activity_models

AGES = (6, 12, 24)


def course_choices() -> list[tuple[str, str]]:
    rows = CoursePage.objects.order_by("path").values_list("path", "title", "locale__language_code")
    return [(path, f"{title} ({language})") for path, title, language in rows]


def language_choices() -> list[tuple[str, Any]]:
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


class HealthFilterSet(WagtailFilterSet):  # type: ignore[misc]
    finding = django_filters.MultipleChoiceFilter(
        field_name="health__findings__code", choices=list(NAMES.items()), label=gettext_lazy("To do")
    )
    course = django_filters.ChoiceFilter(
        field_name="path", lookup_expr="startswith", choices=course_choices, label=gettext_lazy("Course")
    )
    language = django_filters.ChoiceFilter(
        field_name="locale__language_code", choices=language_choices, label=gettext_lazy("Language")
    )
    kind = django_filters.ChoiceFilter(choices=list(KINDS.items()), method="of_kind", label=gettext_lazy("Kind"))
    unchanged = django_filters.ChoiceFilter(
        choices=[(n, n) for n in AGES], method="unchanged_for", label=gettext_lazy("Unchanged for so many months")
    )
    hardest = django_filters.NumberFilter(
        field_name="health__reading_ease", lookup_expr="lte", label=gettext_lazy("Reading ease of at most")
    )

    class Meta:
        model = Page
        fields = ["finding", "course", "language", "kind", "unchanged", "hardest"]

    def of_kind(self, queryset: Any, name: str, value: str) -> Any:
        models = [model for model in page_models() if kind_of(model) == value]
        return queryset.filter(content_type__in=[ContentType.objects.get_for_model(model).pk for model in models])

    def unchanged_for(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(last_published_at__lt=timezone.now() - timedelta(days=30 * int(value)))


def kind_of(model: Any) -> str:
    return getattr(model, "activity_kind", "") or model._meta.model_name.removesuffix("page")


def standing(page: Any) -> str:
    """Say where a page stands: the step of the review it waits at, or live, or draft."""
    state = page.current_workflow_state
    if state and state.current_task_state:
        return _("At the step “%(task)s”") % {"task": state.current_task_state.task.name}
    if page.approved_schedule:
        return _("Scheduled")
    if not page.live:
        return _("Draft")
    return _("Live, with a draft") if page.has_unpublished_changes else _("Live")


class FindingsColumn(Column):  # type: ignore[misc]
    """What is to do: each kind of finding once, with how many there are."""

    cell_template_name = "courses/admin/findings_cell.html"

    def get_value(self, instance: Any) -> list[tuple[Any, int]]:
        return counted(instance.health.findings.all())


def counted(found: Any) -> list[tuple[Any, int]]:
    return [(NAMES.get(code, code), number) for code, number in Counter(f.code for f in found).items()]


def in_words(health: Any) -> str:
    findings = health.findings.all()
    return "; ".join(" · ".join(filter(None, (str(NAMES.get(f.code, f.code)), f.place, f.detail))) for f in findings)


class HealthReport(InOwnLanguage, ReportView):  # type: ignore[misc]
    page_title = gettext_lazy("Content health")
    header_icon = "clipboard-list"
    results_template_name = "courses/admin/health_results.html"
    index_url_name = "content_health"
    index_results_url_name = "content_health_results"
    filterset_class = HealthFilterSet
    model = Page
    export_filename = "content-health"
    default_ordering = "path"
    any_permission_required = ["add", "change", "publish"]
    columns = [
        TitleColumn("title", label=gettext_lazy("Title"), url_name="wagtailadmin_pages:edit", sort_key="title"),
        Column("course_title", label=gettext_lazy("Course")),
        Column("kind", label=gettext_lazy("Kind"), accessor=lambda page: KINDS[kind_of(page.specific_class)]),
        Column("language", label=gettext_lazy("Language"), accessor="locale.language_code"),
        FindingsColumn("findings", label=gettext_lazy("To do")),
        Column("minutes", label=gettext_lazy("Minutes"), sort_key="minutes"),
        NumberColumn("health.words", label=gettext_lazy("Words"), sort_key="health__words"),
        Column("health.reading_ease", label=gettext_lazy("Reading ease"), sort_key="health__reading_ease"),
        DateColumn("last_published_at", label=gettext_lazy("Published"), sort_key="last_published_at"),
        Column("standing", label=gettext_lazy("Where it stands"), accessor=standing),
    ]
    list_export = [
        "title", "course_title", "content_type", "locale.language_code", "minutes", "health.words", "health.reading_ease",
        "last_published_at", "live", "health", "full_url",
    ]  # fmt: skip
    export_headings = {
        "title": gettext_lazy("Title"),
        "course_title": gettext_lazy("Course"),
        "content_type": gettext_lazy("Kind"),
        "locale.language_code": gettext_lazy("Language"),
        "minutes": gettext_lazy("Minutes"),
        "health.words": gettext_lazy("Words"),
        "health.reading_ease": gettext_lazy("Reading ease"),
        "last_published_at": gettext_lazy("Published"),
        "live": gettext_lazy("Live"),
        "health": gettext_lazy("To do"),
        "full_url": gettext_lazy("Address"),
    }
    custom_field_preprocess = {
        "health": {"csv": in_words, "xlsx": in_words},
        "content_type": {name: lambda kind: str(KINDS[kind_of(kind.model_class())]) for name in ("csv", "xlsx")},
    }

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self) -> QuerySet[Page]:
        refresh(now=timezone.now())
        mine = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, self.any_permission_required
        )
        course = Page.objects.filter(path=Substr(OuterRef("path"), 1, COURSE_DEPTH * Page.steplen)).values("title")
        minutes = [F(f"{model.__name__.lower()}__minutes") for model in activity_models()]
        return (
            (curriculum_pages() & mine)
            .filter(health__isnull=False)
            .annotate(course_title=Subquery(course), minutes=Coalesce(*minutes, None))
            .annotate_approved_schedule()
            .prefetch_workflow_states()
            .select_related("locale", "content_type", "health")
            .prefetch_related("health__findings")
        )

    def get_queryset(self) -> QuerySet[Page]:
        return self.order_queryset(self.get_base_queryset()).distinct()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        found = Counter(PageFinding.objects.values_list("code", flat=True))
        return {**context, "totals": [(code, name, found[code]) for code, name in NAMES.items() if found[code]]}
