"""A course as one archive, down and up, in the admin. What comes up is looked at first and loaded only when confirmed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy import archive_store
from academy.curriculum import Curriculum, page_key
from academy.curriculum_archive import opened, pack
from academy.curriculum_export import course_stems, export, with_layouts
from academy.curriculum_files import files_of
from academy.curriculum_loading import load
from academy.curriculum_reading import read_curriculum
from courses.authoring.signing import marked_courses
from courses.certification import ratelimit
from courses.formats.errors import FileError
from courses.loading import CREATED, KEPT, UNCHANGED, UPDATED, Report
from courses.models import CataloguePage

UPLOADS, WINDOW = 10, 600  # so many in so many seconds
SESSION = "curriculum_archive"
NEEDED = (
    "quizzes.add_quiz",
    "quizzes.change_quiz",
    "sandbox.add_scenario",
    "sandbox.change_scenario",
    "courses.change_award",
)
OUTCOMES = {
    CREATED: gettext_lazy("New"),
    UPDATED: gettext_lazy("Changed"),
    KEPT: gettext_lazy("Kept as it is: changed in the admin"),
    UNCHANGED: gettext_lazy("The same"),
}


class UploadForm(forms.Form):
    archive = forms.FileField(
        label=gettext_lazy("Archive"),
        help_text=gettext_lazy("A zip file of at most 50 MB, as downloaded here or written by export_curriculum."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )


def may_load(user: Any) -> bool:
    """A load writes pages, quizzes, scenarios and awards, and publishes them: only who may do all that by hand may load."""
    if not user.has_perms(NEEDED):
        return False
    catalogues = list(CataloguePage.objects.all())
    return bool(catalogues) and all(page.permissions_for_user(user).can_publish_subpage() for page in catalogues)


def for_loaders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_load(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_loaders
def download(request: HttpRequest, stem: str) -> HttpResponse:
    """What is published of one course, as one archive."""
    try:
        curriculum = export([stem])
    except LookupError as error:
        raise Http404 from error
    response = HttpResponse(pack(files_of(curriculum)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{stem}.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_loaders
def archive(request: HttpRequest) -> HttpResponse:
    """The courses to take away, and the form to bring one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if ratelimit.count(request, "archive", WINDOW) > UPLOADS:
            form.add_error("archive", _("Too many archives in a short while. Try again in ten minutes."))
            return _archive_page(request, form, status=429)
        try:
            _forget(request)
            request.session[SESSION] = archive_store.keep(form.cleaned_data["archive"])
            return redirect("curriculum_archive_check")
        except archive_store.TooLargeError:
            form.add_error("archive", _("The archive is larger than 50 MB."))
    return _archive_page(request, form, status=422 if form.errors else 200)


def _archive_page(request: HttpRequest, form: UploadForm, status: int) -> HttpResponse:
    context = {"form": form, "courses": course_stems(), "with_layouts": with_layouts()}
    return render(request, "academy/admin/archive.html", context, status=status)


@require_safe
@for_loaders
def check(request: HttpRequest) -> HttpResponse:
    """What the load would do, or the file, line and reason of what is wrong. Nothing is written."""
    force = request.GET.get("force") == "1"
    try:
        report = _run(request, force=force, dry_run=True)
    except FileError as error:
        _forget(request)
        return render(request, "academy/admin/archive_wrong.html", {"error": error}, status=422)
    except LookupError:
        return _gone(request)
    context = {"force": force, "groups": _groups(report), "changes": _changes(report), "kept": report.count(KEPT)}
    return render(request, "academy/admin/archive_check.html", context)


@require_POST
@for_loaders
def apply(request: HttpRequest) -> HttpResponse:
    """Load the archive that was looked at. It is taken first: a second click finds nothing to load."""
    try:
        report = _run(request, force=request.POST.get("force") == "1", dry_run=False)
    except FileError as error:
        return render(request, "academy/admin/archive_wrong.html", {"error": error}, status=422)
    except LookupError:
        return _gone(request)
    finally:
        _forget(request)
    done = {"new": report.count(CREATED), "changed": report.count(UPDATED)}
    messages.success(request, _("Loaded: %(new)s new, %(changed)s changed.") % done)
    return redirect("curriculum_archive")


def _run(request: HttpRequest, *, force: bool, dry_run: bool) -> Report:
    path = archive_store.path_of(request.session.get(SESSION, ""))
    if not path.exists():
        raise LookupError
    with opened(path) as folder:
        curriculum = read_curriculum(folder)
        if not request.user.is_superuser:
            _refuse_marked(curriculum)
        return load(curriculum, force=force, dry_run=dry_run)


def _refuse_marked(curriculum: Curriculum) -> None:
    """A load publishes: a course with pages that need a sign-off goes through its workflow, page by page."""
    keys = {page_key(course.texts, course.stem): course.stem for course in curriculum.courses}
    for key in marked_courses(keys):
        raise FileError(keys[key], 0, _("this course has pages that need the legal or ethics sign-off"))


def _groups(report: Report) -> list[tuple[Any, list[str]]]:
    return [
        (label, [thing for done, thing in report.lines if done == outcome])
        for outcome, label in OUTCOMES.items()
        if report.count(outcome)
    ]


def _changes(report: Report) -> int:
    return report.count(CREATED) + report.count(UPDATED)


def _forget(request: HttpRequest) -> None:
    if token := request.session.pop(SESSION, ""):
        archive_store.forget(token)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("The archive is no longer here. Choose it again."))
    return redirect("curriculum_archive")
