"""The two secured forms of a credential: embedded proof (eddsa-rdfc-2022) and VC-JWT (RS256).

The embedded form is always made first: only it checks that every term is defined. Both are checked with our public key
before anyone stores them.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

from courses.certification import did as dids
from courses.certification import openbadges, shape
from courses.certification.keys import COMPROMISED, Key, Keyring

CLAIMS = ("iss", "jti", "nbf", "sub", "exp")


class SignatureRefusedError(ValueError):
    """The signature is not ours, or does not cover this text."""


class KeyCompromisedError(SignatureRefusedError):
    """The signature fits, but its key is no longer trusted."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The exact text of both forms, as stored and handed out."""

    embedded: str
    token: str


def dump(document: dict[str, Any]) -> str:
    """JSON in ASCII, so that no carrier (image chunk, XML, PDF) can damage it."""
    return json.dumps(document, ensure_ascii=True, separators=(",", ":"))


def sign(document: dict[str, Any], *, ring: Keyring, did: str, now: datetime) -> Signed:
    """Secure one credential in both forms.

    Errors: ShapeError, OpenBadgesError (undefined term, relative id), KeysMissingError, SignatureRefusedError (our own
    check failed).
    """
    shape.check_shape(document)
    eddsa, rsa = ring.active("ed25519"), ring.active("rsa")
    moment = now.astimezone(UTC).replace(microsecond=0)
    embedded = openbadges.sign_document(document, eddsa.private_pem, dids.method_id(did, eddsa), moment)
    openbadges.check_own_proof(embedded, eddsa.public_pem)
    if rsa.private is None:
        raise SignatureRefusedError("the key has no private half")
    claims, headers = {**document, **_claims(document)}, {"kid": dids.method_id(did, rsa)}
    token = jwt.encode(claims, rsa.private, algorithm="RS256", headers=headers)
    if read_token(token, ring=ring, did=did) != document:
        raise SignatureRefusedError("the signed token does not give the credential back")
    return Signed(dump(embedded), token)


def check_embedded(document: dict[str, Any], *, ring: Keyring, did: str) -> Key:
    """The key that signed this document. Errors: SignatureRefusedError, KeyCompromisedError."""
    try:
        proof = openbadges.proof_of(document)
        key = dids.key_for(ring, did, str(proof.get("verificationMethod")), "ed25519")
        if key is None:
            raise SignatureRefusedError("the proof names a key that is not ours")
        openbadges.check_proof(document, key.public_pem)
    except openbadges.OpenBadgesError as error:
        raise SignatureRefusedError(str(error)) from error
    return _trusted(key)


def read_token(token: str, *, ring: Keyring, did: str) -> dict[str, Any]:
    """The credential in a VC-JWT of ours, whatever its dates. Errors: SignatureRefusedError, KeyCompromisedError."""
    try:
        header = jwt.get_unverified_header(token)
        key = dids.key_for(ring, did, str(header.get("kid")), "rsa")
        if key is None:
            raise SignatureRefusedError("the token names a key that is not ours")
        payload = jwt.decode(token, key.public_pem, algorithms=["RS256"], options=_SIGNATURE_ONLY)
    except (jwt.InvalidTokenError, ValueError) as error:
        raise SignatureRefusedError(str(error)) from error
    document = {name: value for name, value in payload.items() if name not in CLAIMS}
    if {name: payload[name] for name in CLAIMS if name in payload} != _claims(document):
        raise SignatureRefusedError("the claims of the token disagree with its credential")
    _trusted(key)
    return document


_SIGNATURE_ONLY: Any = {f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "sub", "jti", "iss")}


def _claims(document: dict[str, Any]) -> dict[str, Any]:
    """The registered claims that mirror members of the credential."""
    claims: dict[str, Any] = {}
    try:
        claims["iss"] = document["issuer"]["id"]
        claims["jti"] = document["id"]
        claims["nbf"] = _epoch(document["validFrom"])
        claims["sub"] = document["credentialSubject"]["id"]
        if "validUntil" in document:
            claims["exp"] = _epoch(document["validUntil"])
    except (KeyError, TypeError, ValueError) as error:
        raise SignatureRefusedError(f"the credential lacks {error}") from error
    return claims


def _epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _trusted(key: Key) -> Key:
    if key.state == COMPROMISED:
        raise KeyCompromisedError(f"key {key.id} is no longer trusted")
    return key
