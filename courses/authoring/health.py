"""What the content checks find, kept per page so that the report can filter it; brought up to date when it is opened.

What a page holds is looked at again when the page has a new version. What depends on other pages (a link, a translation, a
module's children) is settled for all pages each time, from a handful of queries whose number does not grow.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page

from courses.authoring import translations
from courses.authoring.addresses import site_addresses
from courses.authoring.checking.rules import VERSION, Finding, Piece, broken_links, findings
from courses.authoring.reading import content_of
from courses.models import CoursePage, LinkCheck, ModulePage, PageFinding, PageHealth, activity_models

AMONG_PAGES = (
    "broken_link", "dead_link", "module_without_quiz", "empty_module", "untranslated", "translation_out_of_date", "apart", "orphan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A page of the curriculum as the tree shows it."""

    pk: int
    path: str
    key: UUID
    live: bool
    language: str
    kind: type[Any]
    stamp: str


def page_models() -> list[type[Any]]:
    return [CoursePage, ModulePage, *activity_models()]


def curriculum_pages() -> Any:
    """Return the pages of the curriculum, whatever their kind."""
    return Page.objects.filter(content_type__in=[ContentType.objects.get_for_model(m).pk for m in page_models()])


def rows_of(pages: Any) -> list[Row]:
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in page_models()}
    columns = (
        "pk", "path", "translation_key", "live", "locale__language_code", "content_type_id", "latest_revision_id",
        "last_published_at",
    )  # fmt: skip
    return [
        Row(pk, path, key, live, language, kinds[kind], f"{VERSION}:{revision}:{published and published.isoformat()}")
        for pk, path, key, live, language, kind, revision, published in pages.order_by("path").values_list(*columns)
    ]


def refresh(*, now: datetime) -> None:
    """Bring what is known of every page up to date."""
    rows = rows_of(curriculum_pages())
    known = dict(PageHealth.objects.values_list("page_id", "stamp"))
    stale = [row for row in rows if known.get(row.pk) != row.stamp]
    if stale:
        _look_at(stale, now=now)
    _settle(rows)


def check_page(page: Any) -> list[Finding]:
    """Return all there is to say about one page as its editor shows it: the draft. A few queries."""
    content = content_of(page)
    found = findings(content) + broken_links(content.links, site_addresses())
    if page.pk:
        row = rows_of(Page.objects.filter(pk=page.pk))[0]
        children = (
            rows_of(Page.objects.filter(path__startswith=page.path, depth=page.depth + 1)) if page.numchild else []
        )
        failing = dict(LinkCheck.objects.exclude(failing_since=None).values_list("url", "answer"))
        found += _among_pages([row, *children], _trouble_with_translations([row]), {})[row.pk]
        found += _dead(content.links, failing)
    return [finding for finding in found if finding.code != "orphan"]


def _look_at(rows: list[Row], *, now: datetime) -> None:
    """Apply the rules to the newest version of each of these pages and keep what they found."""
    specific = {
        page.pk: page for page in Page.objects.filter(pk__in=[r.pk for r in rows]).specific().select_related("locale")
    }
    for row in rows:
        page = specific[row.pk]
        _keep(row, content_of(page if page.live else page.get_latest_revision_as_object()), now=now)


@transaction.atomic
def _keep(row: Row, content: Any, *, now: datetime) -> None:
    values = {
        "stamp": row.stamp, "checked_at": now, "words": content.words, "reading_ease": content.ease,
        "links": [[link.place, link.text] for link in content.links],
    }  # fmt: skip
    health, _ = PageHealth.objects.update_or_create(page_id=row.pk, defaults=values)
    health.findings.exclude(code__in=AMONG_PAGES).delete()
    _write((health.pk, finding) for finding in findings(content))


def _write(found: Iterable[tuple[int, Finding]]) -> None:
    PageFinding.objects.bulk_create(
        PageFinding(health_id=pk, code=f.code, place=f.place[:120], detail=f.detail[:400]) for pk, f in found
    )


def _settle(rows: list[Row]) -> None:
    """Write what changed among the findings that depend on other pages."""
    links = {
        page: (pk, [Piece(*each) for each in held])
        for pk, page, held in PageHealth.objects.values_list("pk", "page_id", "links")
    }
    leads, failing = site_addresses(), dict(LinkCheck.objects.exclude(failing_since=None).values_list("url", "answer"))
    wanted: set[tuple[int, Finding]] = set()
    for page, found in _among_pages(rows, _trouble_with_translations(rows), {}).items():
        pk, held = links[page]
        wanted |= {(pk, finding) for finding in [*found, *broken_links(held, leads), *_dead(held, failing)]}
    there, gone = set(), []
    rows_there = PageFinding.objects.filter(code__in=AMONG_PAGES).values_list(
        "pk", "health_id", "code", "place", "detail"
    )
    for pk, health, code, place, detail in rows_there:
        each = (health, Finding(code, place, detail))
        if each not in wanted or each in there:  # put right, or written twice by two readers of the report at once
            gone.append(pk)
        there.add(each)
    PageFinding.objects.filter(pk__in=gone).delete()
    _write(sorted(wanted - there, key=lambda each: (each[0], each[1].code, each[1].place)))


def _among_pages(
    rows: list[Row], translated: dict[UUID, list[Finding]], seen: dict[str, bool]
) -> dict[int, list[Finding]]:
    """Return what each page's place among the others asks for; rows in the order of the tree."""
    children: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        children[row.path[: -Page.steplen]].append(row)
    found = {}
    apart = _apart(rows)
    for row in rows:
        above = row.path[: -Page.steplen]
        seen[row.path] = row.live and seen.get(above, True)
        found[row.pk] = [f for f in translated.get(row.key, ()) if row.live and _concerns(f, row)]
        if row.kind is ModulePage:
            found[row.pk] += _of_module([child for child in children[row.path] if child.live])
        found[row.pk] += [Finding("apart")] * (row.key in apart)
        if row.live and not seen.get(above, True):
            found[row.pk].append(Finding("orphan"))
    return found


def _apart(rows: list[Row]) -> set[UUID]:
    """Return the keys of the pages whose languages lie under different pages."""
    keys = {row.path: row.key for row in rows}
    parents: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        if above := keys.get(row.path[: -Page.steplen]):
            parents[row.key].add(above)
    return {key for key, found in parents.items() if len(found) > 1}


def _concerns(finding: Finding, row: Row) -> bool:
    """A missing language is said where there is a page, one that is behind on its own page."""
    return finding.code == "untranslated" or finding.detail == row.language


def _of_module(activities: list[Row]) -> list[Finding]:
    if not activities:
        return [Finding("empty_module")]
    return [] if any(a.kind.activity_kind == "quiz" for a in activities) else [Finding("module_without_quiz")]


def _trouble_with_translations(rows: list[Row]) -> dict[UUID, list[Finding]]:
    """Return, for the pages that have it, which language is missing or behind. Two queries."""
    keys = {row.key for row in rows}
    versions = translations.versions_of(keys)
    steps = translations.steps_of(keys)
    codes = {translations.MISSING: "untranslated", translations.OUT_OF_DATE: "translation_out_of_date"}
    return {
        key: [
            Finding(codes[state], "", language)
            for language, state in translations.states(
                versions.get(key, ()), translations.content_languages(), steps.get(key)
            ).items()
            if state in codes
        ]
        for key in keys
    }


def _dead(links: Iterable[Piece], failing: dict[str, str]) -> list[Finding]:
    return [Finding("dead_link", p.place, f"{p.text} · {failing[p.text]}"[:400]) for p in links if p.text in failing]
