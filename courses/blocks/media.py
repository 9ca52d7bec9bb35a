"""Video, audio and download: the academy's own files, never somebody else's player."""

from pathlib import PurePath
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from courses.blocks import examples
from courses.blocks.markdown import MarkdownBlock
from courses.formats.assets import CAPTIONS, DOCUMENTS, SOUNDS, VIDEOS, is_what_it_says

SNIFFED = 4096  # bytes


class FileBlock(DocumentChooserBlock):  # type: ignore[misc]
    """A document of one of a few kinds, which its content has to confirm."""

    endings: ClassVar[tuple[str, ...]] = ()

    def clean(self, value: Any) -> Any:
        document = super().clean(value)
        if document is None:
            return None
        ending = PurePath(document.file.name).suffix.removeprefix(".").lower()
        if ending not in self.endings:
            raise ValidationError(
                _("Choose a file of one of these kinds: %(kinds)s.") % {"kinds": ", ".join(self.endings)}
            )
        with document.file.storage.open(document.file.name) as file:
            if not is_what_it_says(ending, file.read(SNIFFED)):
                raise ValidationError(_("This file is not what its name says: make it anew from its source."))
        return document

    def deconstruct(self) -> Any:
        # The kinds are checked, not stored: a migration needs to know none of them.
        _path, args, kwargs = super().deconstruct()
        return "wagtail.documents.blocks.DocumentChooserBlock", args, kwargs


class VideoFileBlock(FileBlock):
    endings = VIDEOS


class CaptionsFileBlock(FileBlock):
    endings = CAPTIONS


class SoundFileBlock(FileBlock):
    endings = SOUNDS


class DownloadFileBlock(FileBlock):
    endings = DOCUMENTS


def transcript() -> MarkdownBlock:
    return MarkdownBlock(
        label=_("Transcript"), help_text=_("Every word that is said, and what one must see to follow.")
    )


class VideoBlock(blocks.StructBlock):  # type: ignore[misc]
    title = blocks.CharBlock(label=_("Title"))
    file = VideoFileBlock(label=_("Video"), help_text=_("MP4 or WebM."))
    captions = CaptionsFileBlock(
        required=False, label=_("Captions"), help_text=_("WebVTT; needed where anybody speaks.")
    )
    transcript = transcript()

    class Meta:
        icon = "media"
        label = _("Video")
        readable = ("title", "transcript")
        template = "courses/blocks/video.html"
        preview_value = staticmethod(examples.video)
        description = _("A video of one’s own, with captions and its transcript")


class AudioBlock(blocks.StructBlock):  # type: ignore[misc]
    title = blocks.CharBlock(label=_("Title"))
    file = SoundFileBlock(label=_("Sound"), help_text=_("MP3, M4A, Ogg or Opus."))
    transcript = transcript()

    class Meta:
        icon = "media"
        label = _("Audio")
        readable = ("title", "transcript")
        template = "courses/blocks/audio.html"
        preview_value = staticmethod(examples.audio)
        description = _("A recording of one’s own, with its transcript")


class DownloadBlock(blocks.StructBlock):  # type: ignore[misc]
    title = blocks.CharBlock(label=_("Title"))
    file = DownloadFileBlock(label=_("File"))
    text = blocks.CharBlock(label=_("What it is for"), required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        readable = ("title", "text")
        template = "courses/blocks/download.html"
        preview_value = staticmethod(examples.download)
        description = _("A file to take away: a template, a checklist")
