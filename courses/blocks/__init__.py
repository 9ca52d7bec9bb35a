"""The blocks a lesson is made of. One idea each; text is Markdown, rendered when saved."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.blocks.check import CheckBlock, OptionBlock, RevealBlock
from courses.blocks.compare import CompareBlock
from courses.blocks.grid import GridBlock
from courses.blocks.interactive import InteractiveBlock, Kept
from courses.blocks.lists import LineBlock, ObjectiveBlock, TermBlock
from courses.blocks.markdown import MarkdownBlock, MarkdownText
from courses.blocks.media import AudioBlock, DownloadBlock, VideoBlock
from courses.blocks.pictures import ChartBlock, HotspotBlock, TimelineBlock
from courses.blocks.post import PostBlock
from courses.blocks.sorting import OrderBlock, SortBlock
from courses.blocks.story import StoryBlock
from courses.blocks.text import CalloutBlock, CaseBlock, FigureBlock, RememberBlock, SituationBlock

__all__ = [
    "BODY_BLOCKS",
    "INTRODUCTION_BLOCKS",
    "LINE_BLOCKS",
    "InteractiveBlock",
    "Kept",
    "MarkdownBlock",
    "MarkdownText",
    "ObjectiveBlock",
    "OptionBlock",
    "TermBlock",
]

TO_READ, TO_DO, TO_SEE = _("To read"), _("To do"), _("To look at")  # how the chooser of blocks groups them

BODY_BLOCKS: list[tuple[str, Any]] = [
    ("text", MarkdownBlock(group=TO_READ)),
    ("situation", SituationBlock(group=TO_READ)),
    ("callout", CalloutBlock(group=TO_READ)),
    ("case", CaseBlock(group=TO_READ)),
    ("post", PostBlock(group=TO_READ)),
    ("check", CheckBlock(group=TO_DO)),
    ("reveal", RevealBlock(group=TO_DO)),
    ("sort", SortBlock(group=TO_DO)),
    ("order", OrderBlock(group=TO_DO)),
    ("compare", CompareBlock(group=TO_DO)),
    ("story", StoryBlock(group=TO_DO)),
    ("grid", GridBlock(group=TO_DO)),
    ("hotspot", HotspotBlock(group=TO_DO)),
    ("figure", FigureBlock(group=TO_SEE)),
    ("timeline", TimelineBlock(group=TO_SEE)),
    ("chart", ChartBlock(group=TO_SEE)),
    ("video", VideoBlock(group=TO_SEE)),
    ("audio", AudioBlock(group=TO_SEE)),
    ("download", DownloadBlock(group=TO_SEE)),
    ("remember", RememberBlock(group=TO_READ)),
]
INTRODUCTION_BLOCKS = [("text", MarkdownBlock()), ("figure", FigureBlock())]
LINE_BLOCKS = [("line", LineBlock(label=_("Line")))]
