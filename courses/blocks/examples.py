"""What the library of blocks shows, in the author's language; of those that need a file, a drawing and files by name alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DRAWING = "courses/example.svg"


def told(value: Any) -> Callable[[], Any]:
    """Return a function that gives `value` with its lazy texts in the language of whoever asks."""

    def tell(part: Any = value) -> Any:
        if isinstance(part, dict):
            return {name: tell(each) for name, each in part.items()}
        if isinstance(part, list):
            return [tell(each) for each in part]
        return str(part) if isinstance(part, Promise) else part

    return lambda: tell(value)


class ExampleImage:
    """Stands where an image is asked for, and is its own rendition at every width: a drawing of a feed."""

    def get_rendition(self, _filter: Any) -> "ExampleImage":
        return self

    def img_tag(self, attributes: dict[str, Any]) -> SafeString:
        return format_html("<img{}>", flatatt({"src": static(DRAWING), "width": 1200, "height": 675, **attributes}))


@dataclass(frozen=True)
class ExampleFile:
    """Stands where a document is asked for. Its address is empty, so that a player shows itself and asks for nothing.

    `poster`: what a player of moving pictures shows before it plays.
    """

    file_extension: str
    file_size: int
    url: str = ""
    poster: str = ""


def figure() -> dict[str, Any]:
    alt = _("A feed: a post with a picture, and a reply under it.")
    return {"image": ExampleImage(), "alt": alt, "caption": _("The post and its first reply, at 8:40.")}


def hotspot() -> dict[str, Any]:
    return {
        "key": "preview",
        "prompt": _("Where do you look first before answering?"),
        "image": ExampleImage(),
        "alt": _("A feed: a post with a picture, and a reply under it."),
        "spots": [
            {
                "key": "a", "x": 20.5, "y": 17, "label": _("Who wrote the post"), "correct": False,
                "feedback": _("It is your own post: you know who wrote it."),
            },
            {
                "key": "b", "x": 20.5, "y": 73, "label": _("Who replies"), "correct": True,
                "feedback": _("A regular and an account made yesterday are not answered alike."),
            },
        ],
    }  # fmt: skip


def video() -> dict[str, Any]:
    return {
        "title": _("A morning at the desk"),
        "file": ExampleFile("mp4", 18_400_000, poster=static(DRAWING)),
        "captions": ExampleFile("vtt", 4_000),
        "transcript": _("Good morning. Forty comments wait under the opening post: let us read them together."),
    }


def audio() -> dict[str, Any]:
    return {
        "title": _("A call from the press office"),
        "file": ExampleFile("mp3", 2_300_000),
        "transcript": _("Have you seen the post? Answer nothing yet: I am calling the director."),
    }


def download() -> dict[str, Any]:
    text = _("To fill in with your team, one line per situation.")
    return {"title": _("A moderation charter to adapt"), "file": ExampleFile("docx", 48_000), "text": text}
