"""Which settings a command runs with: those that the server's own file names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.servers import KEY, LOG_KEY
from tests.databases import ROOT

# Processes with settings of their own: the database of the tests has no part in it.
pytestmark = pytest.mark.once

ASK = "from django.conf import settings as s; print(s.SETTINGS_MODULE, s.DEMO, s.DATABASES['default']['ENGINE'])"


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python here without any word about settings but these."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        cwd=ROOT,
        env={**kept, "ENV_FILE": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def server(tmp_path: Path) -> str:
    """The file of a server."""
    file = tmp_path / "env"
    file.write_text(
        f"DJANGO_SETTINGS_MODULE=config.settings.production\nSECRET_KEY={KEY}\nBIND=127.0.0.1:8765\n"
        f"ALLOWED_HOSTS=socialcoin.example.org\nDATABASE_URL=sqlite:///{tmp_path}/real.sqlite3\n"
        f"LOG_KEY={LOG_KEY}\n"
    )
    return str(file)


def settings_of_a_command(**environment: str) -> str:
    return run("manage.py", "shell", "--no-imports", "-c", ASK, **environment).stdout.split(" ")[0]


def test_a_command_on_a_server_runs_with_the_settings_that_its_file_names(server: str) -> None:
    assert settings_of_a_command(ENV_FILE=server) == "config.settings.production"


def test_a_half_filled_file_of_a_server_is_refused_and_not_taken_for_a_developers(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("DJANGO_SETTINGS_MODULE=config.settings.production\n")

    ran = run("manage.py", "check", ENV_FILE=str(tmp_path / "env"))

    assert ran.returncode == 1
    assert "SECRET_KEY is not set" in ran.stderr


def test_without_a_file_a_command_is_a_developers_and_no_demo() -> None:
    ran = run("manage.py", "shell", "--no-imports", "-c", ASK)

    assert ran.stdout == "config.settings.dev False core.sqlite\n"


def test_the_environment_goes_before_the_file(server: str) -> None:
    named = settings_of_a_command(ENV_FILE=server, DJANGO_SETTINGS_MODULE="config.settings.test")

    assert named == "config.settings.test"


@pytest.mark.parametrize("where", ["server", "developer"])
def test_the_demo_is_not_loaded_on_a_server_and_by_a_developer_only_when_it_is_asked_for(
    server: str, tmp_path: Path, where: str
) -> None:
    files = {"server": {"ENV_FILE": server}, "developer": {"DATABASE_URL": f"sqlite:///{tmp_path}/d.sqlite3"}}

    ran = run("manage.py", "load_demo", **files[where])

    assert ran.returncode == 1
    assert "load_demo is for demos only" in ran.stderr


def test_the_server_itself_reads_the_same_file(server: str) -> None:
    code = (
        "import runpy; made = runpy.run_path('gunicorn.conf.py'); import config.wsgi; "
        "from django.conf import settings; print(made['bind'], settings.SETTINGS_MODULE)"
    )

    assert run("-c", code, ENV_FILE=server).stdout == "127.0.0.1:8765 config.settings.production\n"
