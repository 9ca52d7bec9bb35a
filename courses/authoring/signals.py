"""What the desk does when Wagtail says that a page was published or moved."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from courses.authoring.copying import follow_move
from courses.authoring.following import twins_follow
from courses.authoring.translations import note_publication
from courses.models.pages import CurriculumPage


def page_was_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, CurriculumPage):
        note_publication(page=instance, now=timezone.now())


def page_was_moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance.specific_deferred, CurriculumPage):
        follow_move(instance)
        if user := get_active_log_context().user:  # somebody at the desk; a program says itself what it moves
            twins_follow(page=instance, user=user)
