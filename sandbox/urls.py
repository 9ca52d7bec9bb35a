from django.urls import path

from sandbox import taste
from sandbox.views import aftermath, bulk, debrief, desk, poll, replies, scenario

app_name = "sandbox"

urlpatterns = [
    path("tutorial/", scenario.tutorial, name="tutorial"),
    path("taste/", taste.answer, name="taste"),
    path("start/<uuid:activity_key>/", scenario.start, name="start"),
    path("<uuid:key>/", desk.desk, name="desk"),
    path("<uuid:key>/act/", desk.act, name="act"),
    path("<uuid:key>/bulk/", bulk.act_on_several, name="bulk"),
    path("<uuid:key>/poll/", poll.poll, name="poll"),
    path("<uuid:key>/clock/", desk.set_clock, name="clock"),
    path("<uuid:key>/debrief/", debrief.debrief, name="debrief"),
    path("<uuid:key>/debrief/comments.csv", aftermath.as_table, name="debrief_csv"),
    path("<uuid:key>/debrief/debrief.pdf", aftermath.as_document, name="debrief_pdf"),
    path("<uuid:key>/debrief/again/<str:comment>/", aftermath.otherwise, name="otherwise"),
    path("<uuid:key>/debrief/reply/<uuid:act_key>/", replies.reply, name="reply"),
    path("<uuid:key>/note/", aftermath.write_note, name="note"),
    path("<uuid:key>/write/", debrief.write, name="write"),
]
