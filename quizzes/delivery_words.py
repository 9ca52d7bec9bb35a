"""What the codes of `quizzes.delivery` say to authors and candidates."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from quizzes.delivery.access import Refusal
from quizzes.delivery.blueprint import Problem

CONTRADICTIONS = (
    _("it closes before it opens"),
    _("corrections shown after the closing need a closing date"),
    _("an exam never shows the answer to a question while it is being taken"),
    _("say how many minutes remain to submit"),
    _("this asks for a time limit or a closing date"),
    _("questions close one by one behind a candidate only where each has a page of its own"),
    _("a section with a time of its own closes behind the candidate: set the lock points after each section"),
    _(
        "a question with a time of its own closes behind the candidate: give each its own page, with a lock point after each"
    ),
    _("networks are expected, such as 192.0.2.0/24 2001:db8::/32, separated by spaces"),
    _("a moment with its offset is expected, such as 2026-09-01T09:00:00+02:00"),
)

HONOUR = _(
    "On my honour: I take this exam alone, without help from anybody or from a text generator, and I keep its questions "
    "to myself."
)


def contradiction_said(template: str) -> str:
    sentence = gettext(template)
    return sentence[:1].upper() + sentence[1:] + "."


def problem_said(problem: Problem) -> str:
    """Return what keeps a blueprint from being drawn, and what to do."""
    if problem.code == "pinned_enemies":
        return gettext("Two questions that are always asked are enemies of each other. Let one of them go.")
    if problem.code == "nothing_drawn":
        return gettext("A maximum exposure rate asks for a draw: here every question is asked each time.")
    where = gettext("Section “%(name)s”: ") % {"name": problem.section} if problem.section else ""
    figures = {"asked": problem.asked, "found": problem.found, "needed": problem.needed}
    sentences = {
        "empty": gettext("there is no question to ask. Add some, or draw them from the bank."),
        "short": ngettext(
            "there is only %(found)s question to draw from, and %(asked)s are asked for. Add questions or draw fewer.",
            "there are only %(found)s questions to draw from, and %(asked)s are asked for. Add questions or draw fewer.",
            problem.found,
        ),
        "exposed": gettext(
            "drawing %(asked)s of %(found)s questions asks each too often for the maximum exposure rate. %(needed)s are "
            "needed to draw from: add some, draw fewer or raise the rate."
        ),
        "pinned_over": gettext("%(found)s questions are always asked, but only %(asked)s are drawn. Draw more."),
        "kept_apart": gettext(
            "with the enemies kept apart, %(found)s questions can be asked at most, not %(asked)s. Add some or draw fewer."
        ),
    }
    sentence = sentences[problem.code] % figures
    return where + (sentence if where else sentence[:1].upper() + sentence[1:])


def refusal_said(refusal: Refusal) -> str:
    """Return why no attempt may start, and when that changes."""
    until = date_format(localtime(refusal.until), "DATETIME_FORMAT") if refusal.until else ""
    return {
        "not_yet": gettext("Come back on %(until)s: this quiz opens then."),
        "closed": gettext("This quiz is closed."),
        "used_up": gettext("You have used all your attempts."),
        "wait": gettext("From %(until)s you may try again."),
        "outside": gettext(
            "This exam is taken on its own network only, and you are outside it. Come back on that network."
        ),
    }[refusal.code] % {"until": until}
