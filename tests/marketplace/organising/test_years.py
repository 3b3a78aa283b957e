"""What an organiser's activities came to: months, pots, certificates of hours and of conduct."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.models import ConductCertificate, Participation
from marketplace.operations.hours import confirm
from people.models import User
from tests.factories.people import actor
from tests.marketplace.organising.scene import (
    AT,
    Season,
    activity,
    at,
    client_of,
    over,
    people_page,
    shift,
    takes_part,
)
from tests.wallet.paper.reading import words


def paid(there: Season, login: User, **more: object) -> Participation:
    one = takes_part(over(there, **more), login.person, "CLAIMED")
    confirm(participation=one, actor=actor(there.olaf), at=AT)
    return one


def test_months_add_up_hours_and_coins_and_come_as_a_spreadsheet(there: Season) -> None:
    paid(there, there.ann)
    paid(there, there.ben, of={"title": "Tuin"})

    olaf = at(there.olaf, reverse("organiser_months", args=[there.club.uuid]))
    assert "6:00 hours were paid with 36.00 Molenmunten." in olaf.words
    file = olaf.download("For a spreadsheet").decode()

    assert file.startswith("\ufeffMonth;Neighbourhood;People;Times;Hours;Coins;Coin\r\n")
    assert f"{AT:%Y-%m};Molenwijk;2;2;6.00;36.00;Molenmunten\r\n" in file


def test_a_neighbourhood_that_is_a_formula_gets_a_quote_in_the_spreadsheet(there: Season) -> None:
    paid(there, there.ann)
    type(there.neighbourhood).objects.filter(pk=there.neighbourhood.pk).update(name="=1+1")

    file = client_of(there.olaf).get(reverse("organiser_months_csv", args=[there.club.uuid])).content.decode()

    assert ";'=1+1;" in file


@pytest.mark.parametrize("year", ["x", "0", "-1", "99999", "9999", "１９９９", "1999"])
def test_a_year_that_is_none_is_this_one_or_an_empty_one(there: Season, year: str) -> None:
    url = reverse("organiser_months", args=[there.club.uuid])

    assert client_of(there.olaf).get(url, {"year": year}).status_code == 200


def test_pots_show_what_is_in_them_and_what_is_promised(there: Season) -> None:
    takes_part(shift(activity(there)), there.ann.person)

    words = at(there.olaf, reverse("organiser_pots", args=[there.club.uuid])).words

    assert "In it now, in Molenmunten 500.00" in words
    assert "Promised to who signed up 18.00" in words
    assert "Still to promise 482.00" in words
    assert "It pays for: Koffie schenken." in words


def test_a_certificate_of_hours_tells_hours_and_no_coins(there: Season) -> None:
    paid(there, there.ann)
    olaf = at(there.olaf, reverse("organiser_volunteers", args=[there.club.uuid]))
    assert "3:00 hours, 1 time" in olaf.words

    told = words(olaf.download("Certificate of hours"))

    assert there.ann.person.display_name in told
    assert "Koffie schenken" in told
    assert "3:00" in told
    assert "18.00" not in told
    assert "18,00" not in told


def test_nobody_gets_a_certificate_who_did_nothing_or_was_never_there(there: Season) -> None:
    takes_part(over(there), there.ann.person, "CLAIMED")
    client = client_of(there.olaf)

    def get(one: User) -> int:
        url = reverse("volunteer_certificate", args=[there.club.uuid, one.person.uuid])
        return client.get(url).status_code

    assert (get(there.ann), get(there.ben)) == (302, 404)


def test_a_certificate_of_conduct_is_noted_without_a_copy(there: Season) -> None:
    takes_part(shift(activity(there)), there.ann.person)
    olaf = at(there.olaf, reverse("conduct_certificates", args=[there.club.uuid]))

    olaf.press("Note that I saw it", person=str(there.ann.person.uuid), until_on="2028-01-01")

    assert ConductCertificate.objects.get().until_on == date(2028, 1, 1)
    assert "Holds" in olaf.words


def test_a_certificate_that_is_missing_stands_beside_the_name(there: Season) -> None:
    made = shift(activity(there, asks_conduct_certificate=True))
    takes_part(made, there.ann.person)

    assert "VOG not seen" in at(there.olaf, people_page(made)).words


@pytest.mark.parametrize("until", ["", "gisteren", "0001-01-01", "2020-01-01", "2999-01-01"])
def test_a_day_that_does_not_do_is_said(there: Season, until: str) -> None:
    takes_part(shift(activity(there)), there.ann.person)
    olaf = at(there.olaf, reverse("conduct_certificates", args=[there.club.uuid]))

    olaf.press("Note that I saw it", person=str(there.ann.person.uuid), until_on=until)

    assert "is not right yet" in olaf.words
    assert not ConductCertificate.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("organiser_volunteers", 11), ("organiser_pots", 12), ("organiser_months", 11)]
)
def test_lists_ask_as_many_questions_for_one_as_for_three(
    there: Season, number: int, name: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for login in (there.ann, there.ben, there.bea)[:number]:
        paid(there, login)
    client = client_of(there.olaf)

    with django_assert_num_queries(queries):
        client.get(reverse(name, args=[there.club.uuid]))
