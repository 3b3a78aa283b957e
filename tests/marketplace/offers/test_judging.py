from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from core.actor import Actor
from core.refusals import Refusal
from core.states import MoveRefused
from marketplace.models import Offer, OfferKind
from marketplace.operations import offers
from marketplace.operations.offers.judging import ChangedMeanwhile, NotSubmitted, NotSuspended, ReasonNeeded
from marketplace.operations.standing import NoAccountHere, NotAdmitted, PausedByBoard
from marketplace.operations.terms import PastDay, change_terms
from marketplace.operations.words import BlockedWord
from marketplace.permissions import OwnMatter
from marketplace.queries.offers import fingerprint, is_paused_by_clock, reason_of
from marketplace.states import OfferState
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import PartyKind, Role
from tests.factories.market import AT, Market
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import resident, second_login
from tests.factories.wallet import open_for
from tests.marketplace.offers.making import (
    DAY,
    TODAY,
    admission_of_shop,
    block,
    drafted,
    lines,
    published,
    submitted,
    terms,
)

DEEDS: dict[str, Callable[..., Offer]] = {
    "publish": offers.publish,
    "return": lambda **more: offers.return_offer(reason="Zeg waar.", **more),
    "suspend": lambda **more: offers.suspend(reason="Onveilig.", **more),
    "release": lambda **more: offers.release(reason="Toch goed.", **more),
}


def prepared(there: Market, deed: str, **more: Any) -> Offer:
    """An offer of Ann with which the board can do this."""
    if deed in {"publish", "return"}:
        return submitted(there, there.ann_login, **more)
    made = published(there, there.ann_login, **more)
    if deed == "release":
        offers.suspend(offer=made, reason="Onveilig.", actor=actor(there.bea), at=AT)
    return made


@pytest.mark.parametrize("deed", DEEDS)
def test_the_board_alone_decides(there: Market, deed: str) -> None:
    made = prepared(there, deed)
    before = made.state

    for login in (there.ann_login, there.ben_login, there.place.fenna):
        with pytest.raises(BoardOnly):
            DEEDS[deed](offer=made, actor=actor(login), at=AT)
    with pytest.raises(BoardOnly):
        DEEDS[deed](offer=made, actor=Actor.system(), at=AT)

    made.refresh_from_db()
    assert made.state == before


@pytest.mark.parametrize("deed", DEEDS)
def test_a_member_whose_term_is_over_decides_nothing(there: Market, deed: str) -> None:
    made = prepared(there, deed)
    there.bea.person.seats.update(until_on=TODAY - DAY)

    with pytest.raises(BoardOnly):
        DEEDS[deed](offer=made, actor=actor(there.bea), at=AT)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_member_who_shares_a_household_with_who_offers_it_decides_nothing(there: Market, deed: str) -> None:
    made = prepared(there, deed)
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.ann_login, principal=home, role=Role.MEMBER)
    mandate(person=there.bea, principal=home, role=Role.OWNER)

    with pytest.raises(OwnMatter):
        DEEDS[deed](offer=made, actor=actor(there.bea), at=AT)


def on_board(there: Market) -> None:
    """Ann herself gets a seat."""
    seat = there.bea.person.seats.get()
    seat.pk, seat.person, seat.office = None, there.ann.holder, "MEMBER"
    seat.save(force_insert=True)


def test_nobody_lets_their_own_offer_on_the_market_also_not_through_a_second_login(there: Market) -> None:
    on_board(there)
    twin = second_login(there.ann_login)
    made = submitted(there, there.ann_login)

    for login in (there.ann_login, twin):
        with pytest.raises(OwnMatter):
            offers.publish(offer=made, actor=actor(login), at=AT)


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.OPERATOR])
def test_whoever_holds_an_office_for_an_organisation_decides_nothing_on_it(there: Market, role: Role) -> None:
    made = submitted(there, there.sjoerd, provider=there.shop.holder)
    mandate(person=there.bob, principal=there.shop.holder, role=role)

    with pytest.raises(OwnMatter):
        offers.publish(offer=made, actor=actor(there.bob), at=AT)
    assert offers.publish(offer=made, actor=actor(there.bea), at=AT).state == OfferState.PUBLISHED


def test_the_board_puts_what_the_neighbourhood_offers_on_the_market_at_once(there: Market) -> None:
    resident(there.bea, there.neighbourhood)
    open_for(there.neighbourhood, there.neighbourhood.party)
    made = drafted(there, there.bea, provider=there.neighbourhood.party, kind=OfferKind.EVENT)

    offers.publish(offer=made, actor=actor(there.bea), at=AT)

    assert (made.state, made.published_at) == (OfferState.PUBLISHED, AT)
    assert [(line.before, line.after) for line in lines("offer.publish")] == [("DRAFT", "PUBLISHED")]


def test_the_board_does_not_publish_the_draft_of_another(there: Market) -> None:
    with pytest.raises(NotSubmitted):
        offers.publish(offer=drafted(there, there.ann_login), actor=actor(there.bea), at=AT)


def test_what_was_changed_while_the_board_read_it_is_not_let_through(there: Market) -> None:
    made = submitted(there, there.ann_login)
    seen = fingerprint(made)
    change_terms(offer=made, terms=terms(99_00), actor=actor(there.ann_login), at=AT)

    with pytest.raises(ChangedMeanwhile):
        offers.publish(offer=made, seen=seen, actor=actor(there.bea), at=AT)

    assert offers.publish(offer=made, seen=fingerprint(made), actor=actor(there.bea), at=AT).price == 99_00


def test_what_is_out_already_is_not_let_out_again(there: Market) -> None:
    made = published(there, there.ann_login)

    with pytest.raises(MoveRefused):
        offers.publish(offer=made, actor=actor(there.bob), at=AT + DAY)

    made.refresh_from_db()
    assert made.published_at == AT


def test_what_waited_too_long_is_looked_at_again_before_it_comes_out(there: Market) -> None:
    last_day = submitted(there, there.ann_login, terms=terms(until_on=TODAY))
    words = submitted(there, there.ann_login, title="Vuurpijlen")
    moved = submitted(there, there.ben_login)
    shop = submitted(there, there.sjoerd, provider=there.shop.holder)
    block(there, "vuurpijlen")
    there.ben.holder.residencies.update(state="ENDED")
    admission_of_shop(there, state="ENDED")

    for made, refused in ((last_day, PastDay), (words, BlockedWord), (shop, NotAdmitted)):
        with pytest.raises(refused):
            offers.publish(offer=made, actor=actor(there.bea), at=AT + DAY)
    with pytest.raises(Refusal, match="Only who lives in"):
        offers.publish(offer=moved, actor=actor(there.bea), at=AT)
    assert set(Offer.objects.values_list("state", flat=True)) == {OfferState.SUBMITTED}


def test_without_an_account_nothing_comes_on_the_market(there: Market) -> None:
    made = submitted(there, there.ann_login)
    type(there.ann)._base_manager.filter(pk=there.ann.pk).update(state="BLOCKED")

    with pytest.raises(NoAccountHere):
        offers.publish(offer=made, actor=actor(there.bea), at=AT)


@pytest.mark.parametrize("deed", [offers.return_offer, offers.suspend, offers.release])
@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 501])
def test_the_board_says_why(there: Market, deed: Callable[..., Offer], reason: str) -> None:
    with pytest.raises(ReasonNeeded):
        deed(offer=drafted(there, there.ann_login), reason=reason, actor=actor(there.bea), at=AT)


def test_the_reason_can_be_read_by_who_offers_it(there: Market) -> None:
    made = submitted(there, there.ann_login)

    offers.return_offer(offer=made, reason="Zeg waar.", actor=actor(there.bea), at=AT)

    assert (made.state, reason_of(made, "offer.return")) == (OfferState.RETURNED, "Zeg waar.")


def test_the_board_can_think_again_about_what_it_sent_back(there: Market) -> None:
    made = submitted(there, there.ann_login)
    offers.return_offer(offer=made, reason="Zeg waar.", actor=actor(there.bea), at=AT)

    assert offers.publish(offer=made, actor=actor(there.bob), at=AT).state == OfferState.PUBLISHED


@pytest.mark.parametrize("by_its_own", [False, True])
def test_what_the_board_took_off_comes_back_by_the_board_alone(there: Market, by_its_own: bool) -> None:
    made = published(there, there.ann_login)
    if by_its_own:
        offers.pause(offer=made, actor=actor(there.ann_login), at=AT)

    offers.suspend(offer=made, reason="Onveilig.", actor=actor(there.bea), at=AT)

    assert (made.state, made.paused_by_board, is_paused_by_clock(made)) == (OfferState.PAUSED, True, False)
    assert reason_of(made, "offer.suspend") == "Onveilig."
    with pytest.raises(PausedByBoard):
        offers.resume(offer=made, actor=actor(there.ann_login), at=AT)
    with pytest.raises(MoveRefused):
        offers.suspend(offer=made, reason="Onveilig.", actor=actor(there.bea), at=AT)
    offers.release(offer=made, reason="Toch goed.", actor=actor(there.bob), at=AT)
    made.refresh_from_db()
    assert (made.state, made.paused_by_board) == (OfferState.PUBLISHED, False)


def test_what_the_board_did_not_take_off_it_does_not_put_back(there: Market) -> None:
    made = published(there, there.ann_login)
    offers.pause(offer=made, actor=actor(there.ann_login), at=AT)

    with pytest.raises(NotSuspended):
        offers.release(offer=made, reason="Toch goed.", actor=actor(there.bea), at=AT)


def test_each_step_tells_who_offers_it_once(there: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, str]] = []

    def tell(offer: Offer, what: offers.Told, _at: datetime) -> None:
        told.append((offer.pk, what))

    monkeypatch.setattr(offers.telling, "_tellers", [tell])
    made = submitted(there, there.ann_login)
    offers.return_offer(offer=made, reason="Zeg waar.", actor=actor(there.bea), at=AT)
    offers.publish(offer=made, actor=actor(there.bea), at=AT)
    offers.suspend(offer=made, reason="Onveilig.", actor=actor(there.bea), at=AT)
    offers.release(offer=made, reason="Toch goed.", actor=actor(there.bea), at=AT)

    assert told == [(made.pk, what) for what in ("returned", "published", "suspended", "released")]


def test_an_offer_that_replaces_one_that_is_paused_ends_it_too(there: Market) -> None:
    old = published(there, there.ann_login)
    new = offers.again(offer=old, key=uuid4(), actor=actor(there.ann_login), at=AT)
    offers.submit(offer=new, actor=actor(there.ann_login), at=AT)
    offers.suspend(offer=old, reason="Onveilig.", actor=actor(there.bea), at=AT)

    offers.publish(offer=new, actor=actor(there.bea), at=AT)

    old.refresh_from_db()
    assert old.state == OfferState.ENDED
