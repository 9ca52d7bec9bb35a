"""What an instructor edits about answering people: reply templates, and appeals of decisions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.vocabulary import ACTIONS
from sandbox import wording
from sandbox.blocks import WEIGHT_CHOICES, TextBlock, identifier, reference
from sandbox.engine.codes import CONTESTED
from sandbox.engine.constants import APPEAL_AFTER


class MacroFieldBlock(blocks.StructBlock):
    id = blocks.RegexBlock(
        regex=r"^[a-z][a-z0-9_]*$",
        max_length=40,
        label=_("field"),
        help_text=_("As it stands between braces in the text."),
        error_messages={"invalid": _("Small letters, digits and _ only.")},
    )
    label = TextBlock(label=_("what the trainee is asked for"))
    value = TextBlock(label=_("value"), written=False, help_text=_("When it is always the same, a link for example."))

    class Meta:
        label_format = "{id}"


class MacroBlock(blocks.StructBlock):
    id = identifier()
    title = TextBlock(label=_("title"))
    text = TextBlock(
        label=_("text"),
        help_text=_(
            "Fields that fill themselves in: {first_name}, {name}, {handle}, {time}, {brand}, {order} when the comment "
            "gives a number. Asked for: {date}, {link}, and those you list below."
        ),
    )
    fields = blocks.ListBlock(MacroFieldBlock(), label=_("fields of your own"), default=[])

    class Meta:
        icon = "copy"
        label = _("Reply template")
        label_format = "{id}: {title}"


class VerdictWeightBlock(blocks.StructBlock):
    verdict = blocks.ChoiceBlock(choices=list(wording.VERDICTS.items()), label=_("verdict"))
    weight = blocks.ChoiceBlock(choices=WEIGHT_CHOICES, label=_("weight"))

    class Meta:
        form_classname = "struct-block sandbox-bilingual"
        label_format = "{verdict}: {weight}"


class VerdictVoteBlock(blocks.StructBlock):
    verdict = blocks.ChoiceBlock(choices=list(wording.VERDICTS.items()), label=_("verdict"))
    votes = blocks.IntegerBlock(min_value=0, label=_("votes"))

    class Meta:
        label_format = "{verdict}: {votes}"


class AppealBlock(blocks.StructBlock):
    id = identifier()
    comment = reference(_("comment"), _("Identifier: its author contests what was done to it."), required=True)
    of = blocks.MultipleChoiceBlock(
        choices=[(code, ACTIONS[code].label) for code in CONTESTED],
        default=list(CONTESTED),
        label=_("contested acts"),
    )
    after = blocks.FloatBlock(min_value=0, default=APPEAL_AFTER, label=_("after (minutes)"))
    text = TextBlock(label=_("the author’s words"))
    edited = TextBlock(
        label=_("the comment as its author has changed it"),
        written=False,
        help_text=_("What the feed shows once the appeal is granted; empty: the same text."),
    )
    key = blocks.ListBlock(VerdictWeightBlock(), label=_("answer key"))
    votes = blocks.ListBlock(VerdictVoteBlock(), label=_("votes of the panel"), default=[])
    rationale = TextBlock(label=_("rationale"), help_text=_("Shown in the debrief: why, in two or three sentences."))
    hint = TextBlock(label=_("hint"), written=False, help_text=_("Practice only."))

    class Meta:
        icon = "undo"
        label = _("Appeal")
        label_format = "{id}: {comment} → {text}"
