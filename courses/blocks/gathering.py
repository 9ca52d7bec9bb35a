"""The images and documents of a lesson, fetched together: as many queries for one as for twenty, whatever shows them."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks.stream_block import StreamValue
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.formats.assets import ASSETS, Asset

SHOWN = "width-1200"  # as templates/courses/blocks/figure.html and hotspot.html ask for it


def gather_media(body: StreamValue) -> None:
    """Put the files of `body` in their blocks. One query for images, one for documents."""
    wanted = list(_wanted(body))
    images = {pk for *_, asset, pk in wanted if asset.is_image}
    documents = {pk for *_, asset, pk in wanted if not asset.is_image}
    found_images = _images(images) if images else {}
    found_documents = get_document_model().objects.in_bulk(documents) if documents else {}
    found: dict[int, dict[str, Any]] = {}
    for position, asset, pk in wanted:
        found.setdefault(position, {})[asset.page_field] = (found_images if asset.is_image else found_documents).get(pk)
    for position, files in found.items():
        raw = body.raw_data[position]
        block = body.stream_block.child_blocks[raw["type"]]
        value = block.to_python(raw["value"] | dict.fromkeys(files))  # without its files, it asks the database nothing
        for name, file in files.items():
            value[name] = file
        body[position] = (raw["type"], value, raw.get("id"))


def _images(wanted: set[int]) -> dict[int, Any]:
    """Return images with their renditions, in one query; those that were never shown need another, once."""
    model = get_image_model()
    renditions = model.get_rendition_model().objects.filter(image__in=wanted, filter_spec=SHOWN)
    found: dict[int, Any] = {}
    for rendition in renditions.select_related("image"):
        image = found.setdefault(rendition.image_id, rendition.image)
        image.prefetched_renditions = [*getattr(image, "prefetched_renditions", ()), rendition]  # where Wagtail looks
    if missing := wanted - set(found):
        found |= model.objects.in_bulk(missing)
    return found


def _wanted(body: StreamValue) -> Iterator[tuple[int, Asset, int]]:
    for position, raw in enumerate(body.raw_data):
        for asset in ASSETS.get(raw["type"], ()):
            if pk := raw["value"].get(asset.page_field):
                yield position, asset, pk
