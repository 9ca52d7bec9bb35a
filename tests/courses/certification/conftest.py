"""Keys made once, and a snapshot to sign."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from courses.certification import credential, did, keys, openbadges, signing, snapshots

ISSUED = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
SITE = "https://academy.example"


@pytest.fixture(scope="session")
def ring(tmp_path_factory: Any) -> keys.Keyring:
    return keys.create(tmp_path_factory.mktemp("keys") / "ring", now=ISSUED)


@pytest.fixture(scope="session")
def site_keys(tmp_path_factory: Any) -> Path:
    folder = tmp_path_factory.mktemp("site") / "keys"
    keys.create(folder, now=ISSUED)
    return folder


@pytest.fixture
def academy_keys(settings: Any, site_keys: Path, tmp_path: Path) -> Path:
    """The academy signs with keys of its own, and keeps its files in a folder of the test."""
    settings.CREDENTIAL_KEYS_DIR = site_keys
    settings.DATA_DIR = tmp_path
    return site_keys


def make_snapshot(**changes: Any) -> snapshots.Snapshot:
    facts: dict[str, Any] = {
        "uuid": UUID("6de66b2c-2219-472e-bd98-ed0cd3f4d588"),
        "subject": UUID("fb50c1aa-f197-4d9d-b082-72584bfbe4a2"),
        "holder": "Éléonore d’Ávila-Nuñez",
        "email_hash": openbadges.identity_hash("eleonore@example.org", "salt"),
        "email_salt": "salt",
        "language": "fr",
        "award": snapshots.AwardFacts(
            uuid=UUID("0f2fcbf6-5eb2-47d1-927e-d5243991969b"),
            slug="moderation",
            version="1",
            title={"fr": "Modération", "en": "Moderation"},
            description={"fr": "Attestation du cours.", "en": "Attestation of the course."},
            criteria={"fr": "A suivi le cours en entier.", "en": "Completed the whole course."},
            skills={"fr": ("Désescalade",), "en": ("De-escalation",)},
            signatory="Hélène Marchetti",
            signatory_role={"fr": "Directrice des programmes", "en": "Director of programmes"},
        ),
        "issued_at": ISSUED,
        "valid_until": dt.datetime(2028, 3, 2, 9, 0, tzinfo=dt.UTC),
        "issuer_did": did.did_of(SITE),
        "issuer_name": "CM Academy",
        "issuer_url": SITE,
        "code": "CM-7K4F-Q2XD-9RTM",
        "results": (
            snapshots.Result(
                key="quiz", name={"fr": "Quiz du module 1", "en": "Module 1 quiz"}, percent=82, required=70
            ),
        ),
        "evidence": (
            snapshots.Evidence(name={"fr": "Une journée ordinaire"}, narrative={"fr": "76 %"}, genre="Scenario"),
        ),
        "status_url": f"{SITE}/credentials/status/1.json",
        "status_index": 77,
    }
    return snapshots.Snapshot(**{**facts, **changes})


@pytest.fixture
def snapshot() -> snapshots.Snapshot:
    return make_snapshot()


@pytest.fixture(scope="session")
def signed(ring: keys.Keyring) -> signing.Signed:
    facts = make_snapshot()
    return signing.sign(credential.build(facts), ring=ring, did=facts.issuer_did, now=ISSUED)


__all__ = ["ISSUED", "SITE", "make_snapshot"]
