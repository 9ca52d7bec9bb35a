"""The one place that speaks to openbadgeslib, so that its version can be pinned and its habits kept at bay.

Everything here works on plain JSON documents and PEM bytes; contexts are the ones shipped with the library, so nothing
is ever fetched.
"""

import copy
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from openbadgeslib import baking as _baking
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3 import OpenBadgeCredential
from openbadgeslib.ob3.contexts import document_loader
from openbadgeslib.ob3.credential import IdentityObject
from openbadgeslib.ob3.did import multikey_from_pem
from openbadgeslib.ob3.ldp import (
    OB3LdpSigner,
    _check_json_ld_form,
    _select_proof,
    add_data_integrity_proof,
    verify_data_integrity_proof,
)
from openbadgeslib.ob3.status import decode_encoded_list, set_indices
from openbadgeslib.ob3.status_list import build_status_list_credential, status_entry

Document = dict[str, Any]

SVG_NAMESPACE: str = _baking.SVG_NS_OB3
SVG_ELEMENT: str = _baking.SVG_ELEMENT_OB3
PNG_KEYWORD: bytes = _baking.ITXT_KEYWORD_OB3

__all__ = ["Document", "OpenBadgesError", "status_entry"]


class OpenBadgesError(ValueError):
    """The library refused: the document, its proof or the file that carries it is not right."""


class _Frozen(OpenBadgeCredential):
    """A credential whose JSON is exactly the document it was made from (the library lacks fields we sign)."""

    def to_vc(self) -> Document:
        if self.raw is None:
            raise OpenBadgesError("no document")
        return copy.deepcopy(self.raw)


def sign_document(document: Document, private_pem: bytes, method: str, created: datetime) -> Document:
    """Return `document` with one embedded eddsa-rdfc-2022 proof, in an array as the OB 3.0 schema wants it.

    Errors: OpenBadgesError if a term would be dropped by canonicalisation, or any type or id is relative.
    """
    try:
        signer = OB3LdpSigner(private_pem, verification_method=method)
        signed = signer.sign(_Frozen.from_vc_document(document), created=created)
    except (LibOpenBadgesException, ValueError) as error:
        raise OpenBadgesError(str(error)) from error
    return {**signed, "proof": [signed["proof"]]}


def attach_proof(document: Document, private_pem: bytes, method: str, created: datetime) -> Document:
    """Return a status list with its embedded proof (an object, as the status list vocabulary has it)."""
    try:
        return add_data_integrity_proof(document, private_pem, method, created=created)
    except (LibOpenBadgesException, ValueError) as error:
        raise OpenBadgesError(str(error)) from error


def proof_of(document: Document) -> Document:
    """The one supported proof of a document. Errors: OpenBadgesError if there is none, or several."""
    try:
        return dict(_select_proof(document))
    except LibOpenBadgesException as error:
        raise OpenBadgesError(str(error)) from error


def check_proof(document: Document, public_pem: bytes) -> None:
    """Check the embedded proof, and that the JSON says no more than what is signed.

    The proof covers the RDF dataset; the form check makes the JSON the compacted form of that dataset, so a member that
    canonicalisation drops cannot be slipped in. Errors: OpenBadgesError.
    """
    try:
        _check_json_ld_form(document, _select_proof(document), document_loader())
        verify_data_integrity_proof(document, public_pem)
    except (LibOpenBadgesException, ValueError, TypeError, KeyError) as error:
        raise OpenBadgesError(str(error)) from error


def check_own_proof(document: Document, public_pem: bytes) -> None:
    """Check the proof `sign_document` has just made; it has checked the form itself. Errors: OpenBadgesError."""
    try:
        verify_data_integrity_proof(document, public_pem)
    except (LibOpenBadgesException, ValueError, TypeError, KeyError) as error:
        raise OpenBadgesError(str(error)) from error


def identity_hash(email: str, salt: str) -> str:
    """`sha256$` and the digest of the normalised address and salt."""
    return str(IdentityObject.create(email.strip().lower(), salt).identity_hash)


def status_list_document(
    *, issuer: str, url: str, revoked: Iterable[int], size: int, issued: datetime, valid_until: datetime, ttl_ms: int
) -> Document:
    return build_status_list_credential(
        issuer, url, "revocation", revoked, size_bits=size, issued=issued, valid_until=valid_until, ttl=ttl_ms
    )


def decode_list(encoded: str) -> tuple[int, frozenset[int]]:
    """(number of entries, indexes set) of an `encodedList`; bounded against decompression bombs."""
    try:
        bits = decode_encoded_list(encoded)
    except (LibOpenBadgesException, ValueError) as error:
        raise OpenBadgesError(str(error)) from error
    return len(bits) * 8, frozenset(set_indices(bits))


def multikey(public_pem: bytes) -> str:
    return str(multikey_from_pem(public_pem))


def jwk(public_pem: bytes) -> Document:
    """The public key as a JWK, without the `key_ops` that the JWT library adds."""
    return {name: value for name, value in public_jwk_from_pem(public_pem).items() if name != "key_ops"}


def write_png(picture: bytes, token: str) -> bytes:
    return bytes(_baking.bake_png(picture, token, keyword=PNG_KEYWORD))


def read_png(picture: bytes) -> str | None:
    return _baking.extract_png(picture, keyword=PNG_KEYWORD)


def read_svg(drawing: bytes) -> str | None:
    return _baking.extract_svg(drawing, element=SVG_ELEMENT, text_fallback=True)
