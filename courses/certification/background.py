"""Background work that is never lost: what fails is written down, tried again later and later, and seen by staff.

Every task may run twice (a worker can die after the work and before saying so), so each must be idempotent.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task, task_backends
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from courses.certification.casework import TaskFailure

logger = logging.getLogger(__name__)

# Later and later; after the last, somebody must look: the nightly maintenance no longer tries by itself.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
    timedelta(days=1),
)
LONGEST = timedelta(minutes=15)  # no task takes as long; doing one twice would harm nothing
LOOK_AROUND = timedelta(minutes=5)
REMEMBERED = timedelta(days=30)


def durable_task(function: Callable[..., Any]) -> Any:
    """A task of `function` (keyword arguments that JSON can hold): its failure is kept and it is tried again."""
    path = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def run(**arguments: Any) -> Any:
        _look_around(now=timezone.now())
        try:
            result = function(**arguments)
        except Exception as error:
            _keep(path, arguments, error, now=timezone.now())
            raise
        TaskFailure.objects.open().filter(mark=_mark(path, arguments)).update(
            solved_at=timezone.now(), next_try_at=None
        )
        return result

    return task()(run)


def has_queue() -> bool:
    """Whether work waits for a worker in a table of this database; without, it is done in this process."""
    return bool(task_backends["default"].supports_defer)


def enqueue(later: Any, **arguments: Any) -> None:
    """Enqueue a task that is done only if the transaction at hand goes through.

    A queue in the same database takes it in with the rest of the transaction, so that a crash right after the commit
    loses nothing.
    """
    if has_queue():
        later.enqueue(**arguments)
    else:
        transaction.on_commit(lambda: later.enqueue(**arguments))


def _look_around(*, now: datetime) -> None:
    """Whoever works looks, every few minutes, whether another worker died: nobody else may for a night."""
    if has_queue() and cache.add("certificates:look-around", 1, LOOK_AROUND.total_seconds()):
        find_abandoned(now=now)


def retry(*, failure: TaskFailure, now: datetime) -> TaskFailure:
    """Try again at once. The row is taken first, so that two clicks, or two nights, enqueue it once."""
    taken = TaskFailure.objects.open().filter(pk=failure.pk, last_at=failure.last_at)
    if taken.update(next_try_at=None, last_at=now):
        enqueue(_task_of(failure), **failure.arguments)
    return failure


def retry_due(*, now: datetime) -> int:
    """Try again whatever is due. Returns how many were enqueued."""
    due = list(TaskFailure.objects.due(now))
    for failure in due:
        retry(failure=failure, now=now)
    return len(due)


def find_abandoned(*, now: datetime, after: timedelta = LONGEST) -> int:
    """Write down tasks whose worker died in the middle: they stay “running” in the queue for ever otherwise."""
    found = DBTaskResult.objects.running().filter(started_at__lt=now - after)
    for result in found:
        if _is_ours(result.task_path):
            _keep(result.task_path, result.args_kwargs["kwargs"], WorkerLostError("the worker stopped"), now=now)
        DBTaskResult.objects.filter(pk=result.pk).update(status="FAILED", finished_at=now)
    return len(found)


class WorkerLostError(RuntimeError):
    """The process that ran the task is gone."""


def forget_finished(*, now: datetime) -> int:
    """Clear what the queue remembers of work that went well a month ago."""
    return int(DBTaskResult.objects.successful().filter(finished_at__lt=now - REMEMBERED).delete()[0])


def _is_ours(path: str) -> bool:
    return path.startswith("courses.certification.")


def _keep(path: str, arguments: dict[str, Any], error: Exception, *, now: datetime) -> None:
    """One row for one work, however often it fails; then the next try, if the queue can wait for it."""
    failure, _created = TaskFailure.objects.get_or_create(
        mark=_mark(path, arguments),
        defaults={"task": path, "arguments": arguments, "first_at": now, "last_at": now},
    )
    if failure.solved_at is not None:
        failure.tries, failure.first_at = 0, now
    failure.error = f"{type(error).__name__}: {error}"[:500]
    delay = BACK_OFF[failure.tries] if failure.tries < len(BACK_OFF) else None
    failure.tries += 1
    failure.last_at, failure.solved_at = now, None
    failure.next_try_at = now + delay if delay else None
    failure.save()
    logger.warning("%s failed (%s), try %d", path, type(error).__name__, failure.tries)
    later = _task_of(failure)
    if failure.next_try_at is not None and later.get_backend().supports_defer:
        later.using(run_after=failure.next_try_at).enqueue(**arguments)
        TaskFailure.objects.filter(pk=failure.pk).update(next_try_at=failure.next_try_at + timedelta(hours=1))


def _task_of(failure: TaskFailure) -> Task[Any, Any]:
    found = import_string(failure.task)
    if not isinstance(found, Task):
        raise TypeError(f"{failure.task} is not a task")
    return found


def _mark(path: str, arguments: dict[str, Any]) -> str:
    """`now` is left out: the same work asked for at another moment is the same work."""
    named = {name: value for name, value in arguments.items() if name != "now"}
    return hashlib.sha256(json.dumps([path, named], sort_keys=True).encode()).hexdigest()
