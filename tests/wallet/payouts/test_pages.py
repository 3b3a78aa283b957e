"""The page of a supplier: who sees it, what it says, and that it stays quick."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import Role
from tests.factories.people import mandate, person
from tests.factories.wallet import AT, SYSTEM, Place, fund
from tests.wallet.payouts.stage import (
    ComeIn,
    another_shop,
    at_desk,
    credit,
    debit,
    exported,
    give_iban,
    mine,
    requested,
    sent,
    words,
)
from wallet.models import MonthlyPayout, Payout
from wallet.operations.payouts import approve_payouts, cancel_payout, settle, take_back

QUERIES_OF_A_SUPPLIER = 18


class TestSupplier:
    def test_asking_by_the_form(self, there: Place, come_in: ComeIn) -> None:
        answer = come_in(there.sjoerd).post(
            mine(there), {"key": str(uuid4()), "amount": "12.50"}, follow=True
        )

        assert "You asked for a payout of 12.50 euros." in words(answer)
        assert Payout.objects.get().amount == 12_50

    def test_empty_is_all_of_it(self, there: Place, come_in: ComeIn) -> None:
        come_in(there.sjoerd).post(mine(there), {"key": str(uuid4()), "amount": ""})

        assert Payout.objects.get().amount == 1_000_00

    def test_sent_twice_is_asked_once(self, there: Place, come_in: ComeIn) -> None:
        form = {"key": str(uuid4()), "amount": "12.50"}
        client = come_in(there.sjoerd)

        answers = [client.post(mine(there), form, follow=True) for _time in range(2)]

        assert all("You asked for a payout of 12.50 euros." in words(one) for one in answers)
        assert Payout.objects.count() == 1

    @pytest.mark.parametrize(("typed", "said"), [
        ("a lot", "Enter an amount, for example 4.00."), ("0", "above nought"), ("-1", "without a minus sign"),
        ("1000.01", "1,000.00"),
    ])  # fmt: skip
    def test_what_cannot_be_is_said(self, there: Place, come_in: ComeIn, typed: str, said: str) -> None:
        answer = come_in(there.sjoerd).post(mine(there), {"key": str(uuid4()), "amount": typed})

        assert (answer.status_code, Payout.objects.count()) == (200, 0)
        assert said in words(answer)

    @pytest.mark.parametrize("form_key", ["", "not a key"])
    def test_a_forged_form_key_is_a_sentence(self, there: Place, come_in: ComeIn, form_key: str) -> None:
        answer = come_in(there.sjoerd).post(mine(there), {"key": form_key, "amount": "1"})

        assert "This form is out of date." in words(answer)

    def test_a_resident_reads_what_coins_are_for(self, there: Place, come_in: ComeIn) -> None:
        fund(there, there.ann, 10_00)
        address = reverse("payouts", args=[there.ann.address])
        client = come_in(there.ann_login)

        shown = client.get(address)
        asked = client.post(address, {"key": str(uuid4()), "amount": "1"})

        for answer in (shown, asked):
            assert "Coins of residents are for spending in the neighbourhood." in words(answer)
            assert '<form method="post" class="panel"' not in answer.content.decode()
        assert Payout.objects.count() == 0

    def test_where_the_iban_is_missing_there_is_a_way_to_fill_it_in(
        self, there: Place, come_in: ComeIn
    ) -> None:
        give_iban(there.shop.holder, "")

        answer = come_in(there.sjoerd).get(mine(there))

        where = reverse("account_organisation_change", args=[there.shop.holder.uuid])
        assert where in answer.content.decode()

    @pytest.mark.parametrize("who", ["ann_login", "ben_login", "cas_login", "owner_of_club", "fenna", "tom"])
    def test_others_find_no_such_page(self, there: Place, come_in: ComeIn, who: str) -> None:
        payout = requested(there)
        client = come_in(getattr(there, who))

        assert client.get(mine(there)).status_code == 404
        assert client.post(mine(there), {"key": str(uuid4())}).status_code == 404
        cancel = reverse("payout_cancel", args=[there.shop.address, payout.pk])
        assert client.post(cancel).status_code == 404
        assert client.post(reverse("payouts_monthly", args=[there.shop.address])).status_code == 404

    def test_for_an_operator_who_has_tills_only_there_is_no_such_page(
        self, there: Place, come_in: ComeIn
    ) -> None:
        requested(there)
        helper = person("Hannah")
        mandate(person=helper, principal=there.shop.holder, role=Role.OPERATOR)
        client = come_in(helper)

        shown = client.get(mine(there))
        asked = client.post(mine(there), {"key": str(uuid4()), "amount": "1"})

        assert (shown.status_code, asked.status_code) == (404, 404)
        assert Payout.objects.count() == 1

    def test_without_a_login_one_signs_in_first(self, there: Place) -> None:
        assert Client().get(mine(there)).status_code == 302

    def test_cancelling(self, there: Place, come_in: ComeIn) -> None:
        payout = requested(there)
        address = reverse("payout_cancel", args=[there.shop.address, payout.pk])

        answer = come_in(there.sjoerd).post(address, follow=True)

        assert "Cancelled. 100.00 coins are available again." in words(answer)

    def test_the_payout_of_another_account_is_not_cancelled_here(self, there: Place, come_in: ComeIn) -> None:
        _owner, theirs = another_shop(there, "Oma", "NL02RABO0123456789")
        address = reverse("payout_cancel", args=[there.shop.address, theirs.pk])

        assert come_in(there.sjoerd).post(address).status_code == 404

    def test_too_late_to_cancel_is_a_sentence(self, there: Place, come_in: ComeIn) -> None:
        payout = exported(there)
        address = reverse("payout_cancel", args=[there.shop.address, payout.pk])

        answer = come_in(there.sjoerd).post(address, follow=True)

        assert "This is no longer possible" in words(answer)

    def test_each_month(self, there: Place, come_in: ComeIn) -> None:
        client, address = come_in(there.sjoerd), reverse("payouts_monthly", args=[there.shop.address])

        client.post(address, {"keep": "100"})
        assert MonthlyPayout.objects.get().keep == 100_00
        assert "100.00 stays here" in words(client.get(mine(there)))
        assert "Enter an amount" in words(client.post(address, {"keep": "all"}))
        client.post(address, {"stop": "yes"})
        assert MonthlyPayout.objects.count() == 0

    def test_how_far_each_is_stands_there_in_words(self, there: Place, come_in: ComeIn) -> None:
        client = come_in(there.sjoerd)

        def says(sentence: str) -> bool:
            return sentence in words(client.get(mine(there)))

        payout = requested(there)
        assert says("The finance desk looks at it first. You have it on 23 November 2026 at the earliest.")
        approve_payouts(treasury=there.treasury, payouts=[payout], actor=at_desk(there, there.fenna), at=AT)
        assert says("It goes to the bank with the next file.")
        other = exported(there, 50_00, "other")
        assert says("The bank pays it on 23 November 2026.")
        settle(payout=other, line=debit(there, other), actor=SYSTEM, at=AT)
        assert says("The bank paid it on 23 November 2026.")
        take_back(payout=other, line=credit(there, other), actor=SYSTEM, at=AT)
        assert says("The bank sent it back on 23 November 2026. The coins are on this account.")
        cancel_payout(payout=payout, actor=at_desk(there, there.vera), at=AT, reason="Wrong name.")
        assert says("Wrong name.")

    @pytest.mark.parametrize("count", [1, 3])
    def test_more_payouts_ask_no_more_of_the_database(
        self, there: Place, come_in: ComeIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(count):
            sent(there, 1_00, f"payout {number}")
        client = come_in(there.sjoerd)
        client.get(mine(there))

        with django_assert_num_queries(QUERIES_OF_A_SUPPLIER):
            client.get(mine(there))
