"""Carriers: a credential inside a picture, a drawing or a PDF, and how to get it out of a file nobody vouches for.

PNG: one uncompressed iTXt chunk. SVG: an `openbadges:credential` element, first child of the root. PDF: an attached
file (the rendering writes it; here it is only read). Reading is bounded in size, and knows no network and no script.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from courses.certification import openbadges

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_CREDENTIAL = 256 * 1024
LARGEST_INFLATED = 8 * 1024 * 1024  # over all streams of one PDF


class NothingInsideError(ValueError):
    """The file carries no credential that can be read."""


def bake_png(picture: bytes, text: str) -> bytes:
    """The picture with `text` (ASCII JSON, or a token) inside; what an earlier bake left is taken out first."""
    clean = PNG_SIGNATURE + b"".join(chunk for keyword, chunk in _chunks(picture) if keyword != openbadges.PNG_KEYWORD)
    return openbadges.write_png(clean, text)


def bake_svg(drawing: str, text: str) -> str:
    """The drawing with `text` as the first child of its root, in a CDATA section."""
    root = re.search(r"<svg\b[^>]*>", drawing)
    if root is None:
        raise ValueError("not an SVG drawing")
    body = re.sub(r"<openbadges:credential\b.*?</openbadges:credential>", "", drawing[root.end() :], flags=re.DOTALL)
    opening = root.group()
    if "xmlns:openbadges" not in opening:
        opening = f'{opening[:-1]} xmlns:openbadges="{openbadges.SVG_NAMESPACE}">'
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e")  # the same characters in JSON, inert in XML
    element = f"<{openbadges.SVG_ELEMENT}><![CDATA[{safe}]]></{openbadges.SVG_ELEMENT}>"
    return f"{drawing[: root.start()]}{opening}{element}{body}"


def extract(data: bytes) -> str:
    """The JSON or token that a file carries. Errors: NothingInsideError, for whatever reason."""
    if len(data) > LARGEST_FILE:
        raise NothingInsideError("the file is too large")
    try:
        text = _extract(data)
    except (openbadges.OpenBadgesError, ValueError, ExpatError, zlib.error, struct.error, EOFError) as error:
        raise NothingInsideError(str(error)) from error
    except Exception as error:  # the parsers of a hostile file raise what they like; none of it is a fault of ours
        raise NothingInsideError(type(error).__name__) from error
    if not text or not text.strip():
        raise NothingInsideError("no credential in this file")
    if len(text) > LARGEST_CREDENTIAL:
        raise NothingInsideError("the credential is too large")
    return text.strip()


def _extract(data: bytes) -> str | None:
    if data.startswith(PNG_SIGNATURE):
        return openbadges.read_png(data)
    if b"%PDF-" in data[:1024]:
        return next(_attachments(data), None)
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return openbadges.read_svg(data)
    return data.decode("utf-8-sig")


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(keyword of an iTXt chunk or empty, whole chunk) for each chunk of a PNG."""
    position = len(PNG_SIGNATURE)
    while position + 12 <= len(picture):
        (length,) = struct.unpack(">I", picture[position : position + 4])
        chunk = picture[position : position + 12 + length]
        keyword = chunk[8:].split(b"\0", 1)[0] if chunk[4:8] == b"iTXt" else b""
        yield keyword, chunk
        position += 12 + length


def _attachments(pdf: bytes) -> Iterator[str]:
    """Texts of the PDF's streams that look like a credential.

    A stream object can never be packed into another object, so the attachment stands in the file as itself: it is found
    without a PDF parser, hence without a parser's bombs. Every stream is inflated within one common bound.
    """
    left = LARGEST_INFLATED
    for match in re.finditer(rb"stream\r?\n", pdf):
        if pdf[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        content = _inflate(pdf, match.end(), min(left, LARGEST_CREDENTIAL + 1))
        left -= len(content)
        if content.lstrip()[:1] == b"{" and b"credentials/v2" in content:
            yield content.decode("utf-8")
        if left <= 0:
            return


def _inflate(pdf: bytes, start: int, limit: int) -> bytes:
    """Up to `limit` bytes of the stream at `start`, inflated if it is deflated."""
    end = pdf.find(b"endstream", start)
    if end < 0 or limit <= 0:
        return b""
    if pdf[start : start + 1] in b"{ \n":
        return pdf[start : min(end, start + limit)]
    try:
        return zlib.decompressobj().decompress(pdf[start:end], limit)
    except zlib.error:
        return b""
