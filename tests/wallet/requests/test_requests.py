"""Asking for a payment: what is asked, who may answer, and that it is paid once."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from ledger.models import Account, Transfer
from ledger.operations import (
    CoinMismatch,
    InvalidAmount,
    KeyReused,
    SameAccount,
    UnknownAccount,
    block_account,
)
from people.models import Role
from tests.factories.people import mandate
from tests.factories.wallet import AT, SYSTEM, Place, fund, open_for
from tests.wallet.pay.scene import LATER, acting, payments
from wallet.models import PaymentRequest, Till
from wallet.operations.payments import OtherRequest, PaidAlready, RequestOver, pay
from wallet.operations.requests import (
    MOST_OPEN,
    CannotAsk,
    NotThatLong,
    TooManyOpen,
    ask,
    cancel,
    decline,
    expire_requests,
)

if TYPE_CHECKING:
    from people.models import User

END = LATER + timedelta(days=14)


def asked(there: Place, **more: Any) -> PaymentRequest:
    """Ben asks Ann for 4.00 for the soup."""
    words: dict[str, Any] = {
        "payee": there.ben, "payer": there.ann, "amount": 4_00, "text": "Soup", "expires_at": END, "key": uuid4(),
        "actor": acting(there.ben_login), "at": LATER, **more,
    }  # fmt: skip
    return ask(**words)


def paying(request: PaymentRequest, payer: Account, by: User, **more: Any) -> Transfer:
    words: dict[str, Any] = {
        "payer": payer, "payee": request.payee, "amount": request.amount, "text": request.text, "key": uuid4(),
        "actor": acting(by, payer), "at": LATER, "day_limit": None, "request": request, **more,
    }  # fmt: skip
    return pay(**words)


def till_of(there: Place) -> Till:
    return Till.objects.create(
        account=there.shop, name="Counter", opened_at=AT, opened_by=there.sjoerd.person, key=uuid4()
    )


def code_at(there: Place, **more: Any) -> PaymentRequest:
    """The shop asks whoever stands at its till for 4.00."""
    words = {
        "payee": there.shop,
        "payer": None,
        "till": till_of(there),
        "actor": acting(there.sjoerd, there.shop),
    }
    return asked(there, **{**words, **more})


class TestAsking:
    def test_it_is_open_and_both_sides_find_it_in_their_trail(self, there: Place) -> None:
        made = asked(there)

        assert (made.state, made.amount, made.asked_by) == ("OPEN", 4_00, there.ben_login.person)
        line = AuditEntry.objects.get(event="payment_request.ask")
        assert set(line.about.values_list("party_id", flat=True)) == {
            there.ann.holder_id,
            there.ben.holder_id,
        }

    def test_the_same_form_asks_once_and_for_something_else_nothing(self, there: Place) -> None:
        key = uuid4()

        assert asked(there, key=key) == asked(there, key=key)
        with pytest.raises(KeyReused):
            asked(there, key=key, amount=5_00)
        assert PaymentRequest.objects.count() == 1

    def test_nobody_asks_for_an_account_that_is_not_theirs(self, there: Place) -> None:
        for actor in (acting(there.cas_login), Actor.system()):
            with pytest.raises(NotAllowed):
                asked(there, actor=actor)

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"amount": 0}, InvalidAmount),
            ({"amount": -4_00}, InvalidAmount),
            ({"amount": 10**18}, InvalidAmount),
            ({"expires_at": LATER}, NotThatLong),
            ({"expires_at": LATER + timedelta(days=400)}, NotThatLong),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, there: Place, wrong: dict[str, Any], refusal: type[Refusal]
    ) -> None:
        with pytest.raises(refusal):
            asked(there, **wrong)

    def test_only_of_an_open_account_in_the_same_coin_and_never_of_a_pot(self, there: Place) -> None:
        for payer, refusal in (
            (there.ben, SameAccount),
            (there.cas, CoinMismatch),
            (there.pot, UnknownAccount),
        ):
            with pytest.raises(refusal):
                asked(there, payer=payer)

    def test_a_blocked_account_asks_for_nothing(self, there: Place) -> None:
        block_account(account=there.ben, reason="Suspicion", actor=SYSTEM, at=AT)
        there.ben.refresh_from_db()

        with pytest.raises(CannotAsk):
            asked(there)

    def test_nobody_is_buried_under_requests(self, there: Place) -> None:
        for _time in range(MOST_OPEN):
            asked(there)

        with pytest.raises(TooManyOpen):
            asked(there)
        asked(there, at=END, expires_at=END + timedelta(days=1))


class TestPaying:
    def test_it_is_paid_and_knows_its_payment(self, there: Place) -> None:
        request = asked(there)

        paid = paying(request, there.ann, there.ann_login)

        request.refresh_from_db()
        assert (request.state, request.transfer) == ("PAID", paid)
        assert paid.note.text == "Soup"
        assert payments(there) == [(there.ann.pk, there.ben.pk, 4_00)]

    def test_with_another_form_the_same_payer_gets_the_first_payment(self, there: Place) -> None:
        request = asked(there)

        assert paying(request, there.ann, there.ann_login) == paying(request, there.ann, there.ann_login)
        assert len(payments(there)) == 1

    def test_a_code_is_paid_by_whoever_comes_first(self, there: Place) -> None:
        request = code_at(there)
        fund(there, there.ben, 9_00)

        paying(request, there.ann, there.ann_login)
        with pytest.raises(PaidAlready):
            paying(request, there.ben, there.ben_login)

        assert payments(there) == [(there.ann.pk, there.shop.pk, 4_00)]

    def test_another_account_amount_or_payee_than_was_asked_pays_nothing(self, there: Place) -> None:
        request = asked(there)
        second = open_for(there.neighbourhood, there.ann.holder, label="Savings")
        fund(there, second, 9_00)

        for payer, wrong in ((second, {}), (there.ann, {"amount": 3_99}), (there.ann, {"payee": there.shop})):
            with pytest.raises(OtherRequest):
                paying(request, payer, there.ann_login, **wrong)

        assert payments(there) == []

    def test_a_second_too_late_is_too_late_before_the_night_has_said_so(self, there: Place) -> None:
        request = asked(there)

        with pytest.raises(RequestOver):
            paying(request, there.ann, there.ann_login, at=END)
        assert payments(there) == []
        paying(request, there.ann, there.ann_login, at=END - timedelta(seconds=1))

    def test_what_cannot_be_paid_stays_open(self, there: Place) -> None:
        request = asked(there, amount=12_50)

        with pytest.raises(Refusal) as refused:
            paying(request, there.ann, there.ann_login)

        request.refresh_from_db()
        assert str(refused.value) == "You have 10.00. This costs 12.50."
        assert request.state == "OPEN"

    def test_a_stale_copy_of_a_refused_request_pays_nothing(self, there: Place) -> None:
        request = asked(there)
        stale = PaymentRequest.objects.select_related("payee", "payer").get(pk=request.pk)
        decline(request=request, actor=acting(there.ann_login), at=LATER)

        with pytest.raises(RequestOver):
            paying(stale, there.ann, there.ann_login)
        assert payments(there) == []


class TestOtherEnds:
    def test_the_payer_refuses_and_nobody_else_does(self, there: Place) -> None:
        request = asked(there)

        for login in (there.ben_login, there.cas_login):
            with pytest.raises(NotAllowed):
                decline(request=request, actor=acting(login), at=LATER)
        decline(request=request, actor=acting(there.ann_login), at=LATER)

        assert request.state == "DECLINED"
        with pytest.raises(MoveRefused):
            decline(request=request, actor=acting(there.ann_login), at=LATER)

    def test_who_asked_takes_it_back_and_nobody_else_does(self, there: Place) -> None:
        request = asked(there)

        for login in (there.ann_login, there.cas_login):
            with pytest.raises(NotAllowed):
                cancel(request=request, actor=acting(login), at=LATER)
        cancel(request=request, actor=acting(there.ben_login), at=LATER)

        with pytest.raises(RequestOver):
            paying(request, there.ann, there.ann_login)

    def test_a_code_of_a_till_is_refused_by_nobody(self, there: Place) -> None:
        with pytest.raises(NotAllowed):
            decline(request=code_at(there), actor=acting(there.ann_login), at=LATER)

    def test_what_was_paid_is_no_longer_taken_back(self, there: Place) -> None:
        request = asked(there)
        paying(request, there.ann, there.ann_login)

        for event in (cancel, decline):
            with pytest.raises((MoveRefused, NotAllowed)):
                event(request=request, actor=acting(there.ben_login), at=LATER)

    def test_the_night_ends_what_is_over_and_nothing_else(self, there: Place) -> None:
        late, paid = asked(there), asked(there)
        running = asked(there, expires_at=END + timedelta(seconds=1))
        paying(paid, there.ann, there.ann_login)
        out = StringIO()

        with time_machine.travel(END, tick=False):
            call_command("expire_requests", stdout=out)

        states = [PaymentRequest.objects.get(pk=one.pk).state for one in (late, paid, running)]
        assert states == ["EXPIRED", "PAID", "OPEN"]
        assert out.getvalue() == "1 payment requests expired.\n"
        assert expire_requests(END) == 0


class TestPastTheModel:
    """What the database itself refuses, whoever writes."""

    def refused(self, request: PaymentRequest, **changed: Any) -> str:
        with pytest.raises(IntegrityError) as wrong, transaction.atomic():
            PaymentRequest.objects.filter(pk=request.pk).update(**changed)
        return str(wrong.value)

    def test_paid_without_a_payment(self, there: Place) -> None:
        assert "wallet_request_paid_has_transfer" in self.refused(asked(there), state="PAID")

    def test_a_payment_of_what_is_not_paid(self, there: Place) -> None:
        issued = Transfer.objects.filter(payee=there.ann).first()

        assert "wallet_request_paid_has_transfer" in self.refused(asked(there), transfer=issued)

    def test_two_requests_paid_by_one_payment(self, there: Place) -> None:
        first, second = asked(there), asked(there)
        paid = paying(first, there.ann, there.ann_login)

        assert "transfer" in self.refused(second, state="PAID", transfer=paid)

    def never_made(self, there: Place, **wrong: Any) -> str:
        good: dict[str, Any] = {
            "payee": there.ben, "payer": there.ann, "amount": 4_00, "asked_by": there.ben_login.person,
            "asked_at": LATER, "expires_at": END, "key": uuid4(),
        }  # fmt: skip
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            PaymentRequest.objects.bulk_create([PaymentRequest(**{**good, **wrong})])
        return str(refused.value)

    def test_a_till_that_asks_somebody(self, there: Place) -> None:
        assert "wallet_request_till_asks_anybody" in self.never_made(there, till=till_of(there))

    @pytest.mark.parametrize("amount", [0, -1])
    def test_nothing_and_less_than_nothing(self, there: Place, amount: int) -> None:
        assert "wallet_request_amount" in self.never_made(there, amount=amount)

    def test_asking_oneself(self, there: Place) -> None:
        assert "wallet_request_two_accounts" in self.never_made(there, payer=there.ben)

    def test_paid_from_the_beginning(self, there: Place) -> None:
        assert "wallet_request_paid_has_transfer" in self.never_made(there, state="PAID")

    @pytest.mark.parametrize("field", ["amount", "payee_id", "payer_id"])
    def test_what_was_asked_becomes_nothing_else(self, there: Place, field: str) -> None:
        wrong = 1 if field == "amount" else there.shop.pk

        assert "permanent" in self.refused(asked(there), **{field: wrong})


def test_a_helper_pays_what_was_asked_within_the_limit_of_the_day(there: Place) -> None:
    mandate(person=there.cas_login, principal=there.ann.holder, role=Role.HELPER, day_limit=3_99)

    with pytest.raises(Refusal) as refused:
        paying(asked(there), there.ann, there.cas_login)

    assert str(refused.value) == "For Ann de Vries you can still pay 3.99 today. This costs 4.00."
