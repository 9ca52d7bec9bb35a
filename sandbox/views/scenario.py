"""Before a shift: the tutorial and the start."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.delivery import learning_for, may_open
from sandbox import services
from sandbox.engine.reader import ScenarioError
from sandbox.forms import StartForm
from sandbox.models import Scenario, ScenarioPage, Shift
from sandbox.pool import scenario_for
from sandbox.querysets import ShiftQuerySet
from sandbox.sight import show_texts
from sandbox.views.shift import desk_url, page_of, settled


@require_safe
def tutorial(request: HttpRequest) -> HttpResponse:
    """Three minutes before the first shift: five steps, nothing to win."""
    return render(request, "sandbox/tutorial.html", {"back": page_link(request)})


def page_link(request: HttpRequest) -> str:
    """Return the page one came from, when it is a scenario's."""
    asked = request.GET.get("scenario", "")
    page = ScenarioPage.objects.live().filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    return page.url if page else ""


@require_POST
@login_required
def start(request: HttpRequest, activity_key: UUID) -> HttpResponse:
    page = page_of(activity_key)
    learning = learning_for(request, page)
    if not learning or not may_open(page, learning, request.user):
        raise Http404
    earlier = Shift.objects.visible_to(request.user).of_activity(activity_key)
    form = StartForm(request.POST)
    under_way = earlier.running().select_related("version").first()
    if under_way and settled(under_way, timezone.now()).running:
        return redirect(desk_url(under_way))
    scenario = scenario_for(page, request.user)
    if not form.is_valid() or scenario is None:  # the page says that nothing is left
        return redirect(page.url)
    shift = _begun(request, page, scenario, learning.course.key, choices(request, form, earlier))
    if shift is None:
        return redirect(page.url)
    if form.cleaned_data["masked"]:
        show_texts(request, shift.key, False)
    return redirect(desk_url(shift))


def _begun(
    request: HttpRequest, page: ScenarioPage, scenario: Scenario, course_key: UUID, chosen: dict[str, Any]
) -> Shift | None:
    """Begin the shift, or tell the trainee why it cannot begin."""
    earlier = Shift.objects.visible_to(request.user).of_activity(page.translation_key)
    try:
        return services.start_shift(
            user=request.user,
            scenario=scenario,
            course_key=course_key,
            activity_key=page.translation_key,
            mode=page.mode,
            marks_first=page.marks_first,
            seed=scenario.seed + earlier.count(),
            now=timezone.now(),
            **chosen,
        )
    except ScenarioError:
        messages.error(request, _("This scenario is being rewritten and cannot be played now."))
    except services.NothingLeft:
        messages.error(
            request,
            _("With all of that left out nothing remains to moderate. Leave out less, or choose another scenario."),
        )
    return None


def choices(request: HttpRequest, form: StartForm, earlier: ShiftQuerySet) -> dict[str, Any]:
    """Return what the trainee leaves out: as just chosen, else (from the debrief) as for the last shift."""
    if "chosen" in request.POST:
        return {"left_out": form.cleaned_data["left_out"], "severity_cap": form.cleaned_data["severity_cap"] or 4}
    last = earlier.order_by("-started_at").values("left_out", "severity_cap").first()
    return last or {}
