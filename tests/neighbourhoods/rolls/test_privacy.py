"""What is somebody's own: the words of a candidate or an appellant, an entry on the roll. Not those of who stood by."""

from __future__ import annotations

import uuid

import pytest

from core.privacy import Kept, Subject, erase_rows, kept_in, rows_about
from neighbourhoods import models as kinds
from neighbourhoods.models import (
    Appeal,
    Channel,
    Neighbourhood,
    Nomination,
    Proposal,
    ProposalKind,
    RollEntry,
    RollObjection,
)
from neighbourhoods.privacy.places import leave_everything
from neighbourhoods.states import AppealState, BoxState, NominationState
from people.models import User
from tests.factories.democracy import AFTER, VOTING, box, election, frozen_roll, nomination, policy
from tests.factories.people import person
from tests.factories.residency import municipality, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def molenwijk() -> Neighbourhood:
    return place(of=municipality())


def of(login: User) -> Subject:
    return Subject(party=login.person, user=login)


def entry_for(model: type) -> Kept:
    found = kept_in(model)
    assert found is not None
    return found


def test_when_who_nominated_is_erased_the_words_of_the_candidate_stay(molenwijk: Neighbourhood) -> None:
    ann, ben = person("Ann"), person("Ben")
    stood = nomination(election(molenwijk), ben, proposed_by=ann.person, statement="Samen koken.")

    erase_rows([of(ann)])

    stood.refresh_from_db()
    assert stood.statement == "Samen koken."


def test_when_the_candidate_is_erased_their_words_go(molenwijk: Neighbourhood) -> None:
    ben = person("Ben")
    stood = nomination(election(molenwijk), ben, statement="Samen koken.", interests="Bakkerij De Korst")

    erase_rows([of(ben)])

    stood.refresh_from_db()
    assert (stood.statement, stood.interests) == ("", "")


def test_when_who_ruled_is_erased_the_words_of_the_appellant_stay(molenwijk: Neighbourhood) -> None:
    ann, harm = person("Ann"), person("Harm")
    appeal = Appeal.objects.create(
        box=box(molenwijk, [ann], state=BoxState.COUNTED), appellant=ann.person, grounds="De deur was dicht.",
        language="nl", filed_at=VOTING, ruled_by=harm.person, ruled_at=AFTER, ruling="Hij was open.",
        state=AppealState.DISMISSED, key=uuid.uuid4(),
    )  # fmt: skip

    erase_rows([of(harm)])
    appeal.refresh_from_db()
    assert appeal.grounds == "De deur was dicht."

    erase_rows([of(ann)])
    appeal.refresh_from_db()
    assert (appeal.grounds, appeal.ruling) == ("", "Hij was open.")


def test_whom_somebody_nominated_is_in_their_download_once_that_person_has_answered(
    molenwijk: Neighbourhood,
) -> None:
    ann, ben = person("Ann"), person("Ben")
    asked = nomination(election(molenwijk), ben, proposed_by=ann.person, state=NominationState.PROPOSED)

    before = rows_about(entry_for(Nomination), of(ann)).count()
    Nomination.objects.filter(pk=asked.pk).update(state=NominationState.ACCEPTED, accepted_at=VOTING)
    after = rows_about(entry_for(Nomination), of(ann)).count()

    assert (before, after) == (0, 1)


def test_whom_an_officer_helped_is_not_in_the_download_of_the_officer(molenwijk: Neighbourhood) -> None:
    ann, nora = person("Ann"), person("Nora")
    roll = frozen_roll(molenwijk, [ann])
    RollEntry.objects.filter(roll=roll).update(channel=Channel.ASSISTED, marked_by=nora.person)

    assert rows_about(entry_for(RollEntry), of(nora)).count() == 0
    assert rows_about(entry_for(RollEntry), of(ann)).count() == 1


def test_what_somebody_asked_for_and_is_not_decided_ends_with_them(molenwijk: Neighbourhood) -> None:
    ann, ben = person("Ann"), person("Ben")
    objection = RollObjection.objects.create(
        roll=frozen_roll(molenwijk, [ben]),
        person=ann.person,
        text="Ik woon hier.",
        filed_at=VOTING,
        key=uuid.uuid4(),
    )
    appeal = Appeal.objects.create(
        box=box(molenwijk, [ann], state=BoxState.COUNTED), appellant=ann.person, grounds="De deur was dicht.",
        language="nl", filed_at=VOTING, key=uuid.uuid4(),
    )  # fmt: skip

    leave_everything(ann.person, AFTER)

    objection.refresh_from_db()
    appeal.refresh_from_db()
    assert (objection.state, appeal.state) == ("WITHDRAWN", "WITHDRAWN")


@pytest.mark.parametrize(("others", "state"), [(0, "WITHDRAWN"), (1, "PROPOSED")])
def test_a_call_ends_with_who_began_it_unless_others_support_it(
    molenwijk: Neighbourhood, others: int, state: str
) -> None:
    ann = person("Ann")
    call = Proposal.objects.create(
        neighbourhood=molenwijk, policy=policy(molenwijk, kinds.Subject.RECALL, support_needed="1/5"),
        kind=ProposalKind.RECALL, title="Kies opnieuw", text="Er gebeurt niets.", language="nl",
        proposed_by=ann.person, proposed_at=VOTING, key=uuid.uuid4(),
    )  # fmt: skip
    for who in [ann, *(person(f"Buur{number}") for number in range(others))]:
        call.supports.create(person=who.person)

    leave_everything(ann.person, AFTER)

    call.refresh_from_db()
    assert call.state == state
