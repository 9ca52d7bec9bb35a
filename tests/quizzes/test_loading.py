"""Loading quiz files: all or nothing, idempotent, respectful of what instructors changed."""

from copy import deepcopy

import pytest

from quizzes.checking import QuizFileError, check_quiz
from quizzes.loading import load_quiz
from quizzes.models import Question, QuestionVersion, Quiz
from tests.quizzes.building import quiz_file
from tests.quizzes.samples import SAMPLES

pytestmark = pytest.mark.django_db


def edited(data, place, **changes):
    data = deepcopy(data)
    data["questions"][place].update(changes)
    return data


def publish_in_admin(question, change):
    """Do what an instructor's edit does: change, save a revision, publish."""
    change(question)
    question.save_revision().publish()
    return Question.objects.get(pk=question.pk)


def test_a_file_becomes_a_live_quiz_with_its_questions_in_order():
    data = quiz_file()
    report = load_quiz(data)
    assert report.count("created") == len(SAMPLES) + 1
    quiz = Quiz.objects.get(identifier="moderation-1")
    assert quiz.live
    assert [s.question.identifier for s in quiz.slots.all()] == [q["id"] for q in data["questions"]]
    question = Question.objects.get(identifier="moderation-1-single_choice-0")
    assert (question.kind, question.difficulty, question.category) == ("single_choice", 1, "moderation/1")
    assert question.title["en"].startswith("A visitor calls")
    assert question.versions.count() == 1
    assert quiz.introduction_html["en"] == "<p>Hello <strong>you</strong>.</p>"


def test_loading_twice_changes_nothing():
    load_quiz(quiz_file())
    report = load_quiz(quiz_file())
    assert report.count("unchanged") == len(SAMPLES) + 1
    assert QuestionVersion.objects.count() == len(SAMPLES)


def test_a_changed_question_gets_a_new_version_and_the_old_one_stays():
    load_quiz(quiz_file())
    report = load_quiz(edited(quiz_file(), 0, stem={"fr": "Nouveau", "en": "New"}))
    assert report.count("updated") == 1
    versions = QuestionVersion.objects.filter(question__identifier="moderation-1-single_choice-0").order_by("number")
    assert [v.content["stem"]["en"][:4] for v in versions] == ["A vi", "New"]


def test_a_change_of_filing_alone_makes_no_new_version():
    load_quiz(quiz_file())
    report = load_quiz(edited(quiz_file(), 0, tags=["charter"], difficulty=3))
    assert report.count("updated") == 1
    assert QuestionVersion.objects.count() == len(SAMPLES)
    question = Question.objects.get(identifier="moderation-1-single_choice-0")
    assert [t.name for t in question.tags.all()] == ["charter"]


def test_what_an_instructor_published_is_kept_until_forced():
    load_quiz(quiz_file())
    question = Question.objects.get(identifier="moderation-1-single_choice-0")

    def rephrase(q):
        q.body[0].value["stem"]["en"] = "Rephrased"

    publish_in_admin(question, rephrase)
    changed_file = edited(quiz_file(), 0, stem={"fr": "Fichier", "en": "File"})
    report = load_quiz(changed_file)
    assert report.questions["moderation-1-single_choice-0"] == "kept"
    assert Question.objects.get(pk=question.pk).title["en"] == "Rephrased"
    report = load_quiz(changed_file, force=True)
    assert report.questions["moderation-1-single_choice-0"] == "updated"
    assert Question.objects.get(pk=question.pk).title["en"] == "File"


def test_a_draft_under_way_is_kept_too():
    load_quiz(quiz_file())
    question = Question.objects.get(identifier="moderation-1-single_choice-0")
    question.body[0].value["stem"]["en"] = "Draft"
    question.save_revision()
    report = load_quiz(edited(quiz_file(), 0, stem={"fr": "Fichier", "en": "File"}))
    assert report.questions["moderation-1-single_choice-0"] == "kept"


def test_a_quiz_given_another_question_in_the_admin_is_kept():
    load_quiz(quiz_file())
    other = load_quiz(quiz_file("ethics-1")).quiz
    quiz = Quiz.objects.get(identifier="moderation-1")
    quiz.slots.add(type(quiz.slots.first())(question=other.slots.first().question, sort_order=99))
    quiz.save_revision().publish()
    report = load_quiz({**quiz_file(), "pass_mark": 0.8})
    assert report.quiz_outcome == "kept"
    assert Quiz.objects.get(pk=quiz.pk).slots.count() == len(SAMPLES) + 1
    assert load_quiz({**quiz_file(), "pass_mark": 0.8}, force=True).quiz_outcome == "updated"
    assert Quiz.objects.get(pk=quiz.pk).slots.count() == len(SAMPLES)


def test_a_question_shared_by_two_files_stays_one_question():
    load_quiz(quiz_file())
    second = quiz_file("second")
    second["questions"].append(quiz_file()["questions"][0])
    load_quiz(second)
    assert Question.objects.filter(identifier="moderation-1-single_choice-0").count() == 1


def test_publishing_without_a_change_of_content_makes_no_version():
    load_quiz(quiz_file())
    question = Question.objects.first()
    question.save_revision().publish()
    assert question.versions.count() == 1


def test_a_version_cannot_be_changed():
    load_quiz(quiz_file())
    version = QuestionVersion.objects.first()
    version.number = 9
    with pytest.raises(TypeError, match="never changes"):
        version.save()


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"pass_mark": 1.2}, "pass_mark", "from 0 to 1"),
        ({"draw": 40}, "draw", f"from 1 to {len(SAMPLES)}"),
        ({"layout": "scroll"}, "layout", "one_per_page"),
        ({"quizz": "x"}, "quizz", "unknown word"),
        ({"quiz": None}, "quiz", "missing"),
        ({"questions": []}, "questions", "1 to 200"),
        ({"introduction": {"fr": "Seul"}}, "introduction.en", "missing"),
        ({"time_limit": -1}, "time_limit", "from 0"),
    ],
)
def test_a_wrong_file_names_the_place_and_writes_nothing(changes, path, reason):
    with pytest.raises(QuizFileError) as refusal:
        load_quiz({**quiz_file(), **changes})
    [(found, said)] = refusal.value.problems
    assert (found, reason in said) == (path, True)
    assert not Question.objects.exists()


def test_every_wrong_question_is_told_at_once():
    data = edited(edited(quiz_file(), 0, stem=None), 2, statements=[])
    with pytest.raises(QuizFileError) as refusal:
        load_quiz(data)
    assert [path for path, _ in refusal.value.problems] == ["questions[0].stem", "questions[2].statements"]
    assert not Question.objects.exists()


def test_an_identifier_used_twice_in_a_file_is_refused():
    data = quiz_file()
    data["questions"][3]["id"] = data["questions"][1]["id"]
    with pytest.raises(QuizFileError, match=r"questions\[3\].id"):
        check_quiz(data)


@pytest.mark.parametrize("data", [None, [], "quiz", {"quiz": "x"}])
def test_something_that_is_no_quiz_is_refused(data):
    with pytest.raises(QuizFileError):
        check_quiz(data)
