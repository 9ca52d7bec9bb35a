"""A stretch of shift at the desk: by keyboard alone, and through a lost network."""

from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.loading import key_of
from courses.services import enrol
from sandbox import clock_services, playing, services
from sandbox.engine.players import act_on
from sandbox.models import Act, ScenarioPage
from tests.browser.playing import latest_shift

pytestmark = pytest.mark.browser


@pytest.fixture
def on_duty(visitor, new_learner):
    """Open the desk of a practice shift, paused once its first comments are there: `on_duty("desktop")`."""

    def open_desk(width):
        user = new_learner(language="fr")
        enrol(user=user, course_key=key_of("moderation"), now=timezone.now())
        page = ScenarioPage.objects.filter(locale__language_code="fr", url_path__contains="/moderation/").first()
        shift = services.start_shift(
            user=user,
            scenario=page.scenario,
            course_key=key_of("moderation"),
            activity_key=page.translation_key,
            mode="practice",
            seed=page.scenario.seed,
            now=timezone.now(),
        )
        for _ in range(6):
            clock_services.move_on(shift=shift, seen=1000, now=timezone.now())
        clock_services.set_clock(shift=shift, paused=True, now=timezone.now())
        person = visitor("fr", width)
        person.log_in(user.email)
        person.go(f"/fr/sandbox/{shift.key}/")
        person.page.wait_for_selector("#bench [name=comment]", state="attached")
        person.shift = shift
        return person

    return open_desk


def at_hand(page):
    return page.locator("#bench [name=comment]").first.get_attribute("value")


def acts(person):
    return list(Act.objects.filter(shift__key=person.shift.key).order_by("sequence"))


def press_and_wait(page, key):
    with page.expect_response("**/act/"):
        page.keyboard.press(key)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_stretch_of_shift_by_keyboard_alone(on_duty, width):
    person = on_duty(width)
    page = person.page
    person.look("20-desk")
    page.locator("button[name=wish][value=mask]").click()
    page.wait_for_load_state("networkidle")
    person.look("20-desk-masked")
    first = at_hand(page)
    page.keyboard.press("o")
    expect(page.locator("#bench [data-masked]")).to_have_attribute("open", "")
    press_and_wait(page, "a")
    expect(page.locator(f"#handled #q-{first}")).to_be_attached()
    page.keyboard.press("j")
    expect(page.locator("#bench [name=comment]").first).not_to_have_value(first)
    second = at_hand(page)
    page.keyboard.press("h")
    expect(page.locator("#bench-reason")).to_be_focused()
    page.locator("#bench-reason").select_option("insult")
    press_and_wait(page, "Enter")
    expect(page.locator(f"#handled #q-{second}")).to_be_attached()
    press_and_wait(page, "u")
    expect(page.locator(f"#queue #q-{second}")).to_be_attached()
    person.look("21-desk-after-acts")
    assert [(a.action, a.comment) for a in acts(person)][:2] == [("keep", first), ("hide", second)]
    assert acts(person)[2].action == "undo"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_an_act_made_without_network_is_sent_later_and_counts_once(on_duty, width):
    person = on_duty(width)
    page, context = person.page, person.page.context
    first = at_hand(page)
    context.set_offline(True)
    page.keyboard.press("a")
    expect(page.locator("[data-lost-line]")).to_be_visible()
    assert acts(person) == []
    context.set_offline(False)
    expect(page.locator(f"#handled #q-{first}")).to_be_attached(timeout=20000)
    expect(page.locator("[data-lost-line]")).to_be_hidden()
    assert [(a.action, a.comment) for a in acts(person)] == [("keep", first)]
    forget_network_errors(person)


def test_an_act_made_without_network_survives_closing_the_page(on_duty):
    person = on_duty("desktop")
    page, context = person.page, person.page.context
    first = at_hand(page)
    context.set_offline(True)
    page.keyboard.press("a")
    expect(page.locator("[data-lost-line]")).to_be_visible()
    page.close()
    context.set_offline(False)
    again = context.new_page()
    for _ in range(2):
        again.goto(f"{person.address}/fr/sandbox/{person.shift.key}/")
        expect(again.locator(f"#handled #q-{first}")).to_be_attached(timeout=20000)
    assert [(a.action, a.comment) for a in acts(person)] == [("keep", first)]
    assert again.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('desk:')).length") == 0
    assert latest_shift(person.shift.user).revision == 1
    forget_network_errors(person)


def forget_network_errors(person):
    """The browser itself complains about each request that met no network; nothing else is forgiven."""
    person.complaints[:] = [c for c in person.complaints if "ERR_INTERNET_DISCONNECTED" not in c]


def test_several_comments_at_once_with_the_keyboard(on_duty):
    person = on_duty("desktop")
    page = person.page
    boxes = page.locator("#queue input[type=checkbox]")
    chosen = [boxes.nth(n).get_attribute("value") for n in range(2)]
    page.keyboard.press("v")
    boxes.nth(1).focus()
    page.keyboard.press("Space")
    page.locator("#bulk summary").click()
    with page.expect_response("**/bulk/"):
        page.locator("#bulk button[value=keep]").press("Enter")
    for identifier in chosen:
        expect(page.locator(f"#handled #q-{identifier}")).to_be_attached()
    assert {(a.action, a.comment) for a in acts(person)} == {("keep", c) for c in chosen}


@pytest.fixture
def contested(on_duty):
    """The desk once an author contests what was removed: `contested("desktop")`."""

    def open_desk(width):
        person = on_duty(width)
        shift = person.shift
        shift.refresh_from_db()
        scenario = playing.scenario_of(shift)
        about = scenario.appeals["a1"]
        fields = act_fields(scenario, about.comment)
        shift.clock_minute = scenario.find[about.comment].minute + 1
        shift.save(update_fields=["clock_minute"])
        services.record_act(shift=shift, form_key=uuid4(), fields=fields, now=timezone.now())
        shift.refresh_from_db()
        shift.clock_minute += about.after + 1
        shift.save(update_fields=["clock_minute"])
        person.page.reload()
        return person

    return open_desk


def act_fields(scenario, comment):
    found = act_on(scenario.find[comment], "remove", 0.0, charter=scenario.charter)
    return {"action": "remove", "comment": comment, "reason": found.reason, "ground": found.ground, "text": found.text}


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_an_appeal_is_taken_up_and_decided_by_keyboard(contested, width):
    person = contested(width)
    page = person.page
    page.locator("#appeals [data-select]").first.click()
    expect(page.locator("#bench[data-hand='appeal:a1']")).to_be_visible()
    person.look(f"appeal-{width}")
    page.keyboard.press("m")
    expect(page.locator("#bench-text")).to_be_focused()
    page.keyboard.type("Relu : la phrase vise une personne, la règle 2 s’applique.")
    press_and_wait(page, "Control+Enter")
    expect(page.locator("#appeals [data-select]")).to_have_count(0)
    assert acts(person)[-1].action == "uphold"
