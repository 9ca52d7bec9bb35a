"""The rules of the content checks: pure, over what a page holds. `courses.authoring.reading` makes the content."""
