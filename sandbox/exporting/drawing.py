"""The drawing of the shift on paper: the numbers of the page's own (`sandbox.curve`), with its texts in words."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sandbox.debriefing.shapes import DebriefView


def drawing(view: DebriefView) -> dict[str, Any]:
    """Return the points, in the units of `sandbox.curve`, and the words around them.

    `alt` stands for the drawing where it is not seen; `legend` names each numbered message as [number, hour, title].
    """
    curve = view.curve
    return {
        **asdict(curve),
        "hours": [[x, hour] for x, hour in view.hours],
        "title": _("Mood of the crowd during the shift"),
        "alt": _("The tension rises to %(peak)s of 100 at its highest; up to %(most)s comments wait at once.")
        % {"peak": view.peak, "most": curve.most_waiting},
        "crisis": pgettext("mood", "Crisis"),
        "calm": pgettext("mood", "Calm"),
        "key": {
            "mood": _("tension of the crowd"),
            "act": _("each of your acts"),
            "waiting": ngettext(
                "comments waiting, at most %(n)s", "comments waiting, %(n)s at most", curve.most_waiting
            )
            % {"n": curve.most_waiting},
            "pin": _("messages that reached you"),
        },
        "legend": [[str(entry.number), entry.when, entry.title] for entry in view.timeline if entry.number],
    }
