"""What an appeal does to an election. That it is filed and ruled on as it should has tests of its own."""

from __future__ import annotations

import uuid

import pytest

from core.refusals import NotAllowed
from core.states import transition
from neighbourhoods.models import Appeal, Election, Neighbourhood, Seat
from neighbourhoods.operations import appeals, elections
from neighbourhoods.operations.elections.drafting import CalledByResidents
from neighbourhoods.operations.elections.outcome import AppealsOpen, NoUpheldAppeal
from people.models import Role, User
from tests.factories.people import actor, mandate, person
from tests.factories.residency import DAY, SYSTEM
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import CLOSED, FINAL, a_call


@pytest.fixture
def pia(molenwijk: Neighbourhood) -> User:
    """Sits on the appeals panel."""
    login = person("Pia")
    mandate(person=login, principal=molenwijk.municipality, role=Role.APPEALS)
    return login


@pytest.fixture
def election(molenwijk: Neighbourhood, ann: User, ben: User) -> Election:
    """An election with a provisional result."""
    made = stage.voting(stage.nominating(molenwijk), [ann])
    stage.put_in(made, ann, {"1": "yes"})
    stage.advance(CLOSED)
    return stage.again(made)


def appeal_of(election: Election, who: User) -> Appeal:
    assert election.box is not None
    return appeals.file_appeal(
        box=election.box, person=who.person, grounds="De zaal was dicht.", language="nl", key=uuid.uuid4(),
        actor=actor(who), at=CLOSED + DAY,
    )  # fmt: skip


def ruled(appeal: Appeal, pia: User, *, upheld: bool) -> None:
    for deed in (appeals.admit_appeal, appeals.hear_appeal):
        deed(appeal=appeal, actor=actor(pia), at=CLOSED + 2 * DAY)
    appeals.rule_on_appeal(
        appeal=appeal, upheld=upheld, ruling="Wij zochten het uit.", actor=actor(pia), at=FINAL + DAY
    )


def test_while_an_appeal_waits_the_result_stays_provisional(election: Election, ben: User, pia: User) -> None:
    appeal = appeal_of(election, ben)

    done = stage.advance(FINAL)
    assert (done.waiting, stage.state(election)) == ([f"election {election.pk}: appeals_open"], "PROVISIONAL")
    with pytest.raises(AppealsOpen):
        elections.confirm_result(election=election, actor=SYSTEM, at=FINAL)
    ruled(appeal, pia, upheld=False)
    stage.advance(FINAL + 2 * DAY)

    assert (stage.state(election), Seat.objects.count()) == ("FINAL", 1)


def test_an_upheld_appeal_annuls_the_result_and_a_new_election_is_drafted(
    election: Election, ben: User, pia: User
) -> None:
    ruled(appeal_of(election, ben), pia, upheld=True)

    assert stage.state(election) == "ANNULLED"
    new = Election.objects.get(replaces=election)
    assert (new.state, new.seats, new.title) == ("DRAFT", 2, election.title)
    elections.announce(election=new, actor=SYSTEM, at=FINAL + DAY)
    stage.advance(FINAL + 2 * DAY)
    assert (stage.state(new), Seat.objects.count()) == ("NOMINATIONS", 0)


def test_without_an_upheld_appeal_nobody_annuls_anything(
    election: Election, ben: User, pia: User, olga: User
) -> None:
    appeal_of(election, ben)

    with pytest.raises(NotAllowed):
        elections.annul(election=election, reason="Opnieuw.", actor=actor(olga), at=CLOSED)
    for who in (actor(pia), SYSTEM):
        with pytest.raises(NoUpheldAppeal):
            elections.annul(election=election, reason="Opnieuw.", actor=who, at=CLOSED)

    assert stage.state(election) == "PROVISIONAL"


def test_what_is_held_anew_for_a_call_of_residents_is_not_cancelled_either(
    election: Election, molenwijk: Neighbourhood, ann: User, ben: User, pia: User, olga: User
) -> None:
    call = a_call(molenwijk, ann)
    Election.objects.filter(pk=election.pk).update(called_by=call)
    ruled(appeal_of(election, ben), pia, upheld=True)
    new = Election.objects.get(replaces=election)

    with pytest.raises(CalledByResidents):
        elections.cancel(election=new, reason="Genoeg gestemd.", actor=actor(olga), at=FINAL)

    assert stage.state(new) == "DRAFT"


def test_no_other_way_leads_past_an_open_appeal_or_to_an_annulment(election: Election, ben: User) -> None:
    appeal_of(election, ben)

    for event, refusal in (("confirm", AppealsOpen), ("annul", NoUpheldAppeal)):
        with pytest.raises(refusal):
            transition(election, event, actor=SYSTEM, at=FINAL)

    assert stage.state(election) == "PROVISIONAL"
