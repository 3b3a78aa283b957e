"""What the market of the demo holds once it is loaded. `test_demo` runs these: loading it again would cost minutes."""

from __future__ import annotations

import pytest

from home.demo import people
from home.demo.market import MARKETS
from home.demo.people import ORGANISATIONS
from marketplace.models import Direction, Offer, OfferKind, OfferPage, Order, Reference, Response, Voucher
from marketplace.states import OfferState, OrderState, ResponseState, VoucherState
from tests.home.loading import Loaded


@pytest.mark.django_db
class TestMarketOfDemo:
    """With the demo in the database."""

    def test_nothing_was_left_out(self, demo: Loaded) -> None:
        assert "left out" not in demo.said[0]

    def test_there_is_an_offer_of_every_kind_and_in_every_state_but_a_draft(self, demo: Loaded) -> None:
        assert set(Offer.objects.values_list("kind", flat=True)) == set(OfferKind.values)
        assert set(Offer.objects.values_list("direction", flat=True)) == set(Direction.values)
        states = set(Offer.objects.values_list("state", flat=True))
        assert states >= {OfferState.SUBMITTED, OfferState.RETURNED, OfferState.PUBLISHED, OfferState.PAUSED}

    def test_there_is_an_order_in_every_state(self, demo: Loaded) -> None:
        assert set(Order.objects.values_list("state", flat=True)) == set(OrderState.values)

    def test_there_is_a_voucher_in_every_state_but_used_up(self, demo: Loaded) -> None:
        states = set(Voucher.objects.values_list("state", flat=True))
        assert states == set(VoucherState.values) - {VoucherState.USED}

    def test_answers_wait_were_chosen_and_were_not(self, demo: Loaded) -> None:
        states = set(Response.objects.values_list("state", flat=True))
        assert states >= {ResponseState.OPEN, ResponseState.CHOSEN, ResponseState.DECLINED}

    def test_references_were_written_about_both_sides(self, demo: Loaded) -> None:
        sides = {reference.about_id == reference.order.seller_id for reference in Reference.objects.all()}
        assert sides == {True, False}

    def test_pages_of_offers_stand_in_every_neighbourhood_in_two_languages(self, demo: Loaded) -> None:
        pages = OfferPage.objects.live()
        assert set(pages.values_list("offer__neighbourhood__slug", flat=True)) == {
            one.slug for one in MARKETS
        }
        assert set(pages.values_list("locale__language_code", flat=True)) == {"nl", "en"}

    def test_a_visitor_can_be_somebody_who_has_something_to_do_there(self, demo: Loaded) -> None:
        played = {person.email for persons in people.who_can_sign_in().values() for person in persons}
        sellers = {one.acts.email for one in ORGANISATIONS if one.owner.email in played}
        buyers = set(Order.objects.values_list("placed_by__login__email", flat=True))

        assert sellers & played
        assert buyers & played
