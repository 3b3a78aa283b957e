"""A second neighbourhood beside Ann's, in the same municipality."""

from __future__ import annotations

import pytest

from neighbourhoods.models import Neighbourhood
from tests.factories import neighbourhoods as make


@pytest.fixture
def sluiskade(molenwijk: Neighbourhood) -> Neighbourhood:
    return make.found("Sluiskade")
