"""What the options of a vote are called."""

from __future__ import annotations

import pytest

from neighbourhoods.queries.ballots import labels_of
from tests.factories.democracy import election_in_voting
from tests.factories.people import person
from tests.factories.residency import municipality, place

pytestmark = pytest.mark.django_db


def test_of_two_candidates_with_one_name_the_number_tells_which() -> None:
    ann, other, ben = person("Ann"), person("Ann", email="other@example.org"), person("Ben")
    election = election_in_voting(place(of=municipality()), [ann, other, ben], [ann])
    assert election.box is not None

    assert labels_of(election.box) == {"1": "Ann de Vries (1)", "2": "Ann de Vries (2)", "3": "Ben de Vries"}
