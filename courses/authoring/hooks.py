"""The hooks of the authoring desk; `courses.wagtail_hooks` imports them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages as wagtail_messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from courses.authoring import copy_views, translation_views, usage_views
from courses.authoring.copying import renew_questions
from courses.authoring.following import FORBIDDEN, IN_STEP, standing
from courses.authoring.health_report import HealthReport
from courses.authoring.signing import may_publish_alone
from courses.authoring.words import STANDING
from courses.models.pages import CurriculumPage, ModulePage


class AuthorsItem(MenuItem):  # type: ignore[misc]
    """Shown to those who write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("courses/admin.css"))


@hooks.register("insert_global_admin_js")
def explorer_js() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("courses/explorer.js"))


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return [
        path("reports/content-health/", HealthReport.as_view(), name="content_health"),
        path("reports/content-health/results/", HealthReport.as_view(results_only=True), name="content_health_results"),
        path("translations/", translation_views.todo, name="translations"),
        path("translations/<uuid:key>/", translation_views.side_by_side, name="translation_side_by_side"),
        path("translations/<uuid:key>/in-step/", translation_views.in_step, name="translation_in_step"),
        path("copy-module/<int:page_id>/", copy_views.copy, name="copy_module"),
        path("reports/usage/", usage_views.courses, name="usage_courses"),
        path("reports/usage/<uuid:key>/", usage_views.course, name="usage_course"),
        path("reports/usage/<uuid:key>/<uuid:activity>/", usage_views.lesson, name="usage_lesson"),
    ]


@hooks.register("register_admin_menu_item")
def translations_item() -> MenuItem:
    return AuthorsItem(
        gettext_lazy("Translations"), reverse("translations"), name="translations", icon_name="globe", order=150
    )


@hooks.register("register_reports_menu_item")
def content_health_item() -> MenuItem:
    return AuthorsItem(
        gettext_lazy("Content health"),
        reverse("content_health"),
        name="content-health",
        icon_name="clipboard-list",
        order=100,
    )


@hooks.register("before_publish_page")
def marked_pages_wait(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A marked page is saved and stays a draft: the workflow publishes it."""
    if may_publish_alone(request.user, page):
        return None
    messages.error(request, _refusal(page))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def marked_pages_wait_in_bulk(request: HttpRequest, action: str, objects: Any, view: Any) -> HttpResponse | None:
    if action != "publish":
        return None
    refused = [p for p in objects if isinstance(p, Page) and not may_publish_alone(request.user, p.specific)]
    for page in refused:
        messages.error(request, _refusal(page))
    return redirect(view.next_url) if refused else None


@hooks.register("construct_page_action_menu")
def no_button_that_would_refuse(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A marked page's editor offers to submit, not to publish."""
    page = context.get("page")
    if page is not None and page.pk and not may_publish_alone(request.user, page):
        items[:] = [item for item in items if item.name != "action-publish"]


class UsageItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return usage_views.may_see(request.user)


@hooks.register("register_reports_menu_item")
def usage_item() -> MenuItem:
    return UsageItem(
        gettext_lazy("Usage of courses"), reverse("usage_courses"), name="course-usage", icon_name="view", order=110
    )


@hooks.register("register_page_header_buttons")
def compare_languages(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From a page's editor to its languages side by side."""
    if isinstance(page, CurriculumPage) or issubclass(page.specific_class or Page, CurriculumPage):
        url = reverse("translation_side_by_side", args=[page.translation_key])
        yield Button(_("Languages side by side"), url, icon_name="globe", priority=85)
    if page.specific_class is ModulePage and page.pk:
        yield Button(
            _("Copy with its quiz and scenario"), reverse("copy_module", args=[page.pk]), icon_name="copy", priority=35
        )


@hooks.register("after_copy_page")
def questions_of_a_copy_are_new(request: HttpRequest, page: Page, new_page: Page) -> None:
    """Answers hang on identifiers: those given to the first lesson must not show in its copy."""
    renew_questions(new_page)


@hooks.register("after_move_page")
def where_its_other_languages_are(request: HttpRequest, page: Page) -> None:
    """Whether they followed, or why not and where to move them."""
    moved = Page.objects.get(pk=page.pk)
    if not issubclass(moved.specific_class or Page, CurriculumPage):
        return
    for twin, outcome in standing(moved, request.user):
        facts = {"title": twin.get_admin_display_title(), "language": twin.locale, "slug": twin.slug}
        said = STANDING[outcome] % facts
        if outcome == IN_STEP:
            wagtail_messages.success(request, said)
        else:
            move = wagtail_messages.button(reverse("wagtailadmin_pages:move", args=[twin.pk]), _("Move it"))
            wagtail_messages.warning(request, said, buttons=[] if outcome == FORBIDDEN else [move])


class TellingPosition(SetPagePositionView):  # type: ignore[misc]
    """A row dragged in the explorer passes by no hook; Wagtail's script ignores what is answered, `explorer.js` asks."""

    def post(self, request: HttpRequest, page_to_move_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(request, page_to_move_id, *args, **kwargs)
        where_its_other_languages_are(request, Page.objects.get(pk=page_to_move_id))
        return response


class CurriculumViewSet(PageViewSet):  # type: ignore[misc]
    """Wagtail's views for every kind of page of the curriculum, which ask for plain pages: the abstract kind has no table."""

    set_page_position_view_class = TellingPosition

    def on_register(self) -> None:
        page_viewset_registry.register(CurriculumPage, self)


@hooks.register("register_admin_viewset")
def curriculum_viewset() -> CurriculumViewSet:
    return CurriculumViewSet("curriculum_pages")


@hooks.register("after_bulk_action")
def where_the_other_languages_are(request: HttpRequest, action: str, objects: Any, view: Any) -> None:
    if action == "move":
        for page in objects:
            where_its_other_languages_are(request, page)


def _refusal(page: Page) -> str:
    return _("“%(title)s” needs the legal or ethics sign-off: submit it for review, it is published once approved.") % {
        "title": page.get_admin_display_title()
    }
