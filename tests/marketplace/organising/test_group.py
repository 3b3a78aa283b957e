"""Confirming a whole shift on one page: everybody ticked, with exceptions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ledger.queries import balance_of
from marketplace.models import HoursDispute, Participation
from marketplace.states import ParticipationState
from people.models import PersonDetails, Role
from tests.factories.people import mandate
from tests.marketplace.organising.scene import (
    BEGAN,
    HOUR,
    Season,
    absent,
    at,
    came,
    home_of,
    hours,
    neighbour,
    over,
    people_page,
    takes_part,
    why,
)

_T = ParticipationState


def in_pot(there: Season) -> int:
    return balance_of(there.pot).available


def state_of(one: Participation) -> str:
    one.refresh_from_db()
    return one.state


def test_everybody_is_paid_at_once_and_the_button_says_how_much_from_which_pot(there: Season) -> None:
    shift = over(there)
    ann, ben = (
        takes_part(shift, there.ann.person, "CLAIMED"),
        takes_part(shift, there.ben.person, "SIGNED_UP"),
    )

    olaf = at(there.olaf, people_page(shift))
    assert "Told 3:00 hours" in olaf.words
    assert "It has 500.00" in olaf.words
    olaf.press("Pay 36.00 from Soep")

    assert "Paid: 36.00 to 2 people." in olaf.words
    assert (state_of(ann), state_of(ben)) == (_T.PAID, _T.PAID)
    assert (in_pot(there), balance_of(there.place.ann).available) == (464_00, 18_00)
    assert "There is nothing for you to confirm here." in olaf.words


def test_a_changed_list_is_shown_with_its_new_sum_before_anything_is_paid(there: Season) -> None:
    shift = over(there)
    ann, ben = takes_part(shift, there.ann.person), takes_part(shift, there.ben.person)
    olaf = at(there.olaf, people_page(shift))

    olaf.press("Pay 36.00", **{hours(ann): "2:30"}, **absent(ben))

    assert "You changed the list. Now 15.00 is paid to 1 person." in olaf.words
    assert (state_of(ann), state_of(ben), in_pot(there)) == (_T.SIGNED_UP, _T.SIGNED_UP, 500_00)

    olaf.press("Pay 15.00 from Soep")

    assert "Paid: 15.00 to 1 person. 1 person was not there." in olaf.words
    assert (state_of(ann), ann.confirmed, state_of(ben)) == (_T.PAID, 150, _T.NO_SHOW)
    assert in_pot(there) == 485_00


def test_fewer_hours_than_told_need_a_reason_and_are_not_paid_yet(there: Season) -> None:
    shift = over(there)
    ann = takes_part(shift, there.ann.person, "CLAIMED")
    olaf = at(there.olaf, people_page(shift))

    olaf.press("Pay 18.00", **{hours(ann): "1"})
    assert "They told more hours. Say what you saw: they read it." in olaf.words
    olaf.press("Send this list", **{why(ann): "Ging om drie uur weg."})

    dispute = HoursDispute.objects.get(participation=ann)
    assert (state_of(ann), dispute.offered, dispute.organiser_text) == (
        _T.DISPUTED,
        60,
        "Ging om drie uur weg.",
    )
    assert "1 person hears that you saw fewer hours, and answers." in olaf.words
    assert in_pot(there) == 500_00


def test_who_told_hours_and_was_not_there_is_asked_first(there: Season) -> None:
    shift = over(there)
    ann = takes_part(shift, there.ann.person, "CLAIMED")
    olaf = at(there.olaf, people_page(shift))

    olaf.press("Pay 18.00", **absent(ann))
    assert "Say what you saw" in olaf.words
    olaf.press("Send this list", **{why(ann): "Ik heb haar niet gezien."})

    assert (state_of(ann), HoursDispute.objects.get().offered) == (_T.DISPUTED, 0)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write hours and minutes, for example 2:30."),
        ("drie", "Write hours and minutes, for example 2:30."),
        ("4", "At most 3:00 is possible here."),
        ("1:33", "Round it to five minutes"),
        ("0", "At least 0:05 is possible here."),
        ("-1", "Write hours and minutes"),
        ("99:99", "Write hours and minutes"),
        ("<script>", "Write hours and minutes"),
    ],
)
def test_hours_that_are_none_are_said_beside_their_field(there: Season, typed: str, said: str) -> None:
    shift = over(there)
    ann = takes_part(shift, there.ann.person)
    olaf = at(there.olaf, people_page(shift))

    olaf.press("Pay 18.00", **{hours(ann): typed})

    assert said in olaf.words
    assert (state_of(ann), in_pot(there)) == (_T.SIGNED_UP, 500_00)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2:30", 150), ("2,5", 150), ("2.5", 150), ("2u30", 150), ("2h", 120), (" 0,25 ", 15), ("٣", 180)],
)
def test_hours_can_be_written_as_people_write_them(there: Season, typed: str, minutes: int) -> None:
    shift = over(there)
    ann = takes_part(shift, there.ann.person)
    olaf = at(there.olaf, people_page(shift))

    olaf.press("Pay 18.00", **{hours(ann): typed})
    if "Nothing is done yet" in olaf.words:  # it is another sum than the button said
        olaf.press("Pay ")

    assert (state_of(ann), ann.confirmed) == (_T.PAID, minutes)


def test_a_list_that_is_sent_twice_pays_once(there: Season) -> None:
    shift = over(there)
    ann = takes_part(shift, there.ann.person)
    first, second = at(there.olaf, people_page(shift)), at(there.olaf, people_page(shift))

    first.press("Pay 18.00")
    second.press("Pay 18.00")

    assert "These hours were confirmed already." in second.words
    assert (state_of(ann), in_pot(there)) == (_T.PAID, 482_00)


def test_who_tells_their_hours_meanwhile_is_not_taken_for_absent(there: Season) -> None:
    shift = over(there)
    takes_part(shift, there.ann.person)
    olaf = at(there.olaf, people_page(shift))
    ben = takes_part(shift, there.ben.person, "CLAIMED")

    olaf.press("Pay 18.00")

    assert "Paid: 18.00 to 1 person." in olaf.words
    assert state_of(ben) == _T.CLAIMED


def test_a_pot_that_runs_dry_pays_who_it_can_and_says_so(there: Season) -> None:
    shift = over(there)
    people = (there.ann, there.ben, neighbour(there, "Kim"))
    rows = [takes_part(shift, login.person, value=60_00) for login in people]

    olaf = at(there.olaf, people_page(shift))
    assert "That is less than this list earns." in olaf.words
    olaf.press("Pay 540.00 from Soep")

    assert "Paid: 360.00 to 2 people. 1 person is paid later." in olaf.words
    assert "The pot has too little. It is paid as soon as there are coins in it." in olaf.words
    assert sorted(state_of(one) for one in rows) == [_T.CONFIRMED, _T.PAID, _T.PAID]
    assert in_pot(there) == 140_00


def test_nobody_confirms_their_own_hours_or_a_housemates(there: Season) -> None:
    shift = over(there)
    home_of(there.olaf, there.ann)
    own, mate = takes_part(shift, there.olaf.person), takes_part(shift, there.ann.person)
    ben = takes_part(shift, there.ben.person)

    olaf = at(there.olaf, people_page(shift))

    assert came(ben) in str(olaf.page)
    assert came(own) not in str(olaf.page)
    assert came(mate) not in str(olaf.page)
    assert "For others to confirm" in olaf.words


def test_a_colleague_confirms_what_an_organiser_may_not(there: Season) -> None:
    shift = over(there)
    mandate(person=there.ben, principal=there.club, role=Role.ORGANISER)
    home_of(there.ben, there.ann)
    own, mate = takes_part(shift, there.ben.person), takes_part(shift, there.ann.person)

    ben, olaf = (str(at(login, people_page(shift)).page) for login in (there.ben, there.olaf))

    assert (came(own) in ben, came(mate) in ben) == (False, False)
    assert (came(own) in olaf, came(mate) in olaf) == (True, True)


def test_a_box_that_was_not_offered_confirms_nothing(there: Season) -> None:
    """Somebody adds their own hours to the form by hand."""
    shift = over(there)
    own = takes_part(shift, there.olaf.person, "CLAIMED")
    client = Client()
    client.force_login(there.olaf)

    answer = client.post(
        f"{people_page(shift)}confirm/",
        {"rows_shown": own.ref.hex, came(own): "on", hours(own): "3:00", "expected": "1800"},
    )

    assert answer.status_code == 302
    assert (state_of(own), in_pot(there)) == (_T.CLAIMED, 500_00)


def test_before_it_is_over_only_who_told_their_hours_are_confirmed(there: Season) -> None:
    shift = over(there)
    type(shift).objects.filter(pk=shift.pk).update(starts_at=BEGAN + 22 * HOUR, ends_at=BEGAN + 25 * HOUR)
    shift.refresh_from_db()
    ann, ben = (
        takes_part(shift, there.ann.person, "CLAIMED"),
        takes_part(shift, there.ben.person, "CHECKED_IN"),
    )

    page = str(at(there.olaf, people_page(shift)).page)

    assert (came(ann) in page, came(ben) in page) == (True, False)


def test_the_why_of_a_payment_that_waits_does_not_tell_what_somebody_earns_elsewhere(there: Season) -> None:
    shift = over(there)
    takes_part(shift, there.ann.person, "BLOCKED_BY_CAP")

    words = at(there.olaf, people_page(shift)).words

    assert "The payment waits. The participant knows why." in words
    assert "maximum" not in words


def test_names_are_no_markup(there: Season) -> None:
    shift = over(there)
    kim = neighbour(there, "Kim")
    PersonDetails.objects.filter(pk=kim.person.pk).update(given_name="<b>Kim</b>")
    takes_part(shift, kim.person)

    client = Client()
    client.force_login(there.olaf)

    assert "<b>Kim</b>" not in client.get(people_page(shift)).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_many_questions_for_one_as_for_three(
    there: Season, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shift = over(there)
    for login in (there.ann, there.ben, there.bea)[:number]:
        takes_part(shift, login.person, "CLAIMED")
    client = Client()
    client.force_login(there.olaf)

    with django_assert_num_queries(20):
        client.get(people_page(shift))


def test_reward_is_rounded_as_it_is_paid(there: Season) -> None:
    shift = over(there, hours=1)
    ann = takes_part(shift, there.ann.person, value=5_55)

    at(there.olaf, people_page(shift)).press("Pay 5.55", **{hours(ann): "0:05"}).press("Pay 0.46")

    ann.refresh_from_db()
    assert (ann.reward, Decimal(ann.confirmed or 0)) == (46, Decimal(5))
