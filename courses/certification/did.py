"""did:web: the academy's identifier, and the document that publishes its public keys."""

from typing import Any
from urllib.parse import quote, urlsplit

from courses.certification import openbadges
from courses.certification.keys import ACTIVE, COMPROMISED, Key, Keyring

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1", "https://w3id.org/security/jwk/v1"]


def did_of(base_url: str) -> str:
    """`did:web` of a site at the root of a host; a port is percent-encoded. Errors: ValueError for anything else."""
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError(f"{base_url!r} is not the address of a site at the root of a host")
    port = f":{parts.port}" if parts.port else ""
    return "did:web:" + quote(parts.hostname + port, safe="")


def method_id(did: str, key: Key) -> str:
    """The absolute DID URL of a key: what a proof names as `verificationMethod` and a JWT as `kid`."""
    return f"{did}#{key.id}"


def key_for(ring: Keyring, did: str, method: str, kind: str) -> Key | None:
    """The key that `method` names, if it is one of ours and of that kind. `#id` and `#id-jwk` are the same key."""
    owner, _, fragment = method.partition("#")
    key = ring.find(fragment.removesuffix("-jwk")) if owner == did else None
    return key if key is not None and key.kind == kind else None


def document(ring: Keyring, did: str) -> dict[str, Any]:
    """The DID document: Ed25519 keys as Multikey and as JWK, RSA keys as JWK.

    Retired keys stay under `assertionMethod`, so that what they signed goes on verifying; compromised ones leave it.
    """
    methods = [method for key in ring.keys for method in _methods(did, key)]
    trusted = [method["id"] for key in ring.keys if key.state != COMPROMISED for method in _methods(did, key)]
    return {"@context": CONTEXTS, "id": did, "verificationMethod": methods, "assertionMethod": trusted}


def _methods(did: str, key: Key) -> list[dict[str, Any]]:
    name = method_id(did, key)
    as_jwk = {"type": "JsonWebKey", "controller": did, "publicKeyJwk": openbadges.jwk(key.public_pem)}
    if key.kind == "rsa":
        return [{"id": name, **as_jwk}]
    multikey = {"type": "Multikey", "controller": did, "publicKeyMultibase": openbadges.multikey(key.public_pem)}
    return [{"id": name, **multikey}, {"id": f"{name}-jwk", **as_jwk}]


def is_signing(key: Key) -> bool:
    return key.state == ACTIVE
