"""Money that an organisation is going to give: announced, taken back, and returned when the bank took it back.

The ledger issues the coins when the money is on the bank account; a line of the bank statement says so.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from ledger import operations as ledger
from ledger.kinds import AccountKind, AccountState, FundingState
from ledger.queries import accounts_of, fundings_of
from neighbourhoods.models import Neighbourhood
from people.models import Party
from wallet.models import BankLine, Treasury
from wallet.permissions import (
    acting_person,
    acts_in_finance,
    check,
    check_finance,
    check_not_own_money,
    may_cash,
)
from wallet.queries.organisations import NOT_ORGANISATIONS
from wallet.states import BankLineState

if TYPE_CHECKING:
    from ledger.models import Account, Coin, Funding

SMALLEST = 1_00
LARGEST = 10_000_000_00
MOST_OPEN = 20
LONGEST = timedelta(days=365)
NAMESPACE = uuid.UUID("c7a0b0e4-51f0-5f3e-9d43-27d5b6f2a9c1")


class OrganisationsOnly(Refusal):
    """Residents and households bring in no euros."""

    code = "organisations_only"
    sentence = _("Coins are earned, or given by organisations. A resident cannot buy them.")


class NoTreasury(Refusal):
    """Nobody has said yet on which bank account the euros of this neighbourhood are."""

    code = "no_treasury"
    sentence = _("This neighbourhood cannot take money yet: it has no bank account here.")


class AmountOutOfBounds(Refusal):
    """Less than one euro or more than ten million."""

    code = "amount_out_of_bounds"
    sentence = _("Enter an amount of at least 1 euro and at most 10 million euros.")
    field = "amount"


class LastDayOutOfBounds(Refusal):
    """The last day is not in the future, or more than a year away."""

    code = "last_day_out_of_bounds"
    sentence = _("Choose a day from tomorrow on, within a year.")
    field = "expires_on"


class TooManyAnnounced(Refusal):
    """A funder announces so much that nobody at the finance desk finds the money that comes."""

    code = "too_many_announced"
    sentence = _(
        "You announced money many times that has not come yet. Pay some of it, or withdraw it, first."
    )


class NotThisLine(Refusal):
    """The line of the bank is not the one by which this money went back."""

    code = "not_this_line"
    sentence = _(
        "This line of the bank cannot be it. Choose one by which the same amount went off the account."
    )
    field = "line"


def announce(
    *,
    funder: Party,
    coin: Coin,
    payee: Account | None,
    amount: int,
    purpose: str,
    expires_on: date,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> Funding:
    """This will announce money (minor units) of an organisation for a pot, or without a payee for its own account.

    Done by who may ask for euros on its behalf, or by the finance desk for it. The same key gives the same funding.

    :raises OrganisationsOnly: for a resident or a household.
    :raises NotAllowed: to others.
    :raises NoTreasury, AmountOutOfBounds, LastDayOutOfBounds, TooManyAnnounced: nothing happened.
    :raises BookingRefused: what the ledger says of the account, and of a key that was used for something else.
    """
    today = day_of(at)
    if funder.kind in NOT_ORGANISATIONS:
        raise OrganisationsOnly
    neighbourhood = _neighbourhood_of(coin)
    person = acting_person(actor)
    check(
        person is None
        or may_cash(person, funder, today)
        or acts_in_finance(person, neighbourhood, today) is not None
    )
    if not Treasury.objects.filter(neighbourhood=neighbourhood).exists():
        raise NoTreasury
    if not SMALLEST <= amount <= LARGEST:
        raise AmountOutOfBounds
    if not today < expires_on <= today + LONGEST:
        raise LastDayOutOfBounds
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=funder.pk)
        announced = fundings_of(funder)
        is_new = not announced.filter(key=key).exists()
        if is_new and announced.filter(coin=coin, state=FundingState.ANNOUNCED).count() >= MOST_OPEN:
            raise TooManyAnnounced
        return ledger.announce_funding(
            coin=coin, funder=funder, payee=payee or _own_account(funder, coin, actor, at), amount=amount,
            expires_on=expires_on, key=key, actor=actor, at=at, purpose=purpose,
        )  # fmt: skip


def withdraw(*, funding: Funding, actor: Actor, at: datetime, reason: str = "") -> Funding:
    """This will no longer expect money: its funder withdraws it, or the finance desk cancels it.

    :raises NotAllowed: to others.
    :raises FundingOver: when it was received or has expired. Cancelled twice, it is cancelled.
    """
    today = day_of(at)
    funder = Party.objects.get(pk=funding.funder_id)
    person = acting_person(actor)
    check(
        person is None
        or may_cash(person, funder, today)
        or acts_in_finance(person, _neighbourhood_of(funding.coin), today) is not None
    )
    funding.refresh_from_db(fields=["state"])
    if funding.state == FundingState.CANCELLED:
        return funding
    return ledger.cancel_funding(funding=funding, actor=actor, at=at, reason=reason)


def give_back(*, funding: Funding, line: BankLine, reason: str, actor: Actor, at: datetime) -> Funding:
    """This will take coins back whose euros went off the bank account again by this line, for the same amount.

    :raises NotAllowed: to who does not sit at the finance desk of this coin.
    :raises OwnMoney: to who acts for the funder.
    :raises NotThisLine: for a line of another bank account, another amount, or one that is booked.
    :raises BookingRefused: when the coins are spent, or were given back before.
    """
    neighbourhood = _neighbourhood_of(funding.coin)
    check_finance(actor, neighbourhood, day_of(at))
    check_not_own_money(actor, Party.objects.get(pk=funding.funder_id), day_of(at))
    with transaction.atomic():
        locked = (
            BankLine.objects.select_for_update(no_key=True, of=("self",))
            .select_related("treasury")
            .get(pk=line.pk)
        )
        if locked.state == BankLineState.MATCHED and locked.funding_id == funding.pk and locked.amount < 0:
            return funding
        if (
            locked.treasury.neighbourhood_id != neighbourhood.pk
            or locked.state != BankLineState.NEW
            or locked.amount != -(funding.received or 0)
        ):
            raise NotThisLine
        transition(
            locked, "match", actor=actor, at=at, reason=reason,
            along={"funding_id": funding.pk, "settled_by": acting_person(actor), "settled_at": at},
        )  # fmt: skip
        return ledger.return_funding(
            funding=funding, bank_reference=locked.ledger_reference,
            key=uuid.uuid5(NAMESPACE, f"return {funding.key} {locked.pk}"), actor=actor, at=at, reason=reason,
        )  # fmt: skip


def _own_account(funder: Party, coin: Coin, actor: Actor, at: datetime) -> Account:
    """The funder's account in this coin, opened when there is none. A blocked one is not passed by."""
    mine = accounts_of(funder).filter(coin=coin, kind=AccountKind.HOLDER)
    found = mine.exclude(state=AccountState.CLOSED).order_by("pk").first()
    if found is not None:
        return found
    return ledger.open_account(
        coin=coin, kind=AccountKind.HOLDER, holder=funder, holder_kind=funder.kind,
        key=uuid.uuid5(NAMESPACE, f"{coin.pk} {funder.pk} {mine.count()}"), actor=actor, at=at,
    )  # fmt: skip


def _neighbourhood_of(coin: Coin) -> Neighbourhood:
    """:raises NoTreasury: for a coin of no neighbourhood."""
    along = Neighbourhood.objects.select_related("party", "municipality")
    found = along.filter(coin=coin).first()
    if found is None:
        raise NoTreasury
    return found
