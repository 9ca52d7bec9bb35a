"""Codes: drawn, typed, forgiven."""

import datetime as dt

import pytest

from courses.certification import codes
from courses.certification.dates import add_months


def test_a_drawn_code_reads_back_as_itself():
    drawn = {codes.draw() for _ in range(500)}
    assert len(drawn) == 500
    assert all(codes.CODE.fullmatch(code) and codes.normalise(code) == code for code in drawn)


@pytest.mark.parametrize(
    "typed",
    [
        "CM-7K4F-Q2XD-9RTM",
        "cm-7k4f-q2xd-9rtm",
        " 7k4f q2xd 9rtm ",
        "CM7K4FQ2XD9RTM",
        "https://academy.example/c/CM-7K4F-Q2XD-9RTM",
        "CM–7K4F–Q2XD–9RTM",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed):
    assert codes.normalise(typed) == "CM-7K4F-Q2XD-9RTM"


def test_letters_easily_confused_are_forgiven():
    assert codes.normalise("CM-O1IL-0000-0000") == "CM-0111-0000-0000"


@pytest.mark.parametrize("typed", ["", "CM", "CM-7K4F-Q2XD-9RT", "CM-7K4F-Q2XD-9RTMM", "CM-UUUU-Q2XD-9RTM", "é" * 12])
def test_what_cannot_be_a_code_is_none(typed):
    assert codes.normalise(typed) == ""


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 2, 29), 24, (2026, 2, 28)),
        ((2026, 11, 20), 24, (2028, 11, 20)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert add_months(dt.datetime(*start, tzinfo=dt.UTC), months) == dt.datetime(*end, tzinfo=dt.UTC)
