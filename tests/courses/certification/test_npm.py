"""Verifiers of the npm world: `@digitalbazaar/vc` with `eddsa-rdfc-2022`, and `jose`. They share no code with us.

They run where node is, after `npm ci` in the folder `npm`; elsewhere these tests say so and are skipped.
"""

import datetime as dt
import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from courses.certification import credential, did, keys, signing, statuslist
from tests.courses.certification.conftest import ISSUED, make_snapshot
from tests.courses.certification.independent import CONTEXT_FILES

FOLDER = Path(__file__).parent / "npm"
pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(
        not (FOLDER / "node_modules").is_dir(), reason="run `npm ci` in tests/courses/certification/npm first"
    ),
]
LATER = ISSUED + dt.timedelta(hours=1)
NAMES = {"french": "Éléonore d’Ávila-Nuñez", "arabic": "ليلى بنت يوسف", "chinese": "欧阳明月"}


def _contexts():
    folder = files("openbadgeslib.ob3.contexts")
    found = {url: json.loads(folder.joinpath(name).read_text()) for url, name in CONTEXT_FILES.items()}
    for url, name in {
        "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
        "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
    }.items():
        found[url] = json.loads(folder.joinpath(name).read_text())
    return found


def _sign(ring, **changes):
    facts = make_snapshot(**changes)
    return signing.sign(credential.build(facts), ring=ring, did=facts.issuer_did, now=ISSUED)


def _altered(text):
    return json.loads(text.replace("A suivi", "A suivj"))


def _altered_token(token):
    head, body, signature = token.split(".")
    return ".".join((head, body[:200] + ("A" if body[200] != "A" else "B") + body[201:], signature))


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    return keys.create(tmp_path_factory.mktemp("npm") / "ring", now=ISSUED)


@pytest.fixture(scope="module")
def answers(ring):
    """One run of node for every case."""
    items, before = {}, _sign(ring)
    for name, holder in NAMES.items():
        signed = _sign(ring, holder=holder)
        items[f"{name} embedded"], items[f"{name} token"] = (
            {"embedded": json.loads(signed.embedded)},
            {"token": signed.token},
        )
    items["altered embedded"] = {"embedded": _altered(before.embedded)}
    items["altered token"] = {"token": _altered_token(before.token)}
    over = _sign(ring, valid_until=ISSUED + dt.timedelta(minutes=5))
    items["expired embedded"], items["expired token"] = {"embedded": json.loads(over.embedded)}, {"token": over.token}
    items["revoked embedded"] = {"embedded": json.loads(_sign(ring, status_index=78).embedded)}
    rotated = keys.rotate(ring, now=LATER)
    after = _sign(rotated)
    items["before rotation embedded"] = {"embedded": json.loads(before.embedded)}
    items["before rotation token"] = {"token": before.token}
    items["after rotation embedded"] = {"embedded": json.loads(after.embedded)}
    items["after rotation token"] = {"token": after.token}
    spoilt = keys.mark_compromised(keys.mark_compromised(rotated, "ed25519-2"), "rsa-2")
    found = _run(rotated, items)
    lost = {
        "compromised embedded": {"embedded": json.loads(after.embedded)},
        "compromised token": {"token": after.token},
    }
    return {**found, **_run(spoilt, lost, signer=rotated)}


def _run(ring, items, signer=None):
    facts = make_snapshot()
    lists = statuslist.sign_list(facts.status_url, [78], ring=signer or ring, did=facts.issuer_did, now=ISSUED)
    job = {
        "contexts": _contexts(),
        "did": did.document(ring, facts.issuer_did),
        "lists": {facts.status_url: json.loads(lists)},
        "now": LATER.isoformat(),
        "items": items,
    }
    made = subprocess.run(  # noqa: PLW1510 (the error of node is shown below)
        ["node", "verify.js"], cwd=FOLDER, input=json.dumps(job), capture_output=True, text=True, timeout=120
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


@pytest.mark.parametrize("form", ["embedded", "token"])
@pytest.mark.parametrize("name", [*NAMES, "before rotation", "after rotation"])
def test_strangers_accept_what_we_sign(answers, name, form):
    answer = answers[f"{name} {form}"]
    assert answer["verified"], answer["error"]


@pytest.mark.parametrize("form", ["embedded", "token"])
@pytest.mark.parametrize("name", ["altered", "expired", "compromised"])
def test_strangers_refuse_what_is_not_right(answers, name, form):
    assert not answers[f"{name} {form}"]["verified"]


def test_strangers_read_our_status_list(answers):
    assert not answers["revoked embedded"]["verified"]


def test_the_lock_file_names_no_host():
    assert "resolved" not in (FOLDER / "package-lock.json").read_text()
