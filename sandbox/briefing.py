"""What someone reads before going on duty."""

from dataclasses import dataclass
from typing import Any

from courses.vocabulary import REASONS
from sandbox import clock, wording
from sandbox.engine.reader import ScenarioError
from sandbox.engine.scenario import Scenario
from sandbox.models import FurtherGo, ScenarioPage, Shift
from sandbox.models.pages import Mode
from sandbox.pool import offer_of, under_way
from sandbox.wording import language


@dataclass(frozen=True, slots=True)
class Briefing:
    """The brief in the reader's language; `playable` is False while its author has left it broken."""

    playable: bool
    spent: bool  # an exam all of whose scenarios the reader has met
    go: FurtherGo | None  # what gives them this one once more
    brief: str
    brand: str
    handle: str
    sector: str
    tone: str
    objectives: list[str]
    charter: list[tuple[str, str, str]]
    topics: list[tuple[str, Any, bool]]  # code, label, left out last time
    caps: list[tuple[int, Any]]
    cap: int
    exam: bool
    begins: str
    ends: str
    minutes: int
    pass_mark: int
    running: Shift | None
    earlier: list[Shift]
    commitment: str


def briefing_of(page: ScenarioPage, user: Any) -> Briefing:
    """Return the briefing of `page` for `user`, with their earlier shifts."""
    shifts = list(
        Shift.objects.visible_to(user).of_activity(page.translation_key).exclude(state=Shift.State.STOPPED)[:20]
    )
    running = next((s for s in shifts if s.running), None)
    offer = offer_of(page, user)
    drawn = offer.scenario
    snippet = under_way(running) if running and page.pool else drawn or page.scenario
    try:
        scenario: Scenario | None = snippet.parsed()
    except ScenarioError:
        scenario = None
    lang = language()
    last = max(shifts, key=lambda s: s.started_at, default=None)
    left_out = last.left_out if last else ()
    return Briefing(
        playable=scenario is not None and snippet.live,
        spent=drawn is None and not running,
        go=None if running else offer.go,
        brief=snippet.brief_fr if lang[:2] == "fr" else snippet.brief_en,
        brand=snippet.brand_name,
        handle=snippet.brand_handle,
        sector=scenario.brand.sector.get(lang) if scenario else "",
        tone=scenario.brand.tone.get(lang) if scenario else "",
        objectives=[o.get(lang) for o in scenario.objectives] if scenario else [],
        charter=[(r.id, r.title.get(lang), r.text.get(lang)) for r in scenario.charter] if scenario else [],
        topics=[(code, REASONS[code].label, code in left_out) for code in scenario.topics] if scenario else [],
        caps=[(n, wording.CAPS[n]) for n in range(scenario.severity_cap, 0, -1)] if scenario else [],
        cap=min(last.severity_cap, scenario.severity_cap) if last and scenario else 4,
        exam=page.mode == Mode.EXAM,
        begins=clock.wall(0, scenario.starts_at) if scenario else "",
        ends=clock.wall(scenario.duration, scenario.starts_at) if scenario else "",
        minutes=round(scenario.duration / scenario.pace) if scenario else 0,
        pass_mark=round(scenario.pass_mark * 100) if scenario else 0,
        running=running,
        earlier=[s for s in shifts if not s.running],
        commitment=next((s.commitment for s in shifts if s.commitment), ""),
    )
