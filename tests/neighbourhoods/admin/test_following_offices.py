"""Who edits follows from offices at once, without the command of the night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from neighbourhoods.rights import municipal_group_name
from people.models import Party, Role
from people.operations.mandates import award_mandate, end_mandate
from tests.factories.neighbourhoods import FOUNDED_AT, SYSTEM, TODAY, municipality
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def groups_of(login: str) -> list[str]:
    return list(Party.objects.filter(login__email=login).values_list("login__groups__name", flat=True))


def test_an_editor_of_the_municipality_is_in_its_group_at_once_and_out_of_it_at_once() -> None:
    dijkstad, ann = municipality(), person("Ann")

    office = award_mandate(
        person=ann.person, principal=dijkstad, role=Role.EDITOR, from_on=FOUNDED_AT.date(), actor=SYSTEM,
        at=FOUNDED_AT,
    )  # fmt: skip
    assert groups_of(ann.email) == [municipal_group_name(dijkstad.pk)]

    end_mandate(mandate=office, on=FOUNDED_AT.date(), actor=SYSTEM, at=FOUNDED_AT + timedelta(days=1))
    assert groups_of(ann.email) == [None]


def test_a_clerk_of_the_municipality_edits_nothing() -> None:
    dijkstad, ann = municipality(), person("Ann")

    award_mandate(
        person=ann.person, principal=dijkstad, role=Role.CLERK, from_on=TODAY, actor=SYSTEM, at=FOUNDED_AT
    )

    assert groups_of(ann.email) == [None]
