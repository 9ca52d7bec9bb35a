"""The usage report: right sums, few people kept back, the same number of queries whatever the numbers."""

import datetime as dt
import re
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from courses.authoring.usage import FEWEST, figures_of, median
from courses.models import ActivityRecord, CheckAnswer, Enrolment
from tests.factories import UserFactory, instructor, plain_learner, training_manager

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def people(tree):
    def make(number, lesson=0, *, done=0, minutes=12, place="", begun_at=NOW - dt.timedelta(days=30), right=0):
        """`number` learners begin a lesson, `done` of them finish it, `right` of them answer its check rightly at once."""
        key = tree.lessons["fr"][lesson].translation_key
        for n in range(number):
            user = UserFactory()
            Enrolment.objects.create(user=user, course_key=tree.course_key, enrolled_at=begun_at, last_seen_at=begun_at)
            finished = n < done
            ActivityRecord.objects.create(
                user=user, course_key=tree.course_key, activity_key=key, begun_at=begun_at, updated_at=begun_at, place=place,
                state="done" if finished else "begun",
                completed_at=begun_at + dt.timedelta(minutes=minutes + n) if finished else None,
            )  # fmt: skip
            CheckAnswer.objects.create(
                user=user, activity_key=key, check_key="k1", correct=True, tries=1 if n < right else 2, answered_at=NOW
            )
        return key

    return make


def of(tree, key):
    return figures_of(tree.course_key, [key], now=NOW)[key]


def test_the_sums_of_a_lesson(tree, people):
    figures = of(tree, people(10, done=6, minutes=12, right=7))
    assert (figures.began, figures.done, figures.gave_up) == (10, 6, 4)
    assert (figures.completion, figures.stopped, figures.error_rate) == (60, 40, 30)
    assert figures.median_minutes == 14  # 12 to 17


def test_who_opened_it_lately_has_not_given_up(tree, people):
    figures = of(tree, people(6, begun_at=NOW - dt.timedelta(days=3)))
    assert figures.gave_up == 0


def test_a_night_between_beginning_and_end_is_no_reading_time(tree, people):
    figures = of(tree, people(6, done=6, minutes=60 * 9))
    assert figures.median_minutes is None


@pytest.mark.parametrize("number", [1, FEWEST - 1])
def test_figures_about_few_people_are_kept_back(tree, people, number):
    figures = of(tree, people(number, done=number, right=0))
    assert figures.few
    assert (figures.completion, figures.stopped, figures.median_minutes, figures.error_rate) == (None,) * 4


def test_few_people_in_many_lessons_are_still_few_people(client, tree, people):
    first = people(FEWEST - 1, done=FEWEST - 1, right=1)
    other = tree.lessons["fr"][1].translation_key
    for record in ActivityRecord.objects.filter(activity_key=first):
        record.pk, record.activity_key = None, other
        record.save()
    client.force_login(instructor())
    html = client.get(reverse("usage_course", args=[tree.course_key])).content.decode()
    module, *lessons = cells_of(html)
    assert [row[1] for row in lessons] == [f"&lt; {FEWEST}"] * 2
    assert not any("%" in cell for row in (module, *lessons) for cell in row)
    assert "@example.org" not in html.split("<main")[1]


def cells_of(html):
    """Return the cells of each row of the table of figures, without the headings: a key in an address is no figure."""
    rows = re.findall(r"<tr\b[^>]*>(.*?)</tr>", html.split("<tbody>")[-1], re.DOTALL)
    return [[cell.strip() for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)] for row in rows]


@pytest.mark.parametrize(
    ("histogram", "middle"), [({}, None), ({3: 1}, 3), ({1: 1, 9: 1}, 1), ({1: 1, 5: 1, 9: 1}, 5), ({2: 10, 60: 3}, 2)]
)
def test_the_median_of_a_histogram(histogram, middle):
    assert median(histogram) == middle


def test_the_page_of_a_course_shows_its_figures_and_no_name(client, tree, people):
    people(8, done=4, right=6)
    client.force_login(instructor())
    html = client.get(reverse("usage_course", args=[tree.course_key])).content.decode()
    assert "50%" in html
    assert "25%" in html
    assert "@example.org" not in html.split("<main")[1]


def test_a_lesson_shows_where_its_readers_stop(client, tree, people):
    key = people(6, place="part-2")
    client.force_login(instructor())
    html = client.get(reverse("usage_lesson", args=[tree.course_key, key])).content.decode()
    assert "2 · Knowledge check" in html
    assert ">Does the charter forbid it?<" in html
    assert (
        "Fewer than 5"
        in client.get(reverse("usage_lesson", args=[tree.course_key, people(2, lesson=1)])).content.decode()
    )


@pytest.mark.parametrize("file", ["csv", "xlsx"])
def test_the_figures_are_taken_away_and_few_people_stay_kept_back(client, tree, people, file):
    people(8, done=4)
    people(2, lesson=1, done=2)
    client.force_login(instructor())
    response = client.get(reverse("usage_course", args=[tree.course_key]), {"export": file})
    content = b"".join(response.streaming_content)
    if file == "csv":
        rows = [line.split(",") for line in content.decode().splitlines()]
    else:
        rows = [
            ["" if c is None else str(c) for c in row] for row in openpyxl.load_workbook(BytesIO(content)).active.values
        ]
    lines = {row[0]: row[1:] for row in rows}
    assert lines["Lesson 1 en"][:4] == ["Lesson", "5", "8", "50"]
    assert lines["Lesson 2 en"][:4] == ["Lesson", "5", "", ""]


@pytest.mark.parametrize(("make", "status"), [(instructor, 200), (training_manager, 200), (plain_learner, 302)])
def test_those_who_write_courses_or_follow_learners_see_it(client, tree, people, make, status):
    key = people(1)
    client.force_login(make())
    for url in (
        reverse("usage_courses"),
        reverse("usage_course", args=[tree.course_key]),
        reverse("usage_lesson", args=[tree.course_key, key]),
    ):
        assert client.get(url).status_code == status


def test_an_unknown_course_or_lesson_is_not_found(client, tree):
    client.force_login(instructor())
    nowhere = "8f14e45f-ceea-467f-a0e6-000000000002"
    assert client.get(reverse("usage_course", args=[nowhere]), follow=True).status_code == 404
    assert client.get(reverse("usage_lesson", args=[tree.course_key, nowhere]), follow=True).status_code == 404


def test_the_report_costs_the_same_with_more_learners(client, tree, people, django_assert_max_num_queries):
    client.force_login(instructor())
    url = reverse("usage_course", args=[tree.course_key])
    client.get(url)
    people(2)
    with django_assert_max_num_queries(30) as few:
        client.get(url)
    people(20, done=10)
    with django_assert_max_num_queries(30) as many:
        client.get(url)
    assert len(many) == len(few)
    assert timezone.now() > NOW
