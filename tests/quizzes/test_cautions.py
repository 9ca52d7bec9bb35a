"""What gives an answer away is told to its author, in the editor, and refused nowhere."""

import pytest
from django.urls import reverse

from quizzes.loading import load_quiz
from quizzes.types import canonical
from quizzes.types.cautions import cautions
from tests.factories import instructor
from tests.quizzes.building import few
from tests.quizzes.samples import ALL_SAMPLES, sample, t


def codes(kind, **changes):
    return [(c.code, c.language) for c in cautions(canonical({**sample(kind), "type": kind, **changes}))]


@pytest.mark.parametrize("kind", ALL_SAMPLES)
def test_the_samples_give_nothing_away(kind):
    assert codes(kind) == []


def options(*texts):
    return [
        {"id": f"o{n}", "text": {"fr": x, "en": x}, **({"correct": True} if not n else {})} for n, x in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "text",
    ["All of the above", "None of these.", "Toutes les réponses ci-dessus", "Aucune des propositions précédentes"],
)
def test_all_of_the_above_is_told_where_the_options_are_shuffled(text):
    changes = {"options": options("Keep it and answer", "Hide it", text)}
    assert ("all_of_them", "en") in codes("single_choice", **changes)
    assert codes("single_choice", shuffle=False, **changes) == []


def test_a_prompt_that_holds_the_answer_is_told():
    stem = {"fr": "Où est la charte éditoriale ?", "en": "What is hidden here?"}
    answers = [{"id": "a", "accept": {"fr": "charte  Éditoriale|charte", "en": "charter"}}]
    assert codes("short_answer", stem=stem, answers=answers) == [("in_prompt", "fr")] * 2
    assert codes("single_choice", stem=t("Keep it or hide it?"), options=options("Hide it", "Ban", "Wait")) == [
        ("in_prompt", "fr"),
        ("in_prompt", "en"),
    ]


def test_a_word_within_a_word_is_no_answer():
    answers = [{"id": "a", "accept": {"fr": "charte", "en": "rule"}}]
    assert codes("short_answer", stem=t("Who read the chartered rulebook?"), answers=answers) == []


def test_an_alternative_text_that_names_the_place_is_told():
    regions = [dict(region) for region in sample("hot_spot")["regions"]]
    right = next(region for region in regions if region.get("correct"))
    assert ("in_alt", "en") in codes(
        "hot_spot", alt={code: f"A page with {right['text'][code]}." for code in ("fr", "en")}
    )


def test_a_right_option_far_longer_than_the_others_is_told():
    long = options("Answer in public, then invite the author to write in private", "Hide it", "Ban the author")
    assert codes("single_choice", options=long) == [("longest", "fr"), ("longest", "en")]


def test_a_case_is_looked_at_question_by_question():
    part = {"type": "single_choice", "stem": t("Which?"), "options": options("Wait", "Hide it", "All of the above")}
    assert codes("case", questions=[part, {**sample("true_false")}]) == [("all_of_them", "fr"), ("all_of_them", "en")]


@pytest.mark.django_db
def test_the_editor_tells_the_author(tree, client):
    data = few(count=1)
    data["questions"][0]["options"] = options("Wait", "Hide it", "All of the above")
    question = load_quiz(data).quiz.slots.get().question
    client.force_login(instructor())
    page = client.get(reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])).content.decode()
    assert "loses its meaning when the options are shuffled" in page
