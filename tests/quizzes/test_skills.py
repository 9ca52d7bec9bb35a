"""The skills of the certification: an author files by them, an exam draws by them, a candidate reads a profile of them."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
import yaml
from django.urls import reverse
from django.utils import timezone, translation

from courses.models import LessonPage, ModulePage
from courses.skills import SKILLS
from quizzes import services
from quizzes.blueprints import report_on
from quizzes.checking import QuizFileError, check_quiz
from quizzes.drawing import drawn_again
from quizzes.loading import load_quiz
from quizzes.models import Question
from quizzes.scoring.passing import Mark, by_skill, profile
from quizzes.writing import plan_of, quiz_data
from tests.factories import add_child, instructor
from tests.quizzes.building import few, plant_quiz, quiz_form, sitting_of
from tests.quizzes.test_attempts import begin
from tests.quizzes.test_views import text, url

CURRICULUM = Path(__file__).parents[2] / "courses" / "curriculum"
LIST = "wagtailsnippets_quizzes_question:list"


def filed(*skills, **changes):
    """Return a quiz of single choices, one for each skill; "" for none."""
    data = few(count=len(skills), **changes)
    for question, skill in zip(data["questions"], skills, strict=True):
        if skill:
            question["skill"] = skill
    return data


@pytest.fixture
def desk(client, tree):
    client.force_login(instructor(language="en"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


# --- the vocabulary


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_skills_are_those_the_attestations_name(language):
    awards = yaml.safe_load((CURRICULUM / "awards.yaml").read_text())["awards"]
    named = {a["award"]: a["skills"][language] for a in awards if "course" in str(a["rule"])}
    with translation.override(language):
        ours = {award: [str(s.label) for s in SKILLS.values() if s.award == award] for award in named}
    assert ours == {award: [name.replace("'", "’") for name in names] for award, names in named.items()}


def test_every_shipped_question_measures_a_skill_and_every_skill_is_measured():
    files = sorted(CURRICULUM.rglob("quiz.yaml"))
    measured = [q.get("skill") for file in files for q in yaml.safe_load(file.read_text())["questions"]]
    assert len(files) == 6
    assert set(measured) == set(SKILLS)


# --- the file


def test_a_file_says_the_skill_and_one_that_is_silent_keeps_its_fingerprint():
    silent, said = (check_quiz(filed(skill)) for skill in ("", "advising"))
    assert said.questions[0].skill == "advising"
    assert silent.questions[0].fingerprint == "f60f79e72abfab3bb3cc2e4607d8524c94fed75d68b175d765dd84de572bb96d"
    assert said.questions[0].fingerprint != silent.questions[0].fingerprint


@pytest.mark.parametrize("place", ["questions[0].skill", "sections[0].skill"])
def test_a_skill_nobody_vouches_for_is_refused_by_name(place):
    section = {"title": {"fr": "Une", "en": "One"}}
    data = filed("juggling") if place[0] == "q" else filed("", sections=[{**section, "skill": "juggling"}])
    with pytest.raises(QuizFileError, match="juggling") as refusal:
        check_quiz(data)
    assert [path for path, _reason in refusal.value.problems] == [place]


@pytest.mark.django_db
def test_skills_are_loaded_written_and_loaded_again_without_a_change():
    sections = [{"title": {"fr": "Une", "en": "One"}, "draw": 1, "category": "moderation", "skill": "advising"}]
    quiz = load_quiz(filed("advising", "", sections=sections)).quiz
    assert list(quiz.slots.values_list("question__skill", flat=True)) == ["advising", ""]
    written = quiz_data(plan_of(quiz))
    assert written["sections"][0]["skill"] == "advising"
    assert [q.get("skill") for q in written["questions"]] == ["advising", None]
    assert load_quiz(written).count("unchanged") == 3


@pytest.mark.django_db
def test_a_skill_changed_in_a_file_makes_no_new_version():
    load_quiz(filed("advising"))
    report = load_quiz(filed("priorities"))
    question = Question.objects.get()
    assert (report.count("updated"), question.skill, question.versions.count()) == (1, "priorities", 1)


# --- the blueprint


@pytest.mark.django_db
def test_a_section_draws_by_skill_and_the_check_counts_by_skill():
    load_quiz(filed("advising", "advising", "priorities", "", identifier="bank", category="strategy/1"))
    sections = [
        {"title": {"fr": "Conseil", "en": "Advice"}, "draw": 2, "category": "strategy", "skill": "advising"},
        {"title": {"fr": "Le reste", "en": "The rest"}, "draw": 2, "category": "strategy"},
    ]
    quiz = load_quiz(filed("weak_signals", sections=sections)).quiz
    with translation.override("en"):
        report = report_on(quiz)
    advice, rest = report.sections
    assert (advice.available, advice.skills) == (3, (("Advising", 2), ("Weak signals", 1)))
    assert (rest.available, rest.skills, rest.unfiled) == (4, (("Setting priorities", 1), ("Advising", 2)), 1)
    assert report.problems == ()


@pytest.mark.django_db
def test_the_editor_is_told_when_the_bank_is_short_of_a_skill(desk):
    from wagtail.test.utils.form_data import inline_formset, nested_form_data

    quiz = load_quiz(filed("advising", "priorities")).quiz
    section = {"title_fr": "Conseil", "title_en": "Advice", "draw": "4", "minimum": "0", "skill": "advising"}
    rows = [{"id": s.pk, "question": s.question_id, "weight": "1", "section": "1"} for s in quiz.slots.all()]
    data = {"slots": inline_formset(rows, initial=len(rows)), "sections": inline_formset([section])}
    response = desk.post(
        reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk]),
        {**nested_form_data(quiz_form(quiz, **data)), "action-publish": "1"},
    )
    assert response.status_code == 200
    assert "only 2 questions" in str(response.context["form"].errors)


@pytest.mark.django_db
def test_the_editor_of_a_quiz_shows_what_there_is_to_draw_by_skill(desk):
    quiz = load_quiz(filed("advising", "advising", "priorities", "")).quiz
    page = text(desk.get(reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk])))
    assert "Setting priorities 1, Advising 2, no skill 1" in " ".join(page.split())


# --- the listing


@pytest.mark.django_db
def test_the_bank_is_narrowed_to_skills_and_to_what_has_none(desk):
    load_quiz(filed("advising", "priorities", ""))
    shown = {
        wanted: {n for n in range(3) if f"exam-1-q{n}" in desk.get(reverse(LIST), {"skill": wanted}).content.decode()}
        for wanted in ("advising", "none")
    }
    assert shown == {"advising": {0}, "none": {2}}
    assert "exam-1-q0" not in desk.get(reverse(LIST), {"skill": "none", "q": "visitor"}).content.decode()


@pytest.mark.django_db
def test_questions_are_given_a_skill_in_one_go(desk):
    load_quiz(filed("", ""))
    ids = list(Question.objects.values_list("pk", flat=True))
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", "file"])
    query = "&".join(f"id={pk}" for pk in ids)
    desk.post(f"{address}?{query}", {"category": "", "skill": "advising", "difficulty": "", "tags": ""})
    assert set(Question.objects.values_list("skill", "live")) == {("advising", True)}


# --- the candidate


def test_a_profile_by_skill_leaves_out_what_measures_none():
    marks = [Mark(1, 1, skill="advising"), Mark(0, 1, skill="advising"), Mark(1, 1), Mark(1, 0, skill="priorities")]
    assert [(share.name, share.questions) for share in profile(marks, by_skill)] == [("advising", 2)]


@pytest.mark.django_db
def test_a_candidate_reads_a_profile_by_skill_whatever_is_filed_later(tree, learner, learner_client):
    planted = plant_quiz(tree, filed("weak_signals", "advising", "advising", feedback="never"))
    planted.enrol(learner)
    attempt = begin(planted, learner, now=timezone.now())
    Question.objects.update(skill="priorities")
    services.submit_attempt(sitting=sitting_of(attempt), now=timezone.now())
    page = text(learner_client.get(url("review", attempt.key)))
    assert page.index("By skill") < page.index("Advising") < page.index("Weak signals") < page.index("By objective")
    assert "Setting priorities" not in page
    assert drawn_again(attempt).to_json()["slots"] == attempt.form["slots"]


@pytest.mark.django_db
def test_without_skills_the_report_says_nothing_of_them(tree, learner, learner_client):
    planted = plant_quiz(tree, filed("", ""))
    planted.enrol(learner)
    attempt = begin(planted, learner, now=timezone.now())
    services.submit_attempt(sitting=sitting_of(attempt), now=timezone.now())
    assert "By skill" not in text(learner_client.get(url("review", attempt.key)))
    assert all("skill" not in slot for slot in attempt.form["slots"])


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "sentence"), [("en", "Raise the alarm"), ("fr", "Donner l’alerte")])
def test_an_exam_says_in_words_the_objectives_of_lessons_elsewhere(
    tree, learner, learner_client, language, sentence, django_assert_max_num_queries
):
    planted = plant_quiz(tree, filed("weak_signals", "weak_signals"))
    planted.enrol(learner)
    for code, text_of in (("en", "Raise the alarm"), ("fr", "Donner l’alerte")):
        elsewhere = add_child(tree.course[code], ModulePage, "Elsewhere", "elsewhere", uuid5(NAMESPACE_URL, "module"))
        told = [("objective", {"key": "o1", "text": text_of})]
        add_child(elsewhere, LessonPage, "There", "there", uuid5(NAMESPACE_URL, "lesson"), minutes=5, objectives=told)
    attempt = begin(planted, learner, now=timezone.now())
    services.submit_attempt(sitting=sitting_of(attempt), now=timezone.now())
    address = url("review", attempt.key, language=language)
    learner_client.get(address)
    with django_assert_max_num_queries(40):
        page = text(learner_client.get(address))
    assert sentence in page
    assert "o0" in page  # what no lesson says keeps its code
