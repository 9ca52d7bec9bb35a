"""The tabs of a quiz in the admin, and the check an author reads before publishing."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel


class BlueprintPanel(Panel):  # type: ignore[misc]
    """Says in plain words what a candidate would be given, from the draft as it was last saved."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc, name-defined]
        template_name = "quizzes/admin/blueprint.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from quizzes.blueprints import report_on  # it reads models; it cannot be imported before them

            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "report": report_on(self.instance) if self.instance.pk else None}


QUESTIONS = ObjectList(
    [
        BlueprintPanel(heading=_("What a candidate gets")),
        InlinePanel("slots", heading=_("Questions"), label=_("Question")),
    ],
    heading=_("Questions"),
)
SECTIONS = ObjectList(
    [
        InlinePanel("sections", heading=pgettext_lazy("quiz", "Sections"), label=_("Section")),
        InlinePanel("enemies", heading=_("Never asked together"), label=_("Enemy pair")),
    ],
    heading=pgettext_lazy("quiz", "Sections"),
)
RULES = ObjectList(
    [
        FieldRowPanel([FieldPanel("identifier"), FieldPanel("category")]),
        MultiFieldPanel([FieldPanel("introduction_fr"), FieldPanel("introduction_en")], heading=_("Introduction")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("draw")]),
                FieldRowPanel([FieldPanel("cut_method"), FieldPanel("cut_minutes")]),
                FieldRowPanel([FieldPanel("layout"), FieldPanel("feedback")]),
                FieldPanel("hint_cost"),
            ],
            heading=_("Rules"),
        ),
    ],
    heading=_("Rules"),
)
DELIVERY = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("exam"), FieldPanel("honour"), FieldPanel("watch"), FieldPanel("lock_points")],
            heading=_("Exam"),
        ),
        MultiFieldPanel(
            [FieldPanel("new_password"), FieldPanel("no_password"), FieldPanel("networks")],
            heading=pgettext_lazy("quiz", "Access"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("max_attempts"),
                FieldRowPanel([FieldPanel("avoid_seen"), FieldPanel("max_exposure")]),
                FieldRowPanel([FieldPanel("first_delay"), FieldPanel("second_delay")]),
            ],
            heading=_("Attempts"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("time_limit"), FieldPanel("question_seconds")]),
                FieldRowPanel([FieldPanel("grace"), FieldPanel("grace_minutes")]),
            ],
            heading=_("Time"),
        ),
    ],
    heading=_("Delivery"),
)
TABS = [QUESTIONS, SECTIONS, RULES, DELIVERY]
