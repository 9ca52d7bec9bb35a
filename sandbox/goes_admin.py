"""Other goes at an exam, in the Wagtail admin: granted with a reason, listed for ever, never edited."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from courses.authoring.choosing import GuardedChooserViewSet
from courses.authoring.keeping import OnlyAdded
from sandbox.going import NoGo, grant_go
from sandbox.models import FurtherGo, Scenario
from sandbox.pool import exam_scenarios

register_permission_policy(FurtherGo, OnlyAdded(FurtherGo))

REFUSALS = {
    "never_sat": _("This learner has not sat this scenario as an exam: they can still sit it, and need no other go."),
    "still_running": _("Their shift at this scenario is still running. Grant another go once it is over."),
    "passed": _("This learner passed this scenario: there is nothing to sit again."),
}


class FurtherGoForm(WagtailAdminModelForm):  # type: ignore[misc]
    email = forms.EmailField(label=_("Learner’s address"), help_text=_("The address the learner signs in with."))
    scenario = forms.ModelChoiceField(
        queryset=Scenario.objects.none(), label=_("Scenario"), help_text=_("Those that exams give.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [scenario.pk for scenario in exam_scenarios()]
        self.fields["scenario"].queryset = Scenario.objects.filter(pk__in=given)

    def clean_email(self) -> Any:
        found = get_user_model().objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in with this address."))
        return found


class GrantGoView(CreateView):  # type: ignore[misc]
    made = True

    def form_valid(self, form: FurtherGoForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except NoGo as refused:
            form.add_error(None, REFUSALS[refused.code])
            self.produced_error_message = self.get_error_message()
            response = self.form_invalid(form)
        return response

    def save_instance(self) -> FurtherGo:
        """Write the decision down through its service."""
        given = self.form.cleaned_data
        go, self.made = grant_go(
            user=given["email"],
            scenario=given["scenario"],
            reason=given["reason"],
            by=self.request.user,
            now=timezone.now(),
        )
        return go

    def get_success_buttons(self) -> list[Any]:
        return []  # what is granted is never edited

    def get_success_message(self, instance: FurtherGo) -> str:
        if not self.made:
            return gettext("This learner already has one more go at this scenario; nothing was added.")
        return gettext("One more go is granted. The learner reads it, with its reason, on the page of the exam.")


class FurtherGoViewSet(SnippetViewSet):  # type: ignore[misc]
    model = FurtherGo
    chooser_viewset_class = GuardedChooserViewSet
    icon = "rotate"
    menu_label = _("Further exam goes")
    menu_name = "further-goes"
    add_to_admin_menu = True
    menu_order = 322
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ("reason", "granted_by", "granted_at")
    add_view_class = GrantGoView
    list_display = [
        Column("after.user", label=_("learner")),
        Column("after.version.scenario", label=_("scenario")),
        "reason",
        "granted_by",
        "granted_at",
        BooleanColumn("is_used", label=_("used")),
    ]
    search_fields = ["after__user__email", "after__user__display_name", "reason"]
    list_export = ["after.user", "after.version.scenario", "reason", "granted_by", "granted_at"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "An exam gives each scenario once. Here one learner may sit one of them again, once: after a power cut, "
                    "an illness. The earlier shift and its result stay. Nothing here is changed or taken back."
                )
            ),
            FieldPanel("email"),
            FieldPanel("scenario"),
            FieldPanel("reason"),
        ],
        base_form_class=FurtherGoForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[FurtherGo]:
        goes = FurtherGo.objects.with_use().select_related("after__user", "after__version__scenario", "granted_by")
        return goes.defer("after__version__data", "after__words")
