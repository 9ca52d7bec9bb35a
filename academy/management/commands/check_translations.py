import shutil
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from academy.translations import catalogues, gaps


class Command(BaseCommand):
    help = (
        "Fail when a string of the sources is missing from the French catalogue, untranslated or fuzzy. Needs gettext."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [gap for po in catalogues() for gap in gaps(po)]
        faults += [f"not in the catalogue: {msgid!r}" for msgid in sorted(self._extracted() - self._catalogued())]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} translations missing: run makemessages -l fr and fill them in.")
        self.stdout.write("Translations complete.")

    def _catalogued(self) -> set[tuple[str | None, str]]:
        return {
            (entry.msgctxt, entry.msgid) for po in catalogues() for entry in polib.pofile(str(po)) if not entry.obsolete
        }

    def _extracted(self) -> set[tuple[str | None, str]]:
        """Extract the sources' strings into a copy, leaving the repository's catalogue as it is."""
        folder = Path(settings.LOCALE_PATHS[0])
        with tempfile.TemporaryDirectory() as temporary:
            kept = Path(temporary) / "kept"
            shutil.copytree(folder, kept)
            try:
                call_command(
                    "makemessages", locale=["fr"], ignore_patterns=["tests/*", "var/*"], no_location=True, verbosity=0
                )
                fresh = polib.pofile(str(folder / "fr" / "LC_MESSAGES" / "django.po"))
                return {(entry.msgctxt, entry.msgid) for entry in fresh if not entry.obsolete}
            finally:
                shutil.rmtree(folder)
                shutil.copytree(kept, folder)
