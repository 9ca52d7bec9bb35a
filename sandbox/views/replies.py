"""One's own replies after the shift: marked by oneself first, then beside what an instructor and the author say."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sandbox import marking
from sandbox.debriefing import replies_of_shift
from sandbox.debriefing.shapes import ReplyView
from sandbox.models import Act, Shift
from sandbox.rubric import RubricForm
from sandbox.views.shift import debriefed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reply(request: HttpRequest, key: UUID, act_key: UUID) -> HttpResponse:
    """Mark one's reply, then see what others say of it; `show` sees it without marking."""
    shift = debriefed(request, key)
    act = get_object_or_404(Act.objects.written().select_related("shift"), shift=shift, key=act_key)
    form = RubricForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        marking.mark_own(act=act, levels=form.levels(), capped=form.cleaned_data["capped"], now=timezone.now())
        return redirect(reverse("sandbox:reply", args=[key, act_key]))
    return _shown(request, shift, act, form)


def _shown(request: HttpRequest, shift: Shift, act: Act, form: RubricForm) -> HttpResponse:
    replies = replies_of_shift(shift)
    here = next((reply for reply in replies if reply.key == str(act.key)), None)
    if here is None:
        raise Http404
    context = {
        "shift": shift,
        "reply": here,
        "form": form,
        "number": replies.index(here) + 1,
        "total": len(replies),
        "next": _next(replies, here),
        "marked": here.own is not None or "show" in request.GET,
    }
    return render(request, "sandbox/reply.html", context, status=422 if form.errors else 200)


def _next(replies: list[ReplyView], here: ReplyView) -> ReplyView | None:
    """Return the next reply one has not marked, going round once."""
    at = replies.index(here)
    return next((reply for reply in [*replies[at + 1 :], *replies[:at]] if reply.own is None), None)
