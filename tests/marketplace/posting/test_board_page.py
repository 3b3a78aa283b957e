"""The board reads an activity, chooses who pays, opens it or says why not. Everybody else finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.clock import day_of
from marketplace.models import Activity
from marketplace.queries.posting import ForBoard, fingerprint, numbers_for_board
from marketplace.states import ActivityState
from people.models import PartyKind, Role
from tests.factories import pots, values
from tests.factories.activities import AT, Season, activity, season, shift, takes_part
from tests.factories.people import mandate, organisation
from tests.marketplace.activities.making import drafted, facts, submitted
from tests.marketplace.posting.scene import board_page, signed_in, words

NAMES = (
    "board_activity",
    *(f"board_activity_{one}" for one in ("publish", "return", "suspend", "release", "call_off", "money")),
)


def opening(made: Activity, **changed: Any) -> dict[str, Any]:
    return {"seen": fingerprint(made), "pot": made.pot.address if made.pot else "", **changed}


def test_the_board_reads_it_and_opens_it_from_the_pot_that_was_chosen(there: Season, bea: Client) -> None:
    made = submitted(there, facts=facts(there, indication=7_00, travel="Bus 4"))
    said = words(bea.get(board_page(there, "board_activity", made)))
    for what in (
        "Koffie schenken: 6.00",
        "would have it be 7.00",
        "Bus 4",
        "Schone handen.",
        "Wiekplein 1",
        "Soep",
    ):
        assert what in said

    mail.outbox.clear()
    bea.post(board_page(there, "board_activity_publish", made), opening(made))

    made.refresh_from_db()
    assert (made.state, made.pot) == (ActivityState.PUBLISHED, there.pot)
    assert [one.to for one in mail.outbox] == [[there.olaf.email]]


def test_for_a_resident_the_board_chooses_who_pays(there: Season, bea: Client) -> None:
    own = pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT)
    made = submitted(there, there.ann, organiser=there.ann.person, facts=facts(there, pot=None))
    address = board_page(there, "board_activity_publish", made)

    assert "Choose the pot that pays for this." in words(bea.post(address, opening(made)))
    assert "Choose" in words(bea.post(address, opening(made, pot=there.pot.address)))
    bea.post(address, opening(made, pot=own.address))

    made.refresh_from_db()
    assert (made.state, made.pot) == (ActivityState.PUBLISHED, own)


def test_what_was_changed_meanwhile_is_read_again(there: Season, bea: Client) -> None:
    made = submitted(there)

    said = words(bea.post(board_page(there, "board_activity_publish", made), opening(made, seen="another")))

    assert "This was changed while you looked at it. Read it again first." in said


def test_it_goes_back_with_a_reason_that_its_organiser_gets(there: Season, bea: Client) -> None:
    made = submitted(there)
    address = board_page(there, "board_activity_return", made)

    assert "Write down what has to change." in words(bea.post(address, {"reason": ""}))
    mail.outbox.clear()
    bea.post(address, {"reason": "Say where & when."})

    made.refresh_from_db()
    assert made.state == ActivityState.RETURNED
    [sent] = mail.outbox
    assert "Say where & when." in sent.body
    assert f"/post/{made.ref}/" in sent.body


def test_it_is_stopped_let_go_on_and_called_off_for_good(there: Season, bea: Client) -> None:
    made = activity(there)
    told = {"reason": "Unsafe."}

    bea.post(board_page(there, "board_activity_suspend", made), told)
    made.refresh_from_db()
    assert made.paused_by_board
    assert "Unsafe." in words(bea.get(board_page(there, "board_activity", made)))
    bea.post(board_page(there, "board_activity_release", made), told)
    made.refresh_from_db()
    assert (made.state, made.paused_by_board) == (ActivityState.PUBLISHED, False)
    bea.post(board_page(there, "board_activity_suspend", made), told)
    bea.post(board_page(there, "board_activity_call_off", made), told)
    made.refresh_from_db()
    assert made.state == ActivityState.CANCELLED


def test_what_it_earns_is_changed_with_a_reason(there: Season, bea: Client) -> None:
    made = activity(there)
    other = values.item(there.neighbourhood, "Lezen")
    values.worth(other, 9_00)
    address = board_page(there, "board_activity_money", made)
    told = {"item": str(other.ref), "pot": there.pot.address, "label": "EXPENSES", "lowest_age": "18"}

    assert "Lezen – 9.00 per hour" in words(bea.get(address))
    assert "Choose them only with receipts or a contract." in words(bea.get(address))
    assert "Say why." in words(bea.post(address, told))
    bea.post(address, {**told, "reason": "It is reading now."})

    made.refresh_from_db()
    assert (made.item, made.label, made.lowest_age) == (other, "EXPENSES", 18)


def test_nobody_else_finds_these_pages_nor_the_board_of_another_neighbourhood(there: Season) -> None:
    made = submitted(there)
    elsewhere = season("Sluiskade", "NL20INGB0001234567")

    for login in (there.olaf, there.ann, elsewhere.bea):
        client = signed_in(login)
        for name in NAMES:
            address = board_page(there, name, made)
            assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    there_too = board_page(elsewhere, "board_activity", made)
    assert signed_in(elsewhere.bea).get(there_too).status_code == 404


def test_who_has_to_do_with_its_organiser_reads_it_and_cannot_decide(there: Season, bea: Client) -> None:
    made = submitted(there)
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.bea, principal=home, role=Role.OWNER)
    mandate(person=there.olaf, principal=home, role=Role.MEMBER)

    said = words(bea.get(board_page(there, "board_activity", made)))
    assert "This is your own affair" in said
    assert "Open it for everybody" not in said
    answer = words(bea.post(board_page(there, "board_activity_publish", made), opening(made)))
    assert "You have an interest in this yourself." in answer


@pytest.mark.parametrize("state", ActivityState)
def test_the_page_shows_in_every_state(there: Season, bea: Client, state: str) -> None:
    made = activity(there, state=state)

    assert bea.get(board_page(there, "board_activity", made)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_as_often_for_one_shift_as_for_three(
    there: Season, bea: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = submitted(there)
    for each in range(number):
        shift(made, host=f"Fatima {each}")
    address = board_page(there, "board_activity", made)
    bea.get(address)

    with django_assert_num_queries(28):
        bea.get(address)


def test_the_room_of_the_board_says_what_waits(there: Season, bea: Client) -> None:
    submitted(there)
    drafted(there)
    brought = shift(activity(there), escalated_at=AT)
    for login in (there.ann, there.ben):
        takes_part(brought, login.person, "CLAIMED")
    takes_part(shift(activity(there)), there.ann.person, "DISPUTED")
    takes_part(shift(activity(there)), there.olaf.person, "CLAIMED")  # who owns the club
    elsewhere = season("Sluiskade", "NL20INGB0001234567")
    submitted(elsewhere)

    assert numbers_for_board(there.neighbourhood, day_of(AT)) == ForBoard(
        activities=1, shifts=1, disputes=1, leaders=1
    )  # fmt: skip
    said = words(bea.get(reverse("boardroom", args=[there.neighbourhood.slug])))
    assert "1 activity, hours of 1 shift, 1 disagreement, 1 time of an organiser" in said
