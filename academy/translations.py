"""Catalogues of translations: compiled without system tools, and checked for gaps."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings

# An ordinary space before these signs may end a line; a straight apostrophe is a typewriter's.
LOOSE = re.compile(r" [:;?!»]|« |\b[cdjlmnst]'|\bqu'", re.IGNORECASE)


def catalogues() -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def compile_stale() -> list[Path]:
    """Write the .mo beside every .po that is newer; return those written."""
    written = []
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            part = mo.with_suffix(f".{os.getpid()}")  # two processes may start at once; neither reads half a file
            polib.pofile(str(po)).save_as_mofile(str(part))
            part.replace(mo)
            written.append(mo)
    return written


def gaps(po: Path) -> list[str]:
    """Return a sentence per entry that is untranslated, marked fuzzy, or not spaced as French is."""
    catalogue = polib.pofile(str(po))
    missing = [f"not translated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    missing += [f"fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    if catalogue.metadata.get("Language") != "fr":
        return missing
    texts = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]
    return missing + [f"French needs a no-break space or a ’ here: {text!r}" for text in texts if LOOSE.search(text)]
