"""After a key was compromised: what it signed is signed anew, word for word, by today's keys.

Nothing a certificate says changes, nor its number, nor its place in the status list; only its two signatures do, so that
verifiers which no longer trust the old key accept the files again.
"""

import json
from collections.abc import Iterator
from datetime import datetime

import jwt
from django.db import transaction
from django.db.models.functions import Left

from courses.certification import did as dids
from courses.certification import files, signing
from courses.certification import issuer as issuers
from courses.certification.audit import note
from courses.certification.background import durable_task, enqueue
from courses.certification.issuer import Issuer
from courses.certification.keys import Key
from courses.certification.mail import mail_later
from courses.certification.models import Certificate, CertificateEvent

HEADER = 600  # letters: no header of ours is longer


def sign_all_anew(*, key: Key, now: datetime) -> int:
    """Enqueue the work for every certificate `key` has signed. Returns how many there are."""
    found = list(_signed_by(key, issuers.current(now=now)))
    for certificate_id in found:
        enqueue(sign_anew_task, certificate_id=certificate_id, now=now.isoformat())
    return len(found)


def _signed_by(key: Key, issuer: Issuer) -> Iterator[int]:
    method = dids.method_id(issuer.did, key)
    stored = Certificate.objects.exclude(embedded="").order_by("pk")
    if key.kind == "ed25519":
        yield from stored.filter(embedded__contains=f'"verificationMethod":"{method}"').values_list("pk", flat=True)
        return
    headers = stored.annotate(header=Left("token", HEADER)).values_list("pk", "header")
    yield from (pk for pk, header in headers.iterator() if _key_named_in(header) == method)


def _key_named_in(token: str) -> str:
    return str(jwt.get_unverified_header(token.partition(".")[0] + "..").get("kid"))


@durable_task
def sign_anew_task(certificate_id: int, now: str) -> bool:
    return sign_anew(certificate=Certificate.objects.get(pk=certificate_id), now=datetime.fromisoformat(now))


@transaction.atomic
def sign_anew(*, certificate: Certificate, now: datetime) -> bool:
    """Put today's signatures on the same words; False where they are on it already, or nothing is left to sign."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    issuer = issuers.current(now=now)
    if not certificate.embedded or _is_by_todays_keys(certificate, issuer):
        return False
    document = {name: value for name, value in json.loads(certificate.embedded).items() if name != "proof"}
    signed = signing.sign(document, ring=issuer.ring, did=issuer.did, now=now)
    Certificate.objects.filter(pk=certificate.pk).update(embedded=signed.embedded, token=signed.token)
    note(certificate, CertificateEvent.Kind.SIGNED_ANEW, None, now)
    transaction.on_commit(lambda: files.forget(certificate.uuid))
    if certificate.user_id and certificate.revoked_at is None and certificate.replaced_at is None:
        mail_later(certificate.pk, "signed_anew")
    return True


def _is_by_todays_keys(certificate: Certificate, issuer: Issuer) -> bool:
    proof = json.loads(certificate.embedded)["proof"][0]["verificationMethod"]
    named = (proof, _key_named_in(certificate.token))
    return named == tuple(dids.method_id(issuer.did, issuer.ring.active(kind)) for kind in ("ed25519", "rsa"))
