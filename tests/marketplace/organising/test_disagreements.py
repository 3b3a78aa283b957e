"""Hours about which two do not agree, and hours that the board confirms: the pages of organiser and board."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from time_machine import TimeMachineFixture

from marketplace.models import HoursDispute, Participation, Shift
from marketplace.operations.hours import contest, contest_absence
from marketplace.states import ActivityState, ParticipationState
from neighbourhoods.models.valued import Unit
from people.models import User
from tests.factories.people import actor, mandate
from tests.marketplace.organising.scene import (
    AT,
    BEGAN,
    DAY,
    Season,
    activity,
    at,
    home_of,
    over,
    shift,
    takes_part,
)

_T = ParticipationState


@pytest.fixture(autouse=True)
def _one_step(settings: Settings) -> None:
    """Without a code by app: signing in has its own tests."""
    settings.STAFF_SECOND_FACTOR = False


def board_page(there: Season) -> str:
    return reverse("board_hours", args=[there.neighbourhood.slug])


def rule_page(there: Season, one: Participation) -> str:
    return reverse("board_rule", args=[there.neighbourhood.slug, one.ref])


def shift_page(there: Season, made: Shift) -> str:
    return reverse("board_shift", args=[there.neighbourhood.slug, made.ref])


def contested(there: Season, login: User | None = None, minutes: int = 60) -> Participation:
    """Olaf saw an hour of the three that were told."""
    one = takes_part(over(there), (login or there.ann).person, "CLAIMED")
    contest(
        participation=one, minutes=minutes, reason="Ging om drie uur weg.", actor=actor(there.olaf), at=AT
    )
    return one


def heard(one: Participation) -> None:
    HoursDispute.objects.filter(participation=one).update(participant_text="Ik bleef tot vijf uur.")


def brought(there: Season, **more: object) -> Shift:
    """A shift that nobody confirmed in time."""
    made = over(there, **more)
    Shift.objects.filter(pk=made.pk).update(escalated_at=AT)
    return made


def status(login: User, url: str) -> int:
    client = Client()
    client.force_login(login)
    return client.get(url).status_code


def state_of(one: Participation) -> str:
    one.refresh_from_db()
    return one.state


# --- The organiser ----------------------------------------------------------------------------------------------------


def test_an_organiser_reads_both_sides_and_can_pay_what_was_told_after_all(there: Season) -> None:
    one = contested(there)
    heard(one)

    olaf = at(there.olaf, reverse("organiser_hours", args=[one.ref]))
    assert "Ging om drie uur weg." in olaf.words
    assert "Ik bleef tot vijf uur." in olaf.words
    olaf.follow("Pay 18.00, as they told").press("Pay 18.00")

    assert state_of(one) == _T.PAID
    assert "Settled. The participant hears of it." in olaf.words


def test_an_organiser_says_what_they_saw_when_somebody_was_there_after_all(there: Season) -> None:
    one = takes_part(over(there), there.ann.person, "NO_SHOW")
    contest_absence(participation=one, text="Ik was er wel.", actor=actor(there.ann), at=AT)
    page = reverse("organiser_hours", args=[one.ref])

    olaf = at(there.olaf, page).press("Tell the board what you saw", text="Ik zag haar niet.")

    assert HoursDispute.objects.get().organiser_text == "Ik zag haar niet."
    assert "The board reads what you saw." in olaf.words
    assert "Tell the board what you saw" not in olaf.words


def test_hours_of_one_person_are_confirmed_apart_from_the_rest(there: Season) -> None:
    made = over(there)
    ann, ben = (takes_part(made, login.person, "CLAIMED") for login in (there.ann, there.ben))

    at(there.olaf, reverse("organiser_hours", args=[ann.ref])).press("Pay 18.00 from Soep")

    assert (state_of(ann), state_of(ben)) == (_T.PAID, _T.CLAIMED)


def test_nobody_gives_in_for_a_housemate(there: Season) -> None:
    one = contested(there)
    home_of(there.olaf, there.ann)
    page = reverse("hours_give_in", args=[one.ref])

    olaf = at(there.olaf, page).press("Pay 18.00")

    assert "You have an interest in these hours yourself" in olaf.words
    assert state_of(one) == _T.DISPUTED


def test_giving_in_to_what_is_settled_goes_back_to_the_page(there: Season) -> None:
    one = takes_part(over(there), there.ann.person, "CLAIMED")
    client = Client()
    client.force_login(there.olaf)

    answer = client.get(reverse("hours_give_in", args=[one.ref]))

    assert answer.headers["Location"] == reverse("organiser_hours", args=[one.ref])


def test_others_do_not_find_the_hours_of_somebody_at_the_desk(there: Season) -> None:
    one = contested(there)

    for login in (there.ann, there.ben, there.bea):
        assert status(login, reverse("organiser_hours", args=[one.ref])) == 404
        assert status(login, reverse("hours_give_in", args=[one.ref])) == 404


# --- The board --------------------------------------------------------------------------------------------------------


def test_a_board_sees_what_waits_and_confirms_what_nobody_did(there: Season) -> None:
    made = brought(there)
    one = takes_part(made, there.ann.person, "CLAIMED")
    activity(there, "Tuin", state=ActivityState.SUBMITTED)

    bea = at(there.bea, board_page(there))
    assert "2 things wait about activities" in bea.words
    assert "Tuin" in bea.words
    bea.follow("Koffie schenken").press("Pay 18.00 from Soep")

    assert state_of(one) == _T.PAID
    assert one.confirmed_by == there.bea.person
    assert "1 thing waits about activities" in bea.words


def test_who_leads_the_club_is_confirmed_by_the_board_alone(there: Season) -> None:
    made = over(there)
    own, ann = takes_part(made, there.olaf.person, "CLAIMED"), takes_part(made, there.ann.person, "CLAIMED")

    bea = at(there.bea, board_page(there)).follow("Koffie schenken")
    assert there.ann.person.display_name not in bea.words
    bea.press("Pay 18.00")

    assert own.person == there.olaf.person
    assert (state_of(own) in {_T.PAID, _T.CONFIRMED}, state_of(ann)) == (True, _T.CLAIMED)


def test_a_board_hears_both_and_settles_it(there: Season) -> None:
    one = contested(there)
    heard(one)

    bea = at(there.bea, board_page(there)).follow("Koffie schenken")
    assert "From 1:00 to 3:00: that is what the two say." in bea.words
    bea.press("Settle it", minutes="2:00", ruling="Corrie zag haar om vier uur.")

    dispute = HoursDispute.objects.get()
    assert (state_of(one), one.reward, dispute.ruled, dispute.ruled_by) == (
        _T.PAID,
        12_00,
        120,
        there.bea.person,
    )
    assert "Settled. Both sides hear of it." in bea.words
    over_now = at(there.bob, rule_page(there, one)).words
    assert "This disagreement is over" in over_now
    assert "of the board found 2:00 hours" in over_now


@pytest.mark.parametrize("typed", ["", "0", "0:30", "4", "x"])
def test_a_ruling_outside_what_the_two_say_is_a_slip(there: Season, typed: str) -> None:
    one = contested(there)
    heard(one)

    bea = at(there.bea, rule_page(there, one)).press("Settle it", minutes=typed, ruling="Zo is het.")

    assert "is not right yet" in bea.words
    assert state_of(one) == _T.DISPUTED


def test_nobody_is_ruled_on_before_they_could_speak(there: Season, clock: TimeMachineFixture) -> None:
    one = contested(there)

    bea = at(there.bea, rule_page(there, one))
    assert "One side has not told what happened yet." in bea.words
    assert "Settle it" not in bea.words
    clock.shift(timedelta(days=8))

    assert "Settle it" in bea.open(rule_page(there, one)).words


def test_who_sits_on_no_board_finds_none_of_it(there: Season) -> None:
    one, made = contested(there), brought(there)
    takes_part(made, there.ben.person, "CLAIMED")
    urls = [board_page(there), rule_page(there, one), shift_page(there, made)]

    for login in (there.ann, there.olaf, there.place.fenna):
        assert [status(login, url) for url in urls] == [404, 404, 404]


def test_a_member_with_a_stake_sees_that_there_is_one_and_no_way_in(there: Season) -> None:
    one, made = contested(there), brought(there)
    takes_part(made, there.ben.person, "CLAIMED")
    mandate(person=there.bea, principal=there.club, role="EDITOR")

    bea = at(there.bea, board_page(there))

    assert bea.page.find("a", string="Koffie schenken") is None
    assert "Another member of the board settles this." in bea.words
    assert status(there.bea, rule_page(there, one)) == 404
    assert status(there.bea, shift_page(there, made)) == 404


def test_who_lives_with_the_owner_leaves_it_to_others(there: Season) -> None:
    one = contested(there)
    home_of(there.olaf, there.bea)

    bea = at(there.bea, board_page(there))

    assert "You have to do with one of the two." in bea.words
    assert status(there.bea, rule_page(there, one)) == 404


def test_a_member_does_not_confirm_a_housemate_on_a_shift_that_was_brought(there: Season) -> None:
    made = brought(there)
    one = takes_part(made, there.ann.person, "CLAIMED")
    takes_part(made, there.ben.person, "CLAIMED")
    home_of(there.bea, there.ann)

    bea = at(there.bea, shift_page(there, made))

    assert f"came_{one.ref.hex}" not in str(bea.page)
    assert "For others to confirm" in bea.words


def test_another_neighbourhoods_board_finds_nothing(there: Season) -> None:
    one = contested(there)

    url = reverse("board_rule", args=[f"{there.neighbourhood.slug}-oost", one.ref])

    assert status(there.bea, url) == 404
    assert status(there.bea, reverse("board_rule", args=[there.neighbourhood.slug, uuid.uuid4()])) == 404


def test_the_affairs_of_others_ask_for_a_second_step(there: Season, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    one = contested(there)

    for url in (board_page(there), rule_page(there, one)):
        assert status(there.bea, url) == 302
    Participation.objects.update(state=_T.WITHDRAWN)
    assert status(there.bea, board_page(there)) == 200  # nobody's hours lie there any more


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_as_many_questions_for_one_as_for_three(
    there: Season, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for login in (there.ann, there.ben, there.place.sjoerd)[:number]:
        contested(there, login)
        takes_part(brought(there, of={"title": login.email}), login.person, "CLAIMED")
        activity(there, f"Nieuw {login.email}", state=ActivityState.SUBMITTED)
    client = Client()
    client.force_login(there.bea)

    with django_assert_num_queries(32):
        client.get(board_page(there))


def test_a_shift_that_is_settled_meanwhile_leads_back_to_the_table(there: Season) -> None:
    made = brought(there)

    assert at(there.bea, shift_page(there, made)).url == board_page(there)
    assert shift(activity(there), BEGAN - DAY).state == "OPEN"


def test_what_a_board_member_saw_is_not_said_in_the_name_of_the_organiser(there: Season) -> None:
    made = brought(there)
    one = takes_part(made, there.ann.person, "CLAIMED")
    contest(participation=one, minutes=60, reason="Ik was er ook.", actor=actor(there.bea), at=AT)

    words = at(there.bea, rule_page(there, one)).words

    assert f"{there.bea.person.display_name} of the board saw 1:00 hours" in words
    assert f"{there.club.display_name} saw" not in words
    assert "You confirmed these hours yourself. Somebody else of the board decides." in words
    assert "Settle it" not in words


def test_what_is_paid_per_time_is_not_told_as_a_range(there: Season) -> None:
    one = takes_part(over(there), there.ann.person, "CLAIMED", unit=Unit.TURN)
    contest(participation=one, minutes=60, reason="Ging eerder weg.", actor=actor(there.olaf), at=AT)
    heard(one)

    words = at(there.bea, rule_page(there, one)).words

    assert "This is paid per time" in words
    assert "from 6.00 to" not in words


def test_the_account_of_a_board_member_says_that_hours_wait(there: Season) -> None:
    contested(there)

    assert "1 thing about activities or hours waits" in at(there.bea, reverse("account")).words
    assert "about activities or hours" not in at(there.ann, reverse("account")).words
