from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import AuditAbout, AuditEntry
from core.refusals import NotAllowed
from ledger.kinds import AccountKind
from ledger.operations import block_account, close_account, open_account
from neighbourhoods.models import ItemKind, Neighbourhood, PotRule, ValuedItem
from neighbourhoods.operations.pot_rules import (
    NotAPot,
    NotEarned,
    OneThingOnly,
    OrganiserIsPerson,
    RuleGone,
    RuleThere,
    add_rule,
    remove_rule,
)
from neighbourhoods.queries.pot_rules import may_pay, pots_for
from people.models import Party, PartyKind, Role, User
from tests.factories import values as make
from tests.factories.ledger import key
from tests.factories.people import child, mandate, organisation, person
from tests.factories.pots import pot, rule
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, second_login
from tests.neighbourhoods.guidelines.conftest import acting

if TYPE_CHECKING:
    from ledger.models import Account


def labels(item: ValuedItem) -> list[str]:
    return [found.account.label for found in pots_for(item, TODAY)]


# --- What it may pay for ----------------------------------------------------------------------------------------------


def test_a_pot_without_rules_is_free(purse: Account, reading: ValuedItem, club: Party) -> None:
    assert may_pay(purse)
    assert may_pay(purse, item=reading, organiser=club)


def test_a_pot_pays_for_the_items_and_categories_that_are_named_and_no_others(
    purse: Account, molenwijk: Neighbourhood, reading: ValuedItem
) -> None:
    sport = make.item(molenwijk, "Training", of=make.category("sport"))
    garden = make.item(molenwijk, "Tuinhulp", of=make.category("groen"))
    rule(purse, item=sport)
    rule(purse, category=reading.category)

    assert [may_pay(purse, item=one) for one in (reading, sport, garden)] == [True, True, False]


def test_a_pot_for_a_category_pays_for_what_is_part_of_it(purse: Account, molenwijk: Neighbourhood) -> None:
    wide = make.category("zorg")
    part = make.item(molenwijk, "Boodschappen", of=make.category("mantelzorg", parent=wide))
    whole = make.item(molenwijk, "Zorg", of=wide)
    rule(purse, category=wide)

    assert may_pay(purse, item=part)
    PotRule.objects.all().delete()
    rule(purse, category=part.category)
    assert not may_pay(purse, item=whole)


def test_a_pot_pays_through_the_organisers_that_are_named(
    purse: Account, reading: ValuedItem, club: Party
) -> None:
    school = organisation("School", kind=PartyKind.INSTITUTION)
    rule(purse, organiser=club)

    assert may_pay(purse, item=reading)  # nothing is said about what
    assert may_pay(purse, item=reading, organiser=club)
    assert not may_pay(purse, item=reading, organiser=school)


def test_only_open_pots_of_the_place_that_may_pay_are_there_for_an_item(
    purse: Account, molenwijk: Neighbourhood, sluiskade: Neighbourhood, reading: ValuedItem
) -> None:
    pot(molenwijk, "Voor alles", ends_on=TODAY)
    pot(molenwijk, "Afgelopen", ends_on=TODAY - DAY)
    pot(sluiskade, "Elders")
    rule(pot(molenwijk, "Sport"), category=make.category("sport"))
    block_account(account=pot(molenwijk, "Op slot"), actor=SYSTEM, at=NOON)
    close_account(account=pot(molenwijk, "Dicht"), actor=SYSTEM, at=NOON)

    assert labels(reading) == ["Voor alles", "Leespot"]


# --- Writing it down --------------------------------------------------------------------------------------------------


def test_municipality_and_funder_say_what_a_pot_is_for(
    molenwijk: Neighbourhood, dijkstad: Party, reading: ValuedItem, ann: User, club: Party
) -> None:
    fund = organisation("Fonds", kind=PartyKind.INSTITUTION)
    dirk = person("Dirk")
    mandate(person=dirk, principal=fund, role=Role.OWNER)
    account = pot(molenwijk, holder=club, funder=fund)

    add_rule(pot=account, item=reading, actor=acting(ann, dijkstad), at=NOON)
    add_rule(pot=account, organiser=club, actor=acting(second_login(ann), dijkstad), at=NOON)
    made = add_rule(pot=account, category=reading.category, actor=acting(dirk, fund), at=NOON)
    remove_rule(rule=made, actor=acting(dirk, fund), at=NOON)

    assert [(one.item, one.organiser) for one in PotRule.objects.order_by("pk")] == [
        (reading, None),
        (None, club),
    ]


def test_who_spends_from_a_pot_does_not_say_what_it_is_for(
    purse: Account, club: Party, reading: ValuedItem, ben: User
) -> None:
    """Else the last rule of its funder taken away would set the money free."""
    made = rule(purse, item=reading)

    for login in (ben, second_login(ben)):
        with pytest.raises(NotAllowed):
            add_rule(pot=purse, organiser=club, actor=acting(login, club), at=NOON)
        with pytest.raises(NotAllowed):
            remove_rule(rule=made, actor=acting(login, club), at=NOON)

    assert list(PotRule.objects.all()) == [made]


def test_nobody_else_says_what_a_pot_is_for(
    purse: Account, club: Party, reading: ValuedItem, cas: User
) -> None:
    dora = person("Dora")
    mandate(person=dora, principal=club, role=Role.ORGANISER)
    made = rule(purse, item=reading)

    for login in (cas, dora, person("Dirk")):
        with pytest.raises(NotAllowed):
            add_rule(pot=purse, organiser=club, actor=acting(login, club), at=NOON)
        with pytest.raises(NotAllowed):
            remove_rule(rule=made, actor=acting(login, club), at=NOON)

    assert list(PotRule.objects.all()) == [made]


def test_each_rule_is_one_thing_once(purse: Account, reading: ValuedItem, club: Party) -> None:
    with pytest.raises(OneThingOnly):
        add_rule(pot=purse, actor=SYSTEM, at=NOON)
    with pytest.raises(OneThingOnly):
        add_rule(pot=purse, item=reading, organiser=club, actor=SYSTEM, at=NOON)
    add_rule(pot=purse, item=reading, actor=SYSTEM, at=NOON)
    with pytest.raises(RuleThere):
        add_rule(pot=purse, item=reading, actor=SYSTEM, at=NOON)

    assert PotRule.objects.count() == 1


def test_a_pot_pays_for_what_residents_do_in_its_own_place(
    purse: Account, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    for other in (make.item(sluiskade, "Elders"), make.item(molenwijk, "Bon", kind=ItemKind.SERVICE)):
        with pytest.raises(NotEarned):
            add_rule(pot=purse, item=other, actor=SYSTEM, at=NOON)
    with pytest.raises(OrganiserIsPerson):
        add_rule(pot=purse, organiser=child("Kim"), actor=SYSTEM, at=NOON)

    assert not PotRule.objects.exists()


def test_an_account_and_a_closed_pot_have_no_rules(
    molenwijk: Neighbourhood, reading: ValuedItem, club: Party
) -> None:
    closed = pot(molenwijk)
    account = open_account(
        coin=molenwijk.coin, kind=AccountKind.HOLDER, holder=club, holder_kind=club.kind, key=key("club"),
        actor=SYSTEM, at=NOON,
    )  # fmt: skip
    close_account(account=closed, actor=SYSTEM, at=NOON)
    closed.refresh_from_db()

    for one in (account, closed):
        with pytest.raises(NotAPot):
            add_rule(pot=one, item=reading, actor=SYSTEM, at=NOON)


def test_a_rule_is_taken_away_once_and_both_parties_read_of_it(
    purse: Account, dijkstad: Party, club: Party, reading: ValuedItem
) -> None:
    made = add_rule(pot=purse, item=reading, actor=SYSTEM, at=NOON)
    remove_rule(rule=made, actor=SYSTEM, at=NOON)

    with pytest.raises(RuleGone):
        remove_rule(rule=PotRule(pk=made.pk or 1, pot=purse), actor=SYSTEM, at=NOON)
    lines = AuditEntry.objects.filter(event__startswith="pot_rule.").order_by("pk")
    assert [line.event for line in lines] == ["pot_rule.add", "pot_rule.remove"]
    for line in lines:
        about = AuditAbout.objects.filter(entry=line).values_list("party_id", flat=True)
        assert set(about) == {club.pk, dijkstad.pk}


def test_the_database_refuses_a_rule_about_two_things_about_none_and_one_twice(
    purse: Account, reading: ValuedItem, club: Party
) -> None:
    rule(purse, item=reading)
    insert = (
        "INSERT INTO neighbourhoods_potrule (pot_id, organiser_id, category_id, item_id, made_at)"
        " VALUES (%s, %s, %s, %s, %s)"
    )

    for organiser, category, item in (
        (None, None, None),
        (club.pk, reading.category_id, None),
        (club.pk, None, reading.pk),
        (None, None, reading.pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [purse.pk, organiser, category, item, NOON])

    assert PotRule.objects.count() == 1
