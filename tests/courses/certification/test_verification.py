"""Verdicts on what people hold out."""

import base64
import datetime as dt
import json
from dataclasses import replace

import pytest

from courses.certification import baking, credential, did, keys, rendering, signing
from courses.certification.statuslist import StatusUnavailableError
from courses.certification.verification import Trust, Verdict, examine
from tests.courses.certification.conftest import ISSUED, SITE, make_snapshot

DID = did.did_of(SITE)
LATER = ISSUED + dt.timedelta(days=30)


def trust(ring, *, revoked=(), known=lambda document: True):
    return Trust(ring, DID, revoked=lambda url, index: index in revoked, known=known)


@pytest.fixture
def carriers(signed, snapshot):
    badge = rendering.badge(snapshot)
    return {
        "json": signed.embedded.encode(),
        "jwt": signed.token.encode(),
        "png": baking.bake_png(badge, signed.embedded),
        "png with a token": baking.bake_png(badge, signed.token),
        "svg": baking.bake_svg(rendering.badge(snapshot, "svg").decode(), signed.embedded).encode(),
        "pdf": rendering.pdf(snapshot, signed.embedded).content,
    }


def test_every_carrier_gets_the_same_verdict(carriers, ring):
    for name, data in carriers.items():
        finding = examine(data, trust=trust(ring), now=LATER)
        assert finding.verdict is Verdict.VALID, name
        assert finding.document["credentialSubject"]["name"] == "Éléonore d’Ávila-Nuñez"
        assert examine(data, trust=trust(ring, revoked={77}), now=LATER).verdict is Verdict.REVOKED, name


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (ISSUED - dt.timedelta(seconds=1), Verdict.NOT_YET),
        (ISSUED, Verdict.VALID),
        (dt.datetime(2028, 3, 2, 8, 59, 59, tzinfo=dt.UTC), Verdict.VALID),
        (dt.datetime(2028, 3, 2, 9, 0, 0, tzinfo=dt.UTC), Verdict.EXPIRED),
    ],
)
def test_dates_decide_to_the_second(signed, ring, now, verdict):
    for text in (signed.embedded, signed.token):
        assert examine(text.encode(), trust=trust(ring), now=now).verdict is verdict


def test_revoked_outweighs_expired(signed, ring):
    finding = examine(
        signed.token.encode(), trust=trust(ring, revoked={77}), now=dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
    )
    assert finding.verdict is Verdict.REVOKED


def test_a_changed_letter_is_altered_and_shows_no_facts(signed, ring):
    forged = signed.embedded.replace("Mod", "Rod", 1)
    finding = examine(forged.encode(), trust=trust(ring), now=LATER)
    assert finding.verdict is Verdict.ALTERED
    assert finding.document is None


def test_a_token_with_another_payload_is_altered(signed, ring):
    head, body, tail = signed.token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["credentialSubject"]["name"] = "Somebody Else"
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    assert examine(f"{head}.{body}.{tail}".encode(), trust=trust(ring), now=LATER).verdict is Verdict.ALTERED


def test_another_issuers_credential_is_not_ours(tmp_path, ring):
    facts = make_snapshot(issuer_did="did:web:elsewhere.example")
    theirs = keys.create(tmp_path / "theirs", now=ISSUED)
    signed = signing.sign(credential.build(facts), ring=theirs, did=facts.issuer_did, now=ISSUED)
    for text in (signed.embedded, signed.token):
        finding = examine(text.encode(), trust=trust(ring), now=LATER)
        assert finding.verdict is Verdict.NOT_OURS
        assert finding.document is None


def test_somebody_who_signs_in_our_name_is_found_out(tmp_path, ring, snapshot):
    impostor = keys.create(tmp_path / "impostor", now=ISSUED)
    signed = signing.sign(credential.build(snapshot), ring=impostor, did=DID, now=ISSUED)
    for text in (signed.embedded, signed.token):
        assert examine(text.encode(), trust=trust(ring), now=LATER).verdict is Verdict.ALTERED


def test_what_is_signed_by_us_but_not_in_the_register_is_unknown(signed, ring):
    finding = examine(signed.embedded.encode(), trust=trust(ring, known=lambda document: False), now=LATER)
    assert finding.verdict is Verdict.UNKNOWN


def test_without_a_status_list_nothing_is_valid(signed, ring):
    def unavailable(url, index):
        raise StatusUnavailableError("stale")

    finding = examine(signed.embedded.encode(), trust=replace(trust(ring), revoked=unavailable), now=LATER)
    assert finding.verdict is Verdict.UNDECIDED


def test_a_compromised_key_is_vouched_for_by_the_register_only(tmp_path, snapshot):
    ring = keys.create(tmp_path / "keys", now=ISSUED)
    signed = signing.sign(credential.build(snapshot), ring=ring, did=DID, now=ISSUED)
    ring = keys.mark_compromised(keys.mark_compromised(ring, "ed25519-1"), "rsa-1")
    for text in (signed.embedded, signed.token):
        assert examine(text.encode(), trust=trust(ring), now=LATER).verdict is Verdict.VALID
        stranger = trust(ring, known=lambda document: False)
        assert examine(text.encode(), trust=stranger, now=LATER).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"{}",
        b"[]",
        b"{broken",
        b'{"credentialSubject": {}}',
        b"a.b.c",
        b"{" * 3000,
        b'{"credentialSubject":1,"issuer":{}}',
    ],
)
def test_what_is_no_credential_never_gets_past_unknown_or_not_ours(data, ring):
    assert examine(data, trust=trust(ring), now=LATER).verdict in {Verdict.UNKNOWN, Verdict.NOT_OURS}


def test_a_damaged_proof_of_ours_is_altered_whatever_the_damage(signed, ring):
    document = json.loads(signed.embedded)
    for proof in (None, [], {}, "z", [{}], [document["proof"][0]] * 2, [{**document["proof"][0], "proofValue": "z1"}]):
        text = json.dumps({**document, "proof": proof})
        assert examine(text.encode(), trust=trust(ring), now=LATER).verdict is Verdict.ALTERED
