"""Putting something on the market: one form, sent once or ten times, with a picture or with nonsense."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from content.models import Picture
from marketplace.models import Offer, OfferText, Reach, WordRule, WordUse
from marketplace.states import OfferState
from neighbourhoods.models import ItemKind, Neighbourhood
from people.models import PartyKind, Role
from tests.factories import values
from tests.factories.market import AT, Market, admitted, market
from tests.factories.people import mandate, organisation
from tests.factories.wallet import open_for
from tests.marketplace.offer_pages.scene import (
    files,
    filled_in,
    new_page,
    photo,
    sent,
    signed_in,
    the_offer,
    upload,
    words,
)

# --- A minute --------------------------------------------------------------------------------------------------------


def test_ann_offers_something_and_the_board_has_it(there: Market, ann: Client) -> None:
    answer = sent(ann, place="Molenstraat 4", tags="Fiets, band, fiets", stock="3")

    offer = the_offer()
    assert answer["Location"] == f"/en/market/offers/{offer.ref}/"
    assert (offer.state, offer.direction, offer.kind) == (OfferState.SUBMITTED, "SUPPLY", "SERVICE")
    assert (offer.provider, offer.neighbourhood) == (there.ann.holder, there.neighbourhood)
    assert (offer.price, offer.until_on, offer.reach, offer.stock) == (12_50, date(2027, 1, 15), "HERE", 3)
    assert (offer.place, sorted(offer.tags.names())) == ("Molenstraat 4", ["band", "fiets"])
    text = offer.texts.get()
    assert (text.title, text.summary, text.language) == ("Mending a tyre", "While you wait.", "en")
    assert "The board has it now." in words(ann.get(answer["Location"]))


def test_ann_asks_for_something_that_one_other_can_do(there: Market, ann: Client) -> None:
    page = words(ann.get(f"{new_page()}?direction=DEMAND"))
    assert "What do you ask for?" in page
    assert "Sell it ahead" not in page

    sent(ann, f"{new_page()}?direction=DEMAND", title="Who walks my dog?", stock="1")

    assert (the_offer().direction, the_offer().stock) == ("DEMAND", 1)


def test_what_the_board_offers_itself_is_on_the_market_at_once(there: Market) -> None:
    open_for(there.neighbourhood, there.neighbourhood.party)
    bea = signed_in(there.bea)
    assert "It is on the market at once." in words(bea.get(new_page()))

    answer = sent(bea)

    assert the_offer().state == OfferState.PUBLISHED
    assert the_offer().provider == there.neighbourhood.party
    assert "This is on the market now." in words(bea.get(answer["Location"]))


def test_sjoerd_chooses_in_whose_name_and_nobody_chooses_another(there: Market) -> None:
    shop, second = there.shop.holder, organisation("Bakery", kind=PartyKind.COMPANY)
    mandate(person=there.sjoerd, principal=second)
    open_for(there.neighbourhood, second)
    admitted(second, there.neighbourhood)
    sjoerd = signed_in(there.sjoerd)

    refused = sent(sjoerd, provider=str(there.ann.holder.uuid))
    assert "Choose one of these." in words(refused)
    sent(sjoerd, provider=str(second.uuid))

    assert the_offer().provider == second
    assert shop.display_name in words(sjoerd.get(new_page()))


def test_the_same_form_sent_twice_makes_one_offer_with_one_picture(ann: Client, media: Path) -> None:
    form = filled_in()

    first = ann.post(new_page(), {**form, "picture": upload(photo())})
    second = ann.post(new_page(), {**form, "picture": upload(photo())})

    assert first["Location"] == second["Location"]
    assert (Offer.objects.count(), Picture.objects.count(), len(files(media))) == (1, 1, 1)


def test_another_who_sends_the_key_of_anns_form_gets_nothing_of_hers(there: Market, ann: Client) -> None:
    form = filled_in()
    ann.post(new_page(), form)

    answer = signed_in(there.ben_login).post(new_page(), form)

    assert Offer.objects.count() == 2
    assert answer["Location"] == f"/en/market/offers/{Offer.objects.get(provider=there.ben.holder).ref}/"


def test_somebody_who_is_not_signed_in_is_asked_to(there: Market) -> None:
    assert "/login/" in Client().get(new_page())["Location"]


def test_a_place_that_is_not_there_is_not_found(ann: Client) -> None:
    assert ann.get(new_page("nowhere")).status_code == 404


# --- Who may ---------------------------------------------------------------------------------------------------------


def test_who_has_no_place_on_this_market_reads_why_and_where_to_go(there: Market) -> None:
    cas = signed_in(there.cas_login)

    page = cas.get(new_page())

    assert "You cannot offer anything here yet" in words(page)
    assert "Only who lives in Molenwijk can offer and ask here." in words(page)
    assert sent(cas).status_code == 200
    assert not Offer.objects.exists()


def test_a_shop_that_was_not_let_in_is_told_to_ask_the_board(there: Market) -> None:
    stranger = organisation("Elsewhere Ltd", kind=PartyKind.COMPANY)
    mandate(person=there.ann_login, principal=stranger, role=Role.OPERATOR)
    open_for(there.neighbourhood, stranger)

    sent(signed_in(there.ann_login), provider=str(stranger.uuid))

    assert not Offer.objects.filter(provider=stranger).exists()


# --- What does not do ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Say in a few words what it is."),
        ("title", "ab", "Say in a few words what it is."),
        ("title", "x" * 81, "This is too long."),
        ("summary", "x" * 301, "This is too long."),
        ("about", "x" * 3001, "This is too long."),
        ("kind", "MAGIC", "Choose one of these."),
        ("kind", "MUNICIPAL", "Choose one of these."),
        ("category", "magic", "Choose a category from the list."),
        ("amount", "", "Enter an amount"),
        ("amount", "0", "Enter an amount above nought"),
        ("amount", "-4", "without a minus sign"),
        ("amount", "much", "Enter an amount"),
        ("unit", "BARREL", "Choose one of these."),
        ("until_on", "2026-11-21", "This day has passed."),
        ("until_on", "2028-01-01", "Choose a last day within a year."),
        ("until_on", "soon", "Enter a date"),
        ("stock", "-1", "Enter a whole number"),
        ("stock", "1.5", "Enter a whole number"),
        ("stock", "9999999", "Enter a smaller number."),
        ("euro", "-1", "without a minus sign"),
        ("tags", ",".join(f"word{n}" for n in range(9)), "Use at most 8 words"),
        ("language", "xx", "Choose one of these."),
        ("reach", "MOON", "Choose one of these."),
        ("reach", "NAMED", "Choose at least one other neighbourhood."),
        ("is_voucher", "on", "Say how many days a voucher is valid."),
        ("key", "no-key", "This form is out of date."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_what_was_typed_stays(
    ann: Client, field: str, value: str, sentence: str
) -> None:
    answer = sent(ann, **{"summary": "Typed by hand.", field: value})

    assert answer.status_code == 200
    assert sentence in words(answer)
    assert not Offer.objects.exists()
    if field != "summary":
        assert "Typed by hand." in answer.content.decode()


def test_all_that_the_market_would_refuse_is_said_at_once(there: Market, ann: Client) -> None:
    item = values.item(there.neighbourhood, "Band plakken", kind=ItemKind.SERVICE, unit="PIECE")
    values.worth(item, 8_50)
    WordRule.objects.create(
        neighbourhood=there.neighbourhood, word="fireworks", use=WordUse.BLOCKED, made_by=there.bea.person, made_at=AT
    )  # fmt: skip

    answer = words(
        sent(ann, title="Fireworks", about="More fireworks.", item=str(item.ref), amount="9.00",
             until_on="2020-01-01", picture=upload(photo()))
    )  # fmt: skip

    assert "5 things are not right yet" in answer
    for said in ("fireworks", "This day has passed.", "no more than 8.50", "Choose your picture again."):
        assert said in answer
    assert not Offer.objects.exists()


def test_markup_is_kept_as_typed_and_shown_as_typed(ann: Client) -> None:
    answer = sent(ann, title="<b>Free</b> coins", about="<script>alert(1)</script>")

    page = ann.get(answer["Location"]).content.decode()

    assert OfferText.objects.get().title == "<b>Free</b> coins"
    assert "&lt;b&gt;Free&lt;/b&gt; coins" in page
    assert "<script>alert" not in page


def test_a_title_on_several_lines_that_turns_the_text_round_becomes_one_plain_line(ann: Client) -> None:
    sent(ann, title="Mending\n a\u202e tyre")

    assert OfferText.objects.get().title == "Mending a tyre"


def test_a_word_that_the_board_does_not_want_is_named(there: Market, ann: Client) -> None:
    WordRule.objects.create(
        neighbourhood=there.neighbourhood, word="fireworks", use=WordUse.BLOCKED, made_by=there.bea.person, made_at=AT
    )  # fmt: skip

    answer = sent(ann, title="Fireworks for sale")

    assert "fireworks" in words(answer)
    assert not Offer.objects.exists()


def test_a_price_above_the_value_that_was_decided_is_refused_and_one_below_is_not(
    there: Market, ann: Client
) -> None:
    item = values.item(there.neighbourhood, "Band plakken", kind=ItemKind.SERVICE, unit="PIECE")
    values.worth(item, 8_50)
    assert "Band plakken – 8.50 per piece" in words(ann.get(new_page()))

    dear = sent(ann, item=str(item.ref), amount="8.51")
    other_unit = sent(ann, item=str(item.ref), amount="8.00", unit="HOUR")
    assert "no more than 8.50" in words(dear)
    assert "Its value is per piece." in words(other_unit)
    assert not Offer.objects.exists()
    sent(ann, item=str(item.ref), amount="8.00")

    terms = the_offer().terms
    assert terms is not None
    assert (terms.amount, terms.item) == (8_00, item)


def test_a_value_of_another_neighbourhood_cannot_be_chosen(there: Market, ann: Client) -> None:
    other = market("Sluiskade", "NL02ABNA0123456789")
    item = values.item(other.neighbourhood, "Band plakken", kind=ItemKind.SERVICE, unit="PIECE")
    values.worth(item, 99_00)
    values.worth(values.item(there.neighbourhood, "Iets", kind=ItemKind.SERVICE, unit="PIECE"), 5_00)

    answer = sent(ann, item=str(item.ref))

    assert "Choose one of these." in words(answer)
    assert not Offer.objects.exists()


def test_other_neighbourhoods_are_named_and_a_voucher_says_how_often_and_how_long(
    there: Market, ann: Client
) -> None:
    oost = Neighbourhood.objects.exclude(pk=there.neighbourhood.pk).get()
    sent(
        ann, reach="NAMED", places=[oost.slug], is_voucher="on", uses="10", voucher_days="90", refund="UNUSED"
    )  # fmt: skip

    terms = the_offer().terms
    assert terms is not None
    assert (terms.reach, [one.neighbourhood for one in terms.places.all()]) == (Reach.NAMED, [oost])
    assert (terms.is_voucher, terms.uses, terms.voucher_days, terms.refund) == (True, 10, 90, "UNUSED")


def test_a_part_in_euro_is_kept_apart_from_the_coins(ann: Client) -> None:
    answer = sent(ann, euro="2.50")

    terms = the_offer().terms
    assert terms is not None
    assert (terms.amount, terms.euro) == (12_50, 2_50)
    assert "and 2.50 euro, which you pay at the counter" in words(ann.get(answer["Location"]))


def test_the_form_costs_as_many_queries_with_three_neighbourhoods_and_values_as_with_one(
    there: Market, ann: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    values.worth(values.item(there.neighbourhood, "Een", kind=ItemKind.SERVICE), 5_00)
    ann.get(new_page())
    with django_assert_num_queries(QUERIES):
        ann.get(new_page())

    for name in ("Twee", "Drie"):
        values.worth(values.item(there.neighbourhood, name, kind=ItemKind.SERVICE), 5_00)
        values.category(name.lower())
    with django_assert_num_queries(QUERIES):
        ann.get(new_page())


QUERIES = 17  # of the form, with its frame
