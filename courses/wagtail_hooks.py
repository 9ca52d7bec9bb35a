from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from courses import media
from courses.authoring import hooks as authoring_hooks  # noqa: F401 (registers itself)
from courses.catalogue import browse
from courses.certification import viewsets
from courses.delivery import answers_for, learning_for, may_open, note_visit
from courses.media import may_see
from courses.models import ActivityPage, CataloguePage, LessonPage
from courses.privacy import hides


@hooks.register("before_serve_page", order=-10)
def private_pages_are_not_there(page: Page, request: Any, args: Any, kwargs: Any) -> None:
    """Before anything is noted or said of a private page."""
    if hides(page.get_view_restrictions(), request.user):
        raise Http404


@hooks.register("before_serve_document", order=-10)
def private_documents_are_not_there(document: Any, request: Any) -> None:
    """Those of a private collection, and those that only pages of a private course hold."""
    if not may_see(request, document):
        raise Http404


@hooks.register("before_serve_page")
def prepare_learning(page: Page, request: Any, args: Any, kwargs: Any) -> HttpResponse | None:
    """Put the learner's view of the course on the request; send away those who may not open the activity."""
    request.learning = learning = learning_for(request, page)
    if isinstance(page, CataloguePage):
        request.catalogue = browse(request)
        request.course_cards = request.catalogue.cards
    if not isinstance(page, ActivityPage):
        return None
    if not may_open(page, learning, request.user):
        messages.info(request, _("Enrol in this course to open “%(title)s”.") % {"title": page.title})
        return redirect(learning.course.url if learning else "/")
    if learning:
        note_visit(learning, page)
        if isinstance(page, LessonPage):
            learning.answers = answers_for(request, page)
    return None


@hooks.register("before_serve_document")
def hide_private_documents(document: Any, request: Any) -> None:
    if not media.may_see(request, document):
        raise Http404


@hooks.register("register_admin_urls")
def certification_urls() -> list[Any]:
    return viewsets.admin_urls()


viewsets.register()
