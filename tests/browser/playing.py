"""What a well-prepared learner knows: the right answers, taken from the database the server runs on."""

from typing import Any

from quizzes.models import Attempt, QuestionVersion
from quizzes.sitting import sit
from quizzes.types.moderation_matrix import WHY
from sandbox.engine.players import act_on, perfect
from sandbox.models import Shift
from sandbox.playing import scenario_of


def latest_shift(user: Any) -> Shift:
    return Shift.objects.filter(user=user).select_related("version").latest("started_at")


def right_acts(shift: Shift, comment_id: str) -> list[Any]:
    """Return the acts a perfect moderator makes on a comment, with reason, desk and text."""
    scenario = scenario_of(shift)
    comment = next(
        c for c in (*scenario.comments, *scenario.background) if c.id == comment_id.split("~", maxsplit=1)[0]
    )
    return [act_on(comment, action, 0.0) for _, action in perfect(scenario, shift.seed, comment)]


def right_answers(user: Any) -> dict[str, list[str]]:
    """Return what to fill in for the user's open attempt: field name → values."""
    fields: dict[str, list[str]] = {}
    sitting = sit(Attempt.objects.open().get(user=user))
    contents = QuestionVersion.objects.in_bulk([asked.slot.version_id for asked in sitting.questions])
    for asked in sitting.questions:
        tokens = {identifier: token for token, identifier in asked.slot.layout.items}
        answers = ANSWERS[asked.type.code](contents[asked.slot.version_id].content)
        for part, chosen in answers.items():
            row, _, why = part.partition(".")
            name = f"q{asked.number}" + (f"-{tokens.get(row, row)}" if row else "") + (WHY if why else "")
            choices = {identifier: token for token, identifier in asked.slot.layout.pool} or tokens
            fields[name] = [choices.get(value, value) for value in chosen]
    return fields


def _one(options: list[Any], field: str) -> str:
    return max(options, key=lambda option: option.get(field) or 0)["id"]


def _best(answers: list[Any]) -> Any:
    return max(answers, key=lambda answer: float(answer.get("credit", 1)))


def _word(answer: Any) -> str:
    return answer["accept"]["fr"].split("|")[0]


def _decided(comments: list[Any]) -> dict[str, list[str]]:
    """Return each comment's decision, then its reason where it takes something away."""
    answers = {}
    for comment in comments:
        answers[comment["id"]] = [comment["decision"]]
        if comment.get("reasons"):
            answers[f"{comment['id']}.why"] = comment["reasons"][:1]
    return answers


# Question type → from its content, what a perfect candidate gives: "" or a row → options or codes.
ANSWERS: dict[str, Any] = {
    "single_choice": lambda c: {"": [_one(c["options"], "correct")]},
    "multiple_response": lambda c: {"": [o["id"] for o in c["options"] if o.get("correct")]},
    "true_false": lambda c: {s["id"]: ["true" if s["answer"] else "false"] for s in c["statements"]},
    "sjt_best": lambda c: {"": [_one(c["options"], "credit")]},
    "sjt_rate": lambda c: {a["id"]: [str(round(float(a["mean"])))] for a in c["actions"]},
    "sjt_rank": lambda c: {a["id"]: [str(rank)] for rank, a in enumerate(c["actions"], start=1)},
    "sjt_most_least": lambda c: {"most": [_one(c["actions"], "most")], "least": [_one(c["actions"], "least")]},
    "matching": lambda c: {p["id"]: [p["match"]] for p in c["pairs"]},
    "ordering": lambda c: {item["id"]: [str(place)] for place, item in enumerate(c["items"], start=1)},
    "short_answer": lambda c: {"typed": [_word(_best(c["answers"]))]},
    "numeric": lambda c: {"typed": [_best(c["answers"])["value"]]},
    "gap_text": lambda c: {g["id"]: [g["id"] if c["mode"] == "chosen" else _word(g)] for g in c["gaps"]},
    "moderation_matrix": lambda c: _decided(c["comments"]),
    "likert": lambda c: {s["id"]: ["3"] for s in c["statements"]},
    "description": lambda c: {},
}
