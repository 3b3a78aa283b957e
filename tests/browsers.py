"""Finding a browser: an installed Chromium, or the one that Playwright fetches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "There is no Chromium here and Playwright could not fetch one. Install it with: apt-get install chromium\n"
    "Or say where it is: CHROMIUM=/path/to/chromium"
)


class NoBrowser(RuntimeError):
    """Neither an installed Chromium nor one that Playwright could fetch."""


def installed_chromium() -> str | None:
    """What CHROMIUM names, or the first one on the path."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def fetched_chromium() -> str | None:
    """The one that Playwright fetched before, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_chromium() -> str:
    """Where the browser is.

    :raises NoBrowser: with the name of the package to install.
    """
    found = installed_chromium() or fetched_chromium()
    if not found:
        raise NoBrowser(MISSING)
    return found


def make_sure_of_chromium() -> str:
    """Find a browser, and have Playwright fetch one when there is none.

    :raises NoBrowser: with the name of the package to install.
    """
    try:
        return find_chromium()
    except NoBrowser:
        fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
        if subprocess.run(fetch, check=False, capture_output=True, timeout=600).returncode:
            raise
        return find_chromium()
