"""Tills: who finds which, opens and closes them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from ledger.operations import AccountNotOpen, KeyReused, block_account, unblock_account
from people.models import Mandate, PartyKind, Role, User
from tests.factories.people import actor, mandate, organisation
from tests.factories.wallet import AT, SYSTEM, Place, key, open_for
from tests.wallet.till.conftest import signed_in
from tests.wallet.till.paying import charged, paid, till_of
from wallet.models import Till
from wallet.operations.tills import TillClosed, TillNameTaken, charge, close_till, open_till
from wallet.queries.tills import shops_of
from wallet.states import RequestState

TODAY = date(2026, 11, 22)


def opened(there: Place, user: User, name: str, form: str = "form") -> Till:
    actor_ = actor(user, principal=there.shop.holder)
    return open_till(account=there.shop, name=name, key=key(form), actor=actor_, at=AT)


class TestOpening:
    def test_whoever_stands_at_the_till_may_open_one_and_it_is_written_down(
        self, there: Place, olga: User
    ) -> None:
        till = opened(there, olga, "  Market   stall ")

        assert (till.name, till.opened_by, till.closed_at) == ("Market stall", olga.person, None)
        line = AuditEntry.objects.get(event="till.open")
        assert (line.subject_id, line.acted_by, line.acted_for) == (
            str(till.pk),
            olga.person,
            there.shop.holder,
        )
        assert [about.party for about in line.about.all()] == [there.shop.holder]

    def test_a_form_sent_twice_opens_one(self, there: Place, olga: User) -> None:
        assert opened(there, olga, "Stall") == opened(there, olga, "Stall")
        with pytest.raises(KeyReused):
            opened(there, olga, "Another stall")

        assert Till.objects.count() == 1

    def test_two_tills_have_two_names_until_one_is_closed(self, there: Place, olga: User) -> None:
        first = opened(there, olga, "Stall")
        with pytest.raises(TillNameTaken):
            opened(there, olga, "Stall", "other form")

        close_till(till=first, actor=actor(olga, principal=there.shop.holder), at=AT)

        assert opened(there, olga, "Stall", "third form") != first

    def test_the_database_knows_no_two_open_tills_of_one_name(self, counter: Till) -> None:
        again = {"account": counter.account, "opened_at": AT, "opened_by": counter.opened_by, "key": uuid4()}
        with pytest.raises(IntegrityError), transaction.atomic():
            Till.objects.create(name=counter.name, **again)

    @pytest.mark.parametrize("who", ["ann_login", "cas_login", "owner_of_club", "fenna"])
    def test_nobody_opens_one_for_whom_they_do_not_sell(self, there: Place, who: str) -> None:
        with pytest.raises(NotAllowed):
            opened(there, getattr(there, who), "Stall")

    def test_the_system_stands_at_no_till(self, there: Place) -> None:
        with pytest.raises(NotAllowed):
            open_till(account=there.shop, name="Stall", key=key("form"), actor=SYSTEM, at=AT)

    def test_a_household_has_no_till(self, there: Place) -> None:
        family = organisation("Family Jansen", kind=PartyKind.HOUSEHOLD)
        mandate(person=there.ann_login, principal=family)
        account = open_for(there.neighbourhood, family)

        with pytest.raises(NotAllowed):
            open_till(account=account, name="Door", key=key("form"), actor=actor(there.ann_login), at=AT)
        assert shops_of(there.ann_login.person, TODAY) == []

    @pytest.mark.parametrize("when", ["until_on", "from_on"])
    def test_an_office_that_ended_or_is_yet_to_begin_opens_nothing(
        self, there: Place, olga: User, when: str
    ) -> None:
        held = Mandate.objects.filter(person=olga.person)
        held.update(**{when: date(2026, 11, 21) if when == "until_on" else date(2026, 11, 23)})

        with pytest.raises(NotAllowed):
            opened(there, olga, "Stall")

    def test_a_blocked_account_gets_none_and_a_pot_has_none(self, there: Place, olga: User) -> None:
        block_account(account=there.shop, actor=SYSTEM, at=AT)
        with pytest.raises(AccountNotOpen):
            opened(there, olga, "Stall")
        with pytest.raises(Refusal) as refused:
            open_till(
                account=there.pot, name="Soup", key=key("soup"), actor=actor(there.owner_of_club), at=AT
            )
        assert refused.value.code == "unknown_account"


class TestClosing:
    def test_closing_takes_back_what_waits_and_leaves_what_was_paid(
        self, there: Place, counter: Till
    ) -> None:
        waits, done = charged(there, counter), paid(charged(there, counter), there.ann, there.ann_login)
        sjoerd = actor(there.sjoerd, principal=there.shop.holder)

        close_till(till=counter, actor=sjoerd, at=AT)
        close_till(till=counter, actor=sjoerd, at=AT)

        waits.refresh_from_db()
        done.refresh_from_db()
        assert (waits.state, done.state) == (RequestState.CANCELLED, RequestState.PAID)
        assert AuditEntry.objects.filter(event="till.close").count() == 1

    def test_a_closed_till_asks_nothing_any_more(self, there: Place, counter: Till) -> None:
        sjoerd = actor(there.sjoerd, principal=there.shop.holder)
        close_till(till=counter, actor=sjoerd, at=AT)

        with pytest.raises(TillClosed):
            charge(till=counter, amount=1_00, text="", key=uuid4(), actor=sjoerd, at=AT)

    def test_ann_closes_no_till_of_the_shop(self, there: Place, counter: Till) -> None:
        with pytest.raises(NotAllowed):
            close_till(till=counter, actor=actor(there.ann_login), at=AT)


class TestPages:
    def test_the_page_shows_the_tills_that_somebody_stands_at_and_opens_another(
        self, there: Place, counter: Till, olga: User
    ) -> None:
        client = signed_in(olga)
        page = client.get("/en/till/")
        assert "Counter" in page.content.decode()
        form = {"key": str(uuid4()), "account": there.shop.address, "name": "Market stall"}

        answers = [client.post("/en/till/", form) for _time in range(2)]

        made = Till.objects.get(name="Market stall")
        assert [answer["Location"] for answer in answers] == [reverse("till", args=[made.uuid])] * 2

    def test_a_name_that_is_taken_is_said_beside_its_field(self, there: Place, counter: Till) -> None:
        form = {"key": str(uuid4()), "account": there.shop.address, "name": "Counter"}
        page = signed_in(there.sjoerd).post("/en/till/", form).content.decode()

        assert "Name of the till – There is already a till with this name." in page

    @pytest.mark.parametrize(
        "wrong", [{"account": "x"}, {"name": ""}, {"name": "n" * 41}, {"key": "no"}, {"account": ""}]
    )
    def test_what_is_filled_in_wrong_is_said_and_opens_nothing(
        self, there: Place, wrong: dict[str, str]
    ) -> None:
        form = {"key": str(uuid4()), "account": there.shop.address, "name": "Stall", **wrong}
        page = signed_in(there.sjoerd).post("/en/till/", form)

        assert (page.status_code, page.context["form"].is_valid(), Till.objects.count()) == (200, False, 0)

    def test_nobody_opens_a_till_on_the_account_of_another_by_its_address(
        self, there: Place, olga: User
    ) -> None:
        form = {"key": str(uuid4()), "account": there.ann.address, "name": "Stall"}
        signed_in(olga).post("/en/till/", form)

        assert Till.objects.count() == 0

    def test_who_sells_for_nobody_reads_what_could_be_here(self, there: Place, counter: Till) -> None:
        page = signed_in(there.ann_login).get("/en/till/").content.decode()

        assert "You do not sell for anybody yet" in page
        assert "Counter" not in page

    def test_closing_asks_once_more(self, there: Place, counter: Till, olga: User) -> None:
        client, url = signed_in(olga), reverse("till_close", args=[counter.uuid])
        assert "Do you close till Counter?" in client.get(url).content.decode()

        client.post(url)

        counter.refresh_from_db()
        assert counter.closed_at is not None
        assert "closed on 22 November 2026" in client.get("/en/till/").content.decode()

    def test_a_blocked_account_is_said_on_the_list_and_at_its_till(self, there: Place, counter: Till) -> None:
        block_account(account=there.shop, actor=SYSTEM, at=AT)
        client = signed_in(there.sjoerd)

        assert "This account is blocked" in client.get("/en/till/").content.decode()
        page = client.get(reverse("till", args=[counter.uuid])).content.decode()
        assert "The account of this till is blocked" in page
        assert "Show the code" not in page

        unblock_account(account=there.shop, actor=SYSTEM, at=AT)
        assert "Show the code" in client.get(reverse("till", args=[counter.uuid])).content.decode()

    @pytest.mark.parametrize("shops", [1, 3])
    def test_the_list_costs_the_same_for_one_shop_as_for_three(
        self, there: Place, counter: Till, shops: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(shops - 1):
            other = organisation(f"Shop {number}")
            mandate(person=there.sjoerd, principal=other, role=Role.OPERATOR)
            account = open_for(there.neighbourhood, other)
            open_till(account=account, name="Stall", key=key(f"{number}"), actor=actor(there.sjoerd), at=AT)

        with django_assert_num_queries(3):
            found = shops_of(there.sjoerd.person, TODAY)
            assert [
                (shop.holder.display_name, shop.account.coin.name, till.name)
                for shop in found
                for till in shop.tills
            ]

        assert len(found) == shops


def test_two_tills_of_one_shop_know_nothing_of_each_other(there: Place, counter: Till) -> None:
    stall = till_of(there, "Stall")
    asked = charged(there, counter)
    client = signed_in(there.sjoerd)

    assert client.get(reverse("till_charge", args=[counter.uuid, asked.uuid])).status_code == 200
    for name in ("till_charge", "till_look", "till_refund"):
        assert client.get(reverse(name, args=[stall.uuid, asked.uuid])).status_code == 404
    assert client.post(reverse("till_cancel", args=[stall.uuid, asked.uuid])).status_code == 404
