"""What a file is, from its first bytes: names and what browsers declare prove nothing."""

import re
from collections.abc import Mapping

# kind → (media type it is served with, endings a file browser offers)
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "pdf": ("application/pdf", (".pdf",)),
    "image": ("application/octet-stream", (".png", ".jpg", ".jpeg", ".webp")),
    "document": ("application/octet-stream", (".docx", ".odt")),
    "text": ("text/plain; charset=utf-8", (".txt", ".md", ".csv")),
}
_MARKUP = re.compile(r"<\s*(!doctype|\?xml|html|svg|script|body|head|iframe)", re.IGNORECASE)
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"


def kind_of(content: bytes) -> str:
    """Return the kind of a file's whole content, or "" for anything that is not taken.

    Markup (SVG, HTML, XML) is refused wherever it hides: it may carry script. So is an old Office file, which may
    carry macros, and a document whose archive holds some.
    """
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or (
        content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    ):
        return "image"
    if content.startswith(b"PK\x03\x04"):
        return "document" if _is_document(content) else ""
    return "text" if _is_text(content) else ""


def _is_document(content: bytes) -> bool:
    if content[30:].startswith(_ODT):
        return True
    return b"word/document.xml" in content and b"[Content_Types].xml" in content and b"vbaProject" not in content


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and "\0" not in text and not _MARKUP.search(text)
