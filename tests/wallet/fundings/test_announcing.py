"""Who announces money, how much, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed
from ledger.kinds import AccountKind, FundingState
from ledger.models import Account, Funding
from ledger.operations import AccountNotOpen, CoinMismatch, FundingOver, KeyReused, block_account
from people.models import PartyKind, Role
from tests.factories.ledger import SYSTEM
from tests.factories.people import actor, child, mandate, organisation
from tests.factories.wallet import AT, fund, open_for
from tests.wallet.fundings.scene import NOW, Scene, announced, day
from wallet.operations.fundings import (
    LARGEST,
    MOST_OPEN,
    SMALLEST,
    AmountOutOfBounds,
    CannotTakeMoney,
    LastDayOutOfBounds,
    OrganisationsOnly,
    PotOfAnotherFunder,
    TooManyAnnounced,
    withdraw,
)


def test_an_owner_announces_money_for_a_pot_and_no_coin_comes_about(of: Scene) -> None:
    funding = announced(of)

    of.there.pot.refresh_from_db()
    assert (funding.state, funding.amount, funding.payee_id) == (
        FundingState.ANNOUNCED,
        50_00,
        of.there.pot.pk,
    )
    assert of.there.pot.balance == 0


def test_somebody_with_the_finances_announces_too(of: Scene) -> None:
    mandate(person=of.there.ben_login, principal=of.bakery, role=Role.FINANCE)

    assert announced(of, actor=actor(of.there.ben_login, principal=of.bakery)).funder_id == of.bakery.pk


def test_a_linked_second_login_of_the_owner_announces_too(of: Scene) -> None:
    second = of.there.ben_login
    second.person.same_person_as = of.olga.person
    second.person.save()

    assert announced(of, actor=actor(second, principal=of.bakery)).funder_id == of.bakery.pk


def test_the_finance_desk_announces_for_an_organisation(of: Scene) -> None:
    by_fenna = actor(of.there.fenna, principal=of.there.municipality)
    by_tom = actor(of.there.tom, principal=of.there.neighbourhood.party)

    assert announced(of, actor=by_fenna).funder_id == of.bakery.pk
    assert announced(of, actor=by_tom, name="by the treasurer").funder_id == of.bakery.pk


@pytest.mark.parametrize("who", ["pat", "ann", "cas"])
def test_others_announce_nothing_for_it(of: Scene, who: str) -> None:
    logins = {"pat": of.pat, "ann": of.there.ann_login, "cas": of.there.cas_login}

    with pytest.raises(NotAllowed):
        announced(of, actor=actor(logins[who], principal=of.bakery))

    assert Funding.objects.count() == 0


def test_who_lost_the_office_announces_no_more(of: Scene) -> None:
    of.bakery.mandates_given.update(until_on=day(-1))

    with pytest.raises(NotAllowed):
        announced(of)


def test_a_resident_hears_that_coins_are_earned(of: Scene) -> None:
    ann = of.there.ann_login

    with pytest.raises(OrganisationsOnly, match="Coins are earned, or given by organisations"):
        announced(of, funder=ann.person, actor=actor(ann))


def test_a_household_brings_in_no_money_either(of: Scene) -> None:
    household = organisation("Household", owner=of.olga, kind=PartyKind.HOUSEHOLD)

    with pytest.raises(OrganisationsOnly):
        announced(of, funder=household, actor=actor(of.olga, principal=household))


def test_a_neighbourhood_without_a_bank_account_takes_no_money(of: Scene) -> None:
    elsewhere = of.there.cas

    with pytest.raises(CannotTakeMoney, match="cannot take money yet"):
        announced(of, coin=elsewhere.coin, payee=None)


@pytest.mark.parametrize("amount", [0, -1, 1, SMALLEST - 1, LARGEST + 1, 10**18])
def test_an_amount_that_cannot_be_meant_is_refused(of: Scene, amount: int) -> None:
    with pytest.raises(AmountOutOfBounds):
        announced(of, amount)


@pytest.mark.parametrize("amount", [SMALLEST, LARGEST])
def test_the_smallest_and_the_largest_amount_are_taken(of: Scene, amount: int) -> None:
    assert announced(of, amount).amount == amount


@pytest.mark.parametrize("last", [date(1, 1, 1), day(-1), day(0), day(366), date(9999, 12, 31)])
def test_the_last_day_lies_in_the_future_within_a_year(of: Scene, last: date) -> None:
    with pytest.raises(LastDayOutOfBounds):
        announced(of, expires_on=last)


@pytest.mark.parametrize("last", [day(1), day(365)])
def test_tomorrow_and_in_a_year_are_taken(of: Scene, last: date) -> None:
    assert announced(of, expires_on=last).expires_on == last


def test_sent_twice_is_announced_once(of: Scene) -> None:
    assert announced(of).pk == announced(of).pk
    assert Funding.objects.count() == 1


def test_the_same_form_with_another_amount_is_refused(of: Scene) -> None:
    announced(of)

    with pytest.raises(KeyReused):
        announced(of, 60_00)


def test_a_pot_of_another_coin_is_refused(of: Scene) -> None:
    with pytest.raises(CoinMismatch):
        announced(of, payee=of.there.cas)


def test_a_blocked_pot_takes_no_money(of: Scene) -> None:
    block_account(account=of.there.pot, actor=SYSTEM, at=AT)

    with pytest.raises(AccountNotOpen):
        announced(of)


def test_for_itself_an_account_is_opened_once(of: Scene) -> None:
    first = announced(of, payee=None)
    second = announced(of, payee=None, name="again")

    own = Account.objects.get(holder=of.bakery)
    assert (first.payee_id, second.payee_id) == (own.pk, own.pk)
    assert (own.kind, own.may_redeem, own.coin_id) == (AccountKind.HOLDER, False, of.there.coin.pk)


def test_an_account_that_announcing_opens_lies_outside_the_area_until_the_finance_desk_says_otherwise(
    of: Scene,
) -> None:
    assert announced(of, payee=None).payee.in_area is False


def test_a_funder_gives_to_pots_of_its_own_only(of: Scene) -> None:
    another = open_for(
        of.there.neighbourhood, of.there.pot.holder, kind="POT", label="Other", funder=of.there.municipality
    )

    with pytest.raises(PotOfAnotherFunder):
        announced(of, payee=another)
    by_fenna = actor(of.there.fenna, principal=of.there.municipality)
    with pytest.raises(PotOfAnotherFunder):
        announced(of, payee=another, actor=by_fenna)

    assert Funding.objects.count() == 0


def test_a_blocked_account_of_its_own_is_not_passed_by(of: Scene) -> None:
    own = announced(of, payee=None).payee
    block_account(account=Account.objects.get(pk=own.pk), actor=SYSTEM, at=AT)

    with pytest.raises(AccountNotOpen):
        announced(of, payee=None, name="again")


def test_nobody_buries_the_finance_desk_under_announcements(of: Scene) -> None:
    for number in range(MOST_OPEN):
        announced(of, name=str(number))

    with pytest.raises(TooManyAnnounced):
        announced(of, name="one more")
    assert announced(of, name="0").amount == 50_00  # what was announced before is still answered


def test_references_are_not_guessed_from_one_another(of: Scene) -> None:
    tails = {announced(of, name=str(number)).reference[-9:] for number in range(12)}

    assert len(tails) == 12
    assert len({tail[:3] for tail in tails}) > 6


def test_the_funder_withdraws_and_twice_is_once(of: Scene) -> None:
    funding = announced(of)

    for _time in range(2):
        withdraw(funding=Funding.objects.get(pk=funding.pk), actor=of.actor, at=NOW)

    funding.refresh_from_db()
    assert funding.state == FundingState.CANCELLED
    assert AuditEntry.objects.filter(event="funding.cancel").count() == 1


@pytest.mark.parametrize("who", ["pat", "ann"])
def test_others_withdraw_nothing(of: Scene, who: str) -> None:
    login = {"pat": of.pat, "ann": of.there.ann_login}[who]

    with pytest.raises(NotAllowed):
        withdraw(funding=announced(of), actor=actor(login, principal=of.bakery), at=NOW)


def test_what_came_in_is_not_withdrawn(of: Scene) -> None:
    received = fund(of.there, of.there.pot, 10_00)

    with pytest.raises(FundingOver):
        withdraw(funding=received, actor=actor(of.there.fenna, principal=of.there.municipality), at=NOW)


def test_who_announced_it_is_in_the_audit_trail(of: Scene) -> None:
    funding = announced(of)

    line = AuditEntry.objects.get(event="funding.announce")
    assert (line.subject_id, line.acted_by_id, line.acted_for_id) == (
        str(funding.pk), of.olga.person.pk, of.bakery.pk,
    )  # fmt: skip


def test_a_person_that_is_no_login_may_not_be_meant(of: Scene) -> None:
    stranger = child("Kim")

    with pytest.raises(NotAllowed):
        announced(of, actor=Actor(user=None, person=stranger, principal=of.bakery))


def test_the_last_day_is_local(of: Scene) -> None:
    """Half an hour before midnight in Amsterdam tomorrow is still tomorrow."""
    late = AT.replace(hour=22, minute=45)  # 23:45 there

    assert announced(of, at=late, expires_on=day(1)).expires_on == day(1)
    with pytest.raises(LastDayOutOfBounds):
        announced(of, at=late + timedelta(minutes=30), expires_on=day(1), name="after midnight")
