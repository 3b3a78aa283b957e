"""What a line does not say itself, two persons say of it. Or one leaves it aside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from ledger.models import Funding
from ledger.operations import InsufficientFunds, KeyReused, block_account, cancel_funding, transfer
from neighbourhoods.models import Seat
from people.models import Party, Role
from tests.factories.people import actor, mandate
from tests.factories.wallet import SYSTEM, Place, fund, key, open_for, place
from tests.wallet.bank.files import OTHER_IBAN, camt, line
from tests.wallet.bank.stage import AT, announced, at_desk, circulation, clean, line_of, matched, uploaded
from tests.wallet.payouts.stage import second_login, sells, sent
from wallet.models import BankLine, HandMatch, Payout
from wallet.operations.bank import (
    AlreadyProposed,
    DoesNotFit,
    LineOver,
    decide_match,
    ignore_line,
    propose_match,
)
from wallet.operations.bank.by_hand import NamesPayout
from wallet.operations.payouts import fail_payout
from wallet.permissions import OwnMoney, SamePerson
from wallet.queries.bank_verdicts import OpenReason, why_open
from wallet.queries.debits import debits_of, fundings_gone_back
from wallet.states import BankLineState


def a_line(there: Place, amount: int = 245_00, text: str = "voor de soep", bank_id: str = "1") -> BankLine:
    uploaded(there, camt(line(bank_id, amount, text)))
    return line_of(there, bank_id)


def proposed(
    there: Place,
    found: BankLine,
    funding: Funding | None = None,
    payout: Payout | None = None,
    name: str = "match",
    by: object = None,
) -> HandMatch:
    return propose_match(
        line=found, funding=funding, payout=payout, reason="The municipality says so", key=key(name), at=AT,
        actor=by or at_desk(there),  # type: ignore[arg-type]
    )  # fmt: skip


class TestFunding:
    def test_two_persons_book_what_arrived(self, there: Place) -> None:
        funding, found = announced(there), a_line(there)
        match = proposed(there, found, funding)
        assert circulation(there) == 0
        assert why_open(found) == OpenReason.WAITS

        decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)

        funding.refresh_from_db()
        found.refresh_from_db()
        assert (funding.state, funding.received, circulation(there)) == ("ISSUED", 245_00, 245_00)
        assert (found.state, found.funding, found.settled_by) == ("MATCHED", funding, there.vera.person)
        assert (match.state, match.decided_by) == ("APPROVED", there.vera.person)
        clean()

    def test_the_treasurer_of_the_board_is_a_second_person_too(self, there: Place) -> None:
        match = proposed(there, a_line(there), announced(there))

        decide_match(match=match, event="approve", actor=actor(there.tom), at=AT)

        assert circulation(there) == 245_00

    def test_whoever_proposed_it_does_not_approve_it_also_not_through_a_second_login(
        self, there: Place
    ) -> None:
        match = proposed(there, a_line(there), announced(there))
        again = second_login(there.fenna)
        mandate(person=again, principal=there.municipality, role=Role.FINANCE)

        for user in (there.fenna, again):
            for event in ("approve", "reject"):
                with pytest.raises(SamePerson):
                    decide_match(match=match, event=event, actor=at_desk(there, user), at=AT)
        assert circulation(there) == 0

    def test_the_database_knows_that_two_persons_decide(self, there: Place) -> None:
        match = proposed(there, a_line(there), announced(there))

        with pytest.raises(IntegrityError), transaction.atomic():
            HandMatch.objects.filter(pk=match.pk).update(state="APPROVED", decided_by=there.fenna.person)

    def test_a_line_waits_for_one_decision_at_a_time(self, there: Place) -> None:
        found, first, second = a_line(there), announced(there, name="1"), announced(there, name="2")
        proposed(there, found, first)

        with pytest.raises(AlreadyProposed):
            proposed(there, found, second, name="other")
        with pytest.raises(AlreadyProposed):
            ignore_line(line=found, reason="costs", actor=at_desk(there), at=AT)

    def test_the_same_form_again_is_the_same_proposal(self, there: Place) -> None:
        found, funding = a_line(there), announced(there)

        assert proposed(there, found, funding) == proposed(there, found, funding)
        with pytest.raises(KeyReused):
            proposed(there, found, announced(there, name="other"))
        assert HandMatch.objects.count() == 1

    def test_a_second_person_says_no_and_the_line_stays_open(self, there: Place) -> None:
        found, funding = a_line(there), announced(there)
        match = proposed(there, found, funding)

        decide_match(match=match, event="reject", actor=at_desk(there, there.vera), at=AT)

        assert (match.state, circulation(there)) == ("REJECTED", 0)
        assert proposed(there, found, funding, name="again").state == "PROPOSED"

    def test_whoever_proposed_it_withdraws_it_and_nobody_else(self, there: Place) -> None:
        match = proposed(there, a_line(there), announced(there))

        with pytest.raises(NotAllowed):
            decide_match(match=match, event="withdraw", actor=at_desk(there, there.vera), at=AT)
        decide_match(match=match, event="withdraw", actor=at_desk(there), at=AT)

        assert match.state == "WITHDRAWN"

    @pytest.mark.parametrize("event", ["approve", "reject", "withdraw"])
    def test_what_is_decided_is_not_decided_again(self, there: Place, event: str) -> None:
        match = proposed(there, a_line(there), announced(there))
        decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)
        who = there.fenna if event == "withdraw" else there.vera

        with pytest.raises(MoveRefused):
            decide_match(match=match, event=event, actor=at_desk(there, who), at=AT)

        assert circulation(there) == 245_00

    def test_what_can_no_longer_be_booked_stays_a_proposal(self, there: Place) -> None:
        funding, found = announced(there), a_line(there)
        match = proposed(there, found, funding)
        cancel_funding(funding=funding, actor=SYSTEM, at=AT)

        with pytest.raises(DoesNotFit):
            decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)

        match.refresh_from_db()
        assert (match.state, match.decided_by, line_of(there, "1").state) == ("PROPOSED", None, "NEW")

    def test_what_the_ledger_refuses_stays_a_proposal(self, there: Place) -> None:
        match = proposed(there, a_line(there), announced(there))
        block_account(account=there.pot, actor=SYSTEM, at=AT)

        with pytest.raises(Refusal) as refused:
            decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)

        assert refused.value.code == "account_not_open"
        match.refresh_from_db()
        assert (match.state, circulation(there)) == ("PROPOSED", 0)

    def test_what_waits_for_a_second_person_is_not_booked_by_itself_meanwhile(self, there: Place) -> None:
        meant, other = announced(there, name="1"), announced(there, name="2")
        found = a_line(there, 250_00, meant.reference)
        match = proposed(there, found, other)

        assert matched(there) == 0
        decide_match(match=match, event="withdraw", actor=at_desk(there), at=AT)
        assert matched(there) == 1

    def test_money_of_another_coin_or_that_goes_out_does_not_fit(self, there: Place) -> None:
        other = place("Sluiskade", iban=OTHER_IBAN)
        uploaded(there, camt(line("in", 10_00), line("out", -10_00)))

        with pytest.raises(DoesNotFit):
            proposed(there, line_of(there, "in"), announced(other))
        with pytest.raises(DoesNotFit):
            proposed(there, line_of(there, "out"), announced(there, 10_00, "out"))
        with pytest.raises(DoesNotFit):
            proposed(there, line_of(there, "in"))

    def test_nobody_decides_on_money_of_their_own(self, there: Place) -> None:
        mandate(person=there.fenna, principal=there.pot.holder)
        found, funding = a_line(there), announced(there)

        with pytest.raises(OwnMoney):
            proposed(there, found, funding)
        match = proposed(there, found, funding, by=at_desk(there, there.vera))
        with pytest.raises(OwnMoney):
            decide_match(match=match, event="approve", actor=at_desk(there), at=AT)

        assert circulation(there) == 0

    def test_others_propose_and_decide_nothing(self, there: Place) -> None:
        found, funding = a_line(there), announced(there)
        match = proposed(there, found, funding)
        for somebody in (actor(there.ann_login), actor(there.cas_login), actor(there.owner_of_club)):
            with pytest.raises(NotAllowed):
                proposed(there, found, funding, by=somebody)
            with pytest.raises(NotAllowed):
                decide_match(match=match, event="approve", actor=somebody, at=AT)
            with pytest.raises(NotAllowed):
                ignore_line(line=found, reason="x", actor=somebody, at=AT)


class TestReturn:
    def test_two_persons_take_back_what_went_off_the_account(self, there: Place) -> None:
        funding, found = fund(there, there.pot, 50_00), a_line(there, -50_00, "storno")
        match = proposed(there, found, funding)
        assert circulation(there) == 50_00

        with pytest.raises(SamePerson):
            decide_match(match=match, event="approve", actor=at_desk(there), at=AT)
        decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)

        funding.refresh_from_db()
        found.refresh_from_db()
        assert (funding.state, circulation(there)) == ("RETURNED", 0)
        assert (found.state, found.funding, found.settled_by) == ("MATCHED", funding, there.vera.person)
        assert AuditEntry.objects.filter(event="funding.return").count() == 1
        clean()

    @pytest.mark.parametrize("amount", [50_00, -49_99, -50_01])
    def test_only_a_line_by_which_the_same_went_off_will_do(self, there: Place, amount: int) -> None:
        funding = fund(there, there.pot, 50_00)

        with pytest.raises(DoesNotFit):
            proposed(there, a_line(there, amount), funding)

    def test_a_line_of_another_bank_account_will_not_do(self, there: Place) -> None:
        elsewhere = place("Sluiskade", iban=OTHER_IBAN)

        with pytest.raises(DoesNotFit):
            proposed(there, a_line(there, -50_00), fund(elsewhere, elsewhere.pot, 50_00))

    @pytest.mark.parametrize("of_the_file", [False, True])
    def test_the_debit_of_a_payout_takes_no_coins_out_of_a_pot(self, there: Place, of_the_file: bool) -> None:
        sells(there)
        funding, payout = fund(there, there.pot, 100_00), sent(there)
        assert payout.run is not None
        found = a_line(there, -100_00, payout.run.message_id if of_the_file else payout.end_to_end_id)

        with pytest.raises(DoesNotFit):
            proposed(there, found, funding)
        assert fundings_gone_back(found).count() == 0
        assert debits_of(there.neighbourhood, 100_00) == []

    def test_spent_coins_are_not_taken_back_and_the_line_stays_open(self, there: Place) -> None:
        match = proposed(there, a_line(there, -50_00), fund(there, there.pot, 50_00))
        transfer(
            payer=there.pot, payee=there.ann, amount=1_00, kind="REWARD", label="GIFT", key=key("spent"),
            actor=SYSTEM, at=AT,
        )  # fmt: skip

        with pytest.raises(InsufficientFunds):
            decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)

        match.refresh_from_db()
        assert (match.state, line_of(there, "1").state) == ("PROPOSED", "NEW")

    def test_it_goes_back_once_though_two_lines_say_so(self, there: Place) -> None:
        funding = fund(there, there.pot, 50_00)
        fund(there, there.pot, 50_00, "other")
        uploaded(there, camt(line("1", -50_00), line("2", -50_00)))
        first, second = (proposed(there, line_of(there, one), funding, name=one) for one in "12")

        decide_match(match=first, event="approve", actor=at_desk(there, there.vera), at=AT)
        with pytest.raises(Refusal):
            decide_match(match=second, event="approve", actor=at_desk(there, there.vera), at=AT)

        assert (circulation(there), line_of(there, "2").state) == (50_00, "NEW")

    @pytest.mark.parametrize("role", Role.values)
    def test_no_office_decides_on_the_money_of_its_own_club(self, there: Place, role: str) -> None:
        mandate(person=there.fenna, principal=there.pot.holder, role=Role(role))
        found, funding = a_line(there, -50_00), fund(there, there.pot, 50_00)

        with pytest.raises(OwnMoney):
            proposed(there, found, funding)
        match = proposed(there, found, funding, by=at_desk(there, there.vera))
        with pytest.raises(OwnMoney):
            decide_match(match=match, event="approve", actor=at_desk(there), at=AT)

    def test_a_seat_on_the_board_does_not_decide_on_the_money_of_the_neighbourhood(
        self, there: Place
    ) -> None:
        board = open_for(there.neighbourhood, there.neighbourhood.party)
        match = proposed(there, a_line(there, -50_00), fund(there, board, 50_00))

        with pytest.raises(OwnMoney):
            decide_match(match=match, event="approve", actor=actor(there.tom), at=AT)
        Seat.objects.update(until_on=AT.date() - timedelta(days=1))
        mandate(person=there.tom, principal=there.municipality, role=Role.FINANCE)
        decide_match(match=match, event="approve", actor=actor(there.tom), at=AT)

        assert circulation(there) == 0


class TestPayout:
    def test_two_persons_say_that_it_was_paid_to_another_account(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        found = a_line(there, -100_00, "uitbetaling")
        match = proposed(there, found, payout=payout)

        decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)

        payout.refresh_from_db()
        assert (payout.state, circulation(there)) == ("PAID", 900_00)
        clean()

    def test_two_persons_say_that_it_came_back(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        found = a_line(there, 100_00, "retour")

        match = proposed(there, found, payout=payout)
        decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)

        payout.refresh_from_db()
        assert (payout.state, circulation(there)) == ("FAILED", 1_000_00)
        clean()

    def test_another_amount_does_not_fit(self, there: Place) -> None:
        sells(there)

        with pytest.raises(DoesNotFit):
            proposed(there, a_line(there, -99_00), payout=sent(there))


class TestAside:
    def test_one_person_leaves_bank_costs_aside(self, there: Place) -> None:
        found = a_line(there, -9_95, "kosten")

        ignore_line(line=found, reason="bank costs", actor=at_desk(there), at=AT)

        found.refresh_from_db()
        assert (found.state, found.settled_by, found.settled_at) == ("IGNORED", there.fenna.person, AT)
        assert matched(there) == 0

    @pytest.mark.parametrize("amount", [-100_00, -40_00, 100_00])
    def test_a_line_that_names_a_payout_at_the_bank_is_not_left_aside(
        self, there: Place, amount: int
    ) -> None:
        sells(there)
        found = a_line(there, amount, f"uitbetaling {sent(there).end_to_end_id}")

        with pytest.raises(NamesPayout):
            ignore_line(line=found, reason="costs", actor=at_desk(there), at=AT)

        assert line_of(there, "1").state == BankLineState.NEW

    def test_nobody_leaves_a_line_aside_about_a_payout_of_their_own(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        fail_payout(payout=payout, reason="wrong IBAN", actor=at_desk(there), at=AT)
        mandate(person=there.fenna, principal=there.shop.holder, role=Role.EDITOR)
        found = a_line(there, -40_00, payout.end_to_end_id)

        with pytest.raises(OwnMoney):
            ignore_line(line=found, reason="costs", actor=at_desk(there), at=AT)
        ignore_line(line=found, reason="costs", actor=at_desk(there, there.vera), at=AT)

        assert line_of(there, "1").state == BankLineState.IGNORED

    def test_what_is_booked_or_aside_is_left_as_it_is(self, there: Place) -> None:
        funding = announced(there)
        found = a_line(there, 250_00, funding.reference)
        matched(there)

        with pytest.raises(LineOver):
            ignore_line(line=found, reason="x", actor=at_desk(there), at=AT)
        with pytest.raises(LineOver):
            proposed(there, found, announced(there, name="other"))

    def test_a_line_that_is_aside_stays_aside_when_it_comes_in_again(self, there: Place) -> None:
        found = a_line(there)
        ignore_line(line=found, reason="x", actor=at_desk(there), at=AT)

        uploaded(there, camt(line("1", 245_00, "voor de soep"), line("2", 1_00)))

        assert line_of(there, "1").state == BankLineState.IGNORED


def test_a_party_that_is_linked_counts_as_the_one_it_is(there: Place) -> None:
    match = proposed(there, a_line(there), announced(there))
    Party.objects.filter(pk=there.vera.person.pk).update(same_person_as=there.fenna.person)

    with pytest.raises(SamePerson):
        decide_match(match=match, event="approve", actor=at_desk(there, there.vera), at=AT)
