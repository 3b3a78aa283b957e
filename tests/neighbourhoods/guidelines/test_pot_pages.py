"""The pages about what a pot may pay for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from pytest_django import Settings

from neighbourhoods.models import Neighbourhood, PotRule, ValuedItem
from neighbourhoods.states import ValueState
from people.models import Party, User
from tests.factories import values as make
from tests.factories.pots import pot, rule
from tests.factories.residency import NOON
from tests.neighbourhoods.guidelines.test_pages import at, browser

if TYPE_CHECKING:
    from ledger.models import Account


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> Iterator[None]:
    """`force_login` passes no second step; that officials need one has a test of its own."""
    settings.STAFF_SECOND_FACTOR = False
    with time_machine.travel(NOON, tick=False):
        yield


def test_a_pot_gets_a_rule_and_loses_it_again(
    dijkstad: Party, purse: Account, reading: ValuedItem, ann: User
) -> None:
    client, add = browser(ann), at("pot_rule_add", dijkstad, purse.address)
    assert "Everything" in client.get(at("pot_rules", dijkstad)).content.decode()

    client.post(add, {"what": f"item:{reading.ref}"})
    made = PotRule.objects.get()
    listed = client.get(at("pot_rules", dijkstad)).content.decode()
    assert at("pot_rule_remove", dijkstad, made.pk) in client.get(add).content.decode()
    asked = client.get(at("pot_rule_remove", dijkstad, made.pk)).content.decode()
    client.post(at("pot_rule_remove", dijkstad, made.pk))

    assert (made.item, made.pot_id) == (reading, purse.pk)
    assert "Voorlezen op school" in listed
    assert "Then Leespot may pay for everything that residents do." in asked
    assert not PotRule.objects.exists()


def test_what_loses_its_money_is_told_before_the_first_rule_is_written(
    dijkstad: Party, purse: Account, club: Party, reading: ValuedItem, ann: User
) -> None:
    make.worth(reading, 10_00, volume=3)
    other = make.item(reading.neighbourhood, "Helpen", of=make.category("hulp"))
    make.value_decision(other, state=ValueState.APPEAL, decided=3_00, volume=1)
    free = make.item(reading.neighbourhood, "Zwaaien", of=make.category("zwaaien"))
    make.worth(free, 5_00)  # nobody expects it
    rule(purse, organiser=club)  # that says through whom, and nothing about what is done

    answer = browser(ann).get(at("pot_rule_add", dijkstad, purse.address))
    page = answer.content.decode()

    assert [one.name for one in answer.context["leaning"]] == ["Voorlezen op school", "Helpen"]
    assert "it pays for nothing else" in page
    assert "added to those that it pays through" in page
    assert "data-stops" in page


def test_a_second_rule_about_what_is_done_takes_nothing_away(
    dijkstad: Party, purse: Account, reading: ValuedItem, ann: User
) -> None:
    make.worth(reading, 10_00, volume=3)
    rule(purse, item=reading)

    answer = browser(ann).get(at("pot_rule_add", dijkstad, purse.address))
    page = answer.content.decode()

    assert answer.context["leaning"] == []
    assert "data-stops" not in page
    assert "is added to what is written down already" in page


def test_what_another_pot_pays_as_well_loses_nothing(
    dijkstad: Party, purse: Account, reading: ValuedItem, ann: User
) -> None:
    make.worth(reading, 10_00, volume=3)
    pot(reading.neighbourhood, "Wijkpot", amount=90_00)

    assert not browser(ann).get(at("pot_rule_add", dijkstad, purse.address)).context["leaning"]


def test_categories_activities_and_organisations_are_offered_once(
    dijkstad: Party, purse: Account, club: Party, reading: ValuedItem, ann: User
) -> None:
    rule(purse, category=reading.category)
    add = at("pot_rule_add", dijkstad, purse.address)

    form = browser(ann).get(add).context["form"]
    answer = browser(ann).post(add, {"what": "category:onderwijs"})
    browser(ann).post(add, {"what": f"organiser:{club.uuid}"})

    offered = [str(value) for _group, options in form["what"].field.choices[1:] for value, _name in options]
    assert offered == ["category:onderwijs", f"item:{reading.ref}", f"organiser:{club.uuid}"]
    assert "already written down" in str(answer.context["form"].non_field_errors())
    assert set(PotRule.objects.values_list("category", "organiser")) == {
        (reading.category_id, None), (None, club.pk),
    }  # fmt: skip


def test_who_spends_from_a_pot_sees_that_pot_alone_and_changes_nothing(
    dijkstad: Party, purse: Account, molenwijk: Neighbourhood, reading: ValuedItem, ben: User
) -> None:
    other = pot(molenwijk, "Sportpot")
    theirs, own = rule(other, item=reading), rule(purse, item=reading)
    client = browser(ben)

    page = client.get(at("pot_rules", dijkstad)).content.decode()

    assert "Leespot" in page
    assert "Voorlezen op school" in page
    assert "Whoever gives the money writes down what it is for" in page
    assert at("pot_rule_add", dijkstad, purse.address) not in page
    assert "Sportpot" not in page
    assert f'href="{at("guidelines", dijkstad)}"' not in page
    for address in (
        at("pot_rule_add", dijkstad, purse.address),
        at("pot_rule_remove", dijkstad, own.pk),
        at("pot_rule_add", dijkstad, other.address),
        at("pot_rule_remove", dijkstad, theirs.pk),
        at("guidelines", dijkstad),
        at("guideline_set", dijkstad),
        at("consents", dijkstad),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"what": "category:onderwijs"}).status_code == 404
    assert set(PotRule.objects.all()) == {theirs, own}


def test_who_fills_a_pot_rules_that_pot_alone(
    dijkstad: Party, molenwijk: Neighbourhood, reading: ValuedItem, club: Party, dirk: User, fund: Party
) -> None:
    theirs = pot(molenwijk, "Fondspot", holder=club, funder=fund)
    spent = pot(molenwijk, "Anders", holder=fund)  # here the municipality gives the money
    client = browser(dirk)

    page = client.get(at("pot_rules", dijkstad)).content.decode()
    client.post(at("pot_rule_add", dijkstad, theirs.address), {"what": "category:onderwijs"})
    made = PotRule.objects.get()
    answer = client.post(at("pot_rule_add", dijkstad, spent.address), {"what": "category:onderwijs"})

    assert at("pot_rule_add", dijkstad, theirs.address) in page
    assert at("pot_rule_add", dijkstad, spent.address) not in page
    assert (made.pot_id, made.category) == (theirs.pk, reading.category)
    assert answer.status_code == 404
    client.post(at("pot_rule_remove", dijkstad, made.pk))
    assert not PotRule.objects.exists()


def test_the_list_of_pots_asks_no_more_for_three_than_for_one(
    dijkstad: Party, purse: Account, molenwijk: Neighbourhood, reading: ValuedItem, club: Party, ann: User,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    rule(purse, item=reading)
    rule(purse, category=reading.category)
    rule(purse, organiser=club)
    client, address = browser(ann), at("pot_rules", dijkstad)
    client.get(address)
    with django_assert_num_queries(16):
        client.get(address)

    for name in ("Sportpot", "Groenpot"):
        item = make.item(molenwijk, name, of=make.category(name.lower()))
        more = pot(molenwijk, name, amount=5_00)
        rule(more, item=item)
        rule(more, category=item.category)
        rule(more, organiser=more.holder)
    with django_assert_num_queries(16):
        assert len(client.get(address).context["places"][0]["pots"]) == 3
