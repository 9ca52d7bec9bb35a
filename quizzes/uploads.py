"""Files that candidates send: checked by content, kept apart from the public media, counted as an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from unicodedata import normalize

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from quizzes import services
from quizzes.models import Upload
from quizzes.scoring.files import kind_of
from quizzes.sitting import Asked, Sitting
from quizzes.types import Raw
from quizzes.types.file_upload import sent

MEGABYTE = 1024 * 1024
MOST_SENT = 20  # files for one question of one attempt: more is a machine


class Refused(Exception):  # noqa: N818 (says what happened)
    """The file is not taken; `reason` is nothing, large, kind or often."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def check(asked: Asked, file: UploadedFile | None) -> tuple[bytes, str]:
    """Return the content and the kind of a file that the question takes. Errors: Refused."""
    if file is None or not file.size:
        raise Refused("nothing")
    if file.size > asked.spec.more["max_mb"] * MEGABYTE:
        raise Refused("large")
    content = file.read()
    kind = kind_of(content)
    if kind not in asked.spec.more["kinds"]:
        raise Refused("kind")
    return content, kind


def tidy_name(name: str | None) -> str:
    """Return a file's name as one line of ordinary characters, its ending kept."""
    text = "".join(c if c.isprintable() and c not in '/\\<>:"|?*' else " " for c in normalize("NFC", name or ""))
    text = " ".join(text.split()).lstrip(".") or "file"
    stem, dot, ending = text.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}" if dot else text[:110]


@transaction.atomic
def send_file(
    *,
    sitting: Sitting,
    number: int,
    file: UploadedFile | None,
    posted: Mapping[int, Raw],
    now: datetime,
    window: services.Window = services.ANYWHERE,
) -> Upload:
    """Keep a file as the answer to question `number`, with the other answers posted beside it.

    Errors: Refused, and those of `services.save_answers`; nothing is kept then.
    """
    asked = sitting.questions[number - 1]
    content, kind = check(asked, file)
    earlier = Upload.objects.filter(attempt=sitting.attempt, slot=number)
    if earlier.count() >= MOST_SENT:
        raise Refused("often")
    upload = Upload(
        attempt=sitting.attempt,
        slot=number,
        name=tidy_name(file.name if file else ""),
        kind=kind,
        size=len(content),
        sent_at=now,
    )
    value = sent(str(upload.key), kind, upload.size, upload.name)
    answers = {**posted, number: _answer(asked, value)}
    services.save_answers(sitting=sitting, posted=answers, sequence=None, now=now, window=window)
    if number not in sitting.open_now:
        raise services.AnswersLocked  # nothing of this is kept
    upload.file = ContentFile(content, name=upload.name)  # type: ignore[assignment]
    upload.save()
    return upload


def take_back(
    *,
    sitting: Sitting,
    number: int,
    posted: Mapping[int, Raw],
    now: datetime,
    window: services.Window = services.ANYWHERE,
) -> None:
    """Answer question `number` with nothing. Errors: as `services.save_answers`."""
    answer = _answer(sitting.questions[number - 1], "")
    services.save_answers(sitting=sitting, posted={**posted, number: answer}, sequence=None, now=now, window=window)


def _answer(asked: Asked, value: str) -> dict[str, Any]:
    ((token, _identifier),) = asked.slot.layout.items
    return {token: [value]}
