"""Work that fails is written down, tried again later and later, seen, and crossed out once it goes through."""

import datetime as dt

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courses.certification import background
from courses.certification.background import durable_task, find_abandoned, forget_finished, retry_due
from courses.certification.casework import TaskFailure
from courses.certification.earning import issue_certificate_task
from courses.certification.models import Certificate
from courses.services import complete_lesson, enrol
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plain_learner, plant_tree, training_manager

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
wire = {"cut": True}
done = []


@durable_task
def brittle_task(word: str, now: str = "") -> None:
    if wire["cut"]:
        raise RuntimeError("the wire is cut")
    done.append(word)


@pytest.fixture(autouse=True)
def _whole_again():
    wire["cut"] = True
    done.clear()


def test_a_failure_is_kept_once_with_its_tries():
    for moment in ("one", "two"):
        brittle_task.enqueue(word="a", now=moment)
    failure = TaskFailure.objects.get()
    assert (failure.tries, failure.error) == (2, "RuntimeError: the wire is cut")
    assert failure.arguments["word"] == "a"


def test_tries_come_later_and_later_and_then_somebody_must_look():
    delays = []
    for _ in range(len(background.BACK_OFF) + 1):
        brittle_task.enqueue(word="a")
        failure = TaskFailure.objects.get()
        delays.append(failure.next_try_at - failure.last_at if failure.next_try_at else None)
    assert delays == [*background.BACK_OFF, None]


def test_what_is_due_is_tried_again_and_crossed_out(django_capture_on_commit_callbacks):
    brittle_task.enqueue(word="a")
    wire["cut"] = False
    with django_capture_on_commit_callbacks(execute=True):
        assert retry_due(now=timezone.now()) == 0
        assert retry_due(now=timezone.now() + dt.timedelta(minutes=2)) == 1
    assert done == ["a"]
    assert TaskFailure.objects.get().solved_at is not None


def test_two_nights_at_once_try_it_once(django_capture_on_commit_callbacks):
    brittle_task.enqueue(word="a")
    wire["cut"] = False
    failure = TaskFailure.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        background.retry(failure=failure, now=timezone.now())
        background.retry(failure=failure, now=timezone.now())
    assert done == ["a"]


def test_staff_see_it_and_try_again(client, django_capture_on_commit_callbacks):
    brittle_task.enqueue(word="a")
    failure = TaskFailure.objects.get()
    client.force_login(training_manager())
    assert "the wire is cut" in client.get(reverse("wagtailsnippets_courses_taskfailure:list")).content.decode()
    assert "brittle_task" in client.get(reverse("certificate_failure", args=[failure.pk])).content.decode()
    wire["cut"] = False
    url = reverse("certificate_retry", args=[failure.pk])
    assert client.get(url).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)
    assert done == ["a"]
    text = client.get(reverse("certificate_failure", args=[failure.pk])).content.decode()
    assert url not in text


def test_others_do_not_see_it(client):
    brittle_task.enqueue(word="a")
    client.force_login(plain_learner())
    assert client.post(reverse("certificate_retry", args=[TaskFailure.objects.get().pk])).status_code in {302, 403}
    assert TaskFailure.objects.get().tries == 1


def test_an_issue_without_keys_is_made_up_for_later(settings, tmp_path, django_capture_on_commit_callbacks):
    keys = settings.CREDENTIAL_KEYS_DIR
    settings.CREDENTIAL_KEYS_DIR, settings.CREDENTIAL_AUTOGENERATE_KEYS = tmp_path / "lost", False
    person, award = UserFactory(), make_award()
    issue_certificate_task.enqueue(user_id=person.pk, award_id=award.pk, now=timezone.now().isoformat())
    assert TaskFailure.objects.get().error.startswith("KeysMissingError")
    settings.CREDENTIAL_KEYS_DIR = keys
    with django_capture_on_commit_callbacks(execute=True):
        retry_due(now=timezone.now() + dt.timedelta(hours=1))
    assert Certificate.objects.get().user == person
    assert len(mail.outbox) == 1


# --- with a queue in the database ------------------------------------------------------------------------------------
@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    cache.clear()
    return DBTaskResult.objects


def work(queue):
    """What a worker does until nothing is ready."""
    while result := queue.ready().filter(task_path__contains="certification").first():
        result.claim("a-worker")
        try:
            result.set_successful(result.task.call(**result.args_kwargs["kwargs"]))
        except RuntimeError as error:
            result.set_failed(error)


def test_with_a_queue_the_next_try_waits_in_it(queue):
    brittle_task.using(backend="default").enqueue(word="a")
    work(queue)
    later = queue.exclude(status="FAILED").get()
    assert later.run_after > timezone.now()
    assert TaskFailure.objects.get().tries == 1


def test_a_dead_worker_is_noticed_by_the_next_who_works(queue):
    lost = brittle_task.using(backend="default").enqueue(word="lost")
    row = queue.get()
    row.claim("killed")
    queue.update(
        task_path="courses.certification.earning.evaluate_awards_task",
        args_kwargs={"args": [], "kwargs": {"user_id": 1, "now": timezone.now().isoformat()}},
    )
    assert find_abandoned(now=timezone.now()) == 0
    queue.update(started_at=timezone.now() - dt.timedelta(minutes=20))
    wire["cut"] = False
    brittle_task.using(backend="default").enqueue(word="a")
    work(queue)
    assert done == ["a"]
    assert TaskFailure.objects.get().error == "WorkerLostError: the worker stopped"
    assert queue.filter(run_after__isnull=False, task_path__endswith="evaluate_awards_task").exists()
    assert queue.get(pk=lost.id).status == "FAILED"


def test_a_result_and_the_look_at_its_awards_are_kept_or_lost_together(queue):
    tree, person = plant_tree(lessons=1), UserFactory()
    make_award(course=tree.course["fr"])

    def finish():
        enrol(user=person, course_key=tree.course_key, now=NOW)
        key = tree.lessons["fr"][0].translation_key
        complete_lesson(user=person, course_key=tree.course_key, activity_key=key, now=NOW)

    looks = queue.filter(task_path__endswith="evaluate_awards_task")
    with transaction.atomic():
        finish()
        transaction.set_rollback(True)  # as a crash before the commit would
    assert not looks.exists()
    finish()
    assert looks.count() == 1
    work(queue)
    assert Certificate.objects.get().user == person
    assert len(mail.outbox) == 1


def test_finished_work_is_forgotten_after_a_month(queue):
    wire["cut"] = False
    brittle_task.using(backend="default").enqueue(word="a")
    work(queue)
    assert forget_finished(now=timezone.now()) == 0
    assert forget_finished(now=timezone.now() + dt.timedelta(days=31)) == 1
