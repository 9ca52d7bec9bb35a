"""What the editor of a question shows beside its fields: where it is used, and what effortless answers earn."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from quizzes.author_words import caution_said
from quizzes.content import SpecError
from quizzes.types import TYPES, Chance, Node
from quizzes.types.cautions import cautions
from quizzes.wording import RULES


class AboutPanel(Panel):  # type: ignore[misc]
    """A panel of facts about a question that is already kept."""

    template_name = ""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        @property
        def template_name(self) -> str:
            return str(self.panel.template_name)

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), **self.panel.facts(self.instance)}

    def facts(self, question: Any) -> dict[str, Any]:
        raise NotImplementedError


class WhereUsedPanel(AboutPanel):
    template_name = "quizzes/admin/where_used.html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Where it is used"), **kwargs})

    def facts(self, question: Any) -> dict[str, Any]:
        """Three queries: the quizzes, the versions, the attempts that were scored on it."""
        slots = question.slots.select_related("quiz").order_by("quiz__identifier")
        return {
            "quizzes": [slot.quiz for slot in slots],
            "versions": question.versions.order_by("-number")[:10],
            "attempts": question.versions.aggregate(n=Count("score_lines__attempt", distinct=True))["n"],
        }


class ChancePanel(AboutPanel):
    template_name = "quizzes/admin/chance.html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("What effortless answers earn"), **kwargs})

    def facts(self, question: Any) -> dict[str, Any]:
        try:
            content = question.content
            return {"chances": chances_of(content), "cautions": [caution_said(c) for c in cautions(content)]}
        except (SpecError, IndexError):
            return {"chances": []}


def chances_of(content: Any) -> list[tuple[str, str, Chance]]:
    """Return (code, sentence, chance) for each rule the question could be scored by, the one in force first."""
    kind = TYPES[content["type"]]
    current = kind.rule_of(kind.parse(Node(content)))
    found = []
    for rule in sorted(getattr(kind, "rules", {current}), key=lambda code: (code != current, code)):
        try:
            spec = kind.parse(Node({**content, "rule": rule} if "rule" in content else content))
        except SpecError:
            continue  # this rule asks for what the question does not say: votes, an upper end
        found.append((rule, str(RULES[rule]), kind.chance(spec)))
    return found
