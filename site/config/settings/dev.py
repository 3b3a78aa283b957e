"""A developer's machine, and `make demo`: SQLite under var/, mail on the console, nothing to set."""

from __future__ import annotations

from config.settings.base import *
from config.settings.base import STORAGES, VAR_DIR, database, env

DEBUG = env.bool("DEBUG", default=True)
# A key that guards nothing: this settings file serves a machine that only its owner reaches.
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-the-demo-" + "x" * 32)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'socialcoin.sqlite3'}"))
}

EMAIL_BACKEND = "people.mail.ConsoleAndPageBackend"
# Only `make demo` and `make run` say so: with the address of a real database a command would show its codes.
DEMO = env.bool("DEMO", default=False)

# Passkeys are made for a name; localhost is the one name that browsers trust without https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

if DEBUG:
    STORAGES = {
        **STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
