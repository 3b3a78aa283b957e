"""The desk of an organiser: whose it is, what waits there, the door, paper, messages, pots, months and certificates."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.models import Admission, CheckedIn, Participation, ShiftMessage
from marketplace.queries.accounts import account_for
from marketplace.states import ActivityState, ParticipationState, ShiftState
from people.models import Role
from tests.factories.people import mandate, person
from tests.marketplace.organising.scene import (
    AT,
    BEGAN,
    DAY,
    HOUR,
    Season,
    activity,
    at,
    client_of,
    desk_page,
    neighbour,
    over,
    people_page,
    shift,
    takes_part,
)

_T = ParticipationState
SHIFT_PAGES = [
    "shift_people",
    "shift_confirm",
    "shift_add",
    "shift_message",
    "shift_door",
    "shift_door_new",
    "shift_paper",
]
DESK_PAGES = [
    "organiser_desk", "organiser_months", "organiser_months_csv", "organiser_pots", "organiser_volunteers",
    "conduct_certificates",
]  # fmt: skip


# --- Whose it is ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIFT_PAGES)
def test_only_who_organises_it_finds_the_pages_of_a_shift(there: Season, name: str) -> None:
    made = over(there)
    takes_part(made, there.ann.person)
    url = reverse(name, args=[made.ref])

    for login in (there.ann, there.ben, there.bea, there.place.fenna):
        assert client_of(login).get(url).status_code == 404, login.email
    assert client_of(there.olaf).get(url).status_code in {200, 302}
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize("name", DESK_PAGES)
def test_only_who_organises_for_it_finds_a_desk(there: Season, name: str) -> None:
    url = reverse(name, args=[there.club.uuid])

    for login in (there.ann, there.bea, there.place.fenna):
        assert client_of(login).get(url).status_code == 404, login.email
    assert client_of(there.olaf).get(url).status_code == 200


@pytest.mark.parametrize("role", [Role.FINANCE, Role.EDITOR, Role.OPERATOR])
def test_an_office_that_organises_nothing_does_not_open_the_desk(there: Season, role: str) -> None:
    kim = person("Kim")
    mandate(person=kim, principal=there.club, role=role)

    assert client_of(kim).get(desk_page(there)).status_code == 404


def test_an_organiser_has_a_desk_and_an_address_that_is_none_has_not(there: Season) -> None:
    kim = person("Kim")
    mandate(person=kim, principal=there.club, role=Role.ORGANISER)
    client = client_of(kim)

    assert client.get(desk_page(there)).status_code == 200
    assert client.get(reverse("organiser_desk", args=[uuid.uuid4()])).status_code == 404
    assert client.get(reverse("shift_people", args=[uuid.uuid4()])).status_code == 404
    assert client.get(reverse("organiser_hours", args=[uuid.uuid4()])).status_code == 404


def test_who_organises_for_several_chooses_and_who_does_for_none_goes_on(there: Season) -> None:
    mine = at(there.olaf, reverse("organise"))
    assert "For whom do you organise?" in mine.words
    mine.follow(there.club.display_name)
    assert mine.url == desk_page(there)

    assert at(there.ann, reverse("organise")).url == reverse("organiser_desk", args=[there.ann.person.uuid])


def test_the_account_leads_who_organises_to_the_desk_and_nobody_else(there: Season) -> None:
    takes_part(over(there), there.ann.person, "CLAIMED")

    olaf = at(there.olaf, reverse("account"))
    assert "Of 1 shift the hours wait for you." in olaf.words
    assert "Go to your desk" not in at(there.ann, reverse("account")).words


# --- What waits -------------------------------------------------------------------------------------------------------


def test_the_desk_shows_hours_that_wait_what_comes_and_what_is_not_agreed(there: Season) -> None:
    coffee = activity(there)
    done, coming = shift(coffee, BEGAN), shift(coffee, AT + 2 * DAY, host="Corrie")
    takes_part(done, there.ann.person, "CLAIMED")
    takes_part(coming, there.ben.person)
    takes_part(shift(coffee, BEGAN - DAY), there.bea.person, "DISPUTED")

    words = at(there.olaf, desk_page(there)).words

    assert "Of 1 shift the hours wait for you. Nobody is paid before you confirm." in words
    assert "1 person told their hours" in words
    assert "with Corrie 1 of 2 places taken" in words
    assert "No agreement yet" in words
    assert there.bea.person.display_name in words


def test_an_insurance_that_ran_out_stands_on_the_desk(there: Season) -> None:
    Admission.objects.filter(organisation=there.club).update(insured_until_on=date(2020, 1, 1))

    words = at(there.olaf, desk_page(there)).words

    assert "Insurance ran out: Molenwijk" in words
    assert "no new activity can open" in words


@pytest.mark.parametrize("number", [1, 3])
def test_a_desk_asks_as_many_questions_for_one_as_for_three(
    there: Season, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        coffee = activity(there, f"Koffie {place}")
        takes_part(shift(coffee, BEGAN), there.ann.person, "CLAIMED")
        takes_part(shift(coffee, BEGAN - DAY), there.ben.person, "DISPUTED")
        shift(coffee)
    client = client_of(there.olaf)

    with django_assert_num_queries(22):
        client.get(desk_page(there))


# --- At the door ------------------------------------------------------------------------------------------------------


def test_the_door_shows_a_code_that_renews_itself_and_the_number(there: Season) -> None:
    made = shift(activity(there), AT - HOUR)
    client = client_of(there.olaf)

    answer = client.get(reverse("shift_door", args=[made.ref]))

    page = answer.content.decode()
    assert answer.headers["Refresh"] == "240"
    assert (made.pin in page, 'class="qr"' in page) == (True, True)
    assert "Refresh" not in client.get(f"{reverse('shift_door', args=[made.ref])}?still").headers


@pytest.mark.parametrize(
    ("starts", "said"), [(HOUR, "The door is not open yet"), (-5 * HOUR, "The door is closed")]
)
def test_a_door_is_shown_in_its_hours_alone(there: Season, starts: timedelta, said: str) -> None:
    made = shift(activity(there), AT + starts)

    answer = client_of(there.olaf).get(reverse("shift_door", args=[made.ref]))

    assert said in answer.content.decode()
    assert "Refresh" not in answer.headers
    assert 'class="qr"' not in answer.content.decode()


def test_a_shift_that_was_called_off_has_no_door(there: Season) -> None:
    made = shift(activity(there), AT - HOUR, state=ShiftState.CANCELLED)

    page = client_of(there.olaf).get(reverse("shift_door", args=[made.ref])).content.decode()

    assert ("This shift was called off" in page, made.pin in page) == (True, False)


def test_a_new_number_ends_the_old_one(there: Season) -> None:
    made = shift(activity(there), AT - HOUR)
    before = made.pin, made.door_key

    door = at(there.olaf, reverse("shift_door", args=[made.ref]))
    door.follow("Make a new number").press("Make a new number")

    made.refresh_from_db()
    assert made.pin != before[0]
    assert made.door_key != before[1]
    assert made.pin in door.words


def test_who_is_there_is_ticked_off_with_one_press(there: Season) -> None:
    made = shift(activity(there), AT - HOUR)
    ann = takes_part(made, there.ann.person)

    olaf = at(there.olaf, people_page(made)).press("Is here")

    ann.refresh_from_db()
    assert (ann.state, ann.checked_in_how) == (_T.CHECKED_IN, "LIST")
    assert f"{there.ann.person.display_name} is there." in olaf.words
    assert "1 of 1 are there." in olaf.words


def test_a_press_for_somebody_who_is_on_no_list_says_so(there: Season) -> None:
    made = shift(activity(there), AT - HOUR)

    answer = client_of(there.olaf).post(reverse("shift_here", args=[made.ref]), {"who": "x"}, follow=True)

    assert "Somebody changed this list meanwhile" in answer.content.decode()


# --- On paper ---------------------------------------------------------------------------------------------------------


def test_the_list_on_paper_has_everybody_and_a_code_that_lasts(there: Season) -> None:
    made = shift(activity(there), AT + 2 * HOUR)
    takes_part(made, there.ann.person)
    takes_part(made, there.ben.person, "WAITING")
    olaf = at(there.olaf, reverse("shift_paper", args=[made.ref]))

    assert there.ann.person.display_name in olaf.words
    assert "on the waiting list: number 1" in olaf.words
    assert made.pin in olaf.words
    assert olaf.page.find("svg", class_="qr") is not None


def test_somebody_without_an_account_page_is_put_on_the_list_by_their_wallet(there: Season) -> None:
    made = over(there)
    kim = neighbour(there, "Kim")
    account = account_for(kim.person, there.coin)
    assert account is not None

    olaf = at(there.olaf, reverse("shift_add", args=[made.ref])).press(
        "Put on the list", address=account.address
    )

    one = Participation.objects.get(shift=made)
    assert (one.person, one.state) == (kim.person, _T.CHECKED_IN)
    assert "They are on the list." in olaf.words


def test_who_came_before_is_chosen_by_name(there: Season) -> None:
    coffee = activity(there)
    takes_part(shift(coffee, BEGAN - 7 * DAY), there.ann.person, "NO_SHOW")
    made = shift(coffee, BEGAN)

    at(there.olaf, reverse("shift_add", args=[made.ref])).press(
        "Put on the list", person=str(there.ann.person.uuid)
    )

    assert Participation.objects.get(shift=made).person == there.ann.person


@pytest.mark.parametrize("typed", ["", "x", "NL91ABNA0417164300", "0" * 60])
def test_an_address_of_nobody_is_a_slip(there: Season, typed: str) -> None:
    made = over(there)

    olaf = at(there.olaf, reverse("shift_add", args=[made.ref])).press("Put on the list", address=typed)

    assert "Check each sign of the address" in olaf.words or "Choose somebody" in olaf.words
    assert not Participation.objects.exists()


def test_a_pot_or_a_wallet_elsewhere_is_nobody_on_the_list(there: Season) -> None:
    made = over(there)

    for account in (there.pot, there.place.shop, there.place.cas):
        olaf = at(there.olaf, reverse("shift_add", args=[made.ref])).press(
            "Put on the list", address=account.address
        )
        assert "We know nobody with this address" in olaf.words
    assert not Participation.objects.exists()


# --- Writing ----------------------------------------------------------------------------------------------------------


def test_a_message_goes_to_everybody_who_comes_once(there: Season) -> None:
    made = shift(activity(there))
    takes_part(made, there.ann.person)
    olaf = at(there.olaf, reverse("shift_message", args=[made.ref]))

    olaf.press("Send to 1 person", text="Neem een schort mee.")

    assert ShiftMessage.objects.get().text == "Neem een schort mee."
    assert "Your message was sent to everybody who comes." in olaf.words


def test_an_empty_message_is_a_slip(there: Season) -> None:
    made = shift(activity(there))
    takes_part(made, there.ann.person)

    olaf = at(there.olaf, reverse("shift_message", args=[made.ref])).press("Send to 1 person", text=" ")

    assert "Write a few words." in olaf.words
    assert not ShiftMessage.objects.exists()


# --- What somebody new asked ------------------------------------------------------------------------------------------


def test_who_waits_stands_in_turn_on_the_page_and_on_paper(there: Season) -> None:
    made = shift(activity(there), AT + 2 * HOUR)
    late, early = neighbour(there, "Aylin"), neighbour(there, "Gijs")
    takes_part(made, late.person, "WAITING", signed_up_at=AT - HOUR)
    takes_part(made, early.person, "WAITING", signed_up_at=AT - 2 * HOUR)

    for url in (people_page(made), reverse("shift_paper", args=[made.ref])):
        words = at(there.olaf, url).words
        assert words.index("Gijs") < words.index("Aylin"), url


def test_before_a_shift_nothing_is_said_about_being_there(there: Season) -> None:
    one = takes_part(shift(activity(there), AT + DAY), there.ann.person)

    words = at(there.olaf, reverse("organiser_hours", args=[one.ref])).words

    assert "Did not check in" not in words
    assert "When the shift is over you confirm their hours" in words


def test_who_was_put_on_the_list_afterwards_did_not_come_in_at_that_minute(there: Season) -> None:
    one = takes_part(
        over(there), there.ann.person, "CHECKED_IN", checked_in_at=AT, checked_in_how=CheckedIn.LIST
    )

    words = at(there.olaf, people_page(one.shift)).words

    assert "Was there, put on the list on" in words
    assert "Came in at" not in words


def test_a_shift_that_is_over_says_that_nobody_had_signed_up(there: Season) -> None:
    assert "Nobody had signed up for this shift." in at(there.olaf, people_page(over(there))).words


def test_who_could_help_is_one_step_away(there: Season) -> None:
    made = shift(activity(there))
    found = f"{reverse('work_people', args=[there.neighbourhood.slug])}?activity={made.activity.ref}"

    for url in (desk_page(there), people_page(made)):
        assert found in client_of(there.olaf).get(url).content.decode(), url


def test_what_the_board_sent_back_stands_on_top_and_its_shifts_do_not_come(there: Season) -> None:
    soup = activity(there, "Soep koken", state=ActivityState.RETURNED)
    shift(soup)

    words = at(there.olaf, desk_page(there)).words

    assert "The board sent “Soep koken” back" in words
    assert "No shift is planned" in words


def test_the_page_of_volunteers_tells_the_last_shift_apart_from_the_next(there: Season) -> None:
    coffee = activity(there)
    takes_part(shift(coffee, BEGAN), there.ann.person, "CLAIMED")
    takes_part(shift(coffee, AT + 2 * DAY), there.ann.person)

    words = at(there.olaf, reverse("organiser_volunteers", args=[there.club.uuid])).words

    assert f"last shift {BEGAN:%B} {BEGAN.day}" in words or f"last shift {BEGAN.day} {BEGAN:%B}" in words
    assert "comes on" in words


def test_choosing_nobody_is_said_beside_the_list(there: Season) -> None:
    coffee = activity(there)
    takes_part(shift(coffee, BEGAN - 7 * DAY), there.ann.person, "NO_SHOW")
    made = shift(coffee, BEGAN)

    olaf = at(there.olaf, reverse("shift_add", args=[made.ref])).press("Put on the list")

    assert "Somebody who came before – Choose somebody, or type the address" in olaf.words
    assert "wallet – Choose somebody" not in olaf.words
