"""What a person does in a browser, told once."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.plugins.browser import Site


def sign_in(page: Page, site: Site, email: str, *, language: str = "nl") -> None:
    """Sign in by a mailed code, from the page of the demo: choose a person, read the code, type it."""
    page.goto(site + f"/{language}/demo/")
    page.locator(f'form:has(input[value="{email}"]) button').click()
    type_the_code(page)
    if page.locator(".code-box").count():  # staff: a second code, from an app
        type_the_code(page)


def type_the_code(page: Page) -> None:
    """Read the code that the demo shows and send it."""
    code = page.locator(".code-box").first.inner_text().strip()
    page.locator('input[name="code"]').first.fill(code)
    page.locator(".btn--main").first.click()


def sign_out(page: Page, site: Site, *, language: str = "nl") -> None:
    page.goto(site + f"/{language}/account/logout/")
    page.locator("main form button").first.click()


LEADS_AWAY = ("/logout/", "/download/", "/csv/", "/pdf/", "/file/", ".pdf", ".json", ".csv", ".atom")
# What differs between pages of one kind: numbers, days, addresses of accounts, receipts and payment references.
NUMBERS = re.compile(
    r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|[0-9A-Z]{12,}|\d+)\b"
)


def walk_from(page: Page, site: Site, *starts: str, below: tuple[str, ...]) -> Iterator[str]:
    """Open every kind of page that links lead to from these ones, below these addresses; each kind once.

    Two addresses that differ in a number are one kind. Where the site asks who it is, that page comes first.
    """
    waiting, seen = deque(starts), set()
    while waiting:
        address = waiting.popleft()
        kind = NUMBERS.sub("#", address)
        if kind in seen:
            continue
        seen.add(kind)
        page.goto(site + address)
        if "reauthenticate" in page.url and page.locator(".code-box").count():
            yield "reauthenticate"
            type_the_code(page)
        yield address
        links = page.locator("main a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        waiting.extend(
            link.partition("#")[0]
            for link in links
            if link.startswith(below) and "?" not in link and not link.partition("#")[0].endswith(LEADS_AWAY)
        )
