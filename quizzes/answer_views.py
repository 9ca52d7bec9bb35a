"""HTTP of what an answer carries beside its fields: the picture of a hot-spot, the file a candidate sends."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quizzes import services, uploads
from quizzes.models import Upload
from quizzes.pictures import picture_behind
from quizzes.posting import sort_fields
from quizzes.scoring.files import KINDS
from quizzes.sitting import Asked, Sitting, sit
from quizzes.types import BadResponse
from quizzes.views import own_attempt, window_of

REFUSALS = {
    "nothing": gettext_lazy("Choose a file first."),
    "large": gettext_lazy("This file is too large."),
    "kind": gettext_lazy("This kind of file is not taken. What counts is the content, not the name."),
    "often": gettext_lazy("Too many files were sent for this question. The last one is kept."),
}


@login_required
@require_POST
def upload(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Keep the file sent for one question, or take it back, with the other answers of the page; then go back there."""
    found = own_attempt(request, key)
    if not found.is_open:
        return redirect("quizzes:review", key)
    sitting = sit(found, answers=False)
    _upload_question(sitting, number)
    where: dict[str, Any] = {"posted": sort_fields(request.POST.lists()), "window": window_of(request)}
    try:
        if request.POST.get("act") == "remove":
            uploads.take_back(sitting=sitting, number=number, now=timezone.now(), **where)
        else:
            file = request.FILES.get(f"file-{number}")
            uploads.send_file(sitting=sitting, number=number, file=file, now=timezone.now(), **where)
            messages.success(request, _("Your file is here."))
    except uploads.Refused as refusal:
        messages.error(request, REFUSALS[refusal.reason])
    except BadResponse:
        messages.error(request, _("That form did not belong to this attempt. Your earlier answers are kept."))
    except services.AttemptClosed:
        return redirect("quizzes:review", key)
    if sitting.paper.layout == "one_per_page":
        return redirect("quizzes:question", key, number)
    response = redirect("quizzes:attempt", key)
    response["Location"] += f"#question-{number}"
    return response


def _upload_question(sitting: Sitting, number: int) -> Asked:
    """Return the question, if it takes a file. Errors: 404."""
    asked = sitting.question(number)
    if asked is None or asked.type.code != "file_upload":
        raise Http404
    return asked


@login_required
@never_cache
@require_GET
def file(request: HttpRequest, key: UUID, number: int, file_key: UUID) -> FileResponse:
    """Give its owner back the file they sent."""
    attempt = own_attempt(request, key)
    return serve(get_object_or_404(Upload, attempt=attempt, slot=number, key=file_key))


def serve(found: Upload) -> FileResponse:
    """Return a candidate's file as a download that no browser opens by itself."""
    response = FileResponse(found.file.open(), as_attachment=True, filename=found.name)
    response["Content-Type"] = KINDS[found.kind][0]
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@login_required
@require_GET
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """Show the picture of a hot-spot. The address was signed for a page that its reader was allowed to see."""
    content = picture_behind(token)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": "private, max-age=3600"})
