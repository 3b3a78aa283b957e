from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from neighbourhoods.models import Neighbourhood, Residency, Seat
from neighbourhoods.operations.linking import link_at_desk
from neighbourhoods.operations.residency import attest_at_desk
from people.models import Party, Role, User
from tests.factories.people import child, mandate
from tests.factories.residency import (
    DAY,
    NOON,
    SYSTEM,
    TODAY,
    ask,
    at_the_desk,
    clerk,
    municipality,
    place,
    resident,
    seated,
    second_login,
)
from tests.neighbourhoods.residency.pages import html_of, new_person

BORN = date(1980, 5, 17)
TERM = {"from_on": "2026-11-21", "until_on": "2027-11-20"}


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
        answer = at_desk.post(reverse(name, args=[asked.pk]), {"reason": "Me"}).content.decode()
        assert (name, "This is about yourself. Ask a colleague to do it." in answer) == (name, True)

    asked.refresh_from_db()
    assert (asked.state, asked.code_hash) == ("REQUESTED", "")
    assert "Yes, I have seen it" not in html_of(at_desk, "desk_residency", asked.pk)


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


def test_a_second_clerk_serves_the_first(dijkstad: Party, clara: User, molenwijk: Neighbourhood) -> None:
    """The other side of "nobody serves themself": a colleague can."""
    asked = ask(clara, molenwijk)
    dirk = clerk("Dirk", dijkstad)
    resident(dirk, molenwijk)

    attest_at_desk(residency=asked, actor=at_the_desk(dirk, dijkstad), at=NOON, on=TODAY)

    assert asked.state == "ATTESTED"


def test_linking_at_the_desk_by_the_system_needs_no_desk(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)
    kim = child("Kim")

    link_at_desk(duplicate=kim, same_as=ann.person, reason="Demo", actor=SYSTEM, at=NOON)

    kim.refresh_from_db()
    assert kim.same_person_as_id == ann.person_id


def test_a_clerk_of_two_municipalities_serves_both(at_desk: Client, ann: User, clara: User) -> None:
    veenstad = municipality("Veenstad")
    mandate(person=clara, principal=veenstad, role=Role.CLERK)
    asked = ask(ann, place("Veenwijk", of=veenstad))

    at_desk.post(reverse("desk_attest", args=[asked.pk]))

    line = AuditEntry.objects.get(event="residency.attest")
    assert (line.acted_for_id, Residency.objects.get().state) == (veenstad.pk, "ATTESTED")
