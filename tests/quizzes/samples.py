"""One question of each type, as an author writes it."""

import struct
import zlib
from copy import deepcopy
from hashlib import sha1
from typing import Any


def t(english: str, french: str | None = None) -> dict[str, str]:
    return {"fr": french or f"{english} (fr)", "en": english}


def _png(width: int = 320, height: int = 200) -> bytes:
    """Return a picture in two colours, always the same."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(
        b"\0" + b"".join(b"\x20\x40\x60" if 160 <= y < 190 and 32 <= x < 160 else b"\xe8\xe4\xd8" for x in range(width))
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PICTURE = _png()
PICTURE_HASH = sha1(PICTURE).hexdigest()

SAMPLES: dict[str, dict[str, Any]] = {
    "single_choice": {
        "stem": t("A visitor calls your opening hours a disgrace. What do you do?"),
        "options": [
            {"id": "a", "correct": True, "text": t("Keep it and answer"), "feedback": t("FEEDBACK fair criticism")},
            {"id": "b", "credit": 0.5, "text": t("Keep it, say nothing"), "feedback": t("FEEDBACK half way")},
            {"id": "c", "text": t("Hide it"), "feedback": t("FEEDBACK too much")},
        ],
        "feedback": t("FEEDBACK Criticism is not an insult."),
    },
    "multiple_response": {
        "stem": t("Which of these belong in a charter?"),
        "options": [
            {"id": "a", "correct": True, "text": t("What is removed"), "feedback": t("FEEDBACK yes a")},
            {"id": "b", "text": t("The moderator's mood"), "feedback": t("FEEDBACK no b")},
            {"id": "c", "correct": True, "text": t("Who to write to"), "feedback": t("FEEDBACK yes c")},
            {"id": "d", "correct": True, "text": t("What is kept"), "feedback": t("FEEDBACK yes d")},
            {"id": "e", "text": t("Staff phone numbers"), "feedback": t("FEEDBACK no e")},
        ],
    },
    "true_false": {
        "stem": t("True or false?"),
        "statements": [
            {"id": "s1", "answer": True, "text": t("A charter is public"), "feedback": t("FEEDBACK s1")},
            {"id": "s2", "answer": False, "text": t("Criticism is removed"), "feedback": t("FEEDBACK s2")},
            {"id": "s3", "answer": True, "text": t("Rules bind the moderator"), "feedback": t("FEEDBACK s3")},
        ],
    },
    "sjt_best": {
        "stem": t("A regular is losing patience. Choose the best answer."),
        "options": [
            {"id": "a", "credit": 1, "text": t("Apologise and act"), "feedback": t("FEEDBACK best")},
            {"id": "b", "credit": 0.7, "text": t("Apologise"), "feedback": t("FEEDBACK fair")},
            {"id": "c", "credit": 0.4, "text": t("Wait"), "feedback": t("FEEDBACK weak")},
            {"id": "d", "credit": 0, "text": t("Ban"), "feedback": t("FEEDBACK wrong")},
        ],
    },
    "sjt_rate": {
        "stem": t("Rate each action."),
        "actions": [
            {"id": "a", "mean": 4.6, "text": t("Answer in public"), "feedback": t("FEEDBACK ra")},
            {"id": "b", "mean": 1.2, "text": t("Mock the author"), "feedback": t("FEEDBACK rb")},
            {"id": "c", "mean": 3, "text": t("Send a private message"), "feedback": t("FEEDBACK rc")},
        ],
    },
    "sjt_rank": {
        "stem": t("Rank from best to worst."),
        "actions": [
            {"id": "a", "text": t("Read everything"), "feedback": t("FEEDBACK ka")},
            {"id": "b", "text": t("Acknowledge"), "feedback": t("FEEDBACK kb")},
            {"id": "c", "text": t("Wait a day"), "feedback": t("FEEDBACK kc")},
            {"id": "d", "text": t("Delete the thread"), "feedback": t("FEEDBACK kd")},
        ],
    },
    "sjt_most_least": {
        "stem": t("Which is the most, which the least appropriate?"),
        "actions": [
            {"id": "a", "most": True, "text": t("Escalate at once"), "feedback": t("FEEDBACK ma")},
            {"id": "b", "text": t("Write a note"), "feedback": t("FEEDBACK mb")},
            {"id": "c", "least": True, "text": t("Close the laptop"), "feedback": t("FEEDBACK mc")},
        ],
    },
    "matching": {
        "stem": t("Who answers what?"),
        "choices": [
            {"id": "x", "text": t("The lawyer")},
            {"id": "y", "text": t("The shop")},
            {"id": "z", "text": t("Nobody")},
        ],
        "pairs": [
            {"id": "a", "match": "x", "text": t("A threat of a lawsuit"), "feedback": t("FEEDBACK pa")},
            {"id": "b", "match": "y", "text": t("A lost parcel"), "feedback": t("FEEDBACK pb")},
            {"id": "c", "match": "y", "text": t("A late refund"), "feedback": t("FEEDBACK pc")},
        ],
    },
    "ordering": {
        "stem": t("Put the steps in order."),
        "items": [
            {"id": "a", "text": t("Read"), "feedback": t("FEEDBACK oa")},
            {"id": "b", "text": t("Decide"), "feedback": t("FEEDBACK ob")},
            {"id": "c", "text": t("Tell the author"), "feedback": t("FEEDBACK oc")},
            {"id": "d", "text": t("Log it"), "feedback": t("FEEDBACK od")},
        ],
    },
    "short_answer": {
        "stem": t("Which document says what is removed?"),
        "answers": [
            {"id": "a", "accept": t("charter|the charter", "la charte|charte modérée"), "feedback": t("FEEDBACK wa")},
            {"id": "b", "accept": t("rules", "règles"), "credit": 0.5, "feedback": t("FEEDBACK wb")},
        ],
    },
    "numeric": {
        "stem": t("Twelve of 480 comments were hidden. What share?"),
        "unit": t("%", "%"),
        "answers": [
            {"id": "a", "value": 2.5, "tolerance": 0.1, "feedback": t("FEEDBACK na")},
            {"id": "b", "value": 0.025, "credit": 0.5, "feedback": t("FEEDBACK nb")},
        ],
    },
    "gap_text": {
        "stem": t("Fill in the gaps."),
        "mode": "chosen",
        "passage": t("Criticism is [[a]]; an insult is [[b]].", "La critique est [[a]] ; l’insulte est [[b]]."),
        "gaps": [
            {"id": "a", "accept": t("kept", "gardée"), "feedback": t("FEEDBACK ga")},
            {"id": "b", "accept": t("hidden|masked", "masquée"), "feedback": t("FEEDBACK gb")},
        ],
        "decoys": [{"accept": t("praised", "félicitée")}],
    },
    "moderation_matrix": {
        "stem": t("The thread under the opening hours."),
        "comments": [
            {
                "id": "a",
                "handle": "Lou & Co",
                "decision": "keep",
                "text": t("Too early!"),
                "feedback": t("FEEDBACK ta"),
            },
            {
                "id": "b",
                "handle": "Max",
                "decision": "hide",
                "reasons": ["insult", "harassment"],
                "defensible": ["remove"],
                "text": t("You are idiots"),
                "feedback": t("FEEDBACK tb"),
            },
            {"id": "c", "handle": "Ana", "decision": "escalate", "text": t("I will sue"), "feedback": t("FEEDBACK tc")},
        ],
    },
    "likert": {
        "stem": t("How do you feel about this?"),
        "statements": [
            {"id": "a", "text": t("I can hide a comment alone"), "feedback": t("FEEDBACK la")},
            {"id": "b", "text": t("I know whom to ask"), "feedback": t("FEEDBACK lb")},
        ],
    },
    "description": {"stem": t("You run the page of a small museum.")},
}


RUBRIC = [
    {
        "id": "tone",
        "text": t("Tone"),
        "levels": [
            {"points": 3, "text": t("FEEDBACK calm and warm")},
            {"points": 1, "text": t("FEEDBACK correct")},
            {"points": 0, "text": t("FEEDBACK curt")},
        ],
    },
    {
        "id": "facts",
        "text": t("Facts"),
        "levels": [{"points": 2, "text": t("FEEDBACK all there")}, {"points": 0, "text": t("FEEDBACK none")}],
    },
]

# Types that need a person, a picture or a case: kept out of the usual quiz of the tests, asked for by name.
MORE_SAMPLES: dict[str, dict[str, Any]] = {
    "hot_spot": {
        "stem": t("Where does the page say who moderates?"),
        "image": PICTURE_HASH,
        "alt": t("A page of a small museum"),
        "regions": [
            {
                "id": "a", "correct": True, "text": t("At the foot"), "feedback": t("FEEDBACK foot"),
                "x": 10, "y": 80, "width": 40, "height": 15,
            },
            {
                "id": "b", "credit": 0.5, "text": t("In the biography"), "feedback": t("FEEDBACK bio"),
                "x": 10, "y": 10.5, "width": 30, "height": 20,
            },
            {
                "id": "c", "text": t("In the picture"), "feedback": t("FEEDBACK picture"),
                "x": 60, "y": 10, "width": 30, "height": 30,
            },
        ],
    },
    "case": {
        "stem": t("The museum closes early on a Sunday."),
        "thread": [
            {"handle": "Lou & Co", "text": t("We came for **nothing**.")},
            {"handle": "Max", "text": t("Same here.")},
        ],
        "questions": [{"type": kind, **deepcopy(SAMPLES[kind])} for kind in ("single_choice", "true_false", "matching")],
        "feedback": t("FEEDBACK a case"),
    },
    "essay": {
        "stem": t("Write the answer to the thread."),
        "min_words": 3,
        "max_words": 50,
        "criteria": RUBRIC,
        "feedback": t("FEEDBACK essay"),
    },
    "file_upload": {
        "stem": t("Send your plan for the week."),
        "kinds": ["pdf", "text"],
        "max_mb": 1,
        "criteria": RUBRIC,
        "feedback": t("FEEDBACK file"),
    },
}  # fmt: skip
ALL_SAMPLES = {**SAMPLES, **MORE_SAMPLES}


def sample(kind: str, **changes: Any) -> dict[str, Any]:
    """Return a fresh question of `kind`, with some of its words replaced."""
    return {"type": kind, **deepcopy(ALL_SAMPLES[kind]), **changes}


# A perfect answer to each sample, in authored ids.
PERFECT: dict[str, dict[str, str]] = {
    "single_choice": {"a": "1"},
    "multiple_response": {"a": "1", "c": "1", "d": "1"},
    "true_false": {"s1": "true", "s2": "false", "s3": "true"},
    "sjt_best": {"a": "1"},
    "sjt_rate": {"a": "5", "b": "1", "c": "3"},
    "sjt_rank": {"a": "1", "b": "2", "c": "3", "d": "4"},
    "sjt_most_least": {"most": "a", "least": "c"},
    "matching": {"a": "x", "b": "y", "c": "y"},
    "ordering": {"a": "1", "b": "2", "c": "3", "d": "4"},
    "short_answer": {"typed": "La charte"},
    "numeric": {"typed": "2,5\u00a0%"},
    "gap_text": {"a": "a", "b": "b"},
    "moderation_matrix": {"a": "keep", "b": "hide", "b.why": "insult", "c": "escalate"},
    "likert": {"a": "4", "b": "2"},
    "description": {},
    "hot_spot": {"place": "a"},
    "case": {
        "p0.a": "1", "p1.s1": "true", "p1.s2": "false", "p1.s3": "true", "p2.a": "x", "p2.b": "y", "p2.c": "y",
    },
    "essay": {"text": "Sorry, we were closed.\nCome back soon: l’entrée est offerte."},
    "file_upload": {"file": "00000000-0000-4000-8000-000000000000", "kind": "text", "size": "12", "name": "plan of the week.txt"},
}  # fmt: skip
POOLED = ("matching", "gap_text")
UNSCORED = ("likert", "description")


def raw_of(kind: str, layout: Any, response: dict[str, str]) -> dict[str, list[str]]:
    """Return the fields a browser would post for `response`."""
    if kind == "case":
        return _raw_of_case(layout, response)
    if kind == "hot_spot":
        return {"": [layout.token_of(i) for place, i in response.items() if place == "place"]}
    if kind == "essay":
        return {layout.items[0][0]: [response["text"]]}
    if kind == "file_upload":
        return {layout.items[0][0]: [" ".join(response[part] for part in ("file", "kind", "size", "name"))]}
    if kind in ("single_choice", "multiple_response", "sjt_best"):
        return {"": [layout.token_of(i) for i in response]}
    if kind == "sjt_most_least":
        return {role: [layout.token_of(i)] for role, i in response.items()}
    rows = {i: token for token, i in layout.items}
    pool = {i: token for token, i in layout.pool}
    if kind in POOLED:
        return {rows[i]: [pool[value]] for i, value in response.items()}
    return {rows[i.removesuffix(".why")] + "r" * i.endswith(".why"): [value] for i, value in response.items()}


def _raw_of_case(layout: Any, response: dict[str, str]) -> dict[str, list[str]]:
    """Return the fields of each question of the sample case, behind the name of the question."""
    fields: dict[str, list[str]] = {}
    for n, question in enumerate(MORE_SAMPLES["case"]["questions"]):
        form = type(layout)(
            *(
                tuple((token, i.removeprefix(f"p{n}/")) for token, i in pairs if i.startswith(f"p{n}/"))
                for pairs in (layout.items, layout.pool)
            )
        )
        given = {key.removeprefix(f"p{n}."): value for key, value in response.items() if key.startswith(f"p{n}.")}
        for suffix, values in raw_of(question["type"], form, given).items():
            fields[f"p{n}-{suffix}" if suffix else f"p{n}"] = values
    return fields
