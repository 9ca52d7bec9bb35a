"""The words the academy ships keep the promises of its curriculum: lessons of one shape, banks that teach, keys that do not show."""

import re
from collections import Counter
from functools import cache

import pytest

from academy.curriculum import FOLDER
from academy.curriculum_reading import read_curriculum

LANGUAGES = ("fr", "en")
EXERCISES = {"check", "reveal", "sort", "order", "compare", "story", "grid", "hotspot"}
READ = {"text", "callout", "situation", "case", "remember"}  # what a reader reads from top to bottom
JUDGEMENT = "sjt_"
WORD = re.compile(r"[^\W\d_]+(?:[’-][^\W\d_]+)*")
# French keeps a no-break space before these signs, and inside its quotation marks.
LOOSE = re.compile(r"(?<=\S) [:;?!»]|« ")


@cache
def modules():
    return [module for course in read_curriculum(FOLDER).courses for module in course.modules]


def lessons():
    return [
        (item.texts[code], code)
        for module in modules()
        for item in module.items
        if item.kind == "lesson"
        for code in LANGUAGES
    ]


def quizzes():
    return [(module, item.definition) for module in modules() for item in module.items if item.kind == "quiz"]


def banks():
    """Return the quizzes that close lessons; an exam draws on these."""
    return [(m, definition) for m, definition in quizzes() if any(item.kind == "lesson" for item in m.items)]


def asked(definition):
    """Yield every question, those inside a case too."""
    for question in definition["questions"]:
        yield question
        yield from question.get("questions", ())


def words(value):
    if isinstance(value, dict):
        return sum(words(inner) for inner in value.values())
    return len(WORD.findall(value)) if isinstance(value, str) else 0


def strings(value, language):
    """Yield the texts of a definition in one language, but for what invented people type in their own way."""
    if isinstance(value, dict):
        if set(LANGUAGES) <= set(value):
            yield value[language]
            return
        typed = {"text", "edited"} if {"handle", "persona", "comment"} & set(value) else set()
        for name, inner in value.items():
            if name not in typed:
                yield from strings(inner, language)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, language)


def test_a_lesson_opens_on_a_situation_works_a_case_and_ends_on_what_to_remember():
    for lesson, _ in lessons():
        kinds = [block.kind for block in lesson.body]
        assert (kinds[0], kinds[-1]) == ("situation", "remember"), lesson.file
        assert "case" in kinds, lesson.file
        assert EXERCISES & set(kinds), lesson.file
        assert 2 <= len(lesson.objectives) <= 4, lesson.file
        assert 2 <= len(lesson.glossary) <= 5, lesson.file
        assert lesson.sources, lesson.file


def test_a_lesson_is_read_in_five_hundred_to_nine_hundred_words():
    counts = {f.file: sum(words(b.value) for b in f.body if b.kind in READ) for f, _ in lessons()}
    assert {name: count for name, count in counts.items() if not 500 <= count <= 900} == {}


def test_a_bank_is_large_and_various_enough():
    for module, definition in banks():
        questions = definition["questions"]
        kinds = Counter(question["type"] for question in questions)
        judged = sum(count for kind, count in kinds.items() if kind.startswith(JUDGEMENT))
        assert len(questions) >= 12, module.stem
        assert len(kinds) >= 4, module.stem
        assert judged * 4 >= len(questions), module.stem


def test_every_question_belongs_to_an_objective_of_a_lesson_and_names_its_source():
    taught = {objective["id"] for lesson, code in lessons() if code == "fr" for objective in lesson.objectives}
    for _, definition in quizzes():
        for question in definition["questions"]:
            assert question["objective"] in taught, question["id"]
            assert question["source"], question["id"]
            assert question["difficulty"] in (1, 2, 3), question["id"]
            assert question["feedback"], question["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_answer_is_seldom_the_longest(language):
    for module, definition in quizzes():
        longest = []
        for question in asked(definition):
            choices = question.get("options") or question.get("actions") or ()
            best = [c for c in choices if c.get("correct") or c.get("credit") == 1 or c.get("most")]
            if question["type"] == "sjt_rank":
                best = [choices[0]]
            if len(best) == 1:
                lengths = sorted((len(c["text"][language]) for c in choices), reverse=True)
                longest.append(len(best[0]["text"][language]) == lengths[0] > lengths[1])
        assert sum(longest) <= max(1, len(longest) * 0.4), (module.stem, language)


def test_french_texts_keep_their_no_break_spaces():
    loose = [
        (where, text[max(0, found.start() - 20) : found.end()])
        for where, text in french()
        for found in LOOSE.finditer(text)
    ]
    assert loose == []


def french():
    for module in modules():
        for item in module.items:
            if item.definition:
                yield from ((f"{module.stem}/{item.stem}", text) for text in strings(item.definition, "fr"))
    for lesson, code in lessons():
        if code == "fr":
            for block in lesson.body:
                if block.kind in READ:
                    yield from ((lesson.file, text) for text in read_texts(block.value))
    awards = read_curriculum(FOLDER).awards or {}
    yield from (("awards.yaml", text) for text in strings(awards["awards"], "fr") if isinstance(text, str))


def read_texts(value):
    return [v for v in value.values() if isinstance(v, str)] if isinstance(value, dict) else [value]
