"""Signing up: what it earns and what happens above a maximum stand before the button; the button does it once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from ledger.kinds import Label
from marketplace.models import GuardianConsent, OverCap, Participation
from marketplace.states import ActivityState, ShiftState
from neighbourhoods.models import Residency
from people.models import PersonDetails
from tests.factories.activities import AT, Season, activity, confirm_year, shift, takes_part
from tests.marketplace.rewards.earning import pays
from tests.marketplace.taking_part_pages.scene import (
    BEGINS,
    HOUR,
    carried,
    child_of_ann,
    page_of,
    sign_up_page,
    signed_in,
    words,
)


def test_who_looks_sees_when_and_where_it_is_and_what_it_earns(there: Season) -> None:
    one = shift(activity(there), places=2)

    page = words(signed_in(there.ann).get(sign_up_page(one)))

    assert "Koffie schenken" in page
    assert "Wiekplein 1" in page
    assert "+18.00" in page
    assert "3 hours · 6.00 per hour" in page
    assert "2 places left." in page
    assert "Football club Molenwijk sees your name" in page


def test_one_button_signs_up_and_shows_how_far_it_is(there: Season) -> None:
    one, ann = shift(activity(there)), signed_in(there.ann)

    done = ann.post(sign_up_page(one), carried(ann.get(sign_up_page(one))), follow=True)

    mine = Participation.objects.get()
    assert (mine.person, mine.state, mine.value) == (there.ann.person, "SIGNED_UP", 6_00)
    assert done.redirect_chain == [(page_of(mine), 302)]
    assert "You are signed up." in words(done)


def test_the_button_pressed_twice_signs_up_once(there: Season) -> None:
    one, ann = shift(activity(there)), signed_in(there.ann)
    form = carried(ann.get(sign_up_page(one)))

    first, second = ann.post(sign_up_page(one), form), ann.post(sign_up_page(one), form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Participation.objects.count() == 1


def test_looking_signs_nobody_up(there: Season) -> None:
    signed_in(there.ann).get(sign_up_page(shift(activity(there))))

    assert not Participation.objects.exists()


def test_when_all_places_are_taken_the_button_says_that_it_is_the_waiting_list(there: Season) -> None:
    one, ann = shift(activity(there), places=1), signed_in(there.ann)
    takes_part(one, there.ben.person)

    looked = ann.get(sign_up_page(one))
    done = ann.post(sign_up_page(one), carried(looked), follow=True)

    assert "Put me on the waiting list" in words(looked)
    assert "You are on the waiting list." in words(done)
    assert Participation.objects.get(person=there.ann.person).state == "WAITING"


def test_who_is_on_it_already_finds_the_way_to_it_and_no_button(there: Season) -> None:
    one = shift(activity(there))
    mine = takes_part(one, there.ann.person)

    page = signed_in(there.ann).get(sign_up_page(one)).content.decode()

    assert page_of(mine) in page
    assert "Sign me up" not in page


def test_who_waits_takes_a_place_that_came_free_in_the_last_two_hours(
    there: Season, clock: time_machine.Traveller
) -> None:
    one, ann = shift(activity(there), places=1), signed_in(there.ann)
    mine = takes_part(one, there.ann.person, "WAITING")
    clock.move_to(BEGINS - HOUR)

    looked = ann.get(page_of(mine)).content.decode()
    ann.post(sign_up_page(one), carried(ann.get(sign_up_page(one))))

    mine.refresh_from_db()
    assert f'href="{sign_up_page(one)}">Take the free place</a>' in looked
    assert "A place came free." in looked
    assert mine.state == "SIGNED_UP"


def test_what_stands_in_the_way_is_said_before_any_button(there: Season) -> None:
    PersonDetails.objects.filter(party=there.ann.person).update(born_on=None)
    cas = signed_in(there.place.cas_login)
    one = shift(activity(there))

    unborn, elsewhere = signed_in(there.ann).get(sign_up_page(one)), cas.get(sign_up_page(one))

    assert "We need your date of birth first." in words(unborn)
    assert 'href="/en/account/details/"' in unborn.content.decode()
    assert "Only who lives in Molenwijk can take part in this." in words(elsewhere)
    assert "Sign me up" not in words(unborn) + words(elsewhere)
    assert "Choose another shift" not in words(elsewhere)


def test_a_parent_reads_of_a_child_that_it_is_not_registered_there(there: Season) -> None:
    sam = child_of_ann(there)
    Residency.objects.filter(person=sam.person).delete()
    one = shift(activity(there))

    page = words(signed_in(there.ann).get(f"{sign_up_page(one)}?who={sam.person.uuid}"))

    assert f"{sam.person.display_name} is not registered as a resident of Molenwijk yet." in page
    assert "Only who lives in" not in page


def test_the_error_of_the_tick_is_its_own_sentence(there: Season) -> None:
    confirm_year(there.municipality, version=2, per_hour=None, per_month=10_00)
    one, ann = shift(activity(there)), signed_in(there.ann)

    looked = ann.get(sign_up_page(one))
    refused = ann.post(sign_up_page(one), carried(looked))

    assert "I know that I may have to wait for these coins." in words(looked)
    assert "These coins are not paid, unless another maximum will hold for you." in words(looked)
    assert "Tick that you know that you may have to wait for these coins." in words(refused)
    assert not Participation.objects.exists()


def test_what_is_refused_after_all_stands_above_the_form(there: Season) -> None:
    one, ann = shift(activity(there)), signed_in(there.ann)
    form = carried(ann.get(sign_up_page(one)))
    takes_part(shift(activity(there, "Soep"), BEGINS + HOUR), there.ann.person)

    refused = ann.post(sign_up_page(one), form)

    assert "You already signed up for “Soep”" in words(refused)
    assert Participation.objects.count() == 1


def test_a_shift_that_has_begun_or_was_called_off_is_gone(
    there: Season, clock: time_machine.Traveller
) -> None:
    ann, open_one = signed_in(there.ann), activity(there)
    begun = shift(open_one)
    off = shift(open_one, BEGINS + timedelta(days=9), state=ShiftState.CANCELLED)
    clock.move_to(BEGINS + HOUR)

    answers = [ann.get(sign_up_page(one)) for one in (begun, off)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "This shift has begun." in words(answers[0])
    assert "This does not go on." in words(answers[1])


@pytest.mark.parametrize("state", [ActivityState.DRAFT, ActivityState.SUBMITTED, ActivityState.RETURNED])
def test_what_was_never_open_is_not_found(there: Season, state: str) -> None:
    one = shift(activity(there, state=state))

    assert signed_in(there.ann).get(sign_up_page(one)).status_code == 404


def test_who_has_not_signed_in_is_asked_to(there: Season) -> None:
    one = shift(activity(there))

    answer = Client().get(sign_up_page(one))

    assert answer.status_code == 302
    assert sign_up_page(one) in answer.headers["Location"]


# --- Maximums ---------------------------------------------------------------------------------------------------------


def test_what_may_still_be_earned_stands_beside_the_button(there: Season) -> None:
    ann = signed_in(there.ann)
    _confirmed(there, per_hour=None)
    page = words(ann.get(sign_up_page(shift(activity(there)))))

    assert "you may still earn 210.00. With this, 192.00 of that is left." in page


@pytest.mark.parametrize(
    ("over_cap", "said"),
    [
        (OverCap.BLOCK, "These coins then wait until there is room again."),
        (OverCap.SIGN, "You are paid when you sign that you know of the maximum."),
    ],
)
def test_above_a_maximum_somebody_says_that_they_know(there: Season, over_cap: str, said: str) -> None:
    _confirmed(there, per_hour=None, per_month=20_00, over_cap=over_cap)
    pays(there, there.place.ann, 10_00, AT)
    one, ann = shift(activity(there)), signed_in(there.ann)

    looked = ann.get(sign_up_page(one))
    refused = ann.post(sign_up_page(one), carried(looked))
    done = ann.post(sign_up_page(one), {**carried(looked), "knows_maximum": "on"})

    assert said in words(looked)
    assert "Tick that you know that you may have to wait for these coins." in words(refused)
    assert 'name="knows_maximum"' in refused.content.decode()
    assert done.status_code == 302


def test_where_a_municipality_only_warns_nothing_has_to_be_ticked(there: Season) -> None:
    _confirmed(there, per_hour=None, per_month=10_00, over_cap=OverCap.WARN)
    one, ann = shift(activity(there)), signed_in(there.ann)

    looked = ann.get(sign_up_page(one))
    done = ann.post(sign_up_page(one), carried(looked))

    assert "You are paid all of it." in words(looked)
    assert 'name="knows_maximum"' not in looked.content.decode()
    assert done.status_code == 302


def test_in_a_year_without_amounts_it_is_said_that_the_payment_waits(there: Season) -> None:
    in_january = shift(activity(there), BEGINS + timedelta(days=60))

    page = words(signed_in(there.ann).get(sign_up_page(in_january)))

    assert "are not set yet. You can sign up. You are paid as soon as the municipality has set them." in page


def test_a_label_without_a_maximum_says_nothing_of_one(there: Season) -> None:
    page = words(signed_in(there.ann).get(sign_up_page(shift(activity(there, label=Label.WAGE)))))

    assert "of that is left" not in page


def _confirmed(there: Season, **amounts: object) -> None:
    """A newer version of the amounts of this year."""
    confirm_year(there.municipality, version=2, **amounts)  # type: ignore[arg-type]


# --- Children ---------------------------------------------------------------------------------------------------------


def test_a_parent_chooses_which_child_comes_and_consents_by_it(there: Season) -> None:
    sam = child_of_ann(there).person
    one, ann = shift(activity(there, lowest_age=12)), signed_in(there.ann)

    chosen = f"{sign_up_page(one)}?who={sam.uuid}"
    looked = ann.get(chosen)
    done = ann.post(chosen, carried(looked), follow=True)

    assert "Sign Sam" in words(looked)
    assert "By this you say that Sam de Vries may take part in this activity." in words(looked)
    assert "is signed up." in words(done)
    mine = Participation.objects.get()
    assert (mine.person, mine.signed_up_by) == (sam, there.ann.person)
    assert GuardianConsent.objects.get().guardian == there.ann.person


def test_the_page_of_a_parent_without_a_choice_is_about_the_parent(there: Season) -> None:
    sam = child_of_ann(there).person
    one = shift(activity(there, lowest_age=12))

    page = signed_in(there.ann).get(sign_up_page(one)).content.decode()

    assert f"?who={sam.uuid}" in page
    assert "Sign me up" in page


def test_nobody_signs_up_the_child_of_another(there: Season) -> None:
    sam = child_of_ann(there).person
    one, ben = shift(activity(there, lowest_age=12)), signed_in(there.ben)
    address = f"{sign_up_page(one)}?who={sam.uuid}"

    assert [ben.get(address).status_code, ben.post(address).status_code] == [404, 404]
    assert not Participation.objects.exists()


def test_a_child_alone_hears_that_a_parent_has_to_say_yes(there: Season) -> None:
    sam = child_of_ann(there)
    one = shift(activity(there, lowest_age=12))

    page = words(signed_in(sam).get(sign_up_page(one)))

    assert "A parent or guardian lets you take part first." in page


def test_a_draft_that_was_taken_back_is_shown_to_nobody(there: Season) -> None:
    one = shift(activity(there, state=ActivityState.CANCELLED, published_at=None))

    assert signed_in(there.ann).get(sign_up_page(one)).status_code == 404
