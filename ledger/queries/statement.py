"""The statement of an account: its bookings newest first, page by page, as quick far back as at the front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, OuterRef, Subquery, Sum

from ledger.kinds import AccountKind, Label, TransferKind
from ledger.models import Account, Transfer
from ledger.queries.holders import Holder, names
from ledger.queries.places import BEYOND, END, Place
from ledger.queries.sought import Sought
from ledger.queries.window import Seen, window

# A search looks at so many bookings and then says how far it came: of an account with millions nobody waits for all.
SEARCHED = 5_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Counterparty:
    """Whom a booking was with, as far as that is the holder's business: no balance of another's.

    `label` is the name of a pot; what a person calls an account of theirs is nobody else's affair.
    """

    account_id: int
    address: str
    kind: AccountKind
    label: str
    holder: Holder


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One booking as the holder sees it. `amount` is below nought when it was paid; minor units.

    `reverses` is the transfer that this one undoes. Of what this one brought, `charged_back` was undone, the last time
    by the transfer `charged_back_by`.
    """

    no: int
    transfer_id: int
    made_at: datetime
    booked_on: date
    kind: TransferKind
    label: Label
    amount: int
    balance: int
    counterparty: Counterparty
    note: str
    reverses: int | None
    charged_back: int
    charged_back_by: int | None
    reservation_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One page of a statement.

    `next` is where the next page begins (give it as `before`); None when this was the last. `searched_to` is set when
    a search stopped before it found a page full: the day that it came to, `next` goes on from there. `opening` and
    `closing` are the balances before the first and after the last day of a period, of the whole of it on each page.
    """

    lines: list[Line]
    next: str | None
    searched_to: date | None
    opening: int | None
    closing: int | None


def statement(
    account: Account,
    *,
    before: str | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    search: str = "",
    limit: int = 50,
) -> Statement:
    """A page of bookings, newest first: from a place on (`next` of the page before it), of a period of local days.

    `search` finds an amount, an address or part of it, or words of the note and of whom it was with.

    :raises NoSuchPlace: when `before` is no place in this statement.
    """
    by_day = from_on is not None or until_on is not None
    first, last = from_on or date.min, until_on or date.max
    place = Place.read(before, by_day=by_day) if before else END
    sought = Sought.read(search) if search.strip() else None
    look = SEARCHED if sought else limit + 1
    seen = window(
        account.pk,
        before=min(place, Place(last, BEYOND)),
        look=look,
        by_day=by_day,
        from_on=first,
        words=bool(sought),
    )
    others = _accounts(seen) if sought else {}
    found = [one for one in seen if not sought or _fits(sought, one, others[one.other_id])]
    page = found[:limit]
    stopped = seen[-1].place if len(found) <= limit and len(seen) == look else None
    goes_on = page[-1].place if len(found) > limit else stopped
    return Statement(
        lines=_lines(account, page, others or _accounts(page)),
        next=goes_on.written(by_day=by_day) if goes_on else None,
        searched_to=stopped.on if stopped else None,
        opening=_balance_before(account, first) if by_day else None,
        closing=balance_on(account, last) if by_day else None,
    )


def balance_on(account: Account, day: date) -> int:
    """The balance at the end of a local day: what stands beside the last booking of that day or earlier. No sum."""
    last = window(account.pk, before=Place(day, BEYOND), look=1, by_day=True)
    return last[0].balance if last else 0


def _balance_before(account: Account, day: date) -> int:
    return balance_on(account, day - timedelta(days=1) if day > date.min else day)


def _accounts(seen: Sequence[Seen]) -> dict[int, Account]:
    """Whom these bookings were with, with names: one question, however many."""
    others = {one.other_id for one in seen}
    found = Account.objects.select_related(*names("holder")).filter(pk__in=others)
    return {one.pk: one for one in found}


def _fits(sought: Sought, seen: Seen, other: Account) -> bool:
    """What can be found of the other side is what the line shows of it."""
    shown = _counterparty(other)
    texts = (seen.note, shown.label, shown.holder.display_name)
    return sought.fits(amount=seen.amount, address=shown.address, texts=texts)


def _lines(account: Account, seen: Sequence[Seen], others: Mapping[int, Account]) -> list[Line]:
    """The same bookings with all that a line shows: one question, however many lines."""
    undoing = Transfer.objects.filter(reverses=OuterRef("pk")).order_by().values("reverses")
    with_chargebacks = Transfer.objects.select_related("note").annotate(
        charged_back=Subquery(undoing.annotate(total=Sum("amount")).values("total")),
        charged_back_by=Subquery(undoing.annotate(last=Max("pk")).values("last")),
    )
    transfers = with_chargebacks.in_bulk([one.transfer_id for one in seen])
    return [
        _line(
            account,
            transfer,
            others[other_id],
            charged_back=transfer.charged_back or 0,
            charged_back_by=transfer.charged_back_by,
        )
        for transfer, other_id in ((transfers[one.transfer_id], one.other_id) for one in seen)
    ]


def _line(
    account: Account, transfer: Transfer, other: Account, *, charged_back: int, charged_back_by: int | None
) -> Line:
    is_paid = transfer.payer_id == account.pk
    note = getattr(transfer, "note", None)
    return Line(
        no=transfer.payer_no if is_paid else transfer.payee_no,
        transfer_id=transfer.pk,
        made_at=transfer.made_at,
        booked_on=transfer.booked_on,
        kind=TransferKind(transfer.kind),
        label=Label(transfer.label),
        amount=-transfer.amount if is_paid else transfer.amount,
        balance=transfer.payer_balance if is_paid else transfer.payee_balance,
        counterparty=_counterparty(other),
        note=note.text if note else "",
        reverses=transfer.reverses_id,
        charged_back=charged_back,
        charged_back_by=charged_back_by,
        reservation_id=transfer.reservation_id,
    )


def _counterparty(account: Account) -> Counterparty:
    kind = AccountKind(account.kind)
    return Counterparty(
        account_id=account.pk,
        address=account.address,
        kind=kind,
        label="" if kind == AccountKind.HOLDER else account.label,
        holder=account.holder,
    )
