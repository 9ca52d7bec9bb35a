"""The academy's typefaces, served from the installed font packages.

The packages ship whole families as TrueType (200 kB a face). A visitor needs some two hundred characters of five faces,
so each face is cut down and packed as WOFF2 (about 17 kB) the first time it is asked for, and kept in the data
directory. No font file lives in the repository, and nothing is fetched from another host.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage
from fontTools import subset

PREFIX = "academy/fonts"
EDITION = "2"  # raise it when the cut changes, so that old ones are not served

# French and English, their typography, and the arrows and signs the interface prints.
CHARACTERS = (
    "20-7E,A0-FF,131,152-153,160-161,178,17D-17E,2C6,2DA,2DC,2002-2003,2009-200A,2010-2015,2018-201E,2020-2022,2026,"
    "202F,2030,2032-2033,2039-203A,2044,20AC,2116,2122,2190-2193,2212,2248,2260,2264-2265"
)
NOTICES = [0, 13, 14]  # copyright and licence stay; the family's reserved name does not go on a modified font
FEATURES = ["kern", "liga", "onum", "lnum", "tnum", "pnum", "mark", "ccmp", "locl"]


@dataclass(frozen=True, slots=True)
class Face:
    package: str
    source: str

    def original(self) -> Path:
        return Path(str(files(self.package) / "files" / self.source))


FACES = {
    "serif-regular.woff2": Face("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    "serif-italic.woff2": Face("font_source_serif_pro", "SourceSerifPro-It.ttf"),
    "serif-semibold.woff2": Face("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "sans-regular.woff2": Face("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "sans-semibold.woff2": Face("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
}


def cut(face: Face, target: Path) -> None:
    """Write `face`, reduced to CHARACTERS, as WOFF2 to `target`; a reader never sees half a file."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=NOTICES)
    font = subset.load_font(str(face.original()), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(CHARACTERS))
    subsetter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent)
    os.close(handle)
    subset.save_font(font, part, options)
    Path(part).chmod(0o644)
    Path(part).replace(target)


class FontStorage(FileSystemStorage):
    prefix = PREFIX  # where `collectstatic` puts the files


class FontFinder(BaseFinder):
    """Offers the cut faces to `collectstatic`, the development server and WhiteNoise under academy/fonts/."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.DATA_DIR) / "fonts" / EDITION
        self.storage = FontStorage(location=self.root)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        folder, _, name = str(path).replace("\\", "/").rpartition("/")
        if folder != PREFIX or name not in FACES:
            return []
        found = str(self.ready(name))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in FACES:
            if not matches_patterns(name, ignore_patterns or []):
                self.ready(name)
                yield name, self.storage

    def ready(self, name: str) -> Path:
        target = self.root / name
        if not target.exists():
            cut(FACES[name], target)
        return target
