"""How a payout ends: the bank has paid it, it could not be paid, or it was paid and came back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import MoveRefused, transition
from ledger.kinds import AccountState
from ledger.operations import announce_funding, receive_funding, redeem
from wallet.models import BankLine, Payout
from wallet.operations.own_account import own_account
from wallet.operations.payouts.held import key_of, locked, reserve_again, set_free
from wallet.permissions import acting_person, check_finance, check_not_own_money, check_second
from wallet.states import BankLineState, PayoutState

if TYPE_CHECKING:
    from ledger.models import Account, Funding, Reservation


class LineIsDone(Refusal):
    """The line of the bank was booked as something else, or left aside."""

    code = "line_is_done"
    sentence = _("This line of the bank has been worked off already.")


class LineDoesNotFit(Refusal):
    """Another amount, another direction, or the bank account of another neighbourhood."""

    code = "line_does_not_fit"
    sentence = _("This line of the bank does not fit the payout: the amount or the direction is another.")


class NotAtTheBank(Refusal):
    """The bank moved money for a payout that was in no file, or that is over."""

    code = "not_at_the_bank"
    sentence = _("This payout is not at the bank: it was never in a file, or it has been closed already.")


class FirstTheDebit(Refusal):
    """What came back had left before, on a line that is still to be booked."""

    code = "first_the_debit"
    sentence = _("The line with which this payout left the bank is still to be booked. Book that one first.")


class AlreadyBack(Refusal):
    """It came back before, on another line."""

    code = "already_back"
    sentence = _("This payout came back already, with another line of the bank.")


class SaidByTheBank(Refusal):
    """A line of the bank was booked for it, so that it is no longer for people to say what became of it."""

    code = "said_by_the_bank"
    sentence = _("A line of the bank has been booked for this payout. It can no longer fail.")


class NotSentYet(Refusal):
    """Coins that were set free, and a file that may still go to the bank: it would be paid twice."""

    code = "not_sent_yet"
    sentence = _("This file has not gone to the bank yet. Only what the bank has had can fail.")


def settle(*, payout: Payout, line: BankLine, actor: Actor, at: datetime) -> Payout:
    """This will close a payout that the bank has paid: the reserved coins go out of the world with their euros.

    When it has failed because it came back before this line was known, nothing is booked: both lines make nought. When
    somebody said that it failed, its coins are taken from the account anew. The same line again changes nothing.

    :raises NotAllowed: to whoever does not sit at the finance desk.
    :raises LineDoesNotFit, LineIsDone, NotAtTheBank, CoinsGone: nothing happened.
    :raises BookingRefused: what the ledger says.
    """
    with transaction.atomic():
        entry, held = _both(payout, line, actor, at)
        if _is_booked(entry, held):
            return held
        if entry.amount != -held.amount or entry.is_return:
            raise LineDoesNotFit
        if held.state == PayoutState.EXPORTED:
            transition(held, "pay", actor=actor, at=at, about=(held.payee,))
            _match(entry, held, None, actor, at)
            pay_with(held, held.reservation, entry.ledger_reference, actor=actor, at=at)
        elif held.state == PayoutState.FAILED and _lines(held) == [held.amount]:
            _match(entry, held, None, actor, at)
        elif held.state == PayoutState.FAILED and not _lines(held):
            again = pay_after_all(held, entry, actor=actor, at=at)
            _match(entry, held, None, actor, at)
            pay_with(held, again, entry.ledger_reference, actor=actor, at=at)
        else:
            raise NotAtTheBank
    return held


def take_back(*, payout: Payout, line: BankLine, actor: Actor, at: datetime) -> Payout:
    """This will book a payout that came back: the euros arrive, and the coins are on the account again.

    One that the bank never said it paid fails: its coins come free, and nothing is booked; nor is anything for one that
    failed already, which makes nought with its debit. The same line again changes nothing.

    :raises NotAllowed: to whoever does not sit at the finance desk.
    :raises LineDoesNotFit, LineIsDone, NotAtTheBank, FirstTheDebit, AlreadyBack: nothing happened.
    :raises BookingRefused: what the ledger says, for instance when the account is closed meanwhile.
    """
    with transaction.atomic():
        entry, held = _both(payout, line, actor, at)
        if _is_booked(entry, held):
            return held
        if entry.amount != held.amount:
            raise LineDoesNotFit
        if held.amount in _lines(held):
            raise AlreadyBack
        if held.state == PayoutState.EXPORTED:
            _fail_for(held, entry, actor, at)
        elif held.state == PayoutState.PAID:
            _match(entry, held, _bring_back(held, entry, actor, at), actor, at)
        elif held.state == PayoutState.FAILED:
            _match(entry, held, None, actor, at)
        else:
            raise NotAtTheBank
    return held


def fail_payout(*, payout: Payout, reason: str, actor: Actor, at: datetime) -> Payout:
    """This will close a payout that the bank said it cannot make; the coins come free. Twice is once.

    Whoever sent the file does not say so: with both in one hand the euros would go out and the coins come free.

    :raises NotAllowed: to whoever does not sit at the finance desk.
    :raises OwnMoney: to whom it is paid to, or who acts for them.
    :raises SamePerson: to whoever sent the file.
    :raises SaidByTheBank: when a line of the bank was booked for it.
    :raises FirstTheDebit: when a line of the bank is still to be booked with which it may have left.
    :raises NotSentYet: when its file has not gone to the bank.
    :raises MoveRefused: when it is in no file, or closed.
    """
    with transaction.atomic():
        held = locked(payout)
        check_finance(actor, held.treasury.neighbourhood, day_of(at))
        check_not_own_money(actor, held.payee, day_of(at))
        if _lines(held):
            raise SaidByTheBank
        if held.state == PayoutState.FAILED:
            return held
        if held.run is None:
            raise MoveRefused
        if held.run.sent_at is None:
            raise NotSentYet
        check_second(actor, held.run.sent_by)
        if _debits_to_book(held).exists():
            raise FirstTheDebit
        transition(held, "fail", actor=actor, at=at, about=(held.payee,), reason=reason)
        set_free(held, actor=actor, at=at)
    return held


def pay_with(
    payout: Payout, reservation: Reservation, bank_reference: str, *, actor: Actor, at: datetime
) -> None:
    """Take what is reserved for a payout out of the world, with its euros. The key is that of the payout: once."""
    redeem(
        reservation=reservation, to=payout.payee, bank_reference=bank_reference, key=key_of(payout, "redeem"),
        actor=actor, at=at,
    )  # fmt: skip


def pay_after_all(payout: Payout, line: BankLine, *, actor: Actor, at: datetime) -> Reservation:
    """This will say that a payout is paid of which somebody said that it failed, and set its coins apart once more.

    The payout keeps its first reservation, which was set free; the new one is for `pay_with`.

    :raises CoinsGone: when they were spent meanwhile.
    :raises BookingRefused: what else the ledger says of the account.
    """
    again = reserve_again(payout, line, actor=actor, at=at)
    transition(payout, "pay", actor=actor, at=at, about=(payout.payee,))
    return again


def _both(payout: Payout, line: BankLine, actor: Actor, at: datetime) -> tuple[BankLine, Payout]:
    """The line and then the payout, as they stand now and held until the end of the transaction."""
    BankLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    entry = BankLine.objects.select_related("treasury").get(pk=line.pk)
    held = locked(payout)
    check_finance(actor, held.treasury.neighbourhood, day_of(at))
    if entry.treasury_id != held.treasury_id:
        raise LineDoesNotFit
    return entry, held


def _is_booked(entry: BankLine, payout: Payout) -> bool:
    """Whether this line was booked for this payout before.

    :raises LineIsDone: when it was booked for something else, or left aside.
    """
    if entry.state == BankLineState.NEW:
        return False
    if entry.state == BankLineState.MATCHED and entry.payout_id == payout.pk:
        return True
    raise LineIsDone


def _lines(payout: Payout) -> list[int]:
    """The amounts of the lines that were booked for it: below nought it left, above nought it came back."""
    return list(payout.bank_lines.order_by("pk").values_list("amount", flat=True))


def _fail_for(payout: Payout, entry: BankLine, actor: Actor, at: datetime) -> None:
    if _debits_to_book(payout).exists():
        raise FirstTheDebit
    transition(payout, "fail", actor=actor, at=at, about=(payout.payee,))
    _match(entry, payout, None, actor, at)
    set_free(payout, actor=actor, at=at)


def _debits_to_book(payout: Payout) -> QuerySet[BankLine]:
    """Lines with which it may have left the bank, alone or with all that was in its file."""
    in_file = Payout.objects.filter(run=payout.run)
    at_bank = in_file.filter(state=PayoutState.EXPORTED).aggregate(sum=Sum("amount"))["sum"] or 0
    all_of_it = in_file.aggregate(sum=Sum("amount"))["sum"] or 0
    number = Q(end_to_end_id=payout.end_to_end_id) | Q(text__icontains=payout.end_to_end_id)
    together = Q(amount__in=[-at_bank, -all_of_it], booked_on__gte=day_of(payout.requested_at))
    waiting = BankLine.objects.filter(treasury=payout.treasury_id, state=BankLineState.NEW)
    return waiting.filter(number & Q(amount=-payout.amount) | together)


def _bring_back(payout: Payout, entry: BankLine, actor: Actor, at: datetime) -> Funding:
    """The euros that came back are money of the payee, for the account that they left; when that can take nothing any
    more, as a pot that has ended, for the payee's own."""
    account: Account = payout.account
    if account.state != AccountState.OPEN or (account.ends_on is not None and account.ends_on < day_of(at)):
        account = own_account(payout.payee, account.coin, actor, at)
    announced = announce_funding(
        coin=account.coin, funder=payout.payee, payee=account, amount=payout.amount,
        expires_on=day_of(at + timedelta(days=1)), key=key_of(payout, "back"), actor=actor, at=at,
        purpose=payout.end_to_end_id,
    )  # fmt: skip
    return receive_funding(
        funding=announced, amount=payout.amount, bank_reference=entry.ledger_reference,
        key=key_of(payout, "back received"), actor=actor, at=at,
    )  # fmt: skip


def _match(entry: BankLine, payout: Payout, funding: Funding | None, actor: Actor, at: datetime) -> None:
    """Both at once: the database knows no booked line that belongs to nothing."""
    along = {
        "payout": payout,
        "funding": funding,
        "settled_by": acting_person(actor),
        "settled_at": at,
    }
    transition(entry, "match", actor=actor, at=at, about=(payout.payee,), along=along)
