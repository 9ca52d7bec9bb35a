"""Work in bulk: prepared and looked at first, then done in the background, a few lines at a time.

A line is done once, whoever asks how often: each is taken by changing its state, and issuing is idempotent anyway.
"""

import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from courses.certification import files
from courses.certification.background import durable_task, enqueue
from courses.certification.casework import Batch, BatchLine
from courses.certification.earning import evaluate_awards
from courses.certification.issuing import issue
from courses.certification.models import Award, Certificate
from courses.certification.progress import progress_of
from courses.certification.rules import is_met
from courses.certification.services import revoke

AT_ONCE = 20  # lines of one task: two workers share a cohort, and a failure repeats little
MOST = 2000
KEPT_FOR = timedelta(days=7)
State = BatchLine.State


@transaction.atomic
def prepare_issue(*, award: Award, users: Iterable[Any], emails: Iterable[str], actor: Any, now: datetime) -> Batch:
    """A draft of who would get `award`: each line says whether the learner qualifies; nothing is issued yet."""
    wanted = dict.fromkeys(email.lower() for email in emails)
    known = get_user_model().objects.annotate(lowered=Lower("email")).filter(lowered__in=wanted, is_active=True)
    named = {user.lowered: user for user in known}
    chosen = {user.pk: user for user in (*users, *named.values())}
    unknown = [email for email in wanted if email not in named]
    batch = Batch.objects.create(kind=Batch.Kind.ISSUE, award=award, created_by=actor, created_at=now)
    holders = set(Certificate.objects.filter(award=award, user_id__in=chosen).values_list("user_id", flat=True))
    rule = award.rule()
    lines = []
    for pk, user in chosen.items():
        held = pk in holders
        qualifies = not held and is_met(rule, progress_of(pk, [rule], now=now))
        state = State.LEFT_OUT if held else State.WAITING
        lines.append(BatchLine(batch=batch, user=user, state=state, qualifies=qualifies))
    lines += [BatchLine(batch=batch, given=email, state=State.LEFT_OUT, qualifies=False) for email in unknown]
    BatchLine.objects.bulk_create(lines)
    return batch


@transaction.atomic
def prepare(*, kind: str, certificates: Iterable[Certificate], actor: Any, now: datetime, **reasons: str) -> Batch:
    """A batch over existing certificates: collect their PDFs, or revoke them."""
    batch = Batch.objects.create(kind=kind, created_by=actor, created_at=now, **reasons)
    BatchLine.objects.bulk_create(
        BatchLine(batch=batch, certificate=certificate, user_id=certificate.user_id) for certificate in certificates
    )
    return batch


@transaction.atomic
def start(*, batch: Batch, now: datetime, everybody: bool = True) -> bool:
    """Begin; of two clicks, one begins. `everybody` includes learners who do not meet the rule."""
    if not Batch.objects.filter(pk=batch.pk, started_at=None).update(started_at=now):
        return False
    if not everybody:
        batch.lines.filter(state=State.WAITING, qualifies=False).update(state=State.LEFT_OUT)
    waiting = list(batch.lines.filter(state=State.WAITING).values_list("pk", flat=True))
    size = max(len(waiting), 1) if batch.kind == Batch.Kind.ARCHIVE else AT_ONCE
    for first in range(0, len(waiting), size):
        _enqueue(batch.pk, waiting[first : first + size], now)
    return True


def _enqueue(batch_id: int, lines: list[int], now: datetime) -> None:
    enqueue(batch_task, batch_id=batch_id, first=lines[0], last=lines[-1], now=now.isoformat())


@durable_task
def batch_task(batch_id: int, first: int, last: int, now: str) -> int:
    """Do the waiting lines from `first` to `last`. What fails is tried again with the task; the rest is not repeated."""
    batch = Batch.objects.select_related("award", "created_by").get(pk=batch_id)
    lines = batch.lines.filter(pk__range=(first, last), state__in=(State.WAITING, State.FAILED))
    lines = lines.select_related("user", "certificate").order_by("pk")
    if batch.kind == Batch.Kind.ARCHIVE:
        return _collect(batch, list(lines))
    failure: Exception | None = None
    for line in lines:
        try:
            certificate = _do(batch, line, datetime.fromisoformat(now))
        except Exception as error:  # noqa: BLE001 (one learner's trouble must not stop the others; raised below)
            failure = error
            BatchLine.objects.filter(pk=line.pk).update(state=State.FAILED, note=type(error).__name__)
        else:
            BatchLine.objects.filter(pk=line.pk).update(state=State.DONE, note="", certificate=certificate)
    if failure is not None:
        raise failure
    return len(lines)


def _do(batch: Batch, line: BatchLine, now: datetime) -> Certificate:
    if batch.kind == Batch.Kind.REVOKE and line.certificate is not None:
        return revoke(
            certificate=line.certificate,
            actor=batch.created_by,
            public_reason=batch.public_reason,
            internal_reason=batch.internal_reason,
            now=now,
        )
    if batch.award is None or line.user is None:
        raise ValueError("nobody to give it to")
    letter = "issued" if line.qualifies else "given"
    certificate = issue(user=line.user, award=batch.award, now=now, actor=batch.created_by, letter=letter)
    files.file_of(certificate, "pdf")  # drawn here, so that nobody waits for it
    evaluate_awards(user_id=line.user.pk, now=now)
    return certificate


# --- collecting PDFs -------------------------------------------------------------------------------------------------
def archive_path(uuid: UUID) -> Path:
    return Path(settings.DATA_DIR) / files.FOLDER / files.ARCHIVES / f"{uuid}.zip"


def _collect(batch: Batch, lines: list[BatchLine]) -> int:
    """One ZIP of every PDF, written beside its place and moved there once whole."""
    target = archive_path(batch.uuid)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:  # PDFs are compressed already
        for line in batch.lines.select_related("certificate").order_by("pk"):
            certificate = line.certificate
            if certificate is not None and certificate.erased_at is None:
                archive.writestr(files.filename(certificate, "pdf"), files.file_of(certificate, "pdf"))
            BatchLine.objects.filter(pk=line.pk).update(state=State.DONE)
    part.replace(target)
    return len(lines)


def remove_old(*, now: datetime | None = None) -> int:
    """Forget archives and the lists of names and addresses behind batches after a week."""
    before = (now or timezone.now()) - KEPT_FOR
    old = list(Batch.objects.filter(created_at__lt=before))
    for batch in old:
        archive_path(batch.uuid).unlink(missing_ok=True)
    BatchLine.objects.filter(batch__in=old).exclude(given="").update(given="")
    return len(old)
