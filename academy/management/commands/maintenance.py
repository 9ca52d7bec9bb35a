from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy import maintenance


class Command(BaseCommand):
    help = "Close the academy to visitors for a while, or open it again. Staff who are signed in stay in."
    requires_system_checks: list[str] = []  # it must close, and open, whatever state the rest is in

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", choices=["on", "off"])
        parser.add_argument(
            "--minutes", type=int, default=maintenance.MINUTES, help="when visitors' programs should ask again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["state"] == "off":
            maintenance.end()
            self.stdout.write("The academy is open.")
            return
        try:
            maintenance.begin(minutes=options["minutes"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("The academy is closed: visitors are answered 503. Open it again: manage.py maintenance off.")
