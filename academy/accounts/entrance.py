"""Allauth's forms without the hints that repeat their labels, and with one sentence on passwords."""

from typing import Any

from allauth.account import forms
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddWebAuthnForm
from django.utils.translation import gettext_lazy as _

PASSWORD_RULE = _("Ten characters or more; not your name, nor a password everybody uses.")


class Plain:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_RULE


class LoginForm(Plain, forms.LoginForm):  # type: ignore[misc]
    pass


class SignupForm(Plain, forms.SignupForm):  # type: ignore[misc]
    pass


class AddEmailForm(Plain, forms.AddEmailForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(Plain, forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(Plain, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(Plain, forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(Plain, forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class AddWebAuthnForm(AllauthAddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
