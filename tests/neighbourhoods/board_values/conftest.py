"""Ann chairs the board of Molenwijk; Ben and Dirk are members; Eva lives there. Cas is on the board of Sluiskade."""

from __future__ import annotations

import pytest

from neighbourhoods.models import Decider, Neighbourhood, Subject, ValuedItem
from tests.factories import democracy, values
from tests.factories.residency import municipality, place
from tests.neighbourhoods.meetings.conftest import (  # noqa: F401 - fixtures
    ann,
    ben,
    browser,
    cas,
    dirk,
    eva,
    invited,
    meeting,
    noon,
    sluiskade,
)


@pytest.fixture
def molenwijk(db: None) -> Neighbourhood:
    """Residents decide about values there, and the board about everything else."""
    made = place("Molenwijk", of=municipality("Dijkstad"))
    democracy.policy(made, Subject.MOTION, turnout_quorum="1/2", voting_days=7)
    values.value_policy(made, support_needed="1/2")
    return made


@pytest.fixture
def by_the_board(molenwijk: Neighbourhood) -> Neighbourhood:
    """The board decides about values."""
    values.value_policy(molenwijk, Decider.BOARD, turnout_quorum="1/2", voting_days=7)
    return molenwijk


@pytest.fixture
def reading(molenwijk: Neighbourhood) -> ValuedItem:
    return values.item(molenwijk, "Voorlezen op school")
