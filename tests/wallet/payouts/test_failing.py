"""The bank said that it cannot pay: who may write that down, when, and what if it paid after all."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from core.states import MoveRefused
from ledger.kinds import ReservationState, TransferKind
from ledger.operations import transfer
from people.models import Role
from tests.factories.people import mandate
from tests.factories.wallet import AT, SYSTEM, Place, key
from tests.wallet.payouts.stage import (
    approved,
    at_desk,
    debit,
    exported,
    line,
    made,
    second_login,
    sent,
)
from tests.wallet.payouts.test_closing import booked, both, left, now
from wallet.operations.payouts import (
    CoinsGone,
    FirstTheDebit,
    NotAtTheBank,
    NotSentYet,
    SaidByTheBank,
    fail_payout,
    send_run,
    settle,
)
from wallet.permissions import OwnMoney, SamePerson
from wallet.states import BankLineState, PayoutState


class TestFail:
    def test_the_coins_come_free(self, there: Place) -> None:
        payout = sent(there)

        fail_payout(payout=payout, reason="Account closed.", actor=at_desk(there, there.fenna), at=AT)

        assert now(payout) == PayoutState.FAILED
        assert left(there) == (1_000_00, 0)
        payout.reservation.refresh_from_db()
        assert payout.reservation.state == ReservationState.RELEASED
        call_command("check_ledger")

    def test_twice_is_once(self, there: Place) -> None:
        payout = sent(there)

        for _time in range(2):
            fail_payout(payout=payout, reason="Account closed.", actor=at_desk(there, there.fenna), at=AT)

        assert left(there) == (1_000_00, 0)

    def test_not_before_the_file_went_to_the_bank(self, there: Place) -> None:
        payout = exported(there)

        with pytest.raises(NotSentYet):
            fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)

        assert left(there) == (1_000_00, 100_00)

    def test_not_when_the_bank_has_paid(self, there: Place) -> None:
        payout = sent(there)
        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)

        with pytest.raises(SaidByTheBank):
            fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)

        assert left(there) == (900_00, 0)

    def test_not_what_is_in_no_file(self, there: Place) -> None:
        payout = approved(there)

        with pytest.raises(MoveRefused):
            fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)

    def test_when_the_bank_paid_it_after_all_the_coins_go_out_of_the_world_once(self, there: Place) -> None:
        payout = sent(there)
        fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)
        entry = debit(there, payout)

        for _time in range(2):
            settle(payout=payout, line=entry, actor=SYSTEM, at=AT)

        assert now(payout) == PayoutState.PAID
        assert left(there) == (900_00, 0)
        assert both(there) == (900_00, 900_00)
        with pytest.raises(NotAtTheBank):
            settle(payout=payout, line=debit(there, payout, "AGAIN"), actor=SYSTEM, at=AT)
        call_command("check_ledger")

    def test_when_the_bank_paid_it_after_all_and_the_coins_are_spent_nothing_happens(
        self, there: Place
    ) -> None:
        payout = sent(there)
        fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)
        transfer(
            payer=there.shop, payee=there.ann, amount=950_00, kind=TransferKind.PAYMENT, key=key("most"), actor=SYSTEM,
            at=AT,
        )  # fmt: skip
        entry = debit(there, payout)

        with pytest.raises(CoinsGone, match="Ask Shop Molenwijk to see to that"):
            settle(payout=payout, line=entry, actor=SYSTEM, at=AT)

        assert (now(payout), left(there)) == (PayoutState.FAILED, (50_00, 0))
        assert booked(entry) == (BankLineState.NEW, None, False)

    @pytest.mark.parametrize("role", [Role.OWNER, Role.OPERATOR])
    def test_nobody_says_it_of_money_to_whom_they_act_for(self, there: Place, role: Role) -> None:
        payout = sent(there)
        mandate(person=there.fenna, principal=there.shop.holder, role=role)

        with pytest.raises(OwnMoney):
            fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)

        assert left(there) == (1_000_00, 100_00)

    def test_whoever_sent_the_file_does_not_say_it_also_not_through_a_second_login(
        self, there: Place
    ) -> None:
        payout = sent(there)
        again = second_login(there.vera)
        mandate(person=again, principal=there.municipality, role=Role.FINANCE)

        for user in (there.vera, again):
            with pytest.raises(SamePerson):
                fail_payout(payout=payout, reason="No.", actor=at_desk(there, user), at=AT)

        assert left(there) == (1_000_00, 100_00)

    @pytest.mark.parametrize("words", [{}, {"end_to_end_id": "", "text": "weg {number}"}])
    def test_not_when_the_line_with_which_it_left_is_still_to_be_booked(
        self, there: Place, words: dict[str, str]
    ) -> None:
        payout = sent(there)
        words = {name: value.format(number=payout.end_to_end_id) for name, value in words.items()}
        entry = line(there, payout, -100_00, **words)

        with pytest.raises(FirstTheDebit):
            fail_payout(payout=payout, reason="No.", actor=at_desk(there, there.fenna), at=AT)

        settle(payout=payout, line=entry, actor=SYSTEM, at=AT)
        assert left(there) == (900_00, 0)

    def test_not_when_a_line_for_the_whole_file_is_still_to_be_booked(self, there: Place) -> None:
        first, second = approved(there), approved(there, 50_00, "second")
        run = made(there, first, second)
        send_run(run=run, on=AT.date(), actor=at_desk(there, there.vera), at=AT)
        line(there, first, -150_00, "ALL", end_to_end_id="")

        with pytest.raises(FirstTheDebit):
            fail_payout(payout=second, reason="No.", actor=at_desk(there, there.fenna), at=AT)
