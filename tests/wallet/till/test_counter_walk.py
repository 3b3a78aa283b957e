"""Two browsers: the till on the counter, and the phone of whoever pays."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from people.models import User
from tests.factories.wallet import Place, fund, place
from tests.plugins.browser import OpenPage, Site
from tests.wallet.till.paying import till_of
from wallet.models import PaymentRequest
from wallet.states import RequestState

pytestmark = pytest.mark.once

# Stands in for what makes sound, and counts the tones.
EAR = """
window.tones = 0;
const part = () => ({ connect: (next) => next, start: () => { window.tones += 1; }, stop: () => {},
  frequency: {}, gain: { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} } });
window.AudioContext = class {
  state = "running"; currentTime = 0; destination = {};
  createOscillator() { return part(); }
  createGain() { return part(); }
};
"""


@pytest.fixture(autouse=True)
def _on_a_day() -> None:
    """The browsers live today."""


@pytest.fixture
def there(live_site: Site) -> Place:
    made = place()
    fund(made, made.ann, 100_00)
    return made


def enter(context: BrowserContext, site: Site, user: User) -> None:
    """Come in as somebody who is signed in."""
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}])


def ask(page: Page, amount: str) -> PaymentRequest:
    page.locator('input[name="amount"]').fill(amount)
    page.locator('input[name="amount"]').press("Enter")
    expect(page.locator("#till svg.qr")).to_be_visible()
    return PaymentRequest.objects.get(state=RequestState.OPEN)


def pay_by_phone(phone: Page, site: Site, asked: PaymentRequest) -> None:
    phone.goto(site + f"/en/pay/request/{asked.uuid}/")
    phone.locator('button[value="pay"]').click()
    expect(phone.locator("h1")).to_contain_text("Paid")


def test_the_till_says_paid_by_itself_with_a_sound_and_in_silence_when_muted(
    live_site: Site, there: Place, open_page: OpenPage
) -> None:
    till = till_of(there)
    counter, phone = open_page(width=1280, height=900), open_page(width=390)
    counter.add_init_script(EAR)
    enter(counter.context, live_site, there.sjoerd)
    enter(phone.context, live_site, there.ann_login)
    counter.goto(live_site + f"/en/till/{till.uuid}/")
    counter.evaluate("window.here = true")

    first = ask(counter, "12.50")
    expect(counter).to_have_url(live_site + f"/en/till/{till.uuid}/{first.uuid}/")
    expect(counter.locator("#till")).to_contain_text("Waiting for the payment")
    pay_by_phone(phone, live_site, first)

    expect(counter.locator("[data-till-paid]")).to_contain_text("by Ann V.")
    assert counter.evaluate("[window.here, window.tones]") == [True, 2]  # the same page, and two tones

    counter.get_by_role("link", name="Next customer").click()
    counter.get_by_role("button", name="Sound is on").click()
    second = ask(counter, "3")
    pay_by_phone(phone, live_site, second)
    expect(counter.locator("[data-till-paid]")).to_contain_text("3.00")
    assert counter.evaluate("window.tones") == 0
    counter.reload()
    expect(counter.get_by_role("button", name="Sound is off")).to_be_visible()


def test_a_till_that_was_off_line_while_somebody_paid_shows_it_on_coming_back(
    live_site: Site, there: Place, open_page: OpenPage
) -> None:
    till = till_of(there)
    # What the browser writes about the line is said on the page; the test of the console is for broken scripts.
    context = open_page().context.browser.new_context(locale="en-GB")  # type: ignore[union-attr]
    counter, phone = context.new_page(), open_page(width=390)
    enter(context, live_site, there.sjoerd)
    enter(phone.context, live_site, there.ann_login)
    counter.goto(live_site + f"/en/till/{till.uuid}/")
    asked = ask(counter, "12.50")

    context.set_offline(True)
    expect(counter.locator('[data-till-trouble="line"]')).to_be_visible()
    pay_by_phone(phone, live_site, asked)
    context.set_offline(False)

    expect(counter.locator("[data-till-paid]")).to_contain_text("by Ann V.")
    expect(counter.locator('[data-till-trouble="line"]')).to_be_hidden()
    context.close()


def test_a_session_that_ends_at_the_counter_asks_to_log_in_again(
    live_site: Site, there: Place, open_page: OpenPage
) -> None:
    till = till_of(there)
    counter = open_page(width=390)
    enter(counter.context, live_site, there.sjoerd)
    counter.goto(live_site + f"/en/till/{till.uuid}/")
    asked = ask(counter, "12.50")

    counter.context.clear_cookies(name="sessionid")

    expect(counter.locator("#till")).to_contain_text("You were logged out, for safety")
    expect(counter.get_by_role("link", name="Log in again")).to_have_attribute(
        "href", f"/en/account/login/?next=/en/till/{till.uuid}/{asked.uuid}/"
    )


def test_without_javascript_one_looks_again(live_site: Site, there: Place, open_page: OpenPage) -> None:
    till = till_of(there)
    counter, phone = open_page(width=390, java_script_enabled=False), open_page(width=390)
    enter(counter.context, live_site, there.sjoerd)
    enter(phone.context, live_site, there.ann_login)
    counter.goto(live_site + f"/en/till/{till.uuid}/")
    pay_by_phone(phone, live_site, ask(counter, "12.50"))

    counter.get_by_role("link", name="Look again").click()

    expect(counter.locator("h1")).to_contain_text("by Ann V.")
