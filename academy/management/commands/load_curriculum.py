from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from academy.curriculum import FOLDER
from academy.curriculum_archive import opened
from academy.curriculum_loading import load
from academy.curriculum_reading import read_curriculum
from courses.formats.errors import FileError
from courses.loading import CREATED, KEPT, UNCHANGED, UPDATED


class Command(BaseCommand):
    help = "Load the curriculum's text files; never overwrites what an instructor changed, unless told to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=FOLDER, help="default: the academy's own curriculum"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
        parser.add_argument("--force", action="store_true", help="overwrite what instructors changed, too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["folder"]) as folder:
                report = load(read_curriculum(folder), force=options["force"], dry_run=options["dry_run"])
        except FileError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        shown = (CREATED, UPDATED, KEPT) if options["verbosity"] < 2 else (CREATED, UPDATED, KEPT, UNCHANGED)
        if not options["verbosity"]:
            return
        for outcome, thing in report.lines:
            if outcome in shown:
                self.stdout.write(f"{outcome:10} {thing}")
        self.stdout.write(
            ("Would be: " if options["dry_run"] else "Done: ")
            + ", ".join(f"{report.count(o)} {o}" for o in (CREATED, UPDATED, UNCHANGED, KEPT))
            + ("." if not report.count(KEPT) else " (kept: changed in the admin; --force overwrites).")
        )
