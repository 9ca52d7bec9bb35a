"""Writing curriculum files to pages, without ever overwriting what an instructor changed.

Each loaded page keeps the fingerprint of what was written. On the next load: same fingerprint in the file, nothing to do;
another one in the page, an instructor has been there and the page is kept, unless `force`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from courses.formats.assets import assets_of
from courses.formats.lesson import Block
from courses.models.sources import SourceFile

CREATED, UPDATED, UNCHANGED, KEPT = "created", "updated", "unchanged", "kept"


@dataclass
class Report:
    """What a load did, or would do: one (outcome, thing) per thing."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    created: set[int] = field(default_factory=set)  # pages that were not there before

    def add(self, outcome: str, thing: str) -> None:
        self.lines.append((outcome, thing))

    def count(self, outcome: str) -> int:
        return sum(1 for done, _ in self.lines if done == outcome)


def key_of(*parts: str) -> UUID:
    """Return the translation key of a page from the stems of its files: the same on every machine, in every language."""
    return uuid5(NAMESPACE_URL, "cm-academy:" + "/".join(parts))


def fingerprint(values: Mapping[str, Any]) -> str:
    """Return a digest of plain content; the order of keys does not matter."""
    canonical = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def content_of(page: Any) -> dict[str, Any]:
    """Return a page's content as plain data: no block ids, Markdown as its source."""
    content = {name: _plain(page, name) for name in page.content_fields}
    return {name: value for name, value in content.items() if name not in page.later_fields or _said(page, name, value)}


def _said(page: Any, name: str, value: Any) -> bool:
    return bool(value) and value != page._meta.get_field(name).get_default()


def _plain(page: Any, name: str) -> Any:
    model_field = page._meta.get_field(name)
    value = getattr(page, name)
    if isinstance(model_field, StreamField):
        return _without_ids(value.get_prep_value())
    return getattr(page, f"{name}_id") if model_field.is_relation else value


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        if set(value) == {"source", "html", "version"}:
            return value["source"]
        if set(value) == {"type", "value", "id"}:
            return {"type": value["type"], "value": _without_ids(value["value"])}
        return {key: _without_ids(item) for key, item in value.items()}
    return value


def stream(blocks: Iterable[Block], *, images: Mapping[str, Any] | None = None) -> list[tuple[str, Any]]:
    """Return blocks of a file as a StreamField takes them; those that show a file take it from `images` by its name."""
    values = []
    for block in blocks:
        value = block.value
        for asset, path in assets_of(block.kind, block.value):
            value = {asset.page_field if name == asset.name else name: member for name, member in value.items()}
            value[asset.page_field] = (images or {})[path]
        values.append((block.kind, value))
    return values


def lines(texts: Iterable[str]) -> list[tuple[str, str]]:
    return [("line", text) for text in texts]


def load_page(
    *, parent: Page, model: type[Any], key: UUID, values: Mapping[str, Any], force: bool, report: Report
) -> Any:
    """Create or update the page with translation key `key` under `parent`, in the parent's language."""
    page = model.objects.filter(translation_key=key, locale=parent.locale).first()
    name = f"{parent.locale.language_code} {parent.url_path.split('/', 2)[2]}{values['slug']}"
    if page is None:
        page = model(locale=parent.locale, translation_key=key, **values)
        with disable_reference_index_auto_update():  # publishing writes it
            parent.add_child(instance=page)
        _publish(page)
        report.created.add(page.pk)
        report.add(CREATED, name)
        return page
    wanted = model(locale=parent.locale, translation_key=key, **values)
    outcome = _outcome(page, fingerprint(content_of(wanted)), force)
    if outcome == UPDATED:
        for field_name, value in values.items():
            setattr(page, field_name, value)
        _publish(page)
    report.add(outcome, name)
    return page


def _outcome(page: Any, wanted: str, force: bool) -> str:
    now = fingerprint(content_of(page))
    if page.has_unpublished_changes or not page.live:  # a draft, or taken offline: an instructor is at work
        return UPDATED if force else KEPT
    if now == wanted:
        if page.loaded_fingerprint != now:  # an instructor and the file came to the same content
            type(page).objects.filter(pk=page.pk).update(loaded_fingerprint=now)
        return UNCHANGED
    return UPDATED if force or now == page.loaded_fingerprint else KEPT


def _publish(page: Any) -> None:
    page.loaded_fingerprint = fingerprint(content_of(page))
    with disable_reference_index_auto_update():
        revision = page.save_revision()
    revision.publish()


def keep_order(children: list[Page], report: Report, *, force: bool = False) -> None:
    """Put new pages in their place among the others; the order an instructor gave the rest stays, unless `force`."""
    moving = [page for page in children if force or page.pk in report.created]
    paths = [Page.objects.values_list("path", flat=True).get(pk=page.pk) for page in children] if moving else []
    if paths == sorted(paths):
        return
    for position, page in enumerate(children):
        neighbours = [(child, "right") for child in reversed(children[:position])]
        neighbours += [(child, "left") for child in children[position + 1 :]]
        if page in moving:
            _move_beside(page, neighbours)


def _move_beside(page: Page, neighbours: list[tuple[Page, str]]) -> None:
    """Move `page` to the given side of the first neighbour that stands under the same parent."""
    moved = Page.objects.get(pk=page.pk)
    for neighbour, side in neighbours:
        beside = Page.objects.get(pk=neighbour.pk)
        if beside.is_sibling_of(moved):
            moved.move(beside, pos=side)
            return


def record_paths(paths: Mapping[UUID, str]) -> None:
    """Remember which files the pages with these keys came from: their names are written again by an export."""
    known = dict(SourceFile.objects.filter(key__in=paths).values_list("key", "path"))
    for key, path in paths.items():
        if known.get(key) != path:
            SourceFile.objects.update_or_create(key=key, defaults={"path": path})


def key_named(path: str) -> UUID:
    """Return the key of the page whose files are named `path`, such as `moderation/01-why/quiz`."""
    found = SourceFile.objects.filter(path=path).order_by("pk").first()
    return found.key if found else key_of(*path.split("/"))
