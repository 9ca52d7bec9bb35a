"""awards.yaml: loaded, loaded again, edited, refused."""

import copy
from pathlib import Path

import pytest
import yaml

from courses.certification.award_file import AwardError, check_awards
from courses.certification.loading import load_awards
from courses.certification.looks import Layout
from courses.certification.models import Award
from courses.certification.rules import ActivityPassed, AllOf, AnyOf, AwardHeld, CourseCompleted, PointsEarned
from courses.certification.writing import data_of
from courses.loading import key_of
from courses.models import CoursePage
from tests.factories import plant_tree

FILE = Path(__file__).parents[3] / "courses" / "curriculum" / "awards.yaml"

TEXT = {"fr": "Texte", "en": "Text"}
ENTRY = {
    "award": "moderation",
    "title": TEXT,
    "description": TEXT,
    "criteria": TEXT,
    "skills": {"fr": ["Écoute"], "en": ["Listening"]},
    "signatory": {"name": "Hélène Marchetti", "role": TEXT},
    "rule": {"all_of": [{"course": "moderation"}]},
    "valid_months": 24,
}


@pytest.fixture
def tree(db):
    tree = plant_tree()
    CoursePage.objects.update(translation_key=key_of("moderation"))
    for language in ("fr", "en"):
        lesson = tree.lessons[language][0]
        type(lesson).objects.filter(pk=lesson.pk).update(translation_key=key_of("moderation", "m1", "quiz"))
    return tree


def data(**changes):
    return {"awards": [{**copy.deepcopy(ENTRY), **changes}]}


def test_the_curriculums_own_file_is_right():
    awards = yaml.safe_load(FILE.read_text())
    check_awards(awards)
    *attestations, programme = awards["awards"]
    assert [entry["award"] for entry in attestations] == ["strategy", "moderation", "ethics", "crisis"]
    parts = programme["rule"]["all_of"]
    assert [part["award"] for part in parts if "award" in part] == ["strategy", "moderation", "ethics", "crisis"]
    assert [part["activity"] for part in parts if "activity" in part] == [
        "programme/01-final-exam/quiz",
        "programme/02-capstone/scenario",
    ]
    assert all(entry["renewal"] for entry in awards["awards"])
    assert {entry["valid_months"] for entry in awards["awards"]} == {24}


def test_loading_twice_changes_nothing(tree):
    assert load_awards(data()) == [("created", "award moderation")]
    award = Award.objects.get()
    assert award.rule() == AllOf((CourseCompleted(key_of("moderation")),))
    assert award.skills_fr == "Écoute"
    assert load_awards(data()) == [("unchanged", "award moderation")]


def test_a_changed_file_updates_the_award(tree):
    load_awards(data())
    assert load_awards(data(valid_months=12))[0][0] == "updated"
    assert Award.objects.get().valid_months == 12


@pytest.mark.parametrize("changes", [{"title_en": "Edited"}, {"valid_months": None}, {"requirements": []}])
def test_what_an_instructor_changed_is_kept(tree, changes):
    load_awards(data())
    award = Award.objects.get()
    for name, value in changes.items():
        setattr(award, name, value)
    award.save()
    assert load_awards(data())[0][0] == "kept"
    assert load_awards(data(valid_months=6))[0][0] == "kept"
    assert load_awards(data(), force=True)[0][0] == "updated"
    assert load_awards(data())[0][0] == "unchanged"


def test_every_kind_of_requirement_is_read(tree):
    rule = {
        "any_of": [
            {"activity": "moderation/m1/quiz", "percent": 80},
            {"any_of": [{"course": "moderation"}, {"activity": "moderation/m1/quiz"}], "count": 2},
        ]
    }
    load_awards(data(rule=rule))
    quiz = key_of("moderation", "m1", "quiz")
    inner = AnyOf((CourseCompleted(key_of("moderation")), ActivityPassed(quiz)), 2)
    assert Award.objects.get().rule() == AnyOf((ActivityPassed(quiz, 80), inner))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"award": "Modération !"}, "awards[0].award"),
        ({"title": {"fr": "Seul"}}, "awards[0].title.en"),
        ({"title": {"fr": "x" * 121, "en": "x"}}, "awards[0].title.fr"),
        ({"criteria": "Text"}, "awards[0].criteria.fr"),
        ({"skills": {"fr": "Écoute"}}, "awards[0].skills"),
        ({"valid_months": 0}, "awards[0].valid_months"),
        ({"valid_months": "24"}, "awards[0].valid_months"),
        ({"rule": None}, "awards[0].rule"),
        ({"rule": {"all_of": [], "any_of": []}}, "awards[0].rule"),
        ({"rule": {"all_of": []}}, "awards[0].rule.all_of"),
        ({"rule": {"all_of": [{"quiz": "x"}]}}, "awards[0].rule.all_of[0]"),
        ({"rule": {"all_of": [{"any_of": [{"any_of": []}]}]}}, "awards[0].rule.all_of[0].any_of[0]"),
        ({"colour": "red"}, "awards[0].colour"),
        ({"rule": {"all_of": [{"course": "none"}]}}, "awards[0].rule.all_of[0].course"),
        ({"rule": {"all_of": [{"activity": "moderation/none"}]}}, "awards[0].rule.all_of[0].activity"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(tree, changes, path):
    with pytest.raises(AwardError) as caught:
        load_awards({"awards": [*data(award="first")["awards"], *data(**changes)["awards"]]})
    assert caught.value.path == path.replace("[0]", "[1]", 1)
    assert str(caught.value).startswith(caught.value.path)
    assert not Award.objects.exists()


@pytest.mark.parametrize("wrong", [None, [], {}, {"awards": {}}, {"awards": ["x"]}])
def test_a_file_of_another_shape_is_refused(wrong):
    with pytest.raises(AwardError):
        check_awards(wrong)


def test_two_awards_of_one_name_are_refused():
    with pytest.raises(AwardError, match="two awards"):
        check_awards({"awards": [ENTRY, ENTRY]})


# --- renewal, and awards that ask for awards --------------------------------------------------------------------------
RENEWAL = {"all_of": [{"course": "moderation"}], "opens_days": 60}


def with_changes(**changes):
    loaded = data()
    loaded["awards"][0] |= changes
    return loaded


ANNOUNCED = {"announced": {"fr": "L’examen final", "en": "The final exam"}}


def test_what_is_announced_is_loaded_and_written_back(tree):
    rule = {"all_of": [{"course": "moderation"}, ANNOUNCED]}
    load_awards(with_changes(rule=rule))
    award = Award.objects.get()
    assert [thing.texts["en"] for thing in award.awaits()] == ["The final exam"]
    assert data_of(award, lambda page: "moderation")["rule"] == rule
    assert load_awards(with_changes(rule=rule))[0][0] == "unchanged"


def test_loading_leaves_the_layout_of_an_award_alone(tree):
    load_awards(data())
    layout = Layout.objects.create(name="House")
    Award.objects.update(layout=layout)
    assert load_awards(data())[0][0] == "unchanged"
    load_awards(with_changes(valid_months=12), force=True)
    award = Award.objects.get()
    assert (award.valid_months, award.layout) == (12, layout)


def test_a_renewal_is_loaded_and_written_back(tree):
    load_awards(with_changes(renewal=RENEWAL))
    award = Award.objects.get()
    assert award.renewal_rule() == AllOf((CourseCompleted(key_of("moderation")),))
    assert (award.renewal_opens, award.renewal_closes) == (60, 180)
    assert data_of(award, lambda page: "moderation")["renewal"] == RENEWAL
    assert load_awards(with_changes(renewal=RENEWAL))[0][0] == "unchanged"
    assert load_awards(data())[0][0] == "updated"
    assert not Award.objects.get().renewal_requirements


def test_points_are_loaded_and_written_back(tree):
    renewal = {"all_of": [{"points": 12}]}
    load_awards(with_changes(renewal=renewal))
    award = Award.objects.get()
    assert award.renewal_rule() == AllOf((PointsEarned(12),))
    assert data_of(award, lambda page: "moderation")["renewal"] == renewal


def programme(*required):
    first = data()["awards"][0]
    rule = {"all_of": [{"award": slug} for slug in required]}
    return {"awards": [first, {**first, "award": "programme", "rule": rule}]}


def test_an_award_may_ask_for_one_before_it(tree):
    load_awards(programme("moderation"))
    wanted = Award.objects.get(slug="moderation")
    programme_award = Award.objects.get(slug="programme")
    assert programme_award.rule() == AllOf((AwardHeld(wanted.uuid),))
    assert data_of(programme_award, str)["rule"] == {"all_of": [{"award": "moderation"}]}
    assert [outcome for outcome, _ in load_awards(programme("moderation"))] == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("loaded", "place"),
    [
        (programme("chess"), "awards[1].rule.all_of[0].award"),
        (programme("programme"), "awards[1].rule"),
        (with_changes(renewal={"opens_days": 30}), "awards[0].renewal"),
        (with_changes(renewal={**RENEWAL, "opens_days": 999}), "awards[0].renewal.opens_days"),
        (with_changes(renewal={**RENEWAL, "closes_days": True}), "awards[0].renewal.closes_days"),
        (with_changes(renewal=[]), "awards[0].renewal"),
        (with_changes(renewal={"all_of": [{"points": 0}]}), "awards[0].renewal.all_of[0].points"),
        (with_changes(renewal={"all_of": [{"any_of": [{"points": 2}]}]}), "awards[0].renewal.all_of[0].any_of[0]"),
        (with_changes(rule={"all_of": [{"points": 12}]}), "awards[0].rule.all_of[0]"),
        (with_changes(rule={"all_of": [{"announced": {"fr": "Un examen"}}]}), "awards[0].rule.all_of[0].announced.en"),
        (with_changes(rule={"all_of": [{"any_of": [ANNOUNCED]}]}), "awards[0].rule.all_of[0].any_of[0]"),
    ],
)
def test_what_is_wrong_with_them_is_named(tree, loaded, place):
    with pytest.raises(AwardError) as caught:
        load_awards(loaded)
    assert caught.value.path == place
    assert not Award.objects.exists()
