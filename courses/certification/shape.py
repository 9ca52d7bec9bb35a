"""The shape of our credentials, held before signing and before believing."""

import re
from collections.abc import Mapping
from typing import Any

from courses.certification.credential import CONTEXTS

ABSOLUTE = re.compile(r"(urn:uuid:|did:|https?://)\S+")
HASH = re.compile(r"sha256\$[0-9a-f]{64}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class ShapeError(ValueError):
    """A document that is not a credential of ours; the message says where."""


def check_shape(document: Mapping[str, Any]) -> None:
    """Refuse what the signing library would let through: other contexts, relative ids, clear e-mails, numeric indexes.

    Errors: ShapeError naming the member.
    """
    if document.get("@context") != CONTEXTS:
        raise ShapeError("@context: not the three contexts of our credentials, in order")
    if document.get("type") != ["VerifiableCredential", "OpenBadgeCredential"]:
        raise ShapeError("type: not an Open Badges credential")
    _check_values(document, "$")
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or not isinstance(subject.get("achievement"), dict):
        raise ShapeError("credentialSubject: no achievement")
    if not subject["achievement"].get("criteria", {}).get("narrative"):
        raise ShapeError("credentialSubject.achievement.criteria: empty")
    _check_identifiers(subject.get("identifier"))
    _check_times(document)
    _check_status(document.get("credentialStatus"))


def _check_values(value: Any, path: str) -> None:
    if value is None or (isinstance(value, dict | list | str) and not value):
        raise ShapeError(f"{path}: empty")
    if isinstance(value, dict):
        for key, item in value.items():
            if key.startswith("@") and path != "$":
                raise ShapeError(f"{path}.{key}: a keyword inside the credential")
            if key == "id" and not (isinstance(item, str) and ABSOLUTE.fullmatch(item)):
                raise ShapeError(f"{path}.id: not an absolute address")
            _check_values(item, f"{path}.{key}")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            _check_values(item, f"{path}[{position}]")


def _check_identifiers(identifiers: Any) -> None:
    if not isinstance(identifiers, list):
        raise ShapeError("credentialSubject.identifier: not a list")
    for identifier in identifiers:
        if identifier.get("hashed") is not True or not HASH.fullmatch(str(identifier.get("identityHash"))):
            raise ShapeError("credentialSubject.identifier: an address must be a salted sha256 hash")


def _check_times(document: Mapping[str, Any]) -> None:
    for member in ("validFrom", "validUntil"):
        value = document.get(member)
        if (value is not None or member == "validFrom") and not INSTANT.fullmatch(str(value)):
            raise ShapeError(f"{member}: not whole seconds in UTC")


def _check_status(status: Any) -> None:
    if status is None:
        return
    if not isinstance(status, dict) or not isinstance(status.get("statusListIndex"), str) or "id" not in status:
        raise ShapeError("credentialStatus: one entry with an id and an index in digits")
    if not status["statusListIndex"].isdecimal() or status.get("type") != "BitstringStatusListEntry":
        raise ShapeError("credentialStatus: one entry with an id and an index in digits")
