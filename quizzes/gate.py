"""The password of an exam: asked at the start, kept as a fingerprint, and not to be guessed."""

from typing import Any

from django.contrib.auth.hashers import check_password as matches

from courses.certification.ratelimit import tally
from quizzes.models import Quiz

TRIES = 10  # by one person, at one quiz
WINDOW = 600  # seconds


class PasswordNeeded(Exception):  # noqa: N818 (says what happened)
    """The password is missing or another one."""


class TooManyTries(PasswordNeeded):
    """So many passwords were tried that the next is not looked at, right or wrong."""


def check_password(user: Any, quiz: Quiz, password: str) -> None:
    """Return if the quiz asks for no password, or for this one. Errors: PasswordNeeded, TooManyTries.

    Tries are counted by person, not by address: a room of candidates shares one.
    """
    password = password.strip()
    if not quiz.password_hash:
        return
    if not password:
        raise PasswordNeeded
    if tally(f"quizzes:password:{quiz.pk}:{user.pk}", WINDOW) > TRIES:
        raise TooManyTries
    if not matches(password[:100], quiz.password_hash):  # in a time that tells nothing
        raise PasswordNeeded
