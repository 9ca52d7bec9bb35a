"""A whole short shift: by keyboard alone, through the death of the server, in two tabs."""

import socket
import subprocess
import sys
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from courses.loading import key_of
from courses.models import ModulePage
from courses.services import enrol
from sandbox import services
from sandbox.loading import load_scenario
from sandbox.models import Act, Mark, Scenario, ScenarioPage, Shift
from tests.factories import add_child
from tests.sandbox.samples import example

pytestmark = pytest.mark.browser
REPLY = "Bonjour Léa, je regarde votre commande et je vous écris en message privé avant midi. Lou, Herbier Valmont"


def three_comments():
    """A shift of twelve minutes: a question, a scam and a kind word, there from the start."""
    data = example()
    for name in ("topics", "reactions", "injects", "background", "appeals", "crisis"):
        data.pop(name, None)
    data["comments"] = [c | {"minute": 0.01} for c in data["comments"] if c["id"] in ("c01", "c03", "c04")]
    return data | {"scenario": f"three-{uuid4().hex[:6]}", "duration": 12, "pace": 1}


@pytest.fixture
def scenario_page(academy):
    """The scenario's own page in French, gone afterwards: the course of the others keeps its activities."""
    data = three_comments()
    load_scenario(data)
    scenario = Scenario.objects.get(identifier=data["scenario"])
    module = ModulePage.objects.filter(locale__language_code="fr", url_path__contains="/moderation/").first()
    page = add_child(module, ScenarioPage, "Trois commentaires", data["scenario"], uuid4(), scenario=scenario)
    yield page
    Shift.objects.filter(activity_key=page.translation_key).delete()
    ScenarioPage.objects.get(pk=page.pk).delete()


@pytest.fixture
def on_duty(scenario_page, visitor, new_learner):
    """Log a learner in and begin a shift; the desk is not open yet."""
    user = new_learner(language="fr")
    enrol(user=user, course_key=key_of("moderation"), now=timezone.now())
    person = visitor("fr", "desktop")
    person.log_in(user.email)
    person.user = user
    return person


def begin(person, page):
    person.shift = services.start_shift(
        user=person.user, scenario=page.scenario, course_key=key_of("moderation"),
        activity_key=page.translation_key, mode="practice", seed=7, now=timezone.now(),
    )  # fmt: skip
    return f"/fr/sandbox/{person.shift.key}/"


def acts(person):
    rows = Act.objects.filter(shift__user=person.user).order_by("sequence")
    return [(act.action, act.comment) for act in rows]


def at_hand(page):
    return page.locator("#bench [name=comment]").first.get_attribute("value")


def tab_to(page, selector):
    """Press Tab until what is focused is asked for, as a person without a mouse does."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def press_and_wait(page, key):
    with page.expect_response("**/act/"):
        page.keyboard.press(key)


def enter_and_go(page, selector):
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_whole_shift_by_keyboard_alone(on_duty, scenario_page):
    page = on_duty.page
    on_duty.go(scenario_page.url)
    enter_and_go(page, "form[action*='/sandbox/start/'] button")
    page.wait_for_selector("#bench [name=comment]", state="attached")
    assert at_hand(page) == "c01"
    page.keyboard.press("r")
    expect(page.locator("#bench-text")).to_be_focused()
    page.keyboard.type(REPLY)
    press_and_wait(page, "Control+Enter")
    expect(page.locator("#handled #q-c01")).to_be_attached()
    page.keyboard.press("j")
    expect(page.locator("#bench [name=comment]").first).to_have_value("c03")
    page.keyboard.press("x")
    expect(page.locator("#bench-reason")).to_be_focused()
    while page.locator("#bench-reason").input_value() != "scam_spam":
        page.keyboard.press("ArrowDown")
    press_and_wait(page, "Enter")
    expect(page.locator("#handled #q-c03")).to_be_attached()
    page.keyboard.press("j")
    expect(page.locator("#bench [name=comment]").first).to_have_value("c04")
    press_and_wait(page, "a")
    tab_to(page, "#clock-form .menu summary")
    page.keyboard.press("Enter")
    enter_and_go(page, "[name=wish][value=finish]")
    enter_and_go(page, "main form button")
    enter_and_go(page, ".replies a")
    for _ in range(8):
        tab_to(page, "[type=radio]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
    enter_and_go(page, "main form button")
    expect(page.locator(".marks")).to_be_visible()
    assert acts(on_duty) == [("reply_public", "c01"), ("remove", "c03"), ("keep", "c04")]
    assert set(Mark.objects.get(act__shift__user=on_duty.user).levels.values()) == {2}
    assert Shift.objects.get(user=on_duty.user).state == Shift.State.ENDED
    on_duty.look("22-reply-marked")
    on_duty.go(f"/fr/sandbox/{Shift.objects.get(user=on_duty.user).key}/debrief/")
    on_duty.look("23-debrief-short")


@pytest.fixture
def processes():
    """Two processes of the academy on the same database and port; each serves once `serve` is called on it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.browser.served", str(port), str(connection.settings_dict["NAME"])]
    pair = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    yield f"http://127.0.0.1:{port}", pair
    for process in pair:
        process.kill()
        process.wait()


def serve(process):
    print(file=process.stdin, flush=True)
    assert process.stdout.readline().strip() == "serving"


def test_the_server_is_killed_in_the_middle_and_nothing_is_lost(on_duty, scenario_page, processes):
    page = on_duty.page
    on_duty.address, (first, second) = processes
    address = begin(on_duty, scenario_page)
    serve(first)
    on_duty.go(address)
    page.wait_for_selector("#bench [name=comment]", state="attached")
    press_and_wait(page, "a")
    first.kill()
    first.wait()
    page.keyboard.press("w")
    expect(page.locator("[data-lost-line]")).to_be_visible()
    page.keyboard.press("f")
    assert acts(on_duty) == [("keep", "c01")]
    serve(second)
    expect(page.locator("[data-lost-line]")).to_be_hidden(timeout=15000)
    expect(page.locator(".own-acts li")).to_have_count(3)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert acts(on_duty) == [("keep", "c01"), ("warn", "c01"), ("report_platform", "c01")]
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('desk:')).length") == 0
    on_duty.complaints[:] = [c for c in on_duty.complaints if "net::ERR_" not in c]


def test_two_tabs_see_each_other_and_count_each_act_once(on_duty, scenario_page):
    first, second = on_duty.page, on_duty.page.context.new_page()
    address = begin(on_duty, scenario_page)
    for tab in (first, second):
        tab.goto(on_duty.address + address)
        tab.wait_for_selector("#bench [name=comment]", state="attached")
    press_and_wait(first, "a")
    expect(second.locator("#handled #q-c01")).to_be_attached(timeout=10000)
    with first.expect_response("**/act/"), second.expect_response("**/act/"):
        for tab in (first, second):  # neither waits for the other
            tab.keyboard.press("w")
    for tab in (first, second):
        tab.reload()
        expect(tab.locator("#handled #q-c01")).to_be_attached()
    assert sorted(acts(on_duty)) == [("keep", "c01"), ("warn", "c01"), ("warn", "c01")]
    shift = Shift.objects.get(user=on_duty.user)
    assert shift.revision == 3
    assert list(shift.acts.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3]
