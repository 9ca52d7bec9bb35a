"""The bank at scale: narrowed, filed in one go, retired, chosen or begun from a quiz, and what a question says of itself."""

import pytest
from django.urls import reverse

from quizzes import services
from quizzes.loading import load_quiz
from quizzes.models import Question, QuestionVersion
from quizzes.panels import chances_of
from quizzes.types import canonical
from tests.conftest import NOW
from tests.factories import instructor, plain_learner
from tests.quizzes.building import plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import ALL_SAMPLES, SAMPLES, sample

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_quizzes_question:list"
KINDS = ("single_choice", "multiple_response")


@pytest.fixture
def desk(client, tree):
    client.force_login(instructor(language="en"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def questions(tree):
    load_quiz(quiz_file(kinds=KINDS))
    return {q.kind: q for q in Question.objects.all()}


def listed(desk, **filters):
    page = desk.get(reverse(LIST), filters).content.decode()
    return {
        kind
        for kind, words in (("single_choice", "A visitor calls"), ("multiple_response", "Which of these"))
        if words in page
    }


def edited(question):
    """Leave a draft beside what is published."""
    newest = question.get_latest_revision_as_object()
    newest.source = "a new source"
    newest.save_revision(clean=False)


def test_the_bank_is_narrowed_by_standing(desk, questions):
    assert listed(desk, standing="live") == set(KINDS)
    edited(questions["single_choice"])
    questions["multiple_response"].unpublish()
    assert listed(desk, standing="changed") == {"single_choice"}
    assert listed(desk, standing="retired") == {"multiple_response"}
    assert listed(desk, standing="draft") == set()
    questions["single_choice"].locked = True
    questions["single_choice"].save()
    assert listed(desk, standing="locked") == {"single_choice"}


def test_a_draft_still_to_translate_is_found(desk, questions):
    Question.objects.filter(kind="single_choice").update(title={"fr": "", "en": "A visitor calls"})
    assert listed(desk, missing="fr") == {"single_choice"}
    assert listed(desk, missing="en") == set()


def bulk(desk, action, questions, **data):
    ids = "&".join(f"id={q.pk}" for q in questions)
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", action])
    assert desk.get(f"{address}?{ids}").status_code == 200
    return desk.post(f"{address}?{ids}&next={reverse(LIST)}", data)


def test_questions_are_filed_in_one_go_and_drafts_stay_drafts(desk, questions):
    edited(questions["single_choice"])
    reply = bulk(desk, "file", questions.values(), category="ethics/2", difficulty="", tags="law, charter")
    assert reply.status_code == 302
    for kind in KINDS:
        question = Question.objects.get(kind=kind)
        assert (question.category, question.difficulty, question.live) == ("ethics/2", 1, True)
        assert sorted(tag.name for tag in question.tags.all()) == ["charter", "law"]
        assert question.get_latest_revision_as_object().category == "ethics/2"
    assert Question.objects.get(kind="single_choice").has_unpublished_changes
    assert not Question.objects.get(kind="multiple_response").has_unpublished_changes
    assert QuestionVersion.objects.count() == len(KINDS)


def test_filing_nothing_is_refused(desk, questions):
    assert bulk(desk, "file", questions.values(), category="", difficulty="", tags=" , ").status_code == 200
    assert Question.objects.filter(category="moderation/1").count() == len(KINDS)


def test_a_retired_question_is_drawn_no_more_and_stays_in_its_attempts(desk, tree, learner):
    planted = plant_quiz(tree, quiz_file("retired", kinds=KINDS))
    attempt = start(planted, learner)
    bulk(desk, "retire", [Question.objects.get(kind="single_choice")])
    assert not Question.objects.get(kind="single_choice").live
    assert len(sitting_of(attempt).questions) == len(KINDS)
    services.submit_attempt(sitting=sitting_of(attempt), now=NOW)
    assert [q.type.code for q in sitting_of(start(planted, learner)).questions] == ["multiple_response"]


def start(planted, learner):
    return services.start_attempt(
        user=learner, quiz=planted.quiz, course_key=planted.tree.course_key, activity_key=planted.key, seed=3, now=NOW
    )


def test_a_learner_does_nothing_in_bulk(client, questions):
    client.force_login(plain_learner())
    bulk_address = reverse("wagtail_bulk_action", args=["quizzes", "question", "retire"])
    assert client.post(f"{bulk_address}?id={questions['single_choice'].pk}").status_code in (302, 403)
    assert Question.objects.filter(live=True).count() == len(KINDS)


# --- chosen, or begun in place


def test_the_chooser_shows_identifiers_and_begins_a_question(desk, questions):
    found = desk.get(reverse("wagtailsnippetchoosers_quizzes_question:choose")).json()["html"]
    assert "moderation-1-single_choice-0" in found
    assert 'value="q-' in found
    begun = {
        "identifier": "begun-1",
        "category": "crisis/1",
        "kind": "single_choice",
        "stem_fr": "Que faire ?",
        "stem_en": "What now?",
    }
    reply = desk.post(reverse("wagtailsnippetchoosers_quizzes_question:create"), begun).json()
    assert reply["step"] == "chosen"
    question = Question.objects.get(identifier="begun-1")
    assert (question.live, question.title["en"], question.kind) == (False, "What now?", "single_choice")
    page = desk.get(reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]))
    assert "What now?" in page.content.decode()


def test_an_identifier_in_use_is_refused_in_the_chooser(desk, questions):
    data = {"identifier": "moderation-1-single_choice-0", "kind": "likert", "stem_fr": "x", "stem_en": "x"}
    reply = desk.post(reverse("wagtailsnippetchoosers_quizzes_question:create"), data).json()
    assert reply["step"] == "reshow_creation_form"


# --- what a question says of itself


def test_the_editor_says_where_a_question_is_used_and_what_guessing_earns(desk, tree, learner):
    planted = plant_quiz(tree, quiz_file("used", kinds=KINDS))
    services.submit_attempt(sitting=sitting_of(start(planted, learner)), now=NOW)
    question = Question.objects.get(kind="multiple_response")
    page = desk.get(reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])).content.decode()
    assert reverse("wagtailsnippets_quizzes_quiz:edit", args=[planted.quiz.pk]) in page
    assert "Scored in 1 attempt." in page
    assert "A wrong tick cancels a right one" in page
    new = desk.get(reverse("wagtailsnippets_quizzes_question:add")).content.decode()
    assert "Where it is used" not in new


@pytest.mark.parametrize("kind", ALL_SAMPLES)
def test_every_type_tells_its_chances_the_rule_in_force_first(kind):
    content = canonical(sample(kind))
    found = chances_of(content)
    assert found
    if "rule" in content:
        assert found[0][0] == content["rule"]
    assert all(0 <= chance.random <= 1 for _code, _words, chance in found)


def test_the_rules_of_a_type_are_compared():
    found = {code: chance for code, _words, chance in chances_of(canonical(sample("multiple_response")))}
    assert len(found) == 6
    assert found["per_option_no_penalty"].everything == 1
    assert found["all_or_nothing"].everything == 0


def test_a_locked_question_is_not_edited_by_another(desk, questions):
    question = questions["single_choice"]
    question.locked, question.locked_by = True, instructor(email="other@example.org")
    question.save()
    page = desk.get(reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])).content.decode()
    assert "locked" in page.lower()
    assert 'name="action-publish"' not in page
    assert set(SAMPLES) > set(KINDS)
