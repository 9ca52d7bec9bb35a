from django.urls import path

from courses.certification import views

app_name = "certificates"

urlpatterns = [
    path("", views.lookup, name="lookup"),
    path("file/", views.check_file, name="file"),
    path("mine/", views.wallet, name="wallet"),
    path("awards/<slug:slug>/", views.award, name="award"),
    path("<str:code>/", views.page, name="page"),
    path("<str:code>/picture.png", views.picture, name="picture"),
    path("<str:code>/card.png", views.card, name="card"),
    path("<str:code>/renewal/", views.renewal, name="renewal"),
    path("<str:code>/correction/", views.correction, name="correction"),
    path("<str:code>/visibility/", views.visibility, name="visibility"),
    path("<str:code>/download.<slug:form>", views.download, name="download"),
]
