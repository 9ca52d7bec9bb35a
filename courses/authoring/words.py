"""What the desk says of a finding: a name for lists and filters, and a sentence the author can act on."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.authoring.checking.rules import Finding

NAMES: dict[str, Any] = {
    "missing_alt": gettext_lazy("Missing alternative text"),
    "missing_captions": gettext_lazy("Missing captions"),
    "missing_transcript": gettext_lazy("Missing transcript"),
    "no_objective": gettext_lazy("No objective"),
    "empty_objective": gettext_lazy("Empty objective"),
    "long_sentence": gettext_lazy("Long sentence"),
    "hard_to_read": gettext_lazy("Hard to read"),
    "too_few_minutes": gettext_lazy("Too few minutes"),
    "broken_link": gettext_lazy("Broken link"),
    "dead_link": gettext_lazy("Dead link"),
    "module_without_quiz": gettext_lazy("Module without a quiz"),
    "empty_module": gettext_lazy("Empty module"),
    "untranslated": gettext_lazy("Untranslated"),
    "translation_out_of_date": gettext_lazy("Translation out of date"),
    "apart": gettext_lazy("Languages in different places"),
    "orphan": gettext_lazy("Nobody can reach it"),
}
ADVICE: dict[str, Any] = {
    "missing_alt": gettext_lazy("Say what the image says, for a reader who does not see it."),
    "missing_captions": gettext_lazy("Add the captions file, for a reader who does not hear it."),
    "missing_transcript": gettext_lazy("Add the transcript, to be read instead."),
    "no_objective": gettext_lazy("State two to four objectives, each with a verb that can be observed."),
    "empty_objective": gettext_lazy("Write it, or take it out."),
    "long_sentence": gettext_lazy("Cut it in two."),
    "hard_to_read": gettext_lazy("Shorter sentences and plainer words; 60 reads like a newspaper, 30 like a thesis."),
    "too_few_minutes": gettext_lazy("Promise the time it takes to read, or say less."),
    "broken_link": gettext_lazy("No page of this site has this address: correct it."),
    "dead_link": gettext_lazy("The address no longer answers: find another, or take the link out."),
    "module_without_quiz": gettext_lazy("Add a quiz page, so that learners know what they have learnt."),
    "empty_module": gettext_lazy("Add a lesson, or unpublish the module."),
    "untranslated": gettext_lazy("Readers of this language do not get the page: translate it."),
    "translation_out_of_date": gettext_lazy(
        "The other language changed since: bring this one up, or say that it is right."
    ),
    "apart": gettext_lazy("The other language lies in another module or course: move one of the two."),
    "orphan": gettext_lazy("A page above it is not published: publish that one, or move this page."),
}
KINDS = {
    "course": gettext_lazy("Course"),
    "module": gettext_lazy("Module"),
    "lesson": gettext_lazy("Lesson"),
    "quiz": gettext_lazy("Quiz"),
    "scenario": gettext_lazy("Scenario"),
}
STATES = {
    "missing": pgettext_lazy("translation", "Missing"),
    "out_of_date": pgettext_lazy("translation", "Out of date"),
    "done": pgettext_lazy("translation", "Done"),
}


# What became of the other language of a page that was moved; see `courses.authoring.following`.
STANDING = {
    "in_step": gettext_lazy("“%(title)s” (%(language)s) now stands in the same place."),
    "no_parent": gettext_lazy(
        "“%(title)s” (%(language)s) stays where it was: the page it would lie under does not exist in this language."
    ),
    "forbidden": gettext_lazy("“%(title)s” (%(language)s) stays where it was: you may not move it."),
    "name_taken": gettext_lazy(
        "“%(title)s” (%(language)s) stays where it was: a page there already has the address “%(slug)s”."
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as people read it."""

    name: str
    where: str
    detail: str
    advice: str


def say(finding: Finding, labels: dict[str, Any]) -> Said:
    """Put a finding into words; `labels`: what blocks are called, by their kind in the stream."""
    number, _space, kind = finding.place.partition(" ")
    where = _("Block %(number)s, %(kind)s") % {"number": number, "kind": labels.get(kind, kind)} if number else ""
    name, advice = NAMES.get(finding.code, finding.code), ADVICE.get(finding.code, "")
    return Said(str(name), where, _detail(finding), str(advice))


def _detail(finding: Finding) -> str:
    """A long sentence is found as "46 · its first words"."""
    number, _dot, words = finding.detail.partition(" · ")
    if finding.code == "long_sentence" and words:
        return _("%(number)s words: %(words)s") % {"number": number, "words": words}
    return finding.detail
