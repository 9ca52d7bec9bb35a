"""An attempt in a real browser: the server dies in the middle, a keyboard is all there is, a second window opens."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from socket import SHUT_RDWR
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, get_internal_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler
from django.utils import timezone
from playwright.sync_api import expect

from courses.loading import key_of
from courses.services import enrol
from quizzes.loading import load_quiz
from quizzes.models import Answer, Attempt, Mistake, Quiz, QuizPage
from quizzes.versions import freeze
from tests.factories import add_child
from tests.quizzes.building import quiz_file
from tests.quizzes.samples import sample, t

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


class Server:
    """The academy at an address of its own, which can go away for a moment and come back to the same one."""

    def __init__(self) -> None:
        self.port = 0
        self.come_back()
        self.url = f"http://127.0.0.1:{self.port}"

    def come_back(self) -> None:
        self.http = ThreadedWSGIServer(("127.0.0.1", self.port), QuietWSGIRequestHandler, allow_reuse_address=True)
        self.http.set_app(StaticFilesHandler(get_internal_wsgi_application()))
        self.port, self.sockets, accept = self.http.server_port, [], self.http.get_request

        def remember() -> Any:
            self.sockets.append((found := accept())[0])
            return found

        self.http.get_request = remember
        Thread(target=self.http.serve_forever, daemon=True).start()

    def die(self) -> None:
        """Go away, with every connection: a server that is merely closed to newcomers goes on answering old ones."""
        self.http.shutdown()
        for connection in self.sockets:
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)
        self.http.server_close()


@pytest.fixture
def server(academy: str) -> Iterator[Server]:
    server = Server()
    yield server
    server.die()


def plant(identifier: str, **changes: Any) -> dict[str, QuizPage]:
    """Put a short quiz beside the one of the moderation course."""
    questions = [
        {"id": f"{identifier}-q{n}", "hints": [t("Read the charter.")], **sample(kind)}
        for n, kind in enumerate(("single_choice", "true_false", "multiple_response"))
    ]
    quiz = load_quiz(quiz_file(identifier, questions=questions, **changes)).quiz
    key, pages = uuid4(), {}
    for language in ("fr", "en"):
        beside = QuizPage.objects.filter(locale__language_code=language, url_path__contains="/moderation/").first()
        fields = {"quiz": quiz, "minutes": 5}
        pages[language] = add_child(beside.get_parent(), QuizPage, f"Quiz {language}", identifier, key, **fields)
    return pages


@pytest.fixture
def candidate(server, visitor, new_learner):
    """Sign a learner in at the server that may die: `candidate("en", quiz pages)` returns them at the quiz's page."""
    people = []

    def arrive(language: str, pages: dict[str, QuizPage]):
        learner = new_learner(language=language)
        enrol(user=learner, course_key=key_of("moderation"), now=timezone.now())
        person = visitor(language, "phone")
        person.page.set_viewport_size(NARROW)
        person.address, person.learner, person.name = server.url, learner, f"quiz-{language}"
        person.log_in(learner.email)
        person.go(pages[language].get_url())
        people.append(person)
        return person

    yield arrive
    for person in people:  # a server that is away makes the browser complain: that is what these tests are about
        person.complaints[:] = [c for c in person.complaints if not re.search("ERR_CONNECTION|409|401", c)]


def begin(person: Any) -> Attempt:
    person.page.locator("form[action*='/quiz/start/']").get_by_role("button").first.click()
    person.page.wait_for_selector("form.paper")
    return Attempt.objects.filter(user=person.learner).latest("pk")


def says(person: Any, state: str) -> None:
    person.page.wait_for_selector(f"[data-save-state][data-save-now={state}]")


def shows(person: Any, answers: int) -> None:
    expect(person.page.locator("form.paper input:checked")).to_have_count(answers)


def test_the_server_dies_in_the_middle_and_no_answer_is_lost(server, candidate):
    person = candidate("fr", plant("dead-server"))
    page = person.page
    person.look("cover")
    attempt = begin(person)
    person.look("paper")
    page.locator("input[name=q1]").first.check()
    says(person, "saved")
    server.die()
    for field in page.locator("input[name^='q2-'][value=true]").all():
        field.check()
    page.locator("input[type=checkbox][name=q3]").first.check()
    says(person, "kept")
    assert Answer.objects.filter(attempt=attempt).count() == 1
    server.come_back()
    page.reload()
    shows(person, 1 + 3 + 1)
    says(person, "saved")
    page.reload()
    shows(person, 1 + 3 + 1)
    assert Answer.objects.filter(attempt=attempt).count() == 3
    page.locator("button[name=go][value=submit]").last.click()
    page.wait_for_url("**/review/")
    person.look("review")


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_a_whole_attempt_by_keyboard_then_the_mistakes(candidate):
    person = candidate("en", plant("by-keyboard", layout="one_per_page"))
    page = person.page
    tab_to(page, "form[action*='/quiz/start/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.paper")
    tab_to(page, "input[name=q1]")
    page.keyboard.press("Space")
    says(person, "saved")
    tab_to(page, ".paper__end button[value='2']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2/")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    for row in range(3):
        tab_to(page, "input[type=radio]:not(:checked)")
        page.keyboard.press("Space")
        shows(person, row + 1)
    person.look("one-per-page")
    page.go_back()
    page.wait_for_url(lambda url: not url.endswith("/2/"))
    shows(person, 1)
    page.go_forward()
    shows(person, 3)
    tab_to(page, ".paper__end button[value='3']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/3/")
    tab_to(page, ".paper__end button[value=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/finish/")
    person.look("finish")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    mistakes(person)


def mistakes(person: Any) -> None:
    """What was missed is due: one question is met again."""
    page = person.page
    Mistake.objects.filter(user=person.learner).update(due_at=timezone.now())
    person.go("/{lang}/dashboard/")
    page.get_by_role("link", name="My mistakes").click()
    person.look("mistakes")
    tab_to(page, "a[href$='/practise/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practise/")
    person.look("practise")
    tab_to(page, "main form .buttons button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".correction")
    person.look("practised")


def test_a_second_window_takes_over_and_the_first_goes_on_when_asked(candidate):
    person = candidate("en", plant("two-windows", feedback="each"))
    page = person.page
    attempt = begin(person)
    other = page.context.new_page()
    other.goto(page.url)
    page.locator("input[name=q1]").first.check()
    says(person, "elsewhere")
    person.look("elsewhere")
    assert not Answer.objects.filter(attempt=attempt).exists()
    page.get_by_role("button", name="Go on here").click()
    says(person, "saved")
    shows(person, 1)
    page.get_by_role("button", name="A hint").first.click()
    page.wait_for_selector(".teach__hints")
    page.get_by_role("button", name="Check my answer").first.click()
    page.wait_for_selector(".correction")
    person.look("teaching")
    assert Answer.objects.get(attempt=attempt, slot=1).hints == 1


def test_a_page_that_cannot_turn_says_so_and_a_question_left_stays_closed(server, candidate):
    pages = plant("closed-behind", layout="one_per_page", lock_points="question", feedback="never")
    Quiz.objects.filter(identifier="closed-behind").update(password_hash=make_password("Tilleul"))
    person = candidate("en", pages)
    page = person.page
    person.look("cover-with-password")
    page.get_by_label("Password of this exam").fill("Tilleul")
    begin(person)
    person.look("lock-point")
    page.locator("input[name=q1]").first.check()
    says(person, "saved")
    server.die()
    page.locator(".paper__end button[value='2']").click()
    says(person, "stuck")
    shows(person, 1)
    page.locator("input[name=q1]").nth(1).check()
    chosen = page.locator("input[name=q1]:checked").get_attribute("value")
    says(person, "kept")
    server.come_back()
    page.locator(".paper__end button[value='2']").click()
    page.wait_for_url("**/2/")
    expect(page.locator(".map__shut")).to_have_count(2)
    person.look("question-left")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2 of 3")
    person.look("no-way-back")
    assert Answer.objects.get(attempt__user=person.learner, slot=1).raw == {"": [chosen]}


def test_submitted_while_the_server_is_away_nothing_is_lost_and_it_leaves_when_back(server, candidate):
    person = candidate("fr", plant("submitted-offline"))
    page = person.page
    attempt = begin(person)
    for question in page.locator("[data-slot]").all():
        for row in question.locator("input[type=radio][value=true], input[type=checkbox]").all() or [None]:
            (row or question.locator("input[type=radio]").first).check()
    says(person, "saved")
    server.die()
    page.locator("button[name=go][value=submit]").last.click()
    says(person, "unsent")
    person.look("unsent")
    assert Attempt.objects.get(pk=attempt.pk).is_open
    server.come_back()
    page.wait_for_url("**/review/")
    assert Attempt.objects.get(pk=attempt.pk).closing == "learner"


def test_the_last_page_waits_for_the_server_too(server, candidate):
    person = candidate("en", plant("finished-offline"))
    page = person.page
    begin(person)
    page.locator("button[name=go][value=submit]").last.click()
    page.wait_for_url("**/finish/")
    server.die()
    page.locator("form[data-patient] button").click()
    expect(page.locator("[data-unsent]")).to_contain_text("as soon as the network is back")
    person.look("finish-unsent")
    server.come_back()
    page.wait_for_url("**/review/")


@pytest.mark.parametrize("layout", ["one_per_page", "one_page"])
def test_a_section_s_time_runs_out_and_the_next_one_comes(server, candidate, layout):
    sections = [{"title": t("The law"), "time_limit": 1}, {"title": t("The tone"), "time_limit": 1}]
    name = f"timed-{layout}".replace("_", "-")
    pages = plant(name, layout=layout, lock_points="section", sections=sections)
    Quiz.objects.get(identifier=name).slots.filter(sort_order=2).update(section=2)
    freeze(Quiz.objects.get(identifier=name))
    person = candidate("fr", pages)
    page = person.page
    person.look(f"cover-timed-{layout}")
    attempt = begin(person)
    person.look(f"section-{layout}")
    page.locator("input[name=q1]").first.check()
    says(person, "saved")
    hurry(attempt, "s0")
    page.reload()
    expect(page.locator("[data-slot='3']")).to_be_visible(timeout=15_000)
    expect(page.locator("[data-kind=attempt]")).to_be_visible()
    assert Answer.objects.get(attempt=attempt).slot == 1
    assert Attempt.objects.get(pk=attempt.pk).first_open == 3
    person.look(f"next-section-{layout}")


def hurry(attempt: Any, place: str, seconds: int = 4) -> None:
    """Let a clock run out a few seconds from now."""
    attempt.refresh_from_db()
    begun, _end = attempt.clocks[place]
    attempt.clocks[place] = [begun, (timezone.now() + timedelta(seconds=seconds)).isoformat()]
    attempt.save(update_fields=["clocks"])


def test_each_question_s_time_turns_the_page_even_after_the_server_was_away(server, candidate):
    pages = plant("quick", layout="one_per_page", lock_points="question", question_seconds=600)
    person = candidate("en", pages)
    page = person.page
    attempt = begin(person)
    hurry(attempt, "q1")
    page.reload()
    page.wait_for_url("**/2/")
    expect(page.locator("[data-kind=question]")).to_contain_text("This question: 9:5")
    hurry(attempt, "q2", 3)
    page.reload()
    server.die()
    says(person, "unsent")
    server.come_back()
    page.wait_for_url("**/3/")
    expect(page.locator(".map__shut")).to_have_count(2)
    person.look("last-question")


def test_signed_out_in_the_middle_the_answers_wait_and_leave_after_signing_in_again(candidate):
    person = candidate("fr", plant("signed-out"))
    page = person.page
    attempt = begin(person)
    session = next(c for c in page.context.cookies() if "session" in c["name"])
    page.context.clear_cookies(name=session["name"])
    page.locator("input[name=q1]").first.check()
    says(person, "login")
    assert not Answer.objects.filter(attempt=attempt).exists()
    page.context.add_cookies([session])  # signed in again, in another tab
    page.locator("input[type=checkbox][name=q3]").first.check()
    says(person, "saved")
    assert {answer.slot for answer in Answer.objects.filter(attempt=attempt)} == {1, 3}


def test_an_answer_given_before_the_script_came_is_saved_too(candidate):
    person = candidate("en", plant("early-bird"))
    page = person.page
    held = []

    def hold(route):
        held.append(route)

    page.route("**/attempt*.js", hold)
    page.locator("form[action*='/quiz/start/']").get_by_role("button").first.click(no_wait_after=True)
    page.wait_for_selector("form.paper")
    page.locator("input[name=q1]").nth(1).check()
    held[0].continue_()
    says(person, "saved")
    assert Answer.objects.get(attempt__user=person.learner).slot == 1
