"""Being forgotten, with coins: first they are spent, then the accounts close, and the bookings stay without a name."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from core.audit import lines_about
from ledger.kinds import AccountKind, AccountState, FundingState, TransferKind
from ledger.models import Account, Funding, Reservation, TransferNote
from ledger.operations import (
    announce_funding,
    block_account,
    close_account,
    reclassify_account,
    reserve,
    transfer,
)
from ledger.privacy import CoinsLeft
from people.models import Party, PartyKind, User
from people.operations.organisations import close_organisation
from people.operations.privacy import download_of, erase_person
from tests.factories import ledger
from tests.factories.ledger import AT, SYSTEM, Town, key
from tests.factories.people import actor, organisation, person

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def town() -> Town:
    return ledger.town()


@pytest.fixture
def dina() -> User:
    """A resident with a login, who wants to be forgotten."""
    return person("Dina")


def opened(town: Town, login: User, **more: Any) -> Account:
    return ledger.account(town, "Dina's purse", holder=login.person, **more)


def pay(payer: Account, payee: Account, amount: int, note: str = "") -> None:
    name = key(f"{payer.pk} {payee.pk} {amount} {note}")
    transfer(
        payer=payer, payee=payee, amount=amount, kind=TransferKind.PAYMENT, key=name, note=note, actor=SYSTEM, at=AT
    )  # fmt: skip


def promise(payer: Account, payee: Account) -> Reservation:
    return reserve(
        payer=payer, payee=payee, amount=1_00, kind=TransferKind.PAYMENT, key=key("promise"), actor=SYSTEM, at=AT,
        expires_at=AT + DAY,
    )  # fmt: skip


def erase(login: User) -> None:
    erase_person(person=login.person, actor=actor(login), at=AT)


def assert_refused(login: User) -> None:
    with pytest.raises(CoinsLeft):
        erase(login)

    assert User.objects.filter(pk=login.pk).exists()
    assert Party.objects.get(pk=login.person_id).erased_at is None
    assert not Account.objects.filter(state=AccountState.CLOSED).exists()


def test_whoever_has_coins_is_told_what_to_do_first(town: Town, dina: User) -> None:
    ledger.fund(town, opened(town, dina), 10_00)
    ledger.account(town, "Another, empty", holder=dina.person)

    assert_refused(dina)

    assert str(CoinsLeft()) == (
        "There are still coins here, or coins are reserved. First spend them, give them back or have them paid out. "
        "Does that not work? Ask at the neighbourhood desk."
    )


def test_coins_that_are_promised_to_somebody_hold_the_erasure_up(town: Town, dina: User) -> None:
    ledger.fund(town, town.ann, 1_00)
    promise(town.ann, opened(town, dina))

    assert_refused(dina)


def test_a_blocked_account_with_coins_holds_it_up_too(town: Town, dina: User) -> None:
    account = opened(town, dina)
    ledger.fund(town, account, 10_00)
    block_account(account=account, actor=SYSTEM, at=AT)

    assert_refused(dina)


def test_an_empty_account_is_closed_and_loses_its_name(town: Town, dina: User) -> None:
    account, other = opened(town, dina), ledger.account(town, "Other", holder=dina.person)
    block_account(account=other, actor=SYSTEM, at=AT)
    close_account(account=ledger.account(town, "Old", holder=dina.person), actor=SYSTEM, at=AT)
    ledger.fund(town, account, 10_00)
    pay(account, town.shop, 10_00)

    erase(dina)

    kept = Account.objects.filter(holder=dina.person).order_by("pk")
    assert [(one.label, one.state, one.balance) for one in kept] == [("", AccountState.CLOSED, 0)] * 3
    assert kept[0].holder.display_name == "former participant"
    assert [line.event for line in lines_about(dina.person) if line.subject_id == str(other.pk)] == [
        "account.close", "account.unblock", "account.block", "account.open",
    ]  # fmt: skip


def test_her_words_go_and_those_of_others_stay(town: Town, dina: User) -> None:
    account = opened(town, dina)
    ledger.fund(town, town.ann, 10_00)
    pay(town.ann, account, 10_00, note="For the cake")
    pay(account, town.ann, 10_00, note="Back, the cake was burnt")

    erase(dina)

    assert list(TransferNote.objects.values_list("text", flat=True)) == ["For the cake"]
    assert (account.received.count(), account.paid.count()) == (1, 1)


def test_money_that_was_announced_by_her_or_for_her_is_no_longer_expected(town: Town, dina: User) -> None:
    account = opened(town, dina)
    words: dict[str, Any] = {
        "coin": town.coin,
        "amount": 1_00,
        "expires_on": AT.date(),
        "actor": SYSTEM,
        "at": AT,
    }
    announce_funding(funder=dina.person, payee=town.pot, key=key("by"), purpose="From Dina", **words)
    announce_funding(funder=town.shop.holder, payee=account, key=key("for"), purpose="For Dina", **words)
    announce_funding(funder=town.shop.holder, payee=town.pot, key=key("other"), purpose="For all", **words)

    erase(dina)

    assert list(Funding.objects.order_by("pk").values_list("state", "purpose")) == [
        (FundingState.CANCELLED, ""), (FundingState.CANCELLED, ""), (FundingState.ANNOUNCED, "For all"),
    ]  # fmt: skip


def pot_of(town: Town, funder: User) -> Account:
    """A pot of the shop that this person paid for, with coins in it."""
    pot = ledger.account(
        town, "Music lessons", kind=AccountKind.POT, holder=town.shop.holder, holder_kind="COMPANY",
        funder=funder.person, ends_on=AT.date(),
    )  # fmt: skip
    ledger.fund(town, pot, 10_00)
    return pot


def test_a_pot_that_she_paid_for_and_others_spend_goes_on_under_its_own_name(town: Town, dina: User) -> None:
    pot = pot_of(town, dina)

    erase(dina)

    pot.refresh_from_db()
    assert (pot.label, pot.state, pot.balance) == ("Music lessons", AccountState.OPEN, 10_00)


def test_what_is_left_in_her_pot_when_it_has_ended_is_first_paid_out_to_her(town: Town, dina: User) -> None:
    reclassify_account(account=pot_of(town, dina), ends_on=AT.date() - DAY, actor=SYSTEM, at=AT)

    assert_refused(dina)


def test_an_organisation_with_coins_cannot_be_closed(town: Town, dina: User) -> None:
    bakery = organisation("Bakery", owner=dina)
    ledger.fund(town, ledger.account(town, "Till", holder=bakery, holder_kind="COMPANY"), 1_00)

    with pytest.raises(CoinsLeft):
        close_organisation(party=bakery, actor=actor(dina), at=AT)

    assert Party.objects.get(pk=bakery.pk).erased_at is None


def test_the_words_of_a_household_go_with_the_last_person_in_it(town: Town, dina: User) -> None:
    home = organisation("The home of Dina", kind=PartyKind.HOUSEHOLD, owner=dina)
    account = ledger.account(town, "Dina's household", holder=home, holder_kind="HOUSEHOLD")
    ledger.fund(town, account, 10_00)
    pay(account, town.shop, 10_00, note="Shopping for Dina")

    erase(dina)

    account.refresh_from_db()
    assert (account.label, account.state) == ("", AccountState.CLOSED)
    assert not TransferNote.objects.exists()


def test_a_download_holds_her_bookings_and_not_what_others_have(town: Town, dina: User) -> None:
    account = opened(town, dina)
    ledger.fund(town, account, 12_34)
    ledger.fund(town, town.shop, 98_765_43)
    pay(account, town.shop, 2_34, note="Soup")
    promise(account, town.ben)

    data = json.loads(json.dumps(download_of(person=dina.person)))

    rows = {kind["kind"]: kind["rows"] for kind in data["kinds"]}
    assert [(row["address"], row["balance"], row["reserved"]) for row in rows["ledger.Account"]] == [
        (account.address, 10_00, 1_00)
    ]
    assert [(row["kind"], row["payer"], row["amount"]) for row in rows["ledger.Transfer"]] == [
        ("ISSUE", town.issue.pk, 12_34),
        ("PAYMENT", account.pk, 2_34),
    ]
    assert [row["text"] for row in rows["ledger.TransferNote"]] == ["Soup"]
    assert [(row["payee"], row["amount"]) for row in rows["ledger.Reservation"]] == [(town.ben.pk, 1_00)]
    assert {"payee_balance", "payee_no", "key"}.isdisjoint(rows["ledger.Transfer"][0])
    assert "98767" not in json.dumps(data)
