"""The report “Usage” in the admin: one course after another, each lesson with where its readers stop."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from courses.authoring.exporting import InOwnLanguage
from courses.authoring.labels import block_labels
from courses.authoring.translation_views import may_write
from courses.authoring.usage import FEWEST, Line, answers_of, enrolments_by_course, stops_of, usage_of
from courses.authoring.words import KINDS
from courses.drawing.charts import draw_chart
from courses.models import CoursePage, LessonPage
from courses.outline import Outline, branch, build


def may_see(user: Any) -> bool:
    """Sums over learners: for those who write the courses, and those who follow the learners."""
    return may_write(user) or bool(user.has_perm("courses.view_activityrecord"))


def course_in_language(key: UUID) -> CoursePage:
    """Return the course in the reader's language, or in the one it has.

    Errors: Http404 for a key no course has.
    """
    pages = {
        page.locale.language_code: page
        for page in CoursePage.objects.filter(translation_key=key).select_related("locale")
    }
    if not pages:
        raise Http404
    return pages.get(get_language() or "") or next(iter(pages.values()))


def outline_of(page: CoursePage) -> Outline:
    outlines = build(branch(page))
    if not outlines:
        raise Http404
    return outlines[0]


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Every course with how many take it and finish it."""
    if not may_see(request.user):
        raise PermissionDenied
    pages: dict[UUID, CoursePage] = {}
    for page in CoursePage.objects.live().select_related("locale").order_by("path"):
        if page.locale.language_code == get_language() or page.translation_key not in pages:
            pages[page.translation_key] = page
    sums = enrolments_by_course()
    rows = [
        {"key": key, "title": page.title, "enrolled": sums.get(key, (0, 0))[0], "completed": sums.get(key, (0, 0))[1]}
        for key, page in pages.items()
    ]
    return render(request, "courses/admin/usage_courses.html", {"rows": rows, "fewest": FEWEST})


class UsageExport(InOwnLanguage, SpreadsheetExportMixin):  # type: ignore[misc]
    """The lines of a course as a spreadsheet; what is kept back on the page is empty."""

    list_export = [
        "title", "kind", "promised", "figures.began", "figures.completion", "figures.stopped", "figures.median_minutes",
        "figures.error_rate",
    ]  # fmt: skip
    export_headings = {
        "title": gettext_lazy("Title"),
        "kind": gettext_lazy("Kind"),
        "promised": gettext_lazy("Minutes promised"),
        "figures.began": gettext_lazy("Readers"),
        "figures.completion": gettext_lazy("Finished, %"),
        "figures.stopped": gettext_lazy("Given up, %"),
        "figures.median_minutes": gettext_lazy("Median minutes"),
        "figures.error_rate": gettext_lazy("Wrong at first, %"),
    }
    export_filename = "usage"

    def __init__(self) -> None:
        few = dict.fromkeys(("csv", "xlsx"), lambda number: "" if number < FEWEST else number)
        named = dict.fromkeys(("csv", "xlsx"), lambda kind: str(KINDS.get(kind, kind)))
        self.custom_field_preprocess = {"figures.began": few, "kind": named}

    def get_heading(self, queryset: Any, field: str) -> Any:
        return str(self.export_headings[field])


@require_safe
def course(request: HttpRequest, key: UUID) -> HttpResponse:
    """One course, activity by activity."""
    if not may_see(request.user):
        raise PermissionDenied
    page = course_in_language(key)
    usage = usage_of(outline_of(page), now=timezone.now())
    if request.GET.get("export") in UsageExport.FORMATS:
        return UsageExport().as_spreadsheet(usage.lines, request.GET["export"])
    context = {"course": page, "usage": usage, "fewest": FEWEST, "drawing": drawing_of(usage.lines), "kinds": KINDS}
    return render(request, "courses/admin/usage_course.html", context)


def drawing_of(lines: list[Line]) -> Any:
    """Draw how many begin and how many finish each activity: the slope shows where learners stop."""
    shown = [line for line in lines if not line.is_module and not line.figures.few]
    rows = [(line.title, (float(line.figures.began), float(line.figures.done))) for line in shown]
    return draw_chart("bars", [_("Began"), _("Finished")], rows) if rows else None


@dataclass(frozen=True, slots=True)
class Stop:
    """A part of a lesson and how many of those who did not finish read no further."""

    label: str
    number: int


@require_safe
def lesson(request: HttpRequest, key: UUID, activity: UUID) -> HttpResponse:
    """One lesson: where its readers stop, and what they get wrong."""
    if not may_see(request.user):
        raise PermissionDenied
    page = course_in_language(key)
    found = (
        LessonPage.objects.filter(translation_key=activity, path__startswith=page.path).select_related("locale").first()
    )
    if found is None:
        raise Http404
    stops, number = stops_in(found, stops_of(key, activity))
    drawing = draw_chart("bars", [_("Readers")], [(s.label, (float(s.number),)) for s in stops]) if stops else None
    context = {
        "course": page, "lesson": found, "drawing": drawing, "number": number, "fewest": FEWEST,
        "questions": questions_in(found, answers_of(activity)),
    }  # fmt: skip
    return render(request, "courses/admin/usage_lesson.html", context)


def stops_in(page: LessonPage, places: dict[str, int]) -> tuple[list[Stop], int]:
    """Return where readers stopped in the order of the lesson, and how many they are; nothing for fewer than `FEWEST`."""
    total = sum(places.values())
    if total < FEWEST:
        return [], total
    labels, counts = block_labels(page), [0] * (len(page.body.raw_data) + 1)
    for place, number in places.items():
        part = place.removeprefix("part-").split("-")[0]
        counts[min(int(part), len(counts) - 1) if part.isdigit() else 0] += number
    names = [
        _("Before the first part"),
        *(f"{n} · {labels[b['type']]}" for n, b in enumerate(page.body.raw_data, start=1)),
    ]
    return [Stop(name, number) for name, number in zip(names, counts, strict=True)], total


def questions_in(page: LessonPage, answers: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the questions of a lesson in its order, each with its figures."""
    values = [block["value"] for block in page.body.raw_data if isinstance(block["value"], dict)]
    asked = [(value.get("key"), value.get("prompt") or value.get("title") or "") for value in values]
    return [(prompt, answers[key]) for key, prompt in asked if key in answers]
