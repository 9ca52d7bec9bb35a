from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.certification.keys import KeysMissingError
from courses.certification.maintenance import daily


class Command(BaseCommand):
    help = (
        "The nightly work of certification: sign the status lists anew, remind holders, try failed work again, "
        "clear what is old. Running it twice does it once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = daily(now=timezone.now())
        except KeysMissingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{report.lists} status lists fresh, {report.reminders} reminders sent, {report.expired} expired since "
            f"yesterday, {report.retried} failed tasks tried again ({report.abandoned} left by a dead worker), "
            f"{report.removed} old works in bulk cleared."
        )
