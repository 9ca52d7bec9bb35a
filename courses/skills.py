"""The skills the certification vouches for: four for each course, as its attestation names them.

A question of the bank measures one of them, so that an exam is drawn, checked and reported skill by skill. Pure data, no
query. Labels are lazy translations, the very words of the attestations in `curriculum/awards.yaml` (a test compares them);
codes are stable and stored.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill: `code`, label, and the `award` whose attestation names it."""

    code: str
    label: Promise
    award: str


SKILLS: dict[str, Skill] = {
    s.code: s
    for s in (
        Skill("survey_reading", _("Reading a survey"), "strategy"),
        Skill("role_framing", _("Framing a role"), "strategy"),
        Skill("priorities", _("Setting priorities"), "strategy"),
        Skill("advising", _("Advising"), "strategy"),
        Skill("comment_moderation", _("Comment moderation"), "moderation"),
        Skill("charter_proportionality", _("Charter and proportionality"), "moderation"),
        Skill("de_escalation", _("De-escalation"), "moderation"),
        Skill("reporting_escalation", _("Reporting and escalation"), "moderation"),
        Skill("commercial_transparency", _("Commercial transparency"), "ethics"),
        Skill("fair_reviews", _("Fair reviews"), "ethics"),
        Skill("public_correction", _("Public correction"), "ethics"),
        Skill("honesty_under_pressure", _("Honesty under pressure"), "ethics"),
        Skill("weak_signals", _("Weak signals"), "crisis"),
        Skill("alert_thresholds", _("Alert thresholds"), "crisis"),
        Skill("written_alerts", _("Written alerts"), "crisis"),
        Skill("speaking_under_pressure", _("Speaking under pressure"), "crisis"),
    )
}


def skill_choices() -> list[tuple[str, Promise]]:
    """Return (code, label) of every skill, in the order of the courses."""
    return [(skill.code, skill.label) for skill in SKILLS.values()]
