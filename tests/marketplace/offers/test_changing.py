from __future__ import annotations

import uuid

import pytest

from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from marketplace.models import Offer, OfferKind, OfferText
from marketplace.operations import offers
from marketplace.operations.offers.drafting import NotWritable, NotYetOut
from marketplace.permissions import NotYourTrade
from marketplace.queries.offers import replaces, text_of
from marketplace.states import OfferState
from people.models import Party
from tests.factories.market import AT, Market
from tests.factories.people import actor, person
from tests.factories.values import category
from tests.marketplace.offers.making import (
    DAY,
    TODAY,
    changed,
    drafted,
    lines,
    published,
    submitted,
    terms,
)

KEY = uuid.UUID("6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0007")


# --- Changing, sending, taking back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.SUBMITTED, OfferState.RETURNED])
def test_words_can_be_changed_until_it_is_on_the_market(there: Market, state: str) -> None:
    made = drafted(there, there.ann_login)
    Offer.objects.filter(pk=made.pk).update(state=state)
    fruit = category("fruit", cpa="01")

    changed(made, there, language="en", title="Apples", category=fruit, kind=OfferKind.GOOD)

    made.refresh_from_db()
    assert [(text.language, text.title) for text in made.texts.all()] == [("en", "Apples")]
    assert (made.category, made.kind, made.language) == (fruit, OfferKind.GOOD, "en")
    assert made.words.startswith("apples fruit")
    assert [line.acted_by_id for line in lines("offer.change")] == [there.ann_login.person_id]


@pytest.mark.parametrize("state", [OfferState.PUBLISHED, OfferState.PAUSED])
def test_what_people_can_order_is_not_told_otherwise(there: Market, state: str) -> None:
    made = published(there, there.ann_login)
    Offer.objects.filter(pk=made.pk).update(state=state)

    with pytest.raises(NotWritable):
        changed(made, there)

    assert text_of(made).title == "Band plakken"


def test_a_page_that_the_board_publishes_changes_the_words_of_what_is_on_the_market(there: Market) -> None:
    made = published(there, there.sjoerd, provider=there.shop.holder)
    OfferText.objects.create(offer=made, language="en", title="Tyre")

    changed(made, there, actor=actor(there.bea), by_page=True, title="Ketting smeren")

    assert sorted(made.texts.values_list("language", "title")) == [("en", "Tyre"), ("nl", "Ketting smeren")]


def test_a_page_published_by_who_is_not_on_the_board_changes_nothing_on_the_market(there: Market) -> None:
    made = published(there, there.sjoerd, provider=there.shop.holder)

    with pytest.raises(NotWritable):
        changed(made, there, actor=actor(there.sjoerd), by_page=True)
    with pytest.raises(Refusal):
        changed(made, there, actor=actor(there.ben_login), by_page=True)


def test_what_is_sent_back_can_be_sent_again(there: Market) -> None:
    made = submitted(there, there.ann_login)
    offers.return_offer(offer=made, reason="Zeg waar.", actor=actor(there.bea), at=AT)

    offers.submit(offer=made, actor=actor(there.ann_login), at=AT)

    assert made.state == OfferState.SUBMITTED


def test_a_draft_whose_last_day_passed_meanwhile_is_not_sent(there: Market) -> None:
    made = drafted(there, there.ann_login, terms=terms(until_on=TODAY))

    with pytest.raises(Refusal, match="This day has passed"):
        offers.submit(offer=made, actor=actor(there.ann_login), at=AT + DAY)


def test_what_is_not_on_the_market_yet_can_be_taken_back_by_its_own(there: Market) -> None:
    made = submitted(there, there.ann_login)

    with pytest.raises(NotYourTrade):
        offers.withdraw(offer=made, actor=actor(there.ben_login), at=AT)
    offers.withdraw(offer=made, actor=actor(there.ann_login), at=AT)

    assert made.state == OfferState.ENDED
    with pytest.raises(MoveRefused):
        offers.submit(offer=made, actor=actor(there.ann_login), at=AT)


# --- Again ----------------------------------------------------------------------------------------------------------


def test_writing_it_again_keeps_all_but_the_place_on_the_market(there: Market) -> None:
    old = published(there, there.ann_login, tags=["fiets"], place="Bij de molen", point=(52.0, 5.0), stock=4)

    new = offers.again(offer=old, key=KEY, actor=actor(there.ann_login), at=AT)

    assert (old.state, new.state) == (OfferState.PUBLISHED, OfferState.DRAFT)
    assert (text_of(new).title, text_of(new).about) == (text_of(old).title, text_of(old).about)
    assert (new.price, new.until_on, new.stock, new.place) == (old.price, old.until_on, 4, "Bij de molen")
    assert (list(new.tags.names()), new.words) == (["fiets"], old.words)
    assert replaces(new) == old


def test_when_the_new_one_comes_on_the_market_the_old_one_ends(there: Market) -> None:
    old = published(there, there.ann_login)
    new = offers.again(offer=old, key=KEY, actor=actor(there.ann_login), at=AT)
    offers.submit(offer=new, actor=actor(there.ann_login), at=AT)

    offers.publish(offer=new, actor=actor(there.bea), at=AT)

    old.refresh_from_db()
    assert (old.state, new.state) == (OfferState.ENDED, OfferState.PUBLISHED)


def test_what_ended_long_ago_can_be_written_again_with_a_new_last_day(there: Market) -> None:
    old = published(there, there.ann_login, terms=terms(until_on=TODAY))
    offers.end(offer=old, actor=actor(there.ann_login), at=AT)
    later = AT + 400 * DAY

    new = offers.again(offer=old, key=KEY, actor=actor(there.ann_login), at=later)

    assert (new.until_on, replaces(new)) == (TODAY + 765 * DAY, None)


def test_nobody_has_what_another_offers_end_with_their_own(there: Market) -> None:
    old = published(there, there.ben_login)

    with pytest.raises(NotAllowed):
        drafted(there, there.ann_login, instead_of=old)
    with pytest.raises(NotYourTrade):
        offers.again(offer=old, key=KEY, actor=actor(there.ann_login), at=AT)


def test_who_was_linked_to_another_number_meanwhile_writes_it_again_as_that_person(there: Market) -> None:
    old = published(there, there.ann_login)
    dora = person("Dora").person
    there.ann.holder.residencies.update(person=dora)
    Party.objects.filter(pk=there.ann.holder.pk).update(same_person_as=dora)

    new = offers.again(offer=old, key=KEY, actor=actor(there.ann_login), at=AT)

    assert (new.provider, replaces(new)) == (dora, old)


def test_a_draft_is_changed_and_not_written_again(there: Market) -> None:
    with pytest.raises(NotYetOut):
        offers.again(offer=drafted(there, there.ann_login), key=KEY, actor=actor(there.ann_login), at=AT)
