"""Production settings. They refuse to start without a secret key; see the README for every variable."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from academy.settings.environment import (
    BASE_DIR,
    cache,
    choice,
    database,
    env,
    flag,
    hosts,
    mail_sender,
    mail_server,
    number,
    origin,
    origins,
)

DEBUG = False
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
MAINTENANCE_FILE = DATA_DIR / "maintenance"  # while it exists, visitors are answered 503
SECRET_KEY = env.str("SECRET_KEY")
SITE_URL = origin("SITE_URL", default="https://localhost")
HOST = urlsplit(SITE_URL).hostname or ""
ALLOWED_HOSTS = hosts("ALLOWED_HOSTS", default=HOST)
CSRF_TRUSTED_ORIGINS = origins("CSRF_TRUSTED_ORIGINS", default=SITE_URL)

INSTALLED_APPS = [
    "academy.accounts",
    "academy",
    "courses",
    "quizzes",
    "sandbox",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "academy.apps.UsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "academy.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "academy.middleware.PermissionsPolicyMiddleware",
    "academy.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "academy.maintenance.MaintenanceMiddleware",
    "academy.middleware.TimezoneMiddleware",
    "academy.middleware.AccountLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "academy.urls"
WSGI_APPLICATION = "academy.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "academy.context.site",
            ],
        },
    }
]
FORM_RENDERER = "academy.rendering.FormRenderer"

# --- data -----------------------------------------------------------------------------------------------------------
DATABASES = {"default": database(f"sqlite:///{DATA_DIR}/academy.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS += ["django.contrib.postgres"]  # lets Wagtail's search use PostgreSQL's own
CACHES = {"default": cache()}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

TASKS_BACKEND = choice("TASKS_BACKEND", ("immediate", "database"), default="immediate")
TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
            "database": "django_tasks_db.DatabaseBackend",
        }[TASKS_BACKEND]
    }
}

# --- accounts -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("dashboard")
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "academy.accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "academy.accounts.entrance.LoginForm",
    "signup": "academy.accounts.entrance.SignupForm",
    "add_email": "academy.accounts.entrance.AddEmailForm",
    "change_password": "academy.accounts.entrance.ChangePasswordForm",
    "reauthenticate": "academy.accounts.entrance.ReauthenticateForm",
    "reset_password": "academy.accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "academy.accounts.entrance.ResetPasswordKeyForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "academy.accounts.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a new password, address, second step: its owner is told
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_FORMS = {"add_webauthn": "academy.accounts.entrance.AddWebAuthnForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # the code before and the one after count too: people type slowly, phones' clocks drift
USERSESSIONS_TRACK_ACTIVITY = False

# --- languages ------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
# Ours first, then how we put the words of the account pages, which come from allauth.
LOCALE_PATHS = [BASE_DIR / "academy" / "locale", BASE_DIR / "academy" / "wording"]
USE_I18N = WAGTAIL_I18N_ENABLED = USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "academy.fonts.FontFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
CREDENTIAL_KEYS_DIR = Path(env.str("CREDENTIAL_KEYS_DIR", default=str(DATA_DIR / "keys")))
CREDENTIAL_KEYS_PASSWORD = env.str("CREDENTIAL_KEYS_PASSWORD", default="")
CREDENTIAL_AUTOGENERATE_KEYS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- mail -----------------------------------------------------------------------------------------------------------
vars().update(mail_server("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs must not hold a visitor
DEFAULT_FROM_EMAIL = SERVER_EMAIL = mail_sender("DEFAULT_FROM_EMAIL", default=f"academy@{HOST}")

# --- security -------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a scenario of a hundred comments is one form in the admin
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin previews pages in a frame of its own origin
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # for that same reason
# What no page of ours asks of a device, so that nothing on it ever can.
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), browsing-topics=()"
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's admin still writes inline scripts and styles; nothing from outside is let in there either.
ADMIN_CSP_UPDATE = {
    "script-src": ["'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
}

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "CM Academy"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.authoring.finishing.publish_approved"
WAGTAILADMIN_LOGIN_URL = reverse_lazy("admin_door")
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
# Passwords and addresses are changed on the account pages: with limits, a second step, and a letter to the owner.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "m4a", "mp3", "mp4", "odt", "ogg", "opus", "pdf", "pptx", "txt", "vtt", "webm", "xlsx", "zip",
]  # fmt: skip
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# "simple": PostgreSQL stems nothing by itself, in whatever language its server speaks; courses.words does, in the page's.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
TAGGIT_CASE_INSENSITIVE = True

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": choice("LOG_LEVEL", LOG_LEVELS, default="INFO")},
    # One line per indexed page says nothing to anybody; failures still come through.
    "loggers": {name: {"level": "WARNING"} for name in ("django_tasks", "wagtail", "fontTools")},
}
