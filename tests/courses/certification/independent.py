"""Checks of signatures and status lists that share no code with the academy or its credential library.

RDF canonicalisation is pyld's, the mathematics is cryptography's; all between is written from the specifications.
"""

import base64
import gzip
import hashlib
import json
from importlib.resources import files
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from pyld import jsonld

CONTEXT_FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
}
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def _load(url: str, options: Any) -> dict[str, Any]:
    text = files("openbadgeslib.ob3.contexts").joinpath(CONTEXT_FILES[url]).read_text()
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(text)}


def _canonical(document: dict[str, Any]) -> bytes:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    return jsonld.normalize(document, options).encode()


def base58(text: str) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + BASE58.index(letter)
    body = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return b"\0" * (len(text) - len(text.lstrip("1"))) + body


def base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def method(did_document: dict[str, Any], name: str) -> dict[str, Any]:
    """The verification method `name`, if it may assert anything."""
    assert name in did_document["assertionMethod"], "not a method for assertions"
    return next(entry for entry in did_document["verificationMethod"] if entry["id"] == name)


def embedded_holds(document: dict[str, Any], did_document: dict[str, Any]) -> bool:
    """Whether the eddsa-rdfc-2022 proof fits the document, by the key its DID document publishes as Multikey."""
    document = dict(document)
    proof = document.pop("proof")
    proof = dict(proof[0] if isinstance(proof, list) else proof)
    assert (proof["type"], proof["cryptosuite"]) == ("DataIntegrityProof", "eddsa-rdfc-2022")
    signature = base58(proof.pop("proofValue")[1:])
    multikey = base58(method(did_document, proof["verificationMethod"])["publicKeyMultibase"][1:])
    assert multikey[:2] == b"\xed\x01"
    digest = [
        hashlib.sha256(_canonical(part)).digest() for part in ({"@context": document["@context"], **proof}, document)
    ]
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(multikey[2:]).verify(signature, b"".join(digest))
    except InvalidSignature:
        return False
    return True


def token_holds(token: str, did_document: dict[str, Any]) -> bool:
    """Whether the RS256 signature fits the token, by the JWK its `kid` names."""
    head, body, signature = token.split(".")
    header = json.loads(base64url(head))
    assert header["alg"] == "RS256"
    key = method(did_document, header["kid"])["publicKeyJwk"]
    n, e = (int.from_bytes(base64url(key[part]), "big") for part in "ne")
    try:
        rsa.RSAPublicNumbers(e, n).public_key().verify(
            base64url(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256()
        )
    except InvalidSignature:
        return False
    return True


def payload(token: str) -> dict[str, Any]:
    return json.loads(base64url(token.split(".")[1]))


def bit(status_list: dict[str, Any], index: int) -> int:
    """The bit at `index`, most significant first."""
    encoded = status_list["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    bits = gzip.decompress(base64url(encoded[1:]))
    assert len(bits) * 8 >= 131_072
    return bits[index // 8] >> (7 - index % 8) & 1
