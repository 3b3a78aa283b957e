"""Money in at the finance desk: announced for an organisation, cancelled, and taken back by the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import AuditEntry
from core.refusals import NotAllowed
from ledger.kinds import FundingState
from ledger.models import Account, Funding
from ledger.operations import InsufficientFunds, receive_funding, transfer
from people.models import PartyKind, Role
from tests.factories.ledger import SYSTEM
from tests.factories.people import mandate, organisation
from tests.factories.wallet import fund, key, place
from tests.wallet.finance_desk.scene import at_desk, line, url
from tests.wallet.fundings.scene import LAST_DAY, NOW, Scene, announced, signed_in, words
from wallet.models import BankLine
from wallet.operations.fundings import NotThisLine, give_back
from wallet.permissions import OwnMoney
from wallet.states import BankLineState

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

    for rest in ("", "cancel/", "return/"):
        there = url(of, f"fundings/{theirs.reference}/{rest}")
        assert fenna(of).post(there, {"reason": "x"}).status_code == 404


def test_what_the_bank_took_back_is_taken_back_once(of: Scene) -> None:
    funding, went = received(of), line(of, -50_00)
    desk, there = fenna(of), url(of, f"fundings/{funding.reference}/return/")

    for _time in range(2):
        assert desk.post(there, {"line": went.pk, "reason": "Reversed"}).status_code == 302

    funding.refresh_from_db()
    went.refresh_from_db()
    assert funding.state == FundingState.RETURNED
    assert balance(of.there.pot) == 0
    assert (went.state, went.funding_id, went.settled_by) == (
        BankLineState.MATCHED, funding.pk, of.there.fenna.person,
    )  # fmt: skip
    assert AuditEntry.objects.filter(event="funding.return").count() == 1


def test_given_back_twice_is_given_back_once(of: Scene) -> None:
    funding, went = received(of), line(of, -50_00)

    for _time in range(2):
        done = give_back(funding=funding, line=went, reason="Reversed", actor=at_desk(of), at=NOW)

    assert done.pk == funding.pk
    assert balance(of.there.pot) == 0


@pytest.mark.parametrize("amount", [50_00, -49_99, -50_01])
def test_only_a_line_by_which_the_same_went_off_will_do(of: Scene, amount: int) -> None:
    funding, other = received(of), line(of, amount)

    with pytest.raises(NotThisLine):
        give_back(funding=funding, line=other, reason="x", actor=at_desk(of), at=NOW)
    page = fenna(of).post(url(of, f"fundings/{funding.reference}/return/"), {"line": other.pk, "reason": "x"})
    assert "This line is no longer there" in words(page)
    assert balance(of.there.pot) == 50_00


def test_a_line_of_another_bank_account_will_not_do(of: Scene) -> None:
    elsewhere = Scene(place("Sluiskade", "NL39RABO0300065264"), of.bakery, of.olga, of.pat)
    funding, theirs = received(of), line(of, -50_00)
    other = BankLine(
        treasury=elsewhere.there.treasury, statement=theirs.statement, no=9, bank_id="X", booked_on=theirs.booked_on,
        amount=-50_00,
    )  # fmt: skip
    other.save()

    with pytest.raises(NotThisLine):
        give_back(funding=funding, line=other, reason="x", actor=at_desk(of), at=NOW)


def test_a_line_that_is_left_aside_will_not_do(of: Scene) -> None:
    with pytest.raises(NotThisLine):
        give_back(
            funding=received(of), line=line(of, -50_00, state=BankLineState.IGNORED), reason="x",
            actor=at_desk(of), at=NOW,
        )  # fmt: skip


def test_spent_coins_cannot_be_taken_back_and_the_line_stays_open(of: Scene) -> None:
    funding, went = received(of), line(of, -50_00)
    transfer(
        payer=of.there.pot, payee=of.there.ann, amount=1_00, kind="REWARD", label="GIFT", key=key("spent"),
        actor=SYSTEM, at=NOW,
    )  # fmt: skip

    with pytest.raises(InsufficientFunds):
        give_back(funding=funding, line=went, reason="x", actor=at_desk(of), at=NOW)

    went.refresh_from_db()
    assert went.state == BankLineState.NEW
    page = fenna(of).post(url(of, f"fundings/{funding.reference}/return/"), {"line": went.pk, "reason": "x"})
    assert "There is not enough on this account" in words(page)


def test_what_never_came_in_cannot_go_back(of: Scene) -> None:
    with pytest.raises(NotThisLine):
        give_back(funding=announced(of), line=line(of, -50_00), reason="x", actor=at_desk(of), at=NOW)


def test_nobody_gives_their_own_organisations_money_back(of: Scene) -> None:
    mandate(person=of.there.fenna, principal=of.bakery, role=Role.MEMBER)
    funding, went = received(of), line(of, -50_00)

    with pytest.raises(OwnMoney):
        give_back(funding=funding, line=went, reason="x", actor=at_desk(of), at=NOW)
    give_back(funding=funding, line=went, reason="x", actor=at_desk(of, of.there.vera), at=NOW)


def test_a_linked_second_login_does_not_help_there(of: Scene) -> None:
    mandate(person=of.there.ben_login, principal=of.bakery)
    of.there.ben_login.person.same_person_as = of.there.fenna.person
    of.there.ben_login.person.save()

    with pytest.raises(OwnMoney):
        give_back(funding=received(of), line=line(of, -50_00), reason="x", actor=at_desk(of), at=NOW)


@pytest.mark.parametrize("who", ["olga", "ann"])
def test_the_funder_and_residents_give_nothing_back(of: Scene, who: str) -> None:
    login = {"olga": of.olga, "ann": of.there.ann_login}[who]

    with pytest.raises(NotAllowed):
        give_back(funding=received(of), line=line(of, -50_00), reason="x", actor=at_desk(of, login), at=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    of: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        announced(of, name=str(number), funder=organisation(f"Firm {number}"), actor=SYSTEM)
    desk = fenna(of)
    desk.get(url(of, "fundings/"))

    with django_assert_num_queries(QUERIES_OF_LIST):
        desk.get(url(of, "fundings/"))


QUERIES_OF_LIST = 13
