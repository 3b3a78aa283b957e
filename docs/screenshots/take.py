"""Take the pictures in this folder from a running demo: `.venv/bin/python docs/screenshots/take.py [address]`.

Needs the packages of `make test`, and a browser as the tests find one. Sign-ins go the way that a visitor goes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.people import type_the_code  # noqa: E402
from tests.browsers import find_chromium  # noqa: E402

HERE = Path(__file__).parent
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
PAGES = {
    "site": ("", "/nl/"),
    "municipality": ("", "/nl/havermeer/"),
    "neighbourhood": ("", "/nl/havermeer/molenwijk/"),
    "neighbourhood-yellow": ("", "/nl/havermeer/zonneveld/"),
    "news": ("", "/nl/havermeer/sluiskade/nieuws/"),
    "login": ("", "/nl/account/login/"),
    "not-found": ("", "/nl/nergens/"),
    "account": ("samira@example.org", "/nl/account/"),
    "desk": ("els@havermeer.example", "/nl/desk/"),
    "admin-look": ("tineke@molenwijk.example", "/admin/look/molenwijk/"),
}


def take(browser: Browser, site: str) -> None:
    for name, (email, path) in PAGES.items():
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, locale="nl-NL"
                )  # type: ignore[arg-type]
                page = context.new_page()
                if email:
                    sign_in(page, site, email)
                page.goto(site + path)
                while (
                    page.locator(".code-box").count()
                    and "account/" in page.url
                    and "residency" not in page.url
                ):
                    type_the_code(page)
                page.screenshot(path=HERE / f"{name}-{size}-{scheme}.png", full_page=size == "desktop")
                context.close()


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(site + "/nl/demo/")
    page.locator(f'form:has(input[value="{email}"]) button').click()
    type_the_code(page)
    if page.locator(".code-box").count():
        type_the_code(page)


if __name__ == "__main__":
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=sandbox)
        take(chromium, sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
        chromium.close()
