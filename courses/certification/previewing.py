"""A layout as it would print, on sample people: what the admin shows beside the form."""

import base64
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import typst
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from courses.certification import rendering
from courses.certification.snapshots import AwardFacts, Result, Snapshot

SAMPLES = {
    "fr": ("fr", "Camille Specimen"),
    "en": ("en", "Camille Specimen"),
    "long": ("fr", "Maria-Magdalena Wilhelmina von Hohenzollern-Sigmaringen Ruiz"),
    "arabic": ("en", "ليلى بنت يوسف الخوارزمي"),
    "given": ("fr", "Camille Specimen"),
    "card": ("fr", "Camille Specimen"),
}
AWARD = AwardFacts(
    uuid=UUID(int=0),
    slug="sample",
    version="0",
    title={"fr": "Modération", "en": "Moderation"},
    description={"fr": "Attestation du cours Modération.", "en": "Attestation of the Moderation course."},
    criteria={
        "fr": "A suivi le cours en entier, réussi chacun de ses quiz et tenu chaque garde devant une communauté "
        "simulée, dont les décisions sont comparées à celles d’experts.",
        "en": "Completed the whole course, passed every quiz and held every shift in front of a simulated community, "
        "each decision being compared with those of experts.",
    },
    skills={},
    signatory="Hélène Marchetti",
    signatory_role={"fr": "Directrice des programmes", "en": "Director of programmes"},
)


def sample_of(layout: Any, mode: str) -> Snapshot:
    """The facts of somebody fictional, in the clothes of `layout`."""
    language, holder = SAMPLES.get(mode, SAMPLES["fr"])
    return Snapshot(
        uuid=UUID(int=0),
        subject=UUID(int=0),
        holder=holder,
        email_hash="",
        email_salt="",
        language=language,
        award=AWARD,
        issued_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        valid_until=datetime(2028, 3, 2, 9, tzinfo=UTC),
        issuer_did="did:web:example.invalid",
        issuer_name=settings.WAGTAIL_SITE_NAME,
        issuer_url=settings.SITE_URL,
        code="CM-0000-0000-0000",
        results=(Result(key="quiz", name={"fr": "Quiz du module 1", "en": "Module 1 quiz"}, percent=82),),
        layout=layout.design,
        look=layout.look(),
        specimen=True,
        given=mode == "given",
    )


def preview(layout: Any, request: HttpRequest, mode: str) -> HttpResponse:
    """A page with the picture in it; a choice that cannot be drawn yet is said, not raised."""
    context: dict[str, Any] = {"title": gettext("Preview")}
    try:
        sample, pictures = sample_of(layout, mode), layout.pictures()
        draw = rendering.card if mode == "card" else rendering.picture
        png = draw(sample, language=sample.language, pictures=pictures)
        context["picture"] = "data:image/png;base64," + base64.b64encode(png).decode()
    except (typst.TypstError, ValueError):
        context["problem"] = True
    return render(request, "certificates/admin/layout_preview.html", context)
