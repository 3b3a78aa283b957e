from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.audit import lines_about
from core.models import AuditEntry
from neighbourhoods.models import Attestation, Neighbourhood, Residency, Seat
from neighbourhoods.operations.linking import link_at_desk
from neighbourhoods.operations.residency import attest_at_desk
from neighbourhoods.queries.desk import find_persons, likely_doubles, persons_at
from people.models import Party, PersonDetails, Role, User
from tests.factories.people import child, mandate, person
from tests.factories.residency import (
    DAY,
    NOON,
    SYSTEM,
    TODAY,
    ask,
    at_the_desk,
    clerk,
    letter,
    municipality,
    place,
    resident,
    seated,
    second_login,
)

KEY = "6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0002"
BORN = date(1980, 5, 17)
TERM = {"from_on": "2026-11-21", "until_on": "2027-11-20"}


def html_of(client: Client, name: str, *args: object, query: str = "") -> str:
    page = client.get(reverse(name, args=args) + query)
    assert page.status_code == 200
    return page.content.decode()


# --- Who comes in -------------------------------------------------------------------------------------------------


def every_page(residency: Residency, seat: Seat) -> list[str]:
    one, two = residency.person, seat.person
    return [
        *(
            reverse(name)
            for name in ("desk", "desk_residencies", "desk_persons", "desk_add_person", "desk_board")
        ),
        *(
            reverse(name, args=[residency.pk])
            for name in ("desk_residency", "desk_attest", "desk_refuse", "desk_end", "desk_letter")
        ),
        *(reverse(name, args=[one.uuid]) for name in ("desk_person", "desk_appoint", "desk_unlink")),
        reverse("desk_link", args=[one.uuid, two.uuid]),
        reverse("desk_seat_end", args=[seat.pk]),
    ]


def everything() -> tuple[object, ...]:
    """All that a page could have changed."""
    return (
        list(Residency.objects.order_by("pk").values()),
        list(Seat.objects.order_by("pk").values()),
        list(Party.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
    )


def test_for_whoever_sits_at_no_desk_there_is_no_desk(
    as_ann: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)
    resident(child("Kim"), molenwijk)
    seat = seated(Party.objects.get(person_details__given_name="Kim"), molenwijk)
    before = everything()

    for address in every_page(asked, seat):
        assert (address, as_ann.get(address).status_code) == (address, 404)
        assert (address, as_ann.post(address, {"reason": "Because", "on": "2026-11-21"}).status_code) == (
            address,
            404,
        )

    assert everything() == before


def test_whoever_is_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    page = client.get(reverse("desk"))

    assert (page.status_code, page.headers["Location"]) == (
        302,
        f"{reverse('account_login')}?next={reverse('desk')}",
    )


def test_a_clerk_of_another_municipality_finds_nobody_and_changes_nothing(
    elsewhere: Client, ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)
    resident(ben, molenwijk)
    seat = seated(ben, molenwijk)
    before = everything()

    for address in every_page(asked, seat)[5:]:
        assert (address, elsewhere.get(address).status_code) == (address, 404)
        form = {"reason": "Because", "on": "2026-11-21", "office": "CHAIR", **TERM}
        assert (address, elsewhere.post(address, form).status_code) == (address, 404)
    for name, query in (
        ("desk", ""),
        ("desk_residencies", ""),
        ("desk_persons", "?q=Vries"),
        ("desk_board", ""),
    ):
        page = html_of(elsewhere, name, query=query)
        assert not [word for word in ("Ann", "Ben", "Molenweg") if word in page]
    page = html_of(elsewhere, "desk_residencies", query=f"?neighbourhood={molenwijk.pk}")
    assert "Ann" not in page

    assert everything() == before


def test_nobody_is_added_in_another_municipality(elsewhere: Client, molenwijk: Neighbourhood) -> None:
    sent = elsewhere.post(reverse("desk_add_person"), new_person(molenwijk))

    assert (sent.status_code, Residency.objects.count()) == (200, 0)
    assert not Party.objects.filter(person_details__given_name="Kim").exists()


def test_a_mandate_that_ended_opens_no_desk(at_desk: Client, clara: User) -> None:
    clara.person.mandates.update(until_on=TODAY)
    assert at_desk.get(reverse("desk")).status_code == 200

    clara.person.mandates.update(until_on=TODAY - DAY)
    assert at_desk.get(reverse("desk")).status_code == 404


# --- Requests -----------------------------------------------------------------------------------------------------


def test_clara_sees_who_waits_and_attests(
    at_desk: Client, ann: User, clara: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)
    assert "1 person waits" in html_of(at_desk, "desk")

    for _time in range(2):
        sent = at_desk.post(reverse("desk_attest", args=[asked.pk]))
        assert (sent.status_code, sent.headers["Location"]) == (
            302,
            reverse("desk_residency", args=[asked.pk]),
        )

    asked.refresh_from_db()
    assert (asked.state, asked.attestation) == ("ATTESTED", "CLERK")
    assert AuditEntry.objects.filter(event="residency.attest").count() == 1
    assert "Nobody waits to be enrolled" in html_of(at_desk, "desk")


def test_a_refusal_needs_a_reason_that_ann_then_reads(
    at_desk: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)

    empty = at_desk.post(reverse("desk_refuse", args=[asked.pk]), {"reason": ""})
    sent = at_desk.post(
        reverse("desk_refuse", args=[asked.pk]), {"reason": "This house is not in Molenwijk."}
    )

    assert "Write down why." in empty.content.decode()
    assert sent.status_code == 302
    own = Client()
    own.force_login(ann)
    assert "This house is not in Molenwijk." in html_of(own, "residency")


def test_clara_ends_a_residency_with_a_reason(at_desk: Client, ann: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk)

    at_desk.post(reverse("desk_end", args=[lives.pk]), {"reason": "Moved to Veenstad"})

    lives.refresh_from_db()
    assert (lives.state, lives.until_on, lives.street) == ("ENDED", TODAY, "")


def test_clara_does_not_serve_herself_through_the_page_of_her_second_login(
    at_desk: Client, clara: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(second_login(clara), molenwijk)

    for name in ("desk_attest", "desk_refuse", "desk_letter"):
        page = at_desk.post(reverse(name, args=[asked.pk]), {"reason": "Me"})
        assert (name, "This is about yourself. Ask a colleague to do it." in page.content.decode()) == (
            name,
            True,
        )

    asked.refresh_from_db()
    assert (asked.state, asked.code_hash) == ("REQUESTED", "")
    page = html_of(at_desk, "desk_residency", asked.pk)
    assert "Yes, I have seen it" not in page


def test_the_list_is_filtered_by_neighbourhood_and_state(
    at_desk: Client, ann: User, ben: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    ask(ann, molenwijk)
    resident(ben, sluiskade)

    def shown(query: str) -> list[str]:
        page = html_of(at_desk, "desk_residencies", query=query)
        return [name for name in ("Ann de Vries", "Ben de Vries") if name in page]

    assert shown("") == ["Ann de Vries", "Ben de Vries"]
    assert shown("?state=ATTESTED") == ["Ben de Vries"]
    assert shown(f"?neighbourhood={molenwijk.pk}") == ["Ann de Vries"]
    assert shown(f"?neighbourhood={molenwijk.pk}&state=ATTESTED") == []
    assert shown("?state=NONSENSE&neighbourhood=x&page=999") == ["Ann de Vries", "Ben de Vries"]


# --- People -------------------------------------------------------------------------------------------------------


def new_person(neighbourhood: Neighbourhood, **more: str) -> dict[str, object]:
    return {
        "key": KEY, "given_name": "Kim", "family_name": "Bakker", "born_on": "1980-05-17", "language": "en",
        "neighbourhood": neighbourhood.pk, "street": "Molenweg", "house_number": "3", "postcode": "1234 AB",
        "town": "Dijkstad", **more,
    }  # fmt: skip


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

    assert list(find_persons([dijkstad], "de Vries")) == [ann.person]
    assert list(find_persons([dijkstad], "17-05-1980")) == [ann.person]
    assert list(find_persons([dijkstad], "1980-05-18")) == []
    assert list(find_persons([dijkstad], "vries ann")) == [ann.person]
    assert not persons_at([dijkstad]).filter(pk=nobody.person_id).exists()


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
        ("Bakker", None, "99", False),
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

    assert likely_doubles(kim, [dijkstad]) == ([other] if is_likely else [])
    assert likely_doubles(other, [dijkstad]) == ([kim] if is_likely else [])


def test_a_double_in_another_municipality_is_not_shown(
    cas: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    kim, other = (
        child("Kim", family_name="Bakker", born_on=BORN),
        child("Kim", family_name="Bakker", born_on=BORN),
    )
    ask(kim, molenwijk)
    ask(other, place("Veenwijk", of=cas.person.mandates.get().principal))

    assert likely_doubles(kim, [dijkstad]) == []


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


# --- Boards -------------------------------------------------------------------------------------------------------


def test_clara_gives_ann_a_seat_and_ends_it(at_desk: Client, ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    sent = {"office": "CHAIR", **TERM}

    for _time in range(2):
        answer = at_desk.post(reverse("desk_appoint", args=[ann.person.uuid]), sent)
        assert answer.status_code == 302
    seat = Seat.objects.get()
    assert (seat.person_id, seat.office, seat.until_on) == (ann.person_id, "CHAIR", date(2027, 11, 20))
    assert "Ann de Vries" in html_of(at_desk, "desk_board")

    at_desk.post(reverse("desk_seat_end", args=[seat.pk]), {"on": "2026-11-30", "reason": "Moved on"})
    seat.refresh_from_db()
    assert seat.until_on == date(2026, 11, 30)


def test_a_seat_for_somebody_who_lives_nowhere_here_is_a_page_that_is_not_there(
    at_desk: Client, ann: User, molenwijk: Neighbourhood
) -> None:
    ask(ann, molenwijk)

    assert at_desk.get(reverse("desk_appoint", args=[ann.person.uuid])).status_code == 404


def test_what_is_refused_is_said_in_the_form(
    at_desk: Client, ann: User, ben: User, clara: User, molenwijk: Neighbourhood
) -> None:
    for login in (ann, ben, clara):
        resident(login, molenwijk)
    seated(ann, molenwijk, office="CHAIR")

    def said(login: User, until_on: str) -> str:
        sent = {"office": "CHAIR", "from_on": "2026-11-21", "until_on": until_on}
        return at_desk.post(reverse("desk_appoint", args=[login.person.uuid]), sent).content.decode()

    assert "Somebody else is already chair in these days." in said(ben, "2027-11-20")
    assert "The last day lies before the first day." in said(ben, "2026-11-20")
    assert "This is about yourself. Ask a colleague to do it." in said(clara, "2027-11-20")
    assert Seat.objects.count() == 1


# --- As many questions to the database for three as for one ---------------------------------------------------------


def waiting(neighbourhood: Neighbourhood, name: str) -> None:
    asked = ask(person(name), neighbourhood)
    letter(asked)


def seats(neighbourhood: Neighbourhood, name: str) -> None:
    login = person(name)
    resident(login, neighbourhood)
    seated(login, neighbourhood)


@pytest.mark.parametrize(
    ("name", "query", "add", "queries"),
    [
        ("desk", "", waiting, 16),
        ("desk_residencies", "", waiting, 17),
        ("desk_persons", "?q=Vries", waiting, 16),
        ("desk_board", "", seats, 16),
    ],
)
def test_no_list_asks_more_for_more_rows(
    at_desk: Client,
    molenwijk: Neighbourhood,
    sluiskade: Neighbourhood,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    query: str,
    add: Callable[[Neighbourhood, str], None],
    queries: int,
) -> None:
    address = reverse(name) + query
    add(molenwijk, "Ann")
    at_desk.get(address)
    with django_assert_num_queries(queries):
        assert "Ann de Vries" in at_desk.get(address).content.decode()

    add(sluiskade, "Ben")
    add(molenwijk, "Dan")
    with django_assert_num_queries(queries):
        page = at_desk.get(address).content.decode()
    assert [one for one in ("Ann", "Ben", "Dan") if f"{one} de Vries" in page] == ["Ann", "Ben", "Dan"]


def test_the_page_of_a_person_asks_no_more_for_three_doubles(
    at_desk: Client, molenwijk: Neighbourhood, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kim = child("Kim", family_name="Bakker", born_on=BORN)
    resident(kim, molenwijk)
    address = reverse("desk_person", args=[kim.uuid])

    def double() -> None:
        ask(child("Kim", family_name="Bakker", born_on=BORN), molenwijk)

    double()
    at_desk.get(address)
    with django_assert_num_queries(27):
        at_desk.get(address)
    double()
    double()
    with django_assert_num_queries(27):
        assert at_desk.get(address).content.decode().count(", born 17 May 1980") == 3


def test_a_second_clerk_serves_the_first(dijkstad: Party, clara: User, molenwijk: Neighbourhood) -> None:
    """The other side of "nobody serves themself": a colleague can."""
    asked = ask(clara, molenwijk)
    dirk = clerk("Dirk", dijkstad)
    resident(dirk, molenwijk)

    attest_at_desk(residency=asked, actor=at_the_desk(dirk, dijkstad), at=NOON, on=TODAY)

    assert asked.state == "ATTESTED"


def test_linking_at_the_desk_by_the_system_needs_no_desk(
    ann: User, ben: User, molenwijk: Neighbourhood
) -> None:
    resident(ann, molenwijk)

    link_at_desk(duplicate=ben.person, same_as=ann.person, reason="Demo", actor=SYSTEM, at=NOON)

    ben.person.refresh_from_db()
    assert ben.person.same_person_as_id == ann.person_id


def test_a_clerk_of_two_municipalities_serves_both(at_desk: Client, ann: User, clara: User) -> None:
    veenstad = municipality("Veenstad")
    mandate(person=clara, principal=veenstad, role=Role.CLERK)
    asked = ask(ann, place("Veenwijk", of=veenstad))

    at_desk.post(reverse("desk_attest", args=[asked.pk]))

    line = AuditEntry.objects.get(event="residency.attest")
    assert (line.acted_for_id, Residency.objects.get().state) == (veenstad.pk, "ATTESTED")
