"""The lines that the bank of a neighbourhood would have: what is expected of it, and a few that nobody expected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from home.demo.bank.writing import SampleLine, SampleStatement, camt053, mt940
from ledger.queries import open_fundings
from wallet.models import BankFormat, Payout, Treasury
from wallet.states import PayoutState

if TYPE_CHECKING:
    from ledger.models import Funding

FUNDER_IBAN = "NL02ABNA0123456789"
RESIDENT_IBAN = "NL20INGB0001234567"
OPENING = 250_000_00


def sample_statement(treasury: Treasury, on: date, form: str) -> bytes:
    """A statement of this day that brings all that is announced, and pays all that was sent to the bank."""
    statement = SampleStatement(iban=treasury.iban, day=on, lines=_lines(treasury, on), opening=OPENING)
    return camt053([statement]) if form == BankFormat.CAMT053 else mt940([statement])


def _lines(treasury: Treasury, on: date) -> list[SampleLine]:
    fundings = [_funding(one, on) for one in open_fundings(treasury.neighbourhood.coin)]
    sent = Payout.objects.filter(
        treasury=treasury, state=PayoutState.EXPORTED, run__sent_at__isnull=False
    ).order_by("pk")
    return [*fundings, *(_payout(one, on) for one in sent), *_odd(on)]


def _funding(one: Funding, on: date) -> SampleLine:
    return SampleLine(
        number=f"IN{one.reference[-9:]}", booked_on=on, amount=one.amount, name=one.funder.display_name,
        iban=FUNDER_IBAN, text=f"Bijdrage {one.reference}", end_to_end_id="",
    )  # fmt: skip


def _payout(one: Payout, on: date) -> SampleLine:
    return SampleLine(
        number=f"UIT{one.end_to_end_id[-12:]}", booked_on=on, amount=-one.amount, name=one.name, iban=one.iban,
        text="Uitbetaling", end_to_end_id=one.end_to_end_id,
    )  # fmt: skip


def _odd(on: date) -> list[SampleLine]:
    """Without a reference, of nobody, for the bank itself, and not booked yet."""
    day = f"{on:%y%m%d}"
    return [
        SampleLine(
            number=f"X1{day}", booked_on=on, amount=75_00, name="J. de Boer", iban=RESIDENT_IBAN,
            text="Voor de buurt, met dank",
        ),
        SampleLine(number=f"X2{day}", booked_on=on, amount=-9_95, text="Kosten zakelijk betaalpakket"),
        SampleLine(
            number=f"X3{day}", booked_on=on, amount=500_00, name="Gemeente Havermeer", iban=FUNDER_IBAN,
            text="Bijdrage, kenmerk volgt", is_booked=False,
        ),
    ]  # fmt: skip
