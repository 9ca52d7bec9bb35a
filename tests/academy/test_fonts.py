from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage
from fontTools.ttLib import TTFont

from academy.fonts import FACES, PREFIX, FontFinder, cut

FIRST_VISIT = 90_000  # bytes for all five faces


@pytest.fixture
def finder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return FontFinder()


def test_a_face_is_cut_when_first_asked_for_and_kept(finder):
    path = Path(finder.find(f"{PREFIX}/serif-regular.woff2"))
    written = path.stat().st_mtime_ns
    assert path.read_bytes()[:4] == b"wOF2"
    assert finder.find(f"{PREFIX}/serif-regular.woff2") == str(path)
    assert path.stat().st_mtime_ns == written
    assert [p.name for p in path.parent.iterdir()] == ["serif-regular.woff2"]


@pytest.mark.parametrize("name", ["", "serif.woff2", "../../../etc/passwd", "serif-regular.ttf"])
def test_nothing_else_is_offered(finder, name):
    assert finder.find(f"{PREFIX}/{name}") == []
    assert finder.find(f"{PREFIX}/{name}", find_all=True) == []


def test_the_faces_hold_what_french_and_english_are_written_with(tmp_path):
    for name, face in FACES.items():
        cut(face, tmp_path / name)
        glyphs = TTFont(tmp_path / name).getBestCmap()
        assert {ord(sign) for sign in "Éàçœ«»’…–−€ 0123456789\u00a0"} <= set(glyphs), name
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < FIRST_VISIT


def test_collecting_lists_every_face_with_its_prefix(finder):
    listed = list(finder.list(ignore_patterns=["sans-*"]))
    assert [name for name, _ in listed] == ["serif-regular.woff2", "serif-italic.woff2", "serif-semibold.woff2"]
    storage = listed[0][1]
    assert isinstance(storage, FileSystemStorage)
    assert storage.prefix == PREFIX
    assert storage.exists("serif-regular.woff2")


def test_the_site_finds_its_typefaces():
    assert finders.find(f"{PREFIX}/sans-regular.woff2")
    assert staticfiles_storage.url(f"{PREFIX}/sans-regular.woff2").endswith(".woff2")
