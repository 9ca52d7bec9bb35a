"""Every type behind the one contract: reading, drawing, showing, answering, scoring, correcting."""

import json
from decimal import Decimal as Dec
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.types import TYPES, BadResponse, Layout, Node, SpecError, canonical
from quizzes.types.moderation_matrix import REASONED, USUAL
from tests.quizzes.samples import ALL_SAMPLES, PERFECT, raw_of, sample

KINDS = sorted(TYPES)
WHYS = sorted(REASONED)
ANSWERED = [kind for kind in KINDS if kind != "description"]
SCORED = [kind for kind in KINDS if TYPES[kind].scored and not TYPES[kind].marked]
ROWS = [
    kind for kind in ANSWERED if kind not in ("short_answer", "numeric", "case") and not TYPES[kind].marked
]  # one row a piece
CHOICES = [kind for kind in ROWS if kind != "gap_text"]  # whose rows hold the text of a piece


def spec_of(kind, **changes):
    return TYPES[kind].parse(Node(sample(kind, **changes)))


def test_every_type_has_a_sample():
    assert set(ALL_SAMPLES) == set(TYPES) == set(PERFECT)


@pytest.mark.parametrize("kind", KINDS)
def test_content_makes_the_round_trip_through_its_canonical_form(kind):
    spec = spec_of(kind)
    dumped = json.loads(json.dumps(TYPES[kind].dump(spec)))
    assert TYPES[kind].parse(Node(dumped)) == spec
    assert canonical(dumped) == dumped


def test_spelling_of_numbers_line_ends_and_blanks_do_not_change_the_canonical_form():
    one, two = sample("sjt_rate"), sample("sjt_rate")
    two["actions"][2]["mean"] = "3.0"
    two["stem"]["en"] = " Rate each action.\r\n"
    assert canonical(one) == canonical(two)


@pytest.mark.parametrize("kind", ROWS)
@given(seed=st.integers(0, 2**32))
def test_the_same_seed_draws_the_same_form_and_every_piece_once(kind, seed):
    spec = spec_of(kind)
    layout = TYPES[kind].lay_out(spec, Random(seed))
    assert layout == TYPES[kind].lay_out(spec, Random(seed))
    assert sorted(i for _t, i in layout.items) == sorted(p.id for p in spec.pieces)
    assert len({t for t, _i in layout.items}) == len(spec.pieces)
    assert Layout.from_json(json.loads(json.dumps(layout.to_json()))) == layout


@pytest.mark.parametrize("kind", CHOICES)
def test_options_come_in_the_authored_order_no_more_often_than_chance(kind):
    spec = spec_of(kind)
    authored = [p.id for p in spec.pieces]
    layouts = [TYPES[kind].lay_out(spec, Random(seed)) for seed in range(600)]
    same = sum([i for _t, i in x.items] == authored for x in layouts)
    expected = 600
    for n in range(2, len(authored) + 1):
        expected /= n
    assert same < expected * 1.5 + 5


def test_an_author_may_keep_the_order():
    spec = spec_of("single_choice", shuffle=False)
    assert [i for _t, i in TYPES["single_choice"].lay_out(spec, Random(4)).items] == ["a", "b", "c"]


@pytest.mark.parametrize("kind", CHOICES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_candidate_sees_holds_no_key_no_feedback_and_no_authored_id(kind, language):
    spec = spec_of(kind)
    face = TYPES[kind].face(spec, TYPES[kind].lay_out(spec, Random(1)), {}, language)
    assert all(any(piece.text[language] in line.text for piece in spec.pieces) for line in face.lines)
    assert len(face.lines) == len(spec.pieces)
    assert all(line.value == "" and len(line.token) == 8 for line in face.lines)
    assert "FEEDBACK" not in repr(face)
    assert "correct" not in repr(face)
    assert "Decimal" not in repr(face)


@pytest.mark.parametrize("kind", SCORED)
def test_a_perfect_answer_goes_from_the_browser_to_the_highest_mark(kind):
    spec, type_ = spec_of(kind), TYPES[kind]
    layout = type_.lay_out(spec, Random(7))
    response = type_.normalise(spec, layout, raw_of(kind, layout, PERFECT[kind]))
    assert response == PERFECT[kind]
    assert type_.progress(spec, response) == "complete"
    highest = Dec("0.93") if kind == "sjt_rate" else Dec(1)
    assert type_.score(spec, response) >= highest
    review = type_.review(spec, layout, response, "en")
    assert review.state in ("right", "partly")
    assert {line.state for line in review.lines} <= {"right", "neutral"}
    assert all(line.feedback.startswith("FEEDBACK") for line in review.lines)


@pytest.mark.parametrize("kind", ANSWERED)
def test_no_answer_earns_nothing_and_says_so(kind):
    spec, type_ = spec_of(kind), TYPES[kind]
    layout = type_.lay_out(spec, Random(7))
    response = type_.normalise(spec, layout, {"": [""]})
    assert response == {}
    assert type_.progress(spec, response) == "empty"
    assert type_.score(spec, response) == 0
    assert type_.review(spec, layout, response, "fr").state == ("empty" if type_.scored else "neutral")
    assert type_.chance(spec).none == 0


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_saved_answer_is_shown_again_in_both_languages(kind):
    spec, type_ = spec_of(kind), TYPES[kind]
    layout = type_.lay_out(spec, Random(7))
    faces = [type_.face(spec, layout, PERFECT[kind], language) for language in ("fr", "en")]
    shown = [[line.value for part in (face, *face.parts) for line in part.lines] for face in faces]
    assert shown[0] == shown[1]
    assert any(shown[0])


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_token_of_another_form_is_refused(kind):
    spec, type_ = spec_of(kind), TYPES[kind]
    layout = type_.lay_out(spec, Random(7))
    other = type_.lay_out(spec, Random(8))
    with pytest.raises(BadResponse):
        type_.normalise(spec, layout, raw_of(kind, other, PERFECT[kind]))


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("single_choice", {"": ["{a}", "{b}"]}),
        ("sjt_best", {"": ["{a}", "{b}"]}),
        ("true_false", {"{s1}": ["maybe"]}),
        ("true_false", {"": ["true"]}),
        ("true_false", {"{s1}": ["true", "false"]}),
        ("sjt_rate", {"{a}": ["6"]}),
        ("sjt_rank", {"{a}": ["5"]}),
        ("sjt_rank", {"{a}": ["0"]}),
        ("sjt_most_least", {"most": ["{a}", "{b}"]}),
        ("sjt_most_least", {"other": ["{a}"]}),
    ],
)
def test_values_a_form_does_not_offer_are_refused(kind, raw):
    spec, type_ = spec_of(kind), TYPES[kind]
    layout = type_.lay_out(spec, Random(3))
    names = {i: layout.token_of(i) for i in ("a", "b", "s1")}
    posted = {k.format(**names): [v.format(**names) for v in vs] for k, vs in raw.items()}
    with pytest.raises(BadResponse):
        type_.normalise(spec, layout, posted)


@pytest.mark.parametrize(
    ("kind", "changes", "path", "reason"),
    [
        ("single_choice", {"stem": {"fr": "Bonjour"}}, "stem.en", "missing"),
        ("single_choice", {"stem": {"fr": "", "en": "Hello"}}, "stem.fr", "empty"),
        ("single_choice", {"stem": "Hello"}, "stem", "both languages"),
        ("single_choice", {"stem": {"fr": True, "en": "Hello"}}, "stem.fr", "sentence"),
        ("single_choice", {"option": []}, "option", "unknown word"),
        ("single_choice", {"options": []}, "options", "2 to 10"),
        ("single_choice", {"options": "a, b"}, "options", "list"),
        ("single_choice", {"shuffle": "no"}, "shuffle", "true or false"),
        ("multiple_response", {"rule": "generous"}, "rule", "unknown"),
        ("sjt_best", {"rule": "consensus_modal"}, "options", "panel"),
        ("sjt_rank", {"shuffle": False}, "actions", "shuffled"),
        ("true_false", {"statements": None}, "statements", "missing"),
    ],
)
def test_a_refusal_names_the_place_and_the_reason(kind, changes, path, reason):
    with pytest.raises(SpecError) as refusal:
        spec_of(kind, **changes)
    assert refusal.value.path == path
    assert reason in refusal.value.reason


@pytest.mark.parametrize(
    ("kind", "place", "changes", "path", "reason"),
    [
        ("single_choice", 0, {"correct": False}, "options", "exactly one"),
        ("single_choice", 1, {"correct": True, "credit": None}, "options", "exactly one"),
        ("single_choice", 0, {"credit": 0.5}, "options[0].credit", "everything"),
        ("single_choice", 1, {"credit": 1}, "options[1].credit", "correct: true"),
        ("single_choice", 1, {"credit": 1.5}, "options[1].credit", "0 to 1"),
        ("single_choice", 1, {"id": "a"}, "options", "same id"),
        ("single_choice", 1, {"id": "é"}, "options[1].id", "accents"),
        ("single_choice", 1, {"text": {"fr": "x"}}, "options[1].text.en", "missing"),
        ("single_choice", 1, {"feeback": "x"}, "options[1].feeback", "unknown word"),
        ("sjt_best", 1, {"credit": 0.6}, "options[1].credit", "0.7"),
        ("sjt_best", 0, {"credit": 0.7}, "options", "earn 1"),
        ("true_false", 1, {"answer": "no"}, "statements[1].answer", "true or false"),
        ("sjt_rate", 1, {"mean": 0.5}, "actions[1].mean", "1 to 5"),
        ("sjt_rate", 1, {"mean": "high"}, "actions[1].mean", "1 to 5"),
        ("sjt_most_least", 0, {"least": True}, "actions[0]", "both"),
        ("sjt_most_least", 1, {"most": True}, "actions", "exactly one"),
    ],
)
def test_a_refusal_inside_an_entry_names_it(kind, place, changes, path, reason):
    content = sample(kind)
    content[TYPES[kind].plural][place].update(changes)
    with pytest.raises(SpecError) as refusal:
        canonical(content, "")
    assert (refusal.value.path, reason in refusal.value.reason) == (path, True)


def test_all_options_correct_is_no_question():
    content = sample("multiple_response")
    for option in content["options"]:
        option["correct"] = True
    with pytest.raises(SpecError, match="one at least must not"):
        canonical(content)


@pytest.mark.parametrize(("choice", "expected"), [("a", "1"), ("b", "0.5"), ("c", "0")])
def test_a_defensible_distractor_carries_its_credit(choice, expected):
    assert TYPES["single_choice"].score(spec_of("single_choice"), {choice: "1"}) == Dec(expected)


def test_a_panel_can_replace_the_authors_weights():
    content = sample("sjt_best", rule="consensus_proportional")
    for option, votes in zip(content["options"], (6, 3, 1, 0), strict=True):
        option["votes"] = votes
    spec = TYPES["sjt_best"].parse(Node(content))
    assert TYPES["sjt_best"].score(spec, {"b": "1"}) == Dec("0.3")
    assert TYPES["sjt_best"].review(spec, TYPES["sjt_best"].lay_out(spec, Random(1)), {"a": "1"}, "en").lines


def test_a_rank_given_twice_is_unfinished_and_counts_as_far_off():
    spec, rank = spec_of("sjt_rank"), TYPES["sjt_rank"]
    tied = {"a": "1", "b": "1", "c": "3", "d": "4"}
    assert rank.progress(spec, tied) == "partial"
    assert rank.score(spec, tied) < rank.score(spec, {"a": "2", "b": "1", "c": "3", "d": "4"})


def test_one_action_named_both_most_and_least_is_unfinished():
    both = {"most": "a", "least": "a"}
    spec, type_ = spec_of("sjt_most_least"), TYPES["sjt_most_least"]
    assert type_.progress(spec, both) == "partial"
    assert type_.face(spec, type_.lay_out(spec, Random(1)), both, "en").lines


@pytest.mark.parametrize("kind", SCORED)
def test_the_random_chance_is_what_random_answers_earn(kind):
    spec, type_, dice = spec_of(kind), TYPES[kind], Random(11)
    ids = [p.id for p in getattr(spec, "pieces", ())]
    draws = {
        "multiple_response": lambda: {i: "1" for i in ids if dice.random() < 0.5},
        "true_false": lambda: {i: dice.choice(["true", "false"]) for i in ids},
        "sjt_rate": lambda: {i: str(dice.randint(1, 5)) for i in ids},
        "sjt_rank": lambda: dict(zip(dice.sample(ids, len(ids)), "1234", strict=True)),
        "sjt_most_least": lambda: dict(zip(("most", "least"), dice.sample(ids, 2), strict=True)),
        "ordering": lambda: dict(zip(dice.sample(ids, len(ids)), "1234", strict=True)),
        "matching": lambda: {i: dice.choice("xyz") for i in ids},
        "gap_text": lambda: {i: dice.choice(["a", "b", "decoy-0"]) for i in ids},
        "moderation_matrix": lambda: (
            {i: dice.choice(USUAL) for i in ids} | {f"{i}.why": dice.choice(WHYS) for i in ids}
        ),
        "hot_spot": lambda: {"place": dice.choice(ids)},
        "case": lambda: (
            {f"p0.{dice.choice('abc')}": "1"}
            | {f"p1.s{n}": dice.choice(["true", "false"]) for n in (1, 2, 3)}
            | {f"p2.{i}": dice.choice("xyz") for i in "abc"}
        ),
        "short_answer": lambda: {"typed": str(dice.random())},
        "numeric": lambda: {"typed": str(dice.randint(10, 10**6))},
    }
    draw = draws.get(kind, lambda: {dice.choice(ids): "1"})
    answers = [a for a in (draw() for _ in range(4000)) if a]
    mean = sum((type_.score(spec, a) for a in answers), Dec(0)) / len(answers)
    assert abs(mean - type_.chance(spec).random) < Dec("0.025")
