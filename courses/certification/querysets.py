"""Named questions about certificates."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from courses.certification import codes

if TYPE_CHECKING:
    from courses.certification.models import Award, Certificate  # noqa: F401


class AwardQuerySet(models.QuerySet["Award"]):
    def active(self) -> Self:
        return self.filter(active=True)

    def public(self) -> Self:
        """Those whose page anyone may open: on offer, or given to somebody once."""
        return self.filter(models.Q(active=True) | models.Q(certificates__isnull=False)).distinct()

    def not_held_by(self, user_id: int) -> Self:
        """Awards the learner has never been given, however it ended: a revoked one does not come back."""
        return self.exclude(certificates__user_id=user_id)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, user: Any) -> Self:
        """The user's own; none for a visitor."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def visible_to(self, user: Any) -> Self:
        """One's own; everybody's for those who may view certificates."""
        return self.all() if user.has_perm("courses.view_certificate") else self.of(user)

    def public(self) -> Self:
        """Those whose page anyone may open: a hidden one looks as if it had never been."""
        return self.filter(hidden=False, erased_at=None)

    def shown(self) -> Self:
        """Public, and with nothing on them that was put right since."""
        return self.public().filter(replaced_at=None)

    def with_code(self, text: str) -> Self:
        """The certificate whose code a person typed, forgivingly."""
        code = codes.normalise(text)
        return self.filter(code=code) if code else self.none()

    def for_page(self) -> "Certificate | None":
        """The one that is left, without the signed texts, and what took its place: no more than a page says."""
        newer = ("superseded_by__code", "superseded_by__hidden", "superseded_by__erased_at")
        shown = ("uuid", "code", "snapshot", "issued_at", "valid_until", "revoked_at", "replaced_at", "public_reason")
        found = self.select_related("superseded_by").only(*shown, "superseded_by__supersedes", *newer).order_by()[:1]
        return next(iter(found), None)

    def specimen(self) -> Self:
        """The specimens the academy shows of itself, newest first; never a real person's."""
        return self.filter(specimen=True, hidden=False).order_by("-issued_at")

    def real(self) -> Self:
        return self.filter(specimen=False)

    def current(self) -> Self:
        """Those nothing has taken the place of: neither revoked, nor replaced, nor renewed, nor erased."""
        return self.filter(revoked_at=None, replaced_at=None, erased_at=None, superseded_by=None)

    def replaced(self) -> Self:
        return self.filter(revoked_at=None, replaced_at__isnull=False)

    def revoked(self) -> Self:
        return self.filter(revoked_at__isnull=False)

    def valid_at(self, now: datetime) -> Self:
        standing = self.filter(revoked_at=None, replaced_at=None, erased_at=None)
        return standing.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=now))

    def expired_at(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, replaced_at=None, valid_until__lte=now)

    def expiring_within(self, days: int, now: datetime) -> Self:
        return self.valid_at(now).filter(valid_until__lte=now + timedelta(days=days))
