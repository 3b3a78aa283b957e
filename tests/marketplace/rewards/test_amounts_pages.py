"""The municipality's pages of maximum amounts. Nobody else finds them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings
from time_machine import TimeMachineFixture

from ledger.kinds import Label
from marketplace.models import OverCap, RewardRule, RewardYear
from marketplace.queries.rewards import rules_for
from people.models import Role
from tests.factories.activities import AT, Season, activity, season, shift, takes_part
from tests.factories.people import mandate, person
from tests.flows.visitor import Visitor
from tests.marketplace.rewards.earning import on

TOLD = {
    "adult_from": "21", "per_hour": "5,70", "per_hour_younger": "3,40", "per_month": "210", "per_year": "2100",
    "benefit_until": "26", "benefit_month": "0", "benefit_year": "0", "over_hour": "WARN", "over_cap": "SIGN",
    "source": "Belastingdienst, december 2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _open(settings: Settings, time_machine: TimeMachineFixture) -> None:
    settings.STAFF_SECOND_FACTOR = False
    time_machine.move_to(AT)


def _list(there: Season) -> str:
    return f"/en/market/earning/amounts/{there.municipality.uuid}/"


def _year(there: Season, year: int = 2027) -> Visitor:
    return Visitor(there.place.fenna).open(f"{_list(there)}{year}/")


def _value(visitor: Visitor, name: str) -> str:
    field = visitor.page.select_one(f"[name={name}]")
    assert field is not None
    return field.get_text().strip() if field.name == "textarea" else str(field.get("value", ""))


def test_the_account_leads_to_the_years_and_says_when_one_is_not_confirmed(
    there: Season, time_machine: TimeMachineFixture
) -> None:
    fenna = Visitor(there.place.fenna).open("/en/account/").follow("Go to the maximum amounts")
    assert "Made up for a test" in fenna.words

    time_machine.move_to(on(1, 5, 2027))
    assert "The amounts of 2027 are not confirmed" in Visitor(there.place.fenna).open("/en/account/").words
    assert "Maximum amounts" not in Visitor(there.ann).open("/en/account/").words


def test_of_a_year_that_we_do_not_know_no_amount_is_filled_in(there: Season) -> None:
    fenna = _year(there)

    assert "We do not know the amounts of 2027." in fenna.words
    assert [_value(fenna, name) for name in ("per_hour", "per_month", "per_year", "source")] == [""] * 4
    assert _value(fenna, "adult_from") == "21"


def test_of_a_year_that_we_know_the_amounts_are_proposed_with_their_source(
    there: Season, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(on(12, 15, 2024))
    mandate(
        person=there.place.fenna, principal=there.municipality, role=Role.CLERK, from_on=on(1, 1, 2024).date()
    )

    fenna = _year(there, 2025)

    assert "These amounts are a proposal." in fenna.words
    assert [_value(fenna, name) for name in ("per_hour", "per_hour_younger", "benefit_month")] == [
        "5.60", "3.30", "0.00",
    ]  # fmt: skip
    assert _value(fenna, "source") == "Kennisnetwerk Belastingen en Toeslagen, 2 september 2025"


def test_confirming_makes_the_lines_of_the_year(there: Season) -> None:
    fenna = _year(there).press("Confirm the amounts of 2027", **TOLD)

    assert "The amounts of 2027 are confirmed." in fenna.words
    made = rules_for(there.municipality, 2027)
    assert made is not None
    assert (made.over_hour, made.over_cap) == (OverCap.WARN, OverCap.SIGN)
    lines = made.rules.values_list("situation", "age_from", "age_until", "per_hour", "per_month", "per_year")
    assert list(lines) == [
        ("ALL", 0, 20, 3_40, 210_00, 2100_00), ("ALL", 21, None, 5_70, 210_00, 2100_00),
        ("BENEFIT", 0, 26, None, 0, 0),
    ]  # fmt: skip


def test_a_year_that_is_confirmed_opens_as_it_is_and_can_be_corrected(there: Season) -> None:
    fenna = _year(there, 2026)
    assert [_value(fenna, name) for name in ("seen", "per_hour", "per_hour_younger", "benefit_until")] == [
        "1", "5.60", "3.30", "26",
    ]  # fmt: skip

    fenna.press("Confirm the amounts of 2026", per_hour="5,65")

    assert list(RewardYear.objects.filter(year=2026).values_list("version", flat=True)) == [2, 1]
    assert "Version 1" in _year(there, 2026).words


def test_a_line_that_the_form_does_not_ask_for_stays(there: Season) -> None:
    made = rules_for(there.municipality, 2026)
    assert made is not None
    RewardRule.objects.create(of_year=made, label=Label.EXPENSES, per_month=50_00)

    _year(there, 2026).press("Confirm the amounts of 2026", per_hour="5,65")

    found = RewardRule.objects.filter(of_year__version=2, label=Label.EXPENSES)
    assert list(found.values_list("per_month", flat=True)) == [50_00]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"source": ""}, "Write down who published the amounts, and when."),
        ({"per_month": ""}, "Enter an amount, for example 4.00."),
        ({"adult_from": "x"}, "Enter an age in whole years, for example 21."),
        ({"benefit_month": "", "benefit_year": ""}, "Enter what they may earn. 0 is nothing."),
        ({"benefit_until": ""}, "Enter until which age this holds."),
        ({"per_year": "100"}, "The amount per year is less than that per month."),
    ],
)
def test_what_is_not_right_is_said_beside_the_field(there: Season, told: dict[str, str], words: str) -> None:
    fenna = _year(there).press("Confirm the amounts of 2027", **{**TOLD, **told})

    assert words in fenna.words
    assert not RewardYear.objects.filter(year=2027).exists()


def test_what_a_colleague_confirmed_meanwhile_is_said(there: Season) -> None:
    fenna = _year(there)
    Visitor(there.place.vera).open(f"{_list(there)}2027/").press("Confirm the amounts of 2027", **TOLD)

    fenna.press("Confirm the amounts of 2027", **{**TOLD, "per_hour": "5,80"})

    assert "Somebody else confirmed this year meanwhile." in fenna.words


def test_payments_that_wait_for_a_year_are_counted(there: Season, time_machine: TimeMachineFixture) -> None:
    takes_part(shift(activity(there), on(12, 30)), there.ann.person, "CONFIRMED", held="YEAR")
    time_machine.move_to(on(1, 5, 2027))

    assert "1 payment waits for this." in Visitor(there.place.fenna).open(_list(there)).words
    assert "1 payment waits until you confirm these amounts." in _year(there).words


def test_a_year_that_is_over_can_be_read_only(there: Season, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(on(1, 5, 2027))

    fenna = _year(there, 2026)

    assert "This year is over. Its amounts stay as they were." in fenna.words
    assert fenna.page.find("form", class_="form-page") is None


def test_nobody_else_finds_these_pages(there: Season) -> None:
    other = season("Sluiskade", "NL20INGB0001234567")
    gerda = person("Gerda")
    mandate(person=gerda, principal=there.municipality, role=Role.EDITOR)
    for login in (there.ann, there.olaf, there.bea, other.place.fenna, gerda):
        for address in (_list(there), f"{_list(there)}2027/"):
            assert Visitor(login).client.get(address).status_code == 404
            assert Visitor(login).client.post(address, TOLD).status_code == 404


def test_a_second_step_is_asked_for(there: Season, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True

    answer = Visitor(there.place.fenna).client.get(_list(there))

    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


@pytest.mark.parametrize("year", [2024, 2028, 99999])
def test_a_year_without_amounts_that_nobody_can_confirm_is_no_page(there: Season, year: int) -> None:
    assert Visitor(there.place.fenna).client.get(f"{_list(there)}{year}/").status_code == 404


@pytest.mark.parametrize("versions", [1, 3])
def test_the_years_take_as_many_questions_however_often_they_were_confirmed(
    there: Season, versions: int, django_assert_num_queries: Any
) -> None:
    for number in range(versions):
        _year(there, 2026).press("Confirm the amounts of 2026", per_hour=f"5,6{number + 1}")
    client = Visitor(there.place.fenna).client
    client.get(_list(there))

    with django_assert_num_queries(9):
        client.get(_list(there))
