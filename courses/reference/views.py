from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from courses.cards import course_cards, open_courses
from courses.delivery import can_author, learning_for
from courses.reference import collecting


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term of the language's courses, A to Z; open to all."""
    cards = course_cards(request)
    every = collecting.terms([card.outline for card in cards if card.outline], Locale.get_active())
    query = request.GET.get("q", "").strip()[:80]
    found = collecting.holding(every, query) if query else every
    context = {
        "query": query,
        "count": len(found),
        "letters": [("", found)] if query else collecting.by_letter(every),
        "alphabet": sorted({term.letter for term in every}),
    }
    return render(request, "courses/glossary.html", context)


@login_required
@require_safe
def remember(request: HttpRequest, course_key: UUID) -> HttpResponse:
    """What to remember of a course on one sheet, for those who take it."""
    locale = Locale.get_active()
    course = get_object_or_404(open_courses(request.user), translation_key=course_key, locale=locale)
    learning = learning_for(request, course)
    if learning is None:
        raise Http404
    if not learning.enrolled and not can_author(request.user):
        messages.info(request, _("Enrol in this course to open its sheet."))
        return redirect(course.get_url(request))
    context = {"page": course, "learning": learning, "modules": collecting.points(learning.course, locale)}
    return render(request, "courses/remember.html", context)
