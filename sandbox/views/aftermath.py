"""After the shift: files of the debrief, one decision played again, a note to oneself. Only ever one's own shift."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sandbox import exporting, services
from sandbox.debriefing import debrief_of, otherwise_of
from sandbox.forms import NoteForm, OtherwiseForm
from sandbox.views.shift import debriefed, own_shift


def _file(content: Any, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@never_cache
@require_safe
@login_required
def as_table(request: HttpRequest, key: UUID) -> HttpResponse:
    shift = debriefed(request, key)
    return _file(exporting.table(debrief_of(shift)), "text/csv; charset=utf-8", f"debrief-{shift.key}.csv")


@never_cache
@require_safe
@login_required
def as_document(request: HttpRequest, key: UUID) -> HttpResponse:
    shift = debriefed(request, key)
    return _file(exporting.document(debrief_of(shift), shift), "application/pdf", f"debrief-{shift.key}.pdf")


@never_cache
@require_safe
@login_required
def otherwise(request: HttpRequest, key: UUID, comment: str) -> HttpResponse:
    """Play the shift again with another act on one comment; nothing is written, the result stands."""
    shift = debriefed(request, key)
    if not shift.practice:
        raise Http404
    form = OtherwiseForm(request.GET or None)
    found = otherwise_of(shift, comment, form.cleaned_data["action"] if form.is_valid() else "")
    if found is None:
        raise Http404
    return render(request, "sandbox/otherwise.html", {"shift": shift, "form": form, "found": found})


@require_POST
@login_required
def write_note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep, change or (left empty) delete the private note on how the shift felt."""
    shift = own_shift(request, key)
    form = NoteForm(request.POST)
    if shift.running:
        raise Http404
    if form.is_valid():
        services.write_note(shift=shift, text=form.cleaned_data["text"], now=timezone.now())
        messages.success(request, _("Your note is kept. Nobody else can read it."))
    else:
        messages.error(request, _("This note is too long: 3,000 characters at most."))
    return redirect(reverse("sandbox:debrief", args=[key]) + "#note")
