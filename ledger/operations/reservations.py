"""Reservations: coins set apart, captured for the payee, or set free again."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, transaction

from core.actor import Actor
from core.audit import record
from ledger.booking import Entry, book
from ledger.kinds import LIMITED_KINDS, AccountKind, ReservationState, TransferKind
from ledger.models import Account, Reservation, Transfer
from ledger.operations.transfers import LARGEST, book_one, occasion_of, wrong_with
from ledger.refusals import InvalidAmount, ReservationOver, UnknownAccount, refusal

# An ISSUE or a chargeback is never promised; an opening balance is booked at once.
NEVER_RESERVED = frozenset({TransferKind.ISSUE, TransferKind.CHARGEBACK, TransferKind.OPENING})

COLUMNS = [field.attname for field in Reservation._meta.concrete_fields]


def reserve(
    *,
    payer: Account,
    payee: Account,
    amount: int,
    kind: str,
    key: uuid.UUID,
    expires_at: datetime,
    actor: Actor,
    at: datetime,
    label: str = "",
    acted_by_day_limit: int | None = None,
) -> Reservation:
    """This will set an amount (minor units) apart for the payee, until `expires_at`.

    Everything is asked that a transfer would ask; capturing asks no more. The same key with the same content gives the
    first reservation again.

    :raises BookingRefused: whatever `transfer` refuses, and a redemption from an account that may not redeem.
    :raises ReservationOver: when it would be over before it begins.
    """
    entry = Entry(payer_id=payer.pk, payee_id=payee.pk, amount=amount, kind=kind, key=key, label=label)
    if wrong := wrong_with(entry) or (UnknownAccount() if kind in NEVER_RESERVED else None):
        raise wrong
    if expires_at <= at and not Reservation.objects.filter(key=key).exists():
        raise ReservationOver
    occasion = occasion_of(actor, at, limit=acted_by_day_limit, expires_at=expires_at)
    (answer,) = book([entry], occasion)
    if answer.code:
        raise refusal(answer.code, answer.room)
    if not answer.is_new:
        return Reservation.objects.get(pk=answer.id or 0)
    return Reservation.from_db(DEFAULT_DB_ALIAS, COLUMNS, [
        answer.id, answer.coin_id, payer.pk, payee.pk, amount, 0, kind, label, ReservationState.OPEN, key, None,
        occasion.acted_by_id, at, occasion.on, expires_at,
    ])  # fmt: skip


def capture(
    *,
    reservation: Reservation,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
    amount: int | None = None,
    note: str = "",
) -> Transfer:
    """This will pay out of a reservation: a part (minor units), or without an amount all that is left.

    A part leaves the rest reserved. Limits, ceilings, the area and blocks were asked when reserving and are not asked
    again.

    :raises ReservationOver: when it was paid, released or expired, or its time has passed.
    :raises InvalidAmount: when more is asked than is left.
    :raises KeyReused: when the key was used for something else.
    :raises UnknownAccount: for a redemption, which `redeem` captures together with its euros.
    """
    held = Reservation.objects.get(pk=reservation.pk)
    if held.kind == TransferKind.REDEEM:
        raise UnknownAccount
    return book_one(capture_of(held, key=key, amount=amount, note=note), occasion_of(actor, at))


def capture_of(held: Reservation, *, key: uuid.UUID, amount: int | None = None, note: str = "") -> Entry:
    """The entry that pays out of a reservation.

    :raises ReservationOver: when nothing is left to be paid.
    :raises InvalidAmount: when the amount is not above nought.
    """
    if amount is None:
        amount = held.captures.filter(key=key).values_list("amount", flat=True).first() or held.left
        if not amount:
            raise ReservationOver
    if not 1 <= amount <= LARGEST:
        raise InvalidAmount
    return Entry(
        payer_id=held.payer_id, payee_id=held.payee_id, amount=amount, kind=held.kind, key=key, label=held.label,
        note=note, reservation_id=held.pk,
    )  # fmt: skip


def release(*, reservation: Reservation, key: uuid.UUID, actor: Actor, at: datetime) -> Reservation:
    """This will set free what is left of a reservation. The same key again gives the same answer.

    :raises ReservationOver: when it was paid, released under another key, or expired.
    """
    with transaction.atomic():
        payer = Account.objects.select_for_update(no_key=True).get(pk=reservation.payer_id)
        held = Reservation.objects.select_for_update(no_key=True).get(pk=reservation.pk)
        if held.state == ReservationState.RELEASED and held.closing_key == key:
            return held
        if held.state != ReservationState.OPEN:
            raise ReservationOver
        _set_free(payer, [held])
        held.state, held.closing_key = ReservationState.RELEASED, key
        held.save(update_fields=["state", "closing_key"])
        record(
            "reservation.release",
            subject=held,
            actor=actor,
            at=at,
            before=ReservationState.OPEN,
            after=held.state,
        )
    return held


def expire_reservations(*, at: datetime, limit: int = 1000) -> int:
    """This will set free what is left of reservations whose time has passed, at most `limit` of them.

    Gives how many it were.
    """
    over = Reservation.objects.filter(state=ReservationState.OPEN, expires_at__lte=at)
    with transaction.atomic():
        found = list(over.order_by("expires_at").values_list("pk", "payer_id")[:limit])
        payers = _locked({payer for _number, payer in found})
        # Asked once more under the lock: some may have been paid or released meanwhile.
        numbers = [number for number, _payer in found]
        still = list(over.filter(pk__in=numbers).order_by("pk").select_for_update(no_key=True))
        of_payer: dict[int, list[Reservation]] = defaultdict(list)
        for held in still:
            of_payer[held.payer_id].append(held)
        for number, theirs in of_payer.items():
            _set_free(payers[number], theirs)
        Reservation.objects.filter(pk__in=[held.pk for held in still]).update(state=ReservationState.EXPIRED)
    return len(still)


def _locked(numbers: Iterable[int]) -> dict[int, Account]:
    """In the order of numbers, as everybody locks accounts."""
    rows = Account.objects.filter(pk__in=sorted(numbers)).order_by("pk").select_for_update(no_key=True)
    return {account.pk: account for account in rows}


def _set_free(payer: Account, theirs: Sequence[Reservation]) -> None:
    """Give back what is left, and the room under the limits when it was taken in the present day or month."""
    for held in theirs:
        payer.reserved -= held.left
        if payer.kind != AccountKind.HOLDER or held.kind not in LIMITED_KINDS or payer.spent_on is None:
            continue
        if held.booked_on == payer.spent_on:
            payer.spent_day -= held.left
        if (held.booked_on.year, held.booked_on.month) == (payer.spent_on.year, payer.spent_on.month):
            payer.spent_month -= held.left
    payer.save(update_fields=["reserved", "spent_day", "spent_month"])
