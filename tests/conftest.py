"""What every test may lean on: the database copied from a template, a fixed clock, people and pages."""

import datetime as dt
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings

from academy.translations import compile_stale
from tests import databases

settings.register_profile("unhurried", deadline=None)  # a rule is no less true on a busy machine
settings.register_profile("ci", settings.get_profile("unhurried"), derandomize=True)  # what passed here passes there
settings.load_profile("ci" if os.environ.get("CI") else "unhurried")

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def pytest_configure(config: Any) -> None:
    """A clone holds no compiled catalogue: `pytest` alone makes them, once, before any parallel worker starts."""
    if not hasattr(config, "workerinput"):
        compile_stale()


def _worker(request: Any) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def django_db_setup(request: Any, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    from django.contrib.contenttypes.models import ContentType

    with django_db_blocker.unblock():
        databases.fill(_worker(request))
        ContentType.objects.clear_cache()
    yield
    with django_db_blocker.unblock():
        databases.drop()


@pytest.fixture
def fresh_after(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests that write for good, from several threads, without Django's own flush: a new copy afterwards."""
    yield
    with django_db_blocker.unblock():
        databases.restore(_worker(request))


FLUSHED = pytest.StashKey[bool]()


def _is_transactional(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(marker and marker.kwargs.get("transaction"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: Any) -> None:
    """Django empties the database after a test in real transactions: even Wagtail's root page is gone."""
    if _is_transactional(item):
        item.config.stash[FLUSHED] = True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: Any) -> None:
    """Whoever comes after such a test finds a whole database again."""
    if not item.config.stash.get(FLUSHED, False):
        return
    from pytest_django.plugin import blocking_manager_key

    with item.config.stash[blocking_manager_key].unblock():
        databases.restore(_worker(item))
    item.config.stash[FLUSHED] = False


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Caches outlive the rollback of a test's database."""
    cache.clear()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A request leaves its language active behind it: each test begins in the sources' own."""
    with translation.override("en"):
        yield


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def tree(db: None) -> Any:
    """A small academy in both languages: one course, one module, two lessons. See `tests.factories.Tree`."""
    from tests.factories import plant_tree

    return plant_tree()


@pytest.fixture
def learner(db: None) -> Any:
    from tests.factories import UserFactory

    return UserFactory()


@pytest.fixture
def learner_client(client: Any, learner: Any) -> Any:
    client.force_login(learner)
    return client
