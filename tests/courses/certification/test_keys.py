"""Key files outside the database, the ledger, the DID."""

import json
import stat
import threading

import pytest

from courses.certification import did, keys
from tests.courses.certification.conftest import ISSUED


def test_a_folder_without_keys_says_what_to_run(tmp_path):
    with pytest.raises(keys.KeysMissingError, match="credential_keys new"):
        keys.load(tmp_path)


def test_private_keys_are_for_the_owner_alone(ring):
    for path in ring.folder.glob("*-?.pem"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_shows_nothing_of_itself_in_a_log(ring):
    assert "PRIVATE" not in repr(ring)
    assert "BEGIN" not in repr(ring)


def test_a_password_locks_the_files(tmp_path):
    made = keys.create(tmp_path / "keys", now=ISSUED, password="open sesame")
    assert b"ENCRYPTED" in (made.folder / "ed25519-1.pem").read_bytes()
    assert keys.load(made.folder, password="open sesame").active("rsa").id == "rsa-1"
    for wrong in (None, "close sesame"):
        with pytest.raises(keys.KeysUnreadableError, match="CREDENTIAL_KEYS_PASSWORD"):
            keys.load(made.folder, password=wrong)


@pytest.mark.parametrize("damaged", ["keyring.json", "ed25519-1.pem", "rsa-1.pub.pem"])
def test_a_damaged_or_missing_file_is_said(tmp_path, damaged):
    made = keys.create(tmp_path / "keys", now=ISSUED)
    path = made.folder / damaged
    path.write_text("{")
    if not damaged.endswith(".pub.pem"):  # only read when somebody verifies
        with pytest.raises(keys.KeysUnreadableError):
            keys.load(made.folder)
    path.unlink()
    with pytest.raises(keys.KeysMissingError):
        keys.load(made.folder).active("ed25519")


def test_two_processes_making_keys_at_once_end_with_the_same(tmp_path):
    rings = []
    threads = [
        threading.Thread(target=lambda: rings.append(keys.create(tmp_path / "keys", now=ISSUED))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({ring.active("ed25519").public_pem for ring in rings}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_the_did_is_frozen_once(tmp_path):
    ring = keys.create(tmp_path / "keys", now=ISSUED)
    first = keys.freeze(ring, did="did:web:a.example", base_url="https://a.example")
    again = keys.freeze(keys.load(first.folder), did="did:web:b.example", base_url="https://b.example")
    assert again.did == keys.load(first.folder).did == "did:web:a.example"


def test_marking_an_unknown_key_is_refused(ring):
    with pytest.raises(KeyError):
        keys.mark_compromised(ring, "ed25519-9")


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://academy.example", "did:web:academy.example"), ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000")],
)
def test_the_did_follows_the_address(url, expected):
    assert did.did_of(url) == expected


@pytest.mark.parametrize("url", ["ftp://a.example", "academy.example", "https://a.example/school"])
def test_an_address_that_is_no_root_of_a_host_is_refused(url):
    with pytest.raises(ValueError, match="root of a host"):
        did.did_of(url)


def test_the_did_document_publishes_public_keys_only(ring):
    document = did.document(ring, "did:web:academy.example")
    kinds = [method["type"] for method in document["verificationMethod"]]
    assert kinds == ["Multikey", "JsonWebKey", "JsonWebKey"]
    for method in document["verificationMethod"]:
        assert not {"d", "p", "q", "dp", "dq", "qi"} & set(method.get("publicKeyJwk", {}))
    assert "PRIVATE" not in json.dumps(document)
