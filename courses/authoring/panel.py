"""The content checks on the editor of a page: what one can act on, as the page was last saved."""

from typing import Any

from wagtail.admin.panels import Panel


class ChecksPanel(Panel):  # type: ignore[misc]
    """Lists the findings of a page that exists and is checked; a new one, or the catalogue, has none."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "courses/admin/checks_panel.html"

        def is_shown(self) -> bool:
            from courses.authoring.health import page_models

            return bool(super().is_shown() and self.instance.pk and isinstance(self.instance, tuple(page_models())))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # Models define panels: what asks the models is imported when the panel is shown.
            from courses.authoring.health import check_page
            from courses.authoring.labels import block_labels
            from courses.authoring.words import say

            context: dict[str, Any] = super().get_context_data(parent_context)
            found = [say(finding, block_labels(self.instance)) for finding in check_page(self.instance)]
            return {**context, "findings": found}
