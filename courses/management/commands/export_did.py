from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.certification import did, issuer, services, signing
from courses.certification.keys import KeysMissingError
from courses.certification.models import StatusList


class Command(BaseCommand):
    help = (
        "Write the DID document and the status lists as HOST/PATH of their addresses, so that a verifier runs offline."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", required=True, type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            academy = issuer.current(now=now)
        except KeysMissingError as error:
            raise CommandError(str(error)) from error
        documents = {academy.address("did_document"): signing.dump(did.document(academy.ring, academy.did))}
        for status_list in StatusList.objects.all():
            signed = services.fresh_status_list(status_list=status_list, now=now)
            documents[academy.address("credentials_status", status_list.number)] = signed
        for url, text in documents.items():
            parts = urlsplit(url)
            path = options["output"] / parts.netloc / parts.path.lstrip("/")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error
            self.stdout.write(str(path))
