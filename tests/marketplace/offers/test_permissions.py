from __future__ import annotations

import pytest

from marketplace.permissions import has_interest, may_judge, may_trade, may_write
from marketplace.queries.accounts import account_for
from marketplace.queries.traders import logins_of_traders, parties_traded_for
from people.models import Party, PartyKind, Role, User
from tests.factories.market import Market, market
from tests.factories.people import mandate, organisation, person
from tests.factories.residency import second_login
from tests.factories.wallet import open_for
from tests.marketplace.offers.making import DAY, TODAY

TRADING = {Role.OWNER, Role.OPERATOR, Role.ORGANISER, Role.FINANCE}
OF = {
    PartyKind.COMPANY: TRADING,
    PartyKind.ASSOCIATION: TRADING,
    PartyKind.INSTITUTION: TRADING,
    PartyKind.COOPERATIVE: TRADING,
    PartyKind.MUNICIPALITY: TRADING | {Role.EDITOR},
    PartyKind.HOUSEHOLD: {Role.OWNER, Role.MEMBER},
    PartyKind.NEIGHBOURHOOD: set(),
}


@pytest.mark.parametrize("kind", OF)
def test_these_offices_and_no_others_trade_for_a_party(db: None, kind: PartyKind) -> None:
    party = organisation("Bakkerij", kind=kind)
    trading = set()
    for role in Role:
        login = person(f"{role} of it")
        mandate(person=login, principal=party, role=role)
        if may_trade(login.person, party, TODAY):
            trading.add(role)

    assert trading == OF[kind]


def test_each_trades_for_themself_and_a_helper_for_who_they_help(db: None) -> None:
    ann, ben, hella = person("Ann"), person("Ben"), person("Hella")
    mandate(person=hella, principal=ann.person, role=Role.HELPER, until_on=TODAY)

    assert may_trade(ann.person, ann.person, TODAY)
    assert may_trade(second_login(ann).person, ann.person, TODAY)
    assert may_trade(hella.person, ann.person, TODAY)
    assert not may_trade(hella.person, ann.person, TODAY + DAY)
    assert not may_trade(ben.person, ann.person, TODAY)


def test_an_editor_of_an_organisation_writes_and_no_more(db: None) -> None:
    shop, home, editor = (
        organisation("Bakkerij"),
        organisation("Thuis", kind=PartyKind.HOUSEHOLD),
        person("Eva"),
    )
    mandate(person=editor, principal=shop, role=Role.EDITOR)
    mandate(person=editor, principal=home, role=Role.HELPER)

    assert (may_write(editor.person, shop, TODAY), may_trade(editor.person, shop, TODAY)) == (True, False)
    assert not may_write(editor.person, home, TODAY)


def test_who_is_on_the_board_today_trades_for_the_neighbourhood(there: Market) -> None:
    place = there.neighbourhood
    owner = person("Olga")
    mandate(person=owner, principal=place.party, role=Role.OWNER)

    assert may_trade(there.bea.person, place.party, TODAY)
    assert may_trade(second_login(there.bea).person, place.party, TODAY)
    assert not may_trade(owner.person, place.party, TODAY)
    there.bea.person.seats.update(until_on=TODAY - DAY)
    assert not may_trade(there.bea.person, place.party, TODAY)


def test_a_seat_on_another_board_gives_nothing_here(there: Market) -> None:
    elsewhere = market("Dorpwijk", "NL02ABNA0123456789")

    assert not may_trade(elsewhere.bea.person, there.neighbourhood.party, TODAY)
    assert not may_judge(elsewhere.bea.person, there.neighbourhood, there.ann.holder, TODAY)


@pytest.mark.parametrize("role", Role)
def test_any_office_is_an_interest(there: Market, role: Role) -> None:
    mandate(person=there.bob, principal=there.shop.holder, role=role)

    assert has_interest(there.bob.person, there.shop.holder, TODAY)
    assert has_interest(second_login(there.bob).person, there.shop.holder, TODAY)
    assert not may_judge(there.bob.person, there.neighbourhood, there.shop.holder, TODAY)
    assert may_judge(there.bea.person, there.neighbourhood, there.shop.holder, TODAY)


def test_who_shares_a_household_has_an_interest_both_ways_until_one_leaves(there: Market) -> None:
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.bea, principal=home, role=Role.OWNER)
    mandate(person=there.ann_login, principal=home, role=Role.MEMBER, until_on=TODAY)
    bea, ann = there.bea.person, there.ann.holder

    assert has_interest(bea, home, TODAY)
    assert (has_interest(bea, ann, TODAY), has_interest(ann, bea, TODAY)) == (True, True)
    assert has_interest(second_login(there.bea).person, ann, TODAY)
    assert not has_interest(bea, ann, TODAY + DAY)
    assert not has_interest(bea, there.ben.holder, TODAY)


def test_colleagues_share_no_household(there: Market) -> None:
    mandate(person=there.bea, principal=there.shop.holder, role=Role.OWNER)
    mandate(person=there.ann_login, principal=there.shop.holder, role=Role.OWNER)

    assert not has_interest(there.bea.person, there.ann.holder, TODAY)


def test_what_the_neighbourhood_offers_is_nobodys_own(there: Market) -> None:
    mandate(person=there.bob, principal=there.neighbourhood.party, role=Role.FINANCE)

    assert not has_interest(there.bob.person, there.neighbourhood.party, TODAY)
    assert may_judge(there.bob.person, there.neighbourhood, there.neighbourhood.party, TODAY)


# --- For whom, and who ----------------------------------------------------------------------------------------------


def test_for_whom_somebody_trades_begins_with_themself(there: Market) -> None:
    home = organisation("Aan de dijk", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.bea, principal=home, role=Role.MEMBER)
    mandate(person=there.bea, principal=there.shop.holder, role=Role.OPERATOR)
    mandate(person=there.bea, principal=organisation("Zaak"), role=Role.EDITOR)
    bea = there.bea.person

    found = parties_traded_for(second_login(there.bea).person, TODAY)

    assert found == [bea, home, there.neighbourhood.party, there.shop.holder]
    assert all(may_trade(bea, one, TODAY) for one in found)


def told(party: Party) -> set[User]:
    return set(logins_of_traders(party, TODAY))


def test_all_who_trade_for_a_party_are_told_under_each_of_their_logins(there: Market) -> None:
    twin = second_login(there.sjoerd)
    editor = person("Eva")
    mandate(person=editor, principal=there.shop.holder, role=Role.EDITOR)
    left = person("Dirk")
    mandate(person=left, principal=there.shop.holder, until_on=TODAY - DAY)

    assert told(there.shop.holder) == {there.sjoerd, twin}
    assert told(there.ann.holder) == {there.ann_login}
    other = second_login(there.ann_login, "Other")
    assert told(other.person) == {there.ann_login, other}
    assert told(there.neighbourhood.party) == {there.bea, there.bob, there.place.tom}


def test_the_account_is_found_under_any_number_of_a_person_and_a_pot_is_none(there: Market) -> None:
    twin = second_login(there.ann_login)
    club = there.place.pot.holder

    assert account_for(twin.person, there.coin) == there.ann
    assert account_for(there.ann.holder, there.cas.coin) is None
    assert account_for(club, there.coin) is None
    mine = open_for(there.neighbourhood, club)
    assert account_for(club, there.coin) == mine
