"""Statements: what Ann sees of her account, newest first, page by page and period by period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ledger.kinds import AccountKind, Label, TransferKind
from ledger.models import TransferNote
from ledger.operations import Line as Order
from ledger.operations import capture, charge_back, reserve, transfer_many
from ledger.queries import NoSuchPlace, Statement, balance_on, statement
from tests.factories.ledger import AT, SYSTEM, Town, fund, key, town
from tests.ledger.statements import amounts, numbers, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def molen() -> Town:
    """Ann has 100 coins, which came in as her first booking."""
    made = town()
    fund(made, made.ann, 100_00)
    return made


@pytest.fixture
def busy(molen: Town) -> Town:
    """Ann has paid Ben 1, 2, 3 … 8 cents since: her bookings 2 to 9."""
    orders = [
        Order(payer=molen.ann, payee=molen.ben, amount=cents, kind="PAYMENT", key=key(f"{cents}"))
        for cents in range(1, 9)
    ]
    transfer_many(lines=orders, actor=SYSTEM, at=AT)
    return molen


class TestLines:
    def test_bookings_stand_newest_first_with_the_balance_after_each(self, molen: Town) -> None:
        pay(molen.ann, molen.ben, 12_50, "bread")
        pay(molen.ben, molen.ann, 2_50, "change")

        page = statement(molen.ann)

        assert [(line.no, line.amount, line.balance) for line in page.lines] == [
            (3, 2_50, 90_00),
            (2, -12_50, 87_50),
            (1, 100_00, 100_00),
        ]

    def test_whoever_is_paid_sees_the_same_booking_from_the_other_side(self, molen: Town) -> None:
        pay(molen.ann, molen.ben, 12_50, "bread")

        (line,) = statement(molen.ben).lines

        assert (line.no, line.amount, line.balance) == (1, 12_50, 12_50)
        assert line.counterparty.holder == molen.ann.holder

    def test_a_line_tells_what_with_whom_and_when(self, molen: Town) -> None:
        fund(molen, molen.pot, 9_00)
        words: dict[str, Any] = {"kind": TransferKind.REWARD, "label": Label.VOLUNTEER_ALLOWANCE}
        made = pay(molen.pot, molen.ann, 7_00, "guide", note="Guide at the mill", **words)

        line = statement(molen.ann).lines[0]

        assert (line.transfer_id, line.made_at, line.booked_on) == (made.pk, AT, date(2026, 11, 22))
        assert (line.kind, line.label) == (TransferKind.REWARD, Label.VOLUNTEER_ALLOWANCE)
        assert (line.note, line.reservation_id) == ("Guide at the mill", None)
        assert (line.reverses, line.charged_back, line.charged_back_by) == (None, 0, None)
        assert (line.counterparty.account_id, line.counterparty.address) == (molen.pot.pk, molen.pot.address)
        assert (line.counterparty.kind, line.counterparty.label) == (AccountKind.POT, "Pot")
        assert line.counterparty.holder.display_name == "Football club MOLEN"

    def test_what_somebody_calls_their_account_is_nobody_elses_affair(self, molen: Town) -> None:
        pay(molen.ann, molen.ben, 1, "cent")

        counterparty = statement(molen.ann).lines[0].counterparty

        assert (molen.ben.label, counterparty.label) == ("Ben", "")
        assert not hasattr(counterparty, "balance")

    def test_ann_sees_nothing_of_what_goes_on_between_others(self, molen: Town) -> None:
        fund(molen, molen.ben, 5_00)
        pay(molen.ben, molen.cas, 1_00, "loan")

        assert amounts(statement(molen.ann)) == [100_00]

    def test_a_note_that_was_erased_is_empty(self, molen: Town) -> None:
        made = pay(molen.ann, molen.ben, 1, "cent", note="For Kim")
        TransferNote.objects.filter(transfer=made).delete()

        assert statement(molen.ann).lines[0].note == ""

    def test_an_account_without_bookings_has_an_empty_statement(self, molen: Town) -> None:
        assert statement(molen.cas) == Statement(
            lines=[], next=None, searched_to=None, opening=None, closing=None
        )

    def test_a_chargeback_names_what_it_undoes_and_that_names_the_last_chargeback(self, molen: Town) -> None:
        paid = pay(molen.ann, molen.ben, 10_00, "bread")
        words: dict[str, Any] = {"transfer": paid, "actor": SYSTEM, "at": AT}
        charge_back(amount=3_00, key=key("a part"), **words)
        rest = charge_back(key=key("the rest"), **words)

        lines = statement(molen.ann).lines

        assert [(line.amount, line.reverses, line.charged_back, line.charged_back_by) for line in lines] == [
            (7_00, paid.pk, 0, None),
            (3_00, paid.pk, 0, None),
            (-10_00, None, 10_00, rest.pk),
            (100_00, None, 0, None),
        ]

    def test_what_was_reserved_before_names_its_reservation(self, molen: Town) -> None:
        held = reserve(
            payer=molen.ann, payee=molen.ben, amount=4_00, kind=TransferKind.PAYMENT, key=key("order"),
            expires_at=AT + timedelta(days=1), actor=SYSTEM, at=AT,
        )  # fmt: skip
        capture(reservation=held, key=key("delivered"), actor=SYSTEM, at=AT)

        assert statement(molen.ann).lines[0].reservation_id == held.pk


class TestPages:
    def test_pages_follow_one_another_without_gap_or_double(self, busy: Town) -> None:
        first = statement(busy.ann, limit=4)
        second = statement(busy.ann, limit=4, before=first.next)
        third = statement(busy.ann, limit=4, before=second.next)

        assert [numbers(page) for page in (first, second, third)] == [[9, 8, 7, 6], [5, 4, 3, 2], [1]]
        assert third.next is None

    def test_what_is_booked_meanwhile_moves_nothing(self, busy: Town) -> None:
        first = statement(busy.ann, limit=4)
        pay(busy.ann, busy.ben, 1_00, "meanwhile")

        assert numbers(statement(busy.ann, limit=4, before=first.next)) == [5, 4, 3, 2]

    def test_a_page_that_is_just_full_is_the_last(self, busy: Town) -> None:
        page = statement(busy.ann, limit=9)

        assert (len(page.lines), page.next) == (9, None)

    def test_a_place_in_another_account_shows_nothing_of_it(self, busy: Town) -> None:
        place = statement(busy.ann, limit=4).next

        assert numbers(statement(busy.ben, before=place)) == [5, 4, 3, 2, 1]

    @pytest.mark.parametrize(("place", "seen"), [("0", []), ("1", []), ("2", [1]), ("9" * 18, [3, 2, 1])])
    def test_a_place_before_the_first_or_after_the_last_is_a_place(
        self, molen: Town, place: str, seen: list[int]
    ) -> None:
        pay(molen.ann, molen.ben, 1, "one")
        pay(molen.ann, molen.ben, 1, "two")

        assert numbers(statement(molen.ann, before=place)) == seen

    @pytest.mark.parametrize(
        "place",
        [
            "x",
            "-1",
            "1.5",
            " 4",
            "4 ",
            "٤",
            "4\n",
            "\0",
            "9" * 19,
            "1e3",
            "2026-11-22",
            "2026-11-22.4",
            "4; --",
        ],
    )
    def test_a_misshapen_place_is_refused(self, molen: Town, place: str) -> None:
        with pytest.raises(NoSuchPlace) as refusal:
            statement(molen.ann, before=place)

        assert str(refusal.value) == "This part of the statement cannot be found. Open the statement again."

    @pytest.mark.parametrize(
        "place", ["4", "2026-13-01.4", "2026-02-30.4", "0000-01-01.4", "2026-11-22.", "٢"]
    )
    def test_a_misshapen_place_in_a_period_is_refused(self, molen: Town, place: str) -> None:
        with pytest.raises(NoSuchPlace):
            statement(molen.ann, before=place, from_on=date(2026, 1, 1))


def on(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def year() -> Town:
    """Ann gets 100 coins in January, pays 1 in March, 2 and 3 on one day in May, and 4 in July."""
    made = town()
    fund(made, made.ann, 100_00, at=on(1, 10))
    for number, day in enumerate([on(3, 1), on(5, 5), on(5, 5), on(7, 31)], start=1):
        pay(made.ann, made.ben, number * 1_00, f"{number}", at=day)
    return made


class TestPeriod:
    @pytest.mark.parametrize(
        ("from_on", "until_on", "paid", "opening", "closing"),
        [
            (date(2026, 3, 1), date(2026, 5, 5), [-3_00, -2_00, -1_00], 100_00, 94_00),
            (date(2026, 3, 2), date(2026, 5, 4), [], 99_00, 99_00),
            (date(2026, 5, 5), date(2026, 5, 5), [-3_00, -2_00], 99_00, 94_00),
            (date(2026, 5, 6), None, [-4_00], 94_00, 90_00),
            (None, date(2026, 3, 1), [-1_00, 100_00], 0, 99_00),
            (None, date(2026, 1, 9), [], 0, 0),
            (date(2027, 1, 1), None, [], 90_00, 90_00),
            (date(2026, 7, 1), date(2026, 6, 1), [], 94_00, 94_00),
            (date.min, date.max, [-4_00, -3_00, -2_00, -1_00, 100_00], 0, 90_00),
        ],
    )
    def test_it_has_the_bookings_of_its_days_and_the_balances_around_them(
        self,
        year: Town,
        from_on: date | None,
        until_on: date | None,
        paid: list[int],
        opening: int,
        closing: int,
    ) -> None:
        page = statement(year.ann, from_on=from_on, until_on=until_on)

        assert (amounts(page), page.opening, page.closing) == (paid, opening, closing)

    def test_pages_follow_one_another_in_the_middle_of_a_day_too(self, year: Town) -> None:
        period: dict[str, Any] = {"from_on": date(2026, 3, 1), "until_on": date(2026, 7, 31), "limit": 2}
        first = statement(year.ann, **period)
        second = statement(year.ann, **period, before=first.next)

        assert [numbers(first), numbers(second)] == [[5, 4], [3, 2]]
        assert (second.next, second.opening, second.closing) == (None, 100_00, 90_00)

    def test_a_place_after_the_period_is_its_end(self, year: Town) -> None:
        page = statement(year.ann, until_on=date(2026, 3, 1), before="2026-12-31.9")

        assert numbers(page) == [2, 1]

    def test_days_are_local_days(self) -> None:
        """Half past eleven at night in Greenwich is half past twelve the next day where the neighbourhoods are."""
        molen = town()
        fund(molen, molen.ann, 5_00, at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))

        assert amounts(statement(molen.ann, until_on=date(2026, 10, 31))) == []
        assert amounts(statement(molen.ann, from_on=date(2026, 11, 1))) == [5_00]

    def test_bookings_that_were_dated_back_stand_with_their_day(self, year: Town) -> None:
        pay(year.ann, year.ben, 9_00, "found in a drawer", at=on(3, 1))

        march = statement(year.ann, from_on=date(2026, 3, 1), until_on=date(2026, 3, 31))
        whole = statement(year.ann, from_on=date(2026, 1, 1))

        assert numbers(march) == [6, 2]
        assert numbers(whole) == [5, 4, 3, 6, 2, 1]

    def test_only_both_ends_missing_is_no_period(self, year: Town) -> None:
        page = statement(year.ann)

        assert (len(page.lines), page.opening, page.closing) == (5, None, None)


class TestBalanceOnADay:
    @pytest.mark.parametrize(
        ("day", "balance"),
        [
            (date.min, 0),
            (date(2026, 1, 9), 0),
            (date(2026, 1, 10), 100_00),
            (date(2026, 3, 1), 99_00),
            (date(2026, 5, 4), 99_00),
            (date(2026, 5, 5), 94_00),
            (date(2026, 7, 31), 90_00),
            (date.max, 90_00),
        ],
    )
    def test_it_is_the_balance_after_the_last_booking_until_then(
        self, year: Town, day: date, balance: int
    ) -> None:
        assert balance_on(year.ann, day) == balance
