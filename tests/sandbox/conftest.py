from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from courses.models import Enrolment
from sandbox import services
from sandbox.loading import load_scenario
from sandbox.models import Scenario, ScenarioPage
from tests.conftest import NOW
from tests.factories import add_child
from tests.sandbox.samples import example


@pytest.fixture
def scenario(db: None) -> Scenario:
    load_scenario(example())
    return Scenario.objects.get()


@pytest.fixture
def page(tree: Any, scenario: Scenario) -> ScenarioPage:
    """The scenario's page in French; it exists in English too."""
    key = uuid4()
    pages = {
        code: add_child(tree.module[code], ScenarioPage, "Herbarium", "herbarium", key, scenario=scenario)
        for code in ("fr", "en")
    }
    return pages["fr"]


@pytest.fixture
def enrolled(learner: Any, tree: Any, page: ScenarioPage) -> Any:
    Enrolment.objects.create(user=learner, course_key=tree.course_key, enrolled_at=NOW)
    return learner


@pytest.fixture
def begin(enrolled: Any, tree: Any, page: ScenarioPage) -> Any:
    """Begin a shift at a given time: `begin(now, mode="exam")`."""

    def begin(now: Any = NOW, mode: str = "practice", user: Any = None) -> Any:
        return services.start_shift(
            user=user or enrolled,
            scenario=page.scenario,
            course_key=tree.course_key,
            activity_key=page.translation_key,
            mode=mode,
            seed=7,
            now=now,
        )

    return begin


@pytest.fixture(autouse=True)
def _in_french() -> Any:
    """Requests leave their language active behind them."""
    with translation.override("fr"):
        yield
