"""Texts in each language, in the reader's."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from courses.certification import snapshots


def in_language(texts: Any, language: str = "") -> str:
    return str(snapshots.pick(texts, language or get_language() or settings.LANGUAGE_CODE))
