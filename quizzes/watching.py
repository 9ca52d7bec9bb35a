"""The log of focus and network of an exam, where the exam says so and the candidate agreed. It decides nothing: a person
reads it. Addresses are cut to their network."""

from datetime import datetime
from ipaddress import ip_address, ip_network

from quizzes.models import Attempt, AttemptEvent

Kind = AttemptEvent.Kind
FOCUS = frozenset({Kind.FOCUS_LOST.value, Kind.FOCUS_BACK.value})
MOST = 500  # lines of one attempt: a page that flickers fills no table


def note_focus(*, attempt: Attempt, what: str, now: datetime) -> bool:
    """Write down that the page lost the focus or has it back; return whether it was."""
    if what not in FOCUS or not (attempt.watched and attempt.is_open):
        return False
    if attempt.events.filter(kind__in=FOCUS).count() >= MOST:
        return False
    AttemptEvent.objects.create(attempt=attempt, kind=what, at=now, actor_id=attempt.user_id)
    return True


def note_network(*, attempt: Attempt, address: str, now: datetime) -> bool:
    """Write down the network of whoever opens a page of the attempt, when it is another one than last time."""
    if not (attempt.watched and attempt.is_open):
        return False
    network = network_of(address)
    if attempt.events.filter(kind=Kind.NETWORK).order_by("-pk").values_list("note", flat=True).first() == network:
        return False
    AttemptEvent.objects.create(attempt=attempt, kind=Kind.NETWORK, at=now, actor_id=attempt.user_id, note=network)
    return True


def network_of(address: str) -> str:
    """Return the network an address lies in: enough to tell one from another, too little to find a person."""
    try:
        where = ip_address(address.partition("%")[0])
    except ValueError:
        return "?"
    return str(ip_network((where, 24 if where.version == 4 else 48), strict=False))
