"""Root addresses: language-neutral ones first, then one tree per language, Wagtail's pages last."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from academy import routing, views
from academy.accounts import closing
from academy.styleguide import styleguide
from courses import media
from courses.calendar import views as calendar

urlpatterns = [
    path("admin-door/", views.admin_door, name="admin_door"),
    path("admin/login/", views.admin_door),  # Wagtail's own login knows no second step and no limit of tries
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(?P<document_id>\d+)/(?P<filename>[^/]+)$", media.document),
    path("documents/", include(wagtaildocs_urls)),
    path("theme/", views.theme, name="theme"),
    path("", include("courses.certification.public_urls")),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    re_path(r"^media/(?P<path>images/[^/]+)$", media.image),
]

urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
    path("account/profile/", views.profile, name="profile"),
    path("account/data/", closing.data, name="data"),
    path("account/data/download/", closing.download, name="data_download"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("learn/", include("courses.urls")),
    path("quiz/", include("quizzes.urls")),
    path("sandbox/", include("sandbox.urls")),
    path("verify/", include("courses.certification.urls")),
    path("styleguide/", styleguide, name="styleguide"),
    re_path(r"^((?:[\w\-]+/)*)$", routing.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
