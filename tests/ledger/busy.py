"""A town in which everything has happened that can: what a proof of the ledger has to hold for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.actor import Actor
from core.clock import day_of
from ledger.kinds import AccountKind, Label, TransferKind
from ledger.models import Account, BankEntry, Funding, Reservation, Transfer
from ledger.operations import (
    announce_funding,
    capture,
    charge_back,
    expire_reservations,
    redeem,
    release,
    reserve,
    return_funding,
    set_limit,
    transfer,
)
from tests.factories.ledger import AT, SYSTEM, Town, account, fund, key, town

LATE = AT.replace(hour=23, minute=30)  # half past twelve at night where the neighbourhoods are: the next day
NEXT_WEEK = AT + timedelta(days=7)


@dataclass
class Busy:
    """The town MOLEN, its neighbour SLUIS where nothing has happened yet, and what went on."""

    town: Town
    neighbour: Town
    anns_funding: Funding
    pots_funding: Funding
    returned: Funding
    announced: Funding  # for the pot, and not received yet
    reward: Transfer
    payment: Transfer  # 5.00 from Ann to Ben, of which 2.00 was charged back
    small_payment: Transfer  # 0.50 from Ann to Ben
    shopping: Transfer  # 3.00 from Ann to the shop
    chargeback: Transfer
    other_chargeback: Transfer  # 3.50 of another payment from Ann to Ben
    captured: Transfer  # 2.00 from Ann to Cas, of what was reserved for him
    last: Transfer  # from Ann to Ben, and nothing came after it on either account
    open: Reservation
    released: Reservation  # part of it was captured before
    done: Reservation
    redemption: BankEntry


def busy_town() -> Busy:
    molen = town()
    sluis = town("SLUIS", "Sluismunt")
    set_limit(
        coin=molen.coin, holder_kind="PERSON", per_payment=50_00, per_day=None, per_month=200_00,
        from_on=day_of(AT), until_on=day_of(NEXT_WEEK), actor=SYSTEM, at=AT,
    )  # fmt: skip
    anns = fund(molen, molen.ann, 100_00)
    pots = fund(molen, molen.pot, 60_00)
    returned = _returned(molen)
    reward = pay(
        molen.pot, molen.ann, 10_00, "reward", kind=TransferKind.REWARD, label=Label.VOLUNTEER_ALLOWANCE
    )
    back(reward, 4_00)
    ann = Actor(user=None, person=molen.ann.holder, principal=molen.ann.holder)
    payment = pay(molen.ann, molen.ben, 5_00, "payment", actor=ann, note="Thank you")
    small = pay(molen.ann, molen.ben, 50, "small payment")
    shopping = pay(molen.ann, molen.shop, 3_00, "shopping", label=Label.SALE, at=LATE)
    pay(molen.ben, molen.shop, 1_00, "more shopping", label=Label.SALE)
    _clear(molen)
    chargeback = back(payment, 2_00)
    other = back(pay(molen.ann, molen.ben, 4_50, "other payment"), 3_50)
    promise(molen.ann, molen.ben, 75, "open too")
    opened = promise(molen.ann, molen.shop, 8_00, "open", actor=ann)
    capture(reservation=opened, key=key("open, a part"), actor=SYSTEM, at=AT, amount=1_00)
    released = promise(molen.ann, molen.cas, 6_00, "released")
    captured = capture(reservation=released, key=key("released, a part"), actor=SYSTEM, at=AT, amount=2_00)
    release(reservation=released, key=key("release"), actor=SYSTEM, at=AT)
    done = promise(molen.pot, molen.ben, 7_00, "done", kind=TransferKind.REWARD, label=Label.EXPENSES)
    capture(reservation=done, key=key("done, a part"), actor=SYSTEM, at=AT, amount=3_00)
    capture(reservation=done, key=key("done, the rest"), actor=SYSTEM, at=AT)
    promise(molen.ann, molen.ben, 1_00, "expired", expires_at=AT + timedelta(hours=1))
    expire_reservations(at=AT + timedelta(hours=2))
    redemption = _redeemed(molen)
    last = pay(molen.ann, molen.ben, 25, "last")
    return Busy(
        town=molen, neighbour=sluis, anns_funding=anns, pots_funding=pots, returned=returned,
        announced=_announced(molen), reward=reward, payment=payment, small_payment=small, shopping=shopping,
        chargeback=chargeback, other_chargeback=other, captured=captured, last=last, open=opened, released=released,
        done=done, redemption=redemption,
    )  # fmt: skip


def pay(
    payer: Account, payee: Account, amount: int, name: str, *, kind: str = TransferKind.PAYMENT, **more: Any
) -> Transfer:
    words = {"actor": SYSTEM, "at": AT, **more}
    return transfer(payer=payer, payee=payee, amount=amount, kind=kind, key=key(name), **words)


def back(original: Transfer, amount: int) -> Transfer:
    return charge_back(transfer=original, key=key(f"{original.pk} back"), actor=SYSTEM, at=AT, amount=amount)


def promise(
    payer: Account, payee: Account, amount: int, name: str, *, expires_at: datetime = NEXT_WEEK, **more: Any
) -> Reservation:
    words = {"kind": TransferKind.PAYMENT, "actor": SYSTEM, "at": AT, **more}
    return reserve(payer=payer, payee=payee, amount=amount, key=key(name), expires_at=expires_at, **words)


def _returned(molen: Town) -> Funding:
    """Money that the bank took back."""
    funding = fund(molen, molen.pot, 9_00)
    return return_funding(
        funding=funding, bank_reference="taken back", key=key("taken back"), actor=SYSTEM, at=AT
    )


def _announced(molen: Town) -> Funding:
    assert molen.pot.funder
    return announce_funding(
        coin=molen.coin, funder=molen.pot.funder, payee=molen.pot, amount=20_00, expires_on=day_of(NEXT_WEEK),
        key=key("announced"), actor=SYSTEM, at=AT,
    )  # fmt: skip


def _redeemed(molen: Town) -> BankEntry:
    """The shop gets euros for two of its coins."""
    held = promise(molen.shop, molen.issue, 2_00, "redemption", kind=TransferKind.REDEEM)
    return redeem(
        reservation=held,
        to=molen.shop.holder,
        bank_reference="paid out",
        key=key("paid out"),
        actor=SYSTEM,
        at=AT,
    )


def _clear(molen: Town) -> None:
    """Ben spends in another neighbourhood."""
    clearing = account(molen, "Clearing", kind=AccountKind.CLEARING, holder=molen.issue.holder)
    pay(molen.ben, clearing, 30, "elsewhere", kind=TransferKind.CLEARING)
