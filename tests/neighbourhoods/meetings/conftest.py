"""Ann chairs the board of Molenwijk; Ben and Dirk are members; Eva lives there. Cas is on the board of Sluiskade."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from neighbourhoods.models import Meeting, Neighbourhood, Presence, Proposal, SeatOffice, Subject
from neighbourhoods.operations import meetings, motions
from people.models import User
from tests.factories import democracy
from tests.factories.people import actor, person
from tests.factories.residency import NOON, municipality, place, resident, seated
from tests.neighbourhoods.meetings.making import BEGINS, planned, proposed


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    made = place("Molenwijk", of=municipality("Dijkstad"))
    democracy.policy(made, Subject.MOTION, turnout_quorum="1/2", voting_days=7)
    return made


@pytest.fixture
def sluiskade(molenwijk: Neighbourhood) -> Neighbourhood:
    return place("Sluiskade", of=molenwijk.municipality)


def member(name: str, neighbourhood: Neighbourhood, office: str = SeatOffice.MEMBER) -> User:
    login = person(name)
    resident(login, neighbourhood)
    seated(login, neighbourhood, office=office)
    return login


@pytest.fixture
def ann(molenwijk: Neighbourhood) -> User:
    return member("Ann", molenwijk, SeatOffice.CHAIR)


@pytest.fixture
def ben(molenwijk: Neighbourhood) -> User:
    return member("Ben", molenwijk)


@pytest.fixture
def dirk(molenwijk: Neighbourhood) -> User:
    return member("Dirk", molenwijk)


@pytest.fixture
def cas(sluiskade: Neighbourhood) -> User:
    return member("Cas", sluiskade, SeatOffice.CHAIR)


@pytest.fixture
def eva(molenwijk: Neighbourhood) -> User:
    login = person("Eva")
    resident(login, molenwijk)
    return login


@pytest.fixture
def meeting(ann: User, ben: User, molenwijk: Neighbourhood) -> Meeting:
    """A meeting of the board a week after noon, with one point on its agenda."""
    return planned(molenwijk, ann)


@pytest.fixture
def invited(meeting: Meeting, ann: User) -> Meeting:
    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)
    return meeting


@pytest.fixture
def held(invited: Meeting, ann: User, ben: User) -> Meeting:
    meetings.hold(
        meeting=invited,
        presences={ann.person: Presence.PRESENT, ben.person: Presence.EXCUSED},
        actor=actor(ann),
        at=BEGINS,
    )
    return invited


@pytest.fixture
def noon(settings: Settings) -> Iterator[time_machine.Traveller]:
    """Views read the clock: it stands at noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(noon: time_machine.Traveller) -> Callable[[User], Client]:
    """Somebody's browser."""

    def sign_in(login: User) -> Client:
        client = Client()
        client.force_login(login)
        return client

    return sign_in


@pytest.fixture
def motion(ann: User, ben: User, dirk: User, molenwijk: Neighbourhood) -> Proposal:
    """Ben's proposal, on the agenda of a meeting that has begun."""
    meeting = planned(molenwijk, ann)
    made = proposed(molenwijk, ben, meeting=meeting)
    meetings.invite(meeting=meeting, actor=actor(ann), at=NOON)
    return made


@pytest.fixture
def voting(motion: Proposal, ann: User) -> Proposal:
    motions.open_vote(proposal=motion, in_writing=False, actor=actor(ann), at=BEGINS)
    return motion


@pytest.fixture
def written_round(ann: User, ben: User, dirk: User, molenwijk: Neighbourhood) -> Proposal:
    made = proposed(molenwijk, ben)
    motions.open_vote(proposal=made, in_writing=True, actor=actor(ann), at=NOON)
    return made
