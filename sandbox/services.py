"""Writes of the sandbox. Each is one transaction and survives being called twice; `now` is passed in."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Max

from sandbox import content, playing
from sandbox.engine import RULES_VERSION
from sandbox.engine import acts as engine
from sandbox.engine.codes import WRITTEN
from sandbox.engine.replay import act_now
from sandbox.engine.trimming import playable, trimmed
from sandbox.engine.world import World
from sandbox.extra_time import slowed
from sandbox.marking import recount
from sandbox.models import Act, Scenario, ScenarioVersion, Shift, StressNote
from sandbox.models.pages import Mode
from sandbox.telling import completed

BULK_LIMIT = 60  # comments in one act


@transaction.atomic
def freeze(*, scenario: Scenario, now: datetime) -> ScenarioVersion:
    """Return the frozen version of the scenario's current content, made if it is new.

    Errors: ScenarioError when the content cannot be played.
    """
    scenario.parsed()
    data = scenario.data()
    fingerprint = content.fingerprint(data)
    Scenario.objects.select_for_update().get(pk=scenario.pk)  # two freezes at once would take the same number
    versions = ScenarioVersion.objects.filter(scenario=scenario)
    found = versions.filter(fingerprint=fingerprint).first()
    if found:
        return found
    last = versions.aggregate(last=Max("number"))["last"] or 0
    return ScenarioVersion.objects.create(
        scenario=scenario, number=last + 1, fingerprint=fingerprint, data=data, created_at=now
    )


class NothingLeft(ValueError):  # noqa: N818 (a rule's word, not a fault)
    """So much was left out that nothing remains to moderate."""


def start_shift(
    *,
    user: Any,
    scenario: Scenario,
    course_key: UUID,
    activity_key: UUID,
    mode: str,
    seed: int,
    now: datetime,
    left_out: Collection[str] = (),
    severity_cap: int = 4,
    marks_first: bool = False,
) -> Shift:
    """Return the user's running shift at the activity, begun now if there is none; a second click begins nothing.

    In practice the topics `left_out`, and what is graver than `severity_cap`, never come; an exam is the same for all.
    Errors: NothingLeft.
    """
    running = Shift.objects.running().filter(user=user, activity_key=activity_key)
    under_way = running.select_related("version").defer("version__data").first()
    if under_way and playing.minute_of(under_way, now) < playing.scenario_of(under_way).duration:
        return under_way
    if under_way:
        finish_shift(shift=under_way, now=now)
    version = freeze(scenario=scenario, now=now)
    if mode != Mode.PRACTICE:
        left_out, severity_cap = (), 4
    whole = scenario.parsed()
    played = trimmed(whole, left_out, severity_cap)
    if not playable(played):
        raise NothingLeft
    try:
        with transaction.atomic():
            return Shift.objects.create(
                user=user,
                version=version,
                course_key=course_key,
                activity_key=activity_key,
                seed=seed,
                rules_version=RULES_VERSION,
                mode=mode,
                started_at=now,
                clock_from=now,
                pace=scenario.pace if mode == Mode.PRACTICE else slowed(scenario.pace, user),
                left_out=sorted(left_out),
                severity_cap=severity_cap,
                lightened=played is not whole,
                marks_first=marks_first,
            )
    except IntegrityError:  # the other click came first
        return running.get()


def locked(shift: Shift) -> Shift:
    """Return the shift as it is now, held until the end of the transaction."""
    rows = Shift.objects.select_for_update(of=("self",)).select_related("version", "user").defer("version__data")
    return rows.get(pk=shift.pk)


@transaction.atomic
def record_act(*, shift: Shift, form_key: UUID, fields: Mapping[str, Any], now: datetime) -> World:
    """Let the act happen at the server's minute and return the feed just after it.

    `fields` are those of the engine's Act: action, comment, reason, desk, text, strategy, target. The same form sent
    twice
    counts once; another button of the same form is another act.
    Errors: IllegalAct when the rules refuse it; nothing is written then.
    """
    shift = locked(shift)
    minute = playing.minute_of(shift, now)
    key = uuid5(form_key, f"{fields['action']}:{fields.get('target', '')}")
    if shift.acts.filter(key=key).exists():
        return playing.world_of(shift, minute)
    if not shift.running:
        raise engine.IllegalAct("shift_over")
    fields = _taking_back(shift, fields)
    act = engine.Act(key=str(key), minute=minute, sequence=shift.revision + 1, **fields)
    world = act_now(playing.scenario_of(shift), shift.seed, playing.acts_of(shift), act)
    _store(shift, act, key, fields, now)
    return world


def _taking_back(shift: Shift, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """In practice everything can be taken back, even what was published; in an exam nothing."""
    if fields["action"] != engine.UNDO:
        return fields
    if not shift.practice:
        raise engine.IllegalAct("no_undo")
    target = next((row for row in playing.rows_of(shift) if str(row.key) == fields["target"]), None)
    return {**fields, "action": engine.UNSAY} if target and target.action in WRITTEN else fields


@transaction.atomic
def record_bulk(
    *, shift: Shift, form_key: UUID, comments: Iterable[str], fields: Mapping[str, Any], now: datetime
) -> int:
    """Let one act happen on each of several comments, all or none, and return how many; each keeps its own key.

    Where a ground is given, each author gets a statement of their own.
    Errors: IllegalAct when the rules refuse one of them; nothing is written then.
    """
    names, scenario = list(dict.fromkeys(comments))[:BULK_LIMIT], playing.scenario_of(shift)
    for comment in names:
        told = completed({**fields, "comment": comment}, scenario)
        record_act(shift=shift, form_key=uuid5(form_key, comment), fields=told, now=now)
    return len(names)


def _store(shift: Shift, act: engine.Act, key: UUID, fields: Mapping[str, Any], now: datetime) -> None:
    payload = {name: fields[name] for name in ("reason", "desk", "text", "target", "ground") if fields.get(name)}
    if fields.get("strategy"):
        payload["strategy"] = list(fields["strategy"])
    Act.objects.create(
        shift=shift,
        key=key,
        sequence=act.sequence,
        minute=act.minute,
        received_at=now,
        action=act.action,
        comment=act.comment,
        payload=payload,
    )
    Shift.objects.filter(pk=shift.pk).update(revision=act.sequence)


@transaction.atomic
def finish_shift(*, shift: Shift, now: datetime) -> Shift:
    """End the shift, mark it and report the result; a second call changes nothing.

    A shift handed over early is marked to its last minute: what comes after the hand-over stays unattended.
    """
    shift = locked(shift)
    if not shift.running:
        return shift
    shift.state, shift.ended_at = Shift.State.ENDED, now
    shift.rules_version = RULES_VERSION  # those it is marked by, should they have changed since it began
    shift.save(update_fields=["state", "ended_at", "rules_version"])
    recount(shift=shift, now=now)
    return shift


@transaction.atomic
def stop_shift(*, shift: Shift, now: datetime) -> Shift:
    """Leave a practice shift without a result, whatever the reason."""
    shift = locked(shift)
    if shift.running and shift.mode == Mode.PRACTICE:
        shift.state, shift.ended_at = Shift.State.STOPPED, now
        shift.save(update_fields=["state", "ended_at"])
    return shift


def write_words(*, shift: Shift, words: str, now: datetime) -> None:
    """Keep the trainee's own words, written before the analysis is shown; the first ones stay."""
    Shift.objects.filter(pk=shift.pk, words_at=None).update(words=words, words_at=now)


@transaction.atomic
def write_note(*, shift: Shift, text: str, now: datetime) -> None:
    """Keep the author's private note on the shift; an empty one is deleted."""
    notes = StressNote.objects.filter(shift=shift)
    if text.strip():
        notes.update_or_create(shift=shift, defaults={"text": text, "written_at": now})
    else:
        notes.delete()


def write_commitment(*, shift: Shift, commitment: str) -> None:
    Shift.objects.filter(pk=shift.pk).update(commitment=commitment)
