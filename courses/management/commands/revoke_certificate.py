from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.certification import services
from courses.certification.models import Certificate


class Command(BaseCommand):
    help = "Revoke a certificate for good: status list, audit trail, and a mail to its holder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--public-reason", required=True, help="shown on the verification page and in the mail")
        parser.add_argument("--reason", required=True, help="kept for staff")

    def handle(self, *args: Any, **options: Any) -> None:
        certificate = Certificate.objects.with_code(options["code"]).first()
        if certificate is None:
            raise CommandError(f"There is no certificate {options['code']}.")
        if certificate.revoked_at is not None:
            self.stdout.write(f"{certificate.code} was revoked on {certificate.revoked_at:%Y-%m-%d}.")
            return
        try:
            services.revoke(
                certificate=certificate,
                actor=None,
                public_reason=options["public_reason"],
                internal_reason=options["reason"],
                now=timezone.now(),
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{certificate.code} is revoked.")
