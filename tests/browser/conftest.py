"""A real browser against a real server with the demo content. Run by `make test`; needs the system's Chromium."""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

ARTEFACTS = Path(__file__).parent / "artefacts"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}

PATIENCE = 30_000  # milliseconds: what is true in the end is true, however busy the machine
expect.set_options(timeout=PATIENCE)

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop in the tests' thread


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    if CHROMIUM:
        return
    if os.environ.get("CI"):
        pytest.exit("No Chromium on this machine: in CI the browser tests must run.", returncode=1)
    skip = pytest.mark.skip(reason="no Chromium on this machine: install it to run the browser tests")
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def academy(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The demo, served; the address. One database for the session: each test brings its own people."""
    from django.core.management import call_command
    from django.utils import timezone
    from pytest_django.live_server_helper import LiveServer

    from academy.demo import make_accounts
    from courses.certification.services import ensure_specimen

    with django_db_blocker.unblock():
        call_command("load_curriculum", verbosity=0)
        make_accounts(now=timezone.now())
        ensure_specimen(now=timezone.now())
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@pytest.fixture
def new_learner(academy: str) -> Callable[..., Any]:
    """Make a learner with a verified address: `new_learner(language="en")`. The password is `PASSWORD`."""
    from uuid import uuid4

    from allauth.account.models import EmailAddress
    from django.contrib.auth import get_user_model

    def make(**fields: Any) -> Any:
        email = f"{uuid4().hex[:10]}@example.org"
        user = get_user_model().objects.create_user(email, PASSWORD, display_name="Zoé Lambert", **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user

    return make


PASSWORD = "un-long-mot-de-passe"


class Visitor:
    """A person at a browser: goes places, looks, and complains about what is broken."""

    def __init__(self, page: Any, address: str, language: str, name: str) -> None:
        self.page, self.address, self.language, self.name = page, address, language, name
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    @property
    def narrow(self) -> bool:
        """Whether this person looks through a phone, where the desk shows one view at a time."""
        return bool(self.page.viewport_size["width"] < 960)

    def _console(self, message: Any) -> None:
        if (
            message.type == "error"
            and "404" not in message.text
            and "422" not in message.text
            and "409" not in message.text
        ):
            self.complaints.append(f"console: {message.text} ({self.page.url})")

    def go(self, path: str) -> None:
        self.page.goto(self.address + path.replace("{lang}", self.language))

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/{lang}/account/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.locator("main form").get_by_role("button").first.click()
        self.page.wait_for_url("**/dashboard/")

    def look(self, title: str) -> None:
        """Take a picture; nothing scrolls sideways; no violation of WCAG 2.2 A or AA."""
        from axe_playwright_python.sync_playwright import Axe

        self.page.wait_for_load_state("networkidle")
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{self.name}-{title}.png", full_page=True)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 1:
            self.complaints.append(f"{title}: scrolls sideways by {wide} px")
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        options = {"runOnly": tags, "resultTypes": ["violations"]}  # what passes is not listed, node by node
        for violation in Axe().run(self.page, options=options).response["violations"]:
            where = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            self.complaints.append(f"{title}: {violation['id']}: {violation['help']} ({where})")


@pytest.fixture
def visitor(academy: str, browser: Any, request: Any) -> Iterator[Callable[..., Visitor]]:
    """Open a browser window: `visitor("fr", "phone")`. At the end of the test nobody may have complained."""
    opened: list[tuple[Visitor, Any]] = []

    def open_window(language: str, width: str, **options: Any) -> Visitor:
        context = browser.new_context(viewport=WIDTHS[width], reduced_motion="reduce", **options)
        context.set_default_timeout(2 * PATIENCE)
        person = Visitor(context.new_page(), academy, language, f"{language}-{width}")
        opened.append((person, context))
        return person

    yield open_window
    complaints = [complaint for person, _ in opened for complaint in person.complaints]
    for _, context in opened:
        context.close()
    assert complaints == []


def minutes(number: float) -> dt.timedelta:
    return dt.timedelta(minutes=number)
