"""Undoing a payment at the finance desk: who may, alone or with a second person, and when there is nothing left."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.audit import lines_about
from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from ledger.kinds import TransferKind
from ledger.models import Account, Transfer
from ledger.operations import ChargebackExceeds, KeyReused, block_account
from ledger.proving import find_faults
from ledger.queries import UnknownTransfer, receipt_of
from ledger.receipts import receipt_number
from neighbourhoods.models import Neighbourhood
from people.models import Role, User
from tests.factories.people import child, mandate, organisation
from tests.factories.wallet import AT, SYSTEM, Place, fund, key, open_for, place
from tests.wallet.finance_holders.conftest import signed_in
from tests.wallet.finance_holders.undoing import at_desk, paid, undo
from wallet.models import ChargebackCase
from wallet.operations import chargebacks
from wallet.operations.chargebacks import CannotBeUndone, NotUndoneYet, look_up_payment, undo_payment
from wallet.permissions import OwnMoney, SamePerson
from wallet.queries.chargebacks import open_cases
from wallet.states import SecondLookState

APPROVED, PROPOSED = SecondLookState.APPROVED, SecondLookState.PROPOSED


def balance(account: Account) -> int:
    return Account.objects.get(pk=account.pk).balance


@pytest.fixture
def payment(there: Place) -> Transfer:
    """Ann paid the shop 200.00; alone one undoes up to 50.00 of it."""
    return paid(there.ann, there.shop, 200_00, there.ann_login)


class TestAlone:
    def test_a_small_one_is_undone_at_once_by_one_person(self, there: Place, payment: Transfer) -> None:
        case = undo(there, payment, 50_00, there.fenna)

        assert (case.state, case.proposed_by, case.decided_by) == (
            APPROVED,
            there.fenna.person,
            there.fenna.person,
        )
        assert case.booked is not None
        assert (case.booked.kind, case.booked.amount, case.booked.reverses_id) == (
            "CHARGEBACK",
            50_00,
            payment.pk,
        )
        assert (balance(there.ann), balance(there.shop)) == (350_00, 150_00)
        assert find_faults() == []

    def test_both_sides_can_read_that_it_was_done_by_whom_and_why(
        self, there: Place, payment: Transfer
    ) -> None:
        undo(there, payment, 50_00, there.fenna)

        for holder in (there.ann.holder, there.shop.holder):
            line = lines_about(holder).get(event="transfer.charge_back")
            assert (line.acted_by, line.acted_for, line.note.text) == (
                there.fenna.person, there.municipality, "Paid twice.",
            )  # fmt: skip

    def test_the_same_form_twice_undoes_once_and_another_content_is_refused(
        self, there: Place, payment: Transfer
    ) -> None:
        first = undo(there, payment, 10_00, there.fenna, key("form"))

        assert undo(there, payment, 10_00, there.fenna, key("form")) == first
        with pytest.raises(KeyReused):
            undo(there, payment, 11_00, there.fenna, key("form"))
        assert balance(there.shop) == 190_00

    def test_many_small_parts_are_one_large_sum_and_wait_for_a_second_person(
        self, there: Place, payment: Transfer
    ) -> None:
        undo(there, payment, 30_00, there.fenna)
        assert undo(there, payment, 20_00, there.fenna).state == APPROVED

        assert undo(there, payment, 1, there.vera).state == PROPOSED
        assert balance(there.shop) == 150_00

    def test_coins_that_are_spent_are_said_in_words_without_a_balance_and_it_can_be_tried_again(
        self, there: Place, payment: Transfer
    ) -> None:
        spent = paid(there.shop, there.ben, 180_00, there.sjoerd)
        with pytest.raises(NotUndoneYet) as refused:
            undo(there, payment, 50_00, there.fenna)

        assert "does not have this amount any more" in str(refused.value)
        assert "20" not in str(refused.value)
        case = ChargebackCase.objects.get()
        assert (case.state, case.booked, case.decided_by) == (PROPOSED, None, None)

        transfer_back = undo(there, spent, 40_00, there.vera)
        assert transfer_back.state == APPROVED
        chargebacks.approve(case=case, actor=at_desk(there, there.fenna), at=AT)
        assert (case.state, balance(there.ann)) == (APPROVED, 350_00)

    def test_a_blocked_account_does_not_stand_in_the_way(self, there: Place, payment: Transfer) -> None:
        block_account(account=there.shop, actor=SYSTEM, at=AT)

        assert undo(there, payment, 50_00, there.fenna).state == APPROVED


class TestWithTwo:
    def test_a_large_one_waits_until_a_second_person_approves(self, there: Place, payment: Transfer) -> None:
        case = undo(there, payment, 200_00, there.fenna)
        assert (case.state, balance(there.shop)) == (PROPOSED, 200_00)

        chargebacks.approve(case=case, actor=at_desk(there, there.tom), at=AT)

        case.refresh_from_db()
        assert (case.state, case.decided_by, balance(there.ann)) == (APPROVED, there.tom.person, 500_00)
        assert find_faults() == []

    def test_whoever_proposed_it_does_not_approve_it_also_not_through_a_second_login(
        self, there: Place, payment: Transfer
    ) -> None:
        case = undo(there, payment, 200_00, there.fenna)
        again = there.vera.person
        again.same_person_as = there.fenna.person
        again.save()

        for user in (there.fenna, there.vera):
            with pytest.raises(SamePerson):
                chargebacks.approve(case=case, actor=at_desk(there, user), at=AT)
            with pytest.raises(SamePerson):
                chargebacks.reject(case=case, actor=at_desk(there, user), at=AT)
        assert balance(there.shop) == 200_00

    def test_a_second_person_rejects_it_and_the_payment_stays(self, there: Place, payment: Transfer) -> None:
        case = undo(there, payment, 200_00, there.fenna)
        chargebacks.reject(case=case, actor=at_desk(there, there.vera), at=AT)

        assert (case.state, balance(there.shop)) == (SecondLookState.REJECTED, 200_00)
        with pytest.raises(MoveRefused):
            chargebacks.approve(case=case, actor=at_desk(there, there.tom), at=AT)

    def test_whoever_proposed_it_and_nobody_else_withdraws_it(self, there: Place, payment: Transfer) -> None:
        case = undo(there, payment, 200_00, there.fenna)
        with pytest.raises(NotAllowed):
            chargebacks.withdraw(case=case, actor=at_desk(there, there.vera), at=AT)

        chargebacks.withdraw(case=case, actor=at_desk(there, there.fenna), at=AT)

        assert case.state == SecondLookState.WITHDRAWN
        assert undo(there, payment, 200_00, there.fenna).state == PROPOSED

    def test_what_waits_is_not_proposed_a_second_time(self, there: Place, payment: Transfer) -> None:
        undo(there, payment, 150_00, there.fenna)

        with pytest.raises(ChargebackExceeds) as refused:
            undo(there, payment, 50_01, there.vera)
        assert refused.value.room == 50_00

    def test_a_case_is_approved_once(self, there: Place, payment: Transfer) -> None:
        case = undo(there, payment, 200_00, there.fenna)
        chargebacks.approve(case=case, actor=at_desk(there, there.tom), at=AT)

        with pytest.raises(MoveRefused):
            chargebacks.approve(case=case, actor=at_desk(there, there.vera), at=AT)
        assert Transfer.objects.filter(kind=TransferKind.CHARGEBACK).count() == 1

    def test_the_database_knows_no_approved_case_without_its_booking(
        self, there: Place, payment: Transfer
    ) -> None:
        case = undo(there, payment, 200_00, there.fenna)
        with pytest.raises(IntegrityError), transaction.atomic():
            ChargebackCase.objects.filter(pk=case.pk).update(state=APPROVED)


class TestWhoMayNot:
    @pytest.mark.parametrize("who", ["ann_login", "cas_login", "sjoerd", "owner_of_club"])
    def test_nobody_away_from_the_desk_undoes_anything(
        self, there: Place, payment: Transfer, who: str
    ) -> None:
        with pytest.raises(NotAllowed):
            undo(there, payment, 1_00, getattr(there, who))

    @pytest.mark.parametrize("side", ["ann", "shop"])
    def test_nobody_undoes_what_they_or_whom_they_act_for_paid_or_got(
        self, there: Place, payment: Transfer, side: str
    ) -> None:
        case = undo(there, payment, 200_00, there.vera)
        role = Role.HELPER if side == "ann" else Role.OPERATOR
        mandate(person=there.fenna, principal=getattr(there, side).holder, role=role)

        with pytest.raises(OwnMoney):
            undo(there, payment, 1_00, there.fenna)
        with pytest.raises(OwnMoney):
            chargebacks.approve(case=case, actor=at_desk(there, there.fenna), at=AT)

    def test_a_desk_undoes_nothing_in_the_coin_of_another_place(
        self, there: Place, payment: Transfer
    ) -> None:
        other = place("Zonneveld", iban="NL02ABNA0123456789")
        with pytest.raises(UnknownTransfer):
            undo_payment(
                treasury=other.treasury, receipt=receipt_of(payment.pk), amount=1, reason="Why not", key=uuid4(),
                actor=at_desk(other, other.fenna), at=AT,
            )  # fmt: skip
        with pytest.raises(UnknownTransfer):
            look_up_payment(
                neighbourhood=other.neighbourhood, number=receipt_number(payment.pk), actor=at_desk(other, other.fenna),
                at=AT,
            )  # fmt: skip

    def test_coins_that_came_with_euros_are_not_undone_here(self, there: Place) -> None:
        issued = Transfer.objects.get(kind=TransferKind.ISSUE, coin=there.coin)
        with pytest.raises(CannotBeUndone):
            undo(there, issued, 1_00, there.fenna)

    def test_the_system_proposes_nothing(self, there: Place, payment: Transfer) -> None:
        with pytest.raises(NotAllowed):
            undo_payment(
                treasury=there.treasury, receipt=receipt_of(payment.pk), amount=1, reason="", key=uuid4(),
                actor=SYSTEM, at=AT,
            )  # fmt: skip


def url(there: Place, name: str, *words: object) -> str:
    return reverse(name, args=[there.neighbourhood.slug, *words])


class TestPages:
    def form(self, amount: str = "12.50", **more: str) -> dict[str, str]:
        return {"key": str(uuid4()), "amount": amount, "reason": "Paid twice.", **more}

    def test_a_number_however_typed_leads_to_its_payment_and_looking_is_written_down(
        self, there: Place, payment: Transfer
    ) -> None:
        client, number = signed_in(there.fenna), receipt_number(payment.pk)
        answer = client.get(
            url(there, "finance_payments"), {"number": f" {number.lower().replace('-', ' ')} "}
        )
        assert answer["Location"] == url(there, "finance_payment", number)

        page = client.get(answer["Location"]).content.decode()

        assert all(words in page for words in ("Ann de Vries", "Shop Molenwijk", "200.00", number))
        line = AuditEntry.objects.get(event="transfer.viewed")
        assert line in lines_about(there.ann.holder)
        assert line in lines_about(there.shop.holder)

    @pytest.mark.parametrize("number", ["", "x" * 31, "7K4Q-2MXD-9", "'; drop", "2222-2222-2"])
    def test_a_number_that_is_nobodys_is_said_beside_its_field(self, there: Place, number: str) -> None:
        answer = signed_in(there.fenna).get(url(there, "finance_payments"), {"number": number})

        assert (answer.status_code, "number" in answer.context["form"].errors) == (200, True)

    def test_the_number_of_another_coin_is_as_unknown_as_one_that_is_none(
        self, there: Place, payment: Transfer
    ) -> None:
        other = place("Zonneveld", iban="NL02ABNA0123456789")
        client, number = signed_in(other.fenna), receipt_number(payment.pk)

        answer = client.get(url(other, "finance_payments"), {"number": number})
        assert "We do not know this receipt number" in answer.content.decode()
        assert client.get(url(other, "finance_payment", number)).status_code == 404
        assert client.get(url(other, "finance_payment", "nonsense")).status_code == 404
        assert not AuditEntry.objects.filter(event="transfer.viewed").exists()

    def test_a_small_one_is_undone_on_the_page_and_shown_as_such(
        self, there: Place, payment: Transfer
    ) -> None:
        client, here = signed_in(there.fenna), url(there, "finance_payment", receipt_number(payment.pk))
        page = client.post(here, self.form(), follow=True).content.decode()

        assert "The payment is undone." in page
        assert balance(there.ann) == 312_50
        assert "Undone of it" in client.get(here).content.decode()

    def test_a_large_one_is_proposed_and_a_colleague_approves_it_on_the_page(
        self, there: Place, payment: Transfer
    ) -> None:
        here = url(there, "finance_payment", receipt_number(payment.pk))
        mine = signed_in(there.fenna).post(here, self.form("200"), follow=True).content.decode()
        assert "waits for a second person" in mine
        assert "Undo 200.00" not in mine

        client, case = signed_in(there.tom), ChargebackCase.objects.get()
        assert "Undo 200.00" in client.get(url(there, "finance_chargeback", case.pk)).content.decode()
        client.post(url(there, "finance_chargeback_decide", case.pk, "approve"))

        assert balance(there.ann) == 500_00
        client.post(url(there, "finance_chargeback_decide", case.pk, "approve"))  # from another tab
        assert balance(there.ann) == 500_00

    def test_when_the_coins_are_spent_the_page_of_the_case_says_so(
        self, there: Place, payment: Transfer
    ) -> None:
        paid(there.shop, there.ben, 200_00, there.sjoerd)
        here = url(there, "finance_payment", receipt_number(payment.pk))
        page = signed_in(there.fenna).post(here, self.form(), follow=True).content.decode()

        assert "Nothing is undone yet." in page
        assert "Undo 12.50" in page

    @pytest.mark.parametrize(
        "wrong",
        [
            {"amount": "200.01"},
            {"amount": "x"},
            {"amount": "0"},
            {"reason": ""},
            {"reason": "r" * 301},
            {"key": "x"},
        ],
    )
    def test_what_is_filled_in_wrong_undoes_nothing(
        self, there: Place, payment: Transfer, wrong: dict[str, str]
    ) -> None:
        here = url(there, "finance_payment", receipt_number(payment.pk))
        answer = signed_in(there.fenna).post(here, {**self.form(), **wrong})

        assert (answer.status_code, ChargebackCase.objects.count()) == (200, 0)
        assert answer.context["form"].errors

    def test_without_a_treasury_nothing_is_undone_and_the_page_says_why(self, there: Place) -> None:
        elsewhere = Neighbourhood.objects.get(coin=there.cas.coin)  # of the same municipality
        club = open_for(elsewhere, organisation("Chess club"))
        fund(there, there.cas, 10_00)
        payment = paid(there.cas, club, 10_00, there.cas_login)
        here = reverse("finance_payment", args=[elsewhere.slug, receipt_number(payment.pk)])
        page = signed_in(there.fenna).post(here, self.form("1")).content.decode()

        assert "The bank account of this neighbourhood is not known yet" in page
        assert balance(club) == 10_00
        rooms = (
            signed_in(there.fenna).get(reverse("finance_payments", args=[elsewhere.slug])).content.decode()
        )
        assert "The bank account of this neighbourhood is not known yet" in rooms

    @pytest.mark.parametrize("who", ["ann_login", "cas_login", "sjoerd", "owner_of_club"])
    def test_for_everybody_else_there_is_no_such_room(
        self, there: Place, payment: Transfer, who: str
    ) -> None:
        case = undo(there, payment, 200_00, there.fenna)
        client = signed_in(getattr(there, who))
        seen = [
            client.get(url(there, "finance_payments")),
            client.get(url(there, "finance_payment", receipt_number(payment.pk))),
            client.get(url(there, "finance_chargeback", case.pk)),
            client.post(url(there, "finance_chargeback_decide", case.pk, "approve")),
        ]

        assert {answer.status_code for answer in seen} == {404}
        assert balance(there.shop) == 200_00

    def test_a_case_of_another_desk_is_not_found_at_this_one(self, there: Place, payment: Transfer) -> None:
        case = undo(there, payment, 200_00, there.fenna)
        other = place("Zonneveld", iban="NL02ABNA0123456789")
        client = signed_in(other.fenna)

        assert client.get(url(other, "finance_chargeback", case.pk)).status_code == 404
        assert client.post(url(other, "finance_chargeback_decide", case.pk, "approve")).status_code == 404
        assert (
            signed_in(there.vera).post(url(there, "finance_chargeback_decide", case.pk, "eat")).status_code
            == 404
        )

    @pytest.mark.parametrize("cases", [1, 3])
    def test_the_list_costs_the_same_however_many_wait(
        self, there: Place, cases: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        proposers: list[User] = [there.fenna, there.vera, there.tom]
        for number in range(cases):
            payer = _resident(there, f"Payer{number}")
            undo(there, paid(payer, there.shop, 60_00, there.ann_login), 60_00, proposers[number])

        with django_assert_num_queries(1):
            found = [
                (one.transfer.payer.holder.display_name, one.transfer.payee.holder.display_name,
                 one.proposed_by.display_name, one.state)
                for one in open_cases(there.neighbourhood)
            ]  # fmt: skip

        assert len(found) == cases


def _resident(there: Place, name: str) -> Account:
    account = open_for(there.neighbourhood, child(name))
    fund(there, account, 100_00, name)
    return account
