"""Say how far raters agree, from a table of their ratings."""

import json
from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sandbox.agreement import Ratings, RatingsError, as_data, as_text, read_ratings


class Command(BaseCommand):
    help = (
        "Say how far raters agree: rows are items, columns are raters, a blank is a gap. See docs/formats/simulate.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ratings", type=Path, help="a CSV file in UTF-8, separated by commas, semicolons or tabs")
        parser.add_argument("--level", choices=("nominal", "ordinal"), default="nominal")
        parser.add_argument("--order", default="", help="ordinal words from lowest to highest, like low,middle,high")
        parser.add_argument("--header", action=BooleanOptionalAction, help="the first row names the raters")
        parser.add_argument("--names", action=BooleanOptionalAction, help="the first column names the items")
        parser.add_argument("--json", action="store_true", help="the same as data")

    def handle(self, *args: Any, **options: Any) -> None:
        data = as_data(_read(options), options["level"])
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) if options["json"] else as_text(data))


def _read(options: dict[str, Any]) -> Ratings:
    path: Path = options["ratings"]
    order = [word.strip() for word in options["order"].split(",") if word.strip()]
    if order and options["level"] != "ordinal":
        raise CommandError("--order goes with --level ordinal")
    try:
        text = path.read_bytes().decode("utf-8")
        return read_ratings(text, options["level"], order=order, header=options["header"], named=options["names"])
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{path}:{line}: not UTF-8; save the table as “CSV UTF-8”") from error
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except RatingsError as error:
        where = f"{path}:{error.line}" if error.line else f"{path}"
        raise CommandError(f"{where}: {error.reason}") from error
