"""What the learner's pages cost, as ratios to a bare Wagtail page with the same content, in one run.

CPU time of the process, median of interleaved rounds, logged-in learner, the shipped curriculum. Printed, never asserted on
time; the numbers of queries are asserted, since they do not depend on the machine.
"""

import gc
import statistics
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.loading import key_of
from courses.models import LessonPage
from courses.services import enrol
from quizzes.models import QuizPage
from sandbox.models import ScenarioPage
from tests.factories import UserFactory

ROUNDS, VISITS = 7, 12
BARE = "bare Wagtail page"


@pytest.fixture
def visits(db) -> dict[str, Callable[[], object]]:
    """Return what is measured: name → a visit by a logged-in learner."""
    call_command("load_curriculum", verbosity=0)
    learner = UserFactory()
    enrol(user=learner, course_key=key_of("moderation"), now=timezone.now())
    client = Client()
    client.force_login(learner)
    lesson = LessonPage.objects.filter(locale__language_code="fr", url_path__contains="/moderation/").first()
    quiz = QuizPage.objects.get(locale__language_code="fr", url_path__contains="/moderation/")
    scenario = ScenarioPage.objects.get(locale__language_code="fr", url_path__contains="/moderation/")
    attempt = client.post(f"/fr/quiz/start/{quiz.pk}/")["Location"]
    desk = client.post(f"/fr/sandbox/start/{scenario.translation_key}/")["Location"]
    client.post(f"{desk}clock/", {"wish": "pause"})  # so that nothing arrives while we measure
    poll = f"{desk}poll/?cursor={client.get(desk).context['desk'].cursor}"
    return {
        BARE: lambda: client.get(f"/bare/{lesson.pk}/"),
        "lesson page": lambda: client.get(lesson.url),
        "quiz attempt page": lambda: client.get(attempt),
        "sandbox desk": lambda: client.get(desk),
        "sandbox poll, nothing new": lambda: client.get(poll),
        "dashboard": lambda: client.get("/fr/dashboard/"),
    }


TEMPLATES = [
    {
        **settings.TEMPLATES[0],
        "DIRS": [*settings.TEMPLATES[0]["DIRS"], settings.BASE_DIR / "tests/benchmarks/templates"],
    }
]
QUERY_CEILINGS = {"lesson page": 12, "quiz attempt page": 12, "sandbox poll, nothing new": 4, "dashboard": 12}


@override_settings(ROOT_URLCONF="tests.benchmarks.bare_urls", TEMPLATES=TEMPLATES)
def test_pages_against_a_bare_wagtail_page(visits):
    seconds: dict[str, list[float]] = {name: [] for name in visits}
    queries = {}
    for name, visit in visits.items():
        visit()  # warm: templates compiled, caches filled
        with CaptureQueriesContext(connection) as captured:
            response = visit()
        assert response.status_code in (200, 204), (name, response.status_code)
        queries[name] = len(captured)
    gc.collect()
    gc.freeze()  # what the set-up left in memory is no page's cost: else the collector walks it during some visits
    for _ in range(ROUNDS):
        for name, visit in visits.items():
            begun = time.process_time()
            for _ in range(VISITS):
                visit()
            seconds[name].append((time.process_time() - begun) / VISITS)
    report(seconds, queries)
    for name, ceiling in QUERY_CEILINGS.items():
        assert queries[name] <= ceiling, f"{name}: {queries[name]} queries, at most {ceiling}"


def report(seconds: dict[str, list[float]], queries: dict[str, int]) -> None:
    print(
        f"\n{connection.vendor}, {ROUNDS} rounds of {VISITS} visits\n{'':28}{'CPU ms':>8}{'ratio':>8}{'range':>14}{'queries':>9}"
    )
    for name, spent in seconds.items():
        ratios = [s / bare for s, bare in zip(spent, seconds[BARE], strict=True)]
        spread = f"{min(ratios):.2f}-{max(ratios):.2f}"
        print(
            f"{name:28}{1000 * statistics.median(spent):8.1f}{statistics.median(ratios):8.2f}{spread:>14}{queries[name]:>9}"
        )
