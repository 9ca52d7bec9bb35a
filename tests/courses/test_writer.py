"""What the writers promise: reading what they wrote gives back what they were given, whatever the texts hold."""

from dataclasses import replace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.blocks import BODY_BLOCKS
from courses.formats import lesson as lesson_format
from courses.formats.blocks import SHAPES
from courses.formats.course import (
    COLOURS,
    IDENTIFIER,
    LEVELS,
    MODES,
    Activity,
    Course,
    Module,
    parse_activity,
    parse_course,
    parse_module,
)
from courses.formats.lesson import CALLOUT_KINDS, Block, Lesson, parse_body, parse_lesson
from courses.formats.writer import _WRITERS, write_activity, write_body, write_course, write_lesson, write_module
from courses.formats.yaml_writer import Literal, dump

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Letters, what YAML and our blocks give a meaning to, and the typography of two languages.
ODD = [
    "\n", " ", ":", "::: ", "\n:::\n", "\n::::note x\n", "---", "\n---\n", "# ", "- ", '"', "'", "{", "[", "|",
    ">", "&a", "*a", "!", "%", "@", "`", "\\", "\t", "\u00a0", "\u202f", "\u2028", "\x85", "\ufeff", "é", "🔥", "yes",
    "null", "1", "0x1", "1_000", "2026-01-01", "12:30", "~", "=", "<<", "?", ",", "\x07",
]  # fmt: skip
anything = st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=4)), max_size=6).map("".join)
texts = anything.map(lambda t: t.replace("\r", "").strip()).filter(lambda t: bool(t.strip()))
one_line = texts.map(lambda t: t.replace("\n", " ").strip()).filter(bool)
blank_or_text = st.one_of(st.just(""), texts)
keys = st.one_of(st.just(""), st.uuids().map(str))
pools = st.lists(st.from_regex(IDENTIFIER, fullmatch=True), max_size=3, unique=True).map(tuple)

option = st.fixed_dictionaries({"text": texts, "correct": st.booleans(), "feedback": texts})


@st.composite
def checks(draw):
    options = draw(st.lists(option, min_size=2, max_size=5))
    options[draw(st.integers(0, len(options) - 1))]["correct"] = True
    lettered = [{"key": "abcde"[n], **o} for n, o in enumerate(options)]
    return Block("check", {"key": draw(one_line), "prompt": draw(texts), "options": lettered})


def block(kind, /, **fields):
    return st.builds(Block, st.just(kind), st.fixed_dictionaries(fields))


whole = st.integers(0, 10**6)
images = st.sampled_from(["images/a.png", "images/B-2.webp", "images/x.y.jpeg"])
figures = block("figure", file=images, alt=texts, caption=blank_or_text)
text_blocks = st.builds(Block, st.just("text"), texts)
bodies = st.lists(
    st.one_of(
        text_blocks,
        block("situation", text=texts),
        block("remember", text=texts),
        block("callout", kind=st.sampled_from(CALLOUT_KINDS), text=texts),
        block("case", title=one_line, text=texts),
        block(
            "post",
            author=texts,
            handle=texts,
            network=texts,
            text=texts,
            likes=whole,
            replies=whole,
            note=blank_or_text,
        ),
        block("reveal", key=one_line, prompt=texts, answer=texts),
        figures,
        checks(),
    ),
    max_size=4,
).map(tuple)
lines = st.lists(texts, max_size=3).map(tuple)


def pairs(first, second):
    return st.lists(st.fixed_dictionaries({first: texts, second: texts}), max_size=2).map(tuple)


lessons = st.builds(
    Lesson, file=st.just("l"), title=texts, slug=one_line, minutes=st.integers(0, 999), summary=blank_or_text,
    sector=blank_or_text, open_to_all=st.booleans(), objectives=pairs("id", "text"),
    glossary=pairs("term", "definition"),
    sources=lines, body=bodies, key=keys, untranslated=st.booleans(),
)  # fmt: skip
courses = st.builds(
    Course, file=st.just("c"), title=texts, slug=one_line, summary=blank_or_text, level=st.sampled_from(LEVELS),
    colour=st.sampled_from(COLOURS), audience=lines, objectives=lines, prerequisites=blank_or_text, instructor=blank_or_text,
    body=st.lists(st.one_of(text_blocks, figures), max_size=4).map(tuple), position=st.none() | st.integers(1, 99),
    key=keys, untranslated=st.booleans(),
)  # fmt: skip


@some
@given(lessons)
def test_a_lesson_written_is_the_lesson_read(lesson):
    assert parse_lesson(write_lesson(lesson), file="l") == lesson


@some
@given(courses)
def test_a_course_written_is_the_course_read(course):
    assert parse_course(write_course(course), file="c") == course


@some
@given(texts, one_line, blank_or_text, st.booleans(), st.booleans(), keys)
def test_a_module_written_is_the_module_read(title, slug, summary, quiz, scenario, key):
    module = Module("m", title, slug, summary, key=key)
    if quiz:
        module = replace(module, quiz_title=title, quiz_slug=slug)
    if scenario:
        module = replace(module, scenario_title=title, scenario_slug=slug)
    assert parse_module(write_module(module), file="m") == module


@some
@given(texts, one_line, blank_or_text, st.none() | whole, st.sampled_from(MODES), pools, st.booleans(), keys)
def test_an_activity_written_is_the_activity_read(title, slug, summary, minutes, mode, pool, marks_first, key):
    activity = Activity("a", title, slug, summary, minutes, mode, pool, marks_first, key)
    assert parse_activity(write_activity(activity), file="a") == activity


@some
@given(lessons)
def test_writing_is_settled_at_once(lesson):
    once = write_lesson(lesson)
    assert write_lesson(parse_lesson(once, file="l")) == once


names = st.sampled_from(["fr", "en", "tags", "key", "when", "questions"])
json = st.recursive(
    st.one_of(anything, st.booleans(), st.integers(), st.floats(-1e6, 1e6, allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from(["fr", "en", "tags", "key", "when", "questions"]), texts), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@some
@given(st.dictionaries(st.one_of(names, texts), json, max_size=4))
def test_yaml_written_is_the_value_read(value):
    assert yaml.safe_load(dump(value)) == value


def test_yaml_is_spelt_as_an_author_would():
    value = {
        "id": "q01",
        "pass_mark": 0.70,
        "draw": 10.0,
        "source": "002",
        "title": "Quiz: one",
        "tags": ["charter", "spam"],
        "key": {"remove": 1.0, "hide": 0.7},
        "stem": {"fr": "Quoi\u00a0?", "en": "What?"},
        "brief": {"fr": "Un\n\nDeux", "en": "One 🔥"},
        "questions": [{"id": "a", "correct": True}, {"id": "b"}],
        "note": Literal("One line\n"),
    }
    assert dump(value) == (
        'id: q01\npass_mark: 0.7\ndraw: 10\nsource: "002"\ntitle: "Quiz: one"\ntags: [charter, spam]\n'
        'key: {remove: 1, hide: 0.7}\nstem:\n  fr: "Quoi\u00a0?"\n  en: "What?"\n'
        'brief:\n  fr: |-\n    Un\n\n    Deux\n  en: "One 🔥"\n'
        "questions:\n  - id: a\n    correct: true\n\n  - id: b\nnote: |\n  One line\n"
    )


def test_a_long_list_of_codes_gets_a_line_for_each():
    words = [f"word-{n}" for n in range(30)]
    assert dump({"tags": words}).count("\n") == 31


def test_what_has_no_value_is_refused():
    with pytest.raises(TypeError):
        dump({"a": None})


def test_a_text_that_shows_a_block_stands_between_longer_fences():
    shown = "Write this:\n\n:::check\nid: a\n:::"
    assert write_body([Block("text", shown)]) == f"::::text\n{shown}\n::::\n"
    assert write_body([Block("situation", {"text": "::::"})]) == ":::::situation\n::::\n:::::\n"


def test_two_texts_in_a_row_stay_two():
    blocks = (Block("text", "One"), Block("text", "Two"), Block("text", "Three"))
    assert write_body(blocks) == "One\n\n:::text\nTwo\n:::\n\nThree\n"
    assert parse_body(write_body(blocks), file="l") == blocks


def test_every_block_an_instructor_may_use_can_be_read_and_written():
    kinds = {name for name, _ in BODY_BLOCKS}
    assert set(_WRITERS) == set(lesson_format._READERS) == kinds - set(SHAPES)
    assert set(SHAPES) <= kinds
