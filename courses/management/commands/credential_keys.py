from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.certification import issuer, keys, services


class Command(BaseCommand):
    help = "Make, list and rotate the keys that sign certificates; they live in CREDENTIAL_KEYS_DIR."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        new = actions.add_parser("new", help="make the first keys")
        new.add_argument("--if-none", action="store_true", help="change nothing where there are keys already")
        actions.add_parser("list", help="show every key and its state")
        actions.add_parser("rotate", help="sign with new keys from now on; the old ones go on verifying")
        compromise = actions.add_parser("compromise", help="trust a key no more: a new one of its kind signs anew")
        compromise.add_argument("key", help="for example ed25519-1")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, password = issuer.folder(), issuer.password()
        try:
            ring = getattr(self, f"_{options['action']}")(folder, password, options)
        except keys.KeysMissingError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        self.stdout.write(f"{ring.folder}  {ring.did or 'the DID is frozen at the first issue'}")
        for key in ring.keys:
            self.stdout.write(f"  {key.id:12} {key.state:12} {key.created:%Y-%m-%d}")

    def _new(self, folder: Path, password: str | None, options: dict[str, Any]) -> keys.Keyring:
        if (folder / keys.LEDGER).exists():
            if options["if_none"]:
                return self._list(folder, password, options)
            raise CommandError(f"There are keys in {folder} already: use rotate.")
        return keys.create(folder, now=timezone.now(), password=password)

    def _list(self, folder: Path, password: str | None, options: dict[str, Any]) -> keys.Keyring:
        return keys.load(folder, password=password)

    def _rotate(self, folder: Path, password: str | None, options: dict[str, Any]) -> keys.Keyring:
        return keys.rotate(keys.load(folder, password=password), now=timezone.now(), password=password)

    def _compromise(self, folder: Path, password: str | None, options: dict[str, Any]) -> keys.Keyring:
        ring = keys.load(folder, password=password)
        key = ring.find(options["key"])
        if key is None:
            raise CommandError(f"There is no key named {options['key']}.")
        now = timezone.now()
        ring = keys.mark_compromised(ring, key.id, password=password)
        if not any(other.kind == key.kind and other.state == keys.ACTIVE for other in ring.keys):
            ring = keys.rotate(ring, now=now, kinds=(key.kind,), password=password)
        if ring.did is not None:  # something was signed
            many = services.sign_all_anew(key=key, now=now)
            self.stdout.write(f"Certificates of this key to sign anew, whose holders are told: {many}.")
        return ring
