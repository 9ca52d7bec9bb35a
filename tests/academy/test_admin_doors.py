"""Who passes which door of the admin: every role against every area, and what the roles may list when they choose."""

import pytest
from django.urls import get_resolver, reverse
from wagtail.models import Page

from academy import roles
from tests.factories import user_in

pytestmark = pytest.mark.django_db
A, L, I, R, T, D = (  # noqa: E741
    roles.AUTHORS, roles.LEGAL_REVIEWERS, roles.INSTRUCTORS, roles.REVIEWERS, roles.TRAINING_MANAGERS, roles.ADMINISTRATORS,
)  # fmt: skip
STAFF = {A, L, I, R, T, D}
DOORS = {
    "": STAFF,
    "account/": STAFF,
    "pages/": {A, I, R, D},
    "images/": {A, I, R, T, D},
    "documents/": {A, I, R, T, D},
    "archive/": {I, R, D},
    "answers/": {I, R, D},
    "replies/": {I, R, D},
    "translations/": {A, I, R, D},
    "reports/content-health/": {A, I, R, D},
    "reports/usage/": {A, I, R, T, D},
    "snippets/quizzes/question/": {I, R, D},
    "snippets/quizzes/quiz/": {I, R, D},
    "snippets/sandbox/scenario/": {I, R, D},
    "snippets/courses/award/": {I, R, T, D},
    "snippets/courses/layout/": {I, R, T, D},
    "snippets/courses/certificate/": {T, D},
    "snippets/courses/certificateevent/": {T, D},
    "snippets/courses/namecorrection/": {T, D},
    "snippets/quizzes/accommodation/": {T, D},
    "snippets/quizzes/attemptevent/": {T, D},
    "snippets/sandbox/furthergo/": {T, D},
    "certificates/issue/": {T, D},
    "users/": {D},
    "groups/": {D},
    "sites/": {D},
    "redirects/": {D},
    "workflows/list/": {D},
    "locales/": {D},
}
# What is chosen from a list: pages of quizzes and scenarios are made by authors, who choose them by their title.
CHOOSERS = {
    "quizzes/quiz": STAFF,
    "sandbox/scenario": STAFF,
    "quizzes/question": {I, R, D},
    "courses/award": {I, R, T, D},
    "courses/layout": {I, R, T, D},
    "courses/certificate": {T, D},
    "courses/certificateevent": {D},
    "courses/namecorrection": {D},
    "courses/batch": {D},
    "courses/taskfailure": {D},
    "quizzes/accommodation": {T, D},
    "quizzes/attemptevent": {T, D},
    "sandbox/furthergo": {T, D},
}


def opens(client, path):
    return client.get(f"/admin/{path}").status_code == 200


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_role_passes_its_own_doors_and_no_other(client, tree, role):
    client.force_login(user_in(role))
    assert {door for door in DOORS if opens(client, door)} == {door for door, who in DOORS.items() if role in who}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_role_lists_in_a_chooser_what_it_may_see_elsewhere(client, tree, role):
    client.force_login(user_in(role))
    seen = {name for name in CHOOSERS if opens(client, f"snippets/choose/{name}/results/")}
    assert seen == {name for name, who in CHOOSERS.items() if role in who}


def addresses(patterns, prefix=""):
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, address)
        elif address.startswith("admin/"):
            yield address.replace("^", "").replace("$", "").replace("\\Z", "")


def test_every_chooser_of_the_admin_is_in_the_table():
    found = {a.removeprefix("admin/snippets/choose/").removesuffix("/results/") for a in addresses(get_resolver().url_patterns)
             if a.startswith("admin/snippets/choose/") and a.endswith("/results/")}  # fmt: skip
    assert found == set(CHOOSERS)


OPEN_TO_ALL = {"admin/sprite/", "admin/jsi18n/"}  # the icons and the words of scripts


@pytest.mark.parametrize("who", ["stranger", "learner"])
def test_no_address_of_the_admin_opens_to_a_learner_or_a_stranger(client, tree, who):
    if who == "learner":
        client.force_login(user_in(roles.LEARNERS))
    plain = {a for a in addresses(get_resolver().url_patterns) if "<" not in a and "(" not in a} - {"admin/logout/"}
    assert len(plain) > 100
    assert {a for a in plain - OPEN_TO_ALL if client.get(f"/{a}").status_code == 200} == set()


def test_the_admins_own_login_leads_to_ours_with_its_limits_and_second_step(client, tree):
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response["Location"] == "/fr/account/login/?next=/admin/pages/"
    posted = client.post("/admin/login/", {"username": "a@example.org", "password": "x"})
    assert posted.status_code == 405


def test_every_kind_of_page_opens_in_the_editor(client, tree):
    client.force_login(user_in(roles.ADMINISTRATORS))
    kinds = {page.specific_class: page for page in Page.objects.filter(depth__gt=1)}
    assert len(kinds) >= 5
    for page in kinds.values():
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, page.specific_class
