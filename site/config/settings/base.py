"""What holds everywhere. No secret and no `DEBUG = True` lives here; the environment decides the rest.

Every variable that is read stands in `.env.example`.
"""

from __future__ import annotations

from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF

from config.environment import BASE_DIR, read_env_file

SITE_DIR = BASE_DIR / "site"
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
# What the environment itself says goes before what the file says. The tests and the demo read no file.
read_env_file()

DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    # Our own floors, from the top down.
    "home",
    "programme",
    "wallet",
    "marketplace",
    "neighbourhoods",
    "people",
    "ledger",
    "content",
    "core",
    # What editors use.
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "people.users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "modelcluster",
    # Signing in.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # Underneath.
    "csp",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "content.middleware.SiteCSP",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "content.middleware.SiteLocale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "people.middleware.StaffSecondFactor",
    "neighbourhoods.middleware.AdminDoor",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.frame",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------------------------

SQLITE_OPTIONS: dict[str, Any] = {
    # IMMEDIATE: a writer waits for its turn at the start instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # recursive_triggers closes the one hole in append-only tables: INSERT OR REPLACE deletes without a trigger.
    # synchronous=FULL: what was committed is on the disk. With NORMAL a power cut could take back the last payments,
    # which their payers had been told were made.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Read a database address; SQLite gets what it needs to be safe to write to at the same time."""
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["ENGINE"] = "core.sqlite"
        settings["OPTIONS"] = SQLITE_OPTIONS
    return settings


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whom accounts and audit lines belong to, by name: those floors do not know the one that holds persons.
LEDGER_HOLDER_MODEL = "people.Party"

# What founding a neighbourhood does, in this order, in one transaction. Each step is harmless when it is repeated.
FOUNDING_STEPS = [
    "neighbourhoods.founding.add_pages",
    "neighbourhoods.founding.add_collection",
    "neighbourhoods.founding.add_editors",
    "neighbourhoods.founding.add_workflow",
    "neighbourhoods.founding.add_money",
    "neighbourhoods.operations.categories.add_categories",
    "neighbourhoods.founding.add_decisions",
    "neighbourhoods.operations.election_page.add_election_pages",
    "neighbourhoods.operations.value_page.add_value_pages",
    "marketplace.founding.add_market",
    "marketplace.founding.add_activities",
]

# --- Languages and time -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [SITE_DIR / "locale"]
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- Files ------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # a long page in the editor has many fields

# --- Wagtail ----------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Socialcoin"
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "key", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"},
}
# The admin phones nobody: no update check, no pictures of editors from elsewhere.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://localhost:8000")

# --- Signing in -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "people.passwords.NotLikeYou"},
    {"NAME": "people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "people.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.entrance.PasswordLoginForm",
    "signup": "people.forms.entrance.SignupForm",
    "add_email": "people.forms.entrance.AddEmailForm",
    "change_email": "people.forms.entrance.ChangeEmailForm",
    "change_password": "people.forms.entrance.ChangePasswordForm",
    "set_password": "people.forms.entrance.SetPasswordForm",
    "reset_password": "people.forms.entrance.ResetPasswordForm",
    "reset_password_from_key": "people.forms.entrance.NewPasswordForm",
    "reauthenticate": "people.forms.entrance.PasswordAgainForm",
    "request_login_code": "people.forms.entrance.RequestCodeForm",
    "confirm_login_code": "people.forms.entrance.ConfirmLoginForm",
    "confirm_email_verification_code": "people.forms.entrance.ConfirmEmailForm",
    "confirm_password_reset_code": "people.forms.entrance.ConfirmResetForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# A mailed code is six digits, works once and for a quarter of an hour; after three wrong guesses it is void.
ALLAUTH_USER_CODE_FORMAT = {"length": 6, "numeric": True, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Ten requests of three guesses an hour: of a million codes that leaves guessing hopeless.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "signup": "10/m/ip,60/h/ip",
    "reset_password": "10/m/ip,3/m/key,10/h/key",
    "confirm_email": "1/10s/key,10/h/key",
}
MFA_FORMS = {
    "add_webauthn": "people.forms.entrance.PasskeyForm",
    "edit_webauthn": "people.forms.entrance.PasskeyNameForm",
    "authenticate": "people.forms.entrance.SecondStepForm",
    "reauthenticate": "people.forms.entrance.SecondStepAgainForm",
    "activate_totp": "people.forms.entrance.CodeAppForm",
}
MFA_ADAPTER = "people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Socialcoin"
MFA_TOTP_TOLERANCE = 1  # half a minute to either side, for clocks that run slow
USERSESSIONS_TRACK_ACTIVITY = False  # a write for each page that somebody opens is too dear
# Staff pass a second factor before the admin opens.
STAFF_SECOND_FACTOR = True

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Socialcoin <noreply@localhost>")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

# --- Safety -----------------------------------------------------------------------------------------------------

# Inline script and style run only with the nonce of that answer; the admin alone is laxer (content.middleware).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"  # Wagtail itself lets the admin frame its previews
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "home.errors.csrf_failure"

# The key that the checkpoints of the sealed logs are signed with, and those of former keys (docs/proof.md).
LOG_KEY = env.str("LOG_KEY", default="")
LOG_FORMER_KEYS: list[str] = env.list("LOG_FORMER_KEYS", default=[])

# --- Work in the background -------------------------------------------------------------------------------------

TASKS: dict[str, Any] = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Whether a sealer is expected to run beside this site: then /healthz says when it is late.
LOGS_ARE_SEALED = False

# Shows codes that would be mailed on the page itself. Demo only; production refuses to start with it.
DEMO = False
