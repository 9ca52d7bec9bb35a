"""Who made a question and who approved it: written down by themselves, corrected by who may edit, told in no file."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from academy.roles import REVIEWERS, group
from quizzes.filing import file_questions
from quizzes.loading import load_quiz
from quizzes.models import Question
from quizzes.models.question_form import writers
from quizzes.writing import plan_of, quiz_data
from tests.factories import instructor, plain_learner, user_in
from tests.quizzes.building import few
from tests.quizzes.test_admin import GOOD, written

pytestmark = pytest.mark.django_db
LIST, ADD, EDIT = (f"wagtailsnippets_quizzes_question:{name}" for name in ("list", "add", "edit"))


@pytest.fixture
def author(client, tree):
    person = instructor(language="en", display_name="Ana Author")
    client.force_login(person)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return person


@pytest.fixture
def reviewed(tree):
    """Hang a workflow on the questions, whose one task the reviewers do."""
    task = GroupApprovalTask.objects.create(name="Review")
    task.groups.add(group(REVIEWERS))
    workflow = Workflow.objects.create(name="Review of questions")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    kind = ContentType.objects.get_for_model(Question)
    WorkflowContentType.objects.create(workflow=workflow, content_type=kind)
    return workflow


def people(question):
    return tuple(Question.objects.values_list("author", "reviewer").get(pk=question.pk))


def post(client, question=None, **fields):
    address = reverse(EDIT, args=[question.pk]) if question else reverse(ADD)
    identifier = question.identifier if question else "q-new"
    return client.post(address, written(options=GOOD, identifier=identifier, **fields))


def test_who_writes_the_first_draft_is_the_author_and_who_edits_it_later_is_not(client, author):
    assert post(client).status_code == 302
    question = Question.objects.get()
    assert people(question) == (author.pk, None)
    client.force_login(instructor())
    post(client, question, author=author.pk, source="another source", **{"action-publish": "1"})
    assert people(question) == (author.pk, None)


def test_a_question_begun_from_a_quiz_has_its_author(client, author):
    data = {"identifier": "q-begun", "category": "", "kind": "essay", "stem_fr": "Quoi ?", "stem_en": "What?"}
    prefixed = {f"create-{name}": value for name, value in data.items()}
    client.post(reverse("wagtailsnippetchoosers_quizzes_question:create"), {**data, **prefixed})
    assert Question.objects.get(identifier="q-begun").author == author


def test_who_approves_in_the_workflow_is_the_reviewer(client, author, reviewed):
    post(client)
    question = Question.objects.get()
    post(client, question, author=author.pk, **{"action-submit": "1"})
    reviewer = user_in(REVIEWERS)
    client.force_login(reviewer)
    state = Question.objects.get().current_workflow_task_state
    workflow_action = "wagtailsnippets_quizzes_question:workflow_action"
    client.post(reverse(workflow_action, args=[question.pk, "approve", state.pk]))
    assert Question.objects.get().live
    assert people(question) == (author.pk, reviewer.pk)


def test_a_refusal_in_the_workflow_makes_no_reviewer(client, author, reviewed):
    post(client)
    question = Question.objects.get()
    post(client, question, author=author.pk, **{"action-submit": "1"})
    client.force_login(user_in(REVIEWERS))
    state = Question.objects.get().current_workflow_task_state
    workflow_action = "wagtailsnippets_quizzes_question:workflow_action"
    client.post(reverse(workflow_action, args=[question.pk, "reject", state.pk]), {"comment": "Which source?"})
    assert people(question) == (author.pk, None)


def test_both_are_corrected_at_once_even_from_a_draft(client, author):
    load_quiz(few(count=1))
    question, other = Question.objects.get(), instructor()
    assert people(question) == (None, None)  # a file names nobody
    response = post(client, question, author=other.pk, reviewer=author.pk)
    assert response.status_code == 302
    assert Question.objects.get().has_unpublished_changes
    assert people(question) == (other.pk, author.pk)
    old = question.revisions.earliest("pk")
    old.publish()  # an old draft brings nobody back
    assert people(question) == (other.pk, author.pk)


def test_nobody_who_may_not_write_is_named(client, author):
    load_quiz(few(count=1))
    question, learner = Question.objects.get(), plain_learner()
    response = post(client, question, author=learner.pk)
    assert "author" in response.context["form"].errors
    assert people(question) == (None, None)
    assert learner not in writers()


def test_who_has_left_the_role_stays_named(client, author):
    load_quiz(few(count=1))
    gone = plain_learner()
    Question.objects.update(author=gone)
    question = Question.objects.get()
    assert post(client, question, author=gone.pk).status_code == 302
    assert people(question) == (gone.pk, None)
    gone.delete()
    assert people(question) == (None, None)


def test_a_learner_corrects_nobody(client, author):
    load_quiz(few(count=1))
    client.force_login(plain_learner())
    assert post(client, Question.objects.get(), author=author.pk).status_code in (302, 403)
    assert people(Question.objects.get()) == (None, None)


def test_filing_and_loading_leave_both_alone(author):
    load_quiz(few(count=1))
    Question.objects.update(author=author, reviewer=author)
    question, editor = Question.objects.get(), instructor()
    file_questions(questions=[question], category="law", difficulty=None, tags=[], user=editor)
    assert people(question) == (author.pk, author.pk)
    changed = few(count=1)
    changed["questions"][0]["source"] = "another"
    load_quiz(changed, force=True)
    assert people(question) == (author.pk, author.pk)


def test_no_file_names_a_person(author):
    quiz = load_quiz(few(count=1)).quiz
    Question.objects.update(author=author, reviewer=author)
    told = repr(quiz_data(plan_of(quiz)))
    assert author.email not in told
    assert author.display_name not in told


def test_the_bank_is_listed_and_narrowed_by_both(client, author, django_assert_max_num_queries):
    load_quiz(few(count=3))
    Question.objects.filter(identifier="exam-1-q0").update(author=author)
    Question.objects.filter(identifier="exam-1-q1").update(reviewer=author)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(22):
        assert "Ana Author" in client.get(reverse(LIST)).content.decode()

    def shown(**filters):
        page = client.get(reverse(LIST), filters).content.decode()
        return {n for n in range(3) if f"exam-1-q{n}" in page}

    assert (shown(author=author.pk), shown(reviewer=author.pk), shown(reviewer="null")) == ({0}, {1}, {0, 2})
    export = client.get(reverse(LIST), {"export": "csv"})
    sheet = b"".join(export.streaming_content).decode()
    assert "Ana Author" in sheet
    assert author.email not in sheet
