"""Participant and organiser do not agree about hours: they come to terms, or the board rules."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.refusals import NotAllowed
from core.states import MoveRefused
from marketplace.models import ConductCertificate, HoursDispute, Participation
from marketplace.operations.hours import (
    Line,
    agree,
    answer,
    confirm_group,
    contest,
    contest_absence,
    give_in,
    rule,
)
from marketplace.operations.hours.disputes import (
    NotHeardYet,
    NotLess,
    OutsideBoth,
    SaidAlready,
    TooLateToContest,
)
from marketplace.operations.hours.holding import ForTheBoard, NothingToRead, NotThoseMinutes
from marketplace.operations.taking_part.arriving import CertificateMissing
from marketplace.permissions import NotYourActivity, OwnHours, OwnMatter
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import Party, Role, User
from tests.factories.activities import Season, born, takes_part
from tests.factories.people import actor, child, mandate, person
from tests.factories.residency import second_login
from tests.factories.wallet import open_for
from tests.marketplace.hours.scene import (
    DAY,
    OVER,
    balance,
    check_books,
    disputed,
    events,
    fresh,
    home_of,
    shift_that_is_over,
    told,
)


def missed(there: Season, who: Party | User) -> Participation:
    """The list says that they were not there."""
    made = takes_part(shift_that_is_over(there), who.person if isinstance(who, User) else who)
    confirm_group(
        shift=made.shift, lines=[Line(participation=made, is_absent=True)], actor=actor(there.olaf), at=OVER
    )
    return made


def heard(there: Season, claim: Participation) -> Participation:
    answer(participation=claim, text="I stayed until the end.", actor=actor(there.ann), at=OVER)
    return claim


# --- The organiser saw less -------------------------------------------------------------------------------------------


def test_the_organiser_says_what_they_saw_and_why_and_nothing_is_paid(there: Season) -> None:
    claim = told(there, there.ann)

    made = contest(
        participation=claim, minutes=60, reason=" Left at three. ", actor=actor(there.olaf), at=OVER
    )

    assert (claim.state, made.offered, made.organiser_text) == ("DISPUTED", 60, "Left at three.")
    assert balance(there.place.ann) == 0
    assert events(claim) == ["contest"]


@pytest.mark.parametrize(
    ("minutes", "reason", "refusal"),
    [
        (180, "No.", NotLess),
        (62, "No.", NotThoseMinutes),
        (60, " ", NothingToRead),
        (60, "x" * 501, NothingToRead),
    ],
)
def test_what_is_no_less_or_without_words_is_refused(
    there: Season, minutes: int, reason: str, refusal: type[Exception]
) -> None:
    claim = told(there, there.ann)

    with pytest.raises(refusal):
        contest(participation=claim, minutes=minutes, reason=reason, actor=actor(there.olaf), at=OVER)

    assert fresh(claim).state == "CLAIMED"
    assert not HoursDispute.objects.exists()


def test_the_participant_agrees_and_is_paid_what_the_organiser_saw(there: Season) -> None:
    claim = disputed(there, there.ann)

    agree(participation=claim, actor=actor(there.ann), at=OVER)

    assert (claim.state, claim.confirmed, claim.confirmed_by) == ("PAID", 60, there.olaf.person)
    assert balance(there.place.ann) == 6_00
    check_books()


def test_who_agrees_that_they_were_not_there_gets_nothing(there: Season) -> None:
    claim = disputed(there, there.ann, offered=0)

    agree(participation=claim, actor=actor(there.ann), at=OVER)

    assert claim.state == "REJECTED"


def test_who_offered_it_and_turns_out_to_be_the_participant_cannot_have_it_agreed(there: Season) -> None:
    claim = disputed(there, there.ann)
    Party.objects.filter(pk=there.olaf.person.pk).update(same_person_as=there.ann.person)

    with pytest.raises(OwnHours):
        agree(participation=claim, actor=actor(there.ann), at=OVER)

    assert fresh(claim).state == "DISPUTED"


def test_nobody_else_agrees_for_the_participant(there: Season) -> None:
    claim = disputed(there, there.ann)

    for login in (there.olaf, there.ben, there.bea):
        with pytest.raises(NotAllowed):
            agree(participation=claim, actor=actor(login), at=OVER)

    assert fresh(claim).state == "DISPUTED"


def test_a_guardian_agrees_for_a_child(there: Season) -> None:
    kim = child("Kim")
    born(kim, (OVER - 14 * 365 * DAY).date())
    open_for(there.neighbourhood, kim)
    mandate(person=kim, principal=home_of(there.ann), role=Role.MEMBER)
    claim = told(there, kim)
    contest(participation=claim, minutes=60, reason="Left.", actor=actor(there.olaf), at=OVER)

    agree(participation=claim, actor=actor(there.ann), at=OVER)

    assert (claim.state, claim.reward) == ("PAID", 6_00)


def test_each_side_tells_its_own_once(there: Season) -> None:
    claim = heard(there, disputed(there, there.ann))

    with pytest.raises(SaidAlready):
        answer(participation=claim, text="And more.", actor=actor(there.ann), at=OVER)
    with pytest.raises(SaidAlready):
        answer(participation=claim, text="And more.", actor=actor(there.olaf), at=OVER)
    with pytest.raises(NotAllowed):
        answer(participation=claim, text="I saw it.", actor=actor(there.ben), at=OVER)

    assert claim.dispute.participant_text == "I stayed until the end."


def test_the_organiser_gives_in_and_all_that_was_told_is_paid(there: Season) -> None:
    claim = disputed(there, there.ann)

    give_in(participation=claim, actor=actor(there.olaf), at=OVER)

    assert (claim.state, claim.confirmed) == ("PAID", 180)


def test_nobody_gives_in_to_themself(there: Season) -> None:
    twin = second_login(there.ann)
    mandate(person=twin, principal=there.club, role=Role.ORGANISER)
    claim = disputed(there, there.ann)

    with pytest.raises(OwnHours):
        give_in(participation=claim, actor=actor(twin), at=OVER)
    with pytest.raises(NotYourActivity):
        give_in(participation=claim, actor=actor(there.bea), at=OVER)


def test_the_board_does_not_give_in_but_hears_both_and_rules(there: Season) -> None:
    """Where nobody confirmed in time, and where the board alone confirms: it rules with reasons or not at all."""
    brought = disputed(there, there.ann, escalated_at=OVER)
    of_owner = told(there, there.olaf)
    contest(participation=of_owner, minutes=60, reason="Left.", actor=actor(there.bea), at=OVER)

    for claim in (brought, of_owner):
        for login in (there.bea, there.bob):
            with pytest.raises(NotYourActivity):
                give_in(participation=claim, actor=actor(login), at=OVER)
        assert fresh(claim).state == "DISPUTED"
    give_in(participation=brought, actor=actor(there.olaf), at=OVER)

    assert brought.state == "PAID"


# --- Was there after all ----------------------------------------------------------------------------------------------


def test_who_was_said_not_to_be_there_says_that_they_were(there: Season) -> None:
    part = missed(there, there.ann)

    made = contest_absence(participation=part, text="I was.", actor=actor(there.ann), at=OVER)

    assert (part.state, part.minutes, made.offered, made.participant_text) == ("DISPUTED", 180, 0, "I was.")
    give_in(participation=part, actor=actor(there.olaf), at=OVER)
    assert (part.state, part.reward) == ("PAID", 18_00)


def test_who_could_not_have_checked_in_does_not_say_that_they_were_there(there: Season) -> None:
    """Without the certificate that is asked nobody is found to have come, by whichever way."""
    made = shift_that_is_over(there, of={"asks_conduct_certificate": True})
    part = takes_part(made, there.ann.person, "NO_SHOW")

    with pytest.raises(CertificateMissing):
        contest_absence(participation=part, text="I was.", actor=actor(there.ann), at=OVER)
    assert fresh(part).state == "NO_SHOW"

    ConductCertificate.objects.create(
        organisation=there.club, person=there.ann.person, seen_by=there.olaf.person, seen_at=OVER,
        until_on=(OVER + DAY).date(),
    )  # fmt: skip
    contest_absence(participation=part, text="I was.", actor=actor(there.ann), at=OVER)

    assert part.state == "DISPUTED"


def test_they_can_say_so_for_fourteen_days(there: Season) -> None:
    part, other = missed(there, there.ann), missed(there, there.ben)
    until = OVER + 14 * DAY

    contest_absence(participation=part, text="I was.", actor=actor(there.ann), at=until)
    with pytest.raises(TooLateToContest):
        contest_absence(
            participation=other, text="I was.", actor=actor(there.ben), at=until + timedelta(seconds=1)
        )

    assert fresh(other).state == "NO_SHOW"


def test_for_a_part_of_the_shift(there: Season) -> None:
    part = missed(there, there.ann)

    contest_absence(participation=part, text="An hour.", minutes=60, actor=actor(there.ann), at=OVER)

    assert part.minutes == 60


def test_only_the_participant_says_that_they_were_there(there: Season) -> None:
    part = missed(there, there.ann)

    for login in (there.ben, there.olaf, there.bea):
        with pytest.raises(NotAllowed):
            contest_absence(participation=part, text="She was.", actor=actor(login), at=OVER)


# --- The board --------------------------------------------------------------------------------------------------------


def test_the_board_rules_between_what_the_two_say_and_it_is_paid(there: Season) -> None:
    claim = heard(there, disputed(there, there.ann))

    rule(participation=claim, minutes=120, ruling="The door log says so.", actor=actor(there.bea), at=OVER)

    found = claim.dispute
    assert (claim.state, claim.confirmed, claim.confirmed_by) == ("PAID", 120, there.bea.person)
    assert (found.ruled, found.ruled_by, found.ruled_at) == (120, there.bea.person, OVER)
    assert balance(there.place.ann) == 12_00
    check_books()


def test_the_board_can_find_no_hours_where_the_organiser_saw_none(there: Season) -> None:
    claim = heard(there, disputed(there, there.ann, offered=0))

    rule(participation=claim, minutes=0, ruling="Nobody saw her.", actor=actor(there.bea), at=OVER)

    assert (claim.state, claim.dispute.ruled) == ("REJECTED", 0)


@pytest.mark.parametrize(
    ("minutes", "refusal"), [(55, OutsideBoth), (185, OutsideBoth), (62, NotThoseMinutes)]
)
def test_a_ruling_is_no_less_than_the_one_and_no_more_than_the_other_said(
    there: Season, minutes: int, refusal: type[Exception]
) -> None:
    claim = heard(there, disputed(there, there.ann))

    with pytest.raises(refusal):
        rule(participation=claim, minutes=minutes, ruling="So.", actor=actor(there.bea), at=OVER)

    assert fresh(claim).dispute.ruled is None


def test_nobody_is_ruled_on_before_they_had_a_week_to_answer(there: Season) -> None:
    claim = disputed(there, there.ann)

    with pytest.raises(NotHeardYet):
        rule(participation=claim, minutes=60, ruling="So.", actor=actor(there.bea), at=OVER + 6 * DAY)
    rule(participation=claim, minutes=60, ruling="So.", actor=actor(there.bea), at=OVER + 7 * DAY)

    assert claim.state == "PAID"


def test_a_ruling_has_reasons(there: Season) -> None:
    with pytest.raises(NothingToRead):
        rule(
            participation=heard(there, disputed(there, there.ann)), minutes=60, ruling=" ",
            actor=actor(there.bea), at=OVER,
        )  # fmt: skip


def test_only_a_member_of_the_board_on_neither_side_rules(there: Season) -> None:
    claim = heard(there, disputed(there, there.ann))
    home_of(there.bea, there.ann)
    mandate(person=there.bob, principal=there.club, role=Role.FINANCE)

    for login, refusal in (
        (there.olaf, BoardOnly),
        (there.ben, BoardOnly),
        (there.bea, OwnHours),
        (there.bob, OwnMatter),
    ):
        with pytest.raises(refusal):
            rule(participation=claim, minutes=60, ruling="So.", actor=actor(login), at=OVER)

    assert fresh(claim).state == "DISPUTED"


def test_where_the_board_organises_itself_another_member_rules(there: Season) -> None:
    claim = told(there, there.ann, of={"organiser": there.neighbourhood.party})
    contest(participation=claim, minutes=60, reason="Left.", actor=actor(there.bea), at=OVER)
    heard(there, claim)

    with pytest.raises(OwnMatter):
        rule(participation=claim, minutes=60, ruling="So.", actor=actor(there.bea), at=OVER)
    rule(participation=claim, minutes=60, ruling="So.", actor=actor(there.bob), at=OVER)

    assert claim.state == "PAID"


def test_a_disagreement_that_is_over_is_over(there: Season) -> None:
    claim = disputed(there, there.ann)
    agree(participation=claim, actor=actor(there.ann), at=OVER)

    with pytest.raises(MoveRefused):
        agree(participation=claim, actor=actor(there.ann), at=OVER)
    with pytest.raises(MoveRefused):
        give_in(participation=claim, actor=actor(there.olaf), at=OVER)
    with pytest.raises(MoveRefused):
        rule(participation=claim, minutes=60, ruling="So.", actor=actor(there.bea), at=OVER)
    with pytest.raises(MoveRefused):
        answer(participation=claim, text="But.", actor=actor(there.ann), at=OVER)

    assert balance(there.place.ann) == 6_00


def test_the_board_contests_the_hours_of_an_owner_and_the_organisation_cannot(there: Season) -> None:
    vic = person("Vic")
    mandate(person=vic, principal=there.club, role=Role.ORGANISER)
    claim = told(there, there.olaf)

    with pytest.raises(ForTheBoard):
        contest(participation=claim, minutes=60, reason="Left.", actor=actor(vic), at=OVER)
    contest(participation=claim, minutes=60, reason="Left.", actor=actor(there.bea), at=OVER)

    assert claim.state == "DISPUTED"
