"""Money that an organisation is going to give: announced, and withdrawn.

The ledger issues the coins when the money is on the bank account; a line of the bank statement says so. When the bank
takes it back, two persons say so of that line (wallet.operations.bank.by_hand).
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
from ledger import operations as ledger
from ledger.kinds import AccountKind, FundingState
from ledger.queries import fundings_of
from neighbourhoods.models import Neighbourhood
from people.models import Party
from wallet.models import Treasury
from wallet.operations.own_account import own_account
from wallet.permissions import acting_person, acts_in_finance, check, may_cash
from wallet.queries.organisations import NOT_ORGANISATIONS

if TYPE_CHECKING:
    from ledger.models import Account, Coin, Funding

SMALLEST = 1_00
LARGEST = 10_000_000_00
MOST_OPEN = 20
LONGEST = timedelta(days=365)


class OrganisationsOnly(Refusal):
    """Residents and households bring in no euros."""

    code = "organisations_only"
    sentence = _("Coins are earned, or given by organisations. A resident cannot buy them.")


class CannotTakeMoney(Refusal):
    """Nobody has said yet on which bank account the euros of this neighbourhood are."""

    code = "cannot_take_money"
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


class PotOfAnotherFunder(Refusal):
    """What is left in a pot goes back to its one funder, so nobody else puts money into it."""

    code = "pot_of_another_funder"
    sentence = _(
        "This pot belongs to another funder. Choose one of your own, or ask the finance desk to open one."
    )
    field = "payee"


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
    :raises CannotTakeMoney, AmountOutOfBounds, LastDayOutOfBounds, TooManyAnnounced: nothing happened.
    :raises PotOfAnotherFunder: nothing happened.
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
    if not SMALLEST <= amount <= LARGEST:
        raise AmountOutOfBounds
    if not today < expires_on <= today + LONGEST:
        raise LastDayOutOfBounds
    if payee is not None and payee.kind == AccountKind.POT and payee.funder_id != funder.pk:
        raise PotOfAnotherFunder
    with transaction.atomic():
        # Nobody names another bank account while its letter is being written.
        if not Treasury.objects.select_for_update(no_key=True).filter(neighbourhood=neighbourhood):
            raise CannotTakeMoney
        Party.objects.select_for_update(no_key=True).get(pk=funder.pk)
        announced = fundings_of(funder)
        is_new = not announced.filter(key=key).exists()
        if is_new and announced.filter(coin=coin, state=FundingState.ANNOUNCED).count() >= MOST_OPEN:
            raise TooManyAnnounced
        return ledger.announce_funding(
            coin=coin, funder=funder, payee=payee or own_account(funder, coin, actor, at), amount=amount,
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


def _neighbourhood_of(coin: Coin) -> Neighbourhood:
    """:raises CannotTakeMoney: for a coin of no neighbourhood."""
    along = Neighbourhood.objects.select_related("party", "municipality")
    found = along.filter(coin=coin).first()
    if found is None:
        raise CannotTakeMoney
    return found
