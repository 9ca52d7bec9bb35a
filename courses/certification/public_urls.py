"""Language-neutral addresses, printed in certificates and written into credentials: they never change."""

from django.urls import path

from courses.certification import public_views as views

urlpatterns = [
    path(".well-known/did.json", views.did_document, name="did_document"),
    path("credentials/<uuid:uuid>.json", views.credential_json, name="credential_json"),
    path("credentials/<uuid:uuid>.jwt", views.credential_jwt, name="credential_jwt"),
    path("credentials/status/<int:number>.json", views.status_list, name="credentials_status"),
    path("credentials/check/<str:code>.json", views.check, name="credential_check"),
    path("credentials/awards/<slug:slug>.png", views.award_picture, name="award_picture"),
    path("c/<str:code>", views.short_link, name="certificate_short"),
]
