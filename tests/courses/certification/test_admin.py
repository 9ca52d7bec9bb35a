"""The instructor's desk: who sees, who edits, who revokes."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from courses.certification import batches, services
from courses.certification.looks import Layout
from courses.certification.models import Award, Certificate
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, instructor, plain_learner, plant_tree, user_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]

NOW = dt.datetime(2526, 3, 2, 9, 30, tzinfo=dt.UTC)  # far ahead: the page reads the clock
LIST = "wagtailsnippets_courses_certificate:list"


@pytest.fixture
def certificate():
    return services.issue(user=UserFactory(certificate_name="Ada Lovelace"), award=make_award(), now=timezone.now())


@pytest.fixture
def chief(client):
    chief = user_in("Administrators")
    client.force_login(chief)
    return chief


def onlooker():
    """Staff who may look certificates up, and nothing more."""
    person = instructor()
    person.user_permissions.add(Permission.objects.get(codename="view_certificate"))
    return person


def test_learners_never_reach_it(client, certificate):
    client.force_login(plain_learner())
    for url in (reverse(LIST), reverse("certificate_revoke", args=[certificate.pk])):
        assert client.get(url).status_code in {302, 403}


def test_staff_look_certificates_up(client, certificate):
    client.force_login(onlooker())
    text = client.get(reverse(LIST)).content.decode()
    assert certificate.code in text
    assert f"certificates/{certificate.pk}/revoke" not in text
    assert client.get(reverse(LIST), {"q": "lovelace"}).content.decode().count(certificate.code) >= 1
    assert certificate.code not in client.get(reverse(LIST), {"q": "hopper"}).content.decode()


@pytest.mark.parametrize(
    ("state", "found"), [("valid", True), ("revoked", False), ("expired", False), ("expiring", False)]
)
def test_the_list_is_filtered_by_state(client, chief, certificate, state, found):
    text = client.get(reverse(LIST), {"state": state}).content.decode()
    assert (certificate.code in text) is found


def test_the_list_is_exported(client, chief, certificate):
    response = client.get(reverse(LIST), {"export": "csv"})
    content = b"".join(response.streaming_content).decode()
    assert certificate.code in content
    assert certificate.user.email not in content


@pytest.mark.parametrize("listing", ["certificateevent", "namecorrection", "layout", "batch"])
def test_every_column_has_a_name(client, chief, certificate, listing):
    Layout.objects.create(name="House")
    services.ask_correction(certificate=certificate, name="Ada King", reason="Marriage", now=timezone.now())
    batches.prepare(kind="archive", certificates=[certificate], actor=chief, now=timezone.now())
    text = client.get(reverse(f"wagtailsnippets_courses_{listing}:list")).content.decode()
    heads = re.findall(r"<th[^>]*>(.*?)</th>", text, re.DOTALL)
    assert len(heads) >= 4
    assert not [head for head in heads if "method" in head.lower()]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_rules_are_read_in_the_language_of_the_reader(client, language):
    tree = plant_tree()
    make_award(course=tree.course["fr"])
    client.force_login(instructor(language=language))
    text = client.get(reverse("wagtailsnippets_courses_award:list")).content.decode()
    assert tree.course[language].title in text


@pytest.mark.parametrize("listing", ["certificate", "certificateevent"])
def test_a_name_is_never_run_as_a_formula(client, chief, listing):
    chief.display_name = chief.certificate_name = "=HYPERLINK(A1)"
    chief.save()
    services.issue(user=chief, award=make_award(), now=timezone.now(), actor=chief)
    response = client.get(reverse(f"wagtailsnippets_courses_{listing}:list"), {"export": "csv"})
    content = b"".join(response.streaming_content).decode()
    assert ",'=HYPERLINK(A1)," in content
    assert ",=" not in content


def test_nobody_writes_a_certificate_by_hand(client, chief, certificate):
    for name in ("edit", "delete"):
        response = client.get(reverse(f"wagtailsnippets_courses_certificate:{name}", args=[certificate.pk]))
        assert response.status_code in {302, 403}
    assert client.get(reverse("wagtailsnippets_courses_certificate:add")).status_code in {302, 403}


@pytest.mark.parametrize("model", ["certificate", "certificateevent", "namecorrection", "batch", "taskfailure"])
def test_nothing_of_the_desk_is_offered_for_deletion(client, chief, certificate, model):
    text = client.get(reverse(f"wagtailsnippets_courses_{model}:list")).content.decode()
    assert "Delete" not in text
    assert "/bulk/" not in text or model == "certificate"


def test_ticked_certificates_are_revoked_and_never_deleted(client, chief, certificate):
    bar = client.get(reverse(LIST)).content.decode()
    assert "Revoke" in bar
    url = reverse("wagtail_bulk_action", args=["courses", "certificate", "delete"])
    asked = client.get(url, {"id": certificate.pk, "next": "/admin/"}).content.decode()
    assert "refused by every verifier" in asked
    client.post(f"{url}?id={certificate.pk}&next=/admin/", {"public_reason": "a", "internal_reason": "b"})
    assert Certificate.objects.filter(pk=certificate.pk).exists()


def test_the_audit_trail_cannot_be_deleted_by_its_address(client, chief, certificate):
    event = certificate.events.get(kind="issued")
    url = reverse("wagtail_bulk_action", args=["courses", "certificateevent", "delete"])
    client.post(f"{url}?id={event.pk}&next=/admin/")
    assert certificate.events.filter(pk=event.pk).exists()


def test_the_audit_trail_is_shown(client, chief, certificate):
    url = reverse("wagtailsnippets_courses_certificate:inspect", args=[certificate.pk])
    text = client.get(url).content.decode()
    assert reverse("certificate_revoke", args=[certificate.pk]) in text
    assert certificate.holder in text


def test_revoking_asks_for_both_reasons(client, chief, certificate):
    url = reverse("certificate_revoke", args=[certificate.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"public_reason": "Exam shared."}).status_code == 422
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
    response = client.post(url, {"public_reason": "Exam shared.", "internal_reason": "Case 12"})
    assert response.status_code == 302
    certificate.refresh_from_db()
    assert (certificate.revoked_by, certificate.internal_reason) == (chief, "Case 12")


@pytest.mark.parametrize("make", [instructor, onlooker])
def test_revoking_takes_the_permission(client, certificate, make):
    client.force_login(make())
    url = reverse("certificate_revoke", args=[certificate.pk])
    response = client.post(url, {"public_reason": "a", "internal_reason": "b"})
    assert response.status_code in {302, 403}
    assert Certificate.objects.get().revoked_at is None


def test_an_instructor_edits_an_award(client):
    tree = plant_tree()
    award = make_award(course=tree.course["fr"])
    client.force_login(instructor())
    url = reverse("wagtailsnippets_courses_award:edit", args=[award.pk])
    assert client.get(url).status_code == 200
    text = client.get(reverse("wagtailsnippets_courses_award:list")).content.decode()
    assert tree.course["fr"].title in text or tree.course["en"].title in text
    fields = {
        name: getattr(award, name)
        for name in (
            "slug",
            "title_fr",
            "description_fr",
            "description_en",
            "criteria_fr",
            "criteria_en",
            "match",
            "position",
        )
    }
    response = client.post(
        url,
        {
            **fields, "renewal_match": "all", "renewal_opens": "90", "renewal_closes": "180",
            "renewal_requirements-count": "0", "title_en": "Edited", "active": "on", "valid_months": "12",
            "requirements-count": "1", "requirements-0-deleted": "", "requirements-0-order": "0",
            "requirements-0-type": "course", "requirements-0-id": "", "requirements-0-value-course": tree.course["en"].pk,
        },
    )  # fmt: skip
    assert response.status_code == 302
    award = Award.objects.get()
    assert (award.title_en, award.valid_months) == ("Edited", 12)
    assert next(iter(award.rule().parts)).course == tree.course_key


def test_staff_read_both_reasons_of_a_revocation(client, chief, certificate):
    services.revoke(
        certificate=certificate,
        actor=chief,
        public_reason="Exam shared.",
        internal_reason="Case 12",
        now=timezone.now(),
    )
    text = client.get(reverse("wagtailsnippets_courses_certificate:inspect", args=[certificate.pk])).content.decode()
    assert "Exam shared." in text
    assert "Case 12" in text
    assert reverse("certificate_revoke", args=[certificate.pk]) not in text


@pytest.mark.parametrize(("rule", "how"), [(False, "met every requirement"), (True, "Given by decision")])
def test_staff_read_the_state_and_how_it_was_obtained(client, rule, how):
    tree = plant_tree(lessons=1)
    award = make_award(course=tree.course["fr"] if rule else None)
    certificate = services.issue(user=UserFactory(), award=award, now=NOW)
    services.set_hidden(certificate=certificate, hidden=True, actor=None, now=NOW)
    client.force_login(user_in("Administrators", language="en"))
    text = client.get(reverse("wagtailsnippets_courses_certificate:inspect", args=[certificate.pk])).content.decode()
    for words in (
        how,
        "Not valid yet, its page hidden",
        "2\u00a0March 2526",
        reverse("certificates:download", args=[certificate.code, "pdf"]),
    ):
        assert words in text
    assert f'href="{certificate.get_absolute_url()}"' not in text
