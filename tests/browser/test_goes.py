"""Another go at an exam, from the manager's form to the learner's page; and the lean by group in a debrief."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from courses.loading import key_of
from courses.services import enrol
from sandbox import playing, services
from sandbox.models import FurtherGo, ScenarioPage, Shift

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize(("language", "width"), [("fr", "phone"), ("en", "desktop")])


def shift_of(user, page, course, mode):
    now, scenario = timezone.now(), page.scenario
    return services.start_shift(
        user=user,
        scenario=scenario,
        course_key=key_of(course),
        activity_key=page.translation_key,
        mode=mode,
        seed=scenario.seed,
        now=now,
    )


def page_in(language, mode):
    course = {"exam": "", "practice": "/moderation/"}[mode]  # by its place, which is the same in both languages
    pages = ScenarioPage.objects.filter(locale__language_code=language, mode=mode, url_path__contains=course)
    return pages.earliest("path")


@BOTH
def test_a_manager_grants_another_go_and_the_learner_reads_it(visitor, new_learner, language, width):
    page = page_in(language, "exam")
    learner = new_learner(language=language)
    enrol(user=learner, course_key=key_of("programme"), now=timezone.now())
    for scenario in page.scenarios():
        page.scenario = scenario
        services.finish_shift(shift=shift_of(learner, page, "programme", "exam"), now=timezone.now())
    manager = new_learner(language=language, is_staff=True)
    manager.groups.add(Group.objects.get(name="Training managers"))

    staff = visitor(language, width)
    staff.log_in(manager.email)
    staff.go("/admin/snippets/sandbox/furthergo/add/")
    staff.page.fill("[name=email]", learner.email)
    staff.page.select_option("[name=scenario]", str(page.scenario.pk))
    staff.page.fill("[name=reason]", "Panne de courant / power cut, 3.03")
    staff.page.screenshot(path=f"tests/browser/artefacts/{language}-{width}-goes-form.png", full_page=True)
    staff.page.locator("[name=reason]").press("Enter")
    staff.page.wait_for_url("**/furthergo/")
    staff.page.screenshot(path=f"tests/browser/artefacts/{language}-{width}-goes-list.png", full_page=True)
    assert FurtherGo.objects.get(after__user=learner).granted_by == manager

    person = visitor(language, width)
    person.log_in(learner.email)
    person.page.goto(person.address + page.get_url())
    person.look("goes-page")
    assert "3.03" in person.page.locator("main").inner_text()
    person.page.locator("form.start button").press("Enter")
    person.page.wait_for_url("**/sandbox/*/")
    assert Shift.objects.running().get(user=learner).version.scenario == page.scenario


@BOTH
def test_the_debrief_shows_the_lean_by_group(visitor, new_learner, language, width):
    page = page_in(language, "practice")
    learner = new_learner(language=language)
    enrol(user=learner, course_key=key_of("moderation"), now=timezone.now())
    shift = shift_of(learner, page, "moderation", "practice")
    last = playing.scenario_of(shift).duration - 1
    Shift.objects.filter(pk=shift.pk).update(clock_minute=last, clock_from=None)
    shift.refresh_from_db()
    for state in playing.world_of(shift, last).comments:
        fields = {"action": "remove", "comment": state.comment.id, "reason": "insult"}
        services.record_act(shift=shift, form_key=uuid4(), fields=fields, now=timezone.now())
    services.finish_shift(shift=shift, now=timezone.now())
    services.write_words(shift=shift, words="", now=timezone.now())
    person = visitor(language, width)
    person.log_in(learner.email)
    person.go(f"/{language}/sandbox/{shift.key}/debrief/")
    person.look("debrief-groups")
    figures = person.page.locator("#figures")
    figures.screenshot(path=f"tests/browser/artefacts/{language}-{width}-groups.png")
    assert {"fr": "Tous groupes confondus", "en": "All groups together"}[language] in figures.inner_text()
