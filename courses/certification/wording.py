"""Days and results as they are printed and read, in the languages of the academy. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def long_date(moment: datetime, language: str, time_zone: str = "UTC") -> str:
    """`20 novembre 2026`, `1er mars 2027`, `20 November 2026`."""
    local = moment.astimezone(ZoneInfo(time_zone))
    months = MONTHS.get(language, MONTHS["en"])
    day = "1er" if local.day == 1 and language == "fr" else str(local.day)
    return f"{day}\u00a0{months[local.month - 1]} {local.year}"


def percent(value: int | str, language: str) -> str:
    return f"{value}\u00a0%" if language.startswith("fr") else f"{value}%"


def in_short(percents: list[int], language: str) -> str:
    """The results where there is no room for each of them."""
    if not percents:
        return ""
    least, most = percent(min(percents), language), percent(max(percents), language)
    if language == "fr":
        return f"{len(percents)} résultats, de {least} à {most}\u00a0; chacun se lit sur la page de vérification."
    return f"{len(percents)} results, from {least} to {most}; each is on the verification page."
