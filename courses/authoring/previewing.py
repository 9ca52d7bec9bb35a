"""Previews of the curriculum: as a learner or as a visitor, in each language. None writes anything.

The reader of a preview is made up: nobody's enrolment, nobody's records. And the browser is told to send no form and make no
request from a preview, so that trying its buttons changes nothing either. Phone width is a button of Wagtail's own panel.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from courses.delivery import COURSE_DEPTH, Learning
from courses.models import ActivityPage, CoursePage, Enrolment, LessonPage, ModulePage
from courses.outline import mark, outlines_of

LEARNER, VISITOR = "learner", "visitor"


def modes() -> list[tuple[str, Any]]:
    """Return the ways to look at a page. No query: listings ask for them."""
    named = [
        (f"{LEARNER}-{code}", _("As a learner: %(language)s") % {"language": name}) for code, name in settings.LANGUAGES
    ]
    return [("", gettext_lazy("As a learner")), (VISITOR, gettext_lazy("As a visitor")), *named]


def serve(page: Any, request: HttpRequest, mode: str) -> TemplateResponse:
    """Return the page as `mode` says, rendered: its language is active for no longer than this."""
    reader, _dash, language = mode.partition("-")
    shown = seen_by_visitor(page) if reader == VISITOR else twin_in(page, language)
    request.user = AnonymousUser() if reader == VISITOR else request.user
    request.learning = made_up_learning(shown, enrolled=reader != VISITOR)  # type: ignore[attr-defined]
    with translation.override(shown.locale.language_code):
        response = TemplateResponse(request, shown.get_template(request), shown.get_context(request)).render()
    response._csp_replace = {"form-action": ["'none'"], "connect-src": ["'none'"]}  # type: ignore[attr-defined]
    return response  # type: ignore[return-value]


def twin_in(page: Any, language: str) -> Any:
    """Return the newest version of the page in `language`; the page itself where it has none."""
    if not language or page.locale.language_code == language:
        return page
    twin = Page.objects.filter(translation_key=page.translation_key, locale__language_code=language).first()
    return twin.get_latest_revision_as_object() if twin else page


def seen_by_visitor(page: Any) -> Any:
    """Return what a visitor meets at the page's address: the course, where the activity is for learners."""
    if not isinstance(page, ActivityPage) or (isinstance(page, LessonPage) and page.open_to_all):
        return page
    return CoursePage.objects.get(path=page.path[: COURSE_DEPTH * Page.steplen])


def made_up_learning(page: Any, *, enrolled: bool) -> Learning | None:
    """Return the course of a page for a reader who has done nothing yet; None outside a course."""
    if not isinstance(page, CoursePage | ModulePage | ActivityPage):
        return None
    outlines = outlines_of(Page(path=page.path[: COURSE_DEPTH * Page.steplen], depth=COURSE_DEPTH))
    if not outlines:
        return None
    outline, now = outlines[0], timezone.now()
    current = page.translation_key if isinstance(page, ActivityPage) else None
    mark(outline, {}, enrolled=enrolled, current=current)
    enrolment = Enrolment(course_key=outline.key, enrolled_at=now) if enrolled else None
    return Learning(outline, enrolment, current)
