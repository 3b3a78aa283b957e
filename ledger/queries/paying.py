"""What a payer must know before paying: what somebody paid for another today, and what was paid just now."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Case, F, Sum, When

from core.actor import PartyLike
from ledger.kinds import HELD, AccountState, ReservationState, TransferKind
from ledger.models import Account, Reservation, Transfer
from ledger.queries.holders import names

BOOKINGS_LOOKED_AT = 200
HELD_BACK = Case(When(state=ReservationState.OPEN, then=F("amount")), default=F("captured"))


def acted_on(account: Account, person: PartyLike, day: date) -> int:
    """What somebody paid or promised from an account on a local day (minor units), as the limit of a mandate counts."""
    paid = Transfer.objects.filter(payer=account, booked_on=day, acted_by=person.pk)
    paid = paid.filter(reverses__isnull=True, reservation__isnull=True)
    promised = Reservation.objects.filter(payer=account, booked_on=day, acted_by=person.pk)
    total = paid.aggregate(sum=Sum("amount"))["sum"] or 0
    return int(total + (promised.aggregate(sum=Sum(HELD_BACK))["sum"] or 0))


def paid_since(payer: Account, payee: Account, amount: int, since: datetime) -> Transfer | None:
    """The last payment of just this amount to just this account since a moment; None when there was none."""
    recent = Transfer.objects.filter(payer=payer).order_by("-payer_no")[:BOOKINGS_LOOKED_AT]
    same = Transfer.objects.filter(
        pk__in=list(recent.values_list("pk", flat=True)), payee=payee, amount=amount
    )
    fresh = same.filter(made_at__gte=since).exclude(kind=TransferKind.CHARGEBACK)
    return fresh.order_by("-payer_no").first()


def recent_payers(account: Account, limit: int = 8) -> list[Account]:
    """Who paid this account lately and is still there, each once, the last one first, with names."""
    received = (
        Transfer.objects.filter(payee=account).exclude(kind=TransferKind.CHARGEBACK).order_by("-payee_no")
    )
    in_order = list(dict.fromkeys(received.values_list("payer", flat=True)[:BOOKINGS_LOOKED_AT]))
    still_there = Account.objects.filter(kind__in=HELD, state=AccountState.OPEN)
    found = still_there.select_related(*names("holder")).in_bulk(in_order)
    return [found[pk] for pk in in_order if pk in found][:limit]
