from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AcademyConfig(AppConfig):
    default = True
    name = "academy"
    verbose_name = _("Academy")

    def ready(self) -> None:
        from academy.extra_time import extra_percent
        from sandbox.extra_time import register

        register(extra_percent)


class UsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's user management with our user's own fields."""

    user_viewset = "academy.accounts.viewsets.UserViewSet"
