"""The YAML of exercises, timelines and charts: the documented examples, what is refused and where, there and back."""

import re
from pathlib import Path

import pytest

from courses.formats.blocks import SHAPES
from courses.formats.course import same_shape
from courses.formats.errors import FileError
from courses.formats.lesson import parse_body, parse_lesson
from courses.formats.writer import write_body

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "lesson.md"
FENCED = re.findall(r"^(:::([a-z]+)\n.*?^:::\n)", PAGE.read_text(), re.DOTALL | re.MULTILINE)
EXAMPLES = {kind: re.sub(r" {3,}#.*", "", block) for block, kind in FENCED}


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_the_documented_example_is_read_and_written_as_it_stands(kind):
    (block,) = parse_body(EXAMPLES[kind].strip(), file="l")
    assert block.kind == kind
    assert write_body([block]) == EXAMPLES[kind]


@pytest.mark.parametrize(
    ("kind", "old", "new", "line", "reason"),
    [
        ("sort", "category: goes", "category: nowhere", 16, "no category “nowhere”"),
        ("sort", "id: goes", "id: stays", 7, "used twice"),
        ("sort", "  - id: goes\n    label: Goes\n", "", 4, "list of 2 to 5"),
        ("sort", "prompt:", "promt:", 1, "“promt” means nothing"),
        ("order", "  - id: c\n    text: Ring the person on call\n", "", 4, "list of 3 to 8"),
        ("compare", "better: b", "better: c", 14, "one of a, b"),
        ("compare", "  remark: …\n", "", 10, "needs a text"),
        ("story", "to: sorry", "to: nowhere", 5, "no scene “nowhere”"),
        ("story", "to: sorry", "to: start", 5, "scenes go forward"),
        ("story", "to: sorry", "to: gone", 20, "no choice leads to “sorry”"),
        ("story", "    ending: good\n", "", 20, "needs choices, or an ending"),
        ("grid", "  - Not yet\n  - Sometimes\n", "", 5, "list of 3 to 6"),
        ("grid", "id: empathy", "id: judgement", 14, "used twice"),
        ("hotspot", "file: images/post.png", "file: ../post.png", 1, "images/ and a name"),
        ("hotspot", "x: 20", "x: 200", 8, "between 0 and 100"),
        ("hotspot", "correct: true", "correct: perhaps", 11, "true or false"),
        ("timeline", 'when: "8:40"', "when: 8", 4, "quote it"),
        ("chart", "      - 31\n", "      - 31\n      - 32\n", 13, "one number for each"),
        ("chart", "form: line", "form: cake", 3, "one of bars, line"),
    ],
)
def test_a_fault_names_its_line_and_why(kind, old, new, line, reason):
    with pytest.raises(FileError) as error:
        parse_body(EXAMPLES[kind].replace(old, new), file="l")
    assert reason in error.value.reason
    assert error.value.line == line


def test_both_languages_agree_on_every_identifier_an_answer_hangs_on():
    front = "---\ntitle: T\nslug: t\nminutes: 1\nsummary: s\n---\n"
    first = parse_lesson(front + EXAMPLES["sort"], file="l.fr.md")
    other = parse_lesson(front + EXAMPLES["sort"].replace("id: b", "id: z"), file="l.en.md")
    same_shape({"fr": first, "en": first})
    with pytest.raises(FileError, match=r"l\.en\.md.*differ"):
        same_shape({"fr": first, "en": other})
