"""Hours are confirmed by somebody else, and paid in the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.refusals import NotAllowed
from core.states import MoveRefused
from ledger.kinds import Label, TransferKind
from marketplace.models import ConductCertificate, GuardianConsent, Participation
from marketplace.operations.hours import Line, confirm, confirm_group
from marketplace.operations.hours.confirming import LessThanTold, ShiftNotOver
from marketplace.operations.hours.holding import ForTheBoard, NotThoseMinutes
from marketplace.operations.hours.paying import HoursTwice
from marketplace.operations.taking_part.arriving import CertificateMissing, ConsentTakenBack
from marketplace.permissions import NotYourActivity, OwnHours
from neighbourhoods.models import Unit
from people.models import Party, Role
from tests.factories.activities import Season, shift, takes_part
from tests.factories.people import actor, child, mandate, organisation, person
from tests.factories.residency import second_login
from tests.factories.values import item, worth
from tests.marketplace.hours.scene import (
    DAY,
    OVER,
    balance,
    check_books,
    events,
    fresh,
    home_of,
    shift_that_is_over,
    told,
)


def test_hours_that_somebody_told_are_paid_from_the_pot_when_they_are_confirmed(there: Season) -> None:
    claim = told(there, there.ann)

    confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    assert balance(there.place.ann) == 18_00
    assert balance(there.pot) == 482_00
    assert (claim.state, claim.confirmed, claim.reward) == ("PAID", 180, 18_00)
    assert claim.confirmed_by == there.olaf.person
    check_books()


def test_what_is_booked_says_what_it_was(there: Season) -> None:
    claim = told(there, there.ann)

    confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    booked = fresh(claim).transfer
    assert booked is not None
    assert (booked.kind, booked.label) == (TransferKind.REWARD, Label.VOLUNTEER_ALLOWANCE)
    assert booked.acted_by_id == there.olaf.person_id
    assert booked.note.text == "Koffie schenken, 21-11-2026"


def test_each_step_stands_in_the_trail(there: Season) -> None:
    claim = told(there, there.ann)

    confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    assert events(claim) == ["confirm", "pay", "warn"]  # 6,00 an hour is above the maximum of 5,60


def test_the_organiser_may_confirm_more_than_was_told_but_not_more_than_the_shift(there: Season) -> None:
    claim = told(there, there.ann, minutes=60)

    with pytest.raises(NotThoseMinutes):
        confirm(participation=claim, minutes=185, actor=actor(there.olaf), at=OVER)
    confirm(participation=claim, minutes=120, actor=actor(there.olaf), at=OVER)

    assert claim.reward == 12_00


@pytest.mark.parametrize("minutes", [0, -5, 3, 62, 2000])
def test_hours_go_in_steps_of_five_minutes(there: Season, minutes: int) -> None:
    claim = told(there, there.ann, minutes=5)

    with pytest.raises(NotThoseMinutes):
        confirm(participation=claim, minutes=minutes, actor=actor(there.olaf), at=OVER)

    assert fresh(claim).state == "CLAIMED"


def test_all_of_a_shift_can_be_confirmed_whatever_it_lasts(there: Season) -> None:
    part = takes_part(shift_that_is_over(there, hours=1.2), there.ann.person, "CHECKED_IN")

    confirm(participation=part, actor=actor(there.olaf), at=OVER)

    assert (part.confirmed, part.reward) == (72, 7_20)


def test_less_than_was_told_is_not_simply_confirmed(there: Season) -> None:
    claim = told(there, there.ann)

    with pytest.raises(LessThanTold):
        confirm(participation=claim, minutes=60, actor=actor(there.olaf), at=OVER)

    assert fresh(claim).state == "CLAIMED"


def test_who_told_nothing_is_put_on_the_list_for_all_of_the_shift(there: Season) -> None:
    part = takes_part(shift_that_is_over(there), there.ann.person)

    confirm(participation=part, actor=actor(there.olaf), at=OVER)

    assert (part.state, part.minutes, part.checked_in_how) == ("PAID", 180, "LIST")
    assert events(part) == ["check_in", "claim", "confirm", "pay", "warn"]


def test_who_checked_in_and_told_nothing_gets_the_hours_of_the_list(there: Season) -> None:
    part = takes_part(shift_that_is_over(there), there.ann.person, "CHECKED_IN")

    confirm(participation=part, minutes=90, actor=actor(there.olaf), at=OVER)

    assert (part.confirmed, part.reward, part.checked_in_how) == (90, 9_00, "LINK")


def test_nobody_is_put_on_the_list_before_the_shift_is_over(there: Season) -> None:
    part = takes_part(shift_that_is_over(there), there.ann.person)

    with pytest.raises(ShiftNotOver):
        confirm(participation=part, actor=actor(there.olaf), at=part.shift.ends_at - timedelta(minutes=1))

    assert fresh(part).state == "SIGNED_UP"


def test_without_the_certificate_that_is_asked_nobody_is_put_on_the_list(there: Season) -> None:
    part = takes_part(shift_that_is_over(there, of={"asks_conduct_certificate": True}), there.ann.person)

    with pytest.raises(CertificateMissing):
        confirm(participation=part, actor=actor(there.olaf), at=OVER)
    ConductCertificate.objects.create(
        organisation=there.club, person=there.ann.person, until_on=(OVER + DAY).date(),
        seen_by=there.olaf.person, seen_at=OVER,
    )  # fmt: skip
    confirm(participation=part, actor=actor(there.olaf), at=OVER)

    assert part.state == "PAID"


@pytest.mark.parametrize("unit", [Unit.TURN, Unit.PIECE])
def test_what_is_valued_by_the_turn_or_piece_earns_the_same_for_any_hours(there: Season, unit: str) -> None:
    soup = item(there.neighbourhood, "Soep", unit=unit)
    claim = told(there, there.ann, minutes=60, of={"item": soup})

    confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    assert claim.reward == 6_00


def test_a_value_that_is_lowered_later_changes_nothing(there: Season) -> None:
    claim = told(there, there.ann)
    worth(there.item, 1_00, on=OVER.date())

    confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    assert claim.reward == 18_00


@pytest.mark.parametrize("state", ["WAITING", "WITHDRAWN", "NO_SHOW", "DISPUTED"])
def test_only_hours_that_wait_for_it_are_confirmed(there: Season, state: str) -> None:
    part = takes_part(shift_that_is_over(there), there.ann.person, state)

    with pytest.raises(MoveRefused):
        confirm(participation=part, actor=actor(there.olaf), at=OVER)

    assert fresh(part).state == state


def test_the_second_time_it_is_refused_and_paid_once(there: Season) -> None:
    claim = told(there, there.ann)
    confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    with pytest.raises(MoveRefused):
        confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    assert balance(there.place.ann) == 18_00


# --- Who --------------------------------------------------------------------------------------------------------------


def test_nobody_confirms_own_hours(there: Season) -> None:
    mandate(person=there.ann, principal=there.club, role=Role.ORGANISER)
    claim = told(there, there.ann)

    with pytest.raises(OwnHours):
        confirm(participation=claim, actor=actor(there.ann), at=OVER)

    assert fresh(claim).state == "CLAIMED"


def test_a_second_login_is_the_same_person(there: Season) -> None:
    twin = second_login(there.ann)
    mandate(person=twin, principal=there.club, role=Role.ORGANISER)
    claim = told(there, there.ann)

    with pytest.raises(OwnHours):
        confirm(participation=claim, actor=actor(twin), at=OVER)

    assert fresh(claim).state == "CLAIMED"


def test_a_housemate_does_not_confirm(there: Season) -> None:
    home_of(there.ann, there.ben)
    mandate(person=there.ben, principal=there.club, role=Role.ORGANISER)
    claim = told(there, there.ann)

    with pytest.raises(OwnHours):
        confirm(participation=claim, actor=actor(there.ben), at=OVER)

    assert fresh(claim).state == "CLAIMED"


def test_the_organisation_of_a_housemate_does_not_confirm_but_the_board_does(there: Season) -> None:
    home_of(there.ann, there.olaf)
    vic = person("Vic")
    mandate(person=vic, principal=there.club, role=Role.ORGANISER)
    claim = told(there, there.ann)

    with pytest.raises(ForTheBoard):
        confirm(participation=claim, actor=actor(vic), at=OVER)
    confirm(participation=claim, actor=actor(there.bea), at=OVER)

    assert (claim.state, claim.confirmed_by) == ("PAID", there.bea.person)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ORGANISER, Role.OWNER])
def test_an_office_that_an_owner_gives_to_a_housemate_opens_nothing(there: Season, role: Role) -> None:
    home_of(there.ann, there.olaf)
    mandate(person=there.ann, principal=there.club, role=role)
    vic = person("Vic")
    mandate(person=vic, principal=there.club, role=Role.ORGANISER)
    claim = told(there, there.ann)

    with pytest.raises(ForTheBoard):
        confirm(participation=claim, actor=actor(vic), at=OVER)

    assert fresh(claim).state == "CLAIMED"


def test_whoever_has_an_office_and_lives_with_no_owner_is_confirmed_by_a_colleague(there: Season) -> None:
    mandate(person=there.ann, principal=there.club, role=Role.ORGANISER)
    claim = told(there, there.ann)

    confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    assert claim.state == "PAID"


def test_the_hours_of_an_owner_are_confirmed_by_the_board_alone(there: Season) -> None:
    vic = person("Vic")
    mandate(person=vic, principal=there.club, role=Role.ORGANISER)
    claim = told(there, there.olaf)

    with pytest.raises(ForTheBoard):
        confirm(participation=claim, actor=actor(vic), at=OVER)
    confirm(participation=claim, actor=actor(there.bea), at=OVER)

    assert (claim.state, claim.held) == ("CONFIRMED", "ACCOUNT")  # Olaf has no wallet


def test_the_board_does_not_confirm_what_was_not_brought_to_it(there: Season) -> None:
    claim = told(there, there.ann)

    with pytest.raises(NotYourActivity):
        confirm(participation=claim, actor=actor(there.bea), at=OVER)

    assert fresh(claim).state == "CLAIMED"


def test_the_board_confirms_what_was_brought_to_it_and_so_may_the_organiser_still(there: Season) -> None:
    first = told(there, there.ann, escalated_at=OVER)
    second = told(there, there.ben, escalated_at=OVER)

    confirm(participation=first, actor=actor(there.bea), at=OVER)
    confirm(participation=second, actor=actor(there.olaf), at=OVER)

    assert (first.state, second.state) == ("PAID", "PAID")


def test_somebody_of_another_organisation_does_not_confirm(there: Season) -> None:
    vic = person("Vic")
    organisation("Choir", owner=vic)
    claim = told(there, there.ann)

    with pytest.raises(NotYourActivity):
        confirm(participation=claim, actor=actor(vic), at=OVER)

    assert fresh(claim).state == "CLAIMED"


def test_an_office_that_ended_confirms_nothing(there: Season) -> None:
    vic = person("Vic")
    mandate(person=vic, principal=there.club, role=Role.ORGANISER, until_on=(OVER - DAY).date())
    claim = told(there, there.ann)

    with pytest.raises(NotYourActivity):
        confirm(participation=claim, actor=actor(vic), at=OVER)


def test_the_system_confirms_nothing(there: Season) -> None:
    with pytest.raises(NotAllowed):
        confirm(participation=told(there, there.ann), actor=Actor.system(), at=OVER)


def test_a_resident_who_organises_confirms_the_hours_of_others(there: Season) -> None:
    claim = told(there, there.ann, of={"organiser": there.ben.person})

    confirm(participation=claim, actor=actor(there.ben), at=OVER)

    assert claim.state == "PAID"


def test_the_database_knows_nobody_who_confirmed_own_hours(there: Season) -> None:
    claim = told(there, there.ann)

    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=claim.pk).update(confirmed_by=there.ann.person)


def test_a_child_whose_guardian_took_consent_back_is_not_put_on_the_list(there: Season) -> None:
    kim = child("Kim", born_on=(OVER - 14 * 365 * DAY).date())
    part = takes_part(shift_that_is_over(there), kim)
    consent = GuardianConsent.objects.create(
        child=kim, guardian=there.ann.person, activity=part.shift.activity, given_at=OVER, withdrawn_at=OVER
    )

    with pytest.raises(ConsentTakenBack):
        confirm(participation=part, actor=actor(there.olaf), at=OVER)
    assert fresh(part).state == "SIGNED_UP"

    GuardianConsent.objects.filter(pk=consent.pk).update(withdrawn_at=None)
    confirm(participation=part, actor=actor(there.olaf), at=OVER)

    assert part.confirmed == 180


@pytest.mark.parametrize("is_same_shift", [True, False])
def test_somebody_who_turns_out_to_be_known_twice_is_paid_once(there: Season, is_same_shift: bool) -> None:
    """Signed up as both, in one shift or in two at the same hours, before a clerk found out."""
    twin = person("Ann").person
    one = told(there, there.ann)
    other = takes_part(one.shift, twin, "CLAIMED") if is_same_shift else told(there, twin)
    Party.objects.filter(pk=twin.pk).update(same_person_as=there.ann.person)

    confirm(participation=one, actor=actor(there.olaf), at=OVER)
    with pytest.raises(HoursTwice):
        confirm(participation=other, actor=actor(there.olaf), at=OVER)

    assert (fresh(one).state, fresh(other).state) == ("PAID", "CLAIMED")
    assert balance(there.place.ann) == 18_00
    check_books()


def test_of_a_list_with_somebody_known_twice_one_line_is_paid(there: Season) -> None:
    twin = person("Ann").person
    one = told(there, there.ann)
    other = takes_part(one.shift, twin, "CLAIMED")
    Party.objects.filter(pk=twin.pk).update(same_person_as=there.ann.person)

    outcomes = confirm_group(
        shift=one.shift, lines=[Line(participation=one), Line(participation=other)], actor=actor(there.olaf), at=OVER
    )  # fmt: skip

    assert [type(outcome.refusal) for outcome in outcomes] == [type(None), HoursTwice]
    assert balance(there.place.ann) == 18_00


def test_hours_one_after_the_other_under_two_numbers_are_both_paid(there: Season) -> None:
    twin = second_login(there.ann).person
    one, other = told(there, there.ann), told(there, twin)
    type(one.shift).objects.filter(pk=other.shift_id).update(
        starts_at=one.shift.starts_at - DAY, ends_at=one.shift.ends_at - DAY
    )

    for claim in (one, other):
        confirm(participation=claim, actor=actor(there.olaf), at=OVER)

    assert (one.state, other.state) == ("PAID", "PAID")


def test_a_shift_of_tomorrow_is_confirmed_by_nobody_today(there: Season) -> None:
    coming = takes_part(shift(told(there, there.ben).shift.activity), there.ann.person)

    with pytest.raises(ShiftNotOver):
        confirm(participation=coming, actor=actor(there.olaf), at=OVER)
