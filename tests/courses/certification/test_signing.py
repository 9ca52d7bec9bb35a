"""Both signatures, checked by hand with cryptography; one letter changed, and neither holds."""

import json

import pytest

from courses.certification import credential, did, keys, signing
from courses.certification.openbadges import OpenBadgesError
from courses.certification.shape import ShapeError
from tests.courses.certification import independent
from tests.courses.certification.conftest import ISSUED, SITE, make_snapshot

DID = did.did_of(SITE)


@pytest.fixture
def did_document(ring):
    return did.document(ring, DID)


def test_the_embedded_proof_holds_for_a_stranger(signed, did_document):
    document = json.loads(signed.embedded)
    assert isinstance(document["proof"], list)
    assert len(document["proof"]) == 1
    assert independent.embedded_holds(document, did_document)


def test_the_token_holds_for_a_stranger(signed, did_document):
    assert independent.token_holds(signed.token, did_document)
    claims = independent.payload(signed.token)
    document = json.loads(signed.embedded)
    assert (claims["iss"], claims["jti"], claims["sub"]) == (DID, document["id"], document["credentialSubject"]["id"])
    assert (claims["nbf"], claims["exp"]) == (1772442000, 1835600400)


@pytest.mark.parametrize(
    ("before", "after"),
    [("Nu\\u00f1ez", "Nu\\u00f1es"), ("82", "92"), ("2028-03-02", "2038-03-02"), ("Mod\\u00e9", "Mode")],
)
def test_one_letter_changed_breaks_the_embedded_proof(signed, ring, did_document, before, after):
    forged = signed.embedded.replace(before, after, 1)
    assert forged != signed.embedded
    assert not independent.embedded_holds(json.loads(forged), did_document)
    with pytest.raises(signing.SignatureRefusedError):
        signing.check_embedded(json.loads(forged), ring=ring, did=DID)


@pytest.mark.parametrize("place", [10, 300, 900, -5])
def test_one_letter_changed_breaks_the_token(signed, ring, place):
    letters = list(signed.token)
    letters[place] = "A" if letters[place] != "A" else "B"
    with pytest.raises(signing.SignatureRefusedError):
        signing.read_token("".join(letters), ring=ring, did=DID)


def test_a_member_that_canonicalisation_drops_cannot_be_slipped_in(signed, ring):
    forged = json.loads(signed.embedded)
    forged["honours"] = "summa cum laude"
    with pytest.raises(signing.SignatureRefusedError):
        signing.check_embedded(forged, ring=ring, did=DID)


def test_an_undefined_term_is_not_signed(ring, snapshot):
    document = credential.build(snapshot)
    document["honours"] = "summa cum laude"
    with pytest.raises(OpenBadgesError):
        signing.sign(document, ring=ring, did=DID, now=ISSUED)


def test_a_relative_id_is_not_signed(ring, snapshot):
    document = credential.build(snapshot)
    document["evidence"][0]["id"] = "proof-1"
    with pytest.raises(ShapeError):
        signing.sign(document, ring=ring, did=DID, now=ISSUED)


def test_the_texts_are_plain_ascii_whatever_the_name(ring):
    facts = make_snapshot(holder="ليلى 欧阳 Éléonore")
    signed = signing.sign(credential.build(facts), ring=ring, did=DID, now=ISSUED)
    assert signed.embedded.isascii()
    assert json.loads(signed.embedded)["credentialSubject"]["name"] == "ليلى 欧阳 Éléonore"


def test_a_token_without_signature_is_refused(signed, ring):
    import jwt

    bare = jwt.encode(independent.payload(signed.token), None, algorithm="none", headers={"kid": f"{DID}#rsa-1"})
    with pytest.raises(signing.SignatureRefusedError):
        signing.read_token(bare, ring=ring, did=DID)


def test_a_token_whose_claims_disagree_is_refused(ring, signed):
    import jwt

    claims = {**independent.payload(signed.token), "exp": 4_000_000_000}
    forged = jwt.encode(claims, ring.active("rsa").private, algorithm="RS256", headers={"kid": f"{DID}#rsa-1"})
    with pytest.raises(signing.SignatureRefusedError):
        signing.read_token(forged, ring=ring, did=DID)


def test_after_a_rotation_old_and_new_verify(tmp_path, snapshot):
    ring = keys.create(tmp_path / "keys", now=ISSUED)
    old = signing.sign(credential.build(snapshot), ring=ring, did=DID, now=ISSUED)
    ring = keys.rotate(ring, now=ISSUED)
    new = signing.sign(credential.build(snapshot), ring=ring, did=DID, now=ISSUED)
    published = did.document(ring, DID)
    for signed in (old, new):
        document = json.loads(signed.embedded)
        signing.check_embedded(document, ring=ring, did=DID)
        signing.read_token(signed.token, ring=ring, did=DID)
        assert independent.embedded_holds(document, published)
        assert independent.token_holds(signed.token, published)
    assert json.loads(new.embedded)["proof"][0]["verificationMethod"].endswith("#ed25519-2")


def test_a_compromised_key_is_trusted_no_more(tmp_path, snapshot):
    ring = keys.create(tmp_path / "keys", now=ISSUED)
    signed = signing.sign(credential.build(snapshot), ring=ring, did=DID, now=ISSUED)
    ring = keys.mark_compromised(ring, "ed25519-1")
    with pytest.raises(signing.KeyCompromisedError):
        signing.check_embedded(json.loads(signed.embedded), ring=ring, did=DID)
    assert f"{DID}#ed25519-1" not in did.document(ring, DID)["assertionMethod"]
    with pytest.raises(keys.KeysMissingError):
        ring.active("ed25519")
