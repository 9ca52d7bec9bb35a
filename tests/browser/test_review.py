"""From an author's draft to the public page, each step by the person whose step it is, in the admin in French."""

import pytest
from playwright.sync_api import expect

from academy.demo import PASSWORD as DEMO_PASSWORD
from courses.models import LessonPage, SignOffTask

pytestmark = pytest.mark.browser
TITLE = "Dire que c’est payé, dès la première ligne"


@pytest.fixture
def lesson(academy):
    """A lesson as it was before and after: one demo serves all tests of a session."""
    page = LessonPage.objects.filter(locale__language_code="fr", url_path__contains="/ethique/").order_by("path")[0]
    title = page.title
    yield page
    page = LessonPage.objects.get(pk=page.pk)
    page.title, page.needs_sign_off = title, False
    page.save_revision().publish()


def at_the_desk(visitor, email, path="/admin/"):
    person = visitor("fr", "desktop")
    person.name = f"desk-{email.split('@')[0]}"
    person.log_in(email, DEMO_PASSWORD)
    person.go(path)
    return person


def picture(person, title):
    from tests.browser.conftest import ARTEFACTS

    ARTEFACTS.mkdir(exist_ok=True)
    person.page.wait_for_load_state("networkidle")
    person.page.screenshot(path=ARTEFACTS / f"{person.name}-{title}.png")


def act(person, name):
    """Open the menu of actions and choose the one called `name`, once the editor's autosave has settled."""
    page = person.page
    page.wait_for_timeout(1500)
    page.wait_for_load_state("networkidle")
    page.locator("footer [data-drilldown-toggle], footer .w-dropdown__toggle").last.click()
    picture(person, f"menu-{name.split()[0].lower()}")
    page.locator("footer").get_by_role("button", name=name, exact=True).click()


def waiting_at(page):
    task = LessonPage.objects.get(pk=page.pk).current_workflow_task
    return type(task.specific) if task else None


def approve(visitor, email, name):
    """Find the page on one's own desk, among what waits for one, and approve it by the button called `name`."""
    person = at_the_desk(visitor, email)
    picture(person, "desk")
    person.page.get_by_role("link", name=TITLE).first.click()
    act(person, name)
    expect(person.page.locator(".messages .success")).to_be_visible()
    picture(person, "approved")


def test_a_marked_page_goes_from_its_author_past_the_reviewer_and_the_lawyer_to_its_readers(visitor, lesson):
    author = at_the_desk(visitor, "author@example.org", f"/admin/pages/{lesson.pk}/edit/")
    author.page.fill("#id_title", TITLE)
    author.page.locator("#id_needs_sign_off").check()
    author.page.wait_for_timeout(1500)
    author.page.locator("footer [data-drilldown-toggle], footer .w-dropdown__toggle").last.click()
    assert author.page.locator("footer [name=action-publish]").count() == 0, "an author does not publish"
    author.page.keyboard.press("Escape")
    act(author, "Soumettre à relecture, puis publication")
    expect(author.page.locator(".messages .success")).to_contain_text(TITLE)
    approve(visitor, "reviewer@example.org", "Approuver")
    assert waiting_at(lesson) is SignOffTask
    reader = visitor("fr", "phone")
    reader.log_in("instructor@example.org", DEMO_PASSWORD)
    reader.go(lesson.url)
    assert TITLE not in reader.page.locator("h1").inner_text()
    approve(visitor, "legal@example.org", "Approuver et Publier")
    assert waiting_at(lesson) is None
    reader.page.reload()
    assert TITLE in reader.page.locator("h1").inner_text()
