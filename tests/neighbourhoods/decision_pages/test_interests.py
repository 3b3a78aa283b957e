"""The interests of who sits on a board, on the page that everybody can read."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import Interest, Neighbourhood
from neighbourhoods.queries.decisions import board_with_interests
from tests.factories.people import person
from tests.factories.residency import TODAY, municipality, place, resident, seated, second_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def molenwijk() -> Neighbourhood:
    return place(of=municipality())


def test_what_was_told_under_another_number_of_the_same_person_is_shown(molenwijk: Neighbourhood) -> None:
    ann = person("Ann")
    resident(ann, molenwijk)
    seated(ann, molenwijk)
    for login, text in ((ann, "Bakkerij De Korst"), (second_login(ann), "Sportclub")):
        Interest.objects.create(person=login.person, neighbourhood=molenwijk, text=text, from_on=TODAY)

    (seat,) = board_with_interests(molenwijk, TODAY)

    assert [one.text for one in seat.person.told] == ["Bakkerij De Korst", "Sportclub"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [1, 3])
def test_a_board_of_any_size_takes_two_queries(
    molenwijk: Neighbourhood, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Ann", "Ben", "Cas")[:number]:
        who = person(name)
        resident(who, molenwijk)
        seated(who, molenwijk)
        Interest.objects.create(person=who.person, neighbourhood=molenwijk, text="Bakkerij", from_on=TODAY)

    with django_assert_num_queries(2):
        told = [seat.person.told for seat in board_with_interests(molenwijk, TODAY)]  # type: ignore[attr-defined]

    assert [len(one) for one in told] == [1] * number
