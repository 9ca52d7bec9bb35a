"""What awaits a person in the admin: reviews, texts to mark, translations, content to put right. Only what they may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from courses.authoring.health import curriculum_pages
from courses.authoring.translation_views import all_work, may_write
from courses.authoring.translations import MISSING, OUT_OF_DATE
from courses.models import PageFinding
from quizzes import marking_desk as answers
from quizzes.models import MarkedAnswer
from sandbox import marking_desk as replies
from sandbox.models import Act

OF_TRANSLATIONS = ("untranslated", "translation_out_of_date")  # told by their own lines


@dataclass(frozen=True, slots=True)
class Awaiting:
    """One line of the panel: how many, in a sentence, and where to begin."""

    number: int
    sentence: str
    url: str


class AwaitingPanel(Component):  # type: ignore[misc]
    """Stands first on the admin's home."""

    name = "awaiting"
    template_name = "academy/admin/awaiting.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"lines": awaiting(parent_context["request"].user)}


def awaiting(user: Any) -> list[Awaiting]:
    """Return what awaits `user`, most pressing first: people who wait for a mark, then texts. Empty when nothing does."""
    return [line for line in (*_marking(user), *_reviews(user), *_writing(user)) if line.number]


def _marking(user: Any) -> Iterator[Awaiting]:
    if answers.POLICY.user_has_permission(user, "add"):
        n = MarkedAnswer.objects.not_of(user).waiting().count()
        told = ngettext("%(n)d quiz answer to mark", "%(n)d quiz answers to mark", n) % {"n": n}
        yield Awaiting(n, told, reverse("quizzes_answers"))
    if replies.POLICY.user_has_permission(user, "add"):
        n = Act.objects.to_mark_by(user).waiting().count()
        told = ngettext("%(n)d moderation reply to mark", "%(n)d moderation replies to mark", n) % {"n": n}
        yield Awaiting(n, told, reverse("sandbox_replies"))


def _reviews(user: Any) -> Iterator[Awaiting]:
    n = TaskState.objects.reviewable_by(user).count()
    told = ngettext("%(n)d page waits for your review", "%(n)d pages wait for your review", n) % {"n": n}
    yield Awaiting(n, told, reverse("wagtailadmin_reports:workflow_tasks") + "?reviewable=true")


def _writing(user: Any) -> Iterator[Awaiting]:
    if not may_write(user):
        return
    states = [work.states.values() for work in all_work(user)]
    late, missing = (sum(state in found for found in states) for state in (OUT_OF_DATE, MISSING))
    told = ngettext("%(n)d translation out of date", "%(n)d translations out of date", late) % {"n": late}
    yield Awaiting(late, told, f"{reverse('translations')}?state={OUT_OF_DATE}")
    told = ngettext("%(n)d page not translated yet", "%(n)d pages not translated yet", missing) % {"n": missing}
    yield Awaiting(missing, told, f"{reverse('translations')}?state={MISSING}")
    n = _unwell(user)
    told = ngettext("%(n)d page with remarks on its content", "%(n)d pages with remarks on their content", n) % {"n": n}
    yield Awaiting(n, told, reverse("content_health"))


def _unwell(user: Any) -> int:
    """Return how many pages the report found something in when it was last opened."""
    policy = policy_registry.get_by_type(Page)
    mine = policy.instances_user_has_any_permission_for(user, ["add", "change", "publish"])
    pages = (curriculum_pages() & mine).values("pk")
    found = PageFinding.objects.filter(health__page__in=pages).exclude(code__in=OF_TRANSLATIONS)
    return found.values("health").distinct().count()
