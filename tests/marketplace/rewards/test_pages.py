"""What somebody may still earn, on the screen: the answer first; and in their wallet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from marketplace.models import OverCap, RewardSituation
from tests.factories.activities import AT, Season, activity, born, confirm_year, season, shift, takes_part
from tests.factories.residency import resident
from tests.flows.visitor import Visitor
from tests.marketplace.rewards.earning import on, pays


@pytest.fixture(autouse=True)
def _now(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(AT)


def _ann(there: Season) -> Visitor:
    return Visitor(there.ann).open("/en/market/earning/")


def _title(visitor: Visitor) -> str:
    heading = visitor.page.find("h1")
    assert heading is not None
    return heading.get_text(" ", strip=True)


def test_the_answer_is_the_title(there: Season) -> None:
    pays(there, there.place.ann, 40_00, on(11, 2))
    takes_part(shift(activity(there), on(11, 28)), there.ann.person)

    ann = _ann(there)

    assert _title(ann) == "You may still earn 152.00 this month"
    assert "You earned 40.00 in November 2026." in ann.words
    assert "Another 18.00 is promised, for what you did or will do." in ann.words
    assert "what goes beyond it waits" in ann.words
    assert "Source: Made up for a test" in ann.words
    bar = ann.page.find("svg", class_="meterbar")
    assert bar is not None
    assert bar["aria-label"] == "40.00 of 210.00 earned and 18.00 promised, that is 27 per cent"


def test_when_less_is_left_of_the_year_the_year_is_the_answer(there: Season) -> None:
    for month in range(1, 11):
        pays(there, there.place.ann, 205_00, on(month))

    assert _title(_ann(there)) == "You may still earn 50.00 this year"


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (
            OverCap.BLOCK,
            "You may simply come: what goes beyond it waits, and is paid when there is room again.",
        ),
        (OverCap.WARN, "What goes beyond it is paid all the same, and you get a warning."),
        (OverCap.SIGN, "What goes beyond it is paid once you have signed that you know."),
    ],
)
def test_who_is_full_may_come_and_reads_what_the_municipality_has_happen(
    there: Season, setting: str, words: str
) -> None:
    confirm_year(there.municipality, version=2, over_cap=setting)
    pays(there, there.place.ann, 210_00, on(11, 2))

    ann = _ann(there)

    assert _title(ann).startswith("You may simply come.")
    assert words in ann.words


def test_of_the_year_no_more_is_promised_than_its_last_months_allow(there: Season) -> None:
    """On 22 November: 2.50 of this month and all of December, less what waits already."""
    pays(there, there.place.ann, 207_50, on(11, 2))
    takes_part(shift(activity(there), on(11, 20), hours=10), there.ann.person, "BLOCKED_BY_CAP")

    ann = _ann(there)

    assert _title(ann) == "You may simply come. New coins wait."
    assert "This month still 0.00 Molenmunten , this year still 152.50" in ann.words
    assert "in the months that are left of this year you may still earn 152.50" in ann.words
    assert "Another 60.00 waits for room. It is paid first." in ann.words
    assert "1,832.50" not in ann.words


def test_a_year_that_is_not_confirmed_is_told(there: Season, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(on(1, 5, 2027))

    ann = _ann(there)

    assert _title(ann) == "What you may still earn"
    assert "has not confirmed yet what people may earn in 2027" in ann.words


def test_without_a_birthday_one_is_asked_for_it(there: Season) -> None:
    born(there.ann.person, None)  # type: ignore[arg-type]

    assert "Tell us when you were born" in _ann(there).words


def test_what_waits_for_room_is_listed(there: Season) -> None:
    takes_part(shift(activity(there, "Soep koken"), on(11, 20)), there.ann.person, "BLOCKED_BY_CAP")

    assert "Soep koken" in _ann(there).words
    assert "Soep koken" not in Visitor(there.ben).open("/en/market/earning/").words


def test_who_takes_part_in_another_municipality_sees_its_amounts_too(there: Season) -> None:
    other = season("Sluiskade", "NL20INGB0001234567")
    takes_part(shift(activity(other), on(11, 28)), there.ann.person)

    headings = [one.get_text(strip=True) for one in _ann(there).page.find_all("h2")]

    assert headings[:2] == ["Molenwijk", "Sluiskade"]


def test_telling_of_social_assistance_is_reckoned_with_and_can_be_taken_back(there: Season) -> None:
    born(there.ann.person, date(2001, 1, 1))

    ann = _ann(there).follow("Tell us").press("Keep this", on_benefit="yes")

    assert "A lower maximum holds for you" in ann.words
    assert _title(ann) == "You may simply come. You get no coins for it."
    ann.follow("Change this").press("Remove what I told")
    assert not RewardSituation.objects.exists()
    assert "You told us nothing about it." in _ann(there).words


def test_who_tells_of_a_benefit_and_keeps_the_usual_maximum_reads_that(there: Season) -> None:
    born(there.ann.person, date(1980, 1, 1))

    ann = _ann(there).follow("Tell us").press("Keep this", on_benefit="yes")

    assert "For you the usual maximum holds. Do ask your contact person." in ann.words


def test_the_form_of_the_situation_wants_an_answer(there: Season) -> None:
    ann = _ann(there).follow("Tell us").press("Keep this")

    assert "Choose yes or no." in ann.words
    assert not RewardSituation.objects.exists()


def test_the_own_wallet_says_what_may_still_be_earned_and_leads_there(there: Season) -> None:
    pays(there, there.place.ann, 40_00, on(11, 2))

    ann = Visitor(there.ann).open(reverse("wallet_account", args=[there.place.ann.address]))

    assert "This you may still earn" in ann.words
    assert "170.00" in ann.words
    assert _title(ann.follow("See how that is counted")) == "You may still earn 170.00 this month"


def test_the_wallet_of_an_organisation_says_nothing_of_it(there: Season) -> None:
    olaf = Visitor(there.olaf).open(reverse("wallet_account", args=[there.pot.address]))

    assert "This you may still earn" not in olaf.words


def test_the_account_page_leads_there(there: Season) -> None:
    ann = Visitor(there.ann).open("/en/account/")

    assert "See what you may still earn, and what you received in a year." in ann.words
    assert _title(ann.follow("See how that is counted")) == "You may still earn 210.00 this month"


def test_who_lives_nowhere_here_is_told_when_there_will_be_something(there: Season) -> None:
    said = Visitor(there.place.cas_login).open("/en/market/earning/").words

    assert "As soon as you live in a neighbourhood here" in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_much_for_three_as_for_one(
    there: Season, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    resident(there.bea, there.neighbourhood)
    for number in range(rows):
        takes_part(shift(activity(there), on(11, 10 + number)), there.bea.person, "BLOCKED_BY_CAP")
        takes_part(shift(activity(there), on(11, 25 + number)), there.bea.person)
    client: Any = Visitor(there.bea).client
    client.get("/en/market/earning/")

    with django_assert_num_queries(22):
        client.get("/en/market/earning/")


def test_a_stranger_signs_in_first(there: Season) -> None:
    for name in ("earning", "situation"):
        assert reverse("account_login") in Client().get(reverse(name))["Location"]
