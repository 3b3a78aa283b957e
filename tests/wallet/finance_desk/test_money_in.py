"""Money in at the finance desk: announced for an organisation, cancelled, and taken back by the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import AuditEntry
from ledger.kinds import FundingState
from ledger.models import Account, Funding
from ledger.operations import receive_funding
from people.models import PartyKind
from tests.factories.ledger import SYSTEM
from tests.factories.people import organisation
from tests.factories.wallet import fund, key, open_for, place
from tests.wallet.finance_desk.scene import line, url
from tests.wallet.fundings.scene import LAST_DAY, NOW, Scene, announced, signed_in, words
from wallet.models import HandMatch

if TYPE_CHECKING:
    from django.test import Client


def form(of: Scene, **changed: str) -> dict[str, str]:
    return {
        "key": str(uuid4()), "funder": "bakery", "payee": of.there.pot.address, "amount": "50.00",
        "purpose": "Soup", "expires_on": LAST_DAY.isoformat(), "step": "confirm", **changed,
    }  # fmt: skip


def fenna(of: Scene) -> Client:
    return signed_in(of.there.fenna)


def received(of: Scene, amount: int = 50_00) -> Funding:
    return receive_funding(
        funding=announced(of, amount), amount=amount, bank_reference="in", key=key("in"), actor=SYSTEM, at=NOW
    )


def balance(account: Account) -> int:
    account.refresh_from_db()
    return int(account.balance)


@pytest.mark.parametrize("typed", ["Bakery", "  bAKERY ", "12345678", "1234 5678"])
def test_an_organisation_is_meant_by_its_exact_name_or_number(of: Scene, typed: str) -> None:
    fenna(of).post(url(of, "fundings/announce/"), form(of, funder=typed))

    assert Funding.objects.get().funder_id == of.bakery.pk


@pytest.mark.parametrize("typed", ["Bak", "Bakery%", "Ann de Vries", "The Bakers", "00000000", "1", "\u0661"])
def test_nothing_else_is(of: Scene, typed: str) -> None:
    organisation("The Bakers", kind=PartyKind.HOUSEHOLD)

    page = fenna(of).post(url(of, "fundings/announce/"), form(of, funder=typed))

    assert "We do not know an organisation" in words(page)
    assert Funding.objects.count() == 0


def test_of_two_with_one_name_the_number_is_asked(of: Scene) -> None:
    organisation("BAKERY")

    page = fenna(of).post(url(of, "fundings/announce/"), form(of))

    assert "Enter the KvK number" in words(page)


def test_it_is_shown_once_more_with_the_name_of_the_organisation(of: Scene) -> None:
    page = words(fenna(of).post(url(of, "fundings/announce/"), form(of, step="")))

    assert "Announce 50.00 euros" in page
    assert "From Bakery" in page
    assert Funding.objects.count() == 0


def test_sent_twice_is_announced_once(of: Scene) -> None:
    desk, sent = fenna(of), form(of)

    first, second = (desk.post(url(of, "fundings/announce/"), sent) for _time in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Funding.objects.count() == 1


def test_a_line_of_the_bank_fills_the_form_in(of: Scene) -> None:
    came = line(of, 1_234_50, text="For the soup " * 30)

    page = fenna(of).get(url(of, f"fundings/announce/?line={came.pk}")).content.decode()

    assert 'value="1,234.50"' in page
    assert 'value="Bakery"' in page
    done = fenna(of).post(url(of, f"fundings/announce/?line={came.pk}"), form(of))
    assert done.headers["Location"] == reverse("finance_bank", args=["molenwijk"])


@pytest.mark.parametrize("asked", ["0", "999", "-1", "x", "1e3", "9" * 40, "\u0663"])
def test_a_line_that_is_none_is_no_page(of: Scene, asked: str) -> None:
    assert fenna(of).get(url(of, "fundings/announce/"), {"line": asked}).status_code == 404


def test_a_line_of_elsewhere_or_one_that_went_out_is_no_page(of: Scene) -> None:
    other = place("Sluiskade", "NL39RABO0300065264")
    went, theirs = line(of, -5_00), line(of, 5_00)

    assert fenna(of).get(url(of, f"fundings/announce/?line={went.pk}")).status_code == 404
    there = f"/en/finance/{other.neighbourhood.slug}/fundings/announce/?line={theirs.pk}"
    assert signed_in(other.fenna).get(there).status_code == 404


def test_without_a_bank_account_one_names_it_first(of: Scene) -> None:
    answer = fenna(of).get("/en/finance/molenwijk-oost/fundings/announce/")

    assert answer.headers["Location"] == "/en/finance/molenwijk-oost/treasury/"


def test_each_tab_shows_its_own(of: Scene) -> None:
    expected = announced(of, name="expected")
    came = fund(of.there, of.there.pot, 77_00)

    desk = fenna(of)
    assert expected.reference[-3:] in words(desk.get(url(of, "fundings/")))
    assert "77.00" not in words(desk.get(url(of, "fundings/")))
    assert came.reference[-3:] in words(desk.get(url(of, "fundings/?show=received")))
    assert "Here is what was withdrawn" in words(desk.get(url(of, "fundings/?show=over")))
    assert desk.get(url(of, "fundings/?show=%00&page=zz")).status_code == 200


def test_cancelling_needs_a_reason_and_twice_is_once(of: Scene) -> None:
    desk, funding = fenna(of), announced(of)
    there = url(of, f"fundings/{funding.reference}/cancel/")

    assert "Write down why" in words(desk.post(there, {"reason": "  "}))
    for _time in range(2):
        assert desk.post(there, {"reason": "The bakery has closed"}).status_code == 302

    funding.refresh_from_db()
    entry = AuditEntry.objects.get(event="funding.cancel")
    assert (funding.state, entry.note.text) == (FundingState.CANCELLED, "The bakery has closed")
    assert desk.get(there).status_code == 302


def test_a_funding_for_another_coin_is_no_page(of: Scene) -> None:
    other = place("Sluiskade", "NL39RABO0300065264")
    theirs = fund(other, other.pot, 5_00)

    for rest in ("", "cancel/"):
        there = url(of, f"fundings/{theirs.reference}/{rest}")
        assert fenna(of).post(there, {"reason": "x"}).status_code == 404


def test_a_pot_of_another_funder_takes_no_money_and_the_page_says_so(of: Scene) -> None:
    page = fenna(of).post(url(of, "fundings/announce/"), form(of, funder="Shop Molenwijk", step=""))

    assert "Shop Molenwijk is not the funder of this pot" in words(page)
    assert "Soep, spent by Football club Molenwijk, paid by Bakery" in words(page)
    assert Funding.objects.count() == 0


def test_what_the_bank_took_back_leads_to_its_line_where_two_persons_say_so(of: Scene) -> None:
    funding, went = received(of), line(of, -50_00)
    line(of, -49_99)
    here, there = url(of, f"fundings/{funding.reference}/"), url(of, f"bank/line/{went.pk}/")
    assert fenna(of).get(here).content.decode().count("/bank/line/") == 1
    assert there in fenna(of).get(here).content.decode()
    assert "Bakery gave 50.00 euros for Soep" in words(fenna(of).get(there))

    sent = {"key": str(uuid4()), "target": f"funding-{funding.pk}", "reason": "Reversed"}
    for _time in range(2):
        assert fenna(of).post(there, sent).status_code == 302
    match = HandMatch.objects.get()
    assert balance(of.there.pot) == 50_00

    proposal = reverse("finance_bank_proposal", args=[of.there.neighbourhood.slug, match.pk])
    asked = words(fenna(of).get(proposal, headers={"Accept-Language": "en"}))
    assert "Did these 50.00 euros go back to Bakery?" in asked
    assert "A second person does the other half" in words(fenna(of).post(proposal, {"event": "approve"}))
    assert signed_in(of.there.vera).post(proposal, {"event": "approve"}).status_code == 302
    assert balance(of.there.pot) == 0
    funding.refresh_from_db()
    assert funding.state == FundingState.RETURNED


def test_without_such_a_line_the_page_of_what_came_in_asks_for_the_statement(of: Scene) -> None:
    page = words(fenna(of).get(url(of, f"fundings/{received(of).reference}/")))

    assert "No line of the bank says so" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    of: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        firm, club = organisation(f"Firm {number}"), organisation(f"Club {number}")
        pot = open_for(of.there.neighbourhood, club, kind="POT", label=f"Pot {number}", funder=firm)
        announced(of, name=str(number), funder=firm, payee=pot, actor=SYSTEM)
    desk = fenna(of)
    desk.get(url(of, "fundings/"))

    with django_assert_num_queries(QUERIES_OF_LIST):
        desk.get(url(of, "fundings/"))


QUERIES_OF_LIST = 13
