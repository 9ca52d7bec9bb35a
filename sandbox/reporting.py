"""A finished shift as plain data and as lines of text: the same inputs give the same bytes."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sandbox.engine.scoring import AppealItem, Item, Score, by_reason, crisis_of, score
from sandbox.engine.world import World

DIGITS = 6


def rounded(value: Any) -> Any:
    return round(value, DIGITS) if isinstance(value, float) else value


def _plain(value: Any) -> dict[str, Any]:
    return {name: rounded(each) for name, each in asdict(value).items()}


def as_data(world: World) -> dict[str, Any]:
    """Return events, mood per minute, every part with its inputs, every item and the result of a finished shift."""
    mark = score(world)
    return {
        "events": [
            {"minute": rounded(e.minute), "kind": e.kind, "subject": e.subject, "detail": e.detail}
            for e in world.events
        ],
        "mood": [rounded(t) for t in world.mood],
        "items": [_item(i) for i in mark.items],
        "parts": {
            p.name: {
                "value": rounded(p.value),
                "weight": p.weight,
                "pending": p.pending,
                "inputs": {name: rounded(v) for name, v in p.inputs.items()},
            }
            for p in mark.parts
        },
        "appeals": [_appeal(a) for a in mark.appeals],
        "detection": _detection(mark),
        "by_reason": [_plain(share) for share in by_reason(mark.items)],
        "kappa": rounded(mark.kappa),
        "crisis": _plain(log) if (log := crisis_of(world)) else None,
        "result": rounded(mark.result),
        "passed": mark.passed,
        "failures": list(mark.failures),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "comment": item.comment.id,
        "action": item.action,
        "best": item.best,
        "credit": rounded(item.credit),
        "level": item.level,
        "expected": item.expected,
        "critical": item.critical,
        "missing": list(item.missing),
        "miss_cost": rounded(item.miss_cost),
        "over_cost": rounded(item.over_cost),
        "delay": rounded(item.delay),
        "timeliness": rounded(item.timeliness),
        "views": rounded(item.state.views),
    }


def _appeal(item: AppealItem) -> dict[str, Any]:
    return {
        "appeal": item.state.appeal.id,
        "comment": item.state.appeal.comment,
        "verdict": item.verdict,
        "best": item.best,
        "credit": rounded(item.credit),
        "delay": rounded(item.delay),
        "timeliness": rounded(item.timeliness),
    }


def _detection(mark: Score) -> dict[str, Any] | None:
    return _plain(mark.detection) if mark.detection else None


def _told(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        return " of ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


def as_text(data: dict[str, Any]) -> str:
    return "\n".join(_lines(data))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    yield f"{data['scenario']} · seed {data['seed']} · rules {data['rules']}"
    yield "\nEvents"
    for e in data["events"]:
        yield f"  {e['minute']:8.3f}  {e['kind']:9} {e['subject']:10} {e['detail']}".rstrip()
    yield "\nMood per minute"
    yield "  " + " ".join(f"{t:.3f}" for t in data["mood"])
    yield "\nParts"
    for name, part in data["parts"].items():
        value = "pending" if part["pending"] else "–" if part["value"] is None else f"{part['value']:.3f}"
        inputs = ", ".join(f"{k} {'–' if v is None else f'{v:g}'}" for k, v in part["inputs"].items())
        yield f"  {name:11} {value:>7} × {part['weight']:.2f}   {inputs}"
    if data["detection"]:
        d, kappa = data["detection"], "–" if data["kappa"] is None else f"{data['kappa']:.3f}"
        yield f"  d′ {d['d_prime']:.3f}, c {d['bias']:.3f}, κ {kappa}"
    for share in data["by_reason"]:
        yield f"  {'to restrict' if share['signal'] else 'to leave'}: {share['sort']}, {share['restricted']} of {share['total']} restricted"
    if data["crisis"]:
        yield "\nCrisis"
        for name, value in data["crisis"].items():
            yield f"  {name:14} {_told(value)}"
    verdict = "passed" if data["passed"] else "not passed: " + ", ".join(data["failures"])
    yield f"\nResult {data['result']:.3f}, {verdict}"
