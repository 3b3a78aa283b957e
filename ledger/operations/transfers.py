"""Transfers: what goes from one account to another, and what is paid back of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Sum

from core.actor import Actor
from core.clock import day_of
from ledger.booking import Answer, Entry, Occasion, book
from ledger.kinds import CAN_BE_PAID_BACK, LABELLED_KINDS, Label, TransferKind
from ledger.models import Account, Transfer
from ledger.refusals import (
    BookingRefused,
    ChargebackExceeds,
    InvalidAmount,
    KeyReused,
    LabelMissing,
    LinesRefused,
    SameAccount,
    UnknownAccount,
    refusal,
)

LARGEST = 10**15  # ten thousand billion coins: more is a slip, and sums of it stay within a bigint
LONGEST_NOTE = 140
# Coins come and go with euros, by funding and redemption; a chargeback names what it undoes.
NOT_ALONE = frozenset({TransferKind.ISSUE, TransferKind.REDEEM, TransferKind.CHARGEBACK})
COLUMNS = [field.attname for field in Transfer._meta.concrete_fields]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a batch; see `transfer` for the words."""

    payer: Account
    payee: Account
    amount: int
    kind: str
    key: uuid.UUID
    label: str = ""
    note: str = ""


def transfer(
    *,
    payer: Account,
    payee: Account,
    amount: int,
    kind: str,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
    label: str = "",
    note: str = "",
    acted_by_day_limit: int | None = None,
) -> Transfer:
    """This will book an amount (minor units) from one account to another, at once and for good.

    The same key with the same content (all but the note) gives the first transfer again. `label` says what it is in
    law; a reward must have one. `acted_by_day_limit` is how much (minor units) the acting person may pay from this
    account in one local day.

    :raises InsufficientFunds, CeilingReached, LimitExceeded, ActorLimitExceeded, AccountNotOpen, CoinMismatch,
        OutsideArea, KeyReused, NotBacked, SameAccount, InvalidAmount, LabelMissing, UnknownAccount: nothing happened.
    """
    entry = Entry(
        payer_id=payer.pk, payee_id=payee.pk, amount=amount, kind=kind, key=key, label=label, note=note
    )
    if wrong := wrong_with(entry) or (UnknownAccount() if kind in NOT_ALONE else None):
        raise wrong
    also = _covering(payer) if kind == TransferKind.OPENING else ()
    occasion = occasion_of(actor, at, limit=acted_by_day_limit, also=also)
    return book_one(entry, occasion)


def transfer_many(
    *, lines: Sequence[Line], actor: Actor, at: datetime, acted_by_day_limit: int | None = None
) -> list[Transfer]:
    """This will book many transfers at once: all of them, or none. Gives them in the order of the lines.

    Each line is judged with those before it as booked. A line that stands there twice (one key, one content) is
    booked once.

    :raises LinesRefused: with what was wrong with each line; nothing was booked.
    """
    entries = [_entry_of(line) for line in lines]
    wrong = _wrong_lines(entries)
    unique = list({entry.key: entry for index, entry in enumerate(entries) if index not in wrong}.values())
    also = tuple(
        number for line in lines if line.kind == TransferKind.OPENING for number in _covering(line.payer)
    )
    occasion = occasion_of(actor, at, limit=acted_by_day_limit, also=also, only_judge=bool(wrong))
    answers = {
        entry.key: answer
        for entry, answer in zip(unique, book(unique, occasion) if unique else [], strict=True)
    }
    for index, entry in enumerate(entries):
        if index not in wrong and (code := answers[entry.key].code):
            wrong[index] = refusal(code, answers[entry.key].room)
    if wrong:
        raise LinesRefused(dict(sorted(wrong.items())))
    booked = transfers_of(unique, [answers[entry.key] for entry in unique], occasion)
    by_key = {one.key: one for one in booked}
    return [by_key[entry.key] for entry in entries]


def charge_back(
    *,
    transfer: Transfer,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
    amount: int | None = None,
    note: str = "",
) -> Transfer:
    """This will pay back a transfer, or a part of it (minor units): from its payee to its payer.

    Without an amount all that is not paid back yet. Blocks, limits and ceilings do not stand in the way. What was
    tallied under a label is taken off again, in the month of the original.

    :raises ChargebackExceeds: when less than this is left of it, or it is of a kind that cannot be paid back.
    :raises InsufficientFunds: when the payee has spent the coins.
    :raises AccountNotOpen, KeyReused, InvalidAmount: nothing happened.
    """
    if amount is not None and not 1 <= amount <= LARGEST:
        raise InvalidAmount
    original = Transfer.objects.get(pk=transfer.pk)
    if original.kind not in CAN_BE_PAID_BACK:
        raise ChargebackExceeds
    if amount is None:
        left = left_of(original)  # first: whoever sends the same at this moment is then found by the key
        amount = _paid_back_under(key, original) or left
        if amount == 0:
            raise ChargebackExceeds
    entry = chargeback_of(original, amount=amount, key=key, note=note)
    return book_one(entry, occasion_of(actor, at))


def left_of(original: Transfer) -> int:
    """What is not paid back yet of a transfer, in minor units."""
    paid_back = original.chargebacks.aggregate(sum=Sum("amount"))["sum"] or 0
    return original.amount - paid_back


def chargeback_of(original: Transfer, *, amount: int, key: uuid.UUID, note: str = "") -> Entry:
    """The entry that pays back."""
    return Entry(
        payer_id=original.payee_id, payee_id=original.payer_id, amount=amount, kind=TransferKind.CHARGEBACK, key=key,
        label=original.label, note=note, reverses_id=original.pk,
    )  # fmt: skip


def occasion_of(
    actor: Actor,
    at: datetime,
    *,
    limit: int | None = None,
    also: tuple[int, ...] = (),
    expires_at: datetime | None = None,
    only_judge: bool = False,
) -> Occasion:
    """Who acts, when, and on which local day that is."""
    if limit is not None and actor.person is None:
        raise ValueError("A limit for whoever acts needs somebody who acts.")
    return Occasion(
        acted_by_id=actor.person.pk if actor.person else None, actor_limit=limit, at=at, on=day_of(at), also=also,
        expires_at=expires_at, only_judge=only_judge,
    )  # fmt: skip


def book_one(entry: Entry, occasion: Occasion) -> Transfer:
    """Book one entry.

    :raises BookingRefused: whatever the write path says.
    """
    (answer,) = book([entry], occasion)
    if answer.code:
        raise refusal(answer.code, answer.room)
    return transfers_of([entry], [answer], occasion)[0]


def transfers_of(entries: Sequence[Entry], answers: Sequence[Answer], occasion: Occasion) -> list[Transfer]:
    """The transfers as they stand in the database: what is new is known already, the rest is read."""
    before = [answer.id for answer in answers if not answer.is_new]
    known = Transfer.objects.in_bulk(before) if before else {}
    return [
        _new(entry, answer, occasion) if answer.is_new else known[answer.id or 0]
        for entry, answer in zip(entries, answers, strict=True)
    ]


def _new(entry: Entry, answer: Answer, occasion: Occasion) -> Transfer:
    """As if it were read from the database, field by field: asking again would cost as much as booking."""
    return Transfer.from_db(DEFAULT_DB_ALIAS, COLUMNS, [
        answer.id, answer.coin_id, entry.payer_id, entry.payee_id, entry.amount, entry.kind, entry.label,
        answer.payer_no, answer.payee_no, answer.payer_balance, answer.payee_balance, entry.key, entry.reverses_id,
        entry.reservation_id, occasion.acted_by_id, occasion.at, occasion.on,
    ])  # fmt: skip


def _entry_of(line: Line) -> Entry:
    return Entry(
        payer_id=line.payer.pk, payee_id=line.payee.pk, amount=line.amount, kind=line.kind, key=line.key,
        label=line.label, note=line.note,
    )  # fmt: skip


def _wrong_lines(entries: Sequence[Entry]) -> dict[int, BookingRefused]:
    """What can be said of each line without asking the database."""
    wrong: dict[int, BookingRefused] = {}
    first: dict[uuid.UUID, Entry] = {}
    for index, entry in enumerate(entries):
        if problem := wrong_with(entry):
            wrong[index] = problem
        elif entry.kind in NOT_ALONE:
            wrong[index] = UnknownAccount()
        elif first.setdefault(entry.key, entry).content != entry.content:
            wrong[index] = KeyReused()
    return wrong


def wrong_with(entry: Entry) -> BookingRefused | None:
    """What is wrong with an entry on the face of it."""
    if not 1 <= entry.amount <= LARGEST:
        return InvalidAmount()
    if entry.payer_id == entry.payee_id:
        return SameAccount()
    is_label = entry.label in Label.values
    if not is_label or (entry.kind in LABELLED_KINDS and not entry.label):
        return LabelMissing()
    if len(entry.note) > LONGEST_NOTE:
        raise ValueError(f"A note has at most {LONGEST_NOTE} signs.")
    return None


def _covering(payer: Account) -> tuple[int, ...]:
    """The reserve that covers the coins of this account: it is locked beside them."""
    return tuple(Account.objects.filter(backs__accounts=payer.pk).values_list("pk", flat=True))


def _paid_back_under(key: uuid.UUID, original: Transfer) -> int:
    """How much this key paid back before: "all that is left" means the same when it is said again."""
    return original.chargebacks.filter(key=key).values_list("amount", flat=True).first() or 0
