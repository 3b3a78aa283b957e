"""The settings of the processes that measure: those of the tests, with the peer's tables and without shortcuts."""

from __future__ import annotations

from config.settings.base import SQLITE_OPTIONS
from config.settings.test import *
from config.settings.test import DATABASES, INSTALLED_APPS

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # As it is in production: every commit is on the disk before the payer hears of it.
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    INSTALLED_APPS = [*INSTALLED_APPS, "mptt", "hordak"]

DATABASES["default"]["CONN_MAX_AGE"] = None
