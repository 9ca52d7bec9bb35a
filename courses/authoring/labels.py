"""What the blocks of a page are called, by their kind."""

from functools import cache
from typing import Any

from django.apps import apps
from wagtail.fields import StreamField


def block_labels(page: Any) -> dict[str, Any]:
    return _labels_of(page._meta.label)


@cache
def _labels_of(label: str) -> dict[str, Any]:
    streams = [field for field in apps.get_model(label)._meta.get_fields() if isinstance(field, StreamField)]
    return {name: block.label for field in streams for name, block in field.stream_block.child_blocks.items()}
