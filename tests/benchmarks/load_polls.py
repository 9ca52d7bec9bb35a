"""Trainees at their desks, all polling: `make bench-load`, or `python -m tests.benchmarks.load_polls --help`.

Makes a database of its own beside the one named, fills it with running shifts of a shipped scenario, starts gunicorn as
the image does (two processes of four threads) with all its processes on one core, and lets as many browsers as asked poll
with their cursors. Prints the times of the answers and the CPU spent; asserts nothing. The database is dropped at the end.
"""

import argparse
import asyncio
import os
import random
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

WARM_UP = 20.0  # seconds: each process meets each shift for the first time and replays it whole
CURSOR = re.compile(rb'data-cursor="([^"]+)"')


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="postgres://postgres@127.0.0.1:5432/postgres")
    parser.add_argument("--cache", default="redis://127.0.0.1:6379/9")
    parser.add_argument("--trainees", type=int, default=300)
    parser.add_argument("--every", type=float, default=2.0, help="seconds between two polls of a trainee")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--acts", type=int, default=40, help="past acts of each shift")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=8790)
    return parser.parse_args()


def settle_in(options: argparse.Namespace, folder: str, name: str) -> dict[str, str]:
    """Return the environment of a production process on the database `name`."""
    return {
        "DJANGO_SETTINGS_MODULE": "academy.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "DATABASE_URL": f"{options.database.rsplit('/', 1)[0]}/{name}",
        "CACHE_URL": options.cache,
        "DATA_DIR": folder,
        "LOG_LEVEL": "ERROR",
    }


def administer(options: argparse.Namespace, sentence: str) -> None:
    import psycopg

    with psycopg.connect(options.database.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(sentence)


# -- the shifts -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Trainee:
    path: str
    cookie: str
    cursor: str = ""
    answers: list[tuple[float, float, int]] = field(default_factory=list)  # when, how long, status


def fill(options: argparse.Namespace) -> list[Trainee]:
    """Return the trainees, each with a session and a shift somewhere in its first half."""
    import django

    django.setup()
    import yaml
    from django.core.management import call_command
    from django.utils import timezone

    import courses
    from sandbox.loading import load_scenario
    from sandbox.models import Scenario
    from sandbox.services import freeze

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    file = next((Path(courses.__file__).parent / "curriculum" / "moderation").glob("*/scenario.yaml"))
    load_scenario(yaml.safe_load(file.read_text(encoding="utf-8")))
    version = freeze(scenario=Scenario.objects.get(), now=timezone.now())
    dice = random.Random(1)
    return [_trainee(version, number, options.acts, dice) for number in range(options.trainees)]


def _trainee(version: Any, number: int, acts: int, dice: random.Random) -> Trainee:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.cached_db import SessionStore
    from django.utils import timezone

    from sandbox.models import Act, Shift

    user = get_user_model().objects.create(email=f"trainee{number}@example.org", display_name=f"Trainee {number}")
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
    session.save()
    now, minute = timezone.now(), dice.uniform(20, 45)
    shift = Shift.objects.create(
        user=user, version=version, course_key=uuid4(), activity_key=uuid4(), seed=number, rules_version=1,
        pace=version.data["pace"], started_at=now - timedelta(minutes=5), clock_minute=minute, clock_from=now,
        revision=acts,
    )  # fmt: skip
    early = [c["id"] for c in version.data["comments"] if c.get("minute") is not None and c["minute"] < 10]
    Act.objects.bulk_create(
        Act(shift=shift, key=uuid4(), sequence=n + 1, minute=10 + 9.0 * n / acts, received_at=now, action="keep",
            comment=dice.choice(early))
        for n in range(acts)
    )  # fmt: skip
    return Trainee(f"/fr/sandbox/{shift.key}/poll/", f"{settings.SESSION_COOKIE_NAME}={session.session_key}")


# -- the browsers -----------------------------------------------------------------------------------------------------


async def live(trainee: Trainee, options: argparse.Namespace, end: float) -> None:
    """Poll every so often on one connection, as a page does, with the cursor of the last answer."""
    await asyncio.sleep(random.uniform(0, options.every))
    reader, writer = await asyncio.open_connection("127.0.0.1", options.port)
    due = time.monotonic()
    while due < end:
        begun = time.monotonic()
        try:
            status = await _ask(trainee, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):  # closed between two polls: a browser opens another
            reader, writer = await asyncio.open_connection("127.0.0.1", options.port)
            status = await _ask(trainee, reader, writer)
        trainee.answers.append((begun, time.monotonic() - begun, status))
        late = max(0.0, time.monotonic() - due)
        due += options.every * (1 + late // options.every)  # a page does not make up for the polls it has missed
        await asyncio.sleep(max(0.0, due - time.monotonic()))
    writer.close()


async def _ask(trainee: Trainee, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    head = f"GET {trainee.path}?cursor={trainee.cursor} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {trainee.cookie}\r\n"
    writer.write(f"{head}X-Desk: fragment\r\n\r\n".encode())
    await writer.drain()
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {key.lower(): value for key, _, value in (line.partition(": ") for line in lines[1:])}
    status, body = int(lines[0].split()[1]), await reader.readexactly(int(headers.get("content-length", 0)))
    found = CURSOR.search(body)
    trainee.cursor = found[1].decode() if found else headers.get("x-desk-cursor", trainee.cursor)
    if headers.get("connection", "").lower() == "close":
        raise ConnectionError
    return status


# -- the server -------------------------------------------------------------------------------------------------------


def start(options: argparse.Namespace) -> "subprocess.Popen[bytes]":
    """Start gunicorn as the image does, all of it on the first core."""
    command = [sys.executable, "-m", "gunicorn", "academy.wsgi", "--bind", f"127.0.0.1:{options.port}", "--log-level", "error",
               "--workers", str(options.workers), "--worker-class", "gthread", "--threads", "4"]  # fmt: skip
    server = subprocess.Popen(command)
    os.sched_setaffinity(server.pid, {0})  # before it has imported anything: its workers inherit it
    return server


def seconds_of(server: "subprocess.Popen[bytes]") -> float:
    """Return the CPU seconds of gunicorn and its workers so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # gone meanwhile
            continue
        if int(stat.parent.name) == server.pid or int(fields[1]) == server.pid:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def run(options: argparse.Namespace, server: "subprocess.Popen[bytes]", trainees: list[Trainee]) -> None:
    await _open(options)
    if len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, os.sched_getaffinity(0) - {0})  # the browsers keep off the server's core
    begun = time.monotonic()
    tasks = [asyncio.create_task(live(t, options, begun + WARM_UP + options.seconds)) for t in trainees]
    await asyncio.sleep(WARM_UP)
    before, load = seconds_of(server), os.getloadavg()[0]
    await asyncio.sleep(options.seconds)
    spent = seconds_of(server) - before
    await asyncio.gather(*tasks)
    report(options, [a for t in trainees for a in t.answers if a[0] >= begun + WARM_UP], spent, load)


async def _open(options: argparse.Namespace) -> None:
    """Wait until a process answers: the port is open long before any has imported the academy."""
    for _ in range(600):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", options.port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            first = await reader.readline()
            writer.close()
        except OSError:
            first = b""
        if b" 200 " in first:
            return
        await asyncio.sleep(0.1)
    raise SystemExit("gunicorn does not answer")


def report(options: argparse.Namespace, answers: list[tuple[float, float, int]], spent: float, load: float) -> None:
    times = sorted(1000 * each[1] for each in answers)
    at = {share: times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.9, 0.99)}
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(Counter(each[2] for each in answers).items()))
    print(
        f"{options.trainees} trainees every {options.every:g} s, {options.workers} processes on one core, {options.acts} past acts"
    )
    print(
        f"{len(answers)} answers in {options.seconds:g} s ({len(answers) / options.seconds:.0f} a second), {statuses}"
    )
    print(
        f"p50 {at[0.5]:.0f} ms, p90 {at[0.9]:.0f} ms, p99 {at[0.99]:.0f} ms, longest {times[-1]:.0f} ms (target: p99 under 250 ms)"
    )
    print(
        f"CPU of the server {spent:.1f} s, {100 * spent / options.seconds:.0f} % of the core; {1000 * spent / len(answers):.1f} ms a poll"
    )
    print(f"load average of the machine {load:.1f} on {os.cpu_count()} cores")


def main() -> None:
    options, name = asked(), f"cm_load_{os.getpid()}"
    administer(options, f'CREATE DATABASE "{name}"')
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ.update(settle_in(options, folder, name))
            trainees = fill(options)
            server = start(options)
            try:
                asyncio.run(run(options, server, trainees))
            finally:
                server.terminate()
                server.wait()
    finally:
        administer(options, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


if __name__ == "__main__":
    main()
