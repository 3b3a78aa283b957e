"""The harness itself: what is counted, what runs where, and that no test sees another's leavings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, Page

from core.models import AuditEntry
from people.models import Party, PartyKind
from tests.core.conftest import NOW
from tests.databases import ROOT, databases_at
from tests.plugins.browser import Site
from tests.plugins.data import RealCommits
from tests.run import Counts


@pytest.mark.parametrize("time", [1, 2])
def test_nothing_is_left_in_cache_mailbox_and_language(time: int) -> None:
    assert (cache.get("left"), mail.outbox, translation.get_language()) == (None, [], "en")

    cache.set("left", "behind")
    mail.outbox.append(mail.EmailMessage())
    translation.activate("nl")


@pytest.mark.parametrize("time", [1, 2])
def test_what_is_committed_for_real_is_gone_in_the_next_test(real_commits: RealCommits, time: int) -> None:
    assert Party.objects.count() == 0

    Party.objects.create(kind=PartyKind.COMPANY, created_at=NOW)


def test_another_process_works_on_the_same_database(real_commits: RealCommits) -> None:
    party = Party.objects.create(kind=PartyKind.COMPANY, created_at=NOW)

    process = real_commits.python(
        "-c",
        "import django; django.setup(); from people.models import Party; print(*Party.objects.values_list('pk'))",
    )

    assert process.communicate()[0] == f"({party.pk},)\n"


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for_and_on_a_copy() -> None:
    here = databases_at(os.environ.get("DATABASE_URL", "sqlite://"))

    assert connection.vendor == here.vendor
    assert "cop" in str(connection.settings_dict["NAME"])
    assert AuditEntry.objects.count() == 0


def test_a_pass_that_never_ended_has_failed(tmp_path: Path) -> None:
    assert Counts.read(tmp_path / "nothing") == Counts(failed=1)


def test_errors_count_as_failures_and_expected_failures_as_skipped(tmp_path: Path) -> None:
    counts = tmp_path / "counts"
    counts.write_text('{"passed": 7, "failed": 1, "error": 2, "skipped": 3, "xfailed": 4, "xpassed": 5}')

    assert str(Counts.read(counts)) == "7 passed, 8 failed, 7 skipped"


@pytest.mark.parametrize(
    ("counts", "green"),
    [
        (Counts(passed=3), True),
        (Counts(), False),
        (Counts(passed=3, failed=1), False),
        (Counts(passed=3, skipped=1), False),
    ],
)
def test_green_is_something_passed_and_nothing_else(counts: Counts, green: bool) -> None:
    assert counts.is_green is green


SUITE = """
import pytest
def test_both(): pass
@pytest.mark.once("sqlite")
def test_sqlite(): pass
@pytest.mark.once("postgres")
def test_postgres(): pass
@pytest.mark.once
def test_browser(): pass
"""


@pytest.mark.parametrize(
    ("url", "part", "chosen"),
    [
        ("sqlite://", "both", ["test_both"]),
        ("sqlite://", "once", ["test_sqlite", "test_browser"]),
        ("postgres:///nowhere", "both", ["test_both"]),
        ("postgres:///nowhere", "once", ["test_postgres"]),
    ],
)
def test_each_test_has_its_pass_and_its_database(
    tmp_path: Path, url: str, part: str, chosen: list[str]
) -> None:
    (tmp_path / "test_suite.py").write_text(SUITE)
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-p", "tests.plugins.parts", "-c", str(ROOT / "pyproject.toml"),
            "--rootdir", str(tmp_path), "-p", "no:django", "-o", "markers=once", "-o", "addopts=",
            "-o", "DJANGO_SETTINGS_MODULE=", "-W", "ignore", "--collect-only", "-q", "--part", part, str(tmp_path),
        ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip

    assert [line.rpartition("::")[2] for line in ran.stdout.splitlines() if "::" in line] == chosen, (
        ran.stdout
    )


@pytest.mark.once
def test_a_browser_finds_the_site_with_its_style(live_site: Site, browser_page: Page) -> None:
    browser_page.goto(live_site + "/en/account/login/")

    assert browser_page.locator("h1").count() == 1
    assert browser_page.evaluate("getComputedStyle(document.body).fontFamily") != ""
    assert browser_page.evaluate("document.styleSheets.length") > 1


@pytest.mark.once
def test_what_a_page_may_not_do_is_heard(live_site: Site, browser: Browser) -> None:
    """As `open_page` hears it: a style within the page is against the security policy."""
    page, heard = browser.new_page(), []
    page.on("console", lambda message: heard.append(message.type))
    page.goto(live_site + "/en/account/login/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")

    page.close()
    assert "error" in heard
