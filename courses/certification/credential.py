"""The credential: Open Badges 3.0 JSON from a frozen snapshot of what was earned.

Source: Open Badges 3.0 and Verifiable Credentials 2.0. Lists are arrays even with one member, nothing is null or empty,
every id is absolute, dates are whole seconds in UTC, and no e-mail address stands in clear.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid5

from courses.certification import openbadges
from courses.certification.snapshots import Evidence, Result, Snapshot, pick

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def build(snapshot: Snapshot) -> dict[str, Any]:
    """The unsigned credential, in the language of the snapshot."""
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": snapshot.uuid.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": pick(snapshot.award.title, snapshot.language),
        "description": "SPECIMEN" if snapshot.specimen else None,
        "issuer": {
            "id": snapshot.issuer_did,
            "type": ["Profile"],
            "name": snapshot.issuer_name,
            "url": snapshot.issuer_url,
        },
        "awardedDate": instant(snapshot.awarded),
        "validFrom": instant(snapshot.issued_at),
        "validUntil": instant(snapshot.valid_until) if snapshot.valid_until else None,
        "credentialSubject": _subject(snapshot),
        "credentialStatus": _status(snapshot),
        "evidence": [_evidence(line, snapshot.language) for line in snapshot.evidence],
        "credentialSchema": [dict(SCHEMA)],
    }
    cleaned: dict[str, Any] = _without_empty(document)
    return cleaned


def _subject(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "id": snapshot.subject.urn,
        "type": ["AchievementSubject"],
        "name": snapshot.holder,
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": snapshot.email_hash,
                "identityType": "emailAddress",
                "salt": snapshot.email_salt,
            }
        ],
        "achievement": _achievement(snapshot),
        "result": [
            {
                "type": ["Result"],
                "resultDescription": _result_id(snapshot, result),
                "status": "Completed",
                "value": str(result.percent),
            }
            for result in snapshot.results
        ],
    }


def _achievement(snapshot: Snapshot) -> dict[str, Any]:
    award, language = snapshot.award, snapshot.language
    title = pick(award.title, language)
    return {
        "id": award.uuid.urn,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": title,
        "description": pick(award.description, language),
        "criteria": {"narrative": pick(award.criteria, language)},
        "image": {"id": snapshot.image_url, "type": "Image", "caption": title},
        "tag": list(pick(award.skills, language) or ()),
        "inLanguage": language,
        "version": award.version,
        "resultDescription": [_result_description(snapshot, result) for result in snapshot.results],
    }


def _result_description(snapshot: Snapshot, result: Result) -> dict[str, Any]:
    return {
        "id": _result_id(snapshot, result),
        "type": ["ResultDescription"],
        "name": pick(result.name, snapshot.language),
        "resultType": "Percent",
        "valueMin": "0",
        "valueMax": "100",
        "requiredValue": None if result.required is None else str(result.required),
    }


def _result_id(snapshot: Snapshot, result: Result) -> str:
    return uuid5(snapshot.award.uuid, result.key).urn


def _evidence(line: Evidence, language: str) -> dict[str, Any]:
    return {
        "type": ["Evidence"],
        "name": pick(line.name, language),
        "narrative": pick(line.narrative, language),
        "genre": line.genre,
    }


def _status(snapshot: Snapshot) -> dict[str, Any] | None:
    if not snapshot.status_url:
        return None
    return openbadges.status_entry(snapshot.status_url, "revocation", snapshot.status_index)


def _without_empty(value: Any) -> Any:
    """The same value without nulls, empty strings, empty lists and empty objects."""
    if isinstance(value, dict):
        cleaned = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [item for item in map(_without_empty, value) if item not in (None, "", [], {})]
    return value
