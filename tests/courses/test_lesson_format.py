import pytest

from courses.formats.errors import FileError
from courses.formats.front_matter import read
from courses.formats.lesson import parse_body, parse_lesson
from courses.formats.yaml_lines import line_of

FRONT = """---
title: A charter
slug: a-charter
minutes: 8
summary: Write a rule.
objectives:
  - {id: o1, text: Write a rule}
sources: ["An article"]
---
"""
CHECK = """:::check
id: k1
prompt: Which one?
options:
  - {id: a, text: This, correct: true, feedback: Right}
  - {id: b, text: That, feedback: Wrong}
:::
"""


def test_a_lesson_is_read_in_order():
    lesson = parse_lesson(FRONT + "Text.\n\n:::situation\nMonday.\n:::\n\nMore.\n\n" + CHECK, file="l.md")
    assert [block.kind for block in lesson.body] == ["text", "situation", "text", "check"]
    assert lesson.body[3].value["options"][0] == {"key": "a", "text": "This", "correct": True, "feedback": "Right"}
    assert lesson.objectives == ({"id": "o1", "text": "Write a rule"},)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("no front matter", 1, "must begin with front matter"),
        ("---\ntitle: x\n", 1, "not closed"),
        ("---\ntitle: [x\n---\n", 2, "not valid YAML"),
        ("---\n- a\n---\n", 2, "name: value"),
        (FRONT.replace("minutes: 8", "minutes: eight"), 4, "whole number"),
        (FRONT.replace("title: A charter\n", ""), 1, "“title” is missing"),
        (FRONT.replace("{id: o1, text: Write a rule}", "just text"), 7, "mapping with id, text"),
        (FRONT + ":::situation\nMonday.\n", 10, "not closed"),
        (FRONT + "Text.\n:::\n", 11, "never opened"),
        (FRONT + ":::banner\nx\n:::\n", 10, "unknown block “banner”"),
        (FRONT + ":::callout shout\nx\n:::\n", 10, "a callout is one of"),
        (FRONT + ":::case\nx\n:::\n", 10, "needs a title"),
        (FRONT + ":::remember\n\n:::\n", 10, "empty"),
        (FRONT + CHECK.replace("correct: true, ", ""), 10, "no option is marked"),
        (FRONT + CHECK.replace("id: b", "id: a"), 10, "same id"),
        (FRONT + ":::check\nid: [k\n:::\n", 11, "not valid YAML"),
        (FRONT + ":::post\nauthor: A\nhandle: b\ntext: c\nlikes: many\n:::\n", 10, "whole number"),
    ],
)
def test_a_faulty_file_names_file_line_and_reason(text, line, reason):
    with pytest.raises(FileError) as error:
        parse_lesson(text, file="lesson.md")
    assert error.value.file == "lesson.md"
    assert reason in error.value.reason
    assert error.value.line == line


def test_an_error_reads_as_one_sentence():
    assert str(FileError("a.md", 3, "why")) == "a.md:3: why"
    assert str(FileError("a.md", 0, "why")) == "a.md: why"


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm():
    assert read("\ufeff" + FRONT.replace("\n", "\r\n") + "Text", file="l").body == "Text"


def test_text_between_blocks_keeps_its_markdown():
    blocks = parse_body("## A\n\n- b\n- c\n", file="l")
    assert blocks[0].value == "## A\n\n- b\n- c"


def test_a_path_into_yaml_leads_to_its_line():
    text = "a: 1\nitems:\n  - name: x\n  - name: y\n    text:\n      fr: z\n"
    assert line_of(text, "items[1].text.fr") == 6
    assert line_of(text, "items[1].missing") == 4
    assert line_of(text, "") == 1
