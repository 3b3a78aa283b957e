"""What became of the money: the sums add up to the ledger, and of few people nothing is told apart."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoAssertNumQueries

from ledger.kinds import AccountKind, Label, TransferKind
from ledger.models import Transfer
from ledger.operations import charge_back, redeem, reserve, return_funding, transfer
from ledger.queries import given_to, pots_funded_by, spent_from, spent_since, totals_of
from tests.factories.ledger import SYSTEM
from tests.factories.people import child, organisation
from tests.factories.wallet import AT, fund, key, open_for
from tests.wallet.fundings.scene import NOW, TODAY, Scene, signed_in, words
from tests.wallet.paper.reading import words as paper_words
from wallet.queries.funders import report_of

if TYPE_CHECKING:
    from ledger.models import Account

MONTH = timedelta(days=31)


def people(of: Scene, number: int) -> list[Account]:
    return [open_for(of.there.neighbourhood, child(f"Kim {one}")) for one in range(number)]


def reward(
    of: Scene, payee: Account, amount: int, *, label: str = Label.VOLUNTEER_ALLOWANCE, at: datetime = NOW,
    pot: Account | None = None,
) -> Transfer:  # fmt: skip
    number = Transfer.objects.count()
    return transfer(
        payer=pot or of.there.pot, payee=payee, amount=amount, kind=TransferKind.REWARD, label=label,
        key=key(f"reward {number}"), actor=SYSTEM, at=at,
    )  # fmt: skip


def lines(pot: Account) -> list[tuple[str, str, int]]:
    return [
        (str(one.label or one.kind or "OTHER"), f"{one.month:%Y-%m}" if one.month else "", one.amount)
        for one in spent_from([pot])
    ]


def adds_up(pot: Account) -> bool:
    pot.refresh_from_db()
    totals = totals_of([pot])[pot.pk]
    told = sum(one.amount for one in spent_from([pot]))
    return told == totals.spent and (
        totals.issued + totals.other_in - totals.spent - totals.redeemed == pot.balance
    )


def test_what_five_people_received_in_a_month_is_told(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    for person in people(of, 5):
        reward(of, person, 4_00)

    assert lines(of.there.pot) == [("VOLUNTEER_ALLOWANCE", "2026-11", 20_00)]
    assert adds_up(of.there.pot)


def test_what_four_people_received_stands_under_other(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    for person in people(of, 4):
        reward(of, person, 4_00)

    assert lines(of.there.pot) == [("OTHER", "", 16_00)]
    assert adds_up(of.there.pot)


def test_five_payments_to_one_person_are_still_of_one_person(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    (person,) = people(of, 1)
    for _time in range(5):
        reward(of, person, 4_00)

    assert lines(of.there.pot) == [("OTHER", "", 20_00)]


def test_months_with_few_people_stand_together_when_they_are_many_together(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    all_of_them = people(of, 6)
    for number, person in enumerate(all_of_them):
        reward(of, person, 1_00, at=AT + MONTH * (number % 3))

    assert lines(of.there.pot) == [("VOLUNTEER_ALLOWANCE", "", 6_00)]
    assert adds_up(of.there.pot)


def test_what_few_received_as_different_things_is_one_sum(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    all_of_them = people(of, 7)
    for person in all_of_them[:5]:
        reward(of, person, 1_00)
    reward(of, all_of_them[5], 2_00, label=Label.EXPENSES)
    reward(of, all_of_them[6], 3_00, label=Label.WAGE)

    assert lines(of.there.pot) == [("VOLUNTEER_ALLOWANCE", "2026-11", 5_00), ("OTHER", "", 5_00)]
    assert adds_up(of.there.pot)


def test_what_was_undone_is_not_counted_nor_who_received_it(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    made = [reward(of, person, 4_00) for person in people(of, 6)]
    charge_back(transfer=made[0], amount=1_00, key=key("part"), actor=SYSTEM, at=NOW)
    assert lines(of.there.pot) == [("VOLUNTEER_ALLOWANCE", "2026-11", 23_00)]

    for one in made[1:3]:
        charge_back(transfer=one, amount=4_00, key=key(f"back {one.pk}"), actor=SYSTEM, at=NOW)
    assert lines(of.there.pot) == [("OTHER", "", 15_00)]  # four are left
    assert adds_up(of.there.pot)


def test_money_that_went_back_was_never_given(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    again = fund(of.there, of.there.pot, 30_00)
    return_funding(funding=again, bank_reference="back", key=key("return"), actor=SYSTEM, at=NOW)

    assert given_to([of.there.pot], of.there.municipality) == {of.there.pot.pk: 100_00}
    assert totals_of([of.there.pot])[of.there.pot.pk].issued == 100_00
    assert lines(of.there.pot) == []
    assert adds_up(of.there.pot)


def test_what_is_paid_back_in_euros_is_not_spent(of: Scene) -> None:
    pot = open_for(
        of.there.neighbourhood, of.bakery, kind="POT", label="Bread", funder=of.bakery, ends_on=TODAY
    )
    fund(of.there, pot, 100_00)
    issue = type(pot).objects.get(coin=of.there.coin, kind=AccountKind.ISSUE)
    held = reserve(
        payer=pot, payee=issue, amount=40_00, kind=TransferKind.REDEEM, key=key("held"),
        expires_at=NOW + 2 * MONTH + MONTH, actor=SYSTEM, at=NOW + MONTH,
    )  # fmt: skip
    redeem(
        reservation=held,
        to=of.bakery,
        bank_reference="out",
        key=key("redeemed"),
        actor=SYSTEM,
        at=NOW + MONTH,
    )

    totals = totals_of([pot])[pot.pk]
    assert (totals.spent, totals.redeemed) == (0, 40_00)
    assert adds_up(pot)


def test_coins_from_another_account_came_in_too(of: Scene) -> None:
    fund(of.there, of.there.ann, 10_00)
    transfer(
        payer=of.there.ann, payee=of.there.pot, amount=3_00, kind=TransferKind.PAYMENT, key=key("gift"),
        actor=SYSTEM, at=NOW,
    )  # fmt: skip

    assert totals_of([of.there.pot])[of.there.pot.pk].other_in == 3_00
    assert adds_up(of.there.pot)


def test_the_pace_counts_what_was_paid_since_a_day(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    ann = of.there.ann
    reward(of, ann, 5_00, at=AT - timedelta(days=40))
    undone = reward(of, ann, 7_00)
    charge_back(transfer=undone, amount=2_00, key=key("two"), actor=SYSTEM, at=NOW)

    assert spent_since([of.there.pot], TODAY) == {of.there.pot.pk: 5_00}
    assert spent_since([of.there.pot], TODAY - timedelta(days=60)) == {of.there.pot.pk: 10_00}
    assert spent_since([], TODAY) == {}


def test_pots_are_of_who_funds_them_and_of_whose_money_reached_them(of: Scene) -> None:
    assert list(pots_funded_by(of.bakery)) == [of.there.pot]
    assert list(pots_funded_by(of.there.municipality)) == []

    fund(of.there, of.there.pot, 5_00)
    assert list(pots_funded_by(of.there.municipality)) == [of.there.pot]


@pytest.mark.parametrize("pots", [1, 3])
def test_the_report_asks_as_much_for_one_pot_as_for_three(
    of: Scene, pots: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dairy = organisation("Dairy")
    for number in range(pots):
        club = organisation(f"Club {number}")
        pot = open_for(of.there.neighbourhood, club, kind="POT", label=f"P{number}", funder=dairy)
        fund(of.there, pot, 10_00)
        reward(of, of.there.ann, 1_00, pot=pot)

    with django_assert_num_queries(7):
        assert len(report_of(dairy, TODAY).pots) == pots


def test_the_page_and_the_paper_say_the_sums_of_the_ledger(of: Scene) -> None:
    pot = open_for(of.there.neighbourhood, of.there.pot.holder, kind="POT", label="Bread", funder=of.bakery)
    fund(of.there, pot, 1_000_00)  # the municipality gives too
    for person in people(of, 5):
        reward(of, person, 12_34, pot=pot)
    reward(of, of.there.ann, 5_00, label=Label.WAGE, pot=pot)
    olga = signed_in(of.olga)

    page = words(olga.get(f"/en/funding/{of.bakery.uuid}/"))
    paper = paper_words(olga.get(f"/en/funding/{of.bakery.uuid}/report.pdf").content)

    for said in (page, paper):
        assert "Allowance for volunteers" in said
        assert "November 2026" in said
        assert "Others gave" in said
        for sum_of in ("61.70", "5.00", "66.70", "933.30", "1,000.00"):
            assert sum_of in said
        assert "Wage" not in said
        assert "Ann de Vries" not in said


def test_without_any_pot_the_report_is_empty_and_no_error(of: Scene) -> None:
    olga = signed_in(of.olga)

    assert olga.get(f"/en/funding/{of.bakery.uuid}/report.pdf").status_code == 200
    assert "Nothing was announced yet" in words(olga.get(f"/en/funding/{of.bakery.uuid}/"))
