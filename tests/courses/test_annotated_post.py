"""A post with numbered remarks: tied to its passages and parts, there and back; posts without any stay as they were."""

import re

import pytest
from wagtail.blocks import StructBlockValidationError

from courses.blocks.post import PostBlock
from courses.formats.errors import FileError
from courses.formats.lesson import parse_body
from courses.formats.remarks import passages, pieces, remark_faults
from courses.formats.writer import write_body
from courses.loading import content_of, fingerprint
from courses.models import LessonPage
from tests.courses.test_block_formats import EXAMPLES

TEXT = "Third time I queue.\nThird time I queue for nothing."
OLD = {"author": "N", "handle": "@n", "network": "M", "text": TEXT, "likes": 1, "replies": 0, "note": "Look."}


def on(quote="", part="text", text="See."):
    return {"part": part, "quote": quote, "text": text}


REMARKED = OLD | {"remarks": [on("for nothing"), on("Third time"), on(part="likes", text="<b>One</b>")]}


@pytest.mark.parametrize(
    ("remarks", "found"),
    [
        ([on("queue")], {1: (13, 18)}),
        ([on("Third time"), on("Third time")], {1: (0, 10), 2: (20, 30)}),  # the same words, where they come next
        ([on("time I"), on("I queue")], {1: (6, 12), 2: (31, 38)}),  # never on words that are taken
        ([on("nowhere"), on(part="likes"), on("")], {}),
        ([on("Third\u00a0time")], {1: (0, 10)}),
    ],
)
def test_a_remark_stands_on_its_passage(remarks, found):
    assert passages(TEXT, remarks) == found
    cut = pieces(TEXT, remarks)
    assert "".join(words for words, _ in cut) == TEXT
    assert sorted(number for _, number in cut if number) == sorted(found)


@pytest.mark.parametrize(
    ("remark", "fault"),
    [(on("nowhere"), "lost"), (on(), "silent"), (on("queue", part="likes"), "both"), (on("queue"), None), (on(part="handle"), None)],
)  # fmt: skip
def test_a_remark_about_nothing_is_refused_to_the_author(remark, fault):
    assert remark_faults(TEXT, [remark]) == ([(1, fault)] if fault else [])
    block = PostBlock()
    value = block.normalize(OLD | {"remarks": [remark]})
    if fault is None:
        assert block.clean(value)["remarks"][0]["text"] == "See."
    else:
        with pytest.raises(StructBlockValidationError) as error:
            block.clean(value)
        assert "Remark 1" in str(error.value.as_json_data())


def test_numbers_lead_from_the_post_to_the_remarks_and_back():
    block = PostBlock()
    html = block.render(block.normalize(REMARKED), {"part": 4})
    assert re.findall(r'id="(passage-4-\d)" href="#(remark-4-\d)" aria-label="Remark (\d)"', html) == [
        ("passage-4-2", "remark-4-2", "2"),
        ("passage-4-1", "remark-4-1", "1"),
        ("passage-4-3", "remark-4-3", "3"),
    ]
    assert re.findall(r'<li id="(remark-4-\d)" tabindex="-1"><a class="post__ref" href="#(passage-4-\d)"', html) == [
        (f"remark-4-{n}", f"passage-4-{n}") for n in (1, 2, 3)
    ]
    assert '<mark class="post__passage">Third time</mark>' in html
    assert "<b>One</b>" not in html
    assert html.count("post__eye") == 1, "the closing note stays"


def test_a_post_without_remarks_is_stored_shown_and_written_as_before():
    block = PostBlock()
    value = block.to_python(OLD)
    assert block.get_prep_value(value) == OLD
    html = block.render(value)
    assert "Third time I queue.<br>Third time" in html
    assert "post__ref" not in html
    plain = re.sub(r"remarks:\n(?: .*\n)+", "", EXAMPLES["post"])
    (block,) = parse_body(plain, file="l")
    assert set(block.value) == set(OLD)
    assert write_body([block]) == plain


@pytest.mark.django_db
def test_a_page_nobody_touched_keeps_its_fingerprint():
    before = LessonPage(title="T", slug="t", body=[("post", OLD)])
    plain = content_of(before)
    assert plain["body"] == [{"type": "post", "value": OLD}]
    assert fingerprint(plain) != fingerprint(content_of(LessonPage(title="T", slug="t", body=[("post", REMARKED)])))


def test_the_documented_post_is_read_and_written_as_it_stands():
    (block,) = parse_body(EXAMPLES["post"], file="l")
    assert [remark["part"] for remark in block.value["remarks"]] == ["text", "likes"]
    assert write_body([block]) == EXAMPLES["post"]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("quote: Third time", "quote: Fourth time", 10, "not in the text"),
        ("part: likes", "part: stars", 12, "one of text, author"),
        ("part: likes", "part: likes\n    quote: queue", 12, "not both"),
        ("  - quote: Third time\n    text", "  - text", 10, "needs a “quote”"),
        ("quote:", "qoute:", 10, "means nothing"),
    ],
)
def test_a_wrong_remark_names_its_line_and_why(old, new, line, reason):
    with pytest.raises(FileError) as error:
        parse_body(EXAMPLES["post"].replace(old, new), file="l")
    assert reason in error.value.reason
    assert error.value.line == line
