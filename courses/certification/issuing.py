"""Giving a certificate: the facts of the day are frozen, signed in both forms, and stored once."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from courses.certification import codes, credential, signing, snapshots, statuslist
from courses.certification import issuer as issuers
from courses.certification.audit import note
from courses.certification.drafting import addressed, draft_of
from courses.certification.issuer import Issuer
from courses.certification.mail import mail_later
from courses.certification.models import Award, Certificate, CertificateEvent, StatusEntry, StatusList
from courses.certification.names import printable
from courses.certification.publishing import publish_status_list

DRAWS = 8  # tries to find a free index or code; more than two in a row would be a wonder
FULL = statuslist.SIZE // 2  # a list half full still hands out free indexes at once


def issue(
    *, user: Any, award: Award, now: datetime, actor: Any = None, renewal: int = 0, letter: str = "given"
) -> Certificate:
    """Give `award` to `user`, once: a second call, or a second worker at the same moment, gets the first certificate.

    `letter` is the occasion of the mail: "given" by somebody, or "issued" because every requirement is met. Signing
    happens outside the transaction, the constraints of the tables settle the race. Errors: KeysMissingError;
    AwardClosedError, unless it was given before.
    """
    return _issue_once(
        existing=lambda: Certificate.objects.filter(user=user, award=award, renewal=renewal).first(),
        draft=lambda issuer: draft_of(_open(award, now), issuer, now, user=user),
        fields={"user": user, "renewal": renewal},
        award=award,
        actor=actor,
        now=now,
        letter=letter,
    )


def renew(*, certificate: Certificate, now: datetime, actor: Any = None) -> Certificate:
    """A new certificate of the same award, linked to the old one; what was left of the old one's time is not lost.

    Errors: NotRenewableError for one that was revoked, replaced or erased, or that belongs to nobody; AwardClosedError.
    """
    if certificate.user is None or certificate.revoked_at or certificate.replaced_at or certificate.erased_at:
        raise NotRenewableError(certificate.code)
    user, award = certificate.user, certificate.award
    return _issue_once(
        existing=lambda: Certificate.objects.filter(supersedes=certificate).first(),
        draft=lambda issuer: draft_of(_lasting(certificate, now), issuer, now, user=user, renews=certificate),
        fields={"user": user, "renewal": certificate.renewal + 1, "supersedes": certificate},
        award=award,
        actor=actor,
        now=now,
        kind=CertificateEvent.Kind.RENEWED,
    )


def correct(*, certificate: Certificate, name: str, now: datetime, actor: Any = None) -> Certificate:
    """The same certificate with another name: same award, results, day and expiry; the old one is replaced.

    Errors: NotRenewableError, as for `renew`.
    """
    if certificate.revoked_at or certificate.erased_at or certificate.user is None:
        raise NotRenewableError(certificate.code)
    facts = certificate.facts
    return _issue_once(
        existing=lambda: Certificate.objects.filter(supersedes=certificate).first(),
        draft=lambda issuer: replace(
            addressed(facts, certificate.user),
            uuid=uuid4(),
            subject=uuid4(),
            holder=printable(name),
            code=codes.draw(),
            issued_at=now.replace(microsecond=0),
            awarded_at=facts.awarded,
        ),
        fields={"user": certificate.user, "renewal": certificate.renewal + 1, "supersedes": certificate},
        award=certificate.award,
        actor=actor,
        now=now,
        kind=CertificateEvent.Kind.REPLACED,
    )


class NotRenewableError(ValueError):
    """Nothing can take the place of this certificate."""


class AwardClosedError(ValueError):
    """The award is not given: it was closed, or something it asks for does not exist yet."""


def _open(award: Award, now: datetime) -> Award:
    if not award.active or award.is_past(now):
        raise AwardClosedError(f"The award {award.slug} is no longer issued.")
    if names := ", ".join(award.awaited_names):
        raise AwardClosedError(f"The award {award.slug} cannot be given yet, for want of: {names}.")
    return award


def _lasting(certificate: Certificate, now: datetime) -> Award:
    """Its award, open and worth renewing: with a fixed day, one given anew must outlast the one there is."""
    award, until = _open(certificate.award, now), certificate.valid_until
    if until is not None and not award.lasts_beyond(until, certificate.facts.time_zone):
        raise AwardClosedError(f"The award {award.slug} ends on the same day, renewed or not.")
    return award


def ensure_specimen(*, now: datetime, award: Award | None = None) -> Certificate:
    """The certificate of the fictional Camille Specimen, made once, for anyone to try the verification with."""
    award = award or Award.objects.active().first()
    if award is None:
        raise Award.DoesNotExist("Load the awards before making a specimen.")
    return _issue_once(
        existing=lambda: Certificate.objects.filter(award=award, specimen=True).first(),
        draft=lambda issuer: draft_of(award, issuer, now),
        fields={"specimen": True},
        award=award,
        actor=None,
        now=now,
    )


def _issue_once(
    *,
    existing: Callable[[], Certificate | None],
    draft: Callable[[Issuer], snapshots.Snapshot],
    fields: dict[str, Any],
    award: Award,
    actor: Any,
    now: datetime,
    kind: CertificateEvent.Kind | None = None,
    letter: str = "",
) -> Certificate:
    certificate = existing()
    if certificate is not None:
        return certificate
    issuer = issuers.current(now=now)
    issuers.freeze(issuer)
    for _attempt in range(DRAWS):
        snapshot, status_list = _with_status(draft(issuer), issuer)
        signed = signing.sign(credential.build(snapshot), ring=issuer.ring, did=issuer.did, now=now)
        try:
            return _store(snapshot, signed, status_list, award=award, actor=actor, kind=kind, letter=letter, **fields)
        except IntegrityError:
            certificate = existing()
            if certificate is not None:
                return certificate
    raise RuntimeError("No free place in the status lists.")


def current_list(*, full: int = FULL) -> StatusList:
    """The list that takes new certificates; a new one is opened once the last holds `full` entries."""
    latest = StatusList.objects.order_by("-number").first()
    if latest is None or latest.entries.count() >= full:
        latest, _ = StatusList.objects.get_or_create(number=latest.number + 1 if latest else 1)
    return latest


def _with_status(snapshot: snapshots.Snapshot, issuer: Issuer) -> tuple[snapshots.Snapshot, StatusList]:
    """The snapshot with a place drawn at random in the current list."""
    status_list = current_list()
    url = issuer.address("credentials_status", status_list.number)
    return replace(snapshot, status_url=url, status_index=secrets.randbelow(statuslist.SIZE)), status_list


@transaction.atomic
def _store(
    snapshot: snapshots.Snapshot,
    signed: signing.Signed,
    status_list: StatusList,
    *,
    award: Award,
    actor: Any,
    kind: CertificateEvent.Kind | None,
    letter: str,
    **fields: Any,
) -> Certificate:
    entry = StatusEntry.objects.create(status_list=status_list, index=snapshot.status_index)
    certificate = Certificate.objects.create(
        uuid=snapshot.uuid,
        code=snapshot.code,
        award=award,
        holder=snapshot.holder,
        snapshot=snapshots.to_record(snapshot),
        embedded=signed.embedded,
        token=signed.token,
        status_entry=entry,
        issued_at=snapshot.issued_at,
        valid_until=snapshot.valid_until,
        **fields,
    )
    note(certificate, CertificateEvent.Kind.ISSUED, actor, snapshot.issued_at)
    if kind is not None:
        _take_the_place(certificate, kind, actor)
    if certificate.user_id:
        mail_later(certificate.pk, letter or str(kind))
    return certificate


def _take_the_place(certificate: Certificate, kind: CertificateEvent.Kind, actor: Any) -> None:
    """Say on the old one's trail what became of it; one with a wrong name also loses its bit, for every verifier."""
    old, now = certificate.supersedes, certificate.issued_at
    if old is None:
        return
    note(old, kind, actor, now, certificate.code)
    if kind is CertificateEvent.Kind.REPLACED:
        Certificate.objects.filter(pk=old.pk).update(replaced_at=now)
        StatusEntry.objects.filter(pk=old.status_entry_id).update(revoked_at=now)
        publish_status_list(status_list=old.status_entry.status_list, now=now)
