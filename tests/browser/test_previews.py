"""An author looks at a lesson as others see it, and nothing they try there is kept."""

import pytest

from academy.demo import PASSWORD as DEMO_PASSWORD
from courses.models import ActivityRecord, LessonPage

pytestmark = pytest.mark.browser


def test_a_preview_shows_the_visitors_and_the_other_languages_page_and_sends_nothing(visitor):
    author = visitor("fr", "desktop")
    author.log_in("instructor@example.org", DEMO_PASSWORD)
    lesson = LessonPage.objects.filter(locale__language_code="fr", url_path__contains="/strategie/").first()
    twin = lesson.get_translations().get().specific
    page = author.page
    author.go(f"/admin/pages/{lesson.pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("iframe[src*=preview]").last
    frame.get_by_role("heading", level=1, name=lesson.title).wait_for()  # a choice made before is forgotten
    page.locator("#id_preview_mode").select_option("visitor")
    frame.get_by_role("heading", level=1, name=lesson.get_parent().get_parent().title).wait_for()
    page.locator("#id_preview_mode").select_option("learner-en")
    frame.get_by_role("heading", level=1, name=twin.title).wait_for()
    before = ActivityRecord.objects.count()
    frame.locator("form[action*='/done/'] button").first.click()
    page.wait_for_timeout(500)
    assert ActivityRecord.objects.count() == before
    # The browser says that it refused to send the form; anything else is a fault.
    author.complaints[:] = [each for each in author.complaints if "form-action" not in each]
