from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.certification import services
from courses.certification.keys import KeysMissingError
from courses.certification.models import Award


class Command(BaseCommand):
    help = "Give an award to a learner by hand, whatever its rule. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", required=True, metavar="E-MAIL")
        parser.add_argument("--award", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=options["user"]).first()
        award = Award.objects.filter(slug=options["award"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['user']}.")
        if award is None:
            known = ", ".join(Award.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no award {options['award']}. There are: {known or 'none'}.")
        try:
            certificate = services.issue(user=user, award=award, now=timezone.now())
            services.evaluate_awards(user_id=user.pk, now=timezone.now())
        except (KeysMissingError, services.AwardClosedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{certificate.code}  {certificate.short_url}")
