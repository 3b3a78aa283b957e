"""A server. Refuses to start, with the name of what is missing, rather than run half-set."""

from __future__ import annotations

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.logging import CHAIN, RENDER
from config.settings.base import *
from config.settings.base import LOG_FORMER_KEYS, database, env
from core.sealing.notes import Signer, Verifier, WrongKey


def required(name: str, why: str) -> str:
    """Give a setting that has no safe default.

    :raises ImproperlyConfigured: naming the variable and what it is for.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}. See .env.example.")
    return value


SECRET_KEY = required("SECRET_KEY", "it signs sessions and codes; make one of 50 random characters")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured("SECRET_KEY is too easy to guess: use at least 50 random characters.")
ALLOWED_HOSTS = [
    host.strip()
    for host in required("ALLOWED_HOSTS", "the names this site answers to, with commas").split(",")
]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not be *: name the hosts that this site answers to.")
DATABASES = {"default": database(required("DATABASE_URL", "where the data is, for example postgres://…"))}
# Opening a connection takes longer than most pages ask of it. One that broke meanwhile is opened anew.
DATABASES["default"] |= {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True}
LOG_KEY = required("LOG_KEY", "it signs the checkpoints of the logs; manage.py make_log_key makes one")
try:
    Signer.parse(LOG_KEY)
    for text in LOG_FORMER_KEYS:
        Verifier.parse(text)
except WrongKey as error:
    raise ImproperlyConfigured(f"LOG_KEY or LOG_FORMER_KEYS: {error}") from None
LOGS_ARE_SEALED = True
if env.bool("DEMO", default=False):
    raise ImproperlyConfigured("DEMO shows one-time codes on the page and may not be set in production.")

WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
# A host with a point before it stands for all names below it.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the load balancer asks over plain http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies stand in front: attempts are counted per visitor, and this says whose address that is.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_CONFIG: dict[str, Any] = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)

# Attempts are counted in the cache, so that all processes must share it.
CACHES = {"default": env.cache_url("CACHE_URL", default="dbcache://django_cache")}
if CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
    # Past so many entries it throws out a third, counts of attempts among them. Django's own 300 are soon reached.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": RENDER,
            "foreign_pre_chain": CHAIN,
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
