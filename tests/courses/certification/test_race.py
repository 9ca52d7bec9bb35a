"""Two workers, one certificate: with real transactions on a database that is thrown away afterwards."""

import datetime as dt
import json
import threading

import pytest
from django.core import mail
from django.db import connection

from courses.certification import openbadges, services
from courses.certification.models import Certificate, CertificateEvent, StatusList
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

NOW = dt.datetime(2026, 3, 2, 9, 30, 15, 700_000, tzinfo=dt.UTC)
pytestmark = pytest.mark.usefixtures("academy_keys", "real_database")


@pytest.fixture
def real_database(django_db_setup, django_db_blocker, fresh_after):
    """Commits that last until the end of the test. Nothing is flushed: the whole copy is replaced by a fresh one."""
    with django_db_blocker.unblock():
        yield


def test_two_workers_finishing_at_once_issue_one_certificate():
    person, award = UserFactory(), make_award()
    gate, made = threading.Barrier(3), []

    def work():
        try:
            gate.wait()
            made.append(services.issue(user=person, award=award, now=NOW).code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3
    assert len(set(made)) == 1
    assert Certificate.objects.count() == 1
    assert CertificateEvent.objects.filter(kind="issued").count() == 1
    assert len(mail.outbox) == 1


def test_two_who_decide_at_once_issue_one_correction():
    certificate = services.issue(user=UserFactory(), award=make_award(), now=NOW)
    asked = services.ask_correction(certificate=certificate, name="Ada", reason="x", now=NOW)
    gate, made = threading.Barrier(2), []

    def work():
        try:
            gate.wait()
            made.append(services.approve_correction(correction=asked, actor=None, now=NOW).code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert Certificate.objects.count() == 2


def test_of_two_revocations_at_once_the_signed_list_holds_both():
    award = make_award()
    held = [services.issue(user=UserFactory(), award=award, now=NOW) for _ in range(4)]
    gate = threading.Barrier(len(held))

    def work(certificate):
        try:
            gate.wait()
            services.revoke(certificate=certificate, actor=None, public_reason="x", internal_reason="y", now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[certificate]) for certificate in held]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    signed = json.loads(StatusList.objects.get().signed)
    _size, revoked = openbadges.decode_list(signed["credentialSubject"]["encodedList"])
    assert revoked == {certificate.facts.status_index for certificate in held}
