"""What a quiz costs from its start to its review, as ratios to one bare Wagtail page, in one run.

CPU time of the process, median of interleaved rounds, twenty questions over every type. Times are printed, never asserted;
numbers of requests and of queries are asserted, since they do not depend on the machine.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from academy.bootstrap import bootstrap
from courses.models import CataloguePage, LessonPage
from quizzes import services
from quizzes.models import Answer, Attempt
from quizzes.posting import sort_fields
from tests.benchmarks.bench_pages import TEMPLATES
from tests.factories import Tree, UserFactory, plant_course, plant_tree
from tests.quizzes.building import Planted, perfect_fields, plant_quiz, quiz_file, sitting_of

ROUNDS, QUESTIONS = 9, 20
MOST_REQUESTS = 25
EARLIER = 200
Visit = Callable[[], object]


def url(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"quizzes:{name}", args=args)


class Candidate:
    """A learner who takes a quiz over HTTP, and counts requests and queries."""

    def __init__(self, planted: Planted, *, counting: bool = False) -> None:
        self.planted, self.learner, self.client = planted, UserFactory(), Client()
        self.client.force_login(self.learner)
        planted.enrol(self.learner)
        self.requests: list[tuple[str, int]] = []
        self.counting = counting  # of queries: it costs time, so the runs that are timed do without

    def ask(self, what: str, method: str, address: str, data: dict | None = None, **headers: str):
        captured = CaptureQueriesContext(connection)
        with captured if self.counting else nullcontext():
            response = getattr(self.client, method)(address, data or {}, headers=headers)
        assert response.status_code in (200, 302), (what, response.status_code)
        self.requests.append((what, len(captured) if self.counting else 0))
        return response

    def start(self) -> Attempt:
        self.ask("start", "post", url("start", self.planted.page["en"].pk))
        return Attempt.objects.filter(user=self.learner).latest("pk")

    def one_by_one(self, fields: dict[str, list[str]] | None = None) -> None:
        """Start, answer each question on its page, submit, read the correction."""
        attempt = self.start()
        fields = perfect_fields(sitting_of(attempt))
        self.ask("page", "get", url("attempt", attempt.key))
        count = len(attempt.form["slots"])
        for number in range(1, count + 1):
            mine = {k: v for k, v in fields.items() if k == f"q{number}" or k.startswith(f"q{number}-")}
            last = number == count
            data, address = {**mine, "go": "submit" if last else str(number + 1)}, url("question", attempt.key, number)
            self.ask("submit" if last else "answer", "post", address, data, **({} if last else {"X-Turn": "1"}))
        self.ask("review", "get", url("review", attempt.key))

    def at_once(self) -> None:
        """Start, answer everything on one page, submit, read the correction."""
        attempt = self.start()
        self.ask("page", "get", url("attempt", attempt.key))
        fields = perfect_fields(sitting_of(attempt))
        self.ask("submit", "post", url("attempt", attempt.key), {**fields, "go": "submit"})
        self.ask("review", "get", url("review", attempt.key))


def spent(visit: Visit) -> float:
    begun = time.process_time()
    visit()
    return time.process_time() - begun


@pytest.fixture
def quizzes(db) -> tuple[LessonPage, Planted, Planted]:
    call_command("load_curriculum", verbosity=0)
    homes = bootstrap()
    catalogue = {language: CataloguePage.objects.child_of(home).get() for language, home in homes.items()}
    tree = Tree(home=homes, catalogue=catalogue, **plant_course(catalogue, slug="bench"))
    lesson = LessonPage.objects.filter(locale__language_code="fr", url_path__contains="/moderation/").first()
    one, many = (quiz_file(name, copies=2, layout=name.replace("-", "_")) for name in ("one-page", "one-per-page"))
    for data in (one, many):
        data["questions"] = [q for q in data["questions"] if q["type"] != "description"][:QUESTIONS]
    return lesson, plant_quiz(tree, one), plant_quiz(tree, many)


@override_settings(ROOT_URLCONF="tests.benchmarks.bare_urls", TEMPLATES=TEMPLATES)
def test_a_quiz_of_twenty_questions_from_start_to_review(quizzes):
    lesson, one, many = quizzes
    reader = Candidate(one)
    bare: Visit = lambda: reader.client.get(f"/bare/{lesson.pk}/")  # noqa: E731
    for visit in (bare, Candidate(one).at_once, Candidate(many).one_by_one):
        visit()  # warm: templates compiled, caches filled
    cycles: dict[str, list[float]] = {"one question a page": [], "all on one page": []}
    for _ in range(ROUNDS):
        page = statistics.median(spent(bare) for _ in range(12))
        cycles["one question a page"].append(spent(Candidate(many).one_by_one) / page)
        cycles["all on one page"].append(spent(Candidate(one).at_once) / page)
    by_one, whole = Candidate(many, counting=True), Candidate(one, counting=True)
    by_one.one_by_one()
    whole.at_once()
    report(cycles, {"one question a page": by_one.requests, "all on one page": whole.requests})
    assert len(by_one.requests) <= MOST_REQUESTS
    assert len({queries for what, queries in by_one.requests if what == "answer"}) == 1
    assert Answer.objects.filter(attempt__user=by_one.learner).count() == QUESTIONS


def report(cycles: dict[str, list[float]], requests: dict[str, list[tuple[str, int]]]) -> None:
    print(f"\n{connection.vendor}, {QUESTIONS} questions, {ROUNDS} rounds; ratios to one bare Wagtail page")
    print(f"{'':22}{'ratio':>8}{'range':>14}{'requests':>10}  queries")
    for name, ratios in cycles.items():
        kinds = dict(requests[name])
        told = ", ".join(f"{what} {queries}" for what, queries in kinds.items())
        spread = f"{min(ratios):.1f}-{max(ratios):.1f}"
        print(f"{name:22}{statistics.median(ratios):8.1f}{spread:>14}{len(requests[name]):>10}  {told}")


def begun(planted: Planted, user, seed: int) -> Attempt:
    return services.start_attempt(
        user=user,
        quiz=planted.quiz,
        course_key=planted.tree.course_key,
        activity_key=planted.key,
        seed=seed,
        now=timezone.now(),
    )


def graded(planted: Planted, user, seed: int) -> tuple[float, int]:
    """Take an attempt of the quiz with every answer given; return the seconds and the queries that grading took."""
    attempt = begun(planted, user, seed)
    sitting = sitting_of(attempt)
    fields = sort_fields(perfect_fields(sitting).items())
    services.save_answers(sitting=sitting, posted=fields, sequence=1, now=timezone.now())
    begin = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        services.submit_attempt(sitting=sitting_of(attempt), now=timezone.now())
    return time.process_time() - begin, len(captured)


def test_grading_sixty_questions_whatever_came_before(db):
    data = quiz_file("long", copies=5)
    data["questions"] = data["questions"][:60]
    planted, learner = plant_quiz(plant_tree(), data), UserFactory()
    graded(planted, learner, 0)
    first = [graded(planted, learner, seed) for seed in range(ROUNDS)]
    form = Attempt.objects.latest("pk").form
    now = timezone.now()
    Attempt.objects.bulk_create(
        Attempt(user=learner, course_key=planted.tree.course_key, activity_key=planted.key, quiz=planted.quiz, number=n + 100,
                seed=n, form=form, state="submitted", started_at=now, submitted_at=now, fraction=0, passed=False)
        for n in range(EARLIER)
    )  # fmt: skip
    later = [graded(planted, learner, seed) for seed in range(ROUNDS)]
    start = statistics.median(spent(lambda: begun(planted, UserFactory(), 7)) for _ in range(ROUNDS))
    for name, runs in (("first attempts", first), (f"after {EARLIER} attempts", later)):
        print(
            f"\ngrading 60 questions, {name:20}{1000 * statistics.median(s for s, _ in runs):8.1f} ms, {runs[-1][1]} queries"
        )
    print(f"starting an attempt of 60 questions{1000 * start:14.1f} ms")
    assert len({queries for _, queries in (*first, *later)}) == 1
