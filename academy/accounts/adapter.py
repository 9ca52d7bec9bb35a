import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext as _

from courses.certification.ratelimit import address

logger = logging.getLogger(__name__)
LINKS = ("activate_url", "password_reset_url", "sessions_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mails go out in the reader's language, whatever page asked for them; a mail server that is down loses no account."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user")
        language = getattr(user, "language", None) or translation.get_language()
        links = {name: translate_url(context[name], language) for name in LINKS if name in context}
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, context | links)
        except (SMTPException, OSError) as error:
            logger.error("%s was not sent (%s)", template_prefix, type(error).__name__)
            messages.error(self.request, _("The message could not be sent just now. Try again in a few minutes."))

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner of an account what was changed in it. Only here by name: whoever signs up may type any."""
        ours = {
            "user": user,
            "greeted": user.get_full_name(),
            "password_reset_url": self.request.build_absolute_uri(reverse("account_reset_password")),
            "sessions_url": self.request.build_absolute_uri(reverse("usersessions_list")),
        }
        super().send_notification_mail(template_prefix, user, ours | (context or {}), email)
