"""What a poll costs beyond a bare authenticated view, at 10, 100 and 300 past acts on a shift of 500 comments.

CPU time of the process, median of interleaved rounds, printed as ratios, never asserted on time. Targets: nothing new under
3 ms beyond the bare view; the same whatever was done before.
"""

import statistics
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from academy.urls import urlpatterns as academy_urlpatterns
from sandbox import snapshots
from sandbox.content import fingerprint
from sandbox.loading import load_scenario
from sandbox.models import Act, Scenario, ScenarioVersion, Shift
from sandbox.writing import to_dict
from tests.benchmarks.bench_engine import large_shift
from tests.factories import UserFactory
from tests.sandbox.samples import example

ROUNDS, VISITS = 9, 10
PAST_ACTS = (10, 100, 300)
MINUTE, STEP = 212.0, 0.2  # all 300 acts are past; each news poll lets a few arrivals come
TARGET = 3.0


def bare(request):
    """An authenticated view that does nothing: session, user, an empty answer."""
    return HttpResponse(status=204 if request.user.is_authenticated else 403)


urlpatterns = [path("bare/", bare), *academy_urlpatterns]


@pytest.fixture
def shifts(db) -> dict[int, Shift]:
    """Return a paused shift of the same large scenario for each number of past acts."""
    scenario, acts = large_shift()
    load_scenario(example())
    data = to_dict(scenario)
    version = ScenarioVersion.objects.create(
        scenario=Scenario.objects.get(), number=99, fingerprint=fingerprint(data), data=data, created_at=timezone.now()
    )
    return {number: _shift(version, acts[:number]) for number in PAST_ACTS}


def _shift(version, acts) -> Shift:
    now = timezone.now()
    shift = Shift.objects.create(
        user=UserFactory(), version=version, course_key=uuid4(), activity_key=uuid4(), seed=1, rules_version=1, pace=8,
        started_at=now, clock_minute=MINUTE, clock_from=None, revision=len(acts),
    )  # fmt: skip
    Act.objects.bulk_create(
        Act(
            shift=shift, key=uuid4(), sequence=n, minute=act.minute, received_at=now, action=act.action,
            comment=act.comment, payload={"reason": act.reason, "desk": act.desk, "text": act.text},
        )
        for n, act in enumerate(acts, 1)
    )  # fmt: skip
    return shift


class Page:
    """The desk as a browser holds it: asks with its cursor; `later` lets the clock move on first."""

    def __init__(self, shift: Shift) -> None:
        self.shift, self.client = shift, Client()
        self.client.force_login(shift.user)
        self.minute = MINUTE
        self.url = f"/fr/sandbox/{shift.key}/"
        self.cursor = self.client.get(self.url).context["desk"].cursor

    def quiet(self) -> HttpResponse:
        return self.client.get(f"{self.url}poll/?cursor={self.cursor}")

    def later(self) -> None:
        self.minute += STEP
        Shift.objects.filter(pk=self.shift.pk).update(clock_minute=self.minute)

    def news(self) -> HttpResponse:
        return self.client.get(f"{self.url}poll/?cursor={self.cursor}")

    def cold(self) -> HttpResponse:
        snapshots.forget()
        return self.news()

    def bare(self) -> HttpResponse:
        return self.client.get("/bare/")


def cost(visit: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    spent = 0.0
    for _ in range(VISITS):
        before()
        begun = time.process_time()
        visit()
        spent += time.process_time() - begun
    return 1000 * spent / VISITS


@override_settings(
    ROOT_URLCONF=__name__,
    SESSION_ENGINE="django.contrib.sessions.backends.cached_db",
)
def test_a_poll_against_a_bare_view(shifts):
    pages = {number: Page(shift) for number, shift in shifts.items()}
    figures: dict[tuple[str, int], list[float]] = {}
    for page in pages.values():
        page.bare(), page.quiet()
    for _ in range(ROUNDS):
        for number, page in pages.items():
            measured = {
                "bare": cost(page.bare),
                "quiet": cost(page.quiet),
                "news": cost(page.news, page.later),
                "cold": cost(page.cold),
            }
            page.minute = MINUTE
            Shift.objects.filter(pk=page.shift.pk).update(clock_minute=MINUTE)
            page.client.get(page.url)
            for name, spent in measured.items():
                figures.setdefault((name, number), []).append(spent)
    report(figures)
    for page in pages.values():
        with CaptureQueriesContext(connection) as captured:
            assert page.quiet().status_code == 204
        assert len(captured) <= 2


def report(figures: dict[tuple[str, int], list[float]]) -> None:
    middle = {key: statistics.median(spent) for key, spent in figures.items()}
    print(f"\n{connection.vendor}, {ROUNDS} rounds of {VISITS} polls, CPU ms (median)")
    print(
        f"{'past acts':>10}{'bare view':>11}{'nothing new':>13}{'beyond bare':>13}{'with news':>11}{'no snapshot':>13}"
    )
    for number in PAST_ACTS:
        bare_ms, quiet, news, cold = (middle[name, number] for name in ("bare", "quiet", "news", "cold"))
        print(f"{number:>10}{bare_ms:>11.2f}{quiet:>13.2f}{quiet - bare_ms:>13.2f}{news:>11.2f}{cold:>13.2f}")
    few, many = PAST_ACTS[0], PAST_ACTS[-1]
    ratios = {name: middle[name, many] / middle[name, few] for name in ("quiet", "news", "cold")}
    print(f"{many} acts against {few}: " + ", ".join(f"{name} × {ratio:.2f}" for name, ratio in ratios.items()))
    print(f"target beyond the bare view: {TARGET:.0f} ms")
