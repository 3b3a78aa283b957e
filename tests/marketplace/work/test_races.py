"""Several at one moment: a team that all says yes, two who propose the same, a form that is sent twice."""

from __future__ import annotations

from collections import Counter

import pytest

from core.models import AuditEntry
from marketplace.models import Participation, SkillProfile, TeamAnswer, TeamMember, TeamProposal
from marketplace.states import ParticipationState
from people.models import User
from tests.factories.activities import Season, born, season
from tests.factories.people import person
from tests.factories.residency import resident
from tests.marketplace.work.making import proposed, reading_aloud, team, tell
from tests.marketplace.work.racers import ask_once, come_in, lay, say_yes, write_to
from tests.marketplace.work.racers import tell as tell_at_once
from tests.plugins.data import RealCommits
from tests.races import Call


@pytest.fixture
def there(real_commits: RealCommits) -> Season:
    return season()


def neighbours(there: Season, number: int) -> list[User]:
    found = [person(f"Kim{one}") for one in range(number)]
    for login in found:
        resident(login, there.neighbourhood)
        born(login.person)
    return found


def test_of_a_team_that_says_yes_at_once_as_many_come_as_there_are_places(
    there: Season, real_commits: RealCommits
) -> None:
    members = neighbours(there, 4)
    lies = proposed(team(there, *members), there.olaf, shift=reading_aloud(there, places=2))

    calls: list[Call] = [{"login": login.pk, "proposal": lies.pk} for login in members]
    outcomes = real_commits.race(say_yes, calls)

    assert [one.result for one in outcomes] == [True] * 4
    assert Counter(Participation.objects.values_list("state", flat=True)) == {
        ParticipationState.SIGNED_UP: 2,
        ParticipationState.WAITING: 2,
    }
    assert TeamAnswer.objects.filter(joins=True).count() == 4


def test_who_says_yes_in_four_windows_is_signed_up_once(there: Season, real_commits: RealCommits) -> None:
    lies = proposed(team(there, there.ann), there.olaf, shift=reading_aloud(there, places=4))

    outcomes = real_commits.race(say_yes, [{"login": there.ann.pk, "proposal": lies.pk}] * 4)

    # Whoever came later is told so, or found it done.
    assert {one.result or one.refused for one in outcomes} <= {True, "activity_already_signed_up"}
    assert (Participation.objects.count(), TeamAnswer.objects.count()) == (1, 1)


def test_two_who_propose_the_same_lay_it_there_once(there: Season, real_commits: RealCommits) -> None:
    made, that = team(there, there.ann, there.ben), reading_aloud(there)

    calls: list[Call] = [
        {"login": login.pk, "team": made.pk, "shift": that.pk} for login in (there.ann, there.ben, there.olaf)
    ]
    outcomes = real_commits.race(lay, calls)

    assert Counter(one.refused for one in outcomes) == {None: 1, "team_proposed_already": 2}
    assert TeamProposal.objects.count() == 1


def test_somebody_is_asked_and_comes_in_once(there: Season, real_commits: RealCommits) -> None:
    made = team(there)

    asked = real_commits.race(
        ask_once, [{"login": there.olaf.pk, "team": made.pk, "person": there.ann.person_id}] * 3
    )
    came = real_commits.race(come_in, [{"login": there.ann.pk, "team": made.pk}] * 3)

    assert Counter(one.refused for one in asked) == {None: 1, "team_in_already": 2}
    assert len({one.result for one in came}) == 1
    assert TeamMember.objects.count() == 1
    assert AuditEntry.objects.filter(event="team.join").count() == 1


def test_what_is_told_in_two_windows_is_one_profile(there: Season, real_commits: RealCommits) -> None:
    calls: list[Call] = [{"login": there.ann.pk, "about": f"Versie {one}"} for one in range(3)]

    outcomes = real_commits.race(tell_at_once, calls)

    assert len({one.result for one in outcomes}) == 1
    assert SkillProfile.objects.count() == 1


def test_an_organiser_who_asks_in_two_windows_mails_once(there: Season, real_commits: RealCommits) -> None:
    profile, that = tell(there.ann), reading_aloud(there)

    outcomes = real_commits.race(
        write_to, [{"login": there.olaf.pk, "profile": profile.pk, "shift": that.pk}] * 3
    )

    assert Counter(one.refused for one in outcomes) == {None: 1, "work_approached_already": 2}
    assert AuditEntry.objects.filter(event="skill_profile.approach").count() == 1
