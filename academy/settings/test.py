"""Tests: the same settings as production, with fast hashing, mail in memory and files in a temporary folder."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("DATA_DIR", str(Path(tempfile.gettempdir()) / f"cm-academy-tests-{os.getuid()}"))

from academy.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "CACHE_URL" in os.environ:
    # One numbered store per parallel worker: each test clears its own.
    store = 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{os.environ['CACHE_URL'].rsplit('/', 1)[0]}/{store}"  # noqa: F405
SESSION_ENGINE = "django.contrib.sessions.backends.db"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
CREDENTIAL_AUTOGENERATE_KEYS = True
ACCOUNT_RATE_LIMITS = False  # tests log in far more often than people do
LOGGING = {"version": 1, "disable_existing_loggers": False}
