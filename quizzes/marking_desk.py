"""The marker's desk in the admin: the answers that wait, one at a time, without the candidate's name."""

from typing import Any
from uuid import UUID

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from quizzes import marking
from quizzes.answer_views import serve
from quizzes.marking_forms import LEVEL, RubricForm
from quizzes.models import Answer, MarkedAnswer, Marking, Question, Quiz, Upload
from quizzes.scoring.typing import count_words
from quizzes.sitting import Asked, sit
from quizzes.types import LANGUAGES

POLICY = ModelPermissionPolicy(Marking)
STATES = [("marked", _("Marked")), ("all", pgettext_lazy("answers", "All"))]


class AnswerFilterSet(WagtailFilterSet):  # type: ignore[misc]
    """Without a choice, those that wait."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="_in_state", empty_label=_("Waiting"))
    quiz = django_filters.ModelChoiceFilter(label=_("Quiz"), queryset=Quiz.objects.all(), field_name="attempt__quiz")
    question = django_filters.ModelChoiceFilter(
        label=_("Question"),
        queryset=Question.objects.filter(kind__in=("essay", "file_upload")),
        field_name="version__question",
    )

    class Meta:
        model = MarkedAnswer
        fields: list[str] = []

    def _in_state(self, queryset: Any, name: str, value: str) -> QuerySet[MarkedAnswer]:
        found: QuerySet[MarkedAnswer] = queryset
        return found  # `filter_queryset` decides, since no choice is a choice too

    def filter_queryset(self, queryset: Any) -> Any:
        found, state = super().filter_queryset(queryset), self.form.cleaned_data.get("state")
        if state == "marked":
            return found.exclude(marked_at=None)
        return found if state == "all" else found.waiting()


def for_marker(user: Any) -> QuerySet[MarkedAnswer]:
    """Return the answers `user` may mark, with what was answered, oldest first."""
    given = Answer.objects.filter(attempt=OuterRef("attempt"), slot=OuterRef("slot")).values("response")[:1]
    found = MarkedAnswer.objects.not_of(user).select_related("version__question", "attempt__quiz")
    return found.defer("version__content", "version__rendered").annotate(given=Subquery(given))


class AnswerList(PermissionCheckedMixin, BaseListingView):  # type: ignore[misc]
    page_title = _("Answers to mark")
    header_icon = "edit"
    permission_policy = POLICY
    permission_required = "add"
    index_url_name = "quizzes_answers"
    index_results_url_name = "quizzes_answers_results"
    filterset_class = AnswerFilterSet
    paginate_by = 30
    is_searchable = False

    def get_base_queryset(self) -> QuerySet[MarkedAnswer]:
        return for_marker(self.request.user)

    @property
    def columns(self) -> list[Column]:
        kept = self.request.GET.urlencode()
        return [
            TitleColumn("text", label=_("Answer"), accessor=excerpt, get_url=lambda answer: address(answer, kept)),
            Column("question", label=_("Question"), accessor=lambda answer: str(answer.version.question)),
            Column("quiz", label=_("Quiz"), accessor=lambda answer: answer.attempt.quiz.identifier),
            Column("submitted_at", label=_("Submitted"), accessor=lambda answer: answer.submitted_at.date()),
            Column("marked_at", label=_("Marked"), accessor=lambda a: a.marked_at.date() if a.marked_at else "–"),
        ]


def excerpt(answer: Any) -> str:
    given = answer.given or {}
    return Truncator(given.get("text") or given.get("name") or "–").chars(90)


def address(answer: MarkedAnswer, kept: str = "") -> str:
    """Return the page of an answer; the filters go along, so that the next one is of the same kind."""
    return reverse("quizzes_answer", args=[answer.key]) + (f"?{kept}" if kept else "")


def _may(request: HttpRequest) -> None:
    if not POLICY.user_has_permission(request.user, "add"):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an answer with its rubric; keep the mark and go to the next that waits."""
    _may(request)
    answer = get_object_or_404(for_marker(request.user), key=key)
    asked = sit(answer.attempt).questions[answer.slot - 1]
    newest = answer.markings.select_related("marker").first()
    form = _form(asked, newest, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _kept(request, answer, asked, form)
    return _shown(request, answer, asked, form, 422 if form.errors else 200)


def _form(asked: Asked, newest: Marking | None, data: Any) -> RubricForm:
    language = get_language() if get_language() in LANGUAGES else "fr"
    initial: dict[str, Any] = {"seen": newest.number if newest else 0}
    if newest:
        initial |= {f"{LEVEL}{name}": points for name, points in newest.levels.items()} | {"comment": newest.comment}
    changing = newest is not None
    return RubricForm(data, initial=initial, spec=asked.spec, language=str(language), changing=changing)


def _kept(request: HttpRequest, answer: MarkedAnswer, asked: Asked, form: RubricForm) -> HttpResponse:
    given = {"opinion": form.opinion(), "marker": request.user, "seen": form.cleaned_data["seen"]}
    try:
        marking.mark_answer(answer=answer, now=timezone.now(), **given)
    except (marking.MarkedMeanwhile, marking.ReasonNeeded):
        messages.warning(
            request, gettext("Somebody else has just marked this answer. Yours is still here: compare, then decide.")
        )
        newest = answer.markings.select_related("marker").first()
        data = {**request.POST.dict(), "seen": newest.number if newest else 0}
        return _shown(request, answer, asked, _form(asked, newest, data), 409)
    messages.success(request, gettext("The mark is kept."))
    following = waiting(request).first()
    return redirect(address(following, request.GET.urlencode()) if following else reverse("quizzes_answers"))


def _shown(request: HttpRequest, answer: MarkedAnswer, asked: Asked, form: RubricForm, status: int) -> HttpResponse:
    language = str(get_language() if get_language() in LANGUAGES else "fr")
    found, kept = waiting(request), request.GET.urlencode()
    before, after = found.filter(pk__lt=answer.pk).last(), found.filter(pk__gt=answer.pk).first()
    text = asked.response.get("text", "")
    context = {
        "answer": answer,
        "quiz": answer.attempt.quiz.identifier,
        "stem": mark_safe(asked.spec.stem[language]),  # noqa: S308 (cleaned when the version was made)
        "text": text,
        "words": count_words(text),
        "limits": asked.spec.more,
        "file": asked.response if "file" in asked.response else None,
        "form": form,
        "markings": answer.markings.select_related("marker"),
        "waiting": found.count(),
        "previous": address(before, kept) if before else "",
        "next": address(after, kept) if after else "",
    }
    return render(request, "quizzes/admin/answer.html", context, status=status)


def waiting(request: HttpRequest) -> QuerySet[MarkedAnswer]:
    """Return what waits within the filters the marker chose, in the order it came."""
    chosen = QueryDict(mutable=True)
    chosen.update({name: request.GET[name] for name in ("quiz", "question") if name in request.GET})
    found = MarkedAnswer.objects.not_of(request.user).order_by("pk")
    filters = AnswerFilterSet(chosen, queryset=found, request=request)
    return filters.qs if filters.is_valid() else found.waiting()  # type: ignore[no-any-return]


@require_GET
def file(request: HttpRequest, key: UUID) -> FileResponse:
    """Give a marker the file of an answer."""
    _may(request)
    answer = get_object_or_404(MarkedAnswer.objects.not_of(request.user), key=key)
    sent = sit(answer.attempt).questions[answer.slot - 1].response.get("file")
    return serve(get_object_or_404(Upload, attempt=answer.attempt_id, slot=answer.slot, key=sent))


class AnswerMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(POLICY.user_has_permission(request.user, "add"))


def menu_item() -> MenuItem:
    return AnswerMenuItem(_("Answers to mark"), reverse("quizzes_answers"), icon_name="edit", order=320)


def admin_urls() -> list[URLPattern]:
    return [
        path("answers/", AnswerList.as_view(), name="quizzes_answers"),
        path("answers/results/", AnswerList.as_view(results_only=True), name="quizzes_answers_results"),
        path("answers/<uuid:key>/", mark, name="quizzes_answer"),
        path("answers/<uuid:key>/file/", file, name="quizzes_answer_file"),
    ]
