"""The instructor's side in the Wagtail admin: scenarios, and the shifts played on them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.views.snippets import SnippetViewSet

from sandbox.models import Scenario


def both(name: str) -> FieldRowPanel:
    """The French and the English of one text, side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_fr"), FieldPanel(f"{name}_en")])


BRIEF = [
    FieldPanel("identifier"),
    both("title"),
    both("summary"),
    both("brief"),
    FieldPanel("objectives"),
    FieldPanel("topics"),
]
HOUSE = [
    FieldRowPanel([FieldPanel("brand_name"), FieldPanel("brand_handle")]),
    both("brand_sector"),
    both("brand_tone"),
    FieldPanel("charter"),
    FieldPanel("macros"),
    FieldPanel("posts"),
    FieldPanel("personas"),
]
EVENTS = [
    FieldPanel("reactions"),
    FieldPanel("injects"),
    FieldPanel("appeals"),
    MultiFieldPanel([FieldPanel("crisis_responsibility"), FieldPanel("crisis_fitting")], heading=_("Crisis")),
]
RULES = [
    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("duration"), FieldPanel("pace")]),
    FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("severity_cap"), FieldPanel("seed")]),
    FieldRowPanel([FieldPanel("tension"), FieldPanel("background_rate")]),
    FieldPanel("service_levels"),
    FieldPanel("explain"),
]


class ScenarioViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Scenario
    icon = "comment"
    menu_label = _("Scenarios")
    add_to_admin_menu = True
    menu_order = 320
    list_display = ["title_fr", "title_en", "identifier", "live"]
    search_fields = ["title_fr", "title_en", "identifier"]
    list_filter = ["live"]
    edit_handler = TabbedInterface([
        ObjectList(BRIEF, heading=_("Brief")),
        ObjectList(HOUSE, heading=_("House and people")),
        ObjectList([FieldPanel("comments")], heading=_("Comments")),
        ObjectList([FieldPanel("background")], heading=_("Background")),
        ObjectList(EVENTS, heading=_("Reactions and injects")),
        ObjectList(RULES, heading=_("Rules")),
    ])  # fmt: skip
