"""Settings of the workers a benchmark starts: those of the tests, with a real queue in the database that is named."""

import os

from academy.settings.environment import SQLITE_OPTIONS
from academy.settings.test import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["BENCH_DATABASE"],
        "OPTIONS": SQLITE_OPTIONS,
    }
}
CREDENTIAL_KEYS_DIR = os.environ["BENCH_KEYS"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
