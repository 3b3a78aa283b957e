"""A real browser against a real server, for walks (mark them `once`)."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from tests.browsers import find_chromium
from tests.databases import STORE, Databases, databases_at, locked, manage
from tests.plugins.addresses import database_url
from tests.plugins.data import RealCommits, _own_copy

# A page that is asked for with a wrong address is written to the console too; that is no mistake of the page.
EXPECTED = "Failed to load resource: the server responded with a status of 4"

RUN = "SOCIALCOIN_TEST_RUN"


@dataclass(frozen=True)
class Site:
    """A running site and its own database."""

    url: str
    commits: RealCommits

    def __str__(self) -> str:
        return self.url

    def __add__(self, path: str) -> str:
        return self.url + path


def _serve(commits: RealCommits) -> Iterator[Site]:
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield Site(url=f"http://localhost:{thread.port}", commits=commits)
    finally:
        thread.terminate()


def _as_a_demo(settings: Settings) -> None:
    """Codes that would be mailed stand on the page, so that a walk can read them as a visitor does."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "people.mail.ConsoleAndPageBackend"


@pytest.fixture
def live_site(real_commits: RealCommits, settings: Settings) -> Iterator[Site]:
    """The site on http://localhost with an empty database: what the test makes, it shows."""
    _as_a_demo(settings)
    yield from _serve(real_commits)


def _demo_of_this_run() -> tuple[Path, Path]:
    """Where the address of the demo's database is noted, and where its uploads are."""
    run = os.environ[RUN]
    return STORE / f"demo-{run}", STORE / f"demo-{run}-media"


@pytest.fixture(scope="session")
def demo(databases: Databases, migrated: str) -> tuple[str, Path]:
    """The address of a database with the demo in it, and its uploads. Loaded once in a run, whatever the workers."""
    note, uploads = _demo_of_this_run()
    with locked("demo"):
        if not note.exists():
            url = databases.copy(migrated)
            manage(url, "load_demo", DEMO="true", MEDIA_ROOT=str(uploads))
            note.write_text(url)
    return note.read_text(), uploads


@pytest.fixture
def demo_site(
    request: pytest.FixtureRequest,
    databases: Databases,
    demo: tuple[str, Path],
    django_db_blocker: DjangoDbBlocker,
    settings: Settings,
) -> Iterator[Site]:
    """The site with the demo in it, on a copy of its own: a walk may change what it likes."""
    _as_a_demo(settings)
    settings.MEDIA_ROOT = demo[1]
    for commits in _own_copy(request, databases, demo[0], django_db_blocker):
        yield from _serve(commits)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open pages of a chosen size: `open_page(width=320, color_scheme="dark")`.

    The test fails afterwards when a page wrote an error to the console: a broken script, a forbidden style.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            wrong.append(f"{message.text} ({message.location.get('url')})")

    def opened(*, width: int = 390, height: int = 844, **options: Any) -> Page:
        options.setdefault("locale", "nl-NL")
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == [], "The browser complained."


@pytest.fixture
def browser_page(open_page: OpenPage) -> Page:
    """A page on a phone."""
    return open_page()


def pytest_configure(config: pytest.Config) -> None:
    """The process that leads gives the run its name; its workers inherit it."""
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = uuid.uuid4().hex


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The demo goes when the run ends, in the process that leads the workers."""
    if hasattr(session.config, "workerinput"):
        return
    note, uploads = _demo_of_this_run()
    if note.exists():
        databases_at(database_url()).drop(note.read_text())
        note.unlink()
        shutil.rmtree(uploads, ignore_errors=True)
