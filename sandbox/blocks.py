"""The parts of a scenario as an instructor edits them.

One block each, both languages side by side, folded until opened.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.vocabulary import ACTIONS, ESCALATION_DESKS, REASONS
from sandbox import wording

ACTION_CHOICES = [(a.code, a.label) for a in ACTIONS.values()]
REASON_CHOICES = [(r.code, r.label) for r in REASONS.values()]
WEIGHT_CHOICES = [
    ("1", _("1: the best thing to do")),
    ("0.7", _("0.7: right too")),
    ("0.4", _("0.4: can be defended")),
    ("0", _("0: wrong")),
]


def identifier(help_text: Any = "", required: bool = True) -> blocks.RegexBlock:
    return blocks.RegexBlock(
        regex=r"^[A-Za-z0-9][A-Za-z0-9_-]*$",
        required=required,
        max_length=80,
        label=_("identifier"),
        help_text=help_text,
        error_messages={"invalid": _("Letters, digits, - and _ only.")},
    )


def reference(label: Any, help_text: Any = "", required: bool = False) -> blocks.CharBlock:
    """The identifier of another part; the scenario's own check follows it."""
    return blocks.CharBlock(required=required, max_length=80, label=label, help_text=help_text)


class TextBlock(blocks.StructBlock):
    """One text in both languages."""

    class Meta:
        icon = "openquote"
        form_classname = "struct-block sandbox-bilingual"

    def __init__(self, local_blocks: Any = None, written: bool = True, **kwargs: Any) -> None:
        self.written = written
        languages = (("fr", _("French")), ("en", _("English")))
        pair = [(code, blocks.TextBlock(label=label, rows=3, required=written)) for code, label in languages]
        super().__init__(local_blocks or pair, **kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        missing = [code for code in ("fr", "en") if not (cleaned.get(code) or "").strip()]
        if len(missing) == 1 and not self.written:
            sentence = ValidationError(_("Write this text in both languages, or in none."))
            raise StructBlockValidationError(block_errors=dict.fromkeys(missing, sentence))
        return cleaned


class RuleBlock(blocks.StructBlock):
    id = identifier(_("How comments refer to it, for example R1."))
    title = TextBlock(label=_("title"))
    text = TextBlock(label=_("text"))

    class Meta:
        icon = "list-ol"
        label = _("Rule of the charter")
        label_format = "{id}: {title}"


class PersonaBlock(blocks.StructBlock):
    id = identifier()
    name = blocks.CharBlock(label=_("name"), max_length=80)
    handle = blocks.CharBlock(label=_("handle"), max_length=80, help_text=_("Invented, like everything here."))
    side = blocks.ChoiceBlock(choices=list(wording.SIDES.items()), label=_("side"), default="bystander")
    bio = TextBlock(label=_("bio"), written=False, help_text=_("One line, shown beside their comments."))
    patience = blocks.FloatBlock(label=_("patience"), min_value=0, max_value=1, default=0.5)
    influence = blocks.FloatBlock(label=_("influence"), min_value=0, max_value=1, default=0.3)
    followers = blocks.IntegerBlock(label=_("followers"), min_value=0, default=100)

    class Meta:
        icon = "user"
        label = _("Persona")
        label_format = "{id}: {name} {handle} · {side}"


class PostBlock(blocks.StructBlock):
    id = identifier()
    minute = blocks.FloatBlock(label=_("minute"), min_value=0, default=0)
    text = TextBlock(label=_("text"))
    likes = blocks.IntegerBlock(label=_("likes"), min_value=0, default=0)

    class Meta:
        icon = "doc-full"
        label = _("Post of the brand")
        label_format = "{id} · {minute} min: {text}"


class WeightBlock(blocks.StructBlock):
    action = blocks.ChoiceBlock(choices=ACTION_CHOICES, label=_("action"))
    weight = blocks.ChoiceBlock(choices=WEIGHT_CHOICES, label=_("weight"))

    class Meta:
        form_classname = "struct-block sandbox-bilingual"
        label_format = "{action}: {weight}"


class VoteBlock(blocks.StructBlock):
    action = blocks.ChoiceBlock(choices=ACTION_CHOICES, label=_("action"))
    votes = blocks.IntegerBlock(min_value=0, label=_("votes"))

    class Meta:
        label_format = "{action}: {votes}"


class ForbiddenBlock(blocks.StructBlock):
    action = blocks.ChoiceBlock(choices=ACTION_CHOICES, label=_("action"))
    why = TextBlock(label=_("why it is a critical mistake"))

    class Meta:
        label_format = "{action}"


class CommentBlock(blocks.StructBlock):
    id = identifier(_("Unique in the scenario; reactions refer to it."))
    persona = reference(_("persona"), _("Identifier of its author."), required=True)
    minute = blocks.FloatBlock(
        label=_("minute"),
        required=False,
        min_value=0,
        help_text=_("When it arrives. Empty: only a reaction brings it."),
    )
    text = TextBlock(label=_("text"))
    post = reference(_("post"), _("Empty: the latest post."))
    parent = reference(_("replies to"), _("Identifier of the comment it answers."))
    kind = blocks.ChoiceBlock(choices=list(wording.KINDS.items()), label=_("kind"), default="chatter")
    views_per_minute = blocks.FloatBlock(label=_("views per minute"), min_value=0, default=1)
    severity = blocks.ChoiceBlock(choices=list(wording.SEVERITIES.items()), label=_("severity"), default="0")
    reason = blocks.ChoiceBlock(choices=REASON_CHOICES, label=_("exact reason"), default="none")
    other_reasons = blocks.MultipleChoiceBlock(choices=REASON_CHOICES, required=False, label=_("other right reasons"))
    protected = blocks.ChoiceBlock(choices=list(wording.PROTECTED.items()), label=_("protected speech"), default="none")
    key = blocks.ListBlock(WeightBlock(), label=_("answer key"), help_text=_("What is not listed earns nothing."))
    votes = blocks.ListBlock(VoteBlock(), label=_("votes of the panel"), default=[])
    clear_cut = blocks.BooleanBlock(
        required=False, label=_("clear-cut"), help_text=_("Only the listed actions earn anything.")
    )
    forbidden = blocks.ListBlock(ForbiddenBlock(), label=_("critical mistakes"), default=[])
    companion = blocks.MultipleChoiceBlock(
        choices=ACTION_CHOICES, required=False, label=_("expected beside the main action")
    )
    escalate_to = blocks.ChoiceBlock(choices=list(ESCALATION_DESKS.items()), required=False, label=_("escalate to"))
    rule = reference(_("rule of the charter"))
    trap = blocks.ChoiceBlock(choices=list(wording.TRAPS.items()), required=False, label=_("trap"))
    rationale = TextBlock(label=_("rationale"), help_text=_("Shown in the debrief: why, in two or three sentences."))
    hint = TextBlock(label=_("hint"), written=False, help_text=_("Practice only."))
    touches = blocks.MultipleChoiceBlock(
        choices=REASON_CHOICES[:-1],
        required=False,
        label=_("touches on"),
        help_text=_(
            "Sensitive topics in its words though nothing is held against it: who leaves them out is spared it."
        ),
    )
    group = blocks.ChoiceBlock(
        choices=list(wording.GROUPS.items()),
        required=False,
        label=_("group addressed"),
        help_text=_(
            "Whom it addresses or is about, whether it has to go or to stay. The debrief tells whether one leans by group."
        ),
    )

    class Meta:
        icon = "comment"
        label = pgettext_lazy("scenario", "Comment")
        label_format = "{id} · {minute} min · {persona}: {text}"


class BackgroundBlock(CommentBlock):
    hostile = blocks.BooleanBlock(
        required=False, label=_("hostile"), help_text=_("Drawn more often as the mood rises.")
    )
    minute = None
    parent = None

    class Meta:
        label = _("Background comment")
        label_format = "{id} · {persona}: {text}"


class ReactionBlock(blocks.StructBlock):
    id = identifier()
    comment = reference(_("when this comment"), _("Identifier."), required=True)
    condition = blocks.ChoiceBlock(choices=list(wording.CONDITIONS.items()), label=pgettext_lazy("reaction", "is"))
    lasting = blocks.FloatBlock(
        required=False, min_value=0, label=_("for (minutes)"), help_text=_("For “unanswered” and “still standing”.")
    )
    brings_comment = reference(_("then this comment comes"))
    brings_inject = reference(_("then this inject comes"))
    mood = blocks.FloatBlock(
        required=False, min_value=-1, max_value=1, label=_("then the tension changes by"), default=0
    )
    after = blocks.FloatBlock(min_value=0, default=0, label=_("after (minutes)"))
    probability = blocks.FloatBlock(min_value=0, max_value=1, default=1, label=_("probability"))

    class Meta:
        icon = "redirect"
        label = _("Reaction")
        label_format = "{id}: {comment} {condition} → {brings_comment} {brings_inject}"


class InjectBlock(blocks.StructBlock):
    id = identifier()
    minute = blocks.FloatBlock(
        required=False, min_value=0, label=_("minute"), help_text=_("Empty: only a reaction brings it.")
    )
    channel = blocks.ChoiceBlock(choices=list(wording.CHANNELS.items()), label=_("channel"))
    sender = TextBlock(label=_("sender"))
    text = TextBlock(label=_("text"))
    impulse = blocks.FloatBlock(label=_("added to the tension"), min_value=-1, max_value=1, default=0)
    expects = blocks.ChoiceBlock(choices=ACTION_CHOICES, required=False, label=_("expected action"))
    within = blocks.FloatBlock(label=_("within (minutes)"), min_value=0, default=15)
    note = TextBlock(label=_("evaluator's note"), written=False, help_text=_("Debrief only."))
    contingency = reference(_("inject that comes otherwise"))
    audience = TextBlock(
        label=_("audience"),
        written=False,
        help_text=_("Whom it reaches, in a few words: the readers of a paper, the team. Debrief only."),
    )
    phase = blocks.ChoiceBlock(
        choices=list(wording.PHASES.items()),
        required=False,
        label=_("phase of the crisis"),
        help_text=_("Debrief only."),
    )

    class Meta:
        icon = "mail"
        label = _("Inject")
        label_format = "{id} · {minute} min · {channel}: {text}"


class ServiceLevelBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(choices=wording.SERVICE_LEVEL_CHOICES, label=_("what waits"))
    minutes = blocks.FloatBlock(label=_("minutes"), min_value=1)

    class Meta:
        icon = "time"
        label = _("Service level")
        label_format = "{level}: {minutes} min"


def stream(name: str, block: blocks.Block) -> list[tuple[str, blocks.Block]]:
    return [(name, block)]
