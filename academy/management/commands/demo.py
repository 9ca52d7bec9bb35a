from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from academy.demo import ACCOUNTS, PASSWORD, make_accounts
from courses.certification.services import ensure_specimen


class Command(BaseCommand):
    help = (
        "Make the database ready, load the demo content, print the accounts, and serve. Running it again is harmless."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000")
        parser.add_argument("--no-serve", action="store_true", help="prepare only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SETTINGS_MODULE.endswith(("development", "test")):
            raise CommandError(
                "The demo makes accounts with a public password: it runs under development settings only."
            )
        call_command("compile_translations", verbosity=0)
        self._tell("Making the database ready: half a minute the first time.")
        call_command("migrate", verbosity=0, interactive=False)
        self._tell("Loading the courses.")
        call_command("load_curriculum", verbosity=0)
        make_accounts(now=timezone.now())
        ensure_specimen(now=timezone.now())
        self._say(options["address"])
        if not options["no_serve"]:
            call_command("runserver", options["address"], "--noreload", "--insecure", verbosity=0)

    def _tell(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()  # or it is held back when the output is no terminal

    def _say(self, address: str) -> None:
        self.stdout.write(f"\nCM Academy is at http://{address}/ (French) and http://{address}/en/ (English).\n")
        self.stdout.write(f"Everybody's password: {PASSWORD}\n\n")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:24} {account.role:28} {account.name}")
        self.stdout.write(f"\nInstructors write at http://{address}/admin/. Mails print here. Ctrl-C stops.\n")
