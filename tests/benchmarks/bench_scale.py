"""What a hundred thousand learners with five million progress rows cost: a learner's pages against the same with a hundred.

Needs PostgreSQL, some minutes and about 3 GB of disk, given back at the end: the rows lie in the scratch database of the tests.

    DATABASE_URL=postgres://... BENCH_SCALE=1 .venv/bin/python -m pytest tests/benchmarks/bench_scale.py -s -q \\
        --override-ini="addopts=-p no:playwright" --override-ini="python_files=bench_*.py"

Ratios are printed: medians of rounds that go from a copy of the small database to the large one and back. What depends on no
machine is asserted: the numbers of queries, and that no plan reads the whole of a table that grows with the learners.
"""

import os
import statistics
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.loading import key_of
from courses.models import ActivityRecord, CheckAnswer, CoursePage, Enrolment, LessonPage
from courses.outline import branch, build
from tests.factories import UserFactory, instructor

FEW, MANY, PER_LEARNER = 100, int(os.environ.get("BENCH_LEARNERS", "100000")), 50
ROUNDS, VISITS = 7, 9
GROWING = ("courses_activityrecord", "courses_enrolment", "courses_checkanswer", "accounts_user")
NOW = datetime.now(UTC)

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("BENCH_SCALE"), reason="BENCH_SCALE=1 runs it: minutes, and gigabytes for a while"
    ),
    pytest.mark.django_db(transaction=True),
]


def multiply(template, source, **values):
    """Insert a copy of the row `template` for each row of `source` (SQL after FROM), with `values` (SQL) in their columns."""
    table = template._meta.db_table
    columns = [f.column for f in template._meta.concrete_fields if not f.primary_key]
    names = ", ".join(f'"{column}"' for column in columns)
    chosen = ", ".join(values.get(column, f't."{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} t, {source} WHERE t.id = {template.pk}"
        )


def activities():
    """Return (course, activity) for every real activity, and as many of courses that have gone as make fifty in all."""
    pages = CoursePage.objects.filter(locale__language_code="fr")
    real = [(outline.key, item.key) for page in pages for outline in build(branch(page)) for item in outline.items]
    gone = [uuid4() for _ in range(4)]
    return real + [(gone[n % 4], uuid4()) for n in range(PER_LEARNER - len(real))]


def fill(people, keys, first):
    """Add `people` learners with fifty progress rows, four enrolments and the answers of the real lessons each."""
    user = UserFactory()
    multiply(user, f"generate_series(1, {people}) g", email=f"'l{first}-' || g || '@example.org'")
    crowd = f"(SELECT id AS uid FROM accounts_user WHERE email LIKE 'l{first}-%') u"
    pairs = ", ".join(f"('{course}'::uuid, '{key}'::uuid)" for course, key in keys)
    record = ActivityRecord.objects.create(
        user=user, course_key=uuid4(), activity_key=uuid4(), begun_at=NOW, updated_at=NOW
    )
    begun = "now() - (random() * 300) * interval '1 day'"
    drawn = f"(SELECT u.uid, a.*, random() < 0.8 AS done, {begun} AS began FROM {crowd}, (VALUES {pairs}) a (course, key)) x"
    multiply(
        record, drawn, user_id="x.uid", course_key="x.course", activity_key="x.key", begun_at="x.began", updated_at="x.began",
        state="CASE WHEN x.done THEN 'done' ELSE 'begun' END", place="'part-' || (1 + floor(random() * 9))",
        completed_at="CASE WHEN x.done THEN x.began + (4 + random() * 30) * interval '1 minute' END",
    )  # fmt: skip
    enrolment = Enrolment.objects.create(user=user, course_key=uuid4(), enrolled_at=NOW)
    courses = ", ".join(f"('{course}'::uuid)" for course in {course for course, _ in keys})
    multiply(
        enrolment, f"{crowd}, (VALUES {courses}) c (key)", user_id="u.uid", course_key="c.key", last_seen_at="now()"
    )
    checks = [(p.translation_key, b.value["key"]) for p in LessonPage.objects.filter(locale__language_code="fr")
              for b in p.body if b.block_type == "check"]  # fmt: skip
    answer = CheckAnswer.objects.create(user=user, activity_key=uuid4(), check_key="x", correct=True, answered_at=NOW)
    asked = ", ".join(f"('{key}'::uuid, '{check}')" for key, check in checks)
    multiply(
        answer, f"{crowd}, (VALUES {asked}) k (key, name)", user_id="u.uid", activity_key="k.key", check_key="k.name",
        tries="1 + floor(random() * 2)",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def a_learner(keys):
    """One learner with a history of every activity; the same whoever else there is."""
    learner = UserFactory()
    for course in {course for course, _ in keys}:
        Enrolment.objects.create(user=learner, course_key=course, enrolled_at=NOW - timedelta(days=9), last_seen_at=NOW)
    for n, (course, key) in enumerate(keys):
        ActivityRecord.objects.create(
            user=learner,
            course_key=course,
            activity_key=key,
            begun_at=NOW,
            updated_at=NOW,
            state="done" if n % 2 else "begun",
        )
    client = Client()
    client.force_login(learner)
    return client


def copy_of_the_database():
    """Return the name of a copy of the database as it is now, to go back to while the first one grows."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}_few"')
        cursor.execute(f'CREATE DATABASE "{name}_few" TEMPLATE "{name}"')
    return f"{name}_few"


def drop(name):
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


@contextmanager
def inside(name):
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def measure(visits, databases):
    """Return, for each database and visit, the milliseconds of this process's CPU and of its queries in each round.

    Rounds go from one database to the other, so that what else the machine does falls on both.
    """
    rounds = {database: {name: [] for name in visits} for database in databases}
    for _ in range(ROUNDS):
        for database in databases:
            with inside(database):
                for name, visit in visits.items():
                    visit()  # a new connection, cold caches
                    rounds[database][name].append(spent(visit))
    return rounds


def spent(visit):
    """Return the milliseconds of CPU and of the database one visit takes: the median of some."""
    cpu, database = [], []
    for _ in range(VISITS):
        begun = time.process_time()
        with CaptureQueriesContext(connection) as captured:
            assert visit().status_code == 200
        cpu.append(1000 * (time.process_time() - begun))
        database.append(1000 * sum(float(query["time"]) for query in captured))
    return statistics.median(cpu), statistics.median(database)


def queries_of(visit):
    with CaptureQueriesContext(connection) as captured:
        visit()
    return [query["sql"] for query in captured]


def scans(statements):
    """Return the plans that read the whole of a table that grows with the learners."""
    found = []
    for sql in statements:
        if sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + sql.replace("%", "%%"), [])
                plan = "\n".join(row[0] for row in cursor.fetchall())
            found += [plan for table in GROWING if f"Seq Scan on {table} " in plan]
    return found


def timed(visit):
    begun = time.perf_counter()
    assert visit().status_code == 200
    return time.perf_counter() - begun


def test_a_learners_pages_cost_the_same_with_a_thousand_times_the_learners(settings):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone")
    settings.ALLOWED_HOSTS = ["*"]
    call_command("load_curriculum", verbosity=0)
    keys = activities()
    client, author = a_learner(keys), Client()
    author.force_login(instructor())
    course = CoursePage.objects.get(locale__language_code="fr", translation_key=key_of("moderation"))
    lesson = LessonPage.objects.descendant_of(course).first()
    visits = {
        "dashboard": lambda: client.get("/fr/dashboard/"),
        "course and outline": lambda: client.get(course.url),
        "lesson": lambda: client.get(lesson.url),
    }
    reports = {
        "usage of a course": lambda: author.get(reverse("usage_course", args=[course.translation_key])),
        "usage of a lesson": lambda: author.get(
            reverse("usage_lesson", args=[course.translation_key, lesson.translation_key])
        ),
        "usage of all courses": lambda: author.get(reverse("usage_courses")),
    }
    fill(FEW, keys, "few")
    few, many = copy_of_the_database(), connection.settings_dict["NAME"]
    try:
        begun = time.perf_counter()
        fill(MANY, keys, "many")
        filled = time.perf_counter() - begun
        rounds = measure(visits, (few, many))
        with inside(few):
            asked_few = {name: len(queries_of(visit)) for name, visit in visits.items()}
    finally:
        drop(few)
    asked = {name: queries_of(visit) for name, visit in visits.items()}
    rows, learners = ActivityRecord.objects.count(), Enrolment.objects.values("user").distinct().count()
    print(
        f"\n{learners} learners, {rows} progress rows, filled in {filled:.0f} s; milliseconds of CPU and of the database"
    )
    print(f"{'':22}{FEW:>8} learners{MANY:>11} learners   ratio (range)        queries")
    for name in visits:
        ratios = [sum(after) / sum(before) for before, after in zip(rounds[few][name], rounds[many][name], strict=True)]
        (cpu, database), (cpu_many, database_many) = middle(rounds[few][name]), middle(rounds[many][name])
        print(
            f"{name:22}{cpu:8.1f} + {database:4.1f}  {cpu_many:10.1f} + {database_many:4.1f}    "
            f"{statistics.median(ratios):7.2f} ({min(ratios):.2f}-{max(ratios):.2f})  {len(asked[name]):>7}"
        )
    for name, visit in reports.items():
        print(f"{name:24}{timed(visit):17.2f} s, again {timed(visit):.2f} s")
    assert {name: len(statements) for name, statements in asked.items()} == asked_few
    assert not (plans := [plan for statements in asked.values() for plan in scans(statements)]), plans[0]


def middle(pairs):
    return [statistics.median(figures) for figures in zip(*pairs, strict=True)]
