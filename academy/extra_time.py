"""One decision on extra time holds in every exam, quiz or shift."""

from typing import Any

from quizzes.models import Accommodation


def extra_percent(user: Any) -> int:
    """Return by how many per cent the time of `user` is extended everywhere; what concerns one quiz is that quiz's."""
    found = Accommodation.objects.filter(user=user, quiz=None).values_list("extra_percent", flat=True).first()
    return found or 0
