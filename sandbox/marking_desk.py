"""The instructor's desk of replies, in the admin: what waits, one text at a time, without the trainee's name."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from courses.vocabulary import ACTIONS
from sandbox import marking, playing
from sandbox.debriefing.context import context_of
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.replies import percent
from sandbox.models import Act, Mark, Scenario
from sandbox.models.pages import Mode
from sandbox.rubric import MarkForm

POLICY = ModelPermissionPolicy(Mark)
STATES = [("marked", _("Marked")), ("all", pgettext_lazy("replies", "All"))]


class ReplyFilterSet(WagtailFilterSet):  # type: ignore[misc]
    """Without a choice, those that wait."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="_in_state", empty_label=_("Waiting"))
    scenario = django_filters.ModelChoiceFilter(
        label=_("Scenario"), queryset=Scenario.objects.all(), field_name="shift__version__scenario"
    )
    mode = django_filters.ChoiceFilter(label=_("Mode"), choices=Mode.choices, field_name="shift__mode")

    class Meta:
        model = Act
        fields: list[str] = []

    def _in_state(self, queryset: Any, name: str, value: str) -> QuerySet[Act]:
        found: QuerySet[Act] = queryset
        return found  # `filter_queryset` decides, since no choice is a choice too

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state")
        if state == "marked":
            return found.filter(marked=True)
        return found if state == "all" else found.waiting()


class ReplyList(PermissionCheckedMixin, BaseListingView):  # type: ignore[misc]
    page_title = _("Replies to mark")
    header_icon = "edit"
    permission_policy = POLICY
    permission_required = "add"
    index_url_name = "sandbox_replies"
    index_results_url_name = "sandbox_replies_results"
    filterset_class = ReplyFilterSet
    paginate_by = 30
    is_searchable = False

    def get_base_queryset(self) -> QuerySet[Act]:
        replies = Act.objects.to_mark_by(self.request.user).select_related("shift__version")
        return replies.defer("shift__version__data", "shift__words").order_by("received_at", "pk")

    @property
    def columns(self) -> list[Column]:
        kept = self.request.GET.urlencode()
        return [
            TitleColumn("text", label=_("Text"), accessor=excerpt, get_url=lambda act: address(act, kept)),
            Column("kind", label=_("Kind"), accessor=lambda act: ACTIONS[act.action].label),
            Column("about", label=_("In answer to"), accessor=about),
            Column("scenario", label=_("Scenario"), accessor=title),
            Column("mode", label=_("Mode"), accessor=lambda act: act.shift.get_mode_display()),
            Column("received_at", label=_("Written"), accessor=lambda act: act.received_at.date()),
        ]


def excerpt(act: Act) -> str:
    return Truncator(act.payload.get("text", "")).chars(90)


def about(act: Act) -> str:
    reader = Reader.of(playing.scenario_of(act.shift))
    return Truncator(reader.quote(act.comment)["text"]).chars(70) if act.comment in reader.scenario.find else "–"


def title(act: Act) -> str:
    scenario = playing.scenario_of(act.shift)
    return Reader.of(scenario).text(scenario.title)


def address(act: Act, kept: str = "") -> str:
    """Return the page of a reply; the filters go along, so that the next one is of the same kind."""
    return reverse("sandbox_reply", args=[act.pk]) + (f"?{kept}" if kept else "")


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a reply in its context with the rubric; keep the mark and go to the next that waits."""
    if not POLICY.user_has_permission(request.user, "add"):
        raise PermissionDenied
    replies = Act.objects.to_mark_by(request.user).select_related("shift__version", "shift__user")
    act = get_object_or_404(replies.defer("shift__version__data", "shift__words"), pk=pk)
    form = MarkForm(request.POST or None, initial=initial(marking.newest_of(act)))
    if request.method == "POST" and form.is_valid():
        return _kept(request, act, form)
    return _shown(request, act, form, 422 if form.errors else 200)


def _shown(request: HttpRequest, act: Act, form: MarkForm, status: int) -> HttpResponse:
    newest = marking.newest_of(act)
    context = {
        "context": context_of(act),
        "form": form,
        "shift": act.shift,
        "newest": newest,
        "percent": percent(newest),
        "waiting": waiting(request).count(),
    }
    return render(request, "sandbox/admin/reply.html", context, status=status)


def initial(newest: Mark | None) -> dict[str, Any]:
    if newest is None:
        return {"seen": 0}
    return {**newest.levels, "capped": newest.capped, "remark": newest.remark, "seen": newest.number}


def _kept(request: HttpRequest, act: Act, form: MarkForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        marking.mark_reply(
            act=act,
            marker=request.user,
            levels=form.levels(),
            capped=given["capped"],
            remark=given["remark"],
            seen=given["seen"],
            now=timezone.now(),
        )
    except marking.OvertakenError:
        messages.warning(
            request, gettext("Somebody else has just marked this text. Yours is still here: compare, then decide.")
        )
        newest = marking.newest_of(act)
        data = {**request.POST.dict(), "seen": newest.number if newest else 0}
        return _shown(request, act, MarkForm(data), 409)
    messages.success(request, gettext("The mark is kept and counts in the result."))
    following = waiting(request).first()
    return redirect(address(following, request.GET.urlencode()) if following else reverse("sandbox_replies"))


def waiting(request: HttpRequest) -> Any:
    """Return what waits within the filters the marker chose."""
    replies = Act.objects.to_mark_by(request.user)
    chosen = QueryDict(mutable=True)
    chosen.update({name: request.GET[name] for name in ("scenario", "mode") if name in request.GET})
    filters = ReplyFilterSet(chosen, queryset=replies, request=request)
    return filters.qs if filters.is_valid() else replies.waiting()


class ReplyMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(POLICY.user_has_permission(request.user, "add"))


def menu_item() -> MenuItem:
    return ReplyMenuItem(_("Replies to mark"), reverse("sandbox_replies"), icon_name="edit", order=321)


def admin_urls() -> list[URLPattern]:
    return [
        path("replies/", ReplyList.as_view(), name="sandbox_replies"),
        path("replies/results/", ReplyList.as_view(results_only=True), name="sandbox_replies_results"),
        path("replies/<int:pk>/", mark, name="sandbox_reply"),
    ]
