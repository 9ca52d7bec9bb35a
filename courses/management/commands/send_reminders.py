from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.certification.reminders import send_reminders


class Command(BaseCommand):
    help = "Write to the holders of certificates that expire soon, or just have. Each letter is sent once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_reminders(now=timezone.now())} reminders sent.")
