"""Close the attempts whose time is over. For a scheduler, every few minutes: running it twice changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quizzes.models import Attempt
from quizzes.services import close_overdue


class Command(BaseCommand):
    help = "Close the quiz attempts whose time is over, with the answers they have."

    def handle(self, *args: Any, **options: Any) -> None:
        now, closed = timezone.now(), 0
        for attempt in Attempt.objects.overdue(now).select_related("user").iterator(chunk_size=100):
            closed += not close_overdue(attempt=attempt, now=now).is_open  # minutes may remain to submit it
        self.stdout.write(f"{closed} attempts closed")
