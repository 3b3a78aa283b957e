"""Asking for euros: the coins are set apart at once, so that they are there when the bank has paid."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from ledger.address import new_address
from ledger.kinds import AccountKind
from ledger.operations import KeyReused
from ledger.queries import balance_of
from people.models import OrganisationDetails, Party
from wallet.models import Payout, Treasury
from wallet.models.treasury import LONGEST_NAME
from wallet.operations.payouts.held import locked, set_apart, set_free
from wallet.permissions import acting_person, acts_in_finance, check, check_finance, may_cash
from wallet.states import PayoutState

if TYPE_CHECKING:
    from ledger.models import Account


class CoinsAreForSpending(Refusal):
    """A person asks for euros."""

    code = "coins_are_for_spending"
    sentence = _(
        "Coins of residents are for spending in the neighbourhood. Only organisations with a contract can have them"
        " paid out in euros."
    )


class NoContract(Refusal):
    """An organisation asks for euros without a contract that says it may."""

    code = "no_contract"
    sentence = _(
        "This organisation has no contract for payouts yet. Ask the finance desk of your neighbourhood for one."
    )


class PotsGoBack(Refusal):
    """Somebody asks for the euros of a pot, which belong to who put them in."""

    code = "pots_go_back"
    sentence = _(
        "Coins in a pot are for its purpose. What is left when it ends goes back to who paid for it."
    )


class PotNotEnded(Refusal):
    """What is in a pot goes back when its last day has passed, and not before."""

    code = "pot_not_ended"
    sentence = _("This pot has not ended yet.")


class IbanMissing(Refusal):
    """Nobody knows which bank account the euros go to."""

    code = "iban_missing"
    sentence = _("We do not know the bank account of %(name)s yet. Fill in the IBAN first.")


class NoTreasury(Refusal):
    """The coin has no bank account behind it that anything can be paid from."""

    code = "nothing_to_pay_from"
    sentence = _("This coin has no bank account yet, so nothing can be paid out.")


class NothingToPayOut(Refusal):
    """There are no coins that are not reserved."""

    code = "nothing_to_pay_out"
    sentence = _("There is nothing to pay out: no coins are available.")
    field = "amount"


def request_payout(
    *,
    account: Account,
    amount: int | None,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
    is_monthly: bool = False,
) -> Payout:
    """This will ask euros for an amount of coins (minor units); without an amount for all that is available.

    Name and IBAN are written down as they are now. The same key gives the same payout.

    :raises NotAllowed: to whoever may not do this for the holder.
    :raises CoinsAreForSpending, NoContract, PotsGoBack, IbanMissing, NoTreasury, NothingToPayOut: nothing happened.
    :raises BookingRefused: what the ledger says of reserving the coins.
    """
    person = acting_person(actor)
    if wrong := not_payable(account):
        raise wrong
    check(person is None or may_cash(person, account.holder, day_of(at)))
    return _ask(
        account=account,
        payee=account.holder,
        amount=amount,
        key=key,
        actor=actor,
        at=at,
        is_monthly=is_monthly,
    )


def not_payable(account: Account) -> Refusal | None:
    """Why the coins of an account are not paid out in euros, whoever asks; None when they are."""
    if account.holder.is_person:
        return CoinsAreForSpending()
    if account.kind != AccountKind.HOLDER:
        return PotsGoBack()
    return None if account.may_redeem else NoContract()


def return_pot(*, pot: Account, key: uuid.UUID, actor: Actor, at: datetime) -> Payout:
    """This will ask for what is left in a pot that has ended to be paid back to who paid for it.

    :raises NotAllowed: to whoever does not sit at the finance desk.
    :raises PotNotEnded, IbanMissing, NoTreasury, NothingToPayOut: nothing happened.
    """
    treasury = _treasury_of(pot)
    check_finance(actor, treasury.neighbourhood, day_of(at))
    if pot.kind != AccountKind.POT or pot.ends_on is None or pot.ends_on >= day_of(at):
        raise PotNotEnded
    payee = Party.objects.get(pk=pot.beneficiary_id)
    return _ask(account=pot, payee=payee, amount=None, key=key, actor=actor, at=at, is_monthly=False)


def cancel_payout(*, payout: Payout, actor: Actor, at: datetime, reason: str = "") -> Payout:
    """This will take a payout back before it is in a file for the bank; the coins come free. Twice is once.

    :raises NotAllowed: to whoever neither acts for the holder nor sits at the finance desk.
    :raises MoveRefused: when it is in a file already.
    """
    with transaction.atomic():
        held = locked(payout)
        check(_may_cancel(held, actor, at))
        if held.state != PayoutState.CANCELLED:
            transition(held, "cancel", actor=actor, at=at, about=(held.payee,), reason=reason)
            set_free(held, actor=actor, at=at)
    return held


def _may_cancel(payout: Payout, actor: Actor, at: datetime) -> bool:
    person, on = acting_person(actor), day_of(at)
    if person is None or acts_in_finance(person, payout.treasury.neighbourhood, on) is not None:
        return True
    # What goes back from a pot to its funder is a matter of the finance desk alone.
    return payout.account.kind == AccountKind.HOLDER and may_cash(person, payout.payee, on)


def _ask(
    *,
    account: Account,
    payee: Party,
    amount: int | None,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
    is_monthly: bool,
) -> Payout:
    if known := Payout.objects.filter(key=key).first():
        return _same(known, account, amount)
    treasury = _treasury_of(account)
    details = OrganisationDetails.objects.filter(party=payee).first()
    if details is None or not details.iban:
        raise IbanMissing(name=payee.display_name)
    if amount is None:
        amount = balance_of(account).available
        if amount <= 0:
            raise NothingToPayOut
    with transaction.atomic():
        reservation = set_apart(account, amount, key=key, actor=actor, at=at)
        payout = Payout(
            treasury=treasury, account=account, payee=payee, amount=amount, name=details.name[:LONGEST_NAME],
            iban=details.iban, end_to_end_id=f"SCP{new_address()}", reservation=reservation, is_monthly=is_monthly,
            requested_by=acting_person(actor), requested_at=at, key=key,
        )  # fmt: skip
        try:
            with transaction.atomic():
                payout.save(force_insert=True)
        except IntegrityError:
            # The same form at the same moment: somebody was first.
            return _same(Payout.objects.get(key=key), account, amount)
        record(
            "payout.request", subject=payout, actor=actor, at=at, about=[payee], after=PayoutState.REQUESTED
        )
    return payout


def _treasury_of(account: Account) -> Treasury:
    found = Treasury.objects.filter(neighbourhood__coin=account.coin_id).select_related("neighbourhood")
    treasury = found.first()
    if treasury is None:
        raise NoTreasury
    return treasury


def _same(known: Payout, account: Account, amount: int | None) -> Payout:
    if known.account_id != account.pk or amount not in {None, known.amount}:
        raise KeyReused
    return known
