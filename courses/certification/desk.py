"""Pages of the staff's desk: issue in bulk, follow the work, decide on names, try failed work again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from courses.certification import background, batches, services
from courses.certification.casework import Batch, NameCorrection, TaskFailure
from courses.certification.forms import BulkIssueForm, DecisionForm
from courses.certification.models import Certificate
from courses.models import CoursePage

may_issue = permission_required("courses.issue_certificate", raise_exception=True)
may_view = permission_required("courses.view_certificate", raise_exception=True)


def course_choices() -> list[tuple[str, str]]:
    """(translation key, title) of every live course, in the reader's language where it exists."""
    pages = CoursePage.objects.live().select_related("locale").order_by("path")
    language = get_language() or ""
    titles: dict[str, str] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code != language):
        titles.setdefault(str(page.translation_key), page.title)
    return list(titles.items())


@may_issue
def bulk_issue(request: HttpRequest) -> HttpResponse:
    """Choose an award and learners; the next page says who qualifies."""
    form = BulkIssueForm(request.POST or None, courses=course_choices())
    if request.method == "POST" and form.is_valid():
        batch = batches.prepare_issue(
            award=form.cleaned_data["award"],
            users=form.users(),
            emails=form.cleaned_data["emails"],
            actor=request.user,
            now=timezone.now(),
        )
        return redirect(batch)
    status = 422 if form.is_bound else 200
    return render(request, "certificates/admin/bulk_issue.html", {"form": form}, status=status)


@may_view
def batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Before it begins: who is concerned, and the button. Afterwards: how far it is, refreshed by itself."""
    found = get_object_or_404(Batch.objects.select_related("award", "created_by"), uuid=uuid)
    if request.method == "POST":
        return _start(request, found)
    lines = found.lines.select_related("user", "certificate").order_by("pk")
    page = Paginator(lines, 100).get_page(request.GET.get("p"))
    context = {
        "batch": found,
        "page": page,
        "qualified": found.lines.filter(state="waiting", qualifies=True).count(),
        "unqualified": found.lines.filter(state="waiting", qualifies=False).count(),
        "archive": batches.archive_path(found.uuid).is_file() if found.kind == Batch.Kind.ARCHIVE else False,
    }
    response = render(request, "certificates/admin/batch.html", context)
    if found.started_at is not None and found.remaining:
        response["Refresh"] = "3"
    return response


def _start(request: HttpRequest, found: Batch) -> HttpResponse:
    needed = "courses.revoke_certificate" if found.kind == Batch.Kind.REVOKE else "courses.issue_certificate"
    if not request.user.has_perm(needed):
        raise Http404
    batches.start(batch=found, now=timezone.now(), everybody=request.POST.get("who") == "everybody")
    return redirect(found)


@may_view
@require_safe
def archive(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The ZIP, streamed from its file."""
    found = get_object_or_404(Batch, uuid=uuid, kind=Batch.Kind.ARCHIVE)
    path_of_it = batches.archive_path(found.uuid)
    if not path_of_it.is_file():
        raise Http404
    response = FileResponse(path_of_it.open("rb"), as_attachment=True, filename="certificates.zip")
    response["Cache-Control"] = "private, no-store"
    return response


@may_issue
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """The old name, the new one and the reason; yes, or no with an answer."""
    found = get_object_or_404(NameCorrection.objects.select_related("certificate__award", "certificate__user"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decide(request, found, form.cleaned_data):
        return redirect("wagtailsnippets_courses_namecorrection:list")
    context = {"form": form, "correction": found, "certificate": found.certificate}
    return render(request, "certificates/admin/correction.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, found: NameCorrection, data: dict[str, Any]) -> bool:
    now = timezone.now()
    if data["decision"] == "refuse":
        services.refuse_correction(correction=found, actor=request.user, answer=data["answer"], now=now)
        messages.success(request, gettext("The name stays as it is; the holder is told why."))
        return True
    try:
        corrected = services.approve_correction(correction=found, actor=request.user, now=now)
    except services.NotRenewableError:
        messages.error(request, gettext("This certificate was revoked meanwhile: there is nothing to issue anew."))
        return False
    messages.success(request, gettext("Issued anew as %(code)s.") % {"code": corrected.code})
    return True


@may_issue
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew by hand, for whoever has shown otherwise that the certificate is still deserved."""
    certificate = get_object_or_404(Certificate.objects.select_related("award", "user"), pk=pk)
    if request.method == "POST":
        try:
            renewed = services.renew(certificate=certificate, actor=request.user, now=timezone.now())
        except services.NotRenewableError:
            messages.error(request, gettext("This certificate no longer counts: it can not be renewed."))
        except services.AwardClosedError:
            messages.error(request, gettext("This award is not issued at present: nothing was renewed."))
        else:
            services.evaluate_awards(user_id=renewed.user_id or 0, now=timezone.now())
            messages.success(request, gettext("Renewed as %(code)s.") % {"code": renewed.code})
        return redirect("wagtailsnippets_courses_certificate:list")
    return render(request, "certificates/admin/renew.html", {"certificate": certificate})


@may_issue
@require_safe
def failure(request: HttpRequest, pk: int) -> HttpResponse:
    """What failed, with which arguments, and when it is tried again."""
    found = get_object_or_404(TaskFailure, pk=pk)
    return render(request, "certificates/admin/failure.html", {"failure": found})


@may_issue
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    background.retry(failure=get_object_or_404(TaskFailure, pk=pk), now=timezone.now())
    messages.success(request, gettext("Tried again: look below whether it went through."))
    return redirect("certificate_failure", pk=pk)


def urls() -> list[URLPattern]:
    return [
        path("certificates/issue/", bulk_issue, name="certificate_bulk_issue"),
        path("certificates/batch/<uuid:uuid>/", batch, name="certificate_batch"),
        path("certificates/batch/<uuid:uuid>/certificates.zip", archive, name="certificate_archive"),
        path("certificates/corrections/<int:pk>/", correction, name="certificate_correction"),
        path("certificates/<int:pk>/renew/", renew, name="certificate_renew"),
        path("certificates/failures/<int:pk>/", failure, name="certificate_failure"),
        path("certificates/failures/<int:pk>/retry/", retry, name="certificate_retry"),
    ]
