"""The academy's addresses, and beside them the same lesson served the plain Wagtail way: the baseline."""

from django.urls import path
from wagtail import views

from academy.urls import urlpatterns as academy_urlpatterns
from courses.models import LessonPage


def bare(request, page_id):
    """Wagtail's own routing and a template with the lesson's blocks and nothing else."""
    from django.shortcuts import render

    request.user.pk  # noqa: B018 (a logged-in reader: session and user are read, as on any page)
    address = LessonPage.objects.only("url_path").get(pk=page_id).url_path
    route = LessonPage.route_for_request(request, address.split("/", 2)[2])
    views.hooks.get_hooks("before_serve_page")
    return render(request, "bare_lesson.html", {"page": route[0]})


urlpatterns = [path("bare/<int:page_id>/", bare), *academy_urlpatterns]
