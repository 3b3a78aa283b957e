"""Questions about payouts: which there are, what to look at twice, what the file for the bank says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, QuerySet, Sum

from core.models import AuditEntry
from ledger.queries import Pot, pots
from people.models import OrganisationDetails, Party
from wallet.models import BankLine, Payout, PayoutRun, Treasury
from wallet.payment_file import Order, Payer, payment_file
from wallet.states import PayoutState

if TYPE_CHECKING:
    from ledger.models import Account, Coin

ON_THE_WAY = (PayoutState.REQUESTED, PayoutState.APPROVED, PayoutState.EXPORTED)
ORGANISATION = "payee__organisation_details"
SAID = ("payout.cancel", "payout.fail")


@dataclass(frozen=True, kw_only=True, slots=True)
class Caution:
    """What somebody must look at before approving. `before` is the IBAN of the last time, empty when it is the same."""

    before: str = ""
    is_first: bool = False
    changed_since: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """What the bank and people said of a payout: the day it left, the day it came back, and why it did not go."""

    paid_on: date | None = None
    back_on: date | None = None
    reason: str = ""


def payouts_of(account: Account) -> QuerySet[Payout]:
    """All payouts of an account, the newest first."""
    return Payout.objects.filter(account=account).select_related("run").order_by("-pk")


def on_the_way(account: Account) -> int:
    """How much of an account waits to be paid out (minor units)."""
    theirs = Payout.objects.filter(account=account, state__in=ON_THE_WAY)
    return theirs.aggregate(sum=Sum("amount"))["sum"] or 0


def at_the_desk(treasury: Treasury) -> QuerySet[Payout]:
    """All payouts of a treasury with the names that a finance desk needs, the oldest first."""
    along = (
        "account", "account__coin", ORGANISATION, "account__holder__organisation_details", "run",
        "requested_by__person_details", "approved_by__person_details",
    )  # fmt: skip
    return Payout.objects.filter(treasury=treasury).select_related(*along).order_by("pk")


def runs_of(treasury: Treasury) -> QuerySet[PayoutRun]:
    """The files of a treasury with how many payouts are in them and for how much, the newest first."""
    mine = PayoutRun.objects.filter(treasury=treasury).select_related("made_by__person_details")
    return mine.annotate(count=Count("payouts"), total=Sum("payouts__amount")).order_by("-pk")


def ended_pots(coin: Coin, on: date) -> list[Pot]:
    """Pots whose last day has passed and in which something is left."""
    return [pot for pot in pots(coin, on=on) if pot.has_ended and pot.available > 0]


def cautions(payouts: Sequence[Payout]) -> dict[int, Caution]:
    """For each payout what to look at twice, by its number."""
    payees = {one.payee_id for one in payouts}
    last = _last_ibans(payees)
    details = OrganisationDetails.objects.filter(party__in=payees)
    now = dict(details.values_list("party_id", "iban"))
    users = _users_of({one.iban for one in payouts})
    return {
        one.pk: Caution(
            before=before if (before := last.get(one.payee_id, "")) != one.iban else "",
            is_first=one.payee_id not in last,
            changed_since=now.get(one.payee_id, "") != one.iban,
            others=tuple(sorted(name for pk, name in users.get(one.iban, {}).items() if pk != one.payee_id)),
        )
        for one in payouts
    }


def endings(payouts: Sequence[Payout]) -> dict[int, Ending]:
    """For each payout what became of it, by its number."""
    numbers = [one.pk for one in payouts]
    gone = _days(BankLine.objects.filter(payout__in=numbers, amount__lt=0))
    back = _days(BankLine.objects.filter(payout__in=numbers, amount__gt=0))
    reasons = _reasons(numbers)
    return {
        pk: Ending(paid_on=gone.get(pk), back_on=back.get(pk), reason=reasons.get(pk, "")) for pk in numbers
    }


def file_of(run: PayoutRun) -> bytes:
    """The file of a run for the bank: the same each time, whatever became of its payouts.

    :raises Unfit: when no bank would take it.
    """
    orders = [
        Order(
            name=one.name, iban=one.iban, amount=one.amount, end_to_end_id=one.end_to_end_id,
            text=f"Socialcoin {one.end_to_end_id}",
        )
        for one in run.payouts.order_by("pk")
    ]  # fmt: skip
    payer = Payer(name=run.payer_name, iban=run.payer_iban, bic=run.payer_bic)
    return payment_file(
        payer=payer, orders=orders, message_id=run.message_id, version=run.version, made_at=run.made_at,
        execute_on=run.execute_on,
    )  # fmt: skip


def _last_ibans(payees: Iterable[int]) -> dict[int, str]:
    """The IBAN to which the last paid payout of each payee went."""
    paid = Payout.objects.filter(payee__in=payees, state=PayoutState.PAID).order_by()
    newest = paid.values("payee").annotate(newest=Max("pk")).values("newest")
    return dict(Payout.objects.filter(pk__in=newest).values_list("payee_id", "iban"))


def _users_of(ibans: Iterable[str]) -> dict[str, dict[int, str]]:
    """The names of everybody who has one of these bank accounts, or was paid on it, by IBAN and number."""
    users: dict[str, dict[int, str]] = {}
    listed = OrganisationDetails.objects.filter(iban__in=ibans).values_list("iban", "party_id")
    paid = Payout.objects.filter(iban__in=ibans).order_by().values_list("iban", "payee_id").distinct()
    pairs = {*listed, *paid}
    names = Party.objects.with_names().in_bulk({party for _iban, party in pairs})
    for iban, party in pairs:
        users.setdefault(iban, {})[party] = names[party].display_name
    return users


def _days(lines: QuerySet[BankLine]) -> dict[int, date]:
    days = lines.order_by().values("payout").annotate(day=Min("booked_on"))
    return {row["payout"]: row["day"] for row in days}


def _reasons(numbers: Sequence[int]) -> dict[int, str]:
    """What was said when it was cancelled or failed."""
    mine = {"subject_model": Payout._meta.label, "subject_id__in": [str(pk) for pk in numbers]}
    said = AuditEntry.objects.filter(**mine, event__in=SAID, note__isnull=False)
    return {int(subject): text for subject, text in said.values_list("subject_id", "note__text")}
