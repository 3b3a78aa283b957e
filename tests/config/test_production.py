"""A server: it refuses to start half-set and says what is missing; what it starts with is safe."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from core.sealing.notes import Signer
from tests.config.servers import ENOUGH, KEY, LOG_KEY, python, run
from tests.databases import ROOT

# Processes with settings of their own: the database of the tests has no part in it.
pytestmark = pytest.mark.once


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in ENOUGH.items() if key != name}


@pytest.mark.parametrize("name", sorted(ENOUGH))
@pytest.mark.parametrize("empty", [False, True])
def test_it_does_not_start_without_what_it_needs_and_names_it(name: str, empty: bool) -> None:
    ran = run("check", **without(name), **({name: " "} if empty else {}))

    assert ran.returncode == 1
    assert f"{name} is not set: " in ran.stderr
    assert ran.stderr.strip().endswith("See .env.example.")


@pytest.mark.parametrize("key", ["short", "x" * 60, "django-insecure-" + KEY])
def test_it_does_not_start_with_a_key_that_can_be_guessed(key: str) -> None:
    ran = run("check", **{**ENOUGH, "SECRET_KEY": key})

    assert ran.returncode == 1
    assert "SECRET_KEY is too easy to guess" in ran.stderr
    assert key not in ran.stderr


@pytest.mark.parametrize("key", ["sealed", LOG_KEY[:-3], LOG_KEY.replace("example", "sample")])
@pytest.mark.parametrize("name", ["LOG_KEY", "LOG_FORMER_KEYS"])
def test_it_does_not_start_with_a_key_of_the_logs_that_is_none(name: str, key: str) -> None:
    ran = run("check", **{**ENOUGH, name: key})

    assert ran.returncode == 1
    assert "LOG_KEY or LOG_FORMER_KEYS: " in ran.stderr
    assert LOG_KEY[40:] not in ran.stderr


def test_checkpoints_of_a_server_are_signed_with_its_key_and_former_keys_stay_known() -> None:
    former = str(Signer("old.example.org/log", b"o" * 32).of_log("audit").verifier)
    ran = python(
        "from core.sealing.keys import origin_of, verifiers_of; print(origin_of('ledger'), *verifiers_of('audit'))",
        **ENOUGH,
        LOG_FORMER_KEYS=former,
    )

    now = str(Signer.parse(LOG_KEY).of_log("audit").verifier)
    assert ran.stdout == f"socialcoin.example.org/log/ledger {now} {former}\n"


def test_a_new_key_of_the_logs_starts_a_server() -> None:
    made = run("make_log_key", "example.org/log", settings="config.settings.test").stdout.splitlines()

    assert run("check", **{**ENOUGH, "LOG_KEY": made[1]}).returncode == 0
    signer = Signer.parse(made[1])
    assert made[4:] == [str(signer.of_log(log).verifier) for log in ("audit", "ledger")]


@pytest.mark.parametrize("name", ["https://example.org/log", "a b", "a+b", ""])
def test_a_key_of_the_logs_is_not_made_under_such_a_name(name: str) -> None:
    assert run("make_log_key", name, settings="config.settings.test").returncode == 1


def test_it_does_not_start_answering_to_every_name() -> None:
    ran = run("check", **{**ENOUGH, "ALLOWED_HOSTS": "socialcoin.example.org, *"})

    assert ran.returncode == 1
    assert "ALLOWED_HOSTS may not be *" in ran.stderr


@pytest.mark.parametrize("yes", ["1", "true"])
def test_it_does_not_start_as_a_demo(yes: str) -> None:
    ran = run("check", **ENOUGH, DEMO=yes)

    assert ran.returncode == 1
    assert "DEMO shows one-time codes on the page" in ran.stderr


def test_it_does_not_load_the_demo() -> None:
    ran = run("load_demo", **ENOUGH)

    assert ran.returncode != 0


def test_with_what_it_needs_django_finds_nothing_to_remark() -> None:
    ran = run("check", "--deploy", "--fail-level", "WARNING", **ENOUGH)

    assert (ran.returncode, ran.stdout) == (0, "System check identified no issues (0 silenced).\n"), (
        ran.stderr
    )


def test_the_environment_cannot_switch_debugging_on() -> None:
    ran = python(
        "from django.conf import settings; print(settings.DEBUG, settings.DEMO)", **ENOUGH, DEBUG="1"
    )

    assert ran.stdout == "False False\n"


def test_names_below_a_name_are_trusted_with_forms() -> None:
    hosts = "example.org, .example.nl"
    ran = python(
        "from django.conf import settings; print(settings.CSRF_TRUSTED_ORIGINS, settings.WAGTAILADMIN_BASE_URL)",
        **{**ENOUGH, "ALLOWED_HOSTS": hosts},
    )

    assert ran.stdout == "['https://example.org', 'https://*.example.nl'] https://example.org\n"


def test_settings_may_come_from_a_file_and_the_environment_goes_first(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text(
        f"SECRET_KEY={KEY}\nALLOWED_HOSTS=file.example.org\nDATABASE_URL=sqlite:///:memory:\nLOG_LEVEL=ERROR\n"
        f"LOG_KEY={LOG_KEY}\n"
    )
    ran = python(
        "from django.conf import settings; print(settings.ALLOWED_HOSTS, settings.LOGGING['root']['level'])",
        ENV_FILE=str(file),
        ALLOWED_HOSTS="environment.example.org",
    )

    assert ran.stdout == "['environment.example.org'] ERROR\n"


def test_the_tests_read_no_file_of_a_developer(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("DATABASE_URL=postgres://somebody@production.example.org/real\nDEMO=true\n")
    ran = run(
        "shell", "--no-imports", "-c", "from django.conf import settings as s; print(s.DATABASES['default']['ENGINE'])",
        settings="config.settings.test", ENV_FILE=str(file),
    )  # fmt: skip

    assert ran.stdout == "core.sqlite\n"


def test_a_line_in_the_log_is_one_line_of_json() -> None:
    ran = python("import logging; logging.getLogger('socialcoin').warning('Paid %s', 3)", **ENOUGH)

    line = json.loads(ran.stderr.splitlines()[-1])
    assert (line["event"], line["level"], line["logger"]) == ("Paid 3", "warning", "socialcoin")


def test_files_are_served_hashed_and_compressed(tmp_path: Path) -> None:
    ran = run("collectstatic", "--noinput", "-v0", **ENOUGH, STATIC_ROOT=str(tmp_path))
    assert ran.returncode == 0, ran.stderr

    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    tokens = names["css/tokens.css"]
    assert tokens != "css/tokens.css"
    assert (tmp_path / tokens).read_bytes() == (ROOT / "static" / "css" / "tokens.css").read_bytes()
    assert (tmp_path / f"{tokens}.gz").exists()


def test_every_setting_that_is_read_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text()

    assert sorted(name for name in settings_read() if f"\n# {name}=" not in example) == []


def settings_read() -> set[str]:
    files = [*(ROOT / "site" / "config").rglob("*.py"), ROOT / "gunicorn.conf.py"]
    found = re.compile(r"(?:env\.\w+|environ\.get|required)\(\s*\"([A-Z_]+)\"")
    return {name for file in files for name in found.findall(file.read_text())}
