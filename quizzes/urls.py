from django.urls import path

from quizzes import answer_views, end_views, mistake_views, save_views, start_views, views

app_name = "quizzes"

urlpatterns = [
    path("mistakes/", mistake_views.mistakes, name="mistakes"),
    path("mistakes/practise/", mistake_views.practise, name="practise"),
    path("start/<int:page_id>/", start_views.start, name="start"),
    path("<uuid:key>/", views.attempt, name="attempt"),
    path("<uuid:key>/<int:number>/", views.attempt, name="question"),
    path("picture/<str:token>/", answer_views.picture, name="picture"),
    path("<uuid:key>/<int:number>/file/", answer_views.upload, name="upload"),
    path("<uuid:key>/<int:number>/file/<uuid:file_key>/", answer_views.file, name="file"),
    path("<uuid:key>/save/", save_views.save, name="save"),
    path("<uuid:key>/watch/", save_views.watch, name="watch"),
    path("<uuid:key>/finish/", end_views.finish, name="finish"),
    path("<uuid:key>/review/", end_views.review, name="review"),
]
