"""The definitions in a module's YAML files: written in one form, read back as the same quiz, scenario or award."""

import pytest
import yaml

from academy.curriculum_files import DEFINITIONS
from courses.certification.writing import awards_data
from courses.formats.yaml_writer import dump
from quizzes.checking import check_quiz
from quizzes.writing import quiz_data
from sandbox.engine.parsing import from_dict
from sandbox.writing import to_dict
from tests.academy.curriculum_samples import awards, quiz
from tests.sandbox.samples import example


def again(data):
    return yaml.safe_load(dump(data))


def test_a_quiz_with_every_type_of_question_is_read_back_as_it_was():
    data = quiz()
    for question in data["questions"]:
        question["tags"] = sorted(question["tags"])
    assert check_quiz(again(quiz_data(check_quiz(data)))) == check_quiz(data)


@pytest.mark.parametrize(
    "change",
    [
        {"draw": 2, "time_limit": 20, "layout": "one_per_page", "introduction": {"fr": "Un\n\nDeux", "en": "One"}},
        {"pass_mark": "0.6667"},
    ],
)
def test_the_rules_of_a_quiz_are_read_back_as_they_were(change):
    data = quiz() | change
    plan = check_quiz(again(quiz_data(check_quiz(data))))
    assert quiz_data(plan) == quiz_data(check_quiz(data))
    assert plan.fingerprint == check_quiz(data).fingerprint


def test_a_question_says_what_differs_from_its_quiz():
    data = quiz()
    data["questions"][0] |= {
        "category": "elsewhere",
        "weight": 2.5,
        "shuffle": False,
        "objective": "o1",
        "source": "002",
    }
    written = quiz_data(check_quiz(data))["questions"]
    assert (written[0]["category"], written[0]["weight"], written[0]["shuffle"]) == ("elsewhere", 2.5, False)
    assert not {"category", "weight", "shuffle", "rule"} & set(written[2])


@pytest.mark.parametrize(
    "change",
    [
        {},
        {
            "tension": 0.2,
            "background_rate": 1,
            "service_levels": {"1": 30, "4": 5, "question": 12.5},
            "starts_at": "9:05",
        },
        {"crisis": None, "macros": [], "topics": ["insult"], "seed": 7},
    ],
)
def test_a_scenario_is_read_back_as_it_was(change):
    scenario = from_dict(example() | change)
    assert from_dict(again(to_dict(scenario))) == scenario


def test_a_comment_with_everything_is_read_back_as_it_was():
    data = example()
    data["comments"][0] |= {
        "votes": {"keep": 3, "hide": 1}, "clear_cut": True, "companion": ["report_platform"], "trap": "bait",
        "hint": {"fr": "Deux\n\nlignes", "en": "Two"}, "protected": "speech", "minute": 2.25,
    }  # fmt: skip
    scenario = from_dict(data)
    assert from_dict(again(to_dict(scenario))) == scenario


def test_awards_are_read_back_as_they_were():
    data = awards()
    data["awards"][0] |= {
        "skills": {"fr": ["Écoute"], "en": ["Listening"]}, "active": False,
        "signatory": {"name": "Hélène", "role": {"fr": "Directrice", "en": "Director"}},
        "rule": {"any_of": [{"any_of": [{"course": "a"}, {"course": "b"}], "count": 2}]},
    }  # fmt: skip
    assert again(awards_data(data)) == data


def test_writing_a_definition_is_settled_at_once():
    for kind, data in (("quiz", quiz()), ("scenario", example())):
        once = DEFINITIONS[kind](data)
        assert dump(DEFINITIONS[kind](again(once))) == dump(once)
