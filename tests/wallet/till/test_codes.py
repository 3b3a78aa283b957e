"""A code on the counter: shown, paid, taken away, too late; and what others learn of it, which is nothing."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.refusals import Refusal
from ledger.address import in_groups
from ledger.models import Account
from ledger.operations import block_account
from people.models import Mandate, User
from tests.factories.people import actor
from tests.factories.wallet import AT, SYSTEM, Place
from tests.wallet.till.conftest import NOW, signed_in
from tests.wallet.till.paying import charged, paid, till_of
from wallet.models import PaymentRequest, Till
from wallet.operations.payments import PaidAlready, RequestOver, pay
from wallet.operations.tills import GOOD_FOR, take_back
from wallet.states import RequestState

WITHIN = {"HX-Request": "true"}


def form(amount: str = "12.50", text: str = "Tyre", key: str = "") -> dict[str, str]:
    return {"amount": amount, "text": text, "key": key or str(uuid4())}


def url(name: str, till: Till, asked: PaymentRequest | None = None) -> str:
    return reverse(name, args=[till.uuid, asked.uuid] if asked else [till.uuid])


class TestAsking:
    def test_an_amount_becomes_a_code_for_whoever_stands_there(self, counter: Till, olga: User) -> None:
        client = signed_in(olga)
        answer = client.post(url("till", counter), form())

        asked = PaymentRequest.objects.get()
        assert answer["Location"] == url("till_charge", counter, asked)
        assert (asked.amount, asked.text, asked.payer, asked.till) == (12_50, "Tyre", None, counter)
        assert (asked.asked_by, asked.expires_at) == (olga.person, NOW + timedelta(minutes=10))
        page = client.get(answer["Location"]).content.decode()
        assert "12.50" in page
        assert in_groups(counter.account.address) in page
        assert '<svg class="qr"' in page
        assert "Look again" in page

    def test_within_the_page_the_code_takes_the_place_of_the_form(self, counter: Till, olga: User) -> None:
        answer = signed_in(olga).post(url("till", counter), form(), headers=WITHIN)

        assert answer["HX-Push-Url"] == url("till_charge", counter, PaymentRequest.objects.get())
        assert b"<html" not in answer.content
        assert b"every 800ms" in answer.content
        assert "HX-Request" in answer["Vary"]

    def test_a_form_sent_twice_shows_one_code(self, counter: Till, olga: User) -> None:
        client, once = signed_in(olga), form()
        first, second = (client.post(url("till", counter), once) for _time in range(2))

        assert first["Location"] == second["Location"]
        assert PaymentRequest.objects.count() == 1

    def test_the_key_of_another_till_opens_nothing_of_it(self, there: Place, counter: Till) -> None:
        client, once = signed_in(there.sjoerd), form()
        client.post(url("till", counter), once)
        page = client.post(url("till", till_of(there, "Stall")), once).content.decode()

        assert "This form was used before" in page
        assert PaymentRequest.objects.count() == 1

    @pytest.mark.parametrize(
        ("amount", "said"),
        [
            ("", "Enter an amount, for example 4.00."),
            ("0", "Enter an amount above nought"),
            ("-4", "Enter an amount without a minus sign"),
            ("4.005", "We are not sure which amount you mean"),
            ("<b>", "Enter an amount"),
            ("9" * 12, "This amount is too large"),
        ],
    )
    @pytest.mark.parametrize("headers", [{}, WITHIN])
    def test_an_amount_that_is_none_is_said_beside_its_field(
        self, counter: Till, olga: User, amount: str, said: str, headers: dict[str, str]
    ) -> None:
        answer = signed_in(olga).post(url("till", counter), form(amount), headers=headers)

        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert not PaymentRequest.objects.exists()

    @pytest.mark.parametrize("wrong", [{"key": "no"}, {"key": ""}, {"text": "t" * 141}])
    def test_what_else_is_wrong_asks_nothing(self, counter: Till, olga: User, wrong: dict[str, str]) -> None:
        answer = signed_in(olga).post(url("till", counter), {**form(), **wrong})

        assert (answer.status_code, PaymentRequest.objects.count()) == (200, 0)
        assert answer.context["form"].errors

    def test_an_account_that_is_blocked_meanwhile_asks_nothing(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        block_account(account=there.shop, actor=SYSTEM, at=AT)
        answer = signed_in(olga).post(url("till", counter), form())

        assert "The account of this till is blocked" in answer.content.decode()
        assert not PaymentRequest.objects.exists()

    def test_two_cashiers_at_one_till_each_have_their_own_code(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        mine, hers = charged(there, counter, 1_00, "Bell"), charged(there, counter, 2_00, "Lamp")
        paid(hers, there.ann, there.ann_login)
        client = signed_in(olga)

        assert client.get(url("till_look", counter, mine), headers=WITHIN).status_code == 204
        assert client.get(url("till_look", counter, hers), headers=WITHIN).status_code == 286
        pad = client.get(url("till", counter)).content.decode()
        assert "Bell" in pad
        assert "Lamp" not in pad

    @pytest.mark.parametrize("codes", [1, 3])
    def test_the_pad_costs_the_same_however_many_codes_wait(
        self, there: Place, counter: Till, codes: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(codes):
            charged(there, counter, 100 + number, f"Thing {number}")
        client = signed_in(there.sjoerd)
        client.get(url("till", counter))

        with django_assert_num_queries(6):
            page = client.get(url("till", counter), headers=WITHIN).content.decode()

        assert page.count("Thing") == codes


class TestLooking:
    def test_while_it_waits_nothing_is_said(self, there: Place, counter: Till, olga: User) -> None:
        answer = signed_in(olga).get(url("till_look", counter, charged(there, counter)), headers=WITHIN)

        assert (answer.status_code, answer.content) == (204, b"")

    def test_once_it_is_paid_the_name_is_said_for_the_last_time(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        asked = paid(charged(there, counter), there.ann, there.ann_login)
        answer = signed_in(olga).get(url("till_look", counter, asked), headers=WITHIN)

        page = answer.content.decode()
        assert answer.status_code == 286  # htmx asks no more
        assert "by Ann V." in page
        assert "data-till-paid" in page
        assert "de Vries" not in page
        assert there.ann.address not in page

    def test_whoever_was_away_finds_it_paid_on_coming_back(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        asked = paid(charged(there, counter), there.ann, there.ann_login)
        page = signed_in(olga).get(url("till_charge", counter, asked)).content.decode()

        assert "by Ann V." in page
        assert "every 800ms" not in page

    def test_a_look_costs_little(
        self, there: Place, counter: Till, olga: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, asked = signed_in(olga), charged(there, counter)
        client.get(url("till_look", counter, asked), headers=WITHIN)

        with django_assert_num_queries(6):
            client.get(url("till_look", counter, asked), headers=WITHIN)

    @pytest.mark.parametrize("who", ["ann_login", "ben_login", "cas_login", "owner_of_club", "fenna", "tom"])
    def test_nobody_else_learns_that_there_is_a_till_nor_who_paid(
        self, there: Place, counter: Till, who: str
    ) -> None:
        asked = paid(charged(there, counter), there.ann, there.ann_login)
        client = signed_in(getattr(there, who))

        names = ("till_charge", "till_look", "till_refund", "till_cancel")
        seen = [
            client.get(url(name, counter, asked), headers=head) for name in names for head in ({}, WITHIN)
        ]
        seen += [client.get(url(name, counter)) for name in ("till", "till_day", "till_close")]
        seen.append(client.post(url("till", counter), form()))

        assert {answer.status_code for answer in seen} == {404}
        assert not any(b"Ann V." in answer.content for answer in seen)

    def test_numbers_that_are_nobodys_are_404(self, counter: Till, olga: User) -> None:
        client = signed_in(olga)
        for path in (
            f"/en/till/{uuid4()}/",
            f"/en/till/{counter.uuid}/{uuid4()}/",
            f"/en/till/{counter.uuid}/x/",
        ):
            assert client.get(path).status_code == 404

    def test_an_office_that_ends_ends_at_once(self, there: Place, counter: Till, olga: User) -> None:
        client, asked = signed_in(olga), charged(there, counter)
        assert client.get(url("till_look", counter, asked), headers=WITHIN).status_code == 204

        Mandate.objects.filter(person=olga.person).update(until_on=date(2026, 11, 21))

        assert client.get(url("till_look", counter, asked), headers=WITHIN).status_code == 404
        assert client.post(url("till_cancel", counter, asked)).status_code == 404

    def test_a_session_that_ended_says_so_in_the_page_and_loses_nothing(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        asked = paid(charged(there, counter), there.ann, there.ann_login)
        answer = Client().get(url("till_look", counter, asked), headers=WITHIN)

        page = answer.content.decode()
        assert answer.status_code == 286
        assert "You were logged out, for safety" in page
        assert f"/en/account/login/?next={url('till_charge', counter, asked)}" in page
        assert "Ann" not in page
        assert "by Ann V." in signed_in(olga).get(url("till_charge", counter, asked)).content.decode()

    def test_whoever_is_not_signed_in_goes_to_the_door(self, counter: Till) -> None:
        assert (
            Client().get(url("till", counter))["Location"]
            == f"/en/account/login/?next={url('till', counter)}"
        )
        answer = Client().post(url("till", counter), form(), headers=WITHIN)
        assert f"next={url('till', counter)}" in answer.content.decode()
        assert not PaymentRequest.objects.exists()


class TestTheEndOfACode:
    def test_one_customer_pays_and_the_other_who_scanned_it_hears_that(
        self, there: Place, counter: Till
    ) -> None:
        asked = charged(there, counter)
        paid(asked, there.ann, there.ann_login)

        with pytest.raises(PaidAlready):
            paid(asked, there.ben, there.ben_login)

        assert Account.objects.get(pk=there.shop.pk).balance == 12_50
        assert Account.objects.get(pk=there.ben.pk).balance == 100_00

    def test_a_code_that_was_taken_away_is_not_paid(self, there: Place, counter: Till, olga: User) -> None:
        asked = charged(there, counter)
        page = signed_in(olga).post(url("till_cancel", counter, asked), headers=WITHIN).content.decode()

        assert "The code was taken away" in page
        with pytest.raises(RequestOver):
            paid(asked, there.ann, there.ann_login)

    def test_what_was_paid_before_it_could_be_taken_away_stays_paid_and_is_shown(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        asked = paid(charged(there, counter), there.ann, there.ann_login)
        answer = signed_in(olga).post(url("till_cancel", counter, asked), follow=True)

        assert "by Ann V." in answer.content.decode()
        asked.refresh_from_db()
        assert asked.state == RequestState.PAID

    def test_ann_takes_no_code_of_the_shop_away(self, there: Place, counter: Till) -> None:
        asked = charged(there, counter)
        with pytest.raises(Refusal):
            take_back(request=asked, actor=actor(there.ann_login), at=AT)

    def test_after_ten_minutes_it_is_no_longer_good_and_says_so(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        asked = charged(there, counter)
        with time_machine.travel(AT + GOOD_FOR, tick=False):
            answer = signed_in(olga).get(url("till_look", counter, asked), headers=WITHIN)
            assert "This code is no longer good" in answer.content.decode()
            assert asked.text not in signed_in(olga).get(url("till", counter)).content.decode()

        assert answer.status_code == 286
        with pytest.raises(RequestOver):
            pay(
                payer=there.ann, payee=there.shop, amount=12_50, text="", key=uuid4(), actor=actor(there.ann_login),
                at=AT + GOOD_FOR, day_limit=None, request=asked,
            )  # fmt: skip

    def test_looking_changes_nothing_and_cancelling_wants_a_form(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        client, asked = signed_in(olga), charged(there, counter)

        assert client.post(url("till_look", counter, asked)).status_code == 405
        assert client.get(url("till_cancel", counter, asked)).status_code == 405
        asked.refresh_from_db()
        assert asked.state == RequestState.OPEN
