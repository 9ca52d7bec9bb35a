"""What is not translated yet, lent by the course in the other language and put where it stands there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from courses.outline import Outline


def lend(other: "Outline", outline: "Outline") -> None:
    """Put what `outline` lacks where `other` has it: after what goes before it there."""
    modules = {module.key: module for module in outline.modules}
    for position, module in enumerate(other.modules):
        for item in module.items:
            item.language = other.language
        if module.key not in modules:
            outline.modules.insert(_after(other.modules[:position], outline.modules), module)
            continue
        mine = modules[module.key]
        held = {item.key for item in mine.items}
        for place, item in enumerate(module.items):
            if item.key not in held:
                mine.items.insert(_after(module.items[:place], mine.items), item)


def _after(before: Sequence[Any], there: Sequence[Any]) -> int:
    """Return the place in `there` after the last of the things that stand `before`, whatever their language."""
    keys = {thing.key for thing in before}
    return max((n + 1 for n, thing in enumerate(there) if thing.key in keys), default=0)
