from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.certification import files
from courses.certification.models import Certificate

FORMS = ("json", "jwt", "png", "svg", "pdf")


class Command(BaseCommand):
    help = "Write one form of a certificate to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--format", required=True, choices=FORMS)
        parser.add_argument("--output", required=True, type=Path, metavar="F")
        parser.add_argument(
            "--language", default="", choices=("", "fr", "en"), help="of the PDF; the holder's if absent"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        certificate = Certificate.objects.with_code(options["code"]).first()
        if certificate is None:
            raise CommandError(f"There is no certificate {options['code']}.")
        if certificate.erased_at is not None:
            raise CommandError(f"{certificate.code} was erased on {certificate.erased_at:%Y-%m-%d}: nothing is left.")
        content = files.file_of(certificate, options["format"], options["language"])
        try:
            options["output"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
        self.stdout.write(f"{options['output']} ({len(content)} bytes)")
