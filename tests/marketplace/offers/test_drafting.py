from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.refusals import NotAllowed, Refusal
from ledger.operations import block_account
from marketplace.models import Direction, Offer, OfferKind, OfferText
from marketplace.operations import offers
from marketplace.operations.offers.checking import KindRefused, PlaceRefused, StockRefused, TagsRefused
from marketplace.operations.standing import NoAccountHere, NotAdmitted, NotResident
from marketplace.operations.words import BlockedWord
from marketplace.operations.words_of_offer import AboutRefused, LanguageRefused, SummaryRefused, TitleRefused
from marketplace.permissions import NotYourTrade
from marketplace.queries.offers import fingerprint
from marketplace.states import AdmissionState, OfferState
from people.models import PartyKind, Role
from tests.factories.ledger import SYSTEM
from tests.factories.market import AT, Market
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import second_login
from tests.factories.wallet import open_for
from tests.marketplace.offers.making import (
    DAY,
    TODAY,
    admission_of_shop,
    block,
    changed,
    drafted,
    lines,
    submitted,
)

KEY = uuid.UUID("6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0007")


# --- Writing one ----------------------------------------------------------------------------------------------------


def test_a_draft_keeps_its_words_its_terms_and_who_wrote_it(there: Market) -> None:
    made = drafted(
        there, there.ann_login, title="  Band  plakken ", about="Neem je fiets mee.\r\n\r\n\r\n\r\nTot dan!",
        place="Bij de molen", point=(52.1, 5.2), tags=["Fiets", "fiets", "Band"], stock=3,
    )  # fmt: skip

    text = OfferText.objects.get(offer=made)
    assert (made.state, made.provider, made.made_by) == (OfferState.DRAFT, there.ann.holder, there.ann.holder)
    assert (text.title, text.summary) == ("Band plakken", "Klaar terwijl je wacht.")
    assert text.about == "Neem je fiets mee.\n\nTot dan!"
    assert (made.latitude, made.longitude, made.place, made.stock) == (52.1, 5.2, "Bij de molen", 3)
    assert sorted(made.tags.names()) == ["band", "fiets"]
    assert made.terms is not None
    assert (made.terms.version, made.price, made.until_on) == (1, 12_50, made.terms.until_on)
    assert [line.acted_by_id for line in lines("offer.draft")] == [there.ann_login.person_id]


def test_it_is_found_by_every_word_that_stands_with_it(there: Market) -> None:
    made = drafted(
        there, there.ann_login, title="Café-tafels!", summary="Vier stuks", about="Van hout.", tags=["meubels"],
        place="Dorpsstraat 3",
    )  # fmt: skip

    made.refresh_from_db()
    assert made.words == ("café tafels vier stuks van hout meubels fietsen ann de vries dorpsstraat 3 cafe")


def test_markup_is_kept_as_it_was_typed(there: Market) -> None:
    made = drafted(there, there.ann_login, title="<b>Band</b>", about="<script>alert(1)</script>")

    text = OfferText.objects.get(offer=made)
    assert (text.title, text.about) == ("<b>Band</b>", "<script>alert(1)</script>")


def test_a_form_that_is_sent_twice_makes_one_offer(there: Market) -> None:
    first = drafted(there, there.ann_login, key=KEY)

    assert drafted(there, there.ann_login, key=KEY, title="Iets anders").pk == first.pk
    assert Offer.objects.count() == 1


def test_nobody_gets_at_the_offer_of_another_with_its_key(there: Market) -> None:
    drafted(there, there.ann_login, key=KEY)

    with pytest.raises(NotAllowed):
        drafted(there, there.ben_login, key=KEY)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"title": "ab"}, TitleRefused),
        ({"title": "\u200b\u200b\u200b\u200b"}, TitleRefused),
        ({"title": "x" * 81}, TitleRefused),
        ({"summary": "x" * 301}, SummaryRefused),
        ({"about": "x" * 3001}, AboutRefused),
        ({"language": "xx"}, LanguageRefused),
        ({"place": "x" * 121}, PlaceRefused),
        ({"point": (91.0, 5.0)}, PlaceRefused),
        ({"point": (float("nan"), 5.0)}, PlaceRefused),
        ({"tags": [f"t{number}" for number in range(9)]}, TagsRefused),
        ({"tags": ["x" * 41]}, TagsRefused),
        ({"stock": 0}, StockRefused),
        ({"stock": -1}, StockRefused),
        ({"stock": 100_001}, StockRefused),
        ({"kind": OfferKind.MUNICIPAL}, KindRefused),
        ({"kind": "NOTHING"}, KindRefused),
    ],
)
def test_what_does_not_do_is_refused_and_nothing_is_written(
    there: Market, words: dict[str, Any], refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        drafted(there, there.ann_login, **words)

    assert (Offer.objects.count(), lines("offer.draft")) == (0, [])


def test_a_word_that_the_board_does_not_want_is_refused_wherever_it_stands(there: Market) -> None:
    block(there, "vuurwerk")

    for words in (
        {"title": "Vuurwerk!"},
        {"about": "Ook vuurwerk."},
        {"place": "Vuurwerk"},
        {"tags": ["vuurwerk"]},
    ):
        with pytest.raises(BlockedWord):
            drafted(there, there.ann_login, **words)


# --- Who ------------------------------------------------------------------------------------------------------------


def test_who_lives_elsewhere_offers_nothing_here(there: Market) -> None:
    open_for(there.neighbourhood, there.cas_login.person)

    with pytest.raises(NotResident):
        drafted(there, there.cas_login)


def test_who_has_no_account_in_the_coin_is_told_to_open_one(there: Market) -> None:
    with pytest.raises(NoAccountHere, match=r"Open one first\."):
        drafted(there, there.place.fenna, provider=there.neighbourhood.municipality)


def test_a_blocked_account_is_none(there: Market) -> None:
    block_account(account=there.ann, actor=SYSTEM, at=AT, reason="Verloren")

    with pytest.raises(NoAccountHere):
        drafted(there, there.ann_login)


def test_a_second_login_offers_as_the_person_that_it_is(there: Market) -> None:
    twin = second_login(there.ann_login)

    made = drafted(there, twin)

    assert (made.provider, made.made_by) == (there.ann.holder, twin.person)


def test_nobody_writes_for_another(there: Market) -> None:
    with pytest.raises(NotYourTrade):
        drafted(there, there.ben_login, provider=there.ann.holder)


def test_the_system_offers_nothing(there: Market) -> None:
    with pytest.raises(NotAllowed):
        drafted(there, there.ann_login, actor=Actor.system())


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ORGANISER, Role.FINANCE, Role.EDITOR])
def test_these_write_for_an_organisation(there: Market, role: Role) -> None:
    dirk = person("Dirk")
    mandate(person=dirk, principal=there.shop.holder, role=role)

    assert drafted(there, dirk, provider=there.shop.holder).made_by == dirk.person


def test_an_organisation_that_was_not_let_in_offers_nothing(there: Market) -> None:
    admission_of_shop(there, state=AdmissionState.ENDED)

    with pytest.raises(NotAdmitted, match="Ask the board"):
        drafted(there, there.sjoerd, provider=there.shop.holder)


def test_an_admission_holds_until_its_last_day(there: Market) -> None:
    admission_of_shop(there, until_on=TODAY)
    assert drafted(there, there.sjoerd, provider=there.shop.holder).pk

    with pytest.raises(NotAdmitted):
        drafted(there, there.sjoerd, provider=there.shop.holder, at=AT + DAY)


def test_a_household_offers_where_one_of_its_members_lives(there: Market) -> None:
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.ann_login, principal=home, role=Role.MEMBER)
    open_for(there.neighbourhood, home)
    assert drafted(there, there.ann_login, provider=home).provider == home

    there.ann.holder.residencies.update(state="ENDED")
    with pytest.raises(NotResident):
        drafted(there, there.ann_login, provider=home)


def test_the_municipality_needs_no_admission_and_alone_offers_municipal_services(there: Market) -> None:
    municipality = there.neighbourhood.municipality
    open_for(there.neighbourhood, municipality)

    made = drafted(there, there.place.fenna, provider=municipality, kind=OfferKind.MUNICIPAL)

    assert (made.provider, made.kind) == (municipality, OfferKind.MUNICIPAL)


def test_another_municipality_has_no_place_here(there: Market) -> None:
    other = organisation("Dorpstad", kind=PartyKind.MUNICIPALITY)
    dirk = person("Dirk")
    mandate(person=dirk, principal=other, role=Role.FINANCE)
    open_for(there.neighbourhood, other)

    with pytest.raises(NotAdmitted):
        drafted(there, dirk, provider=other)


# --- The board reads what it lets through ---------------------------------------------------------------------------


def test_every_change_shows_in_the_sign_of_what_the_board_read(there: Market) -> None:
    made = submitted(there, there.ann_login)
    before = fingerprint(made)

    changed(made, there)
    words = fingerprint(made)
    offers.set_stock(offer=made, stock=2, actor=actor(there.ann_login), at=AT)

    assert len({before, words, fingerprint(made)}) == 3


# --- What the database refuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"direction": Direction.DEMAND}, {"key": KEY}, {"ref": KEY}])
def test_past_the_model_the_database_keeps_what_an_offer_is(there: Market, change: dict[str, Any]) -> None:
    made = drafted(there, there.ann_login)

    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=made.pk).update(**change)


def test_past_the_model_nothing_comes_on_the_market_without_terms(there: Market) -> None:
    made = drafted(there, there.ann_login)

    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=made.pk).update(state=OfferState.PUBLISHED, terms=None)
