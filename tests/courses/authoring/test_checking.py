"""The content checks, rule by rule, over plain content."""

import pytest

from courses.authoring.checking.readability import reading_ease, sentences, syllables
from courses.authoring.checking.rules import Content, Finding, Piece, Recording, broken_links, findings
from courses.authoring.words import say

LONG = " ".join(["word"] * 36) + "."


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("rule", "en", 1), ("table", "en", 2), ("little", "en", 2), ("managed", "en", 2), ("watches", "en", 2),
        ("moderation", "en", 4), ("the", "en", 1), ("règle", "fr", 1), ("règles", "fr", 1), ("réaction", "fr", 3),
        ("logique", "fr", 2), ("communauté", "fr", 4), ("théâtre", "fr", 2), ("Noël", "fr", 2), ("je", "fr", 1), ("œuvre", "fr", 1),
        ("xyz", "de", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_without_mute_endings(word, language, count):
    assert syllables(word, language) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four…", 4),
        ("It costs 3.50 euros, etc. and no more.", 1),
        ("A line\nAnother line", 2),
        ("« Vraiment ? » dit-elle.", 2),
        ("", 0),
        ("...", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text, count):
    assert len(sentences(text)) == count


def test_short_words_in_short_sentences_are_easier_in_both_languages():
    easy = {"en": "The cat sat on the mat. " * 20, "fr": "Le chat dort sur le lit. " * 20}
    hard = {
        "en": "Institutional communication necessitates organisational accountability and interdisciplinary evaluation. "
        * 15,
        "fr": "La communication institutionnelle nécessite une responsabilité organisationnelle et une évaluation. "
        * 15,
    }
    for language in ("en", "fr"):
        assert reading_ease(easy[language], language) > 90
        assert reading_ease(hard[language], language) < 10


def test_the_formulas_are_those_published():
    text = "one two three four five. " * 25  # 5 words a sentence, 1 syllable a word
    assert reading_ease(text, "en") == round(206.835 - 1.015 * 5 - 84.6 * 1, 1)
    assert reading_ease("le chat dort au lit. " * 25, "fr") == round(207 - 1.015 * 5 - 73.6 * 1, 1)


def test_a_text_too_short_or_in_another_language_has_no_reading_ease():
    assert reading_ease("Too short.", "en") is None
    assert reading_ease("Wort " * 200, "de") is None


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (Content("en", alternatives=(Piece("4 figure", " "),)), [Finding("missing_alt", "4 figure")]),
        (Content("en", alternatives=(Piece("4 figure", "IMG_1.PNG"),)), [Finding("missing_alt", "4 figure", "IMG_1.PNG")]),
        (Content("en", alternatives=(Piece("4 figure", "A queue at noon"),)), []),
        (
            Content("en", recordings=(Recording("2 video", captions=False, transcript=False),)),
            [Finding("missing_captions", "2 video"), Finding("missing_transcript", "2 video")],
        ),
        (Content("en", recordings=(Recording("2 video", captions=True, transcript=True),)), []),
        (Content("en", teaches=True), [Finding("no_objective")]),
        (Content("en"), []),
        (Content("en", teaches=True, objectives=(Piece("1 objective", " "),)), [Finding("empty_objective", "1 objective")]),
        (Content("en", minutes=1, texts=(Piece("1 text", "word. " * 600),)), [Finding("too_few_minutes", "", "1 < 3")]),
        (Content("en", minutes=3, texts=(Piece("1 text", "word. " * 600),)), []),
        (Content("fr", texts=(Piece("1 text", LONG),)), []),
    ],
)  # fmt: skip
def test_each_rule_finds_what_it_is_for_and_nothing_else(content, found):
    assert findings(content) == found


def test_a_long_sentence_is_quoted_with_its_length():
    (found,) = findings(Content("en", texts=(Piece("1 text", LONG + " Short."),)))
    assert (found.code, found.place) == ("long_sentence", "1 text")
    assert found.detail.startswith("36 · word word")
    assert found.detail.endswith(" …")
    assert say(found, {"text": "Text"}).detail.startswith("36 words: word word")


def test_only_links_within_the_site_can_be_broken():
    links = [
        Piece("1 text", each) for each in ("/en/gone/", "/en/here/", "https://example.org/x", "mailto:a@b.c", "#part-2")
    ]
    assert broken_links(links, {"/en/here/"}.__contains__) == [Finding("broken_link", "1 text", "/en/gone/")]
