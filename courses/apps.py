from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.db.models.signals import pre_delete
        from wagtail.signals import page_published, post_page_move

        from courses.authoring.signals import page_was_moved, page_was_published
        from courses.certification import checks  # noqa: F401 (registers itself)
        from courses.certification.erasure import before_account_is_deleted
        from courses.certification.services import notice_progress
        from courses.services import on_progress

        on_progress(notice_progress)
        page_published.connect(page_was_published, dispatch_uid="note_publication")
        post_page_move.connect(page_was_moved, dispatch_uid="follow_move")
        pre_delete.connect(before_account_is_deleted, sender=get_user_model(), dispatch_uid="erase_certificates")
