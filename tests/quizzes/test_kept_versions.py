"""The version a quiz keeps of a question travels in its file, by its content: the numbers of two banks differ."""

import json

import pytest

from quizzes.checking import QuizFileError, check_quiz, version_mark
from quizzes.loading import load_quiz
from quizzes.models import Question, QuestionVersion, Quiz, QuizVersion
from quizzes.versions import freeze
from quizzes.writing import plan_of, quiz_data
from tests.quizzes.building import few

pytestmark = pytest.mark.django_db
FIRST = "exam-1-q0"


def worded(words, **place):
    data = few(count=2)
    data["questions"][0] |= {"stem": {"fr": words, "en": words}, **place}
    return data


def mark(number):
    return version_mark(QuestionVersion.objects.get(question__identifier=FIRST, number=number).digest)


def keep(number):
    """Do what an editor does in the admin: name a version, publish."""
    quiz = Quiz.objects.get()
    slots = list(quiz.slots.all())
    slots[0].version = number
    quiz.slots = slots
    quiz.save_revision(clean=False).publish()


def kept():
    return Quiz.objects.get().slots.get(question__identifier=FIRST).version


@pytest.fixture
def two_versions():
    load_quiz(worded("Older"))
    load_quiz(worded("Newer"))


def written():
    return quiz_data(plan_of(Quiz.objects.get()))


def test_a_file_names_the_version_and_loads_again_without_a_change(two_versions):
    keep(1)
    data = written()
    assert [q.get("version") for q in data["questions"]] == [mark(1), None]
    report = load_quiz(data)
    assert (report.count("unchanged"), kept()) == (3, 1)
    assert json.dumps(written(), default=str) == json.dumps(data, default=str)


def test_a_file_may_name_its_own_wording_in_a_bank_that_never_saw_it(two_versions):
    keep(2)
    data = written()
    QuizVersion.objects.all().delete()
    Quiz.objects.all().delete()
    QuestionVersion.objects.all().delete()
    Question.objects.all().delete()
    load_quiz(data)
    assert kept() == 1  # another number, the same content
    load_quiz(worded("Newest", version=data["questions"][0]["version"]))
    frozen = freeze(Quiz.objects.get()).content["sections"][0]["questions"][0]
    assert QuestionVersion.objects.get(pk=frozen["version"]).content["stem"]["en"] == "Newer"


def test_a_version_the_bank_does_not_have_is_refused_and_nothing_is_written(two_versions):
    data = worded("Newest", version="sha256-0f3a9c1b22de")
    with pytest.raises(QuizFileError, match="not in this bank") as refusal:
        load_quiz(data)
    assert [path for path, _reason in refusal.value.problems] == ["questions[0].version"]
    assert Question.objects.get(identifier=FIRST).title["en"] == "Newer"
    assert QuestionVersion.objects.filter(question__identifier=FIRST).count() == 2


@pytest.mark.parametrize("version", [1, "latest", "sha256-12", "SHA256-0F3A9C1B22DE", True])
def test_what_is_no_mark_is_refused_by_place(version):
    with pytest.raises(QuizFileError) as refusal:
        check_quiz(worded("Any", version=version))
    assert [path for path, _reason in refusal.value.problems] == ["questions[0].version"]


def test_a_version_chosen_in_the_admin_is_kept_until_forced(two_versions):
    keep(1)
    data = worded("Newer") | {"pass_mark": 0.8}
    assert load_quiz(data).quiz_outcome == "kept"
    assert kept() == 1
    assert load_quiz(data, force=True).quiz_outcome == "updated"
    assert kept() is None


def test_two_versions_with_the_same_words_are_one_to_a_file(two_versions):
    load_quiz(worded("Older"))
    keep(1)
    data = written()
    assert mark(1) == mark(3) == data["questions"][0]["version"]
    assert load_quiz(data).quiz_outcome == "unchanged"
    assert kept() == 1
