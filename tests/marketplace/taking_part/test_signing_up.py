"""Signing up: a place or the waiting list, at the value of the day, and a sentence for who cannot."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from ledger.kinds import Label
from ledger.operations import KeyReused
from marketplace.models import GuardianConsent, OverCap, Participation
from marketplace.operations.activities.birthdays import took_part
from marketplace.operations.consents import give_consent
from marketplace.operations.taking_part import checking, sign_up
from neighbourhoods.models import ValueVersion
from people.models import PartyKind, PersonDetails
from tests.factories import values
from tests.factories.activities import AT, Season, activity, born, confirm_year, shift, takes_part
from tests.factories.people import organisation, person
from tests.factories.residency import resident, second_login
from tests.marketplace.taking_part.scene import (
    DAY,
    HOUR,
    by,
    kim_of,
    one_more,
    signed_up,
    together,
    trail_of,
)

MOST_QUESTIONS = 40


def refused(one: type[Refusal], **words: Any) -> Refusal:
    """What signing up said; nothing is left behind."""
    before = Participation.objects.count()
    with pytest.raises(one) as refusal, transaction.atomic():
        sign_up(key=uuid.uuid4(), **words)
    assert Participation.objects.count() == before
    return refusal.value


def test_who_signs_up_has_a_place_at_the_value_of_the_day(there: Season) -> None:
    mine = signed_up(shift(activity(there)), there.ann)

    assert (mine.state, mine.value, mine.unit, mine.label) == (
        "SIGNED_UP", 6_00, "HOUR", Label.VOLUNTEER_ALLOWANCE
    )  # fmt: skip
    assert (mine.person, mine.signed_up_by, mine.signed_up_at) == (there.ann.person, there.ann.person, AT)
    assert trail_of(mine) == ["participation.wait", "participation.place"]


def test_a_value_that_is_decided_later_changes_nothing_for_who_signed_up(there: Season) -> None:
    that = shift(activity(there), places=3)
    mine = signed_up(that, there.ann)
    values.worth(there.item, 4_00, on=day_of(AT + DAY))

    later = signed_up(that, there.ben, at=AT + DAY)

    mine.refresh_from_db()
    assert (mine.value, later.value) == (6_00, 4_00)
    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic():
        Participation.objects.filter(pk=mine.pk).update(value=9_00)


def test_when_all_places_are_taken_one_waits(there: Season) -> None:
    that = shift(activity(there), places=1)
    signed_up(that, there.ann)

    waiting = signed_up(that, there.ben)

    assert waiting.state == "WAITING"
    assert trail_of(waiting) == ["participation.wait"]


def test_the_same_form_again_gives_the_same_place(there: Season) -> None:
    that, key = shift(activity(there)), uuid.uuid4()
    mine = signed_up(that, there.ann, key=key)

    again = signed_up(that, there.ann, key=key)

    assert again.pk == mine.pk
    with pytest.raises(KeyReused):
        signed_up(shift(activity(there), AT + 3 * DAY), there.ann, key=key)


def test_the_key_of_a_form_of_somebody_else_reaches_nothing_of_theirs(there: Season) -> None:
    that, key = shift(activity(there)), uuid.uuid4()
    mine = signed_up(that, there.ann, key=key)

    theirs = signed_up(that, there.ben, key=key)

    assert theirs.pk != mine.pk
    assert theirs.person == there.ben.person


def test_nobody_signs_somebody_else_up(there: Season) -> None:
    that = shift(activity(there))

    refused(NotAllowed, shift=that, person=there.ben.person, **by(there.ann))
    refused(NotAllowed, shift=that, person=there.ben.person, **by(there.olaf))


@pytest.mark.parametrize("state", ["DRAFT", "SUBMITTED", "PAUSED", "FINISHED"])
def test_nobody_signs_up_for_what_is_not_open(there: Season, state: str) -> None:
    refused(
        checking.NotOpen, shift=shift(activity(there, state=state)), person=there.ann.person, **by(there.ann)
    )


def test_nobody_signs_up_for_a_shift_that_was_called_off(there: Season) -> None:
    that = shift(activity(there), state="CANCELLED")

    refused(checking.NotOpen, shift=that, person=there.ann.person, **by(there.ann))


def test_nobody_signs_up_once_it_has_begun(there: Season) -> None:
    that = shift(activity(there), AT)

    refused(checking.TooLateToSignUp, shift=that, person=there.ann.person, **by(there.ann))


def test_who_lives_elsewhere_cannot_take_part(there: Season) -> None:
    cas = there.place.cas_login
    born(cas.person)

    said = refused(checking.NotFromHere, shift=shift(activity(there)), person=cas.person, **by(cas))

    assert str(said) == "Only who lives in Molenwijk can take part in this."


def test_without_a_birthday_nobody_knows_the_age(there: Season) -> None:
    PersonDetails.objects.filter(party=there.ann.person).update(born_on=None)

    refused(checking.BirthdayMissing, shift=shift(activity(there)), person=there.ann.person, **by(there.ann))


def test_the_age_counts_on_the_day_of_the_shift(there: Season) -> None:
    that = shift(activity(there, lowest_age=18))
    born(there.ann.person, date(AT.year - 18, AT.month, AT.day + 2))
    born(there.ben.person, date(AT.year - 18, AT.month, AT.day + 3))

    assert signed_up(that, there.ann).state == "SIGNED_UP"
    said = refused(checking.TooYoung, shift=that, person=there.ben.person, **by(there.ben))
    assert "18" in str(said)


def test_nobody_earns_from_what_they_organise_themself_under_no_login(there: Season) -> None:
    that = shift(activity(there, organiser=there.ann.person))
    twin = second_login(there.ann)

    refused(checking.OwnActivity, shift=that, person=there.ann.person, **by(there.ann))
    refused(checking.OwnActivity, shift=that, person=twin.person, **by(twin))


def test_the_owner_of_the_club_can_take_part_and_the_board_will_confirm(there: Season) -> None:
    olaf = there.olaf
    resident(olaf, there.neighbourhood)

    assert signed_up(shift(activity(there)), olaf).state == "SIGNED_UP"


def test_nobody_is_in_two_places_at_once_and_hears_where_they_are(there: Season) -> None:
    signed_up(shift(activity(there, "Soep koken")), there.ann)
    other = shift(activity(there, "Gras maaien"), AT + 2 * DAY + 2 * HOUR)

    said = refused(checking.OverlappingShift, shift=other, person=there.ann.person, **by(there.ann))

    assert "Soep koken" in str(said)
    assert "10:00" in str(said)


def test_shifts_that_meet_do_not_overlap(there: Season) -> None:
    signed_up(shift(activity(there)), there.ann)

    assert signed_up(shift(activity(there), AT + 2 * DAY + 3 * HOUR), there.ann).state == "SIGNED_UP"
    assert signed_up(shift(activity(there), AT + 2 * DAY - 3 * HOUR), there.ann).state == "SIGNED_UP"


def test_who_only_waits_elsewhere_is_free(there: Season) -> None:
    full = shift(activity(there), places=1)
    signed_up(full, there.ben)
    signed_up(full, there.ann)

    assert signed_up(shift(activity(there, "Gras maaien")), there.ann).state == "SIGNED_UP"


def test_a_second_login_is_in_two_places_neither(there: Season) -> None:
    twin = second_login(there.ann)
    signed_up(shift(activity(there)), twin)

    assert Participation.objects.get().person == there.ann.person
    refused(checking.OverlappingShift, shift=shift(activity(there)), person=there.ann.person, **by(there.ann))


def test_nobody_signs_up_twice(there: Season) -> None:
    that = shift(activity(there))
    signed_up(that, there.ann)

    refused(checking.AlreadySignedUp, shift=that, person=there.ann.person, **by(there.ann))
    with pytest.raises(IntegrityError), transaction.atomic():
        takes_part(that, there.ann.person)


def test_who_was_known_twice_when_they_signed_up_has_one_place(there: Season) -> None:
    cor = one_more(there)
    that = shift(activity(there), places=3)
    signed_up(that, cor)
    type(cor.person).objects.filter(pk=cor.person.pk).update(same_person_as=there.ann.person)

    refused(checking.AlreadySignedUp, shift=that, person=there.ann.person, **by(there.ann))
    refused(checking.OverlappingShift, shift=shift(activity(there)), person=there.ann.person, **by(there.ann))


def test_who_withdrew_can_sign_up_again(there: Season) -> None:
    that = shift(activity(there))
    takes_part(that, there.ann.person, "WITHDRAWN")

    assert signed_up(that, there.ann).state == "SIGNED_UP"


def test_without_a_value_on_the_day_nobody_signs_up(there: Season) -> None:
    nothing = values.item(there.neighbourhood, "Nog niets")
    that = shift(activity(there, item=nothing))

    refused(checking.NoValueNow, shift=that, person=there.ann.person, **by(there.ann))
    assert not ValueVersion.objects.filter(item=nothing).exists()


def test_a_certificate_that_is_missing_does_not_keep_from_signing_up(there: Season) -> None:
    that = shift(activity(there, asks_conduct_certificate=True))

    assert signed_up(that, there.ann).state == "SIGNED_UP"


# --- The pot ----------------------------------------------------------------------------------------------------------


def test_nobody_is_promised_what_is_not_in_the_pot(there: Season) -> None:
    """500 in the pot: 27 rewards of 18 fit, the 28th does not."""
    that = shift(activity(there), places=200)
    for number in range(26):
        takes_part(that, person(f"P{number}").person)
    assert signed_up(that, there.ann).state == "SIGNED_UP"

    refused(checking.PotTooEmpty, shift=that, person=there.ben.person, **by(there.ben))


def test_what_other_activities_of_the_pot_promise_counts_too(there: Season) -> None:
    other = shift(activity(there, "Gras maaien"), places=200)
    for number in range(27):
        takes_part(other, person(f"P{number}").person)

    refused(
        checking.PotTooEmpty, shift=shift(activity(there), AT + 3 * DAY), person=there.ann.person, **by(there.ann)
    )  # fmt: skip


def test_who_waits_or_withdrew_is_promised_nothing(there: Season) -> None:
    other = shift(activity(there, "Gras maaien"), places=200)
    for number in range(30):
        takes_part(other, person(f"P{number}").person, "WAITING" if number % 2 else "WITHDRAWN")

    assert signed_up(shift(activity(there)), there.ann).state == "SIGNED_UP"


# --- The maximum ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", [OverCap.BLOCK, OverCap.SIGN])
def test_above_a_maximum_that_stops_one_says_that_one_knows(there: Season, effect: str) -> None:
    confirm_year(there.municipality, version=2, per_month=10_00, over_cap=effect)
    that = shift(activity(there))

    said = refused(checking.AboveMaximum, shift=that, person=there.ann.person, **by(there.ann))

    assert said.field == "knows_maximum"
    assert signed_up(that, there.ann, knows_maximum=True).state == "SIGNED_UP"


def test_a_maximum_that_only_warns_lets_everybody_sign_up(there: Season) -> None:
    confirm_year(there.municipality, version=2, per_month=10_00, over_cap=OverCap.WARN)

    assert signed_up(shift(activity(there)), there.ann).state == "SIGNED_UP"


def test_what_is_promised_already_counts_for_the_maximum(there: Season) -> None:
    confirm_year(there.municipality, version=2, per_month=30_00)
    signed_up(shift(activity(there)), there.ann)

    refused(
        checking.AboveMaximum, shift=shift(activity(there), AT + 3 * DAY), person=there.ann.person, **by(there.ann)
    )  # fmt: skip


# --- Children ---------------------------------------------------------------------------------------------------------


def test_a_parent_signs_a_child_up_and_consents_by_it(there: Season) -> None:
    kim = kim_of(there, there.ann)
    that = shift(activity(there, lowest_age=12))

    theirs = sign_up(shift=that, person=kim, key=uuid.uuid4(), **by(there.ann))

    assert (theirs.person, theirs.signed_up_by, theirs.state) == (kim, there.ann.person, "SIGNED_UP")
    consent = GuardianConsent.objects.get()
    assert (consent.child, consent.guardian, consent.activity) == (kim, there.ann.person, that.activity)


def test_a_child_alone_needs_consent_first(there: Season) -> None:
    kim = one_more(there, "Kim", born_on=date(AT.year - 15, 1, 1))
    together(there.ann.person, kim.person)
    that = shift(activity(there, lowest_age=12))
    refused(checking.ConsentMissing, shift=that, person=kim.person, **by(kim))

    give_consent(child=kim.person, activity=that.activity, **by(there.ann))

    assert signed_up(that, kim).state == "SIGNED_UP"


def test_consent_for_one_activity_is_none_for_another(there: Season) -> None:
    kim = one_more(there, "Kim", born_on=date(AT.year - 15, 1, 1))
    together(there.ann.person, kim.person)
    give_consent(child=kim.person, activity=activity(there, lowest_age=12), **by(there.ann))

    other = shift(activity(there, "Gras maaien", lowest_age=12))

    refused(checking.ConsentMissing, shift=other, person=kim.person, **by(kim))


def test_from_sixteen_nobody_is_asked(there: Season) -> None:
    born(there.ann.person, date(AT.year - 16, AT.month, AT.day))

    assert signed_up(shift(activity(there)), there.ann).state == "SIGNED_UP"


def test_a_parent_cannot_sign_a_grown_up_child_up(there: Season) -> None:
    kim = kim_of(there, there.ann, born_on=date(AT.year - 17, 1, 1))

    refused(NotAllowed, shift=shift(activity(there)), person=kim, **by(there.ann))


def test_a_brother_of_fifteen_is_no_guardian(there: Season) -> None:
    bor = one_more(there, "Bor", born_on=date(AT.year - 15, 1, 1))
    kim = kim_of(there, bor)

    refused(NotAllowed, shift=shift(activity(there, lowest_age=12)), person=kim, **by(bor))


# --- How it is asked --------------------------------------------------------------------------------------------------


def test_signing_up_asks_as_much_of_the_database_with_five_who_wait_as_with_one(there: Season) -> None:
    counts = []
    for number, waiting in enumerate((1, 5, 1)):
        that = shift(activity(there), AT + (5 + number) * DAY, places=1)
        takes_part(that, person(f"P{number}").person)
        for one in range(waiting):
            takes_part(that, person(f"W{number}{one}").person, "WAITING")
        with CaptureQueriesContext(connection) as asked:
            signed_up(that, there.ann)
        counts.append(len(asked))

    assert counts[1] == counts[2] <= MOST_QUESTIONS


def test_an_organisation_takes_part_in_nothing(there: Season) -> None:
    shop = organisation("Bakkerij", kind=PartyKind.COMPANY, owner=there.ann)

    refused(NotAllowed, shift=shift(activity(there)), person=shop, **by(there.ann))


def test_the_clock_signs_nobody_up(there: Season) -> None:
    refused(
        NotAllowed, shift=shift(activity(there)), person=there.ann.person, actor=Actor.system(), at=AT
    )  # fmt: skip


def test_who_ever_signed_up_changes_their_date_of_birth_no_more_wherever_they_live(there: Season) -> None:
    assert not took_part(there.ann.person)
    takes_part(shift(activity(there)), there.ann.person, "WITHDRAWN")

    assert took_part(there.ann.person)
    assert took_part(second_login(there.ann).person)
    assert not took_part(there.ben.person)
