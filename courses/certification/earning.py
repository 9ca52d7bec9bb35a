"""What a learner has just earned, or renewed: noticed after each result, given in the background."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from courses.certification.background import durable_task, has_queue
from courses.certification.issuing import AwardClosedError, NotRenewableError, issue, renew
from courses.certification.models import Award, Certificate
from courses.certification.progress import progress_of, progress_since
from courses.certification.rules import is_met


def notice_progress(*, user_id: int, now: datetime) -> None:
    """A learner has completed something: look at their awards, in the background where there is a queue.

    The queue is a table of the same database: the look is noted with the result itself, so that no crash between the
    two loses a certificate. Without a queue it happens at once, after the commit.
    """
    if has_queue():
        evaluate_awards_task.enqueue(user_id=user_id, now=now.isoformat())
    else:
        transaction.on_commit(lambda: evaluate_awards(user_id=user_id, now=now))


@durable_task
def evaluate_awards_task(user_id: int, now: str) -> int:
    return len(evaluate_awards(user_id=user_id, now=datetime.fromisoformat(now)))


def evaluate_awards(*, user_id: int, now: datetime) -> list[Award]:
    """Enqueue the issue of every award the learner has just earned or renewed.

    An award that was ever given does not come back by itself, however it ended: only its renewal does.
    """
    awards = list(Award.objects.active())
    if not awards:
        return []
    held = list(Certificate.objects.filter(user_id=user_id).select_related("award", "superseded_by"))
    given = {certificate.award_id for certificate in held}
    rules = [(award, award.rule()) for award in awards if award.pk not in given and not award.is_past(now)]
    progress = progress_of(user_id, [rule for _award, rule in rules], now=now)
    earned = [award for award, rule in rules if is_met(rule, progress)]
    for award in earned:
        issue_certificate_task.enqueue(user_id=user_id, award_id=award.pk, now=now.isoformat())
    return earned + _renew_all(held, now)


def may_renew(certificate: Certificate, now: datetime) -> bool:
    """Whether today is a day to renew it: close to its expiry, or not long after."""
    if certificate.valid_until is None or not certificate.award.renewal_requirements or not certificate.can_be_renewed:
        return False
    opens, closes = certificate.award.renewal_window(certificate.valid_until)
    return opens <= now < closes


def _renew_all(held: Iterable[Certificate], now: datetime) -> list[Award]:
    renewed = []
    for certificate in held:
        if not may_renew(certificate, now):
            continue
        rule = certificate.award.renewal_rule()
        if is_met(rule, progress_since(certificate.user_id or 0, rule, certificate.issued_at, now=now)):
            renew_certificate_task.enqueue(certificate_id=certificate.pk, now=now.isoformat())
            renewed.append(certificate.award)
    return renewed


@durable_task
def issue_certificate_task(user_id: int, award_id: int, now: str) -> str:
    """Issue, however often it is called; then see whether that award was the last thing missing for another.

    Returns the code; an empty text if the award was closed meanwhile.
    """
    user, moment = get_user_model().objects.get(pk=user_id), datetime.fromisoformat(now)
    try:
        certificate = issue(user=user, award=Award.objects.get(pk=award_id), now=moment, letter="issued")
    except AwardClosedError:  # closed between the result and now: there is nothing to give any more
        return ""
    evaluate_awards(user_id=user_id, now=moment)
    return certificate.code


@durable_task
def renew_certificate_task(certificate_id: int, now: str) -> str:
    """Renew, however often it is called; then see whether another award waited for this one to be valid again.

    Returns the code of the new one.
    """
    certificate = Certificate.objects.select_related("award", "user").get(pk=certificate_id)
    moment = datetime.fromisoformat(now)
    try:
        renewed = renew(certificate=certificate, now=moment)
    except (NotRenewableError, AwardClosedError):  # revoked, or closed, between the result and now
        return ""
    evaluate_awards(user_id=renewed.user_id or 0, now=moment)
    return renewed.code
