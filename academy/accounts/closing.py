"""One's own data: taking it away, and closing the account."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from academy.privacy import takeaway
from courses.certification.services import erase_learner


class ClosingForm(forms.Form):
    """Closing is for good: one types one's own address, which nobody does by mistake."""

    email = forms.EmailField(label=gettext_lazy("Your e-mail address, to close the account"))

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.strip().lower() != self.user.email:
            raise forms.ValidationError(_("This is not the address of this account."))
        return email


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def data(request: Any) -> HttpResponse:
    form = ClosingForm(request.user, request.POST or None)
    if request.method == "POST" and not request.user.is_superuser and form.is_valid():
        return close(request)
    return render(request, "academy/data.html", {"form": form}, status=422 if request.method == "POST" else 200)


def close(request: Any) -> HttpResponse:
    """Erase the account and all that hangs on it, and tell its owner by mail: it may have been somebody else."""
    user, email = request.user, request.user.email
    with_name = {"user": user, "greeted": user.get_full_name()}
    erase_learner(user=user, now=timezone.now())
    get_adapter(request).send_mail("account/email/account_closed", email, with_name)
    logout(request)
    messages.success(request, _("Your account is closed, and what it held is erased."))
    return redirect("/")


@never_cache
@login_required
@require_safe
@reauthentication_required
def download(request: HttpRequest) -> HttpResponse:
    """Everything the academy keeps of this person, in one file."""
    response = JsonResponse(
        takeaway(user=request.user, now=timezone.now()), json_dumps_params={"indent": 1, "ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="cm-academy.json"'
    return response
