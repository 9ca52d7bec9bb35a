from typing import Any

from django.core.management.base import BaseCommand

from academy.bootstrap import bootstrap


class Command(BaseCommand):
    help = "Make the two languages, their home pages and catalogues, and the roles. Running it again is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        bootstrap()
        self.stdout.write("The site is ready.")
