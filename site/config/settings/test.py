"""The test suite. `DATABASE_URL` chooses the database; tests/conftest.py gives each worker a copy of its own."""

from __future__ import annotations

import os

# A developer's .env decides nothing here, least of all which database is written to.
os.environ["ENV_FILE"] = ""

from config.settings.base import *
from config.settings.base import SQLITE_OPTIONS, STORAGES, VAR_DIR, database, env

SECRET_KEY = "for-tests-" + "t" * 50
ALLOWED_HOSTS = ["testserver", "localhost"]
DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'test' / 'suite.sqlite3'}"))
}

if DATABASES["default"]["ENGINE"] == "core.sqlite":
    # No test has to outlive a power cut: nobody waits for the disk.
    quick = f"{SQLITE_OPTIONS['init_command']}; PRAGMA synchronous=OFF"
    DATABASES["default"]["OPTIONS"] = {**SQLITE_OPTIONS, "init_command": quick}

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Else WhiteNoise's "No directory" warning, an error here, fails every view test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Each test gets a folder of its own; this is for the demo that a walk is given.
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "test" / "media"))
DEMO = env.bool("DEMO", default=False)
