"""Work in bulk: who qualifies is seen first; then each line is done once, whatever fails or is clicked twice."""

import io
import zipfile

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from courses.certification import batches, services
from courses.certification.casework import Batch, TaskFailure
from courses.certification.models import Certificate
from courses.services import enrol, record_result
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, instructor, plain_learner, plant_tree, training_manager

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]

LIST = "wagtailsnippets_courses_certificate:list"


@pytest.fixture
def tree():
    return plant_tree()


@pytest.fixture
def award(tree):
    return make_award(course=tree.course["fr"])


@pytest.fixture
def chief(client):
    chief = training_manager()
    client.force_login(chief)
    return chief


def finisher(tree, **fields):
    person = UserFactory(**fields)
    enrol(user=person, course_key=tree.course_key, now=timezone.now())
    for lesson in tree.lessons["fr"]:
        record_result(
            user=person,
            course_key=tree.course_key,
            activity_key=lesson.translation_key,
            fraction=0.8,
            passed=True,
            now=timezone.now(),
        )
    return person


def prepare(award, chief, *emails, users=()):
    return batches.prepare_issue(award=award, users=users, emails=emails, actor=chief, now=timezone.now())


def test_pasted_addresses_are_looked_at_before_anything_happens(client, chief, award, tree):
    done, idle = finisher(tree, email="ada@example.org"), UserFactory(email="grace@example.org")
    holder = UserFactory(email="held@example.org")
    services.issue(user=holder, award=award, now=timezone.now())
    pasted = f"{done.email}; {idle.email},\nHELD@example.org  <nobody@example.org>"
    response = client.post(reverse("certificate_bulk_issue"), {"award": award.pk, "emails": pasted})
    batch = Batch.objects.get()
    assert response["Location"] == batch.get_absolute_url()
    text = client.get(batch.get_absolute_url()).content.decode()
    assert all(email in text for email in (done.email, idle.email, holder.email, "nobody@example.org"))
    states = {line.user or line.given: (line.state, line.qualifies) for line in batch.lines.all()}
    assert states == {
        done: ("waiting", True),
        idle: ("waiting", False),
        holder: ("left_out", False),
        "nobody@example.org": ("left_out", False),
    }
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(("who", "issued"), [("qualified", 1), ("everybody", 2)])
def test_those_who_qualify_or_all(client, chief, award, tree, who, issued, django_capture_on_commit_callbacks):
    batch = prepare(award, chief, finisher(tree, language="en").email, UserFactory(language="en").email)
    assert "given by decision of the academy" in client.get(batch.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(batch.get_absolute_url(), {"who": who}).status_code == 302
        client.post(batch.get_absolute_url(), {"who": "everybody"})
    assert Certificate.objects.count() == issued == len(mail.outbox)
    assert sum("met every requirement" in letter.body for letter in mail.outbox) == 1
    assert sum("team has given you" in letter.body for letter in mail.outbox) == issued - 1
    batch = Batch.objects.get()
    assert batch.is_done
    assert batch.counts["done"] == issued
    assert Certificate.objects.first().events.get(kind="issued").actor == chief


def test_a_course_brings_its_learners(client, chief, award, tree):
    done = finisher(tree)
    client.post(reverse("certificate_bulk_issue"), {"award": award.pk, "course": str(tree.course_key)})
    assert [line.user for line in Batch.objects.get().lines.all()] == [done]


@pytest.mark.parametrize("data", [{}, {"emails": "x@"}, {"emails": "a b c"}, {"emails": "a@b@c"}])
def test_nobody_named_is_explained(client, chief, award, data):
    assert client.post(reverse("certificate_bulk_issue"), {"award": award.pk, **data}).status_code == 422
    assert not Batch.objects.exists()


def test_too_many_are_explained(client, chief, award):
    many = " ".join(f"a{n}@example.org" for n in range(batches.MOST + 1))
    assert client.post(reverse("certificate_bulk_issue"), {"award": award.pk, "emails": many}).status_code == 422


@pytest.mark.parametrize("make", [plain_learner, instructor])
def test_issuing_takes_the_permission(client, award, make):
    client.force_login(make())
    assert client.get(reverse("certificate_bulk_issue")).status_code in {302, 403}
    batch = prepare(award, None, UserFactory().email)
    assert client.post(batch.get_absolute_url(), {"who": "everybody"}).status_code in {302, 403, 404}
    assert Batch.objects.get().started_at is None


def test_ones_trouble_does_not_stop_the_others(award, tree, settings, tmp_path, django_capture_on_commit_callbacks):
    batch = prepare(award, None, finisher(tree).email, finisher(tree).email)
    keys, settings.CREDENTIAL_KEYS_DIR = settings.CREDENTIAL_KEYS_DIR, tmp_path / "lost"
    settings.CREDENTIAL_AUTOGENERATE_KEYS = False
    with django_capture_on_commit_callbacks(execute=True):
        batches.start(batch=batch, now=timezone.now())
    assert Batch.objects.get().counts["failed"] == 2
    failure = TaskFailure.objects.get()
    settings.CREDENTIAL_KEYS_DIR = keys
    batches.batch_task.enqueue(**failure.arguments)
    assert Batch.objects.get().counts["done"] == 2
    assert Certificate.objects.count() == 2
    failure.refresh_from_db()
    assert failure.solved_at is not None


def test_preparing_many_takes_few_queries(award, django_assert_max_num_queries):
    people = [UserFactory().email for _ in range(10)]
    with django_assert_max_num_queries(12 + 3 * 10):
        prepare(award, None, *people)


def test_the_progress_page_refreshes_itself_while_lines_wait(client, chief, award, tree):
    batch = prepare(award, chief, finisher(tree).email)
    Batch.objects.update(started_at=timezone.now())
    response = client.get(batch.get_absolute_url())
    assert response["Refresh"] == "3"
    batch.lines.update(state="done")
    assert "Refresh" not in client.get(batch.get_absolute_url()).headers


# --- ticked in the listing --------------------------------------------------------------------------------------------
# Wagtail has “Delete” for whatever is listed; for certificates, revoking stands at its address.
def tick(client, action, ids, data=None, **more):
    url = f"/admin/bulk/courses/certificate/{action}/?next=/admin/snippets/courses/certificate/"
    url += "".join(f"&id={pk}" for pk in ids)
    return client.get(url, **more) if data is None else client.post(url, data)


@pytest.fixture
def three():
    award = make_award()
    return [services.issue(user=UserFactory(), award=award, now=timezone.now()) for _ in range(3)]


def test_revoking_those_ticked(client, chief, three, django_capture_on_commit_callbacks):
    ids = [three[0].pk, three[1].pk]
    assert three[0].code in tick(client, "delete", ids).content.decode()
    assert tick(client, "delete", ids, {"public_reason": "Exam shared."}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = tick(client, "delete", ids, {"public_reason": "Exam shared.", "internal_reason": "Case 12"})
    assert response["Location"] == Batch.objects.get().get_absolute_url()
    assert Certificate.objects.revoked().count() == 2
    assert len(mail.outbox) == 2


def test_revoking_takes_the_permission(client, three):
    onlooker = instructor()
    from django.contrib.auth.models import Permission

    onlooker.user_permissions.add(Permission.objects.get(codename="view_certificate"))
    client.force_login(onlooker)
    tick(client, "delete", [three[0].pk], {"public_reason": "a", "internal_reason": "b"})
    assert not Certificate.objects.revoked().exists()


def test_all_means_all_that_the_filters_show(client, chief, three):
    other = services.issue(user=UserFactory(), award=make_award("ethics"), now=timezone.now())
    shown = f"http://testserver/admin/snippets/courses/certificate/?award={other.award_id}"
    response = tick(client, "archive", ["all"], HTTP_REFERER=shown)
    assert response.status_code == 302
    text = client.get(response["Location"], HTTP_REFERER=shown).content.decode()
    assert other.code in text
    assert three[0].code not in text


def test_the_pdfs_come_in_one_zip(client, chief, three, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = tick(client, "archive", [c.pk for c in three[:2]], {})
    batch = Batch.objects.get()
    url = reverse("certificate_archive", args=[batch.uuid])
    assert url in client.get(response["Location"]).content.decode()
    content = b"".join(client.get(url).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == sorted(f"moderation-{c.code}.pdf" for c in three[:2])
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
    batches.remove_old(now=timezone.now() + batches.KEPT_FOR * 2)
    assert client.get(url).status_code == 404


def test_a_stranger_gets_no_zip(client, three):
    batch = batches.prepare(kind="archive", certificates=three, actor=None, now=timezone.now())
    client.force_login(plain_learner())
    assert client.get(reverse("certificate_archive", args=[batch.uuid])).status_code in {302, 403}


# --- listings ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("days", [30, 60, 90])
def test_what_expires_soon_is_listed(client, chief, days):
    import datetime as dt

    from courses.certification.filters import CertificateFilterSet

    award = make_award(valid_months=2)
    moment = timezone.now() - dt.timedelta(days=20)  # valid about 40 days more
    certificate = services.issue(user=UserFactory(), award=award, now=moment)
    state = "expiring" if days == 90 else f"expiring-{days}"
    found = CertificateFilterSet({"state": state}, queryset=Certificate.objects.all()).qs
    assert (certificate in found) is (days > 30)


@pytest.mark.parametrize("model", ["batch", "certificateevent", "taskfailure", "namecorrection", "certificate"])
def test_every_listing_opens_for_managers_only(client, three, model):
    batches.prepare(kind="archive", certificates=three, actor=None, now=timezone.now())
    url = reverse(f"wagtailsnippets_courses_{model}:list")
    client.force_login(training_manager())
    assert client.get(url).status_code == 200
    client.force_login(plain_learner())
    assert client.get(url).status_code in {302, 403}


def test_the_audit_trail_is_exported(client, chief, three):
    url = reverse("wagtailsnippets_courses_certificateevent:list")
    response = client.get(url, {"export": "csv"})
    content = b"".join(response.streaming_content).decode()
    assert three[0].code in content
    assert "issued" in content
