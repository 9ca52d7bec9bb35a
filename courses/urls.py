from django.urls import path

from courses import views
from courses.calendar import views as calendar
from courses.notes import views as notes
from courses.reference import views as reference

app_name = "courses"

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("<uuid:course_key>/enrol/", views.enrol, name="enrol"),
    path("<uuid:course_key>/leave/", views.leave, name="leave"),
    path("lesson/<int:page_id>/done/", views.complete_lesson, name="complete_lesson"),
    path("lesson/<int:page_id>/answer/<slug:block_key>/", views.answer_block, name="answer_block"),
    path("activity/<uuid:activity_key>/place/", views.remember_place, name="remember_place"),
    path("lesson/<int:page_id>/note/", notes.write_note, name="write_note"),
    path("lesson/<int:page_id>/highlight/", notes.write_highlight, name="write_highlight"),
    path("notes/<int:note_id>/highlight/<slug:mark_id>/delete/", notes.delete_highlight, name="delete_highlight"),
    path("lesson/<int:page_id>/bookmark/", notes.bookmark, name="bookmark"),
    path("notes/", notes.notes, name="notes"),
    path("notes/<int:note_id>/delete/", notes.delete_note, name="delete_note"),
    path("notes/export.md", notes.export_notes, {"kind": "md"}, name="export_notes_md"),
    path("notes/export.csv", notes.export_notes, {"kind": "csv"}, name="export_notes_csv"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/renew/", calendar.renew, name="renew_calendar"),
    path("calendar/revoke/", calendar.revoke, name="revoke_calendar"),
    path("glossary/", reference.glossary, name="glossary"),
    path("<uuid:course_key>/remember/", reference.remember, name="remember"),
]
