"""The French catalogue keeps French typography, and compiles by itself where a clone has none."""

import os
import time
from pathlib import Path

import allauth
import polib
import pytest
from django.conf import settings

from academy import translations

HEADER = 'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_both_catalogues_are_whole():
    assert [gap for po in translations.catalogues() for gap in translations.gaps(po)] == []


@pytest.mark.parametrize("text", ["Attention : ici", "« mot »", "L'heure", "Vraiment ?", "Qu'il"])
def test_french_that_may_break_at_the_wrong_place_is_a_fault(folder, text):
    (folder / "django.po").write_text(f'{HEADER}msgid "a"\nmsgstr "{text}"\n')
    [fault] = translations.gaps(folder / "django.po")
    assert text in fault


def test_what_we_word_anew_is_still_said_by_the_account_pages():
    said = {
        entry.msgid for entry in polib.pofile(str(Path(allauth.__file__).parent / "locale/fr/LC_MESSAGES/django.po"))
    }
    for language in ("fr", "en"):
        ours = polib.pofile(str(settings.LOCALE_PATHS[1] / f"{language}/LC_MESSAGES/django.po"))
        assert [entry.msgid for entry in ours if entry.msgid not in said] == []


@pytest.fixture
def folder(tmp_path, settings):
    home = tmp_path / "fr" / "LC_MESSAGES"
    home.mkdir(parents=True)
    (home / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "a"\nmsgstr "b"\n'
    )
    settings.LOCALE_PATHS = [tmp_path]
    return home


def test_a_catalogue_is_compiled_when_missing_or_stale_and_left_alone_otherwise(folder):
    assert [mo.name for mo in translations.compile_stale()] == ["django.mo"]
    assert translations.compile_stale() == []
    later = time.time() + 10
    os.utime(folder / "django.po", (later, later))
    assert len(translations.compile_stale()) == 1
    assert sorted(file.name for file in folder.iterdir()) == ["django.mo", "django.po"]
