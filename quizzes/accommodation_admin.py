"""Extra time in the Wagtail admin: granted with a reason, listed for ever, never edited; and the log of attempts."""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from courses.authoring.choosing import GuardedChooserViewSet
from courses.authoring.keeping import OnlyAdded
from quizzes.extra_time import Grant, grant
from quizzes.models import Accommodation, AttemptEvent

register_permission_policy(Accommodation, OnlyAdded(Accommodation))
register_permission_policy(AttemptEvent, OnlyAdded(AttemptEvent))


class AccommodationForm(WagtailAdminModelForm):  # type: ignore[misc]
    email = forms.EmailField(label=_("Learner’s address"), help_text=_("The address the learner signs in with."))

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        found = get_user_model().objects.filter(email__iexact=email).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in with this address."))
        self.instance.user = found
        return email


class GrantView(CreateView):  # type: ignore[misc]
    def save_instance(self) -> Accommodation:
        """Write the decision down through its service: attempts under way get their new deadline."""
        wanted = self.form.save(commit=False)
        decision = Grant(wanted.extra_percent, wanted.extra_minutes, wanted.reason, wanted.quiz)
        made, moved = grant(user=wanted.user, grant=decision, by=self.request.user, now=timezone.now())
        if moved:
            told = ngettext(
                "The deadline of %(n)s attempt under way has moved.",
                "The deadlines of %(n)s attempts under way have moved.",
                moved,
            )
            messages.info(self.request, told % {"n": moved})
        return made


class AccommodationViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Accommodation
    chooser_viewset_class = GuardedChooserViewSet
    icon = "time"
    menu_label = _("Extra time")
    menu_name = "extra-time"
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = True
    add_view_class = GrantView
    list_display = [
        "user",
        Column("quiz", label=_("Quiz")),
        Column("extra_percent", label=_("Per cent")),
        Column("extra_minutes", label=_("Minutes")),
        "reason",
        "granted_by",
        "granted_at",
    ]
    list_filter = ["quiz"]
    search_fields = ["user__email", "user__display_name", "reason"]
    list_export = ["user", "quiz", "extra_percent", "extra_minutes", "reason", "granted_by", "granted_at"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "The newest line counts; one about a quiz comes before one about every quiz. "
                    "Deadlines of attempts under way move at once, and their log says so."
                )
            ),
            FieldPanel("email"),
            FieldPanel(
                "quiz",
                help_text=_(
                    "Empty: every quiz, and every shift taken as an exam, where the per cent alone counts (the minutes do not)."
                ),
            ),
            FieldRowPanel([FieldPanel("extra_percent"), FieldPanel("extra_minutes")]),
            FieldPanel("reason"),
        ],
        base_form_class=AccommodationForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Accommodation]:
        return Accommodation.objects.select_related("user", "quiz", "granted_by")


class AttemptEventViewSet(SnippetViewSet):  # type: ignore[misc]
    model = AttemptEvent
    chooser_viewset_class = GuardedChooserViewSet
    icon = "history"
    menu_label = _("Log of attempts")
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = ["at", "get_kind_display", Column("attempt.user", label=_("learner")), "actor", "note"]
    list_filter = ["kind"]
    search_fields = ["attempt__user__email", "note"]
    list_export = ["at", "kind", "attempt.user", "attempt.quiz", "actor", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttemptEvent]:
        return AttemptEvent.objects.select_related("attempt__user", "attempt__quiz", "actor").order_by("-at", "-pk")
