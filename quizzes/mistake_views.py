"""My mistakes: the questions one missed, met again a few minutes a day. Plain forms; nothing here needs a script."""

from secrets import randbits

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.correcting import corrected
from quizzes.mistakes import Sheet, answer_sheet, next_sheet, overview_of
from quizzes.models import Mistake
from quizzes.posting import sort_fields
from quizzes.presenting import shown, words
from quizzes.types import BadResponse


@login_required
@never_cache
@require_safe
def mistakes(request: HttpRequest) -> HttpResponse:
    """Show what is due today and what waits."""
    return render(request, "quizzes/mistakes.html", {"overview": overview_of(request.user, now=timezone.now())})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def practise(request: HttpRequest) -> HttpResponse:
    """Ask the question that has waited longest; a post shows its correction and plans its return."""
    now, language = timezone.now(), get_language() or "fr"
    if request.method == "POST":
        try:
            raw = sort_fields(request.POST.lists()).get(1, {})
            sheet = answer_sheet(user=request.user, ticket=request.POST.get("ticket", ""), raw=raw, now=now)
        except (BadSignature, BadResponse, Mistake.DoesNotExist):
            messages.warning(request, _("That form is too old. Here is a fresh one."))
            return redirect("quizzes:practise")
        return render(request, "quizzes/practised.html", _answered(sheet, request, language))
    found = next_sheet(request.user, now=now, seed=randbits(62))
    if found is None:
        return redirect("quizzes:mistakes")
    context = {"question": shown(found.asked, language), "ticket": found.ticket}
    return render(request, "quizzes/practise.html", {**context, "overview": overview_of(request.user, now=now)})


def _answered(sheet: Sheet, request: HttpRequest, language: str) -> dict[str, object]:
    return {
        "correction": corrected(sheet.asked, sheet.asked.review(language), words(language)),
        "due_at": sheet.mistake.due_at,
        "overview": overview_of(request.user, now=timezone.now()),
    }
