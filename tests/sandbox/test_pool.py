"""An exam draws, from its pool, a scenario the learner has never met; none is given twice."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from sandbox import services
from sandbox.engine.constants import EXAM_ITEMS
from sandbox.loading import load_scenario
from sandbox.models import Scenario, ScenarioPage, Shift
from sandbox.pool import next_of, scenario_for
from tests.factories import UserFactory, instructor
from tests.sandbox.samples import example

pytestmark = pytest.mark.django_db
NAMES = [f"shift-{n}" for n in range(6)]


@pytest.mark.parametrize("person", range(20))
def test_whoever_sits_it_meets_each_scenario_once_and_then_none(person):
    met = []
    while (name := next_of(NAMES, met, person=person, activity="a")) is not None:
        met.append(name)
    assert sorted(met) == NAMES


def test_people_do_not_all_meet_them_in_the_same_order():
    firsts = {next_of(NAMES, (), person=person, activity="a") for person in range(60)}
    assert firsts == set(NAMES)


def test_the_order_of_the_list_changes_nothing():
    assert next_of(NAMES, (), person=3, activity="a") == next_of(NAMES[::-1], (), person=3, activity="a")


def long_enough(identifier):
    """Load a scenario with as many comments as an exam needs."""
    data = example() | {"scenario": identifier}
    filler = {"persona": data["personas"][0]["id"], "minute": 1, "text": {"fr": "Oui", "en": "Yes"}, "key": {"keep": 1}}
    data["comments"] += [filler | {"id": f"x{n}", "rationale": {"fr": "Non.", "en": "No."}} for n in range(EXAM_ITEMS)]
    load_scenario(data, force=True)
    return Scenario.objects.get(identifier=identifier)


@pytest.fixture
def exam(page):
    """The scenario's page as an exam, with a second scenario in its pool."""
    second = long_enough("second")
    long_enough(page.scenario.identifier)
    for twin in ScenarioPage.objects.filter(translation_key=page.translation_key):
        twin.mode, twin.pool = "exam", [("scenario", second)]
        twin.save()
    return ScenarioPage.objects.get(pk=page.pk)


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


def sit(client, page):
    return client.post(reverse("sandbox:start", args=[page.translation_key]))


def finish(shift):
    services.finish_shift(shift=shift, now=timezone.now())


def played(user):
    return list(Shift.objects.filter(user=user).order_by("pk").values_list("version__scenario__identifier", flat=True))


def test_the_page_announces_the_scenario_that_begins(mine, exam, enrolled):
    announced = scenario_for(exam, enrolled)
    html = mine.get(exam.url).content.decode()
    assert announced.brand_handle in html
    assert "ne vous est donné qu’une fois" in html
    sit(mine, exam)
    assert played(enrolled) == [announced.identifier]


def test_each_scenario_is_sat_once_and_then_the_page_says_so(mine, exam, enrolled):
    for _ in range(3):
        sit(mine, exam)
        for shift in Shift.objects.running():
            finish(shift)
    assert sorted(played(enrolled)) == sorted(s.identifier for s in exam.scenarios())
    html = mine.get(exam.url).content.decode()
    assert "aucun n’est donné deux fois" in html
    assert 'action="' + reverse("sandbox:start", args=[exam.translation_key]) not in html


def test_a_scenario_met_in_practice_elsewhere_is_not_given(mine, exam, enrolled, tree):
    first = scenario_for(exam, enrolled)
    shift = services.start_shift(
        user=enrolled, scenario=first, course_key=tree.course_key, activity_key=tree.course_key, mode="practice",
        seed=1, now=timezone.now(),
    )  # fmt: skip
    services.stop_shift(shift=shift, now=timezone.now())
    assert scenario_for(exam, enrolled) not in (None, first)


def test_a_second_click_goes_back_to_the_desk_and_draws_nothing(mine, exam, enrolled):
    first = sit(mine, exam)
    assert sit(mine, exam).url == first.url
    assert len(played(enrolled)) == 1


def test_while_one_sits_the_page_shows_the_scenario_one_sits(mine, exam, enrolled):
    sit(mine, exam)
    shift = Shift.objects.get()
    Scenario.objects.exclude(versions=shift.version).update(brand_name="Autre Maison")
    html = mine.get(exam.url).content.decode()
    assert reverse("sandbox:desk", args=[shift.key]) in html
    assert "Autre Maison" not in html


def test_what_one_has_met_is_nobody_elses(mine, exam):
    sit(mine, exam)
    assert scenario_for(exam, UserFactory()) is not None


def test_an_author_may_try_it_again(exam):
    author = instructor()
    for scenario in exam.scenarios():
        shift = services.start_shift(
            user=author, scenario=scenario, course_key=exam.translation_key, activity_key=exam.translation_key,
            mode="exam", seed=1, now=timezone.now(),
        )  # fmt: skip
        finish(shift)
    assert scenario_for(exam, author) == exam.scenario


def test_the_page_asks_no_more_for_a_larger_pool(mine, exam, django_assert_max_num_queries):
    exam.pool = [("scenario", long_enough(f"further-{number}")) for number in range(8)]
    exam.save()
    mine.get(exam.url)
    with django_assert_max_num_queries(14):
        mine.get(exam.url)


def test_only_an_exam_has_a_pool(page, scenario):
    page.pool = [("scenario", scenario)]
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "pool" in refusal.value.message_dict


def test_a_pool_holds_scenarios_long_enough_for_an_exam(exam):
    exam.full_clean()
    load_scenario(example() | {"scenario": "short"})
    exam.pool = [("scenario", Scenario.objects.get(identifier="short"))]
    with pytest.raises(ValidationError) as refusal:
        exam.full_clean()
    assert "pool" in refusal.value.message_dict


def test_a_copied_module_has_a_pool_of_its_own(exam):
    copy = exam.copied_attributes({})
    assert copy["scenario"] not in exam.scenarios()
    assert [scenario.identifier for _, scenario in copy["pool"]] == ["second-copy-1"]
