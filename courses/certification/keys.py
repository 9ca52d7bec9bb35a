"""Signing keys: files in a folder outside the database, and a small ledger beside them.

The ledger (`keyring.json`) names each key, its state and the DID the academy signs as. The DID is frozen at the first
issue: a later change of address must not orphan what was signed. Private keys never leave this module but as `Key`.
"""

import json
import os
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

LEDGER = "keyring.json"
KINDS = ("ed25519", "rsa")
ACTIVE, RETIRED, COMPROMISED = "active", "retired", "compromised"

PrivateKey = ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


class KeysMissingError(RuntimeError):
    """There is no key to sign with, and making one silently is not allowed here."""


class KeysUnreadableError(KeysMissingError):
    """There are keys, but a file is damaged or missing, or the password does not fit."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key pair. `id` is the fragment of its DID URL; `private` is None for a key that can only verify."""

    id: str
    kind: str
    state: str
    created: datetime
    public_pem: bytes = field(repr=False)
    private: PrivateKey | None = field(default=None, repr=False, compare=False)
    private_pem: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key of a folder, oldest first. `did` and `base_url` are None until the first issue freezes them."""

    folder: Path
    keys: tuple[Key, ...]
    did: str | None = None
    base_url: str | None = None

    def active(self, kind: str) -> Key:
        """The newest active key of a kind. Errors: KeysMissingError."""
        for key in reversed(self.keys):
            if key.kind == kind and key.state == ACTIVE and key.private is not None:
                return key
        raise KeysMissingError(f"No active {kind} key in {self.folder}: run manage.py credential_keys new.")

    def find(self, key_id: str) -> Key | None:
        return next((key for key in self.keys if key.id == key_id), None)


def load(folder: Path, *, password: str | None = None) -> Keyring:
    """Read a folder of keys. Errors: KeysMissingError if it holds no ledger; KeysUnreadableError."""
    path = folder / LEDGER
    if not path.is_file():
        raise KeysMissingError(f"No signing keys in {folder}: run manage.py credential_keys new.")
    try:
        ledger = json.loads(path.read_text())
        keys = tuple(_read_key(folder, entry, password) for entry in ledger["keys"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        hint = "a file is damaged or missing, or CREDENTIAL_KEYS_PASSWORD does not fit"
        raise KeysUnreadableError(f"The signing keys in {folder} cannot be read: {hint}.") from error
    return Keyring(folder, keys, ledger.get("did"), ledger.get("base_url"))


def create(folder: Path, *, now: datetime, password: str | None = None) -> Keyring:
    """Make the first Ed25519 and RSA keys. Two processes may call this at once: one wins, both get the same keys."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}-{secrets.token_hex(6)}")
    draft.mkdir(mode=0o700)
    entries = [_write_key(draft, kind, 1, now, password) for kind in KINDS]
    _write_ledger(draft, entries, None, None)
    try:
        draft.rename(folder)  # atomic, and refused when the folder already holds something
    except OSError:
        for path in draft.iterdir():
            path.unlink()
        draft.rmdir()
    return load(folder, password=password)


def rotate(ring: Keyring, *, now: datetime, kinds: tuple[str, ...] = KINDS, password: str | None = None) -> Keyring:
    """Add a new active key of each kind; the former active ones are retired but go on verifying."""
    entries = [
        _entry(replace(key, state=RETIRED) if key.kind in kinds and key.state == ACTIVE else key) for key in ring.keys
    ]
    for kind in kinds:
        number = 1 + sum(key.kind == kind for key in ring.keys)
        entries.append(_write_key(ring.folder, kind, number, now, password))
    _write_ledger(ring.folder, entries, ring.did, ring.base_url)
    return load(ring.folder, password=password)


def mark_compromised(ring: Keyring, key_id: str, *, password: str | None = None) -> Keyring:
    """Trust a key no more: it leaves the DID document's assertion methods. Errors: KeyError if unknown."""
    if ring.find(key_id) is None:
        raise KeyError(key_id)
    entries = [_entry(replace(key, state=COMPROMISED) if key.id == key_id else key) for key in ring.keys]
    _write_ledger(ring.folder, entries, ring.did, ring.base_url)
    return load(ring.folder, password=password)


def freeze(ring: Keyring, *, did: str, base_url: str) -> Keyring:
    """Write down for good which DID and address this folder signs as; a second call changes nothing."""
    if ring.did is not None:
        return ring
    _write_ledger(ring.folder, [_entry(key) for key in ring.keys], did, base_url)
    return replace(ring, did=did, base_url=base_url)


def _entry(key: Key) -> dict[str, str]:
    return {"id": key.id, "kind": key.kind, "state": key.state, "created": key.created.isoformat()}


def _write_ledger(folder: Path, entries: list[dict[str, str]], did: str | None, base_url: str | None) -> None:
    draft = folder / f"{LEDGER}.{secrets.token_hex(4)}"
    draft.write_text(json.dumps({"did": did, "base_url": base_url, "keys": entries}, indent=2) + "\n")
    draft.replace(folder / LEDGER)


def _write_key(folder: Path, kind: str, number: int, now: datetime, password: str | None) -> dict[str, str]:
    key_id = f"{kind}-{number}"
    private: PrivateKey = (
        ed25519.Ed25519PrivateKey.generate()
        if kind == "ed25519"
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    descriptor = os.open(folder / f"{key_id}.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_private_pem(private, password))
    (folder / f"{key_id}.pub.pem").write_bytes(_public_pem(private))
    return {"id": key_id, "kind": kind, "state": ACTIVE, "created": now.astimezone(UTC).isoformat(timespec="seconds")}


def _read_key(folder: Path, entry: dict[str, str], password: str | None) -> Key:
    path = folder / f"{entry['id']}.pem"
    private, plain = None, b""
    if path.is_file() and entry["state"] == ACTIVE:
        secret = password.encode() if password else None
        loaded = serialization.load_pem_private_key(path.read_bytes(), password=secret)
        if not isinstance(loaded, ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey):
            raise ValueError(f"{path.name}: neither an Ed25519 nor an RSA key")
        private, plain = loaded, _private_pem(loaded, None)
    return Key(
        id=entry["id"],
        kind=entry["kind"],
        state=entry["state"],
        created=datetime.fromisoformat(entry["created"]),
        public_pem=(folder / f"{entry['id']}.pub.pem").read_bytes(),
        private=private,
        private_pem=plain,
    )


def _private_pem(key: PrivateKey, password: str | None) -> bytes:
    encryption = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)


def _public_pem(key: PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
