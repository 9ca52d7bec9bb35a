"""The clocks inside an attempt: of a section and of a question. Each starts when its questions are first shown, and what
it runs out on stays closed. They ask for lock points, so one section and one question at most are under way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from quizzes.delivery.timing import Extra

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Clock:
    started_at: datetime
    ends_at: datetime

    def over(self, now: datetime) -> bool:
        return now > self.ends_at


Clocks = Mapping[str, Clock]  # “s0” for the first section, “q1” for the first question
NO_CLOCKS: Clocks = MappingProxyType({})


def read_clocks(data: Mapping[str, Any]) -> dict[str, Clock]:
    return {place: Clock(*(datetime.fromisoformat(moment) for moment in pair)) for place, pair in data.items()}


def write_clocks(clocks: Clocks) -> dict[str, list[str]]:
    return {place: [clock.started_at.isoformat(), clock.ends_at.isoformat()] for place, clock in clocks.items()}


@dataclass(frozen=True, slots=True)
class Limits:
    """The times a paper gives. Units: seconds, 0 for none; sections count from 0, questions from 1."""

    sections: tuple[int, ...]  # the section of each question, in order
    of_section: tuple[int, ...]
    of_question: tuple[int, ...]

    @property
    def any(self) -> bool:
        return any(self.of_section) or any(self.of_question)

    @property
    def whole(self) -> timedelta:
        """Return all the time there is, where every section or else every question has its own; else nothing."""
        asked = [self.of_section[section] for section in sorted(set(self.sections))] if self.of_section else []
        for limits in (asked, self.of_question):
            if limits and all(limits):
                return timedelta(seconds=sum(limits))
        return NOTHING

    def places(self, first_open: int) -> Iterator[tuple[str, timedelta, timedelta]]:
        """Yield what has a limit of its own at `first_open`: its name, the limit, and all limits of its kind together."""
        section = self.sections[first_open - 1]
        if self.of_section and (limit := self.of_section[section]):
            yield f"s{section}", timedelta(seconds=limit), timedelta(seconds=sum(self.of_section))
        if limit := self.of_question[first_open - 1]:
            yield f"q{first_open}", timedelta(seconds=limit), timedelta(seconds=sum(self.of_question))

    def started(self, first_open: int, clocks: Clocks, now: datetime, extra: Extra) -> dict[str, Clock]:
        """Return `clocks` with those of the questions shown from `now` on; one that runs goes on as it is."""
        fresh = {
            place: Clock(now, now + longer(limit, whole, extra))
            for place, limit, whole in self.places(first_open)
            if place not in clocks
        }
        return {**clocks, **fresh}

    def moved(self, first_open: int, clocks: Clocks, extra: Extra) -> dict[str, Clock]:
        """Return `clocks` as they would be had the person had `extra` when those under way started."""
        fresh = {
            place: replace(clocks[place], ends_at=clocks[place].started_at + longer(limit, whole, extra))
            for place, limit, whole in self.places(first_open)
            if place in clocks
        }
        return {**clocks, **fresh}

    def first_open(self, first_open: int, clocks: Clocks, now: datetime) -> int:
        """Return the first question still open at `now`: past the section, or the question, whose time is over.

        The last one stays: its end is the end of the attempt.
        """
        section = self.sections[first_open - 1]
        later = len(self.sections) + 1
        if (clock := clocks.get(f"s{section}")) and clock.over(now):
            later = next((n for n, s in enumerate(self.sections, start=1) if n > first_open and s != section), later)
        elif (clock := clocks.get(f"q{first_open}")) and clock.over(now):
            later = first_open + 1
        return later if later <= len(self.sections) else first_open

    def last_end(self, first_open: int, clocks: Clocks) -> datetime | None:
        """Return when the attempt ends because nothing follows what has a clock; None while something does."""
        last = len(self.sections)
        places = [f"s{self.sections[first_open - 1]}"] if self.sections[first_open - 1] == self.sections[-1] else []
        places += [f"q{last}"] if first_open == last else []
        return min((clocks[place].ends_at for place in places if place in clocks), default=None)


def longer(limit: timedelta, whole: timedelta, extra: Extra) -> timedelta:
    """Return a limit with the person's extra time: per cent of it, and its share of the extra minutes."""
    return limit + limit * extra.percent / 100 + timedelta(minutes=extra.minutes) * (limit / whole)
