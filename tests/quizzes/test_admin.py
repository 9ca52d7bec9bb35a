"""The bank in the Wagtail admin: an instructor writes, checks, previews, publishes, and puts a question in a quiz."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from quizzes.blocks import QUESTION_BLOCKS
from quizzes.content import from_editor, to_editor
from quizzes.loading import load_quiz
from quizzes.models import Question, QuestionVersion, Quiz
from quizzes.types import TYPES, canonical
from tests.factories import instructor, plain_learner
from tests.quizzes.building import plant_picture, quiz_file, quiz_form
from tests.quizzes.samples import ALL_SAMPLES, SAMPLES, sample

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def desk(client, tree):
    client.force_login(instructor(language="en"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def both(text):
    return {"fr": f"{text} (fr)", "en": text}


def listed(items):
    rows = {str(i): {"value": v, "deleted": "", "order": str(i), "type": "item", "id": ""} for i, v in enumerate(items)}
    return {"count": str(len(items)), **rows}


def written(*, options, stem="What now?", **fields):
    """Return the editor's form data of a single choice question."""
    block = {
        "stem": both(stem),
        "options": listed(options),
        "hints": listed([]),
        "feedback": {"fr": "", "en": ""},
        "shuffle": "on",
    }
    data = {
        "identifier": "q-new",
        "category": "moderation/1",
        "objective": "",
        "difficulty": "2",
        "source": "",
        "tags": "",
        "body": streamfield([("single_choice", block)]),
        **fields,
    }
    return nested_form_data(data)


def option(text, **key):
    return {"text": both(text), "feedback": both("Because."), "id": "", "credit": "", **key}


GOOD = [option("Answer it", correct="on"), option("Hide it")]


def test_every_type_has_its_block():
    assert [name for name, _ in QUESTION_BLOCKS] == list(TYPES)


@pytest.mark.parametrize("kind", ALL_SAMPLES)
def test_content_goes_into_the_editor_and_comes_back_the_same(kind):
    plant_picture()
    content = canonical(sample(kind))
    question = Question(body=to_editor(content))
    assert question.content == content
    block = question.body[0]
    assert from_editor(kind, block.block.clean(block.value)) == content


def test_an_instructor_writes_and_publishes_a_question(desk):
    response = desk.post(
        reverse("wagtailsnippets_quizzes_question:add"), {**written(options=GOOD), "action-publish": "1"}
    )
    assert response.status_code == 302, response.context["form"].errors
    question = Question.objects.get(identifier="q-new")
    assert question.live
    assert question.kind == "single_choice"
    version = QuestionVersion.objects.get(question=question)
    assert [o["id"] for o in version.content["options"]] == ["a", "b"]
    assert version.rendered["stem"]["en"] == "<p>What now?</p>"


def test_a_draft_makes_no_version(desk):
    desk.post(reverse("wagtailsnippets_quizzes_question:add"), written(options=GOOD))
    assert not Question.objects.get(identifier="q-new").live
    assert not QuestionVersion.objects.exists()


def test_a_question_without_a_right_answer_is_refused_beside_its_options(desk):
    options = [option("Answer it"), option("Hide it")]
    response = desk.post(
        reverse("wagtailsnippets_quizzes_question:add"), {**written(options=options), "action-publish": "1"}
    )
    assert response.status_code == 200
    assert "xactly one option must be correct" in response.content.decode()
    assert not Question.objects.exists()


def test_a_refusal_stands_where_the_mistake_is():
    block = dict(QUESTION_BLOCKS)["single_choice"]
    body = Question(body=to_editor(canonical(sample("single_choice")))).body
    value = body[0].value
    value["options"][1]["credit"] = 1
    with pytest.raises(ValidationError) as refusal:
        block.clean(value)
    error = refusal.value.block_errors["options"].block_errors[1].block_errors["credit"]
    assert "correct: true" in error.messages[0]


def test_publishing_an_edit_makes_the_next_version(desk):
    load_quiz(quiz_file())
    question = Question.objects.get(identifier="moderation-1-single_choice-0")
    desk.post(
        reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]),
        {**written(options=GOOD, identifier=question.identifier), "action-publish": "1"},
    )
    assert question.versions.count() == 2


@pytest.mark.parametrize("kind", ALL_SAMPLES)
@pytest.mark.parametrize("mode", ["fr", "en", "fr-key", "en-key"])
def test_a_question_is_previewed_in_both_languages_with_and_without_its_key(tree, kind, mode):
    plant_picture()
    question = Question(body=to_editor(canonical(sample(kind))))
    page = question.make_preview_request(preview_mode=mode).render().content.decode()
    assert 'class="question"' in page
    assert ("FEEDBACK" in page) is (mode.endswith("key") and kind != "description")
    assert ("(fr)</p>" in page) is mode.startswith("fr")


def test_the_preview_of_an_unfinished_question_says_what_is_missing(tree, settings):
    settings.LANGUAGE_CODE = "en"
    content = canonical(sample("single_choice"))
    question = Question(body=to_editor(content))
    question.body[0].value["options"][0]["correct"] = False
    page = question.make_preview_request().render().content.decode()
    assert "xactly one option must be correct" in page


def test_the_bank_is_listed_filtered_and_searched(
    desk, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        load_quiz(quiz_file(copies=3))
    url = reverse("wagtailsnippets_quizzes_question:list")
    desk.get(url)
    with django_assert_max_num_queries(20):
        assert "A visitor calls" in desk.get(url).content.decode()
    ranked = desk.get(url, {"kind": "sjt_rank"}).content.decode()
    assert "Rank from best" in ranked
    assert "A visitor calls" not in ranked
    assert "Rate each action" in desk.get(url, {"q": "Mock the author"}).content.decode()
    assert "A visitor calls" not in desk.get(url, {"never_used": "true"}).content.decode()
    assert desk.get(url, {"category": "moderation/1", "tag": "none"}).status_code == 200


def test_a_question_is_added_to_a_quiz(desk):
    quiz = load_quiz(quiz_file()).quiz
    other = load_quiz(quiz_file("ethics-1")).quiz.slots.first().question
    slots = [{"id": s.pk, "question": s.question_id, "weight": "1", "section": "1"} for s in quiz.slots.all()]
    slots.append({"question": other.pk, "weight": "2", "section": "1"})
    data = quiz_form(quiz, slots=inline_formset(slots, initial=len(SAMPLES)))
    url = reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk])
    response = desk.post(url, {**nested_form_data(data), "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    assert [s.weight for s in Quiz.objects.get(pk=quiz.pk).slots.all()] == [1] * len(SAMPLES) + [2]


@pytest.mark.parametrize(
    ("changes", "extra", "reason"),
    [({"draw": "90"}, None, f"only {len(SAMPLES)} questions"), ({}, "twice", "stands twice")],
)
def test_a_quiz_nobody_could_be_given_is_refused(desk, changes, extra, reason):
    quiz = load_quiz(quiz_file()).quiz
    slots = [{"id": s.pk, "question": s.question_id, "weight": "1", "section": "1"} for s in quiz.slots.all()]
    if extra:
        slots.append({"question": slots[0]["question"], "weight": "1", "section": "1"})
    data = quiz_form(quiz, slots=inline_formset(slots, initial=len(SAMPLES)), **changes)
    url = reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk])
    response = desk.post(url, {**nested_form_data(data), "action-publish": "1"})
    assert response.status_code == 200
    assert reason in str(response.context["form"].errors)


@pytest.mark.parametrize("model", ["question", "quiz"])
def test_a_learner_never_reaches_the_bank(client, tree, model):
    client.force_login(plain_learner())
    assert client.get(reverse(f"wagtailsnippets_quizzes_{model}:list")).status_code in (302, 403)


def test_a_used_question_cannot_be_deleted(desk):
    load_quiz(quiz_file())
    question = Question.objects.first()
    desk.post(reverse("wagtailsnippets_quizzes_question:delete", args=[question.pk]))
    assert Question.objects.filter(pk=question.pk).exists()
