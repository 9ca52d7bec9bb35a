"""What the academy adds to the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from academy import archive_views
from academy.awaiting import AwaitingPanel


class ArchiveItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return archive_views.may_load(request.user)


@hooks.register("register_admin_urls")
def archive_urls() -> list[URLPattern]:
    return [
        path("archive/", archive_views.archive, name="curriculum_archive"),
        path("archive/check/", archive_views.check, name="curriculum_archive_check"),
        path("archive/apply/", archive_views.apply, name="curriculum_archive_apply"),
        path("archive/<slug:stem>.zip", archive_views.download, name="curriculum_archive_download"),
    ]


@hooks.register("register_settings_menu_item")
def archive_item() -> MenuItem:
    return ArchiveItem(_("Courses as archives"), reverse("curriculum_archive"), icon_name="download", order=900)


@hooks.register("construct_homepage_panels")
def what_awaits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(AwaitingPanel())
