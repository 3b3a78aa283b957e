"""Who files, rules and makes a result final at the same moment, in real processes."""

from __future__ import annotations

import uuid
from datetime import timedelta

from neighbourhoods.counting import canonical
from neighbourhoods.models import Appeal, BallotBox, Election, Result
from neighbourhoods.operations.appeals import admit_appeal, file_appeal, hear_appeal, rule_on_appeal
from neighbourhoods.operations.elections import confirm_result
from neighbourhoods.operations.policies import add_first_policies
from neighbourhoods.queries.appeals import open_appeals
from neighbourhoods.states import AppealState, ElectionState
from people.models import Role, User
from tests.factories import democracy as make
from tests.factories.people import actor, mandate, person
from tests.factories.residency import SYSTEM, municipality, place
from tests.neighbourhoods.appeals.conftest import UNTIL, provisional
from tests.plugins.data import RealCommits


def a_result(*voters: str) -> tuple[Election, BallotBox, list[User]]:
    """A provisional one in Molenwijk, for which nobody stood: so nobody gets a seat either."""
    molenwijk = place("Molenwijk", of=municipality("Dijkstad"))
    add_first_policies(molenwijk, actor=SYSTEM, at=make.OPENS)
    logins = [person(name) for name in voters]
    election = provisional(molenwijk, [], logins, left_out=[])
    assert election.box is not None
    nobody = canonical({"outcome": {"has_quorum": True, "elected": []}})
    Result.objects.create(box=election.box, sheet=nobody, input_hash="ab" * 32, counted_at=make.AFTER)
    return election, election.box, logins


def file(box: int, who: int) -> int:
    login = User.objects.select_related("person").get(pk=who)
    made = file_appeal(
        box=BallotBox.objects.get(pk=box), person=login.person, grounds="Het ging niet goed.", language="nl",
        key=uuid.uuid4(), actor=actor(login), at=UNTIL - timedelta(seconds=1),
    )  # fmt: skip
    return made.pk


def rule(appeal: int, who: int, upheld: int) -> bool:
    login = User.objects.select_related("person").get(pk=who)
    rule_on_appeal(
        appeal=Appeal.objects.get(pk=appeal),
        upheld=bool(upheld),
        ruling="Daarom.",
        actor=actor(login),
        at=UNTIL,
    )
    return True


def confirm(election: int) -> bool:
    confirm_result(election=Election.objects.get(pk=election), actor=SYSTEM, at=UNTIL)
    return True


def test_of_many_forms_of_one_person_at_the_same_moment_one_appeals(real_commits: RealCommits) -> None:
    _election, box, (ann,) = a_result("Ann")

    outcomes = real_commits.race(file, [{"box": box.pk, "who": ann.pk}] * 8)

    assert sorted(str(one.refused) for one in outcomes) == ["None", *["already_appealed"] * 7]


def test_a_result_does_not_become_final_past_an_appeal_that_came_in_at_the_last_moment(
    real_commits: RealCommits,
) -> None:
    election, box, voters = a_result("Ann", "Ben", "Cas")

    confirmed, *filed = real_commits.race_between(
        [(confirm, {"election": election.pk}), *[(file, {"box": box.pk, "who": one.pk}) for one in voters]]
    )

    election.refresh_from_db()
    if confirmed.refused is None:
        assert (election.state, open_appeals(box).count()) == (ElectionState.FINAL, 0)
        assert {one.refused for one in filed} == {"no_appeal_now"}
    else:
        assert (election.state, confirmed.refused) == (ElectionState.PROVISIONAL, "appeals_open")
        assert open_appeals(box).count() == sum(one.refused is None for one in filed) > 0


def test_of_two_of_the_panel_who_rule_at_the_same_moment_one_does(real_commits: RealCommits) -> None:
    election, box, (ann,) = a_result("Ann")
    panel = [person("Pia"), person("Piet")]
    for login in panel:
        mandate(person=login, principal=election.neighbourhood.municipality, role=Role.APPEALS)
    made = Appeal.objects.get(pk=file(box.pk, ann.pk))
    admit_appeal(appeal=made, actor=actor(panel[0]), at=UNTIL)
    hear_appeal(appeal=made, actor=actor(panel[1]), at=UNTIL)

    outcomes = real_commits.race(
        rule, [{"appeal": made.pk, "who": login.pk, "upheld": number} for number, login in enumerate(panel)]
    )

    assert sorted(str(one.refused) for one in outcomes) == ["None", "move_refused"]
    made.refresh_from_db()
    election.refresh_from_db()
    assert (election.state == ElectionState.ANNULLED) is (made.state == AppealState.UPHELD)
