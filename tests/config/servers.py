"""Settings as another process sees them: what a server starts with is decided before a test could change it."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.databases import ROOT

KEY = "for-these-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"
LOG_KEY = "PRIVATE+KEY+socialcoin.example.org/log+564302ba+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
ENOUGH = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "socialcoin.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
    "LOG_KEY": LOG_KEY,
}


def run(
    *words: str, settings: str = "config.settings.production", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a management command with this environment and nothing else."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *words],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": settings, "ENV_FILE": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run some Python with the settings of a server and Django ready."""
    return run("shell", "--no-imports", "-c", code, **environment)
