"""What an action is worth, after the panel or, until one has played it, the author (model, section 4.1)."""

from collections.abc import Mapping

from . import codes, constants
from .scenario import Appeal, Comment


def panelists(comment: Comment | Appeal) -> int:
    """Return how many experts have voted on this; 0 means the author's key alone."""
    return sum(comment.votes.values())


def credit(comment: Comment, action: str) -> float:
    """Return what `action` earns on `comment`, 0 to 1.

    credit(a) = (m·p(a) + 5·w(a)) / (m + 5), p(a) = votes for a / votes for the modal action, w(a) the author's weight.
    A forbidden action earns 0; so does, on a clear-cut item, an action the author did not list.
    Source: script concordance scoring; model, section 4.1.
    """
    if action in comment.forbidden or (comment.clear_cut and not comment.key.get(action)):
        return 0.0
    return shared(comment.key, comment.votes, action)


def shared(key: Mapping[str, float], votes: Mapping[str, int], action: str) -> float:
    """Return the credit of `action` after the panel's votes, the author's weights standing in for missing experts."""
    weight, m = key.get(action, 0.0), sum(votes.values())
    if not m:
        return weight
    share = votes.get(action, 0) / max(votes.values())
    return (m * share + constants.AUTHOR_PRIOR * weight) / (m + constants.AUTHOR_PRIOR)


def verdicts(appeal: Appeal) -> tuple[tuple[str, float], ...]:
    """Return what each verdict on an appeal earns, best first."""
    listed = [(v, shared(appeal.key, appeal.votes, v)) for v in codes.VERDICTS]
    return tuple(sorted(listed, key=lambda pair: -pair[1]))


def verdict_credit(appeal: Appeal, verdict: str) -> float:
    """Return what a verdict earns, 0 to 1; lifting the restriction by any act grants the appeal."""
    return dict(verdicts(appeal))["restore" if verdict in codes.LIFTS else verdict]


def ranking(comment: Comment) -> tuple[tuple[str, float], ...]:
    """Return the actions that earn something, best first; equals in the order of the vocabulary."""
    listed = [(a, credit(comment, a)) for a in codes.ACTIONS if a in comment.key or a in comment.votes]
    return tuple(sorted((pair for pair in listed if pair[1] > 0), key=lambda pair: -pair[1]))


def best_action(comment: Comment) -> str:
    return ranking(comment)[0][0]


def expected_level(comment: Comment) -> int:
    """Return the ladder level the key asks for: that of the best action on the ladder, the mildest among equals."""
    on_ladder = [(a, c) for a, c in ranking(comment) if a in codes.LADDER and c >= constants.LADDER_MIN_WEIGHT]
    if not on_ladder:
        return 0
    top = max(c for _, c in on_ladder)
    return min(codes.LADDER[a] for a, c in on_ladder if c == top)


def needs_restriction(comment: Comment) -> bool:
    return expected_level(comment) >= constants.RESTRICTION_LEVEL
