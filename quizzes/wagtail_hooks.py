from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from quizzes import bulk_actions, marking_desk
from quizzes.viewsets import QuizzesGroup

register_snippet(QuizzesGroup)
bulk_actions.register()


@hooks.register("insert_global_admin_css")
def both_languages_side_by_side() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("quizzes/admin.css"))


@hooks.register("register_admin_urls")
def answers_urls() -> list[URLPattern]:
    return marking_desk.admin_urls()


@hooks.register("register_admin_menu_item")
def answers_menu_item() -> MenuItem:
    return marking_desk.menu_item()
