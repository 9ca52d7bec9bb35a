"""Words and numbers as people type them: the table of cases, then what must hold for every input."""

from decimal import Decimal as Dec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scoring.typing import TOLERANCES, fold, read_number, within


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        ("L\u2019été", "l'été"),
        ("l\u02bcété", "l'été"),
        ("l´été", "l'été"),
        ("e\u0301te\u0301", "été"),
        ("cœur", "coeur"),
        ("ŒUVRE", "oeuvre"),
        ("ex æquo", "ex aequo"),
        ("  la\u00a0charte\u202f! ", "la charte"),
        ("la\t\ncharte…", "la charte"),
        ("peut\u2011être", "peut-être"),
        ("avant\u2013propos", "avant-propos"),
        ("modé\u00adration", "modération"),
        ("la\u200bcharte", "lacharte"),
        ("Straße", "strasse"),
    ],
)
def test_the_same_word_from_another_keyboard(typed, same_as):
    assert fold(typed) == fold(same_as)


def test_an_accent_counts_unless_the_author_says_otherwise():
    assert fold("où") != fold("ou")
    assert fold("Où", accents=False) == fold("ou", accents=False)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once
    assert fold(f" {text.upper()} ") == fold(text.upper())


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("1\u202f234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("1 234 567", "1234567"),
        ("\u22124", "-4"),
        ("- 4", "-4"),
        ("+4", "4"),
        (",5", "0.5"),
        ("2,5 %", "2.5"),
        ("2,5%", "2.5"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_the_french_and_the_english_way(typed, number):
    assert read_number(typed, "%") == Dec(number)


@pytest.mark.parametrize(
    "typed", ["1.234,5", "1,234.5", "1,234,567", "12 34", "deux", "", "-", "%", "5 kg", "1e3", "٣", "9" * 50]
)
def test_what_could_be_read_in_two_ways_is_refused_rather_than_guessed(typed):
    assert read_number(typed, "%") is None


@given(st.decimals(-(10**9), 10**9, places=3))
def test_every_number_survives_its_french_spelling(number):
    whole, _, part = f"{abs(number):,f}".replace(",", "\u202f").partition(".")
    assert read_number(f"{'−' if number < 0 else ''}{whole},{part}") == number


@given(st.text(max_size=30), st.text(max_size=4))
def test_no_text_is_too_strange_to_be_read(text, unit):
    number = read_number(text, unit)
    assert number is None or number.is_finite()


@pytest.mark.parametrize(
    ("how", "key", "tolerance", "high", "inside", "outside"),
    [
        ("nominal", "0.3", "0", "0", ["0.1", "0.2"], ["0.31"]),
        ("nominal", "10", "0.5", "0", ["9.5", "10.5"], ["9.49"]),
        ("relative", "-10", "0.05", "0", ["-9.5", "-10.5"], ["-9.4", "10"]),
        ("geometric", "10", "1", "0", ["5", "20"], ["4.9", "20.1"]),
        ("geometric", "-10", "1", "0", ["-5", "-20"], ["-4.9", "5"]),
        ("range", "3", "0", "5", ["3", "5"], ["2.9", "5.1"]),
        ("figures", "1234", "2", "0", ["1200", "1249"], ["1250", "1149"]),
    ],
)
def test_each_tolerance_has_its_bounds(how, key, tolerance, high, inside, outside):
    if inside == ["0.1", "0.2"]:
        inside = [str(0.1 + 0.2)]
    for number in inside:
        assert within(Dec(number), Dec(key), how, Dec(tolerance), Dec(high)), number
    for number in outside:
        assert not within(Dec(number), Dec(key), how, Dec(tolerance), Dec(high)), number


@pytest.mark.parametrize("how", TOLERANCES)
@given(key=st.decimals(-(10**6), 10**6, places=2))
def test_the_key_itself_is_always_right(how, key):
    assert within(key, key, how, Dec(2), key)
