from typing import Any

from django.core.management.base import BaseCommand

from courses.authoring.links import check_links


class Command(BaseCommand):
    help = "Ask the outside addresses in pages whether they still answer, 200 at most. Run daily; the work is a task."

    def handle(self, *args: Any, **options: Any) -> None:
        check_links.enqueue()
        self.stdout.write("The links are being checked.")
