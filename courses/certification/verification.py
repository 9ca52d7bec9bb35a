"""The verdict on a document someone holds out: valid, expired, revoked, altered, not ours, or unknown.

Pure: the keys, the clock and what the register says are passed in.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import jwt

from courses.certification import baking, shape, signing
from courses.certification.keys import Keyring
from courses.certification.statuslist import StatusUnavailableError

Document = dict[str, Any]


class Verdict(StrEnum):
    """One word per state; templates give each its colour, its sign and its sentence."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"  # revoked for every verifier, because another certificate with the right name took its place
    NOT_YET = "not_yet"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"  # the status list cannot be had: no verdict, and least of all “valid”


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. `document` is None unless its signature is ours, so nothing forged is shown as a fact."""

    verdict: Verdict
    reason: str = ""
    document: Document | None = None
    form: str = ""

    @property
    def credential_id(self) -> str:
        return str(self.document["id"]) if self.document else ""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a document is judged by.

    `revoked` answers for a status list address and index, or raises StatusUnavailableError. `known` answers whether
    exactly this document was issued under its id; None when there is no register at hand (offline).
    """

    ring: Keyring
    did: str
    revoked: Callable[[str, int], bool]
    known: Callable[[Document], bool] | None = None


def examine(data: bytes, *, trust: Trust, now: datetime) -> Finding:
    """The verdict on a file: PDF, PNG, SVG, JSON or JWT."""
    try:
        text = baking.extract(data)
    except baking.NothingInsideError as nothing:
        return Finding(Verdict.UNKNOWN, str(nothing))
    return examine_text(text, trust=trust, now=now)


def examine_text(text: str, *, trust: Trust, now: datetime) -> Finding:
    """The verdict on the text of a credential, in either form."""
    if text.startswith("{"):
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            return Finding(Verdict.UNKNOWN, "this is not a credential")
        return _examine_embedded(document, trust, now)
    if text.count(".") == 2:
        return _examine_token(text, trust, now)
    return Finding(Verdict.UNKNOWN, "this is not a credential")


def _examine_embedded(document: Document, trust: Trust, now: datetime) -> Finding:
    if "credentialSubject" not in document:
        return Finding(Verdict.UNKNOWN, "this is not a credential")
    if _issuer(document) != trust.did:
        return Finding(Verdict.NOT_OURS, "another issuer signed it")
    try:
        signing.check_embedded(document, ring=trust.ring, did=trust.did)
        bare = {name: value for name, value in document.items() if name != "proof"}
        shape.check_shape(bare)
    except signing.KeyCompromisedError as error:
        return _examine_by_register(document, trust, now, str(error))
    except (signing.SignatureRefusedError, shape.ShapeError) as error:
        return Finding(Verdict.ALTERED, str(error))
    return _judge(bare, "json", trust, now)


def _examine_token(token: str, trust: Trust, now: datetime) -> Finding:
    payload = _unverified(token)
    if payload is None or "credentialSubject" not in payload:
        return Finding(Verdict.UNKNOWN, "this is not a credential")
    if _issuer(payload) != trust.did:
        return Finding(Verdict.NOT_OURS, "another issuer signed it")
    try:
        document = signing.read_token(token, ring=trust.ring, did=trust.did)
        shape.check_shape(document)
    except signing.KeyCompromisedError as error:
        document = {name: value for name, value in payload.items() if name not in signing.CLAIMS}
        return _examine_by_register(document, trust, now, str(error))
    except (signing.SignatureRefusedError, shape.ShapeError) as error:
        return Finding(Verdict.ALTERED, str(error))
    return _judge(document, "jwt", trust, now)


def _examine_by_register(document: Document, trust: Trust, now: datetime, why: str) -> Finding:
    """A signature of a compromised key proves nothing; the register still knows what was issued before."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    if trust.known is not None and trust.known(bare):
        return _judge(bare, "register", trust, now)
    return Finding(Verdict.ALTERED, why)


def _judge(document: Document, form: str, trust: Trust, now: datetime) -> Finding:
    """Status and dates of a document whose signature is ours. Revoked outweighs expired."""
    if trust.known is not None and not trust.known(document):
        return Finding(Verdict.UNKNOWN, "signed by us, but no longer in the register")
    try:
        if _is_revoked(document, trust):
            return Finding(Verdict.REVOKED, "", document, form)
    except StatusUnavailableError as error:
        return Finding(Verdict.UNDECIDED, str(error), document, form)
    return Finding(window(document, now), "", document, form)


def window(document: Mapping[str, Any], now: datetime) -> Verdict:
    """Where `now` falls: before `validFrom`, within, or at and after `validUntil`."""
    if now < datetime.fromisoformat(document["validFrom"]):
        return Verdict.NOT_YET
    until = document.get("validUntil")
    return Verdict.EXPIRED if until and now >= datetime.fromisoformat(until) else Verdict.VALID


def _is_revoked(document: Document, trust: Trust) -> bool:
    status = document.get("credentialStatus")
    if status is None:
        return False
    return trust.revoked(str(status["statusListCredential"]), int(status["statusListIndex"]))


def _issuer(document: Document) -> str:
    issuer = document.get("issuer")
    return str(issuer.get("id") if isinstance(issuer, dict) else issuer)


def _unverified(token: str) -> Document | None:
    """The claims of a token nobody has checked: only to tell whose it claims to be."""
    try:
        payload = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return None
    return dict(payload)
