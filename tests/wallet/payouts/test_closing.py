"""What the bank says closes a payout, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command

from core.refusals import NotAllowed
from ledger.kinds import TransferKind
from ledger.operations import transfer
from ledger.queries import backing, balance_of
from tests.factories.people import actor
from tests.factories.wallet import AT, SYSTEM, Place, key, place
from tests.wallet.payouts.stage import (
    approved,
    at_desk,
    credit,
    debit,
    exported,
    line,
    made,
    requested,
    sent,
)
from wallet.models import BankLine, Payout
from wallet.operations.payouts import (
    AlreadyBack,
    FirstTheDebit,
    LineDoesNotFit,
    LineIsDone,
    NotAtTheBank,
    cancel_payout,
    fail_payout,
    settle,
    take_back,
)
from wallet.states import BankLineState, PayoutState


def now(payout: Payout) -> str:
    return Payout.objects.get(pk=payout.pk).state


def left(there: Place) -> tuple[int, int]:
    """Balance and reserved of the shop."""
    found = balance_of(there.shop)
    return found.balance, found.reserved


def both(there: Place) -> tuple[int, int]:
    found = backing(there.coin)
    return found.circulation, found.reserve


def booked(entry: BankLine) -> tuple[str, int | None, bool]:
    entry.refresh_from_db()
    return entry.state, entry.payout_id, entry.funding_id is not None


class TestSettle:
    def test_what_the_bank_paid_takes_the_coins_out_of_the_world(self, there: Place) -> None:
        payout = exported(there)
        entry = debit(there, payout)

        settle(payout=payout, line=entry, actor=at_desk(there, there.fenna), at=AT)

        assert now(payout) == PayoutState.PAID
        assert left(there) == (900_00, 0)
        assert both(there) == (900_00, 900_00)
        assert booked(entry) == (BankLineState.MATCHED, payout.pk, False)
        assert entry.settled_by == there.fenna.person
        call_command("check_ledger")

    def test_the_same_line_again_changes_nothing(self, there: Place) -> None:
        payout = exported(there)
        entry = debit(there, payout)

        for _time in range(3):
            settle(payout=payout, line=entry, actor=SYSTEM, at=AT)

        assert left(there) == (900_00, 0)

    def test_a_second_line_does_not_pay_it_again(self, there: Place) -> None:
        payout = exported(there)
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)
        other = debit(there, payout, "OTHER")

        with pytest.raises(NotAtTheBank):
            settle(payout=payout, line=other, actor=SYSTEM, at=AT)

        assert booked(other) == (BankLineState.NEW, None, False)
        assert left(there) == (900_00, 0)

    def test_a_line_closes_one_payout_only(self, there: Place) -> None:
        first, second = exported(there), exported(there, name="second")
        entry = debit(there, first)
        settle(payout=first, line=entry, actor=SYSTEM, at=AT)

        with pytest.raises(LineIsDone):
            settle(payout=second, line=entry, actor=SYSTEM, at=AT)

        assert now(second) == PayoutState.EXPORTED

    def test_a_line_that_was_left_aside_closes_nothing(self, there: Place) -> None:
        payout = exported(there)
        entry = debit(there, payout)
        BankLine.objects.filter(pk=entry.pk).update(state=BankLineState.IGNORED)

        with pytest.raises(LineIsDone):
            settle(payout=payout, line=entry, actor=SYSTEM, at=AT)

    @pytest.mark.parametrize("amount", [-99_99, -100_01, 100_00])
    def test_another_amount_or_direction_does_not_fit(self, there: Place, amount: int) -> None:
        payout = exported(there)

        with pytest.raises(LineDoesNotFit):
            settle(payout=payout, line=line(there, payout, amount), actor=SYSTEM, at=AT)

        assert now(payout) == PayoutState.EXPORTED

    @pytest.mark.parametrize("made", [requested, approved])
    def test_what_is_in_no_file_cannot_have_been_paid(
        self, there: Place, made: Callable[[Place], Payout]
    ) -> None:
        payout = made(there)

        with pytest.raises(NotAtTheBank):
            settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)

        assert left(there) == (1_000_00, 100_00)

    def test_a_line_of_another_neighbourhood_does_not_fit(self, there: Place) -> None:
        elsewhere = place("Sluiskade", iban="NL02RABO0123456789")
        payout = exported(there)

        with pytest.raises(LineDoesNotFit):
            settle(payout=payout, line=debit(elsewhere, payout), actor=SYSTEM, at=AT)

    @pytest.mark.parametrize("who", ["ann_login", "sjoerd", "cas_login", "owner_of_club"])
    def test_only_the_finance_desk_closes(self, there: Place, who: str) -> None:
        payout = sent(there)
        entry = debit(there, payout)
        stranger = actor(getattr(there, who))

        with pytest.raises(NotAllowed):
            settle(payout=payout, line=entry, actor=stranger, at=AT)
        with pytest.raises(NotAllowed):
            take_back(payout=payout, line=credit(there, payout), actor=stranger, at=AT)
        with pytest.raises(NotAllowed):
            fail_payout(payout=payout, reason="No.", actor=stranger, at=AT)

        assert now(payout) == PayoutState.EXPORTED


class TestTakeBack:
    def test_the_coins_are_on_the_account_again_with_their_euros(self, there: Place) -> None:
        payout = exported(there)
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)
        entry = credit(there, payout)

        take_back(payout=payout, line=entry, actor=at_desk(there, there.fenna), at=AT)

        assert now(payout) == PayoutState.PAID
        assert left(there) == (1_000_00, 0)
        assert both(there) == (1_000_00, 1_000_00)
        assert booked(entry) == (BankLineState.MATCHED, payout.pk, True)
        call_command("check_ledger")

    def test_the_same_line_again_changes_nothing(self, there: Place) -> None:
        payout = exported(there)
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)
        entry = credit(there, payout)

        for _time in range(3):
            take_back(payout=payout, line=entry, actor=SYSTEM, at=AT)

        assert left(there) == (1_000_00, 0)

    def test_another_line_does_not_bring_it_back_again(self, there: Place) -> None:
        payout = exported(there)
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)
        take_back(payout=payout, line=credit(there, payout), actor=SYSTEM, at=AT)

        with pytest.raises(AlreadyBack):
            take_back(payout=payout, line=credit(there, payout, "AGAIN"), actor=SYSTEM, at=AT)

        assert left(there) == (1_000_00, 0)

    def test_it_comes_back_also_when_all_the_rest_was_spent(self, there: Place) -> None:
        payout = exported(there)
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)
        transfer(
            payer=there.shop, payee=there.ann, amount=900_00, kind=TransferKind.PAYMENT, key=key("all"), actor=SYSTEM,
            at=AT,
        )  # fmt: skip

        take_back(payout=payout, line=credit(there, payout), actor=SYSTEM, at=AT)

        assert left(there) == (100_00, 0)
        call_command("check_ledger")

    def test_what_the_bank_never_paid_fails(self, there: Place) -> None:
        payout = exported(there)
        entry = credit(there, payout)

        for _time in range(2):
            take_back(payout=payout, line=entry, actor=SYSTEM, at=AT)

        assert now(payout) == PayoutState.FAILED
        assert left(there) == (1_000_00, 0)
        assert booked(entry) == (BankLineState.MATCHED, payout.pk, False)
        call_command("check_ledger")

    def test_the_debit_that_comes_after_it_makes_nought_with_it(self, there: Place) -> None:
        payout = exported(there)
        take_back(payout=payout, line=credit(there, payout), actor=SYSTEM, at=AT)
        late = debit(there, payout)

        settle(payout=payout, line=late, actor=SYSTEM, at=AT)

        assert now(payout) == PayoutState.FAILED
        assert booked(late) == (BankLineState.MATCHED, payout.pk, False)
        assert left(there) == (1_000_00, 0)
        assert both(there) == (1_000_00, 1_000_00)
        with pytest.raises(NotAtTheBank):
            settle(payout=payout, line=debit(there, payout, "THIRD"), actor=SYSTEM, at=AT)

    def test_a_debit_that_is_known_goes_first(self, there: Place) -> None:
        payout = exported(there)
        debit(there, payout)

        with pytest.raises(FirstTheDebit):
            take_back(payout=payout, line=credit(there, payout), actor=SYSTEM, at=AT)

        assert now(payout) == PayoutState.EXPORTED

    def test_a_line_for_the_whole_file_goes_first_too(self, there: Place) -> None:
        first, second = approved(there), approved(there, 50_00, "second")
        made(there, first, second)
        line(there, first, -150_00, "ALL", end_to_end_id="")

        with pytest.raises(FirstTheDebit):
            take_back(payout=second, line=credit(there, second), actor=SYSTEM, at=AT)

    def test_what_failed_by_hand_and_comes_back_makes_nought_with_its_debit(self, there: Place) -> None:
        payout = sent(there)
        fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)
        entry = credit(there, payout)

        take_back(payout=payout, line=entry, actor=SYSTEM, at=AT)
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)

        assert booked(entry) == (BankLineState.MATCHED, payout.pk, False)
        assert (now(payout), left(there)) == (PayoutState.FAILED, (1_000_00, 0))
        assert both(there) == (1_000_00, 1_000_00)
        with pytest.raises(AlreadyBack):
            take_back(payout=payout, line=credit(there, payout, "AGAIN"), actor=SYSTEM, at=AT)

    def test_a_part_does_not_fit(self, there: Place) -> None:
        payout = exported(there)
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)

        with pytest.raises(LineDoesNotFit):
            take_back(payout=payout, line=line(there, payout, 99_00), actor=SYSTEM, at=AT)


def test_what_was_cancelled_is_not_closed_by_a_line(there: Place) -> None:
    payout = requested(there)
    cancel_payout(payout=payout, actor=SYSTEM, at=AT)

    with pytest.raises(NotAtTheBank):
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)
    with pytest.raises(NotAtTheBank):
        take_back(payout=payout, line=credit(there, payout), actor=SYSTEM, at=AT)

    assert left(there) == (1_000_00, 0)
