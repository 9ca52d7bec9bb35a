"""From a frozen snapshot to paper: PDF, PNG and SVG of one Typst template.

The template sees the folder `layouts` and nothing else: no network, no other file, and every text reaches it as data,
never as code. Fonts that ship inside Typst come first; names in scripts they lack fall back to the system's fonts, and
if even those lack a glyph the certificate is made without the archive label rather than not at all.
"""

import base64
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
import typst

from courses.certification.snapshots import AwardFacts, Snapshot, pick
from courses.certification.wording import MONTHS, in_short, long_date, percent

LAYOUTS = Path(__file__).parent / "layouts"
EDITION = "6"  # raise it when a layout changes what it draws, so that cached files are made anew
ARCHIVE = ["a-3b"]
SHEETS = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4)}  # millimetres
DEFAULT_LOOK: dict[str, Any] = {
    "orientation": "landscape",
    "paper": "a4",
    "ground": "#fdfaf3",
    "accent": "#c63a1a",
    "logo": "",
    "texts": {},
    "signatories": [],
}
Pictures = Mapping[str, bytes]  # digest → PNG
NO_PICTURES: Pictures = {}
ATTACHMENT = {"fr": "Le justificatif numérique signé", "en": "The signed digital credential"}
HEADLINE = {"fr": "Attestation", "en": "Certificate"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file, and whether it keeps the archive standard (a missing glyph can cost it the label)."""

    content: bytes
    archival: bool


def pdf(snapshot: Snapshot, signed: str, *, language: str = "", pictures: Pictures = NO_PICTURES) -> Rendered:
    """The certificate as PDF/A-3 with `signed` (the credential's JSON) attached. Errors: typst.TypstError."""
    inputs = {"data": _data(snapshot, language, signed, pictures), "credential": signed}
    moment = int(snapshot.issued_at.timestamp())
    for fonts_of_system in (True,) if _beyond_embedded_fonts(inputs["data"]) else (False, True):
        try:
            return Rendered(
                _compile(snapshot.layout, inputs, "pdf", fonts_of_system, standards=ARCHIVE, timestamp=moment), True
            )
        except typst.TypstError:
            continue
    return Rendered(_compile(snapshot.layout, inputs, "pdf", True, timestamp=moment), False)


def _beyond_embedded_fonts(text: str) -> bool:
    """Whether a letter lies outside what Libertinus draws well (Latin, Greek, Cyrillic and their punctuation).

    Typst's own monospaced font would take Arabic or Hebrew before any better font of the system, hence this look ahead.
    """
    letters = map(ord, "".join(set(json.dumps(json.loads(text), ensure_ascii=False))))
    return any(letter > 0x52F and not 0x1E00 <= letter <= 0x22FF for letter in letters)


def picture(
    snapshot: Snapshot, *, language: str = "", ppi: float = 110.0, signed: str = "", pictures: Pictures = NO_PICTURES
) -> bytes:
    """The certificate as PNG."""
    data = _data(snapshot, language, signed, pictures)
    return _compile(snapshot.layout, {"data": data}, "png", _beyond_embedded_fonts(data), ppi=ppi)


def drawing(snapshot: Snapshot, *, language: str = "", signed: str = "", pictures: Pictures = NO_PICTURES) -> str:
    """The certificate as SVG, letters as outlines."""
    return _compile(snapshot.layout, {"data": _data(snapshot, language, signed, pictures)}, "svg", True).decode()


def card(snapshot: Snapshot, *, language: str = "", pictures: Pictures = NO_PICTURES) -> bytes:
    """The share card as PNG, 1200 × 630 pixels."""
    data = _data(snapshot, language, "", pictures)
    return _compile("card", {"data": data}, "png", _beyond_embedded_fonts(data), ppi=96.0)


def dimensions(snapshot: Snapshot, ppi: float) -> tuple[int, int]:
    """Width and height in pixels of the certificate's picture."""
    look = {**DEFAULT_LOOK, **snapshot.look}
    short, long = SHEETS[look["paper"]]
    width, height = (long, short) if look["orientation"] == "landscape" else (short, long)
    return round(width / 25.4 * ppi), round(height / 25.4 * ppi)


def badge(snapshot: Snapshot, form: str = "png", *, ppi: float = 130.0) -> bytes:
    """The badge's face (the seal, nothing personal) as "png" or "svg"."""
    return _compile("badge", {"data": _data(snapshot, "", "", NO_PICTURES)}, form, False, ppi=ppi)


def qr(link: str) -> str:
    """The QR code of `link` as SVG, without a quiet zone: the layout leaves the paper around it."""
    return segno.make(link, error="m", micro=False).svg_inline(border=0, dark="#161c2b", omitsize=True)


def _data(snapshot: Snapshot, language: str, signed: str, pictures: Pictures) -> str:
    language = language or snapshot.language
    award = snapshot.award
    title = pick(award.title, language)
    year = f"{snapshot.issued_at.astimezone(ZoneInfo(snapshot.time_zone)).year} · " if snapshot.issuer_did else ""
    return json.dumps(
        {
            "language": language if language in MONTHS else "en",
            "document_title": f"{HEADLINE.get(language, HEADLINE['en'])} · {title} · {snapshot.holder}",
            "description": pick(award.description, language),
            "keywords": list(pick(award.skills, language) or ()),
            "attachment": ATTACHMENT.get(language, ATTACHMENT["en"]),
            "issuer": snapshot.issuer_name,
            "code": snapshot.code,
            "holder": snapshot.holder,
            "title": title,
            "criteria": pick(award.description if snapshot.given else award.criteria, language),
            "results": [
                {"name": pick(line.name, language), "value": percent(line.percent, language)}
                for line in snapshot.results
            ],
            "results_in_short": in_short([line.percent for line in snapshot.results], language),
            "issued_on": long_date(snapshot.awarded, language, snapshot.time_zone),
            "valid_until": _until(snapshot, language),
            "link": snapshot.short_url,
            "link_printed": snapshot.short_url.split("//", 1)[-1],
            "qr": qr(snapshot.short_url),
            "seal": f"{snapshot.issuer_name} · {title} · {year}".upper(),
            "signature": _signature(signed),
            "specimen": "SPECIMEN" if snapshot.specimen else "",
            **_look(snapshot, language, pictures),
        }
    )


def _look(snapshot: Snapshot, language: str, pictures: Pictures) -> dict[str, Any]:
    """What the layout says, in the language, with its pictures as drawings the template can take."""
    look = {**DEFAULT_LOOK, **snapshot.look}
    manner = "given" if snapshot.given else "earned"
    texts = {name: pick(look["texts"].get(name, {}), language) for name in ("certifies", manner, "mention")}
    award = snapshot.award
    signatories = look["signatories"] or [{"name": award.signatory, "role": award.signatory_role, "signature": ""}]
    return {
        **{name: look[name] for name in ("orientation", "paper", "ground", "accent")},
        **texts,
        "manner": manner,
        "logo": _drawn(pictures.get(look["logo"], b"")),
        "signatories": [
            {
                "name": signatory["name"],
                "role": pick(signatory["role"], language) or snapshot.issuer_name,
                "image": _drawn(pictures.get(signatory["signature"], b"")),
            }
            for signatory in signatories[:2]
        ],
    }


def _drawn(png: bytes) -> str:
    """A PNG inside a drawing: everything reaches the template as text."""
    if not png:
        return ""
    width, height = struct.unpack(">II", png[16:24])
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _until(snapshot: Snapshot, language: str) -> str:
    return long_date(snapshot.valid_until, language, snapshot.time_zone) if snapshot.valid_until else ""


def _signature(signed: str) -> str:
    """The proof's value, printed small: the one signature on the paper that can be checked."""
    if not signed.startswith("{"):
        return ""
    proofs = json.loads(signed).get("proof") or [{}]
    return str(proofs[0].get("proofValue", ""))


def _compile(
    layout: str,
    inputs: Mapping[str, str],
    form: Any,
    system_fonts: bool,
    *,
    standards: Any = None,
    timestamp: int | None = None,
    ppi: float | None = None,
) -> bytes:
    source = LAYOUTS / f"{layout}.typ"
    if source.parent != LAYOUTS or not source.is_file():
        raise ValueError(f"no layout named {layout!r}")
    options: dict[str, Any] = {"ppi": ppi}
    if form == "pdf":
        options = {"pdf_standards": standards or [], "timestamp": timestamp}
    output = typst.compile(
        str(source),
        root=str(LAYOUTS),
        format=form,
        sys_inputs=dict(inputs),
        ignore_system_fonts=not system_fonts,
        **{name: value for name, value in options.items() if value is not None},
    )
    if not isinstance(output, bytes):
        raise ValueError("the certificate does not fit one page")
    return output


def sample(award: AwardFacts, issuer_name: str, language: str = "fr") -> Snapshot:
    """The facts of nobody in particular, for the face of a badge and for previews."""
    nobody = UUID(int=0)
    return Snapshot(
        uuid=nobody,
        subject=nobody,
        holder="Camille Specimen",
        email_hash="",
        email_salt="",
        language=language,
        award=award,
        issued_at=datetime(2026, 1, 1, tzinfo=UTC),
        valid_until=None,
        issuer_did="",
        issuer_name=issuer_name,
        issuer_url="https://example.invalid",
        code="CM-0000-0000-0000",
        specimen=True,
    )
