"""What can be done with the certificates ticked in the listing."""

from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from courses.certification import batches
from courses.certification.casework import Batch
from courses.certification.filters import CertificateFilterSet
from courses.certification.forms import RevokeForm
from courses.certification.models import Certificate


class CertificateBulkAction(SnippetBulkAction):  # type: ignore[misc]
    """Prepares a batch and leads to its page. “All” means all that the filters of the listing show."""

    kind = ""
    permission = ""
    template_name = "certificates/admin/bulk_action.html"
    question: Any = ""
    button: Any = ""

    @classproperty
    def models(cls) -> list[Any]:  # noqa: N805
        return [Certificate]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Wagtail forgets the filters when everything is ticked: they are taken from the page one comes from."""
        filters = urlsplit(request.headers.get("referer", "")).query
        if request.method == "GET" and "all" in request.GET.getlist("id") and filters and "?" not in self.next_url:
            query = urlencode({"next": f"{self.next_url}?{filters}", "id": "all"})
            return redirect(f"{request.path}?{query}")
        return super().dispatch(request, *args, **kwargs)

    def check_perm(self, obj: Certificate) -> bool:
        return bool(self.request.user.has_perm(self.permission)) and obj.erased_at is None

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        shown = QueryDict(urlsplit(self.next_url).query)
        found = CertificateFilterSet(shown, queryset=Certificate.objects.all(), request=self.request).qs
        if words := shown.get("q"):
            found = found.filter(Q(holder__icontains=words) | Q(code__icontains=words))
        return found.values_list("pk", flat=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "question": self.question, "button": self.button}

    def reasons(self) -> dict[str, str]:
        return {}

    def prepare_action(self, objects: Any, objects_without_access: Any) -> HttpResponse:
        now = timezone.now()
        batch = batches.prepare(
            kind=self.kind, certificates=objects, actor=self.request.user, now=now, **self.reasons()
        )
        batches.start(batch=batch, now=now)
        return redirect(batch)


class RevokeBulkAction(CertificateBulkAction):
    """Stands where Wagtail has “Delete” for every snippet: a certificate is revoked, never deleted."""

    display_name = _("Revoke")
    action_type = "delete"
    aria_label = _("Revoke the certificates ticked")
    kind, permission = Batch.Kind.REVOKE, "courses.revoke_certificate"
    question = _("These certificates will be refused by every verifier from now on. This cannot be undone.")
    button = _("Revoke them")
    form_class = RevokeForm
    classes: ClassVar[set[str]] = {"serious"}
    action_priority = 20

    def reasons(self) -> dict[str, str]:
        form: forms.Form = self.cleaned_form
        return dict(form.cleaned_data)


class ArchiveBulkAction(CertificateBulkAction):
    display_name = _("PDFs in one ZIP")
    action_type = "archive"
    aria_label = _("Collect the PDFs of the certificates ticked")
    kind, permission = Batch.Kind.ARCHIVE, "courses.view_certificate"
    question = _("Their PDFs are collected in one ZIP, kept for a week.")
    button = _("Collect them")
    action_priority = 10


def register() -> None:
    for action in (RevokeBulkAction, ArchiveBulkAction):
        hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, whose place the first one takes
