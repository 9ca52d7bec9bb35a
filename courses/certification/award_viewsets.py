"""Awards in the admin: what they ask for in plain words, and whether anybody can be given them."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from courses.authoring.choosing import GuardedChooserViewSet
from courses.certification.models import Award
from courses.certification.progress import titles_of
from courses.certification.reading import say


def language_panel(code: str, name: Any) -> MultiFieldPanel:
    fields = ("title", "description", "criteria", "skills", "signatory_role")
    return MultiFieldPanel([FieldPanel(f"{field}_{code}") for field in fields], heading=name)


class RuleColumn(Column):  # type: ignore[misc]
    """A rule in plain words: the one by which it is earned, or renewed."""

    def get_value(self, instance: Award) -> str:
        rule = getattr(instance, self.name)()
        sentence = say(rule, titles_of(rule, get_language() or "")) or gettext("given by hand only")
        return sentence[:1].upper() + sentence[1:]


class AwardStateColumn(Column):  # type: ignore[misc]
    """Whether anybody can be given it today; if not, what it waits for."""

    def get_value(self, instance: Award) -> str:
        if not instance.active:
            return pgettext("award", "Closed")
        things = ", ".join(instance.awaited_names)
        return gettext("Waits for: %(things)s") % {"things": things} if things else pgettext("award", "Open")


class LastsColumn(Column):  # type: ignore[misc]
    """How long it is valid, in words."""

    def get_value(self, instance: Award) -> str:
        if instance.valid_day:
            return gettext("until %(day)s") % {"day": date_format(instance.valid_day)}
        months = instance.valid_months
        return ngettext("%(months)s month", "%(months)s months", months) % {"months": months} if months else "–"


class AwardIndexView(IndexView):  # type: ignore[misc]
    def _get_title_column(self, *args: Any, **options: Any) -> Column:
        column = super()._get_title_column(*args, **options)
        column.label, column.width = _("Title"), "22%"
        return column

    def get_list_more_buttons(self, instance: Award) -> list[Any]:
        page = MenuItem(_("Open its public page"), instance.get_absolute_url(), icon_name="view")
        return [*super().get_list_more_buttons(instance), page]


class AwardViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Award
    chooser_viewset_class = GuardedChooserViewSet
    icon = "success"
    menu_label = _("Awards")
    index_view_class = AwardIndexView
    list_display = [
        "title",
        AwardStateColumn("state", label=_("State")),
        RuleColumn("rule", label=_("Rule")),
        RuleColumn("renewal_rule", label=_("Renewal")),
        LastsColumn("lasts", label=_("Valid")),
    ]
    list_filter = ["active"]
    inspect_view_enabled = True
    panels = [
        FieldRowPanel([FieldPanel("slug"), FieldPanel("active")]),
        MultiFieldPanel([FieldPanel("match"), FieldPanel("requirements")], heading=_("What must be done")),
        FieldRowPanel([FieldPanel("valid_months"), FieldPanel("valid_day")]),
        FieldPanel("position"),
        MultiFieldPanel(
            [
                FieldPanel("renewal_match"),
                FieldPanel("renewal_requirements"),
                FieldRowPanel([FieldPanel("renewal_opens"), FieldPanel("renewal_closes")]),
            ],
            heading=_("How it is renewed"),
            classname="collapsed",
        ),
        FieldPanel("layout"),
        language_panel("fr", _("French")),
        language_panel("en", _("English")),
        FieldPanel("signatory"),
    ]
