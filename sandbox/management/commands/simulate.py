"""Play a scenario file with timed acts, without a browser or a database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.formats.errors import FileError
from sandbox.engine import RULES_VERSION
from sandbox.engine.acts import Act
from sandbox.engine.players import PLAYERS, play
from sandbox.engine.replay import replay
from sandbox.headless import read_acts, read_scenario
from sandbox.reporting import as_data, as_text


class Command(BaseCommand):
    help = "Play a scenario file with timed acts; print events, mood and every part of the mark. See docs/formats/simulate.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scenario", type=Path)
        who = parser.add_mutually_exclusive_group()
        who.add_argument("--acts", type=Path, help="a JSON list of acts")
        who.add_argument("--player", choices=sorted(PLAYERS), help="a simulated player instead")
        parser.add_argument("--seed", type=int, help="the scenario's own by default")
        parser.add_argument("--json", action="store_true", help="the same as data")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            scenario = read_scenario(options["scenario"])
            acts: tuple[Act, ...] = read_acts(options["acts"], scenario) if options["acts"] else ()
        except FileError as error:
            raise CommandError(str(error)) from error
        seed = scenario.seed if options["seed"] is None else options["seed"]
        if options["player"]:
            acts = play(scenario, seed, options["player"])
        world = replay(scenario, seed, acts, scenario.duration)
        data = {"scenario": scenario.id, "seed": seed, "rules": RULES_VERSION, **as_data(world)}
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) if options["json"] else as_text(data))
        refused = sum(e.kind == "refusal" for e in world.events)
        if refused:
            self.stderr.write(f"acts refused: {refused}, see the events of kind refusal")
