"""Copying a module from its page in the admin."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.authoring.copying import copy_module, twins
from courses.models import CoursePage, ModulePage


class CopyForm(forms.Form):
    course: Any = forms.ModelChoiceField(CoursePage.objects.none(), label=gettext_lazy("Into the course"))

    def __init__(self, *args: Any, courses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]


def open_to(user: Any, module: ModulePage) -> Any:
    """Return the courses, in the module's language, in which `user` may put a copy of it in every language."""
    sources = twins(module).values()
    if not all(page.permissions_for_user(user).can_edit() for page in sources):
        return CoursePage.objects.none()
    own = CoursePage.objects.filter(locale=module.locale)
    fit = [c.pk for c in own if all(t.permissions_for_user(user).can_add_subpage() for t in twins(c).values())]
    return own.filter(pk__in=fit)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose a course; the copy lies there as drafts, with a quiz and a scenario of its own."""
    module: Any = get_object_or_404(ModulePage.objects.select_related("locale"), pk=page_id)
    courses = open_to(request.user, module)
    if not courses or not request.user.has_perms(["quizzes.add_quiz", "sandbox.add_scenario"]):
        raise Http404
    here = module.get_parent().pk
    form = CopyForm(request.POST or None, courses=courses, initial={"course": here})
    if request.method == "POST" and form.is_valid():
        made = copy_module(module=module, course=form.cleaned_data["course"], user=request.user)
        messages.success(request, _("“%(title)s” is copied, as drafts.") % {"title": module.title})
        return redirect("wagtailadmin_explore", made.pk)
    return render(request, "courses/admin/copy_module.html", {"form": form, "module": module})
