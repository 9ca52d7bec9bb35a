"""Awards with required fields only."""

from typing import Any

from courses.certification.models import Award


def make_award(slug: str = "moderation", *, course: Any = None, **fields: Any) -> Award:
    requirements = [("course", {"course": course})] if course is not None else []
    texts = {
        "title_fr": "Modération",
        "title_en": "Moderation",
        "description_fr": "Attestation du cours.",
        "description_en": "Attestation of the course.",
        "criteria_fr": "A suivi le cours en entier.",
        "criteria_en": "Completed the whole course.",
        "skills_fr": "Désescalade\nÉcoute",
        "skills_en": "De-escalation\nListening",
        "requirements": requirements,
    }
    return Award.objects.create(slug=slug, **{"valid_months": 24, **texts, **fields})
