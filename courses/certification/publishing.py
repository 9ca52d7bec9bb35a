"""The signed status lists: published at each change, and at least once a day."""

from datetime import datetime

from django.db import transaction

from courses.certification import did as dids
from courses.certification import issuer as issuers
from courses.certification import statuslist
from courses.certification.models import StatusList


@transaction.atomic
def publish_status_list(*, status_list: StatusList, now: datetime) -> str:
    """Sign the list as it stands, and keep the signed text.

    One at a time: of two revocations at once, the second signs what the first has changed as well.
    """
    StatusList.objects.select_for_update().get(pk=status_list.pk)
    issuer = issuers.current(now=now)
    revoked = status_list.entries.filter(revoked_at__isnull=False).values_list("index", flat=True)
    url = issuer.address("credentials_status", status_list.number)
    signed = statuslist.sign_list(url, revoked, ring=issuer.ring, did=issuer.did, now=now)
    StatusList.objects.filter(pk=status_list.pk).update(signed=signed, signed_at=now)
    return signed


def fresh_status_list(*, status_list: StatusList, now: datetime) -> str:
    """The signed list, signed anew when it is a day old, or by another key than today's.

    A list nobody changes must not grow stale, and one a compromised key has signed proves nothing.
    """
    issuer = issuers.current(now=now)
    signer = f'"{dids.method_id(issuer.did, issuer.ring.active("ed25519"))}"'
    is_young = status_list.signed_at and abs(now - status_list.signed_at) < statuslist.RENEW_AFTER
    if is_young and signer in status_list.signed:
        return status_list.signed
    return publish_status_list(status_list=status_list, now=now)
