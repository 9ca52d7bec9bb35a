"""The credential's JSON, the frozen record, the shape we hold it to."""

import json
from typing import Any

import pytest

from courses.certification import credential, snapshots
from courses.certification.shape import ShapeError, check_shape
from tests.courses.certification.conftest import make_snapshot


def test_a_snapshot_survives_the_database(snapshot):
    record = json.loads(json.dumps(snapshots.to_record(snapshot)))
    assert snapshots.from_record(record) == snapshot


def test_the_document_is_an_open_badge_in_the_language_of_the_holder(snapshot):
    document = credential.build(snapshot)
    assert document["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["issuer"]["id"] == "did:web:academy.example"
    achievement = document["credentialSubject"]["achievement"]
    assert (achievement["name"], achievement["inLanguage"]) == ("Modération", "fr")
    assert achievement["achievementType"] == "Certification"
    check_shape(document)


def test_dates_are_whole_seconds_in_utc(snapshot):
    document = credential.build(snapshot)
    assert document["validFrom"] == document["awardedDate"] == "2026-03-02T09:00:00Z"
    assert document["validUntil"] == "2028-03-02T09:00:00Z"


def test_a_certificate_without_end_has_no_end():
    assert "validUntil" not in credential.build(make_snapshot(valid_until=None))


def test_each_result_names_its_description(snapshot):
    subject = credential.build(snapshot)["credentialSubject"]
    described = {entry["id"] for entry in subject["achievement"]["resultDescription"]}
    assert [entry["resultDescription"] for entry in subject["result"]] == list(described)
    assert subject["result"][0]["value"] == "82"


def test_no_null_and_nothing_empty_is_left():
    document = credential.build(make_snapshot(results=(), evidence=(), status_url=""))
    assert "evidence" not in document
    assert "credentialStatus" not in document
    assert "result" not in document["credentialSubject"]

    def walk(value: Any) -> None:
        assert value not in (None, "", [], {})
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(item)

    walk(document)


def test_the_email_is_nowhere_in_clear(snapshot):
    text = json.dumps(credential.build(snapshot))
    assert "eleonore@" not in text
    assert "sha256$" in text


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["@context"], ["https://www.w3.org/ns/credentials/v2"]),
        (["type"], ["VerifiableCredential"]),
        (["id"], "certificate-1"),
        (["issuer", "id"], "academy"),
        (["credentialSubject", "id"], "learner"),
        (["credentialSubject", "identifier", 0, "hashed"], False),
        (["credentialSubject", "identifier", 0, "identityHash"], "eleonore@example.org"),
        (["credentialSubject", "achievement", "criteria", "narrative"], ""),
        (["credentialSubject", "achievement", "@id"], "urn:uuid:x"),
        (["credentialStatus", "statusListIndex"], 77),
        (["credentialStatus"], [{}]),
        (["validFrom"], "2026-03-02T09:00:00.5Z"),
        (["evidence"], []),
        (["name"], None),
    ],
)
def test_what_the_signing_library_would_let_through_is_refused(snapshot, path, value):
    document = json.loads(json.dumps(credential.build(snapshot)))
    target = document
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(ShapeError):
        check_shape(document)
