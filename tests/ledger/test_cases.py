"""Every case holds for the plain ledger and for the real one, and after each step the two are the same throughout."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.refusals import CLOSED_LIST
from tests.ledger.cases import CASES, Case
from tests.ledger.in_database import InDatabase
from tests.ledger.on_paper import OnPaper
from tests.ledger.steps import Outcome, Picture, Step, cast_of, differences


def said(outcome: Outcome, step: Step) -> Outcome:
    """What came of a step, as far as the case tells: who gives nothing special is believed."""
    return Outcome(
        gave=outcome.gave if step.gave is not None else "",
        code=outcome.code,
        room=outcome.room if step.room is not None else None,
        lines=outcome.lines,
    )


def wanted(step: Step) -> Outcome:
    return Outcome(gave=step.gave or "", code=step.code, room=step.room, lines=step.lines)


def seen(picture: Picture, step: Step) -> dict[Any, Any]:
    """Of a picture what the case tells. What is not tallied is nought."""
    return {
        (what, name, which): picture[what].get(name, {"amount": 0}).get(which)
        for what, name, which in step.expected
    }


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_on_paper(case: Case) -> None:
    paper = OnPaper()
    paper.prepare(cast_of(case.steps))
    for number, step in enumerate(case.steps, start=1):
        outcome = paper.take(step.operation, step.words)

        assert (number, said(outcome, step)) == (number, wanted(step))
        assert (number, seen(paper.picture(), step)) == (number, dict(step.expected))


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=repr)
def test_in_the_database(case: Case) -> None:
    """As the case tells, and after each step all that is kept is what stands on paper."""
    database, paper = InDatabase(), OnPaper()
    for player in (database, paper):
        player.prepare(cast_of(case.steps))
    for number, step in enumerate(case.steps, start=1):
        outcome, told = (player.take(step.operation, step.words) for player in (database, paper))
        picture = database.picture()

        assert (number, said(outcome, step)) == (number, wanted(step))
        assert (number, seen(picture, step)) == (number, dict(step.expected))
        assert (number, outcome) == (number, told)
        assert (number, differences(picture, paper.picture())) == (number, [])


def test_every_refusal_of_the_closed_list_has_a_case() -> None:
    seen = {step.code for case in CASES for step in case.steps}
    seen |= {code for case in CASES for step in case.steps for _place, code, _room in step.lines}

    assert {one.code for one in CLOSED_LIST} - seen == set()


def test_no_two_cases_are_called_the_same() -> None:
    sentences = [case.sentence for case in CASES]

    assert sorted(sentences) == sorted(set(sentences))
