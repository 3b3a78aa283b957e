"""The room of payouts at a finance desk: who comes in, what it says, and that it stays quick."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Neighbourhood
from people.models import Role
from tests.factories.people import mandate
from tests.factories.wallet import AT, SYSTEM, Place, place
from tests.wallet.payouts.stage import (
    ComeIn,
    another_shop,
    approved,
    at_desk,
    debit,
    ended_pot,
    exported,
    give_iban,
    mine,
    requested,
    room,
    sent,
    words,
)
from wallet.models import Payout, PayoutRun, PayoutVersion, Treasury
from wallet.operations.payouts import approve_payouts, settle
from wallet.queries.payouts import file_of
from wallet.states import PayoutState

STRANGERS = ["ann_login", "ben_login", "cas_login", "sjoerd", "owner_of_club"]
QUERIES_OF_THE_ROOM = 23
QUERIES_OF_A_FILE = 18


class TestRoom:
    def test_from_asked_for_to_sent_by_two_people(self, there: Place, come_in: ComeIn) -> None:
        payout = requested(there)
        first, second = come_in(there.fenna), come_in(there.vera)

        first.post(room(there, "finance_payouts_approve"), {"payouts": [payout.pk]})
        form = {"payouts": [payout.pk], "version": PayoutVersion.V03, "key": str(uuid4())}
        made = [second.post(room(there, "finance_payouts_make"), form) for _time in range(2)]
        run = PayoutRun.objects.get()
        where = room(there, "finance_payout_run", run.pk)
        file = second.get(room(there, "finance_payout_file", run.pk))
        said = second.post(where, {"on": "2026-11-22"}, follow=True)

        assert [one.headers["Location"] for one in made] == [where, where]
        assert file.content == file_of(run)
        assert run.message_id in file.headers["Content-Disposition"]
        assert "Written down: the file went to the bank." in words(said)
        assert "went to the bank" in words(first.get(room(there)))

    def test_who_approved_reads_that_a_colleague_makes_the_file(self, there: Place, come_in: ComeIn) -> None:
        payout = approved(there)
        form = {"payouts": [payout.pk], "version": PayoutVersion.V03, "key": str(uuid4())}
        client = come_in(there.fenna)

        shown = words(client.get(room(there)))
        answer = client.post(room(there, "finance_payouts_make"), form)

        assert "You approved it: a colleague makes the file" in shown
        assert "A second person does the other half." in words(answer)
        assert PayoutRun.objects.count() == 0

    @pytest.mark.parametrize("name", ["finance_payouts_approve", "finance_payouts_make"])
    def test_choosing_nothing_or_something_strange_is_a_sentence(
        self, there: Place, come_in: ComeIn, name: str
    ) -> None:
        approved(there)
        client = come_in(there.vera)
        form = {"version": PayoutVersion.V03, "key": str(uuid4())}

        assert "Choose at least one payout." in words(client.post(room(there, name), form))
        for strange in ("999999", "x", "", "99999999999999999999"):
            answer = client.post(room(there, name), {**form, "payouts": [strange]})
            assert "Some of these payouts are no longer waiting." in words(answer)

    def test_one_that_may_not_be_approved_is_named(self, there: Place, come_in: ComeIn) -> None:
        payout = requested(there)
        mandate(person=there.fenna, principal=there.shop.holder, role=Role.OPERATOR)

        answer = come_in(there.fenna).post(
            room(there, "finance_payouts_approve"), {"payouts": [payout.pk]}, follow=True
        )

        assert "Shop Molenwijk: This is about your own money." in words(answer)

    @pytest.mark.parametrize("who", STRANGERS)
    def test_others_find_no_such_room(self, there: Place, come_in: ComeIn, who: str) -> None:
        payout = sent(there)
        client = come_in(getattr(there, who))
        assert payout.run is not None
        pages = [
            room(there), room(there, "finance_payouts_pots"), room(there, "finance_payout_cancel", payout.pk),
            room(there, "finance_payout_fail", payout.pk), room(there, "finance_payout_run", payout.run.pk),
            room(there, "finance_payout_file", payout.run.pk),
        ]  # fmt: skip

        assert {client.get(page).status_code for page in pages} == {404}
        posts = [*pages[1:5], room(there, "finance_payouts_approve"), room(there, "finance_payouts_make")]
        assert {client.post(page).status_code for page in posts} == {404}

    def test_the_desk_of_another_neighbourhood_reaches_nothing_here(
        self, there: Place, come_in: ComeIn
    ) -> None:
        elsewhere = place("Sluiskade", iban="NL02RABO0123456789")
        payout = sent(there)
        client = come_in(elsewhere.fenna)
        assert payout.run is not None

        for name, pk in (
            ("finance_payout_cancel", payout.pk), ("finance_payout_fail", payout.pk),
            ("finance_payout_run", payout.run.pk), ("finance_payout_file", payout.run.pk),
        ):  # fmt: skip
            assert client.get(room(elsewhere, name, pk)).status_code == 404

    def test_stopping_one_asks_why(self, there: Place, come_in: ComeIn) -> None:
        payout = requested(there)
        client, address = come_in(there.fenna), room(there, "finance_payout_cancel", payout.pk)

        assert client.get(address).status_code == 200
        assert "This field is required." in words(client.post(address, {"reason": ""}))
        client.post(address, {"reason": "Wrong name."})

        payout.refresh_from_db()
        assert payout.state == PayoutState.CANCELLED

    def test_one_that_the_bank_could_not_pay(self, there: Place, come_in: ComeIn) -> None:
        payout = sent(there)
        client, address = come_in(there.fenna), room(there, "finance_payout_fail", payout.pk)

        assert client.get(address).status_code == 200
        answer = client.post(address, {"reason": "The account is closed."}, follow=True)

        assert "Shop Molenwijk has the coins back." in words(answer)
        assert "The account is closed." in words(come_in(there.sjoerd).get(mine(there)))

    def test_whoever_sent_the_file_reads_that_a_colleague_says_what_failed(
        self, there: Place, come_in: ComeIn
    ) -> None:
        payout = sent(there)
        assert payout.run is not None
        where = room(there, "finance_payout_run", payout.run.pk)
        address = room(there, "finance_payout_fail", payout.pk)
        sender, other = come_in(there.vera), come_in(there.fenna)

        answer = sender.post(address, {"reason": "The account is closed."})

        payout.refresh_from_db()
        assert payout.state == PayoutState.EXPORTED
        assert "A second person does the other half." in words(answer)
        shown = words(sender.get(where))
        assert "a colleague writes that down" in shown
        assert "The bank could not pay it" not in shown
        shown = words(other.get(where))
        assert "a colleague writes that down" not in shown
        assert "The bank could not pay it" in shown

    def test_the_reason_is_gone_when_the_bank_paid_it_after_all(self, there: Place, come_in: ComeIn) -> None:
        payout = sent(there)
        assert payout.run is not None
        client, where = come_in(there.fenna), room(there, "finance_payout_run", payout.run.pk)
        client.post(room(there, "finance_payout_fail", payout.pk), {"reason": "The account is closed."})
        assert "The account is closed." in words(client.get(where))

        settle(payout=payout, line=debit(there, payout), actor=SYSTEM, at=AT)

        shown = words(client.get(where))
        assert "left the bank on" in shown
        assert "The account is closed." not in shown

    def test_what_is_in_no_file_cannot_fail(self, there: Place, come_in: ComeIn) -> None:
        address = room(there, "finance_payout_fail", requested(there).pk)

        assert come_in(there.fenna).get(address).status_code == 404

    def test_a_day_that_is_none_is_a_sentence(self, there: Place, come_in: ComeIn) -> None:
        payout = exported(there)
        assert payout.run is not None
        client, where = come_in(there.vera), room(there, "finance_payout_run", payout.run.pk)

        assert "Enter a date, for example 21-11-2026." in words(client.post(where, {"on": "32-13"}))
        assert "Choose a day from when the file was made until today." in words(
            client.post(where, {"on": "2030-01-01"})
        )

    def test_what_to_look_at_twice(self, there: Place, come_in: ComeIn) -> None:
        client = come_in(there.fenna)
        first = exported(there)
        assert "The first payout to this organisation." not in words(client.get(room(there)))
        requested(there, 1_00, "early")
        assert "The first payout to this organisation." in words(client.get(room(there)))

        settle(payout=first, line=debit(there, first), actor=SYSTEM, at=AT)
        _owner, theirs = another_shop(there, "Oma", "NL39RABO0300065264")
        give_iban(there.shop.holder, "NL39RABO0300065264")
        requested(there, 2_00, "late")
        shown = words(client.get(room(there)))

        assert (
            "Another bank account than last time: that was NL20 INGB 0001 2345 67. Ask whether it is right."
            in shown
        )
        assert "The IBAN was changed after this payout was asked for." in shown  # of the early one
        assert "This bank account is also that of Shop of Oma." in shown
        assert "This bank account is also that of Shop Molenwijk." in shown
        assert theirs.name == "Shop of Oma"

    def test_pots_that_have_ended(self, there: Place, come_in: ComeIn) -> None:
        give_iban(there.municipality, "NL02RABO0123456789")
        pot = ended_pot(there)
        client = come_in(there.fenna)
        assert "Nothing is left over" in words(client.get(room(there, "finance_payouts_pots")))

        with time_machine.travel(AT + timedelta(days=3), tick=False):
            shown = words(client.get(room(there, "finance_payouts_pots")))
            form = {"pot": pot.pk, "key": str(uuid4())}
            answers = [
                client.post(room(there, "finance_payouts_pots"), form, follow=True) for _time in range(2)
            ]

        assert "Pay 50.00 euros back to Municipality of Molenwijk" in shown
        assert {one.status_code for one in answers} == {200}
        assert Payout.objects.get().payee == there.municipality

    def test_a_funder_without_a_bank_account_is_a_sentence(self, there: Place, come_in: ComeIn) -> None:
        pot = ended_pot(there)

        with time_machine.travel(AT + timedelta(days=3), tick=False):
            answer = come_in(there.fenna).post(
                room(there, "finance_payouts_pots"), {"pot": pot.pk, "key": str(uuid4())}
            )

        assert "We do not know the bank account of Municipality of Molenwijk yet." in words(answer)

    def test_a_neighbourhood_without_a_bank_account_says_so(self, there: Place, come_in: ComeIn) -> None:
        elsewhere = Neighbourhood.objects.get(coin=there.cas.coin)
        assert not Treasury.objects.filter(neighbourhood=elsewhere).exists()

        answer = come_in(there.fenna).get(reverse("finance_payouts", args=[elsewhere.slug]))

        assert "Nobody has said yet from which bank account is paid" in words(answer)

    @pytest.mark.parametrize("count", [1, 3])
    def test_more_that_waits_asks_no_more_of_the_database(
        self, there: Place, come_in: ComeIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(count):
            another_shop(there, f"Oma{number}", "NL02RABO0123456789")
            _owner, theirs = another_shop(there, f"Opa{number}", "NL39RABO0300065264")
            approve_payouts(
                treasury=there.treasury, payouts=[theirs], actor=at_desk(there, there.fenna), at=AT
            )
            exported(there, 1_00, f"payout {number}")
        client = come_in(there.vera)
        client.get(room(there))

        with django_assert_num_queries(QUERIES_OF_THE_ROOM):
            client.get(room(there))

    @pytest.mark.parametrize("count", [1, 3])
    def test_more_in_a_file_ask_no_more_of_the_database(
        self, there: Place, come_in: ComeIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        theirs = [another_shop(there, f"Oma{number}", "NL02RABO0123456789")[1] for number in range(count)]
        approve_payouts(treasury=there.treasury, payouts=theirs, actor=at_desk(there, there.fenna), at=AT)
        form = {"payouts": [one.pk for one in theirs], "version": PayoutVersion.V09, "key": str(uuid4())}
        client = come_in(there.vera)
        where = client.post(room(there, "finance_payouts_make"), form).headers["Location"]
        client.get(where)

        with django_assert_num_queries(QUERIES_OF_A_FILE):
            client.get(where)
