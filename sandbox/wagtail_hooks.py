from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from sandbox import marking_desk
from sandbox.goes_admin import FurtherGoViewSet
from sandbox.viewsets import ScenarioViewSet

register_snippet(ScenarioViewSet)
register_snippet(FurtherGoViewSet)


@hooks.register("insert_global_admin_css")
def both_languages_side_by_side() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("sandbox/admin.css"))


@hooks.register("register_admin_urls")
def replies_urls() -> list[URLPattern]:
    return marking_desk.admin_urls()


@hooks.register("register_admin_menu_item")
def replies_menu_item() -> MenuItem:
    return marking_desk.menu_item()
