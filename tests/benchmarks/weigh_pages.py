"""What a first visit weighs: `make bench-weight`.

The demo's content on a database of its own, served by gunicorn as the image does (hashed static files, Brotli, gzip), and a
Chromium whose cache is empty at each page. Prints what came over the line, by kind; asserts nothing but the ceilings
of docs/design.md, which do not depend on the machine.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.conftest import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "try-the-academy"  # of the demo's accounts
FIRST_VISIT, HTML = 150_000, 60_000  # bytes, as sent


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def served(folder: str) -> Iterator[str]:
    """Serve the demo as in production; the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    demo = {
        **os.environ,
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "academy.settings.development",
        "SITE_URL": address,
    }
    production = demo | {
        "DJANGO_SETTINGS_MODULE": "academy.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SECURE_SSL_REDIRECT": "false",
        "LOG_LEVEL": "ERROR",
    }
    manage(demo, "demo", "--no-serve")
    manage(production, "collectstatic", "--noinput")
    command = [sys.executable, "-m", "gunicorn", "academy.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error",
               "--worker-class", "gthread", "--threads", "4"]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=production)
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("gunicorn does not answer")


def weigh(browser: Any, address: str, state: Any) -> Counter[str]:
    """Return the bytes of a page by kind, from an empty cache, until the network is quiet."""
    context = browser.new_context(storage_state=state, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page, bytes_of, kinds = context.new_page(), Counter[str](), {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: bytes_of.update({kinds.get(event["requestId"], "Other"): int(event["encodedDataLength"])}),
    )
    page.goto(address)
    page.wait_for_timeout(1500)  # a desk polls: its network is never idle
    context.close()
    return bytes_of


def addresses(page: Any, address: str) -> Iterator[tuple[str, str]]:
    """Yield what a learner opens: name and address; a quiz and a shift are begun on the way."""
    yield "home", f"{address}/fr/"
    page.goto(f"{address}/fr/account/login/")
    page.fill("input[name=login]", "learner@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/dashboard/")
    yield "dashboard", page.url
    cells = page.locator(".matrix__course a.cell").evaluate_all("links => links.map(link => link.href)")
    yield "lesson", cells[0]
    for name, form in (("quiz", "form[action*='/quiz/start/']"), ("desk", "form[action*='/sandbox/start/']")):
        for cell in cells:
            page.goto(cell)
            if page.locator(form).count():
                page.locator(form).first.locator("button").first.click()
                page.wait_for_load_state()
                yield name, page.url
                break


def main() -> None:
    from playwright.sync_api import sync_playwright

    too_heavy = []
    with tempfile.TemporaryDirectory() as folder, served(folder) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        learner = browser.new_context()
        print(f"\nfirst visit, kB as sent{'':6}{'all':>8}{'HTML':>8}{'CSS':>8}{'script':>8}{'fonts':>8}{'other':>8}")
        for name, where in addresses(learner.new_page(), address):
            kinds = weigh(browser, where, learner.storage_state())
            columns = [kinds.pop(kind, 0) for kind in ("Document", "Stylesheet", "Script", "Font")]
            total = sum(columns) + kinds.total()
            print(f"{name:29}" + "".join(f"{size / 1000:8.1f}" for size in (total, *columns, kinds.total())))
            too_heavy += [name] if total > FIRST_VISIT or columns[0] > HTML else []
        browser.close()
    if too_heavy:
        raise SystemExit(f"above {FIRST_VISIT // 1000} kB, or {HTML // 1000} of HTML: {', '.join(too_heavy)}")


if __name__ == "__main__":
    main()
