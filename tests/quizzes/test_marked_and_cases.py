"""Rubrics, files, places on a picture, cases: the rules each adds, held whatever the values."""

import io
import zipfile
from decimal import Decimal as Dec
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scoring.files import kind_of
from quizzes.scoring.typing import count_words, prose
from quizzes.types import SINGLE, TYPES, BadResponse, Node, SpecError, canonical
from quizzes.types.marked import with_marks
from tests.quizzes.samples import PERFECT, PICTURE, sample, t

HUNDREDTHS = st.decimals(0, 100, places=1)
LEVELS = {"tone": ("3", "1", "0"), "facts": ("2", "0")}


def spec_of(kind, **changes):
    return TYPES[kind].parse(Node(sample(kind, **changes)))


def posted(kind, raw, **changes):
    spec = spec_of(kind, **changes)
    layout = TYPES[kind].lay_out(spec, Random(3))
    token = layout.items[0][0]
    return TYPES[kind].normalise(
        spec, layout, {token if name == "row" else name: values for name, values in raw.items()}
    )


# --- rubrics


@pytest.mark.parametrize("kind", ["essay", "file_upload"])
@given(tone=st.sampled_from(LEVELS["tone"]), facts=st.sampled_from(LEVELS["facts"]))
def test_a_mark_is_the_points_of_its_levels_over_those_there_are(kind, tone, facts):
    spec, type_ = spec_of(kind), TYPES[kind]
    marked = with_marks(PERFECT[kind], {"tone": tone, "facts": facts})
    assert type_.score(spec, marked) == (Dec(tone) + Dec(facts)) / 5
    assert not type_.awaits(spec, marked)
    better = with_marks(PERFECT[kind], {"tone": "3", "facts": facts})
    assert type_.score(spec, better) >= type_.score(spec, marked)


def test_half_a_mark_is_no_mark():
    spec, essay = spec_of("essay"), TYPES["essay"]
    half = with_marks(PERFECT["essay"], {"tone": "3"})
    assert essay.awaits(spec, half)
    assert essay.score(spec, half) == 0
    assert essay.review(spec, essay.lay_out(spec, Random(1)), half, "en").state == "awaiting"


def test_levels_are_hidden_until_they_are_given():
    spec, essay = spec_of("essay"), TYPES["essay"]
    layout = essay.lay_out(spec, Random(1))
    assert "FEEDBACK" not in repr(essay.face(spec, layout, PERFECT["essay"], "en"))
    waiting = essay.review(spec, layout, PERFECT["essay"], "en")
    assert "calm" not in repr(waiting.lines)
    marked = essay.review(spec, layout, with_marks(PERFECT["essay"], {"tone": "3", "facts": "0"}), "en")
    assert [(line.state, line.feedback) for line in marked.lines[1:]] == [
        ("right", "FEEDBACK calm and warm"),
        ("wrong", "FEEDBACK none"),
    ]


@pytest.mark.parametrize(
    ("levels", "reason"),
    [
        ([{"points": 0, "text": t("a")}, {"points": 0, "text": t("b")}], "worth"),
        ([{"points": 1, "text": t("a")}, {"points": 1, "text": t("b")}], "the same"),
        ([{"points": 1, "text": t("a")}], "2 to 6"),
    ],
)
def test_a_rubric_that_cannot_tell_answers_apart_is_refused(levels, reason):
    criteria = [{"id": "a", "text": t("x"), "levels": levels}]
    with pytest.raises(SpecError, match=reason):
        canonical(sample("essay", criteria=criteria))


# --- essays


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("l’insulte  est  là.", 3), ("a - b — c !", 3), ("un\nmot\tdeux", 3), ("« Oui » : 2,5 %", 2)],
)
def test_words_are_what_holds_a_letter_or_a_digit(text, words):
    assert count_words(text) == words


@given(st.text(max_size=200))
def test_a_text_is_kept_once_and_for_all(text):
    kept = prose(text)
    assert prose(kept) == kept
    assert not set(kept) & {"\r", "\0", "\u202e", "\u200b"}


def test_a_text_too_short_or_too_long_is_unfinished_and_never_cut():
    spec, essay = spec_of("essay"), TYPES["essay"]
    assert [essay.progress(spec, {"text": "word " * n}) for n in (2, 3, 50, 51)] == [
        "partial", "complete", "complete", "partial",
    ]  # fmt: skip
    assert posted("essay", {"row": ["\u202eHello\r\n<b>you</b>\0 "]}) == {"text": "Hello\n<b>you</b>"}
    assert "&lt;b&gt;" in essay.answer_html({"text": "<b>"})


def test_the_least_words_do_not_exceed_the_most():
    with pytest.raises(SpecError) as refusal:
        canonical(sample("essay", min_words=60))
    assert refusal.value.path == "min_words"


# --- files


def archive(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (PICTURE, "image"),
        (b"\xff\xd8\xff\xe0....", "image"),
        (b"RIFF....WEBPVP8 ", "image"),
        ("Été : tout va bien.".encode(), "text"),
        (b"\xef\xbb\xbfcomma;separated", "text"),
        (archive("[Content_Types].xml", "word/document.xml"), "document"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        (archive("evil.exe"), ""),
        (b"<svg xmlns='...'>", ""),
        (b"  <?xml version='1.0'?><svg/>", ""),
        (b"hello <SCRIPT>", ""),
        (b"GIF89a", "text"),  # what follows decides: a real one is not UTF-8
        (b"GIF89a\x80\xff", ""),
        (b"text\0with nul", ""),
        (b"   ", ""),
        ("accents".encode("utf-16"), ""),
    ],
)
def test_a_kind_is_read_from_the_content(content, kind):
    assert kind_of(content) == kind


@given(st.binary(max_size=300))
def test_no_content_makes_the_reader_fail(content):
    assert kind_of(content) in {"", "pdf", "image", "document", "text"}


@pytest.mark.parametrize(
    "value",
    ["x", "0" * 36, f"{'0' * 36} exe 12 a.exe", f"{'0' * 36} image 12 a.png", f"{'0' * 36} text 12 "],
)
def test_only_a_file_of_a_kind_taken_is_an_answer(value):
    with pytest.raises(BadResponse):
        posted("file_upload", {"row": [value]})


# --- a place on a picture


@given(x=HUNDREDTHS, y=HUNDREDTHS)
def test_a_point_earns_what_its_region_is_worth(x, y):
    spec, type_ = spec_of("hot_spot"), TYPES["hot_spot"]
    layout = type_.lay_out(spec, Random(2))
    response = type_.normalise(spec, layout, {"point": [f"{x} {y}"]})
    right = 10 <= x <= 50 and 80 <= y <= 95
    half = 10 <= x <= 40 and Dec("10.5") <= y <= Dec("30.5")
    assert type_.score(spec, response) == (1 if right else Dec("0.5") if half else 0)
    review = type_.review(spec, layout, response, "en")
    assert review.state == ("right" if right else "partly" if half else "wrong")
    assert (sum(line.state == "missed" for line in review.lines) == 0) is right


def test_where_regions_overlap_the_better_counts_whatever_their_order():
    regions = sample("hot_spot")["regions"]
    for region in regions:
        region |= {"x": 0, "y": 0, "width": 100, "height": 100}
    for order in (regions, regions[::-1]):
        assert TYPES["hot_spot"].score(spec_of("hot_spot", regions=order), {"point": "50 50"}) == 1


@pytest.mark.parametrize("point", ["50", "50 101", "-1 5", "a b", "1e1 5", "50,5 5", "5 5 5", "٣ ٤"])
def test_what_is_no_point_of_the_picture_is_refused(point):
    with pytest.raises(BadResponse):
        posted("hot_spot", {"point": [point]})


def test_a_place_of_the_list_goes_before_a_point_left_over():
    spec, type_ = spec_of("hot_spot"), TYPES["hot_spot"]
    layout = type_.lay_out(spec, Random(2))
    raw = {"point": ["1 1"], "": ["", layout.token_of("a")]}
    assert type_.normalise(spec, layout, raw) == {"place": "a"}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"width": 95}, "regions[0].width"),
        ({"height": 0}, "regions[0].width"),
        ({"x": 101}, "regions[0].x"),
        ({"correct": False}, "regions"),
        ({"credit": 1}, "regions[0].credit"),
    ],
)
def test_a_region_that_cannot_work_is_refused(changes, path):
    content = sample("hot_spot")
    content["regions"][0].update(changes)
    with pytest.raises(SpecError) as refusal:
        canonical(content)
    assert refusal.value.path == path


# --- cases


@given(st.data())
def test_a_case_earns_the_mean_of_its_questions(data):
    spec, case = spec_of("case"), TYPES["case"]
    choice = data.draw(st.sampled_from("abc"))
    says = {f"s{n}": data.draw(st.sampled_from(["true", "false"])) for n in (1, 2, 3)}
    response = {f"p0.{choice}": "1"} | {f"p1.{i}": v for i, v in says.items()}
    parts = [
        TYPES["single_choice"].score(spec_of("single_choice"), {choice: "1"}),
        TYPES["true_false"].score(spec_of("true_false"), says),
        Dec(0),
    ]
    assert case.score(spec, response) == sum(parts) / 3
    assert case.progress(spec, response) == "partial"


def test_a_case_holds_neither_a_case_nor_what_a_person_marks():
    assert not {"case", "hot_spot", "essay", "file_upload", "likert", "description"} & set(SINGLE)
    with pytest.raises(SpecError) as refusal:
        canonical(sample("case", questions=[{"type": "essay", **sample("essay")}] * 2))
    assert refusal.value.path == "questions[0].type"


def test_the_first_mistake_of_a_case_names_the_question_it_is_in():
    content = sample("case")
    content["questions"][1]["statements"][0]["answer"] = "perhaps"
    with pytest.raises(SpecError) as refusal:
        canonical(content)
    assert refusal.value.path == "questions[1].statements[0].answer"


@pytest.mark.parametrize("field", ["", "p9", "p1-deadbeef", "p1", "x"])
def test_a_field_of_another_case_is_refused(field):
    with pytest.raises(BadResponse):
        posted("case", {field: ["true"]})


def test_the_thread_of_a_case_is_escaped():
    spec, case = spec_of("case"), TYPES["case"]
    face = case.face(spec, case.lay_out(spec, Random(1)), {}, "en")
    assert "Lou &amp; Co" in face.stem
    assert len(face.parts) == 3
    assert "FEEDBACK" not in repr(face)


# --- words to drag


def test_words_dragged_are_the_same_question_as_words_chosen():
    chosen, dragged = (spec_of("gap_text", mode=mode) for mode in ("chosen", "dragged"))
    gaps = TYPES["gap_text"]
    assert gaps.lay_out(chosen, Random(5)) == gaps.lay_out(dragged, Random(5))
    assert gaps.score(chosen, {"a": "a"}) == gaps.score(dragged, {"a": "a"}) == Dec("0.5")
    assert gaps.chance(chosen) == gaps.chance(dragged)
