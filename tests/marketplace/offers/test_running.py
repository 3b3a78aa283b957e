from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.states import MoveRefused
from marketplace.models import Offer, OfferTag
from marketplace.operations import offers
from marketplace.operations.offers.checking import StockRefused
from marketplace.operations.offers.running import StockMoved
from marketplace.operations.standing import NotResident
from marketplace.operations.terms import OfferOver, PastDay
from marketplace.permissions import NotYourTrade
from marketplace.states import OfferState
from people.models import Role
from people.operations.privacy import erase_person
from tests.factories.ledger import SYSTEM
from tests.factories.market import AT, Market
from tests.factories.people import actor, mandate, person
from tests.factories.residency import second_login
from tests.marketplace.offers.making import DAY, TODAY, drafted, lines, published, submitted, terms


def test_a_provider_pauses_resumes_and_ends(there: Market) -> None:
    made = published(there, there.ann_login)
    by = actor(there.ann_login)

    states = [deed(offer=made, actor=by, at=AT).state for deed in (offers.pause, offers.resume, offers.end)]

    assert states == [OfferState.PAUSED, OfferState.PUBLISHED, OfferState.ENDED]
    with pytest.raises(MoveRefused):
        offers.resume(offer=made, actor=by, at=AT)


@pytest.mark.parametrize("deed", [offers.pause, offers.resume, offers.end])
def test_nobody_else_does(there: Market, deed: Callable[..., Offer]) -> None:
    made = published(there, there.ann_login)
    if deed is offers.resume:
        offers.pause(offer=made, actor=actor(there.ann_login), at=AT)
    before = made.state

    for login in (there.ben_login, there.bea):
        with pytest.raises(NotYourTrade):
            deed(offer=made, actor=actor(login), at=AT)

    made.refresh_from_db()
    assert made.state == before


def test_a_helper_and_a_second_login_do(there: Market) -> None:
    made = published(there, there.ann_login)
    helper = person("Hella")
    mandate(person=helper, principal=there.ann.holder, role=Role.HELPER)

    offers.pause(offer=made, actor=actor(helper), at=AT)
    offers.resume(offer=made, actor=actor(second_login(there.ann_login)), at=AT)

    assert made.state == OfferState.PUBLISHED


def test_an_editor_writes_but_does_not_sell(there: Market) -> None:
    made = published(there, there.sjoerd, provider=there.shop.holder)
    editor = person("Eva")
    mandate(person=editor, principal=there.shop.holder, role=Role.EDITOR)

    with pytest.raises(NotYourTrade):
        offers.end(offer=made, actor=actor(editor), at=AT)


def test_what_may_not_stand_there_any_more_is_not_put_back(there: Market) -> None:
    late = published(there, there.ann_login, terms=terms(until_on=TODAY))
    moved = published(there, there.ben_login)
    for made, login in ((late, there.ann_login), (moved, there.ben_login)):
        offers.pause(offer=made, actor=actor(login), at=AT)
    there.ben.holder.residencies.update(state="ENDED")

    with pytest.raises(PastDay):
        offers.resume(offer=late, actor=actor(there.ann_login), at=AT + DAY)
    with pytest.raises(NotResident):
        offers.resume(offer=moved, actor=actor(there.ben_login), at=AT)


# --- How many are left ----------------------------------------------------------------------------------------------


def test_a_provider_says_how_many_are_left(there: Market) -> None:
    made = published(there, there.ann_login, stock=3)

    for stock in (0, 7, None, 7):
        offers.set_stock(offer=made, stock=stock, actor=actor(there.ann_login), at=AT)

    made.refresh_from_db()
    assert made.stock == 7
    assert [(line.before, line.after) for line in lines("offer.stock")] == [
        ("3", "0"), ("0", "7"), ("7", ""), ("", "7"),
    ]  # fmt: skip


def test_what_was_ordered_while_the_number_was_typed_is_not_undone(there: Market) -> None:
    made = published(there, there.ann_login, stock=3)
    Offer.objects.filter(pk=made.pk).update(stock=2)

    with pytest.raises(StockMoved, match="now it says 2"):
        offers.set_stock(offer=made, stock=5, was=3, actor=actor(there.ann_login), at=AT)
    offers.set_stock(offer=made, stock=4, was=2, actor=actor(there.ann_login), at=AT)

    made.refresh_from_db()
    assert made.stock == 4


def test_without_end_is_a_number_that_was_seen_too(there: Market) -> None:
    made = published(there, there.ann_login, stock=3)

    with pytest.raises(StockMoved):
        offers.set_stock(offer=made, stock=5, was=None, actor=actor(there.ann_login), at=AT)


@pytest.mark.parametrize("stock", [-1, 100_001])
def test_a_number_that_is_none_is_refused(there: Market, stock: int) -> None:
    made = published(there, there.ann_login, stock=3)

    with pytest.raises(StockRefused):
        offers.set_stock(offer=made, stock=stock, actor=actor(there.ann_login), at=AT)


def test_of_what_has_ended_nothing_is_left_to_say(there: Market) -> None:
    made = published(there, there.ann_login, stock=3)
    offers.end(offer=made, actor=actor(there.ann_login), at=AT)

    with pytest.raises(OfferOver):
        offers.set_stock(offer=made, stock=5, actor=actor(there.ann_login), at=AT)
    with pytest.raises(NotYourTrade):
        offers.set_stock(offer=made, stock=5, actor=actor(there.ben_login), at=AT)


def test_past_the_model_the_database_refuses_less_than_nothing(there: Market) -> None:
    made = published(there, there.ann_login, stock=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=made.pk).update(stock=-1)


# --- Forgotten ------------------------------------------------------------------------------------------------------


def test_whoever_is_forgotten_has_nothing_on_the_market_any_more(there: Market) -> None:
    made = [
        drafted(there, there.ann_login), submitted(there, there.ann_login),
        published(there, there.ann_login, tags=["fiets"]),
    ]  # fmt: skip
    other = published(there, there.ben_login, tags=["fiets"])

    erase_person(person=there.ann.holder, actor=SYSTEM, at=AT + timedelta(hours=1))

    states = dict(Offer.objects.values_list("pk", "state"))
    assert states == {**{one.pk: OfferState.ENDED for one in made}, other.pk: OfferState.PUBLISHED}
    assert list(OfferTag.objects.values_list("content_object", flat=True)) == [other.pk]
    assert Offer.objects.get(pk=made[2].pk).words == ""


def test_an_editor_says_how_many_there_are_until_it_is_on_the_market(there: Market) -> None:
    editor = person("Eva")
    mandate(person=editor, principal=there.shop.holder, role=Role.EDITOR)
    made = drafted(there, there.sjoerd, provider=there.shop.holder, stock=2)

    offers.set_stock(offer=made, stock=3, actor=actor(editor), at=AT)
    offers.publish(offer=offers.submit(offer=made, actor=actor(editor), at=AT), actor=actor(there.bea), at=AT)

    with pytest.raises(NotYourTrade):
        offers.set_stock(offer=made, stock=9, actor=actor(editor), at=AT)
    made.refresh_from_db()
    assert made.stock == 3
