from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.audit import lines_about
from neighbourhoods.models import Attestation, Neighbourhood, Residency
from neighbourhoods.queries.desk import find_persons, likely_doubles, persons_at
from people.models import Party, PersonDetails, User
from people.operations.persons import BirthdayKept, change_details
from tests.factories.people import actor, child, person
from tests.factories.residency import (
    NOON,
    TODAY,
    ask,
    letter,
    place,
    resident,
    seated,
    second_login,
)
from tests.neighbourhoods.residency.pages import html_of, new_person

BORN = date(1980, 5, 17)
TERM = {"from_on": "2026-11-21", "until_on": "2027-11-20"}


def test_clara_enrols_somebody_without_a_login_once(at_desk: Client, molenwijk: Neighbourhood) -> None:
    for _time in range(2):
        sent = at_desk.post(reverse("desk_add_person"), new_person(molenwijk))
        made = Residency.objects.get()
        assert (sent.status_code, sent.headers["Location"]) == (
            302,
            reverse("desk_residency", args=[made.pk]),
        )

    details = PersonDetails.objects.get(given_name="Kim")
    assert (details.party_id, details.born_on, details.language) == (made.person_id, BORN, "en")
    assert (made.state, made.attestation, made.neighbourhood_id) == (
        "REQUESTED",
        Attestation.CLERK,
        molenwijk.pk,
    )
    assert not User.objects.filter(person=made.person).exists()


@pytest.mark.parametrize("born_on", ["2026-11-22", "1850-01-01", "gisteren"])
def test_a_date_of_birth_that_cannot_be_is_refused(
    at_desk: Client, molenwijk: Neighbourhood, born_on: str
) -> None:
    sent = at_desk.post(reverse("desk_add_person"), new_person(molenwijk, born_on=born_on))

    assert (sent.status_code, Residency.objects.count()) == (200, 0)


def test_the_search_finds_whoever_had_to_do_with_these_neighbourhoods_and_nobody_else(
    ann: User, ben: User, cas: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk)
    PersonDetails.objects.filter(party=ann.person).update(born_on=BORN)
    resident(ben, place("Veenwijk", of=cas.person.mandates.get().principal))
    nobody = person("Nobody")

    assert list(find_persons([dijkstad], "de Vries", TODAY)) == [ann.person]
    assert list(find_persons([dijkstad], "17-05-1980", TODAY)) == [ann.person]
    assert list(find_persons([dijkstad], "1980-05-18", TODAY)) == []
    assert list(find_persons([dijkstad], "vries ann", TODAY)) == [ann.person]
    assert not persons_at([dijkstad], TODAY).filter(pk=nobody.person_id).exists()


def test_nobody_is_shown_before_a_name_is_typed(at_desk: Client, ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)

    assert "Ann" not in html_of(at_desk, "desk_persons")
    assert "Ann" not in html_of(at_desk, "desk_persons", query="?q=")
    assert "Enter at least two letters." in html_of(at_desk, "desk_persons", query="?q=a")
    assert "Nobody found" in html_of(at_desk, "desk_persons", query="?q=Zzz")
    assert "Ann de Vries" in html_of(at_desk, "desk_persons", query="?q=ann")


def test_every_reading_of_a_page_about_ann_is_written_down_for_her(
    at_desk: Client, ann: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    lives = resident(ann, molenwijk)

    html_of(at_desk, "desk_person", ann.person.uuid)
    html_of(at_desk, "desk_person", ann.person.uuid)
    html_of(at_desk, "desk_residency", lives.pk)

    lines = lines_about(ann.person).filter(event="person.viewed")
    assert [(line.acted_by_id, line.acted_for_id) for line in lines] == [(clara.person_id, dijkstad.pk)] * 3


@pytest.mark.parametrize(
    ("family_name", "born_on", "house_number", "is_likely"),
    [
        ("Bakker", BORN, "99", True),
        ("de Bakker", BORN, "99", True),
        ("Bäkker", BORN, "99", True),
        ("Baker", BORN, "99", True),
        ("Jansen", BORN, "99", False),
        ("Jansen", BORN, "12", True),
        ("Bakker", date(1980, 5, 18), "12", False),
        ("Bakker", None, "99", True),
        ("Baker", None, "99", False),
        ("Bakker", None, "12", True),
        ("Jansen", None, "12", False),
    ],
)
def test_likely_doubles(
    dijkstad: Party,
    molenwijk: Neighbourhood,
    family_name: str,
    born_on: date | None,
    house_number: str,
    is_likely: bool,
) -> None:
    kim = child("Kim", family_name="Bakker", born_on=BORN)
    other = child("Kim", family_name=family_name, born_on=born_on)
    ask(kim, molenwijk)
    ask(other, molenwijk, house_number=house_number)

    assert likely_doubles(kim, [dijkstad], TODAY) == ([other] if is_likely else [])
    assert likely_doubles(other, [dijkstad], TODAY) == ([kim] if is_likely else [])


def test_a_double_in_another_municipality_is_not_shown(
    cas: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    kim, other = (
        child("Kim", family_name="Bakker", born_on=BORN),
        child("Kim", family_name="Bakker", born_on=BORN),
    )
    ask(kim, molenwijk)
    ask(other, place("Veenwijk", of=cas.person.mandates.get().principal))

    assert likely_doubles(kim, [dijkstad], TODAY) == []


def test_clara_links_two_and_takes_it_back(
    at_desk: Client, ann: User, clara: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    kim = child("Kim")
    lives = resident(kim, sluiskade)
    ask(ann, molenwijk)
    address = reverse("desk_link", args=[ann.person.uuid, kim.uuid])

    empty = at_desk.post(address, {"reason": ""})
    sent = at_desk.post(address, {"reason": "Same passport"})
    kim.refresh_from_db()
    lives.refresh_from_db()
    assert ("Write down why." in empty.content.decode(), sent.status_code) == (True, 302)
    assert (kim.same_person_as_id, lives.person_id) == (ann.person_id, ann.person_id)
    assert "Also known as Kim de Vries." in html_of(at_desk, "desk_person", ann.person.uuid)

    at_desk.post(reverse("desk_unlink", args=[kim.uuid]), {"reason": "Twins"})
    kim.refresh_from_db()
    lives.refresh_from_db()
    assert (kim.same_person_as_id, lives.person_id, lives.state) == (None, kim.pk, "ATTESTED")


def test_clara_does_not_link_or_unlink_herself(
    at_desk: Client, ann: User, clara: User, molenwijk: Neighbourhood
) -> None:
    twin = second_login(clara)
    resident(ann, molenwijk)
    resident(clara, molenwijk)

    linked = at_desk.post(reverse("desk_link", args=[ann.person.uuid, clara.person.uuid]), {"reason": "Me"})
    unlinked = at_desk.post(reverse("desk_unlink", args=[twin.person.uuid]), {"reason": "Me"})

    assert [linked.status_code, unlinked.status_code] == [200, 200]
    assert list(Party.objects.filter(same_person_as__isnull=False)) == [twin.person]


# --- As many questions to the database for three as for one ---------------------------------------------------------


def waiting(neighbourhood: Neighbourhood, name: str) -> None:
    asked = ask(person(name), neighbourhood)
    letter(asked)


def seats(neighbourhood: Neighbourhood, name: str) -> None:
    login = person(name)
    resident(login, neighbourhood)
    seated(login, neighbourhood)


def questions(client: Client, address: str) -> int:
    """How often a page asks the database, beyond what every page of the desk does (who comes in, the frame)."""
    client.get(address)  # whatever is remembered is remembered now
    counts = []
    for one in (address, reverse("desk_persons")):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(one).status_code == 200
        counts.append(len(captured))
    return counts[0] - counts[1]


@pytest.mark.parametrize(
    ("name", "query", "add", "own"),
    [
        ("desk", "", waiting, 2),
        ("desk_residencies", "", waiting, 3),
        ("desk_persons", "?q=Vries", waiting, 2),
        ("desk_board", "", seats, 2),
    ],
)
def test_no_list_asks_more_for_more_rows(
    at_desk: Client,
    molenwijk: Neighbourhood,
    sluiskade: Neighbourhood,
    name: str,
    query: str,
    add: Callable[[Neighbourhood, str], None],
    own: int,
) -> None:
    address = reverse(name) + query
    add(molenwijk, "Ann")
    assert questions(at_desk, address) == own

    add(sluiskade, "Ben")
    add(molenwijk, "Dan")
    assert questions(at_desk, address) == own
    page = html_of(at_desk, name, query=query)
    assert [one for one in ("Ann", "Ben", "Dan") if f"{one} de Vries" in page] == ["Ann", "Ben", "Dan"]


def test_the_page_of_a_person_asks_no_more_for_three_doubles(
    at_desk: Client, molenwijk: Neighbourhood
) -> None:
    kim = child("Kim", family_name="Bakker", born_on=BORN)
    resident(kim, molenwijk)
    address = reverse("desk_person", args=[kim.uuid])

    def double() -> None:
        ask(child("Kim", family_name="Bakker", born_on=BORN), molenwijk)

    double()
    assert questions(at_desk, address) == 13
    double()
    double()
    assert questions(at_desk, address) == 13
    assert html_of(at_desk, "desk_person", kim.uuid).count(", born 17 May 1980") == 3


# --- Dates of birth ---------------------------------------------------------------------------------------------------


def _born(who: User) -> date | None:
    return PersonDetails.objects.get(party=who.person).born_on


def _own_form(**changed: str) -> dict[str, str]:
    return {"given_name": "Ann", "family_name": "Bos", "language": "en", **changed}


def _tells(who: User, **told: str) -> None:
    client = Client()
    client.force_login(who)
    client.post(reverse("account_details"), _own_form(**told))


def test_a_resident_tells_when_they_were_born_once_and_changes_it_no_more(
    ann: User, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk)
    _tells(ann, born_on="1980-05-17")
    assert _born(ann) == BORN

    _tells(ann, born_on="1950-01-01", family_name="Vos")

    assert _born(ann) == BORN
    assert PersonDetails.objects.get(party=ann.person).family_name == "Vos"
    with pytest.raises(BirthdayKept):
        change_details(
            party=ann.person, given_name="Ann", family_name="Bos", born_on=None, phone="", street="",
            house_number="", postcode="", town="", language="nl", actor=actor(ann), at=NOON,
        )  # fmt: skip


def test_who_lives_nowhere_here_yet_can_still_mend_it(ann: User) -> None:
    _tells(ann, born_on="1980-05-18")

    _tells(ann, born_on="1980-05-17")

    assert _born(ann) == BORN


def test_the_desk_changes_a_date_of_birth_and_the_person_can_read_why(
    at_desk: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk)
    PersonDetails.objects.filter(party=ann.person).update(born_on=BORN)
    page = reverse("desk_birthday", args=[ann.person.uuid])
    assert page in at_desk.get(reverse("desk_person", args=[ann.person.uuid])).content.decode()

    assert at_desk.post(page, {"born_on": "1981-05-17", "reason": ""}).status_code == 200
    at_desk.post(page, {"born_on": "2030-05-17", "reason": "The passport says so."})
    assert _born(ann) == BORN
    at_desk.post(page, {"born_on": "1981-05-17", "reason": "The passport says so."})

    assert _born(ann) == date(1981, 5, 17)
    told = next(line for line in lines_about(ann.person) if line.event == "person.change")
    assert told.note.text == "The passport says so."


def test_a_clerk_changes_no_date_of_birth_of_their_own_or_of_a_stranger(
    at_desk: Client, ann: User, clara: User, molenwijk: Neighbourhood
) -> None:
    resident(clara, molenwijk)
    sent = {"born_on": "1950-05-17", "reason": "The passport says so."}

    for who in (ann, clara):
        with contextlib.suppress(PermissionDenied):
            at_desk.post(reverse("desk_birthday", args=[who.person.uuid]), sent)

    assert (_born(ann), _born(clara)) == (None, None)
