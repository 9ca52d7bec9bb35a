"""Bitstring status lists: one bit per certificate, set when it is revoked and never unset.

131,072 entries, so that a holder hides in the crowd; indexes are drawn at random; the list is signed like a credential
and expires, so that an old copy cannot bring a revoked certificate back. Source: W3C Bitstring Status List 1.0.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from courses.certification import did as dids
from courses.certification import openbadges
from courses.certification.keys import COMPROMISED, Keyring
from courses.certification.signing import dump

SIZE = 131_072
FRESH_FOR = timedelta(days=3)  # re-signed daily: two missed nights still leave a fresh list
RENEW_AFTER = timedelta(days=1)
TTL = timedelta(minutes=5)
CONTEXTS = ["https://www.w3.org/ns/credentials/v2"]
TYPES = ["VerifiableCredential", "BitstringStatusListCredential"]


class StatusUnavailableError(RuntimeError):
    """The list is missing, unsigned, stale or not ours: nothing can be said, least of all “not revoked”."""


def sign_list(url: str, revoked: Iterable[int], *, ring: Keyring, did: str, now: datetime) -> str:
    """The signed list as text. `revoked` are indexes from 0 to SIZE - 1. Errors: ValueError, KeysMissingError."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    document = openbadges.status_list_document(
        issuer=did,
        url=url,
        revoked=revoked,
        size=SIZE,
        issued=moment,
        valid_until=moment + FRESH_FOR,
        ttl_ms=int(TTL.total_seconds() * 1000),
    )
    key = ring.active("ed25519")
    signed = openbadges.attach_proof(document, key.private_pem, dids.method_id(did, key), moment)
    openbadges.check_proof(signed, key.public_pem)
    return dump(signed)


def read_list(document: dict[str, Any], url: str, *, ring: Keyring, did: str, now: datetime) -> frozenset[int]:
    """The revoked indexes of a signed list fetched from `url`. Errors: StatusUnavailableError."""
    if document.get("@context") != CONTEXTS or document.get("type") != TYPES:
        raise StatusUnavailableError("not a status list")
    if document.get("id") != url or document.get("issuer") != did:
        raise StatusUnavailableError("not the list that the certificate names")
    try:
        _check_window(document, now)
        _check_signature(document, ring, did)
        subject = document["credentialSubject"]
        if subject["type"] != "BitstringStatusList" or subject["statusPurpose"] != "revocation":
            raise StatusUnavailableError("not a list of revocations")
        size, revoked = openbadges.decode_list(subject["encodedList"])
    except (openbadges.OpenBadgesError, KeyError, TypeError, ValueError) as error:
        raise StatusUnavailableError(str(error)) from error
    if size < SIZE:
        raise StatusUnavailableError("the list is too short")
    return revoked


def _check_window(document: dict[str, Any], now: datetime) -> None:
    if not datetime.fromisoformat(document["validFrom"]) <= now < datetime.fromisoformat(document["validUntil"]):
        raise StatusUnavailableError("the list is stale")


def _check_signature(document: dict[str, Any], ring: Keyring, did: str) -> None:
    method = str(openbadges.proof_of(document).get("verificationMethod"))
    key = dids.key_for(ring, did, method, "ed25519")
    if key is None or key.state == COMPROMISED:
        raise StatusUnavailableError("the list is not signed by a key we trust")
    openbadges.check_proof(document, key.public_pem)
