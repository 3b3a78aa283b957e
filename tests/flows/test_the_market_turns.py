"""What is offered is ordered and paid; what is wanted is answered and fallen out over; what is bought ahead lapses.

Told by pages, in English, by a shop, two residents and their board.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from pytest_django import Settings
from wagtail.models import Locale

from ledger.kinds import TransferKind
from ledger.models import Account, Transfer
from ledger.queries import balance_of
from marketplace.models import Offer, Order, Voucher
from marketplace.states import OfferState, OrderState, VoucherState
from people.models import User
from tests.factories.market import Market, market
from tests.factories.wallet import fund
from tests.flows.visitor import Visitor

pytestmark = pytest.mark.django_db

BEGINS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _one_step(settings: Settings) -> None:
    """Whoever mediates needs a second step at sign-in; `tests.people` tells of that."""
    settings.STAFF_SECOND_FACTOR = False


class Story:
    """Sjoerd sells for the shop, Ann and Ben live here, Bea and Bob are the board. Ann and Ben have 100.00 each."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock
        Locale.objects.get_or_create(language_code="en")
        self.there: Market = market()
        for account in (self.there.ann, self.there.ben):
            fund(self.there.place, account, 100_00)
        there = self.there
        self.logins: dict[str, User] = {
            "Sjoerd": there.sjoerd, "Ann": there.ann_login, "Ben": there.ben_login, "Bea": there.bea, "Bob": there.bob,
        }  # fmt: skip
        self.of = {name: Visitor(login) for name, login in self.logins.items()}

    @property
    def offer(self) -> Offer:
        return Offer.objects.order_by("-pk")[0]

    @property
    def an_order(self) -> Order:
        return Order.objects.order_by("-pk")[0]

    @property
    def voucher(self) -> Voucher:
        return Voucher.objects.get()

    def it_is(self, moment: datetime) -> None:
        """Time passes, and everything that is due happens. Who was signed in for weeks signs in again."""
        self.clock.move_to(moment)
        for name, login in self.logins.items():
            self.of[name].client.force_login(login)
        call_command("advance_market", stdout=StringIO())

    def has(self, account: Account) -> tuple[int, int]:
        """What an account has, and what of it is set apart."""
        found = balance_of(account)
        return found.balance, found.reserved

    def offered(self, name: str, direction: str, **filled: str) -> None:
        """Somebody fills in the form, and the board lets it on the market."""
        there = self.there
        form = self.of[name].open(f"/en/market/offers/new/{there.neighbourhood.slug}/?direction={direction}")
        words = {"category": there.category.slug, "until_on": "2027-03-01", **filled}
        form.press("Place my question" if direction == "DEMAND" else "Place my offer", **words)
        assert Offer.objects.exists(), form.words
        assert self.offer.state == OfferState.SUBMITTED
        queue = self.of["Bea"].open(f"/en/market/board/{there.neighbourhood.slug}/")
        queue.follow(filled["title"]).press("Put it on the market")
        assert self.offer.state == OfferState.PUBLISHED

    def order_page(self, name: str) -> Visitor:
        return self.of[name].open(f"/en/market/orders/{self.an_order.ref}/")


def test_what_the_board_lets_on_the_market_is_ordered_delivered_and_paid() -> None:
    with time_machine.travel(BEGINS, tick=False) as clock:
        story = Story(clock)
        story.offered("Sjoerd", "SUPPLY", title="Mending a tyre", kind="SERVICE", amount="12.50", stock="6")

        market_page = story.of["Ann"].open(f"/en/market/in/{story.there.neighbourhood.slug}/?q=tyre")
        confirm = market_page.follow("Mending a tyre").follow("Order for 12.50")
        assert "87.50" in confirm.words  # what she keeps
        confirm.press("Order for 12.50")
        assert story.has(story.there.ann) == (100_00, 12_50)
        assert story.offer.stock == 5

        seller = story.of["Sjoerd"].open(f"/en/market/desk/{story.there.shop.holder.uuid}/")
        assert "Mending a tyre" in seller.words
        story.order_page("Sjoerd").press("Accept this order")
        story.order_page("Ann").press("Send to", text="Can I come at four?")
        assert "Can I come at four?" in story.order_page("Sjoerd").words
        story.order_page("Sjoerd").follow("It is delivered").press("It is delivered")
        assert story.has(story.there.shop) == (0, 0)  # not before she says so
        story.order_page("Ann").press("All is well: pay 12.50")

        assert story.an_order.state == OrderState.CONFIRMED
        assert story.has(story.there.ann) == (87_50, 0)
        assert story.has(story.there.shop) == (12_50, 0)
        assert Transfer.objects.filter(kind=TransferKind.PAYMENT).count() == 1
        story.order_page("Ann").follow("Write how it went").press(
            "Place my words", text="Done while I waited."
        )
        assert "Done while I waited." in story.of["Ben"].open(f"/en/market/offers/{story.offer.ref}/").words


def test_what_is_wanted_is_answered_picked_disputed_and_settled() -> None:
    with time_machine.travel(BEGINS, tick=False) as clock:
        story = Story(clock)
        story.offered(
            "Ann", "DEMAND", title="Help with a wardrobe", kind="SERVICE", amount="14.00", stock="1"
        )

        page = story.of["Ben"].open(f"/en/market/offers/{story.offer.ref}/")
        page.follow("I can do this").press("Send my answer", amount="13.00", text="On Saturday?")
        answers = story.of["Ann"].open(f"/en/market/orders/answers/{story.offer.ref}/")
        assert "On Saturday?" in answers.words
        answers.follow("Choose Ben").press("for 13.00")
        assert (story.an_order.state, story.an_order.seller) == (OrderState.ACCEPTED, story.there.ben.holder)
        assert story.has(story.there.ann) == (100_00, 13_00)

        story.order_page("Ben").follow("It is delivered").press("It is delivered")
        story.order_page("Ann").follow("Something is wrong").press(
            "Tell the seller and the board", text="Two of the doors are missing."
        )
        assert story.an_order.state == OrderState.DISPUTED
        board = story.of["Bob"].open(f"/en/market/board/{story.there.neighbourhood.slug}/disagreements/")
        assert "Help with a wardrobe" in board.words
        story.order_page("Bob").press("I take this on")
        assert "Two of the doors are missing." in story.order_page("Bob").words
        story.order_page("Bob").follow("Settle it").press(
            "Settle it", who="shared", awarded="8.00", ruling="Most of it stands. The doors come next week."
        )

        assert story.an_order.state == OrderState.RESOLVED
        assert story.has(story.there.ann) == (92_00, 0)
        assert story.has(story.there.ben) == (108_00, 0)
        for name in ("Ann", "Ben"):
            assert "The doors come next week." in story.order_page(name).words


def test_what_is_bought_ahead_is_partly_used_lapses_and_the_rest_comes_back() -> None:
    with time_machine.travel(BEGINS, tick=False) as clock:
        story = Story(clock)
        story.offered(
            "Sjoerd", "SUPPLY", title="Ten times swimming", kind="SPORT", amount="42.00", is_voucher="on", uses="10",
            voucher_days="30",
        )  # fmt: skip

        page = story.of["Ann"].open(f"/en/market/offers/{story.offer.ref}/").follow("42.00")
        page.press("Buy for 42.00")
        assert story.has(story.there.ann) == (100_00, 42_00)
        assert "10 times of 10" in story.of["Ann"].open(f"/en/market/vouchers/{story.voucher.code}/").words
        desk = story.of["Sjoerd"].open(f"/en/market/vouchers/desk/{story.there.shop.holder.uuid}/")
        desk.press("Look at this voucher", code=story.voucher.code).press("Take it", uses="4")
        assert story.has(story.there.shop) == (16_80, 0)

        story.it_is(BEGINS + 31 * DAY)

        assert (story.voucher.state, story.an_order.state) == (VoucherState.EXPIRED, OrderState.CONFIRMED)
        assert story.has(story.there.ann) == (83_20, 0)
        assert story.has(story.there.shop) == (16_80, 0)
        assert "no longer valid" in story.of["Ann"].open(f"/en/market/vouchers/{story.voucher.code}/").words
        late = story.of["Sjoerd"].open(
            f"/en/market/vouchers/desk/{story.there.shop.holder.uuid}/?code={story.voucher.code}"
        )
        assert "was valid until" in late.words
