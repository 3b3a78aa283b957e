"""The list of the organiser: who is there, who came by, who did not come. Also from paper, up to two weeks later."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from core.refusals import Refusal
from core.states import MoveRefused
from ledger.operations import KeyReused
from marketplace import door_links
from marketplace.models import GuardianConsent, Participation, Shift
from marketplace.operations.standing import StoppedByBoard
from marketplace.operations.taking_part import arriving, check_in_on_list, checking, come_in, listing, miss
from marketplace.permissions import NotYourActivity, OwnHours
from people.models import PersonDetails, Role
from tests.factories.activities import AT, Season, activity, born, shift, takes_part
from tests.factories.people import mandate, person
from tests.factories.residency import resident, second_login
from tests.marketplace.taking_part.scene import (
    DAY,
    HOUR,
    MINUTE,
    by,
    kim_of,
    one_more,
    signed_up,
    state_of,
    together,
    trail_of,
)

BEGINS = AT + 2 * DAY
ENDS = BEGINS + 3 * HOUR


@pytest.fixture
def that(there: Season) -> Shift:
    return shift(activity(there))


def walks_in(that: Shift, who: Any, by_whom: Any, at: Any = BEGINS, **more: Any) -> Participation:
    words: dict[str, Any] = {"key": uuid.uuid4(), **more}
    return come_in(shift=that, person=getattr(who, "person", who), **words, **by(by_whom, at))


def refused(one: type[Refusal], deed: Any, **words: Any) -> str:
    with pytest.raises(one) as said, transaction.atomic():
        deed(**words)
    return str(said.value)


@pytest.mark.parametrize("at", [BEGINS - 30 * MINUTE, ENDS, ENDS + 14 * DAY])
def test_the_organiser_ticks_off_from_half_an_hour_before_until_two_weeks_after(
    there: Season, that: Shift, at: Any
) -> None:
    mine = signed_up(that, there.ann)

    check_in_on_list(participation=mine, **by(there.olaf, at))

    mine.refresh_from_db()
    assert (mine.state, mine.checked_in_how, mine.checked_in_at) == ("CHECKED_IN", "LIST", at)


@pytest.mark.parametrize("at", [BEGINS - 31 * MINUTE, ENDS + 14 * DAY + MINUTE])
def test_before_and_after_that_the_list_is_closed(there: Season, that: Shift, at: Any) -> None:
    mine = signed_up(that, there.ann)

    refused(listing.ListClosed, check_in_on_list, participation=mine, **by(there.olaf, at))


def test_only_who_organises_keeps_the_list(there: Season, that: Shift) -> None:
    mine = signed_up(that, there.ann)

    for login in (there.ann, there.ben, there.bea, there.place.sjoerd):
        refused(NotYourActivity, check_in_on_list, participation=mine, **by(login, BEGINS))
        refused(NotYourActivity, miss, participation=mine, **by(login, ENDS))


def test_no_organiser_ticks_themself_or_a_housemate_off(there: Season, that: Shift) -> None:
    resident(there.olaf, there.neighbourhood)
    together(there.olaf.person, there.ann.person)
    own, housemate = takes_part(that, there.olaf.person), takes_part(that, there.ann.person)

    for mine in (own, housemate):
        refused(OwnHours, check_in_on_list, participation=mine, **by(there.olaf, BEGINS))
        refused(
            OwnHours,
            check_in_on_list,
            participation=mine,
            **by(second_login(there.olaf, mine.state + str(mine.pk)), BEGINS),
        )
        refused(OwnHours, miss, participation=mine, **by(there.olaf, ENDS))


def test_a_certificate_is_asked_on_the_list_too(there: Season) -> None:
    that = shift(activity(there, asks_conduct_certificate=True))
    mine = signed_up(that, there.ann)

    refused(arriving.CertificateMissing, check_in_on_list, participation=mine, **by(there.olaf, BEGINS))
    refused(arriving.CertificateMissing, walks_in, that=that, who=there.ben, by_whom=there.olaf)
    assert not Participation.objects.filter(person=there.ben.person).exists()


# --- Who comes by -----------------------------------------------------------------------------------------------------


def test_who_comes_by_is_put_on_the_list_as_being_there_and_hears_of_it(there: Season, that: Shift) -> None:
    mail.outbox.clear()

    mine = walks_in(that, there.ann, there.olaf)

    assert (mine.state, mine.value, mine.checked_in_how) == ("CHECKED_IN", 6_00, "LIST")
    assert (mine.person, mine.signed_up_by) == (there.ann.person, there.olaf.person)
    assert trail_of(mine) == ["participation.wait", "participation.place", "participation.check_in"]
    assert [one.to for one in mail.outbox] == [[there.ann.email]]


def test_a_list_on_paper_is_entered_days_later_when_the_activity_is_over(there: Season) -> None:
    that = shift(activity(there, state="FINISHED"), AT - 5 * DAY)

    assert walks_in(that, there.ann, there.olaf, at=AT).state == "CHECKED_IN"


def test_who_comes_by_counts_whatever_places_there_are(there: Season, that: Shift) -> None:
    for number in range(2):
        takes_part(that, person(f"P{number}").person)

    assert walks_in(that, there.ann, there.olaf).state == "CHECKED_IN"


def test_who_waited_for_a_place_and_came_has_one(there: Season) -> None:
    that = shift(activity(there), places=1)
    signed_up(that, there.ben)
    waiting = signed_up(that, there.ann)

    there_now = walks_in(that, there.ann, there.olaf)

    assert (there_now.pk, state_of(waiting)) == (waiting.pk, "CHECKED_IN")


def test_the_same_form_again_puts_nobody_on_the_list_twice(there: Season, that: Shift) -> None:
    key = uuid.uuid4()
    mine = walks_in(that, there.ann, there.olaf, key=key)

    assert walks_in(that, there.ann, there.olaf, key=key).pk == mine.pk
    other = shift(activity(there), AT + 3 * DAY)
    refused(KeyReused, walks_in, that=other, who=there.ann, by_whom=there.olaf, key=key)


def test_who_is_on_the_list_is_not_put_on_it_again(there: Season, that: Shift) -> None:
    signed_up(that, there.ann)

    refused(checking.AlreadySignedUp, walks_in, that=that, who=there.ann, by_whom=there.olaf)


def test_an_organiser_puts_no_housemate_on_the_list(there: Season, that: Shift) -> None:
    resident(there.olaf, there.neighbourhood)
    together(there.olaf.person, there.ann.person)

    refused(OwnHours, walks_in, that=that, who=there.ann, by_whom=there.olaf)
    refused(OwnHours, walks_in, that=that, who=there.olaf, by_whom=there.olaf)
    refused(NotYourActivity, walks_in, that=that, who=there.ann, by_whom=there.ben)


def test_what_keeps_somebody_off_the_list_is_not_told_to_the_organiser(there: Season) -> None:
    """Their birthday, their guardians and where they are at these hours is theirs to tell: one sentence for all."""
    that = shift(activity(there, lowest_age=12))
    unknown, young = one_more(there, "Udo"), kim_of(there, there.ben, born_on=date(AT.year - 11, 1, 1))
    PersonDetails.objects.filter(party=unknown.person).update(born_on=None)
    alone = kim_of(there, there.ben, "Lot")
    signed_up(shift(activity(there, "Gras maaien")), there.ann)

    said = {
        refused(listing.CannotComeIn, walks_in, that=that, who=who, by_whom=there.olaf).replace(name, "X")
        for who, name in ((unknown, "Udo"), (young, "Kim"), (alone, "Lot"), (there.ann, "Ann"))
    }

    assert len(said) == 1


def test_a_child_with_consent_can_come_by(there: Season) -> None:
    that = shift(activity(there, lowest_age=12))
    kim = kim_of(there, there.ben)
    GuardianConsent.objects.create(child=kim, guardian=there.ben.person, activity=that.activity, given_at=AT)

    assert walks_in(that, kim, there.olaf).state == "CHECKED_IN"


def test_who_lives_elsewhere_or_organises_it_does_not_come_by(there: Season) -> None:
    cas = there.place.cas_login
    born(cas.person)
    refused(checking.NotFromHere, walks_in, that=shift(activity(there)), who=cas, by_whom=there.olaf)
    own = shift(activity(there, organiser=there.ann.person))

    refused(OwnHours, walks_in, that=own, who=there.ann, by_whom=there.ann)


def test_nobody_comes_by_when_the_pot_is_empty(there: Season, that: Shift) -> None:
    for number in range(27):
        takes_part(that, person(f"P{number}").person)

    refused(checking.PotTooEmpty, walks_in, that=that, who=there.ann, by_whom=there.olaf)


def test_nobody_comes_by_outside_the_hours_or_where_it_does_not_go_on(there: Season, that: Shift) -> None:
    refused(listing.ListClosed, walks_in, that=that, who=there.ann, by_whom=there.olaf, at=AT)
    off = shift(activity(there), state="CANCELLED")
    refused(door_links.DoorCalledOff, walks_in, that=off, who=there.ann, by_whom=there.olaf)
    over = shift(activity(there, state="CLOSED"))
    refused(checking.NotOpen, walks_in, that=over, who=there.ann, by_whom=there.olaf)


def test_nobody_comes_by_at_what_the_board_stopped(there: Season) -> None:
    paused = shift(activity(there, state="PAUSED"))
    stopped = shift(activity(there, state="PAUSED", paused_by_board=True))

    refused(StoppedByBoard, walks_in, that=stopped, who=there.ben, by_whom=there.olaf)

    assert walks_in(paused, there.ann, there.olaf).state == "CHECKED_IN"
    assert not Participation.objects.filter(shift=stopped).exists()


# --- Who did not come -------------------------------------------------------------------------------------------------


def test_who_did_not_come_is_missed_and_hears_of_it(there: Season, that: Shift) -> None:
    mine = signed_up(that, there.ann)
    mail.outbox.clear()

    miss(participation=mine, **by(there.olaf, ENDS))

    assert state_of(mine) == "NO_SHOW"
    assert [one.to for one in mail.outbox] == [[there.ann.email]]


def test_nobody_is_missed_before_half_of_it_has_passed(there: Season, that: Shift) -> None:
    mine = signed_up(that, there.ann)
    half = BEGINS + 90 * MINUTE

    refused(listing.TooEarlyToMiss, miss, participation=mine, **by(there.olaf, half - MINUTE))
    miss(participation=mine, **by(there.olaf, half))

    assert state_of(mine) == "NO_SHOW"


def test_whose_hours_were_told_is_not_missed(there: Season, that: Shift) -> None:
    mine = takes_part(that, there.ann.person, "CLAIMED")

    refused(MoveRefused, miss, participation=mine, **by(there.olaf, ENDS))


def test_the_board_says_of_an_owner_that_they_were_not_there_and_colleagues_do_not(
    there: Season, that: Shift
) -> None:
    resident(there.olaf, there.neighbourhood)
    colleague = person("Coby")
    mandate(person=colleague, principal=there.club, role=Role.ORGANISER)
    mine = takes_part(that, there.olaf.person)

    refused(OwnHours, miss, participation=mine, **by(colleague, ENDS))
    miss(participation=mine, **by(there.bea, ENDS))

    assert state_of(mine) == "NO_SHOW"
