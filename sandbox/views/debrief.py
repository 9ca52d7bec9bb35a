"""The debrief over HTTP: one's own words first, then the analysis. Only ever one's own shift."""

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

from courses.vocabulary import REASONS
from sandbox import playing, services
from sandbox.debriefing import debrief_of
from sandbox.engine import RULES_VERSION
from sandbox.forms import CommitmentForm, NoteForm, WordsForm
from sandbox.models import Shift, StressNote
from sandbox.progress import progress
from sandbox.scrubbing import scrub_of
from sandbox.views.shift import desk_url, own_shift, page_of, settled, stopped, wants_fragment

ATTEMPTS = 20  # shown in the progress over attempts


@never_cache
@require_safe
@login_required
def debrief(request: HttpRequest, key: UUID) -> HttpResponse:
    now = timezone.now()
    shift = settled(own_shift(request, key), now)
    if shift.running:
        return redirect(desk_url(shift))
    if shift.state == Shift.State.STOPPED:
        return stopped(request, shift)
    if shift.words_at is None:
        return render(request, "sandbox/own_words.html", {"shift": shift, "form": WordsForm()})
    scrub = scrub_of(shift, request.GET.get("t", ""))
    if wants_fragment(request):
        return render(request, "sandbox/_replay.html", {"scrub": scrub})
    return render(request, "sandbox/debrief.html", {**_debrief_context(shift), "scrub": scrub})


def _debrief_context(shift: Shift) -> dict[str, Any]:
    shifts = Shift.objects.filter(user=shift.user_id).of_activity(shift.activity_key).ended()
    ended = list(shifts.defer("words").order_by("-started_at")[:ATTEMPTS])
    note = StressNote.objects.filter(shift=shift).values_list("text", flat=True).first()
    return {
        "debrief": debrief_of(shift),
        "left_out": [REASONS[code].label for code in shift.left_out],  # for its author alone
        "shift": shift,
        "page": page_of(shift.activity_key),
        "form": CommitmentForm(initial={"commitment": shift.commitment}),
        "note_form": NoteForm(initial={"text": note or ""}),
        "progress": progress(ended[::-1], playing.scenario_of(shift).pass_mark),
        "older_rules": shift.rules_version != RULES_VERSION,
    }


@require_POST
@login_required
def write(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep the trainee's own words, or their one commitment."""
    shift = own_shift(request, key)
    if shift.state != Shift.State.ENDED:
        raise Http404
    if "commitment" in request.POST:
        form = CommitmentForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Write one sentence, 300 characters at most."))
        else:
            services.write_commitment(shift=shift, commitment=form.cleaned_data["commitment"])
            messages.success(request, _("Your commitment is kept; you will see it again before your next shift."))
        return redirect(reverse("sandbox:debrief", args=[key]) + "#commitment")
    words = WordsForm(request.POST)
    if not words.is_valid():
        return render(request, "sandbox/own_words.html", {"shift": shift, "form": words}, status=422)
    services.write_words(shift=shift, words=words.cleaned_data["words"], now=timezone.now())
    return redirect("sandbox:debrief", key=key)
