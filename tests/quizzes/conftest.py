from typing import Any

import pytest

from courses.models import Enrolment
from tests.quizzes.building import Planted, few, plant_quiz


@pytest.fixture
def planted(tree: Any) -> Planted:
    return plant_quiz(tree)


@pytest.fixture
def enrolled(planted: Planted, learner: Any) -> Enrolment:
    return planted.enrol(learner)


@pytest.fixture
def exam(tree, learner):
    """Plant a quiz with the rules asked for, its learner enrolled: `exam(time_limit=10)`."""

    def plant(**changes):
        planted = plant_quiz(tree, few(**changes))
        planted.enrol(learner)
        return planted

    return plant
