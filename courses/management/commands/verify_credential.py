from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.certification import register
from courses.certification.verification import Verdict


class Command(BaseCommand):
    help = "Verify a PDF, PNG, SVG, JSON or JWT against the academy's keys and register. Fails unless it is valid."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        finding = register.examine(data, now=timezone.now())
        if finding.document:
            subject = finding.document["credentialSubject"]
            self.stdout.write(f"{subject['name']} · {finding.document['name']} · {finding.document['validFrom'][:10]}")
        if finding.verdict is not Verdict.VALID:
            raise CommandError(f"{finding.verdict}{': ' if finding.reason else ''}{finding.reason}")
        self.stdout.write(str(finding.verdict))
