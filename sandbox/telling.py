"""The statement of reasons an author gets when their comment is restricted.

What was done, on which facts, on which ground, whether a machine decided, how to appeal: the elements of article 17 of
the Digital Services Act (Regulation (EU) 2022/2065). Composed in the language of the desk.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from courses.vocabulary import ACTIONS, REASONS
from sandbox.engine.codes import ILLEGAL, RESTRICTIONS
from sandbox.engine.constants import MAX_TEXT
from sandbox.engine.scenario import Comment, Scenario
from sandbox.wording import language

EXCERPT = 160


def completed(fields: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Return the fields of an act with the statement its author gets, where a ground was chosen; the others unchanged.

    The `text` of such an act is the facts in the trainee's words; empty, the comment itself is quoted.
    """
    comment = scenario.find.get(fields.get("comment", ""))
    ground = fields.get("ground", "")
    if fields["action"] not in RESTRICTIONS or comment is None or fields.get("reason") not in REASONS:
        return dict(fields)
    if not ground or (ground != ILLEGAL and scenario.rule(ground) is None):
        return dict(fields)
    return {**fields, "text": statement(scenario, comment, fields)}


def statement(scenario: Scenario, comment: Comment, fields: Mapping[str, Any]) -> str:
    """Return the statement as it is sent, in plain paragraphs."""
    lang = language()
    name = scenario.personas[comment.persona].name
    facts = fields.get("text", "").strip() or f"“{Truncator(comment.text.get(lang)).chars(EXCERPT)}”"
    if lang[:2] == "fr" and facts.startswith("“"):
        facts = f"«\u00a0{facts[1:-1]}\u00a0»"
    why = _("Why: %(reason)s.") % {"reason": _inside(REASONS[fields["reason"]].label)}
    parts = [
        _("Hello %(name)s, we have taken a decision on your comment.") % {"name": name.split()[0]},
        _("Measure taken: %(action)s.") % {"action": _inside(ACTIONS[fields["action"]].label)},
        _("The facts: %(facts)s") % {"facts": facts},
        f"{why} {_ground(scenario, fields['ground'])}",
        _("A person took this decision; no machine did."),
        _(
            "If you think we are wrong, answer this message: it will be looked at again. You may also turn to an "
            "out-of-court dispute settlement body, or to a court."
        ),
        scenario.brand.name,
    ]
    return "\n".join(parts)[:MAX_TEXT]


def _inside(label: Any) -> str:
    """Return a label as it reads inside a sentence."""
    text = str(label)
    return text[:1].lower() + text[1:]


def _ground(scenario: Scenario, ground: str) -> str:
    rule = scenario.rule(ground)
    if rule is None:
        return _("We consider it to be illegal content.")
    return _("It breaks rule %(id)s of our charter, “%(title)s”.") % {
        "id": rule.id,
        "title": rule.title.get(language()),
    }
