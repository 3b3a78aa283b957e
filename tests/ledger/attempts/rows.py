"""Attempts on what stands beside accounts and transfers: reservations, fundings, tallies, limits."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.models import Funding, LimitRule, Reservation, Tally
from tests.factories.ledger import AT, key
from tests.ledger.attempts.attempt import Attempt, Attempts, change_all, change_reservation
from tests.ledger.busy import NEXT_WEEK, Busy
from tests.ledger.tampering import sql


def reserve(**changes: Any) -> Attempt:
    """One more promise of Ann to Ben, right in all but what is changed."""

    def attempt(busy: Busy) -> object:
        words = {
            "coin": busy.town.coin, "payer": busy.town.ann, "payee": busy.town.ben, "amount": 1, "kind": "PAYMENT",
            "key": key("one more"), "made_at": AT, "booked_on": AT.date(), "expires_at": NEXT_WEEK,
        }  # fmt: skip
        told = {name: value(busy) if callable(value) else value for name, value in changes.items()}
        return Reservation.objects.bulk_create([Reservation(**{**words, **told})])

    return attempt


def tally(**changes: Any) -> Attempt:
    """What Cas received as gifts in November, right in all but what is changed."""

    def attempt(busy: Busy) -> object:
        words = {
            "holder": busy.town.cas.holder, "currency": busy.town.euro, "label": "GIFT", "month": date(2026, 11, 1),
            "amount": 0,
        }  # fmt: skip
        return Tally.objects.bulk_create([Tally(**{**words, **changes})])

    return attempt


def tally_twice(busy: Busy) -> object:
    tally()(busy)
    return tally()(busy)


def limit(**changes: Any) -> Attempt:
    """A limit for companies, right in all but what is changed."""

    def attempt(busy: Busy) -> object:
        words = {"coin": busy.town.coin, "holder_kind": "COMPANY", "from_on": date(2027, 1, 1)}
        return LimitRule.objects.bulk_create([LimitRule(**{**words, **changes})])

    return attempt


def announce(**changes: Any) -> Attempt:
    """One more funding for the pot, right in all but what is changed."""

    def attempt(busy: Busy) -> object:
        words = {
            "coin": busy.town.coin, "funder": busy.town.pot.funder, "payee": busy.town.pot, "amount": 1,
            "reference": "SCNEW", "announced_at": AT, "expires_on": NEXT_WEEK.date(), "key": key("one more"),
        }  # fmt: skip
        told = {name: value(busy) if callable(value) else value for name, value in changes.items()}
        return Funding.objects.bulk_create([Funding(**{**words, **told})])

    return attempt


def change_funding(what: str) -> Attempt:
    """An UPDATE of the funding that the pot got."""
    return lambda busy: sql(f"UPDATE ledger_funding SET {what} WHERE id = %s", busy.pots_funding.pk)


ATTEMPTS: Attempts = {
    "change the amount of a reservation": (change_reservation("open", "amount = amount - 1"), "permanent"),
    "change the payer of a reservation": (change_reservation("open", "payer_id = payer_id + 1"), "permanent"),
    "change the payee of a reservation": (change_reservation("open", "payee_id = payee_id + 1"), "permanent"),
    "change the coin of a reservation": (change_reservation("open", "coin_id = coin_id + 1"), "permanent"),
    "change the kind of a reservation": (change_reservation("open", "kind = 'SERVICE'"), "permanent"),
    "change the label of a reservation": (change_reservation("open", "label = 'GIFT'"), "permanent"),
    "change the day of a reservation": (change_reservation("open", "booked_on = '2026-01-01'"), "permanent"),
    "change the moment of a reservation": (
        change_reservation("open", "made_at = '2026-01-01 00:00:00'"), "permanent",
    ),
    "change the key of a reservation": (
        lambda busy: Reservation.objects.filter(pk=busy.open.pk).update(key=key("another")), "permanent",
    ),
    "change who reserved": (change_reservation("open", "acted_by_id = NULL"), "permanent"),
    "delete a reservation": (lambda _busy: sql("DELETE FROM ledger_reservation"), "permanent"),
    "capture more than is reserved": (
        change_reservation("open", "captured = amount + 1"), "ledger_reservation_captured",
    ),
    "capture less than nothing": (change_reservation("open", "captured = -1"), "ledger_reservation_captured"),
    "be done before all is captured": (
        change_reservation("open", "state = 'DONE'"), "ledger_reservation_done_is_captured",
    ),
    "stay open with nothing left": (
        change_reservation("open", "captured = amount"), "ledger_reservation_open_has_left",
    ),
    "reserve nothing": (reserve(amount=0, state="RELEASED"), "ledger_reservation_amount"),
    "reserve for oneself": (
        reserve(payee=lambda busy: busy.town.ann), "ledger_reservation_two_accounts",
    ),
    "reserve a reward without a label": (reserve(kind="REWARD"), "ledger_reservation_labelled"),
    "reserve twice with one key": (reserve(key=lambda busy: busy.open.key), r"ledger_reservation.key"),
    "announce nothing": (announce(amount=0), "ledger_funding_amount"),
    "announce twice with one reference": (
        announce(reference=lambda busy: busy.pots_funding.reference), r"ledger_funding.reference",
    ),
    "announce twice with one key": (announce(key=lambda busy: busy.pots_funding.key), r"ledger_funding.key"),
    "change the amount of a funding": (change_funding("amount = amount + 1"), "permanent"),
    "change the payee of a funding": (change_funding("payee_id = payee_id - 1"), "permanent"),
    "change the funder of a funding": (change_funding("funder_id = funder_id - 1"), "permanent"),
    "change the coin of a funding": (change_funding("coin_id = coin_id - 1"), "permanent"),
    "change the reference of a funding": (change_funding("reference = 'SC'"), "permanent"),
    "change the key of a funding": (
        lambda busy: Funding.objects.filter(pk=busy.pots_funding.pk).update(key=key("another")), "permanent",
    ),
    "delete a funding": (lambda _busy: sql("DELETE FROM ledger_funding"), "permanent"),
    "receive a funding without a bank line": (
        change_funding("issued_id = NULL"), "ledger_funding_(received_is_issued|state)",
    ),
    "issue a funding of nothing": (change_funding("received = 0"), "ledger_funding_received_is_issued"),
    "expire a funding that was received": (change_funding("state = 'EXPIRED'"), "ledger_funding_state"),
    "return a funding without a bank line": (change_funding("state = 'RETURNED'"), "ledger_funding_returned"),
    "issue two fundings by one bank line": (
        lambda busy: sql(
            "UPDATE ledger_funding SET issued_id = %s WHERE id = %s", busy.anns_funding.issued_id, busy.pots_funding.pk
        ),
        r"ledger_funding.issued_id",
    ),
    "tally less than nothing": (tally(amount=-1), "ledger_tally_amount"),
    "tally under no label": (tally(label=""), "ledger_tally_labelled"),
    "tally from the second of a month": (tally(month=date(2026, 11, 2)), "ledger_tally_month"),
    "tally one thing twice": (tally_twice, r"ledger_tally_once|ledger_tally.holder_id"),
    "change a limit": (change_all("ledger_limitrule", "per_payment = 1"), "append-only"),
    "delete a limit": (lambda _busy: sql("DELETE FROM ledger_limitrule"), "append-only"),
    "limit to less than nothing at once": (limit(per_payment=-1), "ledger_limitrule_per_payment"),
    "limit to less than nothing in a day": (limit(per_day=-1), "ledger_limitrule_per_day"),
    "limit to less than nothing in a month": (limit(per_month=-1), "ledger_limitrule_per_month"),
    "end a limit before it begins": (limit(until_on=date(2026, 12, 31)), "ledger_limitrule_days"),
}  # fmt: skip
