"""Who reported something is not told to whoever offers it, also not when that is somebody of the board."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.models import Offer, OfferReport, ReportReason
from people.models import Role
from tests.factories.market import Market, supply
from tests.factories.people import mandate
from tests.factories.residency import second_login
from tests.marketplace.trust.conftest import SignIn
from tests.marketplace.trust.making import reported

SLUG = "molenwijk"
WORDS = "Dit is gestolen waar."


@pytest.fixture
def of_bea(there: Market) -> Offer:
    return supply(there, "Fiets van Bea", by=there.bea.person)


def told_of(offer: Offer, there: Market) -> OfferReport:
    return reported(offer, there.ann_login, reason=ReportReason.OTHER, text=WORDS)


def read(client: Client, name: str, *args: object) -> str:
    page = client.get(reverse(name, args=[SLUG, *args]))
    assert page.status_code == 200
    return page.content.decode()


def sees(client: Client, report: OfferReport) -> list[str]:
    """On which pages of the board somebody finds the report, the way to it, or its words."""
    pages = {
        "report": client.get(reverse("board_report", args=[SLUG, report.ref])),
        "offer": client.get(reverse("board_offer", args=[SLUG, report.offer.ref])),
        "queue": client.get(reverse("board_market", args=[SLUG])),
    }
    signs = (str(report.ref), WORDS)
    return [
        name
        for name, page in pages.items()
        if page.status_code == 200 and any(sign in page.content.decode() for sign in signs)
    ]


def test_a_member_of_the_board_does_not_see_who_reported_what_they_offer(
    browser: SignIn, there: Market, of_bea: Offer
) -> None:
    report = told_of(of_bea, there)
    bea = browser(there.bea)

    assert sees(bea, report) == []
    assert bea.get(reverse("board_report", args=[SLUG, report.ref])).status_code == 404
    assert "Nothing waits on the market" in read(bea, "board_market")


def test_nor_under_a_second_login(browser: SignIn, there: Market) -> None:
    again = second_login(there.bea)
    report = told_of(supply(there, by=again.person), there)

    assert sees(browser(there.bea), report) == []


def test_nor_for_an_organisation_that_they_hold_an_office_for(browser: SignIn, there: Market) -> None:
    report = told_of(supply(there), there)
    mandate(person=there.bea, principal=there.shop.holder, role=Role.EDITOR)

    assert sees(browser(there.bea), report) == []


def test_the_others_of_the_board_see_it_and_answer(browser: SignIn, there: Market, of_bea: Offer) -> None:
    report = told_of(of_bea, there)
    bob = browser(there.bob)

    assert sees(bob, report) == ["report", "offer", "queue"]
    assert "1 thing waits" in read(bob, "board_market")


def test_what_is_reported_of_others_stays_on_their_list(
    browser: SignIn, there: Market, of_bea: Offer
) -> None:
    told_of(of_bea, there)
    other = told_of(supply(there, "Lap"), there)

    page = read(browser(there.bea), "board_market")

    assert "1 thing waits" in page
    assert str(other.ref) in page
