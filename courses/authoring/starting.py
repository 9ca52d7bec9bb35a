"""A new lesson opens with the parts the curriculum asks for in place, to be filled or taken out."""

from typing import Any
from uuid import uuid4

from wagtail.admin.forms import WagtailAdminPageForm


class LessonForm(WagtailAdminPageForm):  # type: ignore[misc]
    def __init__(self, data: Any = None, files: Any = None, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        if instance is not None and instance.pk is None and data is None and not instance.body:
            start(instance)
        super().__init__(data, files, *args, instance=instance, **kwargs)


def start(lesson: Any) -> None:
    """Put empty parts in `lesson`: a situation, the explanation, a case, a question, what to remember; objectives, a source."""
    options = [{"key": letter, "text": "", "correct": False, "feedback": ""} for letter in "abc"]
    lesson.objectives = [("objective", {"key": f"o{number}", "text": ""}) for number in (1, 2)]
    lesson.body = [
        ("situation", {"text": ""}),
        ("text", ""),
        ("case", {"title": "", "text": ""}),
        ("check", {"key": f"k-{uuid4().hex[:8]}", "prompt": "", "options": options}),
        ("remember", {"text": ""}),
    ]
    lesson.sources = [("line", "")]
