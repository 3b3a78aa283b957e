"""The list of the day, and giving back what was paid at a till."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.audit import lines_about
from core.models import AuditEntry
from core.refusals import NotAllowed
from ledger.kinds import TransferKind
from ledger.models import Account, Transfer
from ledger.operations import (
    ChargebackExceeds,
    InsufficientFunds,
    block_account,
    transfer,
)
from ledger.proving import find_faults
from people.models import Role, User
from tests.factories.people import actor, mandate
from tests.factories.residency import second_login
from tests.factories.wallet import AT, SYSTEM, Place, fund, key, open_for
from tests.wallet.till.conftest import NOW, signed_in
from tests.wallet.till.paying import charged, paid, till_of
from wallet.models import PaymentRequest, Till
from wallet.operations.tills import pay_back
from wallet.permissions import OwnMoney
from wallet.queries.tills import day_at


def balance(account: Account) -> int:
    return Account.objects.get(pk=account.pk).balance


def form(amount: str = "12.50", key: str = "", sure: str = "1") -> dict[str, str]:
    return {"amount": amount, "key": key or str(uuid4()), "sure": sure}


def refund_url(asked: PaymentRequest) -> str:
    assert asked.till is not None
    return reverse("till_refund", args=[asked.till.uuid, asked.uuid])


@pytest.fixture
def done(there: Place, counter: Till) -> PaymentRequest:
    """Ann paid 12.50 for a tyre."""
    return paid(charged(there, counter), there.ann, there.ann_login)


class TestTheListOfTheDay:
    def test_it_shows_what_was_paid_with_time_name_amount_and_total(
        self, there: Place, counter: Till, done: PaymentRequest, olga: User
    ) -> None:
        paid(charged(there, counter, 3_00, "Bell"), there.ben, there.ben_login)
        charged(there, counter, 99_00, "Never paid")
        page = signed_in(olga).get(reverse("till_day", args=[counter.uuid])).content.decode()

        assert "10:00" in page
        assert all(words in page for words in ("Ann V.", "Ben V.", "12.50", "3.00", "15.50", "Bell"))
        assert "Never paid" not in page

    def test_a_day_holds_what_was_paid_on_it_at_this_till_alone(
        self, there: Place, counter: Till, done: PaymentRequest
    ) -> None:
        stall = till_of(there, "Stall")
        paid(charged(there, stall, 1_00), there.ben, there.ben_login)
        today = NOW.date()

        assert [one.amount for one in day_at(counter, today).payments] == [12_50]
        assert [one.amount for one in day_at(stall, today).payments] == [1_00]
        assert day_at(counter, today + timedelta(days=1)).payments == []

    def test_days_before_it_opened_or_yet_to_come_are_not_there(self, counter: Till, olga: User) -> None:
        client = signed_in(olga)

        def status(day: str) -> int:
            return client.get(reverse("till_day_of", args=[counter.uuid, day])).status_code

        assert {day: status(day) for day in ("2026-11-21", "2026-11-22", "2026-11-23", "today", "2026-13-01")} == {
            "2026-11-21": 404, "2026-11-22": 200, "2026-11-23": 404, "today": 404, "2026-13-01": 404,
        }  # fmt: skip

    def test_one_goes_from_day_to_day(self, counter: Till, olga: User) -> None:
        with time_machine.travel(NOW + timedelta(days=2), tick=False):
            page = (
                signed_in(olga)
                .get(reverse("till_day_of", args=[counter.uuid, "2026-11-23"]))
                .content.decode()
            )

        assert "day/2026-11-22/" in page
        assert "day/2026-11-24/" in page
        assert "Nothing was paid at this till on this day" in page

    @pytest.mark.parametrize("payments", [1, 3])
    def test_a_day_is_one_query_however_many_paid(
        self, there: Place, counter: Till, payments: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        payers = [(there.ann, there.ann_login), (there.ben, there.ben_login), (there.ann, there.ann_login)]
        for account, login in payers[:payments]:
            paid(charged(there, counter, 1_00), account, login)

        with django_assert_num_queries(1):
            found = day_at(counter, NOW.date())

        assert len(found.payments) == payments


class TestGivingBack:
    def test_first_it_asks_whether_that_is_right_and_then_it_goes_back(
        self, there: Place, done: PaymentRequest, olga: User
    ) -> None:
        client = signed_in(olga)
        asked = client.post(refund_url(done), form(sure="")).content.decode()
        assert "Do you give 12.50 back to Ann V.?" in asked
        assert balance(there.shop) == 12_50

        page = client.post(refund_url(done), form(), follow=True).content.decode()

        assert "Given back: 12.50 to Ann V." in page
        assert "given back" in page
        assert (balance(there.shop), balance(there.ann)) == (0, 100_00)
        assert find_faults() == []

    def test_it_is_written_down_for_both_sides_who_gave_it_back_and_for_whom(
        self, there: Place, done: PaymentRequest, olga: User
    ) -> None:
        signed_in(olga).post(refund_url(done), form("2.50"))

        line = AuditEntry.objects.get(event="transfer.charge_back")
        assert (line.acted_by, line.acted_for) == (olga.person, there.shop.holder)
        assert line in lines_about(there.ann.holder)
        assert line in lines_about(there.shop.holder)
        back = Transfer.objects.get(kind=TransferKind.CHARGEBACK)
        assert (back.amount, back.reverses_id, back.acted_by) == (2_50, done.transfer_id, olga.person)

    def test_a_form_sent_twice_gives_back_once_and_says_so_twice(
        self, there: Place, done: PaymentRequest, olga: User
    ) -> None:
        client, once = signed_in(olga), form()
        pages = [client.post(refund_url(done), once, follow=True).content.decode() for _time in range(2)]

        assert all("Given back: 12.50 to Ann V." in page for page in pages)
        assert balance(there.ann) == 100_00
        assert AuditEntry.objects.filter(event="transfer.charge_back").count() == 1

    def test_from_two_tabs_no_more_goes_back_than_was_paid(
        self, there: Place, done: PaymentRequest, olga: User
    ) -> None:
        client = signed_in(olga)
        client.post(refund_url(done), form())
        page = client.post(refund_url(done), form()).content.decode()

        assert "More cannot be paid back than was paid. 0.00 is left." in page
        assert balance(there.ann) == 100_00

    def test_in_parts_until_all_of_it_is_back(self, there: Place, done: PaymentRequest, olga: User) -> None:
        client = signed_in(olga)
        client.post(refund_url(done), form("2.50"))
        assert "2.50 given back" in client.get(reverse("till_day", args=[done.till.uuid])).content.decode()  # type: ignore[union-attr]
        over = client.post(refund_url(done), form("10.01", sure="")).content.decode()
        assert "10.00 is left" in over

        client.post(refund_url(done), form("10.00"))

        assert balance(there.shop) == 0
        assert "All of it was given back" in client.get(refund_url(done)).content.decode()

    def test_coins_that_are_spent_are_said_and_nothing_goes_back(
        self, there: Place, done: PaymentRequest, olga: User
    ) -> None:
        transfer(
            payer=there.shop, payee=there.ben, amount=10_00, kind=TransferKind.PAYMENT, key=key("spent"), actor=SYSTEM,
            at=AT,
        )  # fmt: skip
        page = signed_in(olga).post(refund_url(done), form()).content.decode()

        assert "There is not enough on this account. You can spend 2.50." in page
        assert balance(there.ann) == 87_50

    def test_a_blocked_shop_still_gives_back(self, there: Place, done: PaymentRequest, olga: User) -> None:
        block_account(account=there.shop, actor=SYSTEM, at=AT)
        signed_in(olga).post(refund_url(done), form())

        assert balance(there.ann) == 100_00

    @pytest.mark.parametrize("wrong", [{"amount": "0"}, {"amount": "x"}, {"amount": ""}, {"key": "x"}])
    def test_what_is_filled_in_wrong_gives_nothing_back(
        self, there: Place, done: PaymentRequest, olga: User, wrong: dict[str, str]
    ) -> None:
        answer = signed_in(olga).post(refund_url(done), {**form(), **wrong})

        assert (answer.status_code, balance(there.ann)) == (200, 87_50)
        assert answer.context["form"].errors

    def test_what_was_not_paid_at_this_till_is_not_given_back_here(
        self, there: Place, counter: Till, done: PaymentRequest, olga: User
    ) -> None:
        client, waits = signed_in(olga), charged(there, counter)
        assert client.get(refund_url(waits)).status_code == 404
        with pytest.raises(ChargebackExceeds):
            pay_back(
                request=waits,
                amount=1,
                key=uuid4(),
                at=AT,
                actor=actor(there.sjoerd, principal=there.shop.holder),
            )

    def test_whoever_was_paid_for_ann_gives_nothing_back_for_the_shop(
        self, there: Place, done: PaymentRequest
    ) -> None:
        with pytest.raises(NotAllowed):
            pay_back(request=done, amount=1, key=uuid4(), actor=actor(there.ann_login), at=AT)

    def test_nobody_gives_back_what_they_paid_themselves_a_colleague_does(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        fund(there, account := open_for(there.neighbourhood, olga.person), 20_00)
        own = paid(charged(there, counter), account, olga)
        twin = second_login(olga)

        for login in (olga, twin):
            page = signed_in(login).post(refund_url(own), form()).content.decode()
            assert "You cannot give this back yourself" in page
            assert "This is about your own money. Ask a colleague to do it." in page
            assert 'name="amount"' not in page
            with pytest.raises(OwnMoney):
                by = actor(login, principal=there.shop.holder)
                pay_back(request=own, amount=1, key=uuid4(), actor=by, at=AT)
        assert balance(account) == 7_50

        signed_in(there.sjoerd).post(refund_url(own), form())
        assert balance(account) == 20_00

    def test_nor_what_they_paid_for_another(self, there: Place, done: PaymentRequest, olga: User) -> None:
        mandate(person=olga, principal=there.ann.holder, role=Role.HELPER)

        with pytest.raises(OwnMoney):
            pay_back(
                request=done, amount=1, key=uuid4(), actor=actor(olga, principal=there.shop.holder), at=AT
            )

    def test_not_enough_is_the_refusal_of_the_ledger(self, there: Place, done: PaymentRequest) -> None:
        transfer(
            payer=there.shop, payee=there.ben, amount=12_50, kind=TransferKind.PAYMENT, key=key("spent"), actor=SYSTEM,
            at=AT,
        )  # fmt: skip
        with pytest.raises(InsufficientFunds):
            pay_back(request=done, amount=1, key=uuid4(), at=AT, actor=actor(there.sjoerd))
