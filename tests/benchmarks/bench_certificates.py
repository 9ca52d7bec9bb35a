"""What certificates cost: a cohort issued and drawn by two workers, the verification page, a status list signed anew.

Wall time depends on what else the machine does, so the ceiling holds the CPU time of both workers, spread over two cores;
both are printed. The cohort has BENCH_CERTIFICATES learners (1,000 unless told otherwise); the time of fewer is scaled up and said to be.
Needs SQLite, as `make bench` has it. Ceilings are printed beside what was measured, and so is how busy the machine was.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from django.urls import reverse
from django.utils import timezone, translation

from courses.certification import batches, did, keys, services, statuslist
from courses.certification.models import Certificate
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

ROOT = Path(__file__).resolve().parent.parent.parent
COHORT = int(os.environ.get("BENCH_CERTIFICATES", "1000"))
CEILING, PAGE_CEILING, LIST_CEILING = 180.0, 0.010, 1.0  # seconds


@pytest.fixture
def site(settings, tmp_path):
    settings.CREDENTIAL_KEYS_DIR, settings.DATA_DIR = tmp_path / "keys", tmp_path
    keys.create(tmp_path / "keys", now=timezone.now())
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_a_cohort_by_two_workers(site, settings, fresh_after):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    people = [UserFactory(certificate_name=f"Ada Lovelace {n}") for n in range(COHORT)]
    batch = batches.prepare_issue(award=make_award(), users=people, emails=[], actor=None, now=timezone.now())
    batches.start(batch=batch, now=timezone.now())
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.queue_settings",
        "BENCH_DATABASE": str(connection.settings_dict["NAME"]),
        "BENCH_KEYS": str(settings.CREDENTIAL_KEYS_DIR),
        "DATA_DIR": str(site),
    }
    begun, before = time.monotonic(), cpu_of_children()
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--interval", "0"]
    workers = [subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
    for worker in workers:
        assert worker.wait(timeout=900) == 0
    seconds, cpu = time.monotonic() - begun, cpu_of_children() - before
    drawn = len(list((site / "certificates").rglob("*.pdf")))
    assert (Certificate.objects.count(), drawn) == (COHORT, COHORT)
    whole = cpu / 2 * 1000 / COHORT
    print(
        f"\n{COHORT} certificates issued, signed twice, drawn, mailed by two workers: {seconds:.1f} s by the clock, "
        f"{cpu:.1f} s of CPU; 1,000 on two cores: {whole:.0f} s (ceiling {CEILING:.0f} s)"
        + ("" if COHORT == 1000 else ", scaled up")
        + f"; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    assert whole < CEILING


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def bare_templates():
    """Templates as in production: the tests' own keep a copy of every context they render."""
    instrumented = Template._render
    Template._render = _TestState.saved_data.template_render
    yield
    Template._render = instrumented


@pytest.mark.django_db
def test_the_verification_page(site, bare_templates):
    client = Client()
    certificate = services.issue(user=UserFactory(), award=make_award(), now=timezone.now())
    result = {"key": "quiz", "name": {"fr": "Quiz : pourquoi", "en": "Quiz: why"}, "percent": 82, "required": None}
    certificate.snapshot["results"] = [result] * 10  # as many as a whole course leaves on a certificate
    certificate.save()
    with translation.override("en"):
        url = certificate.get_absolute_url()
    measured = {url: [], reverse("credential_check", args=[certificate.code]): []}
    for address, seconds in measured.items():
        client.get(address)
        for _ in range(60):
            cache.clear()  # or the sixty-first question of a minute would be refused
            begun = time.process_time()
            assert client.get(address).status_code == 200
            seconds.append(time.process_time() - begun)
    # The quickest tenth: what others do on the machine at the same time only ever adds.
    page, check = (statistics.quantiles(seconds, n=10)[0] for seconds in measured.values())
    print(
        f"\nverification page {page * 1000:.1f} ms of CPU (median {statistics.median(measured[url]) * 1000:.1f}, ceiling "
        f"{PAGE_CEILING * 1000:.0f}), JSON check {check * 1000:.1f} ms; load of the machine {os.getloadavg()[0]:.1f}"
    )
    assert page < PAGE_CEILING


def test_a_full_status_list_is_signed_anew(tmp_path):
    ring = keys.create(tmp_path / "ring", now=timezone.now())
    revoked = range(0, statuslist.SIZE, 2)
    begun = time.process_time()
    statuslist.sign_list(
        "https://a.example/1.json", revoked, ring=ring, did=did.did_of("https://a.example"), now=timezone.now()
    )
    seconds = time.process_time() - begun
    print(f"\n{statuslist.SIZE:,} entries, half of them revoked, signed in {seconds:.3f} s (ceiling 1)")
    assert seconds < LIST_CEILING
