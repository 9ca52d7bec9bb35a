"""The files of a certificate, made on demand from its snapshot and kept in a private folder."""

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from PIL import Image

from courses.certification import audit, baking, rendering
from courses.certification.looks import LayoutPicture
from courses.certification.models import Award, Certificate, CertificateEvent

PICTURE_PPI, PICTURE_COLOURS = 96.0, 64
FOLDER, ARCHIVES = "certificates", "archives"  # under DATA_DIR; never served as they are


@dataclass(frozen=True, slots=True)
class Form:
    """A form to download: its media type, and how it is made in a language."""

    media_type: str
    make: Callable[[Certificate, str], bytes]
    cached: bool = True


def _pdf(certificate: Certificate, language: str) -> bytes:
    facts = certificate.facts
    made = rendering.pdf(facts, certificate.embedded, language=language, pictures=pictures_of(facts.look))
    if not made.archival:  # staff are told, once: a font must be installed
        audit.note_once(certificate, CertificateEvent.Kind.PLAIN, "plain-pdf", at=timezone.now())
    return made.content


def _png(certificate: Certificate, language: str) -> bytes:
    return baking.bake_png(rendering.badge(certificate.facts), certificate.embedded)


def _svg(certificate: Certificate, language: str) -> bytes:
    return baking.bake_svg(rendering.badge(certificate.facts, "svg").decode(), certificate.embedded).encode()


def _picture(certificate: Certificate, language: str) -> bytes:
    facts, signed = certificate.facts, certificate.embedded
    drawn = rendering.picture(
        facts, language=language, ppi=PICTURE_PPI, signed=signed, pictures=pictures_of(facts.look)
    )
    return _slim(drawn)


def _slim(png: bytes) -> bytes:
    """A third of the weight for the same look: a certificate is paper, ink, a seal and their edges."""
    slim = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(PICTURE_COLOURS, dither=Image.Dither.NONE).save(slim, "PNG", optimize=True)
    return slim.getvalue()


def _card(certificate: Certificate, language: str) -> bytes:
    return rendering.card(certificate.facts, language=language, pictures=pictures_of(certificate.facts.look))


def pictures_of(look: Mapping[str, Any]) -> dict[str, bytes]:
    """The logo and signatures a certificate was issued with. No query where there are none."""
    names = {look.get("logo", ""), *(signatory["signature"] for signatory in look.get("signatories", ()))} - {""}
    if not names:
        return {}
    found = LayoutPicture.objects.filter(sha256__in=names).values_list("sha256", "png")
    return {digest: bytes(png) for digest, png in found}


FORMS: dict[str, Form] = {
    "pdf": Form("application/pdf", _pdf),
    "png": Form("image/png", _png),
    "svg": Form("image/svg+xml", _svg),
    "json": Form("application/vc", lambda certificate, language: certificate.embedded.encode(), cached=False),
    "jwt": Form("application/vc+jwt", lambda certificate, language: certificate.token.encode(), cached=False),
    "picture": Form("image/png", _picture),
    "card": Form("image/png", _card),
}


def file_of(certificate: Certificate, form: str, language: str = "") -> bytes:
    """The bytes of one form. Errors: KeyError for an unknown form."""
    kind = FORMS[form]
    if not kind.cached:
        return kind.make(certificate, language)
    name = f"{certificate.uuid}/{rendering.EDITION}-{language or certificate.facts.language}.{form}"
    return _kept(name, lambda: kind.make(certificate, language))


def award_picture(award: Award) -> bytes:
    """The badge's face, for the address that credentials name as their image."""
    facts = rendering.sample(award.facts(), settings.WAGTAIL_SITE_NAME)
    mark = hashlib.sha256(repr((facts.award.version, facts.issuer_name)).encode()).hexdigest()[:12]
    return _kept(f"awards/{award.slug}-{rendering.EDITION}-{mark}.png", lambda: rendering.badge(facts))


def filename(certificate: Certificate, form: str) -> str:
    return f"{certificate.facts.award.slug}-{certificate.code}.{form}"


def forget(uuid: UUID) -> None:
    """Remove the files kept of a certificate: they are made anew when somebody asks."""
    shutil.rmtree(Path(settings.DATA_DIR) / FOLDER / str(uuid), ignore_errors=True)


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    """The file `name` of the private folder, made the first time; a reader never sees half of it."""
    path = Path(settings.DATA_DIR) / FOLDER / name
    if path.is_file():
        return path.read_bytes()
    content = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(part).replace(path)
    return content
