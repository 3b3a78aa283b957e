"""Appealing against a result, from its page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from neighbourhoods.models import Appeal, BallotBox, Election, Neighbourhood
from neighbourhoods.operations.appeals import admit_appeal, hear_appeal, rule_on_appeal
from neighbourhoods.states import AppealState, ElectionState
from people.models import Role, User
from tests.factories.democracy import AFTER, DAY, election_in_voting
from tests.factories.people import mandate, person
from tests.neighbourhoods.vote_pages.scene import acting, carried, counted, people, signed_in, url, words

GROUNDS = "The paper ballots of the Molenweg were never fetched."


@pytest.fixture
def box(molenwijk: Neighbourhood, ann: User, ben: User) -> BallotBox:
    """A provisional result; Ann and Ben were on the roll."""
    voters = [ann, ben, *people(4)]
    made = election_in_voting(molenwijk, [person("Dirk"), person("Esra")], voters)
    counted(made, [["1"]] * 6, voters)
    assert made.box is not None
    return BallotBox.objects.get(pk=made.box.pk)


@pytest.fixture(autouse=True)
def _after() -> Iterator[None]:
    """A day after the count."""
    with time_machine.travel(AFTER + DAY, tick=False):
        yield


def send(login: User, box: BallotBox, **more: str) -> object:
    client = signed_in(login)
    form = carried(client.get(url(box, "appeal/")))
    return client.post(url(box, "appeal/"), {**form, "grounds": GROUNDS, **more})


def test_ann_appeals_and_sees_how_far_it_is(box: BallotBox, ann: User) -> None:
    answer = send(ann, box)

    assert Appeal.objects.get().grounds == GROUNDS
    assert answer["Location"] == url(box, "appeal/")  # type: ignore[index]
    page = words(signed_in(ann).get(url(box, "appeal/")))
    assert "Your appeal" in page
    assert "Filed" in page
    assert GROUNDS in page
    assert "You appealed." in words(signed_in(ann).get(url(box, "result/")))


def test_an_appeal_that_is_sent_twice_is_filed_once(box: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    form = {**carried(client.get(url(box, "appeal/"))), "grounds": GROUNDS}

    client.post(url(box, "appeal/"), form)
    client.post(url(box, "appeal/"), form)

    assert Appeal.objects.count() == 1


def test_ann_withdraws_her_appeal_and_may_appeal_again(box: BallotBox, ann: User) -> None:
    send(ann, box)
    signed_in(ann).post(url(box, "appeal/"), {"step": "withdraw"})

    assert Appeal.objects.get().state == AppealState.WITHDRAWN
    assert "Appeal again" in words(signed_in(ann).get(url(box, "appeal/")))


@pytest.mark.parametrize("grounds", ["", "   ", "x" * 4001])
def test_an_appeal_without_grounds_is_asked_for_them(box: BallotBox, ann: User, grounds: str) -> None:
    page = send(ann, box, grounds=grounds)

    assert "One thing is not right yet" in words(page)
    assert Appeal.objects.count() == 0


def test_too_late_there_is_nothing_to_send_and_what_was_sent_is_kept(box: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    form = {**carried(client.get(url(box, "appeal/"))), "grounds": GROUNDS}
    with time_machine.travel(AFTER + 15 * DAY, tick=False):
        assert "You cannot appeal now" in words(client.get(url(box, "appeal/")))
        late = client.post(url(box, "appeal/"), form)

    assert "The time to appeal is over." in words(late)
    assert GROUNDS in words(late)
    assert Appeal.objects.count() == 0


def test_cas_whom_the_vote_does_not_concern_is_told_so(box: BallotBox, cas: User) -> None:
    assert "Only somebody on the roll" in words(send(cas, box))
    assert Appeal.objects.count() == 0


def test_a_stranger_sees_the_ruling_and_not_who_appealed(
    box: BallotBox, ann: User, cas: User, molenwijk: Neighbourhood
) -> None:
    send(ann, box)
    panel = person("Paula")
    mandate(person=panel, principal=molenwijk.municipality, role=Role.APPEALS)
    appeal, at = Appeal.objects.get(), AFTER + DAY
    for deed in (admit_appeal, hear_appeal):
        deed(appeal=appeal, actor=acting(panel), at=at)
    rule_on_appeal(
        appeal=appeal, upheld=False, ruling="All ballots were fetched.", actor=acting(panel), at=at
    )

    page = words(signed_in(cas).get(url(box, "result/")))
    own = words(signed_in(ann).get(url(box, "appeal/")))

    assert "All ballots were fetched." in page
    assert "Dismissed" in page
    assert GROUNDS not in page
    assert "Ann" not in page
    assert "Ruling of the panel All ballots were fetched." in own


def test_before_and_after_there_is_a_provisional_result_there_is_no_appeal(box: BallotBox, ann: User) -> None:
    for state in (ElectionState.COUNTED, ElectionState.FINAL):
        Election.objects.update(state=state)

        assert "You cannot appeal now" in words(signed_in(ann).get(url(box, "appeal/")))
