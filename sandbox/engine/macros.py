"""Reply templates: which fields they have, which fill themselves in from the comment, which must be asked for."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# Field -> what it stands for; French and English names side by side, so that an author writes the one at hand.
NAMES = {
    "first_name": "first_name",
    "prenom": "first_name",
    "name": "name",
    "nom": "name",
    "handle": "handle",
    "compte": "handle",
    "time": "time",
    "heure": "time",
    "brand": "brand",
    "marque": "brand",
    "order": "order",
    "commande": "order",
    "date": "date",
    "link": "link",
    "lien": "link",
}
_NUMBER = re.compile(
    r"(?:n[°ºo]\.?|#|num[ée]ro|commande|order|billet|ticket|booking|dossier|r[ée]f(?:[ée]rence)?\.?)"
    r"\s*(?:n[°ºo]\.?|#|number|:)?\s*([A-Z]{0,4}-?\d{3,12})\b"
    r"|\b([A-Z]{1,4}-?\d{4,12})\b",
    re.IGNORECASE,
)


def fields_in(text: str) -> tuple[str, ...]:
    """Return the names of the fields of `text`, each once, in order."""
    return tuple(dict.fromkeys(FIELD.findall(text)))


def order_number(text: str) -> str:
    """Return the order, ticket or file number a comment gives, or "": a bare number is not taken for one."""
    found = _NUMBER.search(text)
    return (found[1] or found[2]) if found else ""


def fill(text: str, known: Mapping[str, str]) -> str:
    """Return `text` with its known fields filled in; the others stay, between braces.

    `known` maps the field itself, or what it stands for (`NAMES`), to its value.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return known.get(name) or known.get(NAMES.get(name, ""), "") or match[0]

    return FIELD.sub(value, text)
