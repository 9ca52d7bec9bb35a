"""What the codes and refusals of the pure modules say to authors, in the editor and of their files."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.types import SpecError
from quizzes.types.cautions import Caution

# The sentences of quizzes.types.reader and of the types, so that the editor says them in its own language.
REASONS = (
    _("this is missing"),
    _("this is empty"),
    _("unknown word; here one may write %(words)s"),
    _("a list is expected"),
    _("%(least)s to %(most)s entries are expected, not %(found)s"),
    _("a word or a sentence is expected"),
    _("use letters without accents, digits, - and _ only"),
    _("a text in both languages is expected: {fr: …, en: …}"),
    _("true or false is expected"),
    _("a number from %(low)s to %(high)s is expected"),
    _("“%(word)s” is unknown; choose among %(words)s"),
    _("named values are expected"),
    _("two entries have the same id"),
    _("exactly one option must be correct, not %(found)s"),
    _("the right option earns everything; leave its credit out"),
    _("only the right option earns everything; write correct: true instead"),
    _("one option at least must be correct, and one at least must not"),
    _("a judgement earns 1, 0.7, 0.4 or 0"),
    _("one option at least must earn 1"),
    _("a consensus needs the votes of a panel; without them use author_weights"),
    _("actions to rank are written in the order of the key, so they must be shuffled"),
    _("one action cannot be both the most and the least appropriate"),
    _("exactly one action must be most: true and exactly one least: true"),
    _("items to order are written in the order of the key, so they must be shuffled"),
    _("no choice has this id"),
    _("the right decision is not written again among the defensible ones"),
    _("a decision that takes something away needs a reason"),
    _("a decision that takes nothing away has no reason"),
    _("two decisions at least must be offered"),
    _("“%(word)s” is not among the decisions offered"),
    _("an answer foreseen has no text of its own"),
    _("one answer at least must earn the whole point"),
    _("a word is missing beside |"),
    _("a range, and only a range, has an upper end"),
    _("say how many figures count, from 1 to 15"),
    _("the words around a gap are written in the passage"),
    _("gaps that are typed have no words to choose from"),
    _("each gap stands once in the passage of each language, written [[its letter]]"),
    _("two words at least are needed to choose from"),
    _("one level at least must be worth something"),
    _("two levels of a criterion are worth the same"),
    _("the least number of words is above the greatest"),
    _("a region needs a width and a height"),
    _("the region leaves the picture"),
    _("the hints of a case stand beside its situation"),
    _("one place at least must be right, and one at least must not"),
    _("no question of this quiz has the id %(id)s"),
    _("a question is no enemy of itself"),
    _("there is no section of this number"),
    _("the mark of a version is expected, such as sha256-0f3a9c1b22de; leave it out for the latest one"),
    _(
        "this version of the question is not in this bank: publish it here first, or leave the line out to ask the latest one"
    ),
)


CAUTIONS = {
    "in_prompt": _("The question itself holds the answer: “%(words)s”."),
    "in_alt": _("The description of the picture names the place: “%(words)s”."),
    "all_of_them": _("“%(words)s” loses its meaning when the options are shuffled."),
    "longest": _("The right answer is far longer than the others, and is guessed by that: “%(words)s”."),
}
LANGUAGE_NAMES = {"fr": _("French"), "en": _("English")}


def caution_said(caution: Caution) -> str:
    """Return what an author should look at again, with the language it is about."""
    words = CAUTIONS[caution.code] % {"words": caution.words}
    return f"{LANGUAGE_NAMES[caution.language]} · {words}"


def said(error: SpecError) -> str:
    """Return the refusal's sentence in the active language, as it goes on after a place in a file."""
    template = gettext(error.template)
    return template % error.params if error.params else template


def reason_of(error: SpecError) -> str:
    """Return the refusal's sentence on its own: with a capital and a full stop."""
    sentence = said(error)
    return sentence[:1].upper() + sentence[1:] + "."
