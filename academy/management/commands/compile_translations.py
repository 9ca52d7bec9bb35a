from typing import Any

from django.core.management.base import BaseCommand

from academy.translations import compile_stale


class Command(BaseCommand):
    help = "Compile translation catalogues; needs no system tools."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_stale():
            if options["verbosity"]:
                self.stdout.write(f"compiled {path}")
