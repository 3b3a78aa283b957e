"""What a person does in a browser, told once."""

from __future__ import annotations

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
