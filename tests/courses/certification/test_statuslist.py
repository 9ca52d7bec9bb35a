"""The list of bits: signed, random, fresh, or else an error."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from courses.certification import did, openbadges, statuslist
from tests.courses.certification import independent
from tests.courses.certification.conftest import ISSUED, SITE

DID = did.did_of(SITE)
URL = f"{SITE}/credentials/status/1.json"


@pytest.fixture(scope="module")
def published(ring):
    return json.loads(statuslist.sign_list(URL, [0, 77, 131_071], ring=ring, did=DID, now=ISSUED))


def read(document, ring, now=ISSUED):
    return statuslist.read_list(document, URL, ring=ring, did=DID, now=now)


def test_a_stranger_reads_the_same_bits(published, ring):
    assert independent.embedded_holds(published, did.document(ring, DID))
    assert [independent.bit(published, index) for index in (0, 1, 76, 77, 78, 131_071)] == [1, 0, 0, 1, 0, 1]


def test_the_revoked_are_read_back(published, ring):
    assert read(published, ring) == {0, 77, 131_071}


def test_a_stale_list_is_an_error(published, ring):
    with pytest.raises(statuslist.StatusUnavailableError, match="stale"):
        read(published, ring, ISSUED + dt.timedelta(days=4))


@pytest.mark.parametrize("member", ["proof", "validUntil", "credentialSubject", "issuer"])
def test_a_list_that_lacks_anything_is_an_error(published, ring, member):
    with pytest.raises(statuslist.StatusUnavailableError):
        read({name: value for name, value in published.items() if name != member}, ring)


def test_a_list_with_a_bit_cleared_is_an_error(published, ring):
    empty = json.loads(statuslist.sign_list(URL, [], ring=ring, did=DID, now=ISSUED))
    forged = {**published, "credentialSubject": empty["credentialSubject"]}
    with pytest.raises(statuslist.StatusUnavailableError):
        read(forged, ring)


def test_the_list_of_another_address_is_an_error(published, ring):
    with pytest.raises(statuslist.StatusUnavailableError):
        statuslist.read_list(published, f"{SITE}/credentials/status/2.json", ring=ring, did=DID, now=ISSUED)


def test_an_index_outside_the_list_is_refused(ring):
    with pytest.raises(ValueError, match="outside"):
        statuslist.sign_list(URL, [statuslist.SIZE], ring=ring, did=DID, now=ISSUED)


@hypothesis_settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, statuslist.SIZE - 1), max_size=200))
def test_any_set_of_bits_survives_the_coding(revoked):
    document = openbadges.status_list_document(
        issuer=DID, url=URL, revoked=revoked, size=statuslist.SIZE, issued=ISSUED, valid_until=ISSUED, ttl_ms=1
    )
    assert openbadges.decode_list(document["credentialSubject"]["encodedList"]) == (statuslist.SIZE, revoked)
