"""Verification for anyone, the wallet for holders. Everything works without script."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from courses.certification import codes, files, offers, presenting, ratelimit, register, renewing, services
from courses.certification.forms import CodeForm, CorrectionForm, FileForm
from courses.certification.models import Award, Certificate
from courses.certification.verification import Verdict


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page no search engine keeps."""
    response = render(request, f"certificates/{template}.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """The two ways to check: type a number, or hand in a file."""
    form = CodeForm(request.GET) if "code" in request.GET else CodeForm()
    if form.is_bound and form.is_valid():
        return redirect("certificates:page", code=form.cleaned_data["code"])
    context = {"code_form": form, "file_form": FileForm(), "specimen": Certificate.objects.specimen().first()}
    return _page(request, "lookup", context, 422 if form.is_bound else 200)


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The verdict on one number. Unknown and hidden are the same answer."""
    if ratelimit.is_braked(request, "code"):
        return _page(request, "patience", {}, 429)
    if code != codes.normalise(code) and codes.normalise(code):
        return redirect("certificates:page", code=codes.normalise(code))
    certificate = Certificate.objects.public().with_code(code).for_page()
    if certificate is None:
        ratelimit.count_miss(request, "code")
        return _page(request, "page", {"words": presenting.words_for(Verdict.UNKNOWN), "code_form": CodeForm()}, 404)
    return _page(request, "page", presenting.page_of(certificate, timezone.now()))


@require_POST
def check_file(request: HttpRequest) -> HttpResponse:
    """The verdict on a file somebody hands in; nothing of it is kept."""
    if ratelimit.is_braked(request, "file"):
        return _page(request, "patience", {}, 429)
    ratelimit.count_miss(request, "file")
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, "lookup", {"code_form": CodeForm(), "file_form": form}, 422)
    finding = register.examine(form.cleaned_data["file"].read(), now=timezone.now())
    context: dict[str, Any] = {
        "words": presenting.words_for(finding.verdict),
        "finding": finding,
        "file_form": FileForm(),
    }
    if finding.document:
        context["facts"] = presenting.facts_in(finding.document)
        context["certificate"] = register.public_certificate(finding.credential_id)
    return _page(request, "file", context)


@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate as a picture, in the reader's language, wherever its page is public."""
    certificate = get_object_or_404(Certificate.objects.shown(), code=code)
    content = files.file_of(certificate, "picture", get_language() or "")
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """The share card, for the sites where a holder posts the link."""
    certificate = get_object_or_404(Certificate.objects.shown(), code=code, revoked_at=None)
    content = files.file_of(certificate, "card", get_language() or "")
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": "public, max-age=300"})


@login_required
@require_safe
def wallet(request: HttpRequest) -> HttpResponse:
    """Everything the learner holds, and what is still to earn."""
    mine = Certificate.objects.of(request.user).select_related("award", "superseded_by")
    mine = mine.prefetch_related("corrections").order_by("-issued_at")
    now = timezone.now()
    to_renew = renewing.renewals(list(mine), now)
    held = [presenting.held(certificate, now, to_renew.get(certificate.pk)) for certificate in mine]
    user_id = int(request.user.pk or 0)
    open_awards = [award for award in Award.objects.active().not_held_by(user_id) if not award.is_past(now)]
    context = {
        "held": sorted(held, key=lambda item: item.newer is not None),
        "steps": offers.steps(user_id, open_awards),
    }
    return _page(request, "wallet", context)


@login_required
@require_safe
def renewal(request: HttpRequest, code: str) -> HttpResponse:
    """What its holder does to renew a certificate, and what has changed since it was issued."""
    mine = Certificate.objects.of(request.user).select_related("award", "superseded_by")
    context = renewing.page_of_renewal(get_object_or_404(mine, code=code), timezone.now())
    if context is None:
        raise Http404
    return _page(request, "renewal", {**context, "facts": presenting.facts_of(context["certificate"])})


@require_safe
def award(request: HttpRequest, slug: str) -> HttpResponse:
    """What an award asks for, for anyone; how far one is, for a learner."""
    found = get_object_or_404(Award.objects.public(), slug=slug)
    return render(request, "certificates/award.html", offers.page_of_award(found, request.user))


@login_required
@require_GET
def download(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """One form of a certificate, for its holder and for staff."""
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user), code=code, erased_at=None)
    if form not in files.FORMS:
        raise Http404
    language = request.GET.get("lang", "")
    language = language if language in certificate.facts.award.title else ""
    response = HttpResponse(files.file_of(certificate, form, language), content_type=files.FORMS[form].media_type)
    response["Content-Disposition"] = f'attachment; filename="{files.filename(certificate, form)}"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def visibility(request: HttpRequest, code: str) -> HttpResponse:
    """The holder hides or shows the public page."""
    certificate = get_object_or_404(Certificate.objects.of(request.user), code=code)
    hidden = request.POST.get("hidden") == "yes"
    services.set_hidden(certificate=certificate, hidden=hidden, actor=request.user, now=timezone.now())
    return redirect("certificates:wallet")


@login_required
def correction(request: HttpRequest, code: str) -> HttpResponse:
    """The holder asks for another name on a certificate."""
    certificate = get_object_or_404(Certificate.objects.of(request.user).current(), code=code)
    form = CorrectionForm(request.POST or None, initial={"name": certificate.holder})
    if request.method == "POST" and form.is_valid():
        services.ask_correction(certificate=certificate, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your request is with the team. You will read their answer in your mail."))
        return redirect("certificates:wallet")
    context = {"form": form, "facts": presenting.facts_of(certificate)}
    return _page(request, "correction", context, 422 if form.errors else 200)
