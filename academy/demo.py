"""The demo accounts: one per role, verified, with the same password. Never made outside the demo."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from academy.accounts.models import User
from academy.roles import (
    ADMINISTRATORS,
    AUTHORS,
    INSTRUCTORS,
    LEARNERS,
    LEGAL_REVIEWERS,
    REVIEWERS,
    TRAINING_MANAGERS,
    group,
)
from courses.loading import key_of
from courses.services import enrol

PASSWORD = "try-the-academy"  # noqa: S105 (printed on purpose; the demo is not for the public)


@dataclass(frozen=True)
class Account:
    role: str
    email: str
    name: str
    language: str = "fr"

    @property
    def staff(self) -> bool:
        return self.role != LEARNERS


ACCOUNTS = (
    Account(LEARNERS, "learner@example.org", "Camille Roussel"),
    Account(INSTRUCTORS, "instructor@example.org", "Samir Benali"),
    Account(AUTHORS, "author@example.org", "Inès Caron"),
    Account(REVIEWERS, "reviewer@example.org", "Paul Girard"),
    Account(LEGAL_REVIEWERS, "legal@example.org", "Maud Lefort"),
    Account(TRAINING_MANAGERS, "manager@example.org", "Jeanne Okafor", "en"),
    Account(ADMINISTRATORS, "admin@example.org", "Alex Martin"),
)


@transaction.atomic
def make_accounts(*, now: datetime) -> list[User]:
    """Make the demo accounts that are missing; those that exist keep their password and progress."""
    users = [_account(account) for account in ACCOUNTS]
    enrol(user=users[0], course_key=key_of("moderation"), now=now)
    return users


def _account(account: Account) -> User:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        fields: dict[str, Any] = {"display_name": account.name, "certificate_name": account.name}
        user = User.objects.create_user(
            account.email,
            PASSWORD,
            language=account.language,
            is_staff=account.staff,
            is_superuser=account.role == ADMINISTRATORS,
            **fields,
        )
    user.groups.add(group(account.role))
    EmailAddress.objects.get_or_create(user=user, email=account.email, defaults={"verified": True, "primary": True})
    return user
