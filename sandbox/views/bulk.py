"""One act on several comments at once: all or none, each counted once."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sandbox import services, wording
from sandbox.engine.acts import IllegalAct
from sandbox.forms import BulkForm
from sandbox.views.desk import changed, refused
from sandbox.views.shift import own_shift, wants_fragment


@never_cache
@require_POST
@login_required
def act_on_several(request: HttpRequest, key: UUID) -> HttpResponse:
    shift, form = own_shift(request, key), BulkForm(request.POST)
    hand, chosen = request.POST.get("hand", "")[:80], [name[:80] for name in request.POST.getlist("comments")]
    if not form.is_valid():
        return refused(request, shift, hand, _("The desk did not understand this act. Refresh and try again."))
    if not chosen:
        return refused(request, shift, hand, _("Select the comments first."))
    try:
        count = services.record_bulk(
            shift=shift,
            form_key=form.cleaned_data["key"],
            comments=chosen,
            fields=form.fields_of_act(),
            now=timezone.now(),
        )
    except IllegalAct as refusal:
        return refused(request, shift, hand, wording.REFUSALS[refusal.code])
    if wants_fragment(request):
        return changed(request, own_shift(request, key), comment=hand, acted=True)
    messages.success(request, ngettext("Done on %(n)d comment.", "Done on %(n)d comments.", count) % {"n": count})
    return redirect(reverse("sandbox:desk", args=[key]) + "?view=queue")
