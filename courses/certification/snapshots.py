"""What a certificate says, frozen on the day it is given, and the same as JSON for the database. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

Texts = Mapping[str, str]  # language code → text


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One measured outcome. `percent` and `required` are whole percents, 0 to 100."""

    key: str
    name: Texts
    percent: int
    required: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    name: Texts
    narrative: Texts
    genre: str = ""


DECISION = "Decision"  # the genre of the evidence of a certificate that was given, not earned


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardFacts:
    """What the award said on the day: later edits change nothing that was issued."""

    uuid: UUID
    slug: str
    version: str
    title: Texts
    description: Texts
    criteria: Texts
    skills: Mapping[str, tuple[str, ...]]
    signatory: str = ""
    signatory_role: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a certificate says, frozen at issue. Times are aware; `valid_until` is None when it never expires."""

    uuid: UUID
    subject: UUID
    holder: str
    email_hash: str
    email_salt: str
    language: str
    award: AwardFacts
    issued_at: datetime
    valid_until: datetime | None
    issuer_did: str
    issuer_name: str
    issuer_url: str
    code: str
    results: tuple[Result, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    status_url: str = ""
    status_index: int = -1
    layout: str = "classic-1"
    look: Mapping[str, Any] = field(default_factory=dict)  # what the layout said on the day; empty: the academy's own
    awarded_at: datetime | None = None  # of the first one, where this one only puts the name right
    time_zone: str = "UTC"  # dates are printed as they read where the holder lives
    specimen: bool = False
    given: bool = False  # by decision of the academy, to somebody who has not met its rule

    @property
    def awarded(self) -> datetime:
        """The day that is printed."""
        return self.awarded_at or self.issued_at

    @property
    def image_url(self) -> str:
        return f"{self.issuer_url}/credentials/awards/{self.award.slug}.png"

    @property
    def short_url(self) -> str:
        return f"{self.issuer_url}/c/{self.code}"


def pick(texts: Mapping[str, Any], language: str) -> Any:
    """The text in `language`, else in the first language that has one; empty string if none."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def to_record(snapshot: Snapshot) -> dict[str, Any]:
    """A JSON-able copy of the snapshot; `from_record` gives the snapshot back."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        if isinstance(value, datetime):
            return value.isoformat()
        return str(value) if isinstance(value, UUID) else value

    record: dict[str, Any] = plain(asdict(snapshot))
    return record


def from_record(record: Mapping[str, Any]) -> Snapshot:
    """Read back what `to_record` wrote."""
    award = dict(record["award"])
    award["uuid"] = UUID(award["uuid"])
    award["skills"] = {language: tuple(words) for language, words in award["skills"].items()}
    until, awarded = record["valid_until"], record.get("awarded_at")
    return Snapshot(
        **{
            **record,
            "uuid": UUID(record["uuid"]),
            "subject": UUID(record["subject"]),
            "award": AwardFacts(**award),
            "issued_at": datetime.fromisoformat(record["issued_at"]),
            "valid_until": datetime.fromisoformat(until) if until else None,
            "awarded_at": datetime.fromisoformat(awarded) if awarded else None,
            "results": tuple(Result(**result) for result in record["results"]),
            "evidence": tuple(Evidence(**line) for line in record["evidence"]),
        }
    )
