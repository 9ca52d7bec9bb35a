"""Deadlines as an iCalendar feed (RFC 5545), written by the `icalendar` library."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from courses.calendar.deadlines import Deadline

PRODID = "-//CM Academy//Deadlines//EN"
REFRESH = timedelta(hours=6)


def as_ics(deadlines: Iterable[Deadline], *, site_url: str, now: datetime) -> bytes:
    """Return a calendar with an event of no length at each deadline; addresses are made whole with `site_url`."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("CM Academy: my deadlines"))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    host = site_url.split("//", 1)[-1].split("/", 1)[0]
    for deadline in deadlines:
        event = Event()
        event.add("uid", f"{deadline.key}@{host}")
        event.add("dtstamp", now)
        event.add("dtstart", deadline.due)
        event.add("dtend", deadline.due)
        event.add("summary", deadline.title)
        event.add("description", "\n".join(filter(None, [deadline.says, site_url + deadline.url])))
        event.add("url", site_url + deadline.url)
        event.add("transp", "TRANSPARENT")  # it does not make one busy
        calendar.add_component(event)
    return calendar.to_ical()
