from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courses.cards import course_cards
from courses.delivery import Learning, learning_for, may_open
from courses.models import LessonPage, Note
from courses.notes import services
from courses.notes.forms import BookmarkForm, HighlightForm, NoteForm, NotesForm
from courses.notes.highlights import Passage, TooManyError, highlight, unhighlight
from courses.notes.reading import all_kept, as_csv, as_markdown, asked_notes, kept

PER_PAGE = 25


def _open_lesson(request: HttpRequest, page_id: int) -> tuple[LessonPage, Learning]:
    lesson = get_object_or_404(LessonPage.objects.live(), pk=page_id)
    learning = learning_for(request, lesson)
    if learning is None or not may_open(lesson, learning, request.user):
        raise Http404
    return lesson, learning


@login_required
@require_POST
def write_note(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep the note; a script is told the new version, a form is led back to the lesson."""
    lesson, learning = _open_lesson(request, page_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _refused(request, lesson, form, status=422)
    try:
        note = services.write_note(
            user=request.user,
            course_key=learning.course.key,
            activity_key=lesson.translation_key,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except services.StaleNoteError as error:
        return _refused(request, lesson, form, status=409, other=error.note)
    if request.accepts("text/html"):
        return redirect(f"{lesson.get_url(request)}#note")
    return JsonResponse({"version": note.version})


def _refused(
    request: HttpRequest, lesson: LessonPage, form: NoteForm, *, status: int, other: Note | None = None
) -> HttpResponse:
    """Say why the note was not kept, and give the text back: nothing written is lost."""
    if not request.accepts("text/html"):
        return JsonResponse({"version": other.version, "text": other.text} if other else form.errors, status=status)
    data = {**form.data.dict(), "version": other.version} if other else form.data  # type: ignore[attr-defined]
    again = NoteForm(data)
    return render(request, "courses/note_refused.html", {"page": lesson, "form": again, "other": other}, status=status)


@login_required
@require_POST
def bookmark(request: HttpRequest, page_id: int) -> HttpResponse:
    lesson, learning = _open_lesson(request, page_id)
    form = BookmarkForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    services.set_bookmark(
        user=request.user,
        course_key=learning.course.key,
        activity_key=lesson.translation_key,
        on=form.cleaned_data["on"],
        now=timezone.now(),
    )
    if request.headers.get("HX-Request"):
        return render(request, "courses/_bookmark.html", {"page": lesson, "on": form.cleaned_data["on"]})
    return redirect(lesson.get_url(request))


@login_required
@require_POST
def write_highlight(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep a passage a script has read from the reader's selection; the list of passages is the answer."""
    lesson, learning = _open_lesson(request, page_id)
    form = HighlightForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    said = form.cleaned_data
    passage = Passage(lesson.locale.language_code, said["quote"], said["before"], said["after"])
    keys = {"course_key": learning.course.key, "activity_key": lesson.translation_key}
    try:
        note = highlight(user=request.user, passage=passage, now=timezone.now(), **keys)
    except TooManyError:
        return HttpResponse(status=409)
    return _passages_of(request, lesson, note)


def _passages_of(request: HttpRequest, lesson: LessonPage, note: Note) -> HttpResponse:
    context = {"page": lesson, "note": note, "language": lesson.locale.language_code}
    return render(request, "courses/_highlights.html", context)


@login_required
@require_POST
def delete_highlight(request: HttpRequest, note_id: int, mark_id: str) -> HttpResponse:
    """Take a passage away, from the margin of its lesson or from the page of notes."""
    note = get_object_or_404(Note.objects.of(request.user), pk=note_id)
    unhighlight(note=note, mark_id=mark_id)
    page_id = request.POST.get("lesson", "")
    lesson = (
        LessonPage.objects.live().filter(pk=page_id, translation_key=note.activity_key).first()
        if page_id.isdigit()
        else None
    )
    if lesson is None:
        return redirect("courses:notes")
    if request.headers.get("HX-Request"):
        note.refresh_from_db()
        return _passages_of(request, lesson, note)
    return redirect(f"{lesson.get_url(request)}#highlights")


@login_required
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """One's notes and bookmarks, searched and filtered."""
    cards = course_cards(request)
    form = _notes_form(request, cards)
    page = Paginator(asked_notes(request, form.cleaned_data), PER_PAGE).get_page(request.GET.get("page"))
    bookmarks = Note.objects.of(request.user).bookmarked()[:PER_PAGE]
    context = {
        "form": form,
        "page": page,
        "rows": kept(page, cards),
        "bookmarks": kept(bookmarks, cards),
        "asked": any(form.cleaned_data.values()),
    }
    return render(request, "courses/notes.html", context)


def _notes_form(request: HttpRequest, cards: Any) -> NotesForm:
    form = NotesForm(request.GET, courses=[(str(card.page.translation_key), card.page.title) for card in cards])
    form.is_valid()  # a course that does not exist is left aside and says so
    return form


@login_required
@require_safe
def export_notes(request: HttpRequest, kind: str) -> HttpResponse:
    """Every note one has asked for, as a file."""
    form = _notes_form(request, course_cards(request))
    rows = all_kept(request, form.cleaned_data)
    text, media = (as_csv(rows), "text/csv") if kind == "csv" else (as_markdown(rows), "text/markdown")
    response = HttpResponse(text, content_type=f"{media}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notes.{kind}"'
    return response


@login_required
def delete_note(request: HttpRequest, note_id: int) -> HttpResponse:
    """Ask, then take the text away; a bookmark on the lesson stays."""
    note = get_object_or_404(Note.objects.of(request.user).written(), pk=note_id)
    if request.method != "POST":
        return render(request, "courses/note_delete.html", {"row": kept([note], course_cards(request))[0]})
    services.write_note(
        user=request.user, course_key=note.course_key, activity_key=note.activity_key, text="", version=note.version,
        now=timezone.now(),
    )  # fmt: skip
    return redirect("courses:notes")
