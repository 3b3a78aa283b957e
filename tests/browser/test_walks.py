"""Whole walks through a real browser: sign in, switch language, edit, use a passkey. Few, and rich."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import sign_in, sign_out, type_the_code
from tests.plugins.browser import OpenPage, Site

pytestmark = pytest.mark.once

NEIGHBOURHOOD = "/nl/havermeer/molenwijk/"
RESIDENT = "samira@example.org"
CHAIR = "tineke@molenwijk.example"


def test_a_resident_signs_in_reads_on_in_english_and_leaves(demo_site: Site, open_page: OpenPage) -> None:
    page = open_page(width=390)
    page.goto(demo_site + NEIGHBOURHOOD)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(demo_site + NEIGHBOURHOOD.replace("/nl/", "/en/"))
    expect(page.locator("html")).to_have_attribute("lang", "en")

    sign_in(page, demo_site, RESIDENT, language="en")
    expect(page).to_have_url(demo_site + "/en/account/")

    page.get_by_role("link", name="Nederlands").click()
    expect(page).to_have_url(demo_site + "/nl/account/")

    sign_out(page, demo_site)
    page.goto(demo_site + "/nl/account/")
    expect(page).to_have_url(demo_site + "/nl/account/login/?next=/nl/account/")


def test_a_wrong_code_lets_nobody_in_and_says_so(demo_site: Site, browser_page: Page) -> None:
    page = browser_page
    page.goto(demo_site + "/nl/demo/")
    page.locator(f'form:has(input[value="{RESIDENT}"]) button').click()
    page.locator('input[name="code"]').first.fill("000000")
    page.locator(".btn--main").first.click()

    expect(page.locator(".errors")).to_be_visible()
    page.goto(demo_site + "/nl/account/")
    expect(page).not_to_have_url(demo_site + "/nl/account/")


def test_a_board_member_passes_a_second_step_and_publishes_news_in_both_languages(
    demo_site: Site, open_page: OpenPage
) -> None:
    page = open_page(width=1280, height=900)
    sign_in(page, demo_site, CHAIR)
    page.goto(demo_site + "/admin/")
    if page.locator(".code-box").count():
        type_the_code(page)
    expect(page).to_have_url(demo_site + "/admin/")

    page.goto(demo_site + NEIGHBOURHOOD + "nieuws/")
    page.goto(demo_site + f"/admin/pages/add/neighbourhoods/newspage/{news_index_id(page)}/")
    page.locator("#id_title").fill("De lift doet het weer")
    page.locator("#id_lead").fill("Vanaf vandaag kan iedereen weer naar boven.")
    page.locator("#id_published_on").fill("2026-11-21")
    page.keyboard.press("Escape")
    expect(page.locator("#id_slug")).to_have_value("de-lift-doet-het-weer")
    # The button lies folded behind "Save draft", and its place in the admin is Wagtail's own affair.
    page.evaluate("document.querySelector('[name=action-publish]').click()")
    expect(page.locator(".messages")).to_contain_text("De lift doet het weer")

    page.goto(demo_site + NEIGHBOURHOOD)
    expect(page.get_by_role("link", name="De lift doet het weer")).to_be_visible()
    page.goto(demo_site + NEIGHBOURHOOD.replace("/nl/", "/en/") + "nieuws/de-lift-doet-het-weer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("De lift doet het weer")
    expect(page.locator('[lang="nl"]').filter(has_text="De lift doet het weer").first).to_be_visible()


def news_index_id(page: Page) -> str:
    """The number of the page that is open, as the bar for editors says it."""
    from neighbourhoods.models import NewsIndexPage

    index = NewsIndexPage.objects.get(
        url_path__endswith="/havermeer/molenwijk/nieuws/", locale__language_code="nl"
    )
    return str(index.pk)


def test_a_passkey_signs_in_without_a_code(demo_site: Site, open_page: OpenPage) -> None:
    page = open_page(width=390)
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    client.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, demo_site, RESIDENT)
    page.goto(demo_site + "/nl/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        type_the_code(page)
    page.locator('input[name="name"]').fill("Telefoon van Samira")
    if page.locator('input[name="passwordless"]').count():
        page.locator('input[name="passwordless"]').check()
    page.locator("main .btn--main").first.click()
    expect(page.locator("input[name=name]")).to_have_count(0)

    sign_out(page, demo_site)
    page.goto(demo_site + "/nl/account/login/")
    page.locator("#passkey_login").click()

    expect(page).to_have_url(demo_site + "/nl/account/")
