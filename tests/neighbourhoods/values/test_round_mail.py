"""The board hears that it is asked to vote in writing about a value: each in their own language, and only who votes."""

from __future__ import annotations

import pytest
from django.core import mail

from neighbourhoods.models import Decider, DecisionPolicy, Neighbourhood, Subject, ValuedItem
from people.models import Role, User
from tests.factories import democracy
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import municipality
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.deciding import HOUR, NOW


@pytest.fixture(autouse=True)
def board_decides(molenwijk: Neighbourhood, policy: DecisionPolicy) -> None:
    deciding.rules(molenwijk, Decider.BOARD)


def test_every_member_is_written_to_in_their_own_language(
    reading: ValuedItem, ann: User, ben: User, dirk: User
) -> None:
    ben.person.person_details.language = "en"
    ben.person.person_details.save()

    decision = deciding.heard(reading)
    deciding.opened(decision)

    letters = {one.to[0]: one for one in mail.outbox}
    assert set(letters) == {ann.email, ben.email}
    assert "Voorlezen op school: what is an hour worth?" in letters[ben.email].subject
    assert f"/en/vote/board/molenwijk/values/{decision.ref}/" in letters[ben.email].body
    assert f"/nl/vote/board/molenwijk/values/{decision.ref}/" in letters[ann.email].body


def test_who_stepped_aside_is_not_asked_to_vote(reading: ValuedItem, ann: User, ben: User) -> None:
    school = organisation("De Regenboog", owner=ben)

    deciding.opened(deciding.heard(reading, proposed_for=school))

    assert [one.to for one in mail.outbox] == [[ann.email]]


def test_in_a_meeting_and_for_a_vote_of_the_residents_nobody_on_the_board_is_written_to(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, dirk: User
) -> None:
    meeting = democracy.meeting(molenwijk, starts_at=NOW - HOUR, state="INVITED")
    deciding.opened(deciding.heard(reading), actor=actor(ann), meeting=meeting)
    deciding.closed(deciding.again(meeting.value_votes.get().decision), at=NOW + HOUR, by=ann)
    deciding.rules(molenwijk)
    deciding.opened(deciding.heard(reading))

    assert mail.outbox == []


def test_who_answers_for_the_municipality_hears_that_it_is_asked(
    molenwijk: Neighbourhood, reading: ValuedItem, dirk: User
) -> None:
    deciding.rules(molenwijk)
    deciding.guideline(reading, 500, 1000)
    gerda, henk, cas = person("Gerda"), person("Henk"), person("Cas")
    for login, role in ((gerda, Role.FINANCE), (henk, Role.EDITOR)):
        mandate(person=login, principal=molenwijk.municipality, role=role)
    mandate(person=cas, principal=municipality("Veenstad"), role=Role.FINANCE)

    decision = deciding.decided(reading, 1050, dirk)

    (letter,) = mail.outbox
    assert letter.to == [gerda.email]
    assert f"/nl/vote/guidelines/{molenwijk.municipality.uuid}/" in letter.body
    assert str(decision.ref) in letter.body


def test_the_board_is_written_to_when_residents_chose(
    molenwijk: Neighbourhood, reading: ValuedItem, ann: User, dirk: User
) -> None:
    deciding.rules(molenwijk, Decider.BOTH)
    democracy.policy(molenwijk, Subject.MOTION)

    deciding.answers(deciding.before_the_board(reading, {dirk: 1000}), 1000, ann)

    assert [one.to for one in mail.outbox] == [[ann.email]]
