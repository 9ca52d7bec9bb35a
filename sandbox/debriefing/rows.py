"""One comment of the shift beside the key."""

from courses.vocabulary import ACTIONS, REASONS
from sandbox import wording
from sandbox.debriefing.appeals import told_of
from sandbox.debriefing.reader import Reader
from sandbox.debriefing.shapes import KeyLine, Row
from sandbox.engine import scoring
from sandbox.engine.codes import RESTRICTIONS
from sandbox.engine.credit import panelists, ranking
from sandbox.engine.scoring.reasons import statement


def row_of(item: scoring.Item, reader: Reader) -> Row:
    """Return one comment of the shift beside the key."""
    scenario = reader.scenario
    comment, state = item.comment, item.state
    persona = scenario.personas[comment.persona]
    given = next((a.reason for a in reversed(state.acts) if a.reason), "")
    told = statement(item)
    return Row(
        id=comment.id,
        name=persona.name,
        handle=persona.handle,
        text=reader.text(comment.text),
        when=reader.when(state.arrived),
        state=state_of(item),
        done=[wording.action_label(a.action) for a in state.acts],
        replies=[a.text for a in state.acts if a.text and a.action not in RESTRICTIONS],
        credit=round(item.credit * 100),
        verdict=verdict(item),
        key=[KeyLine(ACTIONS[a].label, round(c * 100), comment.votes.get(a, 0)) for a, c in ranking(comment)],
        panel=panelists(comment),
        delay=None if item.delay is None else round(item.delay),
        deadline=None if item.deadline is None else round(item.deadline),
        in_time=item.timeliness == 1,
        rule=rule_of(comment.rule, reader),
        rationale=reader.text(comment.rationale),
        critical=critical_of(item, reader),
        missing=[ACTIONS[a].label for a in item.missing],
        reason=REASONS[given].label if given else "",
        background=comment.minute is None and comment in scenario.background,
        told=told_of(item, scenario.explain),
        statement=told.text if told else "",
        group=wording.GROUPS.get(comment.group, ""),
    )


def rule_of(identifier: str, reader: Reader) -> tuple[str, str, str] | None:
    rule = reader.scenario.rule(identifier)
    return (rule.id, reader.text(rule.title), reader.text(rule.text)) if rule else None


def critical_of(item: scoring.Item, reader: Reader) -> str:
    return reader.text(item.comment.forbidden[item.critical]) if item.critical else ""


def state_of(item: scoring.Item) -> str:
    """Return the design's state of a comment at the end of the shift."""
    if item.state.status in ("hidden", "removed"):
        return item.state.status
    if item.state.level:
        return "hidden"
    if any(a.action == "escalate" for a in item.state.acts):
        return "escalated"
    return "kept" if item.state.handled else "new"


def verdict(item: scoring.Item) -> str:
    """Return right, half or wrong."""
    if item.credit >= 0.95:
        return "right"
    return "half" if item.credit > 0 else "wrong"
