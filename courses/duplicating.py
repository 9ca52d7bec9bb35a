"""A copy of a snippet with its children, published, under an identifier of its own."""

from itertools import count
from typing import Any


def free_identifier(model: type[Any], identifier: str, *, most: int = 80) -> str:
    """Return `identifier` with the first number after it that no other has."""
    taken = set(
        model.objects.filter(identifier__startswith=identifier[: most - 8]).values_list("identifier", flat=True)
    )
    return next(name for n in count(2) if (name := f"{identifier[: most - 8]}-copy-{n - 1}") not in taken)


def copied(instance: Any, **changes: Any) -> Any:
    """Return a saved and published copy of `instance`, with `changes`; what was noted of its loading stays behind."""
    data = {**instance.serializable_data(), **changes, "pk": None, "latest_revision": None, "live_revision": None}
    data = {name: "" if name.startswith("loaded_") else value for name, value in data.items()}
    for child in (value for value in data.values() if isinstance(value, list)):
        for row in child:
            if isinstance(row, dict) and "pk" in row:
                row["pk"] = None
    copy = type(instance).from_serializable_data(data)
    copy.save()
    copy.save_revision().publish()
    return copy
