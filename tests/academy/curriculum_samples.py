"""A small curriculum as files: one course, one module, two lessons with every block, a quiz, a scenario, an award."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from courses.formats.course import Course, Module
from courses.formats.lesson import Block, Lesson
from courses.formats.writer import write_course, write_lesson, write_module
from courses.formats.yaml_writer import dump
from tests.quizzes.samples import SAMPLES
from tests.sandbox.samples import example

MODULE = "gardening/01-first-steps"
LESSON = f"{MODULE}/01-see"


def png(shade: int = 120) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (8, 6), (shade, 10, 10)).save(buffer, "PNG")
    return buffer.getvalue()


def body(language: str) -> tuple[Block, ...]:
    option = {"text": f"Water {language}", "feedback": "Because:\n\nroots."}
    return (
        Block("situation", {"text": f"Monday, 8:40 ({language})."}),
        Block("text", "## A heading\n\nSome **strong** text: « oui »."),
        Block("text", "A second text, which is not the first."),
        Block("callout", {"kind": "law", "text": "One\n\nTwo"}),
        Block("case", {"title": "The museum: a case", "text": "What happened."}),
        Block("post", {"author": "Nadia B.", "handle": "@nadia_b", "network": "Murmure", "text": "Third time!\n\n🔥 Really.",
                       "likes": 41, "replies": 0, "note": "Look: the time."}),
        Block("check", {"key": "gar-k1", "prompt": "Which?", "options": [
            {"key": "a", "correct": True, **option}, {"key": "b", "correct": False, **option}]}),
        Block("reveal", {"key": "gar-r1", "prompt": "Write it.", "answer": "- one\n- two"}),
        Block("figure", {"file": "images/feed.png", "alt": f"A feed ({language})", "caption": ""}),
        *exercises(language),
        Block("remember", {"text": "- Criticism stays."}),
    )  # fmt: skip


def exercises(language: str) -> tuple[Block, ...]:
    """The blocks whose files are YAML alone, one of each kind, and a post with remarks."""
    here = f"({language})"
    return (
        Block("sort", {"key": "gar-s1", "prompt": f"Where? {here}", "categories": [
            {"key": "in", "label": "Inside"}, {"key": "out", "label": "Outside"}], "items": [
            {"key": "a", "text": "Basil", "category": "in", "feedback": "It is cold."},
            {"key": "b", "text": "Leek", "category": "out", "feedback": "It is not."}]}),
        Block("order", {"key": "gar-o1", "prompt": f"When? {here}", "answer": "Seeds first.", "items": [
            {"key": "a", "text": "Sow"}, {"key": "b", "text": "Water"}, {"key": "c", "text": "Pick"}]}),
        Block("compare", {"key": "gar-c1", "prompt": f"Which? {here}", "message": "", "better": "a", "answer": "It says when.",
                          "a": {"text": "At dawn.", "remark": "Good."}, "b": {"text": "Later:\nperhaps.", "remark": "Vague."}}),
        Block("story", {"key": "gar-d1", "title": f"Frost {here}", "scenes": [
            {"key": "start", "title": "", "text": "It freezes.", "ending": "", "choices": [
                {"key": "a", "text": "Cover", "to": "well"}, {"key": "b", "text": "Sleep", "to": "badly"}]},
            {"key": "well", "title": "Green", "text": "They live.", "ending": "good", "choices": []},
            {"key": "badly", "title": "Brown", "text": "They do not.", "ending": "bad", "choices": []}]}),
        Block("grid", {"key": "gar-g1", "title": f"I {here}", "prompt": "Be fair.", "scale": ["No", "A bit", "Yes"], "rows": [
            {"key": "a", "label": "Patience", "text": "I wait.", "advice": ""},
            {"key": "b", "label": "Hands", "text": "I dig.", "advice": "Dig."}]}),
        Block("hotspot", {"key": "gar-h1", "prompt": f"Find it {here}.", "file": "images/feed.png", "alt": "A bed", "spots": [
            {"key": "a", "x": 12.5, "y": 40.0, "label": "Left", "correct": True, "feedback": "Yes."},
            {"key": "b", "x": 80.0, "y": 0.0, "label": "Right", "correct": False, "feedback": "No."}]}),
        Block("timeline", {"title": f"A year {here}", "entries": [
            {"when": "March", "title": "Sow", "text": "Warm."}, {"when": "2026", "title": "Pick", "text": ""}]}),
        Block("chart", {"title": f"Rain {here}", "form": "bars", "unit": "mm", "says": "It rains.", "series": ["Now"], "source": "",
                        "rows": [{"label": "May", "values": [1.5]}, {"label": "June", "values": [0.0]}]}),
        Block("video", {"title": f"Digging {here}", "file": "media/dig.mp4", "captions": f"media/dig.{language}.vtt",
                        "transcript": "We dig."}),
        Block("audio", {"title": f"Birds {here}", "file": "media/birds.mp3", "transcript": "They sing."}),
        Block("post", {"author": "Ada", "handle": "@ada", "network": "Murmure", "text": "Frost: again!", "likes": 0, "replies": 3,
                       "remarks": [{"part": "text", "quote": "again", "text": "When: before?"},
                                   {"part": "replies", "quote": "", "text": f"Three {here}"}], "note": ""}),
        Block("download", {"title": f"Plan {here}", "file": "media/plan.pdf", "text": ""}),
    )  # fmt: skip


MEDIA = {
    "dig.mp4": b"\0\0\0\x18ftypmp42", "dig.fr.vtt": b"WEBVTT\n\nfr\n", "dig.en.vtt": b"WEBVTT\n\nen\n",
    "birds.mp3": b"ID3\x03birds", "plan.pdf": b"%PDF-1.7 plan",
}  # fmt: skip


def lesson(language: str, number: int) -> str:
    return write_lesson(
        Lesson(
            file="",
            title=f"Lesson {number} ({language})",
            slug=f"lesson-{number}-{language}",
            minutes=8,
            summary="Say: what one sees.",
            sector="museum",
            open_to_all=number == 1,
            objectives=({"id": f"gar-o{number}", "text": "See"},),
            glossary=({"term": "Feed", "definition": "What comes.\nAlways."},),
            sources=("DSA, art. 17",),
            body=body(language) if number == 1 else (Block("text", "Short."),),
        )
    )


def quiz() -> dict[str, Any]:
    questions = [
        {"id": f"gar-{kind}", "type": kind, "tags": ["water", "air"], **rest} for kind, rest in SAMPLES.items()
    ]
    return {
        "quiz": "gardening-1",
        "category": "gardening/1",
        "pass_mark": 0.7,
        "layout": "one_page",
        "questions": questions,
    }


def awards() -> dict[str, Any]:
    texts = {name: {"fr": f"{name} fr", "en": f"{name} en"} for name in ("title", "description", "criteria")}
    rule = {"all_of": [{"course": "gardening"}, {"activity": f"{MODULE}/quiz", "percent": 80}]}
    return {"awards": [{"award": "gardening", **texts, "rule": rule, "valid_months": 24}]}


def write_sample(root: Path) -> Path:
    """Write the sample below `root` and return it."""
    module = root / MODULE
    (module / "images").mkdir(parents=True)
    for code in ("fr", "en"):
        course = Course("", f"Gardening {code}", f"gardening-{code}", "How to.", "beginner", "green", ("All",), ("See",), "",
                        (Block("text", "Welcome."),))  # fmt: skip
        steps = Module(
            "", f"First steps {code}", "first-steps", "Begin.", f"Quiz: {code}", "quiz", f"Shift {code}", "shift"
        )
        (root / "gardening" / f"course.{code}.md").write_text(write_course(course))
        (module / f"module.{code}.md").write_text(write_module(steps))
        (module / f"01-see.{code}.md").write_text(lesson(code, 1))
        (module / f"02-do.{code}.md").write_text(lesson(code, 2))
    (module / "quiz.yaml").write_text(dump(quiz()))
    (module / "scenario.yaml").write_text(dump(example()))
    (module / "images" / "feed.png").write_bytes(png())
    (module / "media").mkdir()
    for name, content in MEDIA.items():
        (module / "media" / name).write_bytes(content)
    (root / "awards.yaml").write_text(dump(awards()))
    return root


def tree_of(root: Path) -> dict[str, bytes]:
    """Return every file below `root`."""
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
