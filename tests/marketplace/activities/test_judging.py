"""What the board decides: who of it may, from which pot, for whom insured, and of what it read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from core.actor import Actor
from core.refusals import Refusal
from core.states import MoveRefused
from ledger.kinds import AccountKind, Label
from ledger.operations import close_account
from marketplace.models import Activity
from marketplace.operations import activities
from marketplace.operations.activities import Told
from marketplace.operations.activities.judging import (
    ActivityChangedMeanwhile,
    ActivityNotSubmitted,
    ActivityReasonNeeded,
    NotStopped,
    PotMissing,
    PotNotAllowed,
)
from marketplace.operations.activities.standing import NotInsured, NoValueYet
from marketplace.operations.standing import NotAdmitted, StoppedByBoard
from marketplace.permissions import OwnMatter
from marketplace.queries.posting import fingerprint, reason_of
from marketplace.queries.pots import pots_to_choose, promised_from
from marketplace.states import ActivityState
from neighbourhoods.models import Unit, ValuedItem
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import PartyKind, Role
from tests.factories import pots, values
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.ledger import SYSTEM
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import resident, second_login
from tests.factories.wallet import open_for
from tests.marketplace.activities.making import (
    DAY,
    TODAY,
    admission_of_club,
    block,
    drafted,
    facts,
    lines,
    opened,
    submitted,
    words,
)


def _item(there: Season) -> ValuedItem:
    return values.item(there.neighbourhood, "Thee zetten")


DEEDS: dict[str, Callable[..., Activity]] = {
    "publish": activities.publish,
    "return": lambda **more: activities.return_activity(reason="Zeg waar.", **more),
    "suspend": lambda **more: activities.suspend(reason="Onveilig.", **more),
    "release": lambda **more: activities.release(reason="Toch goed.", **more),
}


def prepared(there: Season, deed: str, **more: Any) -> Activity:
    """An activity with which the board can do this."""
    if deed in {"publish", "return"}:
        return submitted(there, **more)
    made = opened(there, **more)
    if deed == "release":
        activities.suspend(activity=made, reason="Onveilig.", actor=actor(there.bea), at=AT)
    return made


@pytest.mark.parametrize("deed", DEEDS)
def test_the_board_alone_decides(there: Season, deed: str) -> None:
    made = prepared(there, deed)
    before = made.state

    for login in (there.olaf, there.ann, there.place.fenna):
        with pytest.raises(BoardOnly):
            DEEDS[deed](activity=made, actor=actor(login), at=AT)
    with pytest.raises(BoardOnly):
        DEEDS[deed](activity=made, actor=Actor.system(), at=AT)

    made.refresh_from_db()
    assert made.state == before


@pytest.mark.parametrize("deed", DEEDS)
def test_a_member_whose_term_is_over_decides_nothing(there: Season, deed: str) -> None:
    made = prepared(there, deed)
    there.bob.person.seats.update(until_on=TODAY - DAY)

    with pytest.raises(BoardOnly):
        DEEDS[deed](activity=made, actor=actor(there.bob), at=AT)


@pytest.mark.parametrize("deed", DEEDS)
def test_whoever_lives_with_an_owner_of_the_organiser_decides_nothing(there: Season, deed: str) -> None:
    made = prepared(there, deed)
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.olaf, principal=home, role=Role.MEMBER)
    mandate(person=there.bob, principal=home, role=Role.OWNER)

    with pytest.raises(OwnMatter):
        DEEDS[deed](activity=made, actor=actor(there.bob), at=AT)


def test_a_member_opens_no_activity_of_their_own_also_not_through_a_second_login(there: Season) -> None:
    own = pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT)
    resident(there.bea, there.neighbourhood)
    made = submitted(there, there.bea, organiser=there.bea.person, facts=facts(there, pot=own))
    twin = second_login(there.bea)

    for login in (there.bea, twin):
        with pytest.raises(OwnMatter):
            activities.publish(activity=made, actor=actor(login), at=AT)
    assert activities.publish(activity=made, actor=actor(there.bob), at=AT).state == ActivityState.PUBLISHED


def test_what_the_neighbourhood_itself_posts_is_open_at_once(there: Season) -> None:
    own = pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT)
    made = drafted(there, there.bob, organiser=there.neighbourhood.party, facts=facts(there, pot=own))

    activities.publish(activity=made, actor=actor(there.bob), at=AT)

    made.refresh_from_db()
    assert (made.state, made.published_at, made.pot) == (ActivityState.PUBLISHED, AT, own)


def test_a_draft_of_anybody_else_is_not_opened(there: Season) -> None:
    with pytest.raises(ActivityNotSubmitted):
        activities.publish(activity=drafted(there), actor=actor(there.bea), at=AT)


def test_nothing_else_is_opened_than_what_was_read(there: Season) -> None:
    made = submitted(there)
    read = fingerprint(made)
    activities.change_activity(
        activity=made, **words(there, there.olaf, facts=facts(there, label=Label.BENEFIT_IN_KIND))
    )

    with pytest.raises(ActivityChangedMeanwhile):
        activities.publish(activity=made, actor=actor(there.bea), at=AT, seen=read)
    assert (
        activities.publish(activity=made, actor=actor(there.bea), at=AT, seen=fingerprint(made)).published_at
        == AT
    )


@pytest.mark.parametrize("until", [TODAY - DAY, None])
def test_an_organisation_without_insurance_gets_nothing_opened(there: Season, until: Any) -> None:
    made = submitted(there)
    admission_of_club(there, insured_until_on=until)

    with pytest.raises(NotInsured):
        activities.publish(activity=made, actor=actor(there.bea), at=AT)

    admission_of_club(there, insured_until_on=TODAY)
    assert activities.publish(activity=made, actor=actor(there.bea), at=AT).state == ActivityState.PUBLISHED


def test_what_does_not_do_any_more_is_not_opened(there: Season) -> None:
    made = submitted(there)
    block(there, "koffie")
    with pytest.raises(Refusal) as blocked:
        activities.publish(activity=made, actor=actor(there.bea), at=AT)
    assert blocked.value.code == "blocked_word"

    other = submitted(
        there, title="Thee zetten", facts=facts(there, item=values.worth(_item(there), 5_00).item)
    )
    values.worth(other.item, None, on=TODAY)
    with pytest.raises(NoValueYet):
        activities.publish(activity=other, actor=actor(there.bea), at=AT)

    admission_of_club(there, until_on=TODAY - DAY)
    with pytest.raises(NotAdmitted):
        activities.publish(activity=made, actor=actor(there.bea), at=AT)


def test_it_is_opened_once_and_goes_back_no_more(there: Season) -> None:
    made = opened(there)

    for again in (activities.publish, DEEDS["return"]):
        with pytest.raises(MoveRefused):
            again(activity=made, actor=actor(there.bob), at=AT)
    assert len(lines("activity.publish", made)) == 1


@pytest.mark.parametrize("reason", ["", " \u202e ", "x" * 501])
def test_whoever_hears_no_hears_why(there: Season, reason: str) -> None:
    made = submitted(there)

    with pytest.raises(ActivityReasonNeeded):
        activities.return_activity(activity=made, reason=reason, actor=actor(there.bea), at=AT)


def test_what_was_sent_back_is_changed_and_sent_again(there: Season) -> None:
    made = submitted(there)
    activities.return_activity(activity=made, reason="Zeg wat je nodig hebt.", actor=actor(there.bea), at=AT)

    assert reason_of(made, "activity.return") == "Zeg wat je nodig hebt."
    activities.change_activity(activity=made, **words(there, there.olaf, asks="Een schort."))
    activities.submit(activity=made, actor=actor(there.olaf), at=AT + DAY)
    assert (made.state, made.changed_at) == (ActivityState.SUBMITTED, AT + DAY)


def test_what_the_board_stopped_it_alone_lets_go_on(there: Season) -> None:
    made = opened(there)
    activities.pause(activity=made, actor=actor(there.olaf), at=AT)
    activities.suspend(activity=made, reason="Onveilig.", actor=actor(there.bea), at=AT)

    with pytest.raises(MoveRefused):
        activities.suspend(activity=made, reason="Nog eens.", actor=actor(there.bob), at=AT)
    with pytest.raises(StoppedByBoard):
        activities.resume(activity=made, actor=actor(there.olaf), at=AT)
    activities.release(activity=made, reason="Er is nu een hek.", actor=actor(there.bob), at=AT)

    made.refresh_from_db()
    assert (made.state, made.paused_by_board) == (ActivityState.PUBLISHED, False)


def test_what_its_organiser_paused_the_board_does_not_release(there: Season) -> None:
    made = opened(there)
    activities.pause(activity=made, actor=actor(there.olaf), at=AT)

    with pytest.raises(NotStopped):
        activities.release(activity=made, reason="Ga door.", actor=actor(there.bea), at=AT)
    assert activities.resume(activity=made, actor=actor(there.olaf), at=AT).state == ActivityState.PUBLISHED


def test_its_organiser_hears_of_each_decision(there: Season, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Told] = []

    def hear(_activity: Activity, what: Told, _at: datetime) -> None:
        heard.append(what)

    monkeypatch.setattr("marketplace.operations.activities.telling._tellers", [hear])
    made = submitted(there)
    bea = actor(there.bea)

    activities.return_activity(activity=made, reason="Zeg waar.", actor=bea, at=AT)
    activities.publish(activity=made, actor=bea, at=AT)
    activities.suspend(activity=made, reason="Onveilig.", actor=bea, at=AT)
    activities.release(activity=made, reason="Toch goed.", actor=bea, at=AT)

    assert heard == [Told.RETURNED, Told.PUBLISHED, Told.SUSPENDED, Told.RELEASED]


# --- Pots -------------------------------------------------------------------------------------------------------------


def test_without_a_pot_nothing_is_opened_until_the_board_chooses_one(there: Season) -> None:
    own = pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT)
    made = submitted(there, there.ann, organiser=there.ann.person, facts=facts(there, pot=None))

    with pytest.raises(PotMissing):
        activities.publish(activity=made, actor=actor(there.bea), at=AT)
    activities.publish(activity=made, pot=own, actor=actor(there.bea), at=AT)

    made.refresh_from_db()
    assert made.pot == own


def test_pots_that_may_be_chosen_are_near_and_for_this(there: Season) -> None:
    board, town = there.neighbourhood.party, there.municipality
    wijkpot = pots.pot(there.neighbourhood, "Wijkpot", holder=board, at=AT)
    stadspot = pots.pot(there.neighbourhood, "Stadspot", holder=town, at=AT)
    for_club = pots.pot(there.neighbourhood, "Sportpot", at=AT)
    pots.rule(for_club, organiser=there.club)
    pots.pot(there.neighbourhood, "Leespot", at=AT)  # another's, and it names nobody
    other_thing = pots.pot(there.neighbourhood, "Boekenpot", holder=board, at=AT)
    pots.rule(other_thing, item=_item(there))
    for_another = pots.pot(there.neighbourhood, "Zorgpot", holder=board, at=AT)
    pots.rule(for_another, organiser=there.place.shop.holder)
    pots.pot(there.neighbourhood, "Oude pot", holder=board, ends_on=TODAY - DAY, at=AT - 30 * DAY)
    made = drafted(there)

    found = {pot.account for pot in pots_to_choose(made, TODAY)}

    assert found == {there.pot, wijkpot, stadspot, for_club}
    by_ann = (there.neighbourhood, there.ann.person, there.item)
    assert {pot.account for pot in pots_to_choose(by_ann, TODAY)} == {wijkpot, stadspot}


def test_a_pot_that_is_not_for_this_is_refused(there: Season) -> None:
    foreign = pots.pot(there.neighbourhood, "Leespot", at=AT)
    wallet = open_for(there.neighbourhood, there.club, kind=AccountKind.HOLDER)
    made = submitted(there)

    for wrong in (foreign, wallet):
        with pytest.raises(PotNotAllowed):
            activities.publish(activity=made, pot=wrong, actor=actor(there.bea), at=AT)


def test_a_pot_that_was_closed_meanwhile_is_refused(there: Season) -> None:
    empty = pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT)
    made = submitted(there, facts=facts(there, pot=empty))
    close_account(account=empty, actor=SYSTEM, at=AT)

    with pytest.raises(PotNotAllowed):
        activities.publish(activity=made, actor=actor(there.bea), at=AT)


def test_what_is_promised_from_a_pot_is_what_those_earn_who_were_not_paid(there: Season) -> None:
    coffee = activity(there)
    by_turn = activity(there, "Lezen", item=values.item(there.neighbourhood, "Lezen", unit=Unit.TURN))
    long, turn = shift(coffee, hours=2.5), shift(by_turn)
    takes_part(long, there.ann.person)  # 15,00
    takes_part(long, there.ben.person, "CLAIMED", minutes=60)  # 6,00
    takes_part(turn, there.ben.person, value=4_00)  # 4,00
    takes_part(turn, there.ann.person, "CONFIRMED", value=4_00, reward=3_50)  # as it was confirmed
    takes_part(shift(coffee, AT + 5 * DAY), there.ann.person, "WAITING")
    takes_part(shift(coffee, AT + 6 * DAY), there.ann.person, "WITHDRAWN")
    other = pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT)

    assert promised_from([there.pot, other]) == {there.pot.pk: 28_50, other.pk: 0}
