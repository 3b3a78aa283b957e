"""What somebody earned in a year: the ledger's bookings, under every number, as page and on paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from ledger.kinds import Label
from ledger.operations import charge_back
from ledger.queries import received, years_earned
from marketplace.models import Participation
from marketplace.queries.earning import year_statement
from marketplace.states import ParticipationState
from people.models import Party, User
from people.queries import numbers_of
from tests.factories.activities import AT, Season, activity, season, shift, takes_part
from tests.factories.ledger import SYSTEM
from tests.marketplace.rewards.earning import on, pays, worked
from tests.wallet.paper.reading import pages, words


@pytest.fixture(autouse=True)
def _now(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(AT)


def as_(login: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(login)
    return client


def _page(login: User, year: int = 2026) -> Any:
    return as_(login).get(reverse("earning_year", args=[year]))


def _paper(login: User, language: str = "en") -> str:
    client = as_(login)
    answer = client.get(f"/{language}/market/earning/2026/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    return words(answer.content)


def test_all_under_each_label_stands_there_for_whom_and_in_which_month(there: Season) -> None:
    pays(there, there.place.ann, 50_00, on(3), note="Soep koken, 15-03-2026")
    pays(there, there.place.ann, 40_00, on(3, 20))
    pays(there, there.place.ann, 12_50, on(11), Label.EXPENSES)
    pays(there, there.place.ann, 99_00, on(12, year=2025))

    found = year_statement(there.ann.person, 2026)

    assert [(part.label, part.total) for part in found.parts] == [
        (Label.VOLUNTEER_ALLOWANCE, 90_00), (Label.EXPENSES, 12_50),
    ]  # fmt: skip
    allowance = found.parts[0]
    assert [(one.name, one.amount) for one in allowance.organisations] == [("Football club Molenwijk", 90_00)]
    assert [(one.month, one.amount) for one in allowance.months] == [(date(2026, 3, 1), 90_00)]
    assert [(one.name, one.amount) for one in allowance.coins] == [("Molenmunten", 90_00)]
    assert found.total == 102_50


def test_its_sums_are_those_by_which_maximums_are_judged_also_when_something_was_undone(
    there: Season,
) -> None:
    booked = pays(there, there.place.ann, 50_00, on(3))
    pays(there, there.place.ann, 7_00, on(4))
    charge_back(transfer=booked, amount=20_00, key=uuid4(), actor=SYSTEM, at=AT)

    found = year_statement(there.ann.person, 2026)

    assert [one.amount for one in found.parts[0].months] == [30_00, 7_00]
    assert found.total == received(
        numbers_of(there.ann.person), currency=there.coin.pegged_to or there.coin,
        label=Label.VOLUNTEER_ALLOWANCE, from_month=date(2026, 1, 1), until_month=date(2026, 12, 1),
    )  # fmt: skip


def test_what_was_undone_whole_is_no_payment(there: Season) -> None:
    booked = pays(there, there.place.ann, 50_00, on(3))
    charge_back(transfer=booked, amount=50_00, key=uuid4(), actor=SYSTEM, at=AT)

    assert year_statement(there.ann.person, 2026).parts == []


def test_what_came_under_a_second_number_and_in_another_coin_stands_in_it_too(there: Season) -> None:
    other = season("Sluiskade", "NL20INGB0001234567")
    Party.objects.filter(pk=other.ann.person.pk).update(same_person_as=there.ann.person)
    pays(there, there.place.ann, 50_00, on(3))
    pays(other, other.place.ann, 10_00, on(5))

    for person in (there.ann.person, Party.objects.get(pk=other.ann.person.pk)):
        (part,) = year_statement(person, 2026).parts
        assert [(one.name, one.amount) for one in part.coins] == [
            ("Molenmunten", 50_00), ("Sluiskademunten", 10_00),
        ]  # fmt: skip
    assert years_earned(numbers_of(there.ann.person)) == [2026]


def test_an_activity_stands_under_who_organised_it_with_who_paid(there: Season) -> None:
    of_ben = activity(there, "Tuinieren", organiser=there.ben.person)
    hours = takes_part(shift(of_ben, on(11)), there.ann.person, "CONFIRMED", value=5_00)
    paid = pays(there, there.place.ann, 15_00, on(11))
    Participation.objects.filter(pk=hours.pk).update(
        transfer=paid, paid_at=on(11), state=ParticipationState.PAID
    )

    (part,) = year_statement(there.ann.person, 2026).parts

    assert [one.name for one in part.organisations] == ["Ben de Vries"]
    assert [(one.organiser, one.payer) for one in part.lines] == [("Ben de Vries", "Football club Molenwijk")]


def test_the_page_says_the_sum_and_each_payment(there: Season) -> None:
    pays(there, there.place.ann, 1234_50, on(3), note="Soep koken")

    said = _page(there.ann).content.decode()

    assert "You received 1,234.50 in 2026" in said
    assert "Until today. The year is not over." in said
    assert "Soep koken" in said
    assert reverse("earning_year_pdf", args=[2026]) in said


def test_nobody_sees_the_year_of_another(there: Season) -> None:
    pays(there, there.place.ann, 50_00, on(3), note="Soep koken")

    assert "You received nothing in 2026" in _page(there.ben).content.decode()
    assert "Soep koken" not in _paper(there.ben)
    assert Client().get(reverse("earning_year", args=[2026])).status_code == 302


@pytest.mark.parametrize("year", [2027, 1999, 99999])
def test_there_is_no_page_of_a_year_that_has_not_begun_or_was_before_coins(there: Season, year: int) -> None:
    assert _page(there.ann, year).status_code == 404


def test_paper_says_the_same_in_the_language_of_the_reader(there: Season) -> None:
    pays(there, there.place.ann, 1234_50, on(3), note="Soep koken")

    english = _paper(there.ann)
    assert "What you received in 2026" in english
    assert "1,234.50" in english
    assert "Soep koken" in english
    assert "1.234,50" in _paper(there.ann, "nl")


def test_a_year_with_many_payments_goes_on_on_the_next_page(there: Season) -> None:
    for day in range(1, 29):
        pays(there, there.place.ann, 1_00, on(2, day), note=f"Soep koken {day}")
        pays(there, there.place.ann, 1_00, on(3, day), note=f"Koffie schenken {day}")

    written = as_(there.ann).get(reverse("earning_year_pdf", args=[2026])).content

    assert len(pages(written)) == 4
    assert "Koffie schenken 28" in words(written)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_year_takes_as_many_questions_however_much_it_holds(
    there: Season, rows: int, django_assert_num_queries: Any
) -> None:
    for month in range(1, rows + 1):
        hours = worked(there, there.ann.person, hours=3, value=5_00, at=on(month))
        paid = pays(there, there.place.ann, 15_00, on(month), note="Soep koken")
        Participation.objects.filter(pk=hours.pk).update(
            transfer=paid, paid_at=on(month), state=ParticipationState.PAID
        )
    ann = Party.objects.get(pk=there.ann.person.pk)

    with django_assert_num_queries(2):
        found = year_statement(ann, 2026)
        assert [line.organiser for part in found.parts for line in part.lines] == [
            "Football club Molenwijk"
        ] * rows
