from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.certification import services


class Command(BaseCommand):
    help = (
        "Erase a learner: the personal data of their certificates, then the account with everything that hangs on it. "
        "Revocations stay published. This cannot be undone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")
        parser.add_argument("--certificates-only", action="store_true", help="keep the account")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['email']}.")
        if not options["yes"] and input(f"Erase {user.email} for good? Type yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was erased.")
        erase = services.erase_certificates if options["certificates_only"] else services.erase_learner
        erased = erase(user=user, now=timezone.now())
        self.stdout.write(f"{erased} certificates erased{'' if options['certificates_only'] else ', account deleted'}.")
