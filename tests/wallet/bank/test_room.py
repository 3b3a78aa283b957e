"""The bank's room of a finance desk: what is shown, to whom, and what its forms do."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from ledger.models import Funding
from people.models import User
from tests.factories.people import organisation
from tests.factories.wallet import Place, place
from tests.wallet.bank.files import OTHER_IBAN, camt, line, swift
from tests.wallet.bank.stage import announced, at_desk, circulation, line_of, matched, uploaded
from tests.wallet.bank.test_by_hand import a_line, proposed
from tests.wallet.payouts.stage import sells, sent
from wallet.models import BankLine, BankStatement, HandMatch


@pytest.fixture(autouse=True)
def _without_second_factor(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def room_of(there: Place) -> str:
    return reverse("finance_bank", args=[there.neighbourhood.slug])


def send(there: Place, content: bytes, user: User | None = None, name: str = "statement.xml") -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return signed_in(user or there.fenna).post(room_of(there), {"file": file}, follow=True)  # type: ignore[return-value]


def text_of(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    main = content[content.index("<main") : content.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


class TestUpload:
    def test_a_file_comes_in_and_what_fits_is_booked(self, there: Place) -> None:
        funding = announced(there)

        page = text_of(send(there, camt(line("1", 250_00, funding.reference), line("2", 75_00, "met dank"))))

        assert "2 new lines" in page
        assert "1 of them is booked" in page
        assert "250.00 coins issued" in page
        assert "There is no payment reference in it." in page
        assert circulation(there) == 250_00

    def test_it_says_line_by_line_what_was_wrong(self, there: Place) -> None:
        page = text_of(send(there, camt(line("1", 4_00), line("1", 4_00), line("3", 5_00, is_booked=False))))

        assert "2 lines were not taken in" in page
        assert "Another line in this file has the same number of the bank." in page
        assert "line 3 The bank has not booked this yet." in page

    def test_the_same_file_again_shows_the_first_result(self, there: Place) -> None:
        content = camt(line("1", 4_00))
        send(there, content)

        assert "1 new line" in text_of(send(there, content, there.vera))
        assert BankStatement.objects.count() == 1

    def test_lines_that_were_here_already_are_counted(self, there: Place) -> None:
        send(there, camt(line("1", 4_00)))

        page = text_of(send(there, camt(line("1", 4_00), line("2", 4_00))))

        assert "1 line was here already" in page

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "This file is empty."),
            (b"%PDF-1.4", "This is a PDF, for reading."),
            (b"PK\x03\x04", "This is a ZIP file."),
            (b"a;b;c", "This is not a bank statement that we can read."),
            (b"<html/>", "Choose CAMT.053, version 2 or 8"),
            (
                b'<!DOCTYPE a [<!ENTITY b "c">]><a/>',
                "There is something in this file that no bank puts there.",
            ),
            (camt(line("1", 4_00))[:-30], "damaged or not complete"),
            (swift(line("1", 4_00))[:-40], "The end of this file is missing."),
            (camt(line("1", 4_00)).replace(b">4.00<", b">5.00<"), "do not add up"),
            (camt(line("1", 4_00), iban=OTHER_IBAN), "another bank account than NL91ABNA0417164300"),
            (b"<" * (20 * 1024**2 + 1), "larger than 20 MB"),
        ],
    )
    def test_what_is_wrong_with_a_file_is_a_sentence_beside_the_field(
        self, there: Place, content: bytes, sentence: str
    ) -> None:
        response = send(there, content)

        assert response.status_code == 200
        assert sentence in text_of(response)
        assert (BankStatement.objects.count(), BankLine.objects.count()) == (0, 0)

    def test_no_file_at_all(self, there: Place) -> None:
        response = signed_in(there.fenna).post(room_of(there), {"file": "text"})

        assert "Choose the file that you downloaded from the bank." in text_of(response)

    def test_without_a_bank_account_the_room_says_what_to_do_first(self, there: Place) -> None:
        elsewhere = reverse(
            "finance_bank", args=["molenwijk-oost"]
        )  # of the same municipality, without an account

        page = text_of(signed_in(there.fenna).get(elsewhere))

        assert "We do not know the bank account yet" in page


class TestLines:
    def test_open_lines_are_shown_with_the_reason(self, there: Place) -> None:
        funding = announced(there)
        uploaded(there, camt(line("1", 245_00, funding.reference)))

        page = text_of(signed_in(there.fenna).get(room_of(there)))

        assert "1 bank line to work off" in page
        assert "Another amount was announced. It was 250.00 euros." in page

    def test_lines_in_each_state_have_an_address(self, there: Place) -> None:
        funding = announced(there)
        uploaded(there, camt(line("1", 250_00, funding.reference), line("2", -9_95, "kosten")))
        matched(there)
        client = signed_in(there.fenna)

        assert "kosten" in text_of(client.get(room_of(there)))
        assert "coins issued" in text_of(client.get(f"{room_of(there)}?state=MATCHED"))
        assert "There are none yet" in text_of(client.get(f"{room_of(there)}?state=IGNORED"))
        assert "kosten" in text_of(client.get(f"{room_of(there)}?state=nonsense&page=zz"))

    def test_lines_are_matched_again_on_demand(self, there: Place) -> None:
        funding = announced(there)
        uploaded(there, camt(line("1", 250_00, funding.reference)))
        address = reverse("finance_bank_match", args=[there.neighbourhood.slug])

        assert "1 line booked." in signed_in(there.fenna).post(address, follow=True).content.decode()
        assert "None of the open lines" in signed_in(there.fenna).post(address, follow=True).content.decode()
        assert signed_in(there.fenna).get(address).status_code == 405

    def test_a_line_is_left_aside_with_a_reason(self, there: Place) -> None:
        found = a_line(there, -9_95)
        address = reverse("finance_bank_ignore", args=[there.neighbourhood.slug, found.pk])
        client = signed_in(there.fenna)

        assert "Write down why." in text_of(client.post(address, {"why": ""}))
        assert "left aside" in client.post(address, {"why": "costs"}, follow=True).content.decode()
        assert line_of(there, "1").state == "IGNORED"
        assert "worked off already" in text_of(client.post(address, {"why": "costs"}))

    def test_a_line_without_an_announcement_leads_to_announcing_it(self, there: Place) -> None:
        found = a_line(there)
        page = signed_in(there.fenna).get(
            reverse("finance_bank_line", args=[there.neighbourhood.slug, found.pk])
        )

        assert "finance/molenwijk/fundings/" in page.content.decode()


class TestProposals:
    def test_one_person_proposes_and_another_approves(self, there: Place) -> None:
        funding, found = announced(there), a_line(there)
        slug = there.neighbourhood.slug
        address = reverse("finance_bank_line", args=[slug, found.pk])
        client = signed_in(there.fenna)
        assert "announced 250.00 euros for Soep" in text_of(client.get(address))
        form = {
            "key": "6f2c9e5e-8a39-4b1c-9f0e-7a1f6f0f8a11",
            "target": f"funding-{funding.pk}",
            "reason": "They called",
        }

        client.post(address, form)
        client.post(address, form)

        match = HandMatch.objects.get()
        proposal = reverse("finance_bank_proposal", args=[slug, match.pk])
        assert "A colleague decides" in text_of(client.get(proposal))
        assert "You have done the first half" in text_of(client.post(proposal, {"event": "approve"}))
        second = signed_in(there.vera)
        assert "Waits for a second person" in text_of(second.get(room_of(there)))
        assert "What came in is booked: 245.00." in text_of(second.get(proposal))
        answer = second.post(proposal, {"event": "approve"}, follow=True)
        assert "Approved. The line is booked." in answer.content.decode()
        assert circulation(there) == 245_00
        assert "already been dealt with" in text_of(second.post(proposal, {"event": "approve"}))

    def test_a_payout_is_chosen_by_its_amount(self, there: Place) -> None:
        sells(there)
        payout = sent(there)
        found = a_line(there, -100_00)
        address = reverse("finance_bank_line", args=[there.neighbourhood.slug, found.pk])

        assert f"Payout of 100.00 euros to {payout.name}" in text_of(signed_in(there.fenna).get(address))

    @pytest.mark.parametrize("target", ["", "funding-0", "payout-x", "funding-99999"])
    def test_what_cannot_be_chosen_is_a_sentence(self, there: Place, target: str) -> None:
        announced(there)
        found = a_line(there)
        address = reverse("finance_bank_line", args=[there.neighbourhood.slug, found.pk])

        page = text_of(signed_in(there.fenna).post(address, {"target": target, "key": "x"}))

        assert "Choose what this line is." in page
        assert "Write down how you know." in page

    def test_an_event_that_there_is_not_does_nothing(self, there: Place) -> None:
        match = proposed(there, a_line(there), announced(there))
        address = reverse("finance_bank_proposal", args=[there.neighbourhood.slug, match.pk])

        assert signed_in(there.vera).post(address, {"event": "explode"}).status_code == 200
        match.refresh_from_db()
        assert match.state == "PROPOSED"


class TestWhoSeesIt:
    def test_for_everybody_else_there_is_no_such_page(self, there: Place) -> None:
        other = place("Sluiskade", iban=OTHER_IBAN)
        match = proposed(there, a_line(there), announced(there))
        slug = there.neighbourhood.slug
        addresses = [
            room_of(there),
            reverse("finance_bank_statement", args=[slug, match.line.statement_id]),
            reverse("finance_bank_line", args=[slug, match.line_id]),
            reverse("finance_bank_proposal", args=[slug, match.pk]),
            reverse("demo_statement", args=[slug, "camt053"]),
        ]
        for user in (there.ann_login, there.cas_login, there.sjoerd, there.owner_of_club, other.fenna):
            for address in addresses:
                assert signed_in(user).get(address).status_code == 404, address
                assert signed_in(user).post(address, {"event": "approve"}).status_code == 404, address
        assert Client().get(room_of(there)).status_code == 302

    def test_what_belongs_to_another_neighbourhood_is_not_found_at_this_desk(self, there: Place) -> None:
        other = place("Sluiskade", iban=OTHER_IBAN)
        match = proposed(there, a_line(there), announced(there))
        slug = other.neighbourhood.slug
        for name, pk in (
            ("finance_bank_statement", match.line.statement_id),
            ("finance_bank_line", match.line_id),
            ("finance_bank_ignore", match.line_id),
            ("finance_bank_proposal", match.pk),
        ):
            assert (
                signed_in(other.fenna).post(reverse(name, args=[slug, pk]), {"why": "x"}).status_code == 404
            )

    def test_a_staff_member_needs_a_second_factor(self, there: Place, settings: Settings) -> None:
        settings.STAFF_SECOND_FACTOR = True

        assert signed_in(there.fenna).get(room_of(there)).status_code == 302


def of_somebody(there: Place, no: int) -> Funding:
    """Each of another funder."""
    return announced(there, 10_00, f"{no}", funder=organisation(f"Funder {no}"))


class TestQueries:
    @pytest.mark.parametrize("number", [1, 3])
    def test_a_list_costs_the_same_with_one_line_and_with_three(
        self, there: Place, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        fundings = [of_somebody(there, no) for no in range(2 * number)]
        lines = [line(f"o{no}", 9_00, one.reference) for no, one in enumerate(fundings)]
        uploaded(there, camt(*lines))
        for no in range(number):
            proposed(there, line_of(there, f"o{no}"), fundings[no], name=f"p{no}")
        client = signed_in(there.fenna)
        client.get(room_of(there))

        with django_assert_num_queries(20):
            client.get(room_of(there))

    @pytest.mark.parametrize("number", [1, 3])
    def test_booked_lines_cost_the_same_with_one_and_with_three(
        self, there: Place, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        fundings = [of_somebody(there, no) for no in range(number)]
        lines = [line(f"o{no}", 10_00, one.reference) for no, one in enumerate(fundings)]
        statement = uploaded(there, camt(*lines))
        matched(there)
        client = signed_in(there.fenna)
        address = reverse("finance_bank_statement", args=[there.neighbourhood.slug, statement.pk])
        client.get(address)

        with django_assert_num_queries(17):
            client.get(address)


def test_the_actor_of_the_desk_stands_for_the_municipality(there: Place) -> None:
    assert at_desk(there).principal == there.municipality
