"""The newer types: what each adds to the contract."""

from decimal import Decimal as Dec
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.vocabulary import ACTIONS
from quizzes.scoring.ordering import RULES, chance_of_order, filled, score_order
from quizzes.types import TYPES, BadResponse, Node, SpecError, canonical
from tests.quizzes.samples import sample, t


def spec_of(kind, **changes):
    return TYPES[kind].parse(Node(sample(kind, **changes)))


def score(kind, response, **changes):
    return TYPES[kind].score(spec_of(kind, **changes), response)


def post(kind, raw, seed=3, **changes):
    """Normalise fields named by authored ids: {a} a row, {pool:x} a choice."""
    spec = spec_of(kind, **changes)
    layout = TYPES[kind].lay_out(spec, Random(seed))
    rows, pool = ({i: token for token, i in pairs} for pairs in (layout.items, layout.pool))
    fields = {rows[k[0]] + k[1:] if k[:1] in rows else rows.get(k, k): [pool.get(v, v)] for k, v in raw.items()}
    return TYPES[kind].normalise(spec, layout, fields)


# --- ordering


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("n", [3, 4, 5])
def test_the_chance_of_an_order_is_the_mean_of_all_orders(rule, n):
    scores = [score_order(rule, order) for order in permutations(range(n))]
    assert abs(sum(scores) / len(scores) - chance_of_order(rule, n)) < Dec("1e-20")


@given(st.permutations(range(5)), st.sets(st.integers(0, 4)))
def test_an_unfinished_order_is_filled_into_a_whole_one(order, holes):
    places = [None if i in holes else p for i, p in enumerate(order)]
    whole = filled(places)
    assert sorted(whole) == list(range(5))
    assert all(p is None or p == w for p, w in zip(places, whole, strict=True))


@pytest.mark.parametrize("rule", RULES)
@given(order=st.permutations("1234"), dropped=st.sets(st.sampled_from("abcd"), min_size=1))
def test_leaving_places_empty_never_earns_more_than_the_best_finish(rule, order, dropped):
    full = dict(zip("abcd", order, strict=True))
    partial = {k: v for k, v in full.items() if k not in dropped}
    best = max(
        score("ordering", dict(zip("abcd", finish, strict=True)), rule=rule)
        for finish in permutations("1234")
        if all(finish["abcd".index(k)] == v for k, v in partial.items())
    )
    assert 0 <= score("ordering", partial, rule=rule) <= best


def test_order_abcd_answered_bacd_gives_the_worked_value():
    assert abs(score("ordering", {"b": "1", "a": "2", "c": "3", "d": "4"}) - Dec("0.8333")) < Dec("0.0001")


# --- matching


def test_a_choice_serves_twice_and_a_distractor_earns_nothing():
    assert score("matching", {"a": "x", "b": "y", "c": "z"}) == Dec(2) / 3
    assert score("matching", {"a": "x", "b": "y", "c": "z"}, rule="every_pair") == 0
    assert score("matching", {"a": "x", "b": "y", "c": "y"}, rule="every_pair") == 1


def test_rows_and_choices_share_no_token():
    layout = TYPES["matching"].lay_out(spec_of("matching"), Random(1))
    assert not {token for token, _ in layout.items} & {token for token, _ in layout.pool}


def test_a_match_must_exist():
    content = sample("matching")
    content["pairs"][1]["match"] = "q"
    with pytest.raises(SpecError) as refusal:
        canonical(content)
    assert refusal.value.path == "pairs[1].match"


def test_a_row_does_not_take_a_row_for_a_choice():
    with pytest.raises(BadResponse):
        post("matching", {"a": "nothing"})


# --- typed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("LA CHARTE.", 1), ("charter", 1), ("Règles", "0.5"), ("regles", 0), ("le règlement", 0), ("<b>", 0)],
)
def test_a_short_answer_earns_the_credit_of_what_it_meets(typed, expected):
    assert score("short_answer", {"typed": typed}) == Dec(expected)


def test_accents_are_left_aside_only_where_the_author_says_so():
    assert score("short_answer", {"typed": "regles"}, ignore_accents=True) == Dec("0.5")


@pytest.mark.parametrize(("typed", "expected"), [("2,5 %", 1), ("2.4", 1), ("0,025", "0.5"), ("25", 0), ("1.000,5", 0)])
def test_a_number_earns_the_credit_of_what_it_meets(typed, expected):
    assert score("numeric", {"typed": typed}) == Dec(expected)


def test_what_is_no_number_is_unfinished():
    spec = spec_of("numeric")
    assert TYPES["numeric"].progress(spec, {"typed": "beaucoup"}) == "partial"
    assert TYPES["numeric"].progress(spec, {"typed": "−2,5"}) == "complete"


@pytest.mark.parametrize("kind", ["short_answer", "numeric"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_typed_is_escaped_in_the_correction(kind, language):
    spec, type_ = spec_of(kind), TYPES[kind]
    review = type_.review(spec, type_.lay_out(spec, Random(1)), {"typed": "<script>"}, language)
    assert review.lines[0].text == "&lt;script&gt;"
    assert any(line.state == "missed" for line in review.lines)


def test_the_expected_number_is_written_the_readers_way():
    spec, type_ = spec_of("numeric"), TYPES["numeric"]
    for language, words in (("fr", "2,5 %"), ("en", "2.5 %")):
        assert type_.review(spec, type_.lay_out(spec, Random(1)), {}, language).lines[0].text == words


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"rule": "range"}, "answers[0].high"),
        ({"rule": "figures"}, "answers[0].tolerance"),
        ({"answers": [{"id": "a", "value": 3, "credit": 0.5}]}, "answers"),
        ({"answers": [{"id": "a", "value": "many"}]}, "answers[0].value"),
    ],
)
def test_a_number_that_cannot_be_scored_is_refused(changes, path):
    with pytest.raises(SpecError) as refusal:
        canonical(sample("numeric", **changes))
    assert refusal.value.path == path


# --- gaps


def test_gaps_typed_take_synonyms_in_either_language():
    typed = {"mode": "typed", "decoys": None}
    assert score("gap_text", {"a": "Kept", "b": "masked"}, **typed) == 1
    assert score("gap_text", {"a": "gardée", "b": "hidden"}, **typed) == 1
    assert score("gap_text", {"a": "gardée"}, **typed) == Dec("0.5")


def test_two_gaps_with_the_same_word_share_one_choice():
    gaps = [{"id": i, "accept": t("kept", "gardée")} for i in "ab"]
    spec = spec_of("gap_text", gaps=gaps)
    assert list(TYPES["gap_text"].choices(spec)) == ["a", "decoy-0"]
    assert TYPES["gap_text"].score(spec, {"a": "a", "b": "a"}) == 1


@pytest.mark.parametrize("passage", [t("No gap at all"), t("[[a]] [[a]] [[b]]"), t("[[a]] [[b]] [[c]]"), t("[[a]]")])
def test_each_gap_stands_once_in_each_passage(passage):
    with pytest.raises(SpecError, match="each gap stands once"):
        spec_of("gap_text", passage=passage)


@pytest.mark.parametrize("mode", ["typed", "chosen"])
def test_the_passage_shows_neither_its_words_nor_its_letters(mode):
    spec = spec_of("gap_text", mode=mode, **({"decoys": None} if mode == "typed" else {}))
    face = TYPES["gap_text"].face(spec, TYPES["gap_text"].lay_out(spec, Random(1)), {}, "en")
    assert "[[" not in repr(face)
    assert ("kept" in repr(face)) is (mode == "chosen")
    assert "masked" not in repr(face)


# --- moderation matrix


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"b": "hide", "b.why": "insult"}, 1),
        ({"b": "hide", "b.why": "harassment"}, 1),
        ({"b": "hide", "b.why": "scam_spam"}, "0.5"),
        ({"b": "hide"}, "0.5"),
        ({"b": "remove", "b.why": "insult"}, "0.5"),
        ({"b": "keep"}, 0),
    ],
)
def test_a_decision_and_its_reason_are_weighed(given, expected):
    assert score("moderation_matrix", given) == Dec(expected) / 3


def test_a_decision_alone_counts_where_the_rule_says_so():
    assert score("moderation_matrix", {"b": "hide"}, rule="decision_only") == Dec(1) / 3


def test_a_reason_counts_only_beside_what_needs_one():
    assert post("moderation_matrix", {"a": "keep", "ar": "insult", "b": "hide", "br": "insult"}) == {
        "a": "keep", "b": "hide", "b.why": "insult",
    }  # fmt: skip
    assert post("moderation_matrix", {"ar": "insult"}) == {}


@pytest.mark.parametrize(
    "raw", [{"a": "ban"}, {"a": "vanish"}, {"b": "hide", "br": "none"}, {"b": "hide", "br": "mood"}]
)
def test_a_decision_that_was_not_offered_is_refused(raw):
    with pytest.raises(BadResponse):
        post("moderation_matrix", raw)


def test_a_decision_without_its_reason_is_unfinished():
    spec = spec_of("moderation_matrix")
    done = {"a": "keep", "b": "hide", "c": "escalate"}
    assert TYPES["moderation_matrix"].progress(spec, done) == "partial"
    assert TYPES["moderation_matrix"].progress(spec, {**done, "b.why": "insult"}) == "complete"


@pytest.mark.parametrize(
    ("place", "changes", "path"),
    [
        (0, {"decision": "shadowban"}, "comments[0].decision"),
        (0, {"reasons": ["insult"]}, "comments[0].reasons"),
        (1, {"reasons": []}, "comments[1].reasons"),
        (1, {"reasons": ["mood"]}, "comments[1].reasons[0]"),
        (1, {"defensible": ["hide"]}, "comments[1].defensible"),
        (2, {"decision": "report_platform"}, "comments[2]"),
    ],
)
def test_a_matrix_keeps_to_the_shared_vocabulary(place, changes, path):
    content = sample("moderation_matrix")
    content["comments"][place].update(changes)
    with pytest.raises(SpecError) as refusal:
        canonical(content)
    assert refusal.value.path == path


def test_every_action_of_the_trade_may_be_offered():
    assert spec_of("moderation_matrix", allowed=list(ACTIONS)).more["allowed"] == list(ACTIONS)


def test_the_name_of_a_comments_author_is_escaped():
    spec, type_ = spec_of("moderation_matrix"), TYPES["moderation_matrix"]
    face = type_.face(spec, type_.lay_out(spec, Random(1)), {}, "en")
    assert any("Lou &amp; Co" in line.text for line in face.lines)


# --- not scored


@pytest.mark.parametrize("kind", ["likert", "description"])
def test_what_is_not_scored_earns_nothing_and_says_so(kind):
    spec, type_ = spec_of(kind), TYPES[kind]
    layout = type_.lay_out(spec, Random(1))
    assert not type_.scored
    assert type_.score(spec, {"a": "5"}) == 0
    assert type_.review(spec, layout, {}, "fr").state == "neutral"
    assert type_.rule_of(spec) == "unscored"


def test_a_description_takes_no_answer_and_is_never_unfinished():
    with pytest.raises(BadResponse):
        post("description", {"": "x"})
    assert TYPES["description"].progress(spec_of("description"), {}) == "complete"
