"""Money in and out: coins come about when euros arrive, and go when euros leave. Both in one transaction."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction
from stdnum.iso7064 import mod_37_36

from core.actor import Actor, PartyLike
from core.audit import record
from core.clock import day_of
from core.spoken import ALPHABET
from core.states import transition
from ledger.booking import Entry, book
from ledger.kinds import AccountKind, AccountState, FundingState, TransferKind
from ledger.models import Account, BankEntry, Coin, Funding, Reservation
from ledger.operations.reservations import capture_of
from ledger.operations.transfers import LARGEST, chargeback_of, occasion_of, transfers_of
from ledger.refusals import (
    AccountNotOpen,
    BankLineUsed,
    CoinMismatch,
    FundingOver,
    InvalidAmount,
    KeyReused,
    NotRedeemable,
    UnknownAccount,
    refusal,
)

LONGEST_BANK_REFERENCE = 80
REFERENCE_LENGTH = 9  # with SC and the code of the coin it stays within what banks let through
NAMESPACE = uuid.UUID("a3a0c9a5-5d0b-5a5e-9a0c-8c8a6a1b7b21")


def announce_funding(
    *,
    coin: Coin,
    funder: PartyLike,
    payee: Account,
    amount: int,
    expires_on: date,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
    purpose: str = "",
) -> Funding:
    """This will write down that a funder is going to pay an amount (minor units), and for whom: a pot or an account.

    No coin comes about by it. The funder writes `reference` with the payment. The same key gives the same funding.

    :raises InvalidAmount, CoinMismatch, KeyReused: nothing happened.
    :raises UnknownAccount: when the payee is no account of a holder and no pot.
    :raises AccountNotOpen: when the payee is blocked or closed, or a pot that has ended.
    """
    if not 1 <= amount <= LARGEST:
        raise InvalidAmount
    with transaction.atomic():
        if known := Funding.objects.filter(key=key).first():
            return _same(known, coin, funder, payee, amount)
        _check_payee(Account.objects.filter(pk=payee.pk).first(), coin, day_of(at))
        funding = Funding(
            coin=coin, funder_id=funder.pk, payee_id=payee.pk, amount=amount, purpose=" ".join(purpose.split()),
            reference=_new_reference(coin), announced_at=at, expires_on=expires_on, key=key,
        )  # fmt: skip
        try:
            with transaction.atomic():
                funding.save(force_insert=True)
        except IntegrityError:
            return _same(Funding.objects.get(key=key), coin, funder, payee, amount)
        record("funding.announce", subject=funding, actor=actor, at=at, about=[funding.funder])
    return funding


def cancel_funding(*, funding: Funding, actor: Actor, at: datetime, reason: str = "") -> Funding:
    """This will no longer expect a funding.

    :raises FundingOver: when it was received, cancelled or has expired.
    """
    with transaction.atomic():
        if _locked(funding).state != FundingState.ANNOUNCED:
            raise FundingOver
        transition(funding, "cancel", actor=actor, at=at, about=(funding.funder,), reason=reason)
    return funding


def expire_fundings(*, at: datetime) -> int:
    """This will no longer expect fundings whose last day has passed; gives how many."""
    late = Funding.objects.filter(state=FundingState.ANNOUNCED, expires_on__lt=day_of(at))
    count = 0
    for funding in late.select_related("funder").order_by("pk"):
        with transaction.atomic():
            if _locked(funding).state == FundingState.ANNOUNCED:
                transition(funding, "expire", actor=Actor.system(), at=at, about=(funding.funder,))
                count += 1
    return count


def receive_funding(
    *, funding: Funding, amount: int, bank_reference: str, key: uuid.UUID, actor: Actor, at: datetime
) -> Funding:
    """This will issue coins for euros that have arrived: BANK → RESERVE and ISSUE → payee, in one transaction.

    `amount` (minor units) is what arrived, also when another amount was announced; `bank_reference` the bank's own
    number of the line. The same key gives the same result.

    :raises BankLineUsed: when this line was booked before, whatever for.
    :raises FundingOver: when it was received under another key or line, cancelled, or has expired.
    :raises InvalidAmount, AccountNotOpen, CeilingReached, KeyReused: nothing happened.
    """
    if not 1 <= amount <= LARGEST:
        raise InvalidAmount
    bank_reference = _tidy(bank_reference)
    with transaction.atomic():
        locked = _locked(funding)
        if locked.issued and _is_again(locked.issued, key, bank_reference):
            if locked.received != amount:
                raise KeyReused
            return locked
        if locked.state != FundingState.ANNOUNCED:
            raise FundingOver
        issue, reserve, bank = _system(locked.coin)
        kind = TransferKind.ISSUE
        entry = _book_legs(
            euros=Entry(payer_id=bank.pk, payee_id=reserve.pk, key=_euro(key), amount=amount, kind=kind),
            coins=Entry(payer_id=issue.pk, payee_id=locked.payee_id, key=key, amount=amount, kind=kind),
            arriving=True, bank_reference=bank_reference, actor=actor, at=at,
        )  # fmt: skip
        locked.issued, locked.received = entry, amount
        Funding.objects.filter(pk=locked.pk).update(issued=entry, received=amount, state=FundingState.ISSUED)
        locked.state = FundingState.ISSUED
        record(
            "funding.receive", subject=locked, actor=actor, at=at, about=[locked.funder],
            before=FundingState.ANNOUNCED, after=FundingState.ISSUED,
        )  # fmt: skip
    return locked


def return_funding(
    *, funding: Funding, bank_reference: str, key: uuid.UUID, actor: Actor, at: datetime, reason: str = ""
) -> Funding:
    """This will undo a funding whole: the coins go back from the payee, the euros leave the reserve.

    For money that the bank took back, or that was paid by mistake. Both legs are paid back in one transaction.

    :raises FundingOver: when it was never received, or was returned under another key or line.
    :raises InsufficientFunds: when the payee has spent the coins.
    :raises BankLineUsed, KeyReused, AccountNotOpen: nothing happened.
    """
    bank_reference = _tidy(bank_reference)
    with transaction.atomic():
        locked = _locked(funding)
        if locked.returned and _is_again(locked.returned, key, bank_reference):
            return locked
        if locked.state != FundingState.ISSUED or locked.issued is None or locked.received is None:
            raise FundingOver
        entry = _book_legs(
            coins=chargeback_of(locked.issued.coin_leg, amount=locked.received, key=key),
            euros=chargeback_of(locked.issued.euro_leg, amount=locked.received, key=_euro(key)),
            arriving=False, bank_reference=bank_reference, actor=actor, at=at,
        )  # fmt: skip
        Funding.objects.filter(pk=locked.pk).update(returned=entry, state=FundingState.RETURNED)
        locked.returned, locked.state = entry, FundingState.RETURNED
        record(
            "funding.return", subject=locked, actor=actor, at=at, about=[locked.funder], reason=reason,
            before=FundingState.ISSUED, after=FundingState.RETURNED,
        )  # fmt: skip
    return locked


def redeem(
    *,
    reservation: Reservation,
    to: PartyLike,
    bank_reference: str,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> BankEntry:
    """This will take coins out of the world for euros that were paid out: what was reserved goes holder → ISSUE, and
    as much RESERVE → BANK, in one transaction.

    `to` is whom the bank paid: the holder, or for a pot its funder.

    :raises NotRedeemable: when the reservation is no redemption, or these coins are not paid out to this party.
    :raises ReservationOver: when it was redeemed under another key, released or expired.
    :raises BankLineUsed, KeyReused, NotBacked: nothing happened.
    """
    bank_reference = _tidy(bank_reference)
    with transaction.atomic():
        held = Reservation.objects.select_related("payer", "coin").get(pk=reservation.pk)
        if held.kind != TransferKind.REDEEM or to.pk != held.payer.beneficiary_id:
            raise NotRedeemable
        if known := _redeemed(held, key, bank_reference):
            return known
        coins = capture_of(held, key=key)
        _issue, reserve, bank = _system(held.coin)
        euros = Entry(
            payer_id=reserve.pk,
            payee_id=bank.pk,
            amount=coins.amount,
            kind=TransferKind.REDEEM,
            key=_euro(key),
        )
        try:
            with transaction.atomic():
                return _book_legs(
                    coins=coins,
                    euros=euros,
                    arriving=False,
                    bank_reference=bank_reference,
                    actor=actor,
                    at=at,
                )
        except (BankLineUsed, KeyReused):
            # Somebody may have sent the same at the same moment, and been first.
            if known := _redeemed(held, key, bank_reference):
                return known
            raise


def _tidy(bank_reference: str) -> str:
    """The bank's number without spaces around it: with one behind it it would be another line.

    :raises ValueError: when it is empty or longer than any bank's.
    """
    tidy = bank_reference.strip()
    if not 1 <= len(tidy) <= LONGEST_BANK_REFERENCE:
        raise ValueError("A line of the bank has a number, of at most 80 signs.")
    return tidy


def _redeemed(held: Reservation, key: uuid.UUID, bank_reference: str) -> BankEntry | None:
    known = BankEntry.objects.filter(coin_leg__key=key).select_related("euro_leg", "coin_leg").first()
    if known and known.coin_leg.reservation_id == held.pk and _is_again(known, key, bank_reference):
        return known
    return None


def _check_payee(payee: Account | None, coin: Coin, on: date) -> None:
    if payee is None or payee.kind not in {AccountKind.HOLDER, AccountKind.POT}:
        raise UnknownAccount
    if payee.coin_id != coin.pk:
        raise CoinMismatch
    if payee.state != AccountState.OPEN or (payee.ends_on is not None and payee.ends_on < on):
        raise AccountNotOpen


def _same(known: Funding, coin: Coin, funder: PartyLike, payee: Account, amount: int) -> Funding:
    asked = (coin.pk, funder.pk, payee.pk, amount)
    if (known.coin_id, known.funder_id, known.payee_id, known.amount) != asked:
        raise KeyReused
    return known


def _new_reference(coin: Coin) -> str:
    """What a funder writes with the payment: it says which coin, and cannot be guessed from another's."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH - 1))
    return f"SC{coin.code}{body}{mod_37_36.calc_check_digit(body, ALPHABET)}"


def _locked(funding: Funding) -> Funding:
    """Held until the end of the transaction: of two lines for one funding the second finds it received."""
    Funding.objects.select_for_update(no_key=True).get(pk=funding.pk)
    # Asked once the lock is there: what stands beside a row that was waited for would be read as it was before.
    return Funding.objects.select_related(
        "coin", "funder", "issued__coin_leg", "issued__euro_leg", "returned__coin_leg"
    ).get(pk=funding.pk)


def _system(coin: Coin) -> tuple[Account, Account, Account]:
    """The accounts of a coin that the world of euros is reached by: ISSUE, RESERVE, BANK.

    :raises UnknownAccount: when it was never given any.
    """
    issue = Account.objects.filter(coin=coin, kind=AccountKind.ISSUE).first()
    reserve = Account.objects.filter(backs=coin).first()
    if issue is None or reserve is None:
        raise UnknownAccount
    bank = Account.objects.filter(
        coin_id=reserve.coin_id, kind=AccountKind.BANK, holder_id=reserve.holder_id
    ).first()
    if bank is None:
        raise UnknownAccount
    return issue, reserve, bank


def _euro(key: uuid.UUID) -> uuid.UUID:
    """The key of the euro leg, which follows from that of the coin leg."""
    return uuid.uuid5(NAMESPACE, key.hex)


def _is_again(entry: BankEntry, key: uuid.UUID, bank_reference: str) -> bool:
    """Whether this was asked before in the same words.

    :raises KeyReused: when the key is the same and the line is not.
    """
    if entry.coin_leg.key != key:
        return False
    if entry.reference != bank_reference:
        raise KeyReused
    return True


def _book_legs(
    *, coins: Entry, euros: Entry, arriving: bool, bank_reference: str, actor: Actor, at: datetime
) -> BankEntry:
    """Book both legs and the bank's line, or nothing.

    When euros arrive their leg comes first, when they leave the coins go first: no coin is ever without its euro.

    :raises BankLineUsed: when the line was booked before.
    :raises BookingRefused: what the write path says of either leg.
    """
    if BankEntry.objects.filter(reference=bank_reference).exists():
        raise BankLineUsed
    legs = [euros, coins] if arriving else [coins, euros]
    occasion = occasion_of(actor, at)
    answers = book(legs, occasion)
    for answer in answers:
        if answer.code:
            raise refusal(answer.code, answer.room)
    if not all(answer.is_new for answer in answers):
        raise KeyReused
    made = {one.key: one for one in transfers_of(legs, answers, occasion)}
    entry = BankEntry(reference=bank_reference, euro_leg=made[euros.key], coin_leg=made[coins.key])
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise BankLineUsed from error
    return entry
