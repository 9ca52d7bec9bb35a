import zoneinfo
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from academy.accounts.models import User
from academy.roles import LEARNERS, group


class SignupForm(forms.Form):
    """What we ask at sign-up besides e-mail and password: one name."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As it should read on a certificate. You can change it later."),
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def clean_time_zone(self) -> str:
        """Filled in by the browser, where it can: so what it says is taken or left, never refused."""
        said: str = self.cleaned_data["time_zone"]
        return said if said in zoneinfo.available_timezones() else ""

    def signup(self, request: HttpRequest, user: User) -> None:
        user.time_zone = self.cleaned_data["time_zone"] or user.time_zone
        user.display_name = user.certificate_name = self.cleaned_data["display_name"]
        user.language = (get_language() or user.language)[:2]
        user.save()
        user.groups.add(group(LEARNERS))


CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def time_zones(own: str) -> list[tuple[str, str]]:
    """Return the zones named after a place, and one's own whatever its name."""
    known = {zone for zone in zoneinfo.available_timezones() if zone.split("/")[0] in CONTINENTS} | {"UTC", own}
    return [(zone, zone.replace("_", " ")) for zone in sorted(known)]


class ProfileForm(forms.ModelForm[User]):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["time_zone"].label
        self.fields["time_zone"] = forms.ChoiceField(label=label, choices=time_zones(self.instance.time_zone))

    class Meta:
        model = User
        fields = ["display_name", "certificate_name", "language", "time_zone"]


ADMIN_FIELDS = [
    "email",
    "display_name",
    "certificate_name",
    "language",
    "time_zone",
    "is_staff",
    "is_superuser",
    "groups",
]


class AdminUserCreationForm(UserCreationForm):  # type: ignore[misc]
    first_name: Any = None
    last_name: Any = None

    class Meta(UserCreationForm.Meta):
        fields = ADMIN_FIELDS


class AdminUserEditForm(UserEditForm):  # type: ignore[misc]
    first_name: Any = None
    last_name: Any = None

    class Meta(UserEditForm.Meta):
        fields = [*ADMIN_FIELDS, "is_active"]
