"""Take the pictures in this folder from a running demo: `.venv/bin/python docs/screenshots/take.py [address [names]]`.

Needs the packages of `make test`, and a browser as the tests find one. Sign-ins go the way that a visitor goes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.people import type_the_code  # noqa: E402
from tests.browsers import find_chromium  # noqa: E402

HERE = Path(__file__).parent
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
# Who opens which address, and which link they follow there.
PAGES = {
    "site": ("", "/nl/", ""),
    "municipality": ("", "/nl/havermeer/", ""),
    "neighbourhood": ("", "/nl/havermeer/molenwijk/", ""),
    "neighbourhood-yellow": ("", "/nl/havermeer/zonneveld/", ""),
    "news": ("", "/nl/havermeer/sluiskade/nieuws/", ""),
    "login": ("", "/nl/account/login/", ""),
    "not-found": ("", "/nl/nergens/", ""),
    "account": ("samira@example.org", "/nl/account/", ""),
    "desk": ("els@havermeer.example", "/nl/desk/", ""),
    "admin-look": ("tineke@molenwijk.example", "/admin/look/molenwijk/", ""),
    "wallet": ("samira@example.org", "/nl/wallet/", ""),
    "pay": ("samira@example.org", "/nl/wallet/", ".wallet-asked .row__title a"),
    "receipt": ("samira@example.org", "/nl/wallet/", ".st-what"),
    "till": ("gerrit@vandam.example", "/nl/till/", ".row__title a"),
    "finance-desk": ("karin@havermeer.example", "/nl/finance/molenwijk/", ""),
    "proof": ("", "/nl/proof/molenwijk/", ""),
}


def take(browser: Browser, site: str, names: list[str]) -> None:
    """Take the pictures with these names, or all. Everybody signs in once: codes are limited."""
    states: dict[str, StorageState] = {}
    for name, (email, path, link) in PAGES.items():
        if names and name not in names:
            continue
        if email and email not in states:
            states[email] = signed_in(browser, site, email)
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                    locale="nl-NL",
                    storage_state=states.get(email),
                )
                page = context.new_page()
                page.goto(site + path)
                if link:
                    page.goto(site + (page.locator(link).first.get_attribute("href") or "/"))
                page.screenshot(path=HERE / f"{name}-{size}-{scheme}.png", full_page=size == "desktop")
                context.close()


def signed_in(browser: Browser, site: str, email: str) -> StorageState:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    sign_in(page, site, email)
    state = context.storage_state()
    context.close()
    return state


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
        address, *names = sys.argv[1:] or ["http://localhost:8000"]
        take(chromium, address, names)
        chromium.close()
