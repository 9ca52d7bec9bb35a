from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from academy.curriculum_archive import pack
from academy.curriculum_export import export
from academy.curriculum_files import files_of, write_files


class Command(BaseCommand):
    help = "Write what is published as the text files load_curriculum reads. Drafts and unpublished pages are left out."

    def add_arguments(self, parser: CommandParser) -> None:
        target = parser.add_mutually_exclusive_group(required=True)
        target.add_argument("--output", type=Path, metavar="DIR", help="a folder, new or empty")
        target.add_argument("--archive", type=Path, metavar="FILE.zip", help="one archive instead")
        parser.add_argument(
            "--course", action="append", default=[], metavar="STEM", help="this course only; repeatable"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, archive = options["output"], options["archive"]
        if folder and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not an empty folder: what was there before would be loaded again.")
        try:
            curriculum = export(options["course"])
        except LookupError as error:
            raise CommandError(f"There is no course named {error}.") from error
        files = files_of(curriculum)
        if folder:
            write_files(files, folder)
        else:
            archive.write_bytes(pack(files))
        for page, why in curriculum.left_out:
            self.stderr.write(f"left out   {page}: {why}")
        self.stdout.write(f"Done: {len(files)} files, {len(curriculum.left_out)} left out.")
