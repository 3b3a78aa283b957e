from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from neighbourhoods.counting import Method
from neighbourhoods.models import (
    Decider,
    DecisionPolicy,
    EligibilityRule,
    Neighbourhood,
    RuleKind,
    Secrecy,
    Subject,
)
from neighbourhoods.operations.policies import (
    FIRST,
    FITS,
    DoesNotFit,
    NeverReached,
    NobodyMeant,
    NumberRefused,
    PolicyValues,
    Rule,
    RulesRefused,
    ShareRefused,
    SupportMissing,
    add_first_policies,
    set_policy,
    values_of,
)
from neighbourhoods.queries.policies import NoPolicy, policies_of, policy_at, policy_for, rule_words
from people.models import Role, User
from tests.factories import democracy as make
from tests.factories.people import actor, mandate
from tests.factories.residency import DAY, NOON, SYSTEM, municipality, place
from tests.plugins.data import RealCommits

ELECTION = FIRST[Subject.ELECTION]


def change(
    neighbourhood: Neighbourhood, subject: str = Subject.ELECTION, *, by: Actor = SYSTEM, **values: Any
) -> DecisionPolicy:
    return set_policy(
        neighbourhood=neighbourhood,
        subject=subject,
        values=replace(FIRST[subject], **values),
        actor=by,
        at=NOON,
    )


# --- Versions ---------------------------------------------------------------------------------------------------------


def test_a_neighbourhood_begins_with_a_policy_for_everything(molenwijk: Neighbourhood) -> None:
    add_first_policies(molenwijk, actor=SYSTEM, at=NOON)

    found = {policy.subject: policy for policy in policies_of(molenwijk)}
    assert list(found) == list(Subject)
    assert {policy.version for policy in found.values()} == {1}
    election, recall, motion = (found[name] for name in (Subject.ELECTION, Subject.RECALL, Subject.MOTION))
    assert (election.method, election.secrecy, election.decider) == ("STV", "SECRET", "RESIDENTS")
    assert [(rule.kind, rule.number) for rule in election.rules.all()] == [("LIVES_HERE", None), ("AGE", 16)]
    assert (election.nomination_days, election.inspection_days, election.voting_days, election.appeal_days) == (
        14, 7, 10, 14,
    )  # fmt: skip
    assert (election.term_years, election.max_proxies) == (3, 1)
    assert recall.support_needed == Fraction(1, 5)
    assert (motion.method, motion.secrecy, motion.decider) == ("YES_NO", "RECORDED", "BOARD")
    assert (motion.turnout_quorum, motion.majority, motion.is_strict) == (
        Fraction(1, 2),
        Fraction(1, 2),
        True,
    )
    assert motion.voting_days == 7
    assert [rule.kind for rule in motion.rules.all()] == [RuleKind.HAS_SEAT]
    value = found[Subject.VALUE]
    assert (value.method, value.secrecy, value.decider, value.category) == (
        "MEDIAN",
        "SECRET",
        "RESIDENTS",
        None,
    )
    assert (value.support_needed, value.turnout_quorum) == (Fraction(1, 50), Fraction(1, 10))


def test_the_first_policies_are_added_once_and_leave_alone_what_is_there(molenwijk: Neighbourhood) -> None:
    own = change(molenwijk, voting_days=21)

    for _time in range(2):
        add_first_policies(molenwijk, actor=SYSTEM, at=NOON)

    assert DecisionPolicy.objects.count() == len(Subject)
    assert policy_for(molenwijk, Subject.ELECTION) == own


def test_a_change_is_a_new_version_and_what_runs_keeps_its_own(molenwijk: Neighbourhood, ann: User) -> None:
    first = change(molenwijk)
    running = make.box(molenwijk, [ann], of=first)

    second = change(molenwijk, voting_days=21, rules=(Rule(kind="LIVES_HERE_DAYS", number=30),))

    assert (first.version, second.version) == (1, 2)
    running.refresh_from_db()
    assert (running.policy, running.policy.voting_days) == (first, 10)
    assert [rule.kind for rule in running.policy.rules.all()] == ["LIVES_HERE", "AGE"]
    assert policy_for(molenwijk, Subject.ELECTION) == second
    assert [line.after for line in AuditEntry.objects.filter(event="policy.set").order_by("pk")] == ["1", "2"]


def test_at_each_moment_the_version_of_then_held_and_before_the_first_one_that_one(
    molenwijk: Neighbourhood,
) -> None:
    with pytest.raises(NoPolicy):
        policy_at(molenwijk, Subject.MOTION, NOON)
    first, second = (
        set_policy(
            neighbourhood=molenwijk, subject=Subject.MOTION, values=replace(FIRST[Subject.MOTION], voting_days=days),
            actor=SYSTEM, at=NOON + days * DAY,
        )
        for days in (5, 6)
    )  # fmt: skip

    held = [policy_at(molenwijk, Subject.MOTION, NOON + days * DAY) for days in (4, 5, 6, 7)]

    assert held == [first, first, second, second]


def test_what_it_says_already_is_no_new_version(molenwijk: Neighbourhood) -> None:
    first = change(molenwijk, majority=Fraction(1, 2))

    assert change(molenwijk, majority="1/2") == first
    assert change(molenwijk, majority="0.5") == first
    assert DecisionPolicy.objects.count() == 1


def test_values_can_be_read_back_to_begin_a_change_with(molenwijk: Neighbourhood) -> None:
    given = replace(ELECTION, turnout_quorum="1/3", blanks_count=True, days_before_meeting=30)
    made = set_policy(neighbourhood=molenwijk, subject=Subject.ELECTION, values=given, actor=SYSTEM, at=NOON)

    assert values_of(made) == replace(given, turnout_quorum=Fraction(1, 3))
    assert change(molenwijk, turnout_quorum="1/3", blanks_count=True, days_before_meeting=30) == made


def test_each_neighbourhood_has_its_own(molenwijk: Neighbourhood, sluiskade: Neighbourhood) -> None:
    change(molenwijk)

    with pytest.raises(NoPolicy, match="Sluiskade"):
        policy_for(sluiskade, Subject.ELECTION)

    assert policies_of(sluiskade) == []


def test_the_desk_of_the_municipality_changes_it_and_nobody_else(
    molenwijk: Neighbourhood, clara: User, cas: User, ann: User
) -> None:
    mandate(person=ann, principal=molenwijk.party, role=Role.POLLING)

    for who in (cas, ann):
        with pytest.raises(NotAllowed):
            change(molenwijk, by=actor(who))

    assert change(molenwijk, by=actor(clara)).version == 1


def change_in_a_race(neighbourhood: int, days: int) -> int:
    return change(Neighbourhood.objects.get(pk=neighbourhood), voting_days=days).version


def test_who_change_it_at_the_same_moment_make_versions_that_follow_on_each_other(
    real_commits: RealCommits,
) -> None:
    molenwijk = place("Molenwijk", of=municipality("Dijkstad"))

    outcomes = real_commits.race(
        change_in_a_race, [{"neighbourhood": molenwijk.pk, "days": days} for days in (5, 6, 7)]
    )

    assert sorted(one.result for one in outcomes) == [1, 2, 3]


# --- What can't be ----------------------------------------------------------------------------------------------------

A_RULE = Rule(kind=RuleKind.LIVES_HERE)


@pytest.mark.parametrize(
    ("subject", "values", "refusal"),
    [
        (Subject.ELECTION, {"method": Method.YES_NO}, DoesNotFit),
        (Subject.ELECTION, {"method": Method.MEDIAN}, DoesNotFit),
        (Subject.ELECTION, {"secrecy": Secrecy.RECORDED}, DoesNotFit),
        (Subject.ELECTION, {"decider": Decider.BOARD}, DoesNotFit),
        (Subject.CONFIRMATION, {"method": Method.STV}, DoesNotFit),
        (Subject.RECALL, {"method": Method.APPROVAL}, DoesNotFit),
        (Subject.MOTION, {"method": Method.STV}, DoesNotFit),
        (Subject.MOTION, {"secrecy": Secrecy.SECRET}, DoesNotFit),
        (Subject.MOTION, {"decider": Decider.RESIDENTS}, DoesNotFit),
        (Subject.VALUE, {"decider": Decider.BOARD}, DoesNotFit),
        (Subject.VALUE, {"method": Method.YES_NO}, DoesNotFit),
        (Subject.VALUE, {"decider": Decider.BOTH, "secrecy": Secrecy.RECORDED}, DoesNotFit),
        (Subject.VALUE, {"margin": "2"}, ShareRefused),
        (Subject.VALUE, {"consultation_days": 0}, NumberRefused),
        (Subject.VALUE, {"min_interval_days": 366}, NumberRefused),
        (Subject.VALUE, {"cover_months": 25}, NumberRefused),
        (Subject.ELECTION, {"turnout_quorum": "-1/2"}, ShareRefused),
        (Subject.ELECTION, {"approval_quorum": "3/2"}, ShareRefused),
        (Subject.ELECTION, {"majority": "half"}, ShareRefused),
        (Subject.ELECTION, {"majority": "1/0"}, ShareRefused),
        (Subject.CONFIRMATION, {"majority": "1"}, NeverReached),
        (Subject.RECALL, {"support_needed": "0"}, SupportMissing),
        (Subject.ELECTION, {"voting_days": 0}, NumberRefused),
        (Subject.ELECTION, {"inspection_days": 0}, NumberRefused),
        (Subject.ELECTION, {"nomination_days": 366}, NumberRefused),
        (Subject.ELECTION, {"appeal_days": -1}, NumberRefused),
        (Subject.ELECTION, {"term_years": 7}, NumberRefused),
        (Subject.ELECTION, {"max_proxies": 11}, NumberRefused),
        (Subject.ELECTION, {"days_before_meeting": 31}, NumberRefused),
        (Subject.RECALL, {"support_days": 0}, NumberRefused),
        (Subject.ELECTION, {"rules": (A_RULE, A_RULE)}, RulesRefused),
        (Subject.ELECTION, {"rules": (A_RULE, Rule(kind="AGE"))}, RulesRefused),
        (Subject.ELECTION, {"rules": (Rule(kind="LIVES_HERE", number=3),)}, RulesRefused),
        (Subject.ELECTION, {"rules": (A_RULE, Rule(kind="HAIR", number=3))}, RulesRefused),
        (Subject.ELECTION, {"rules": (A_RULE, Rule(kind="AGE", number=121))}, NumberRefused),
        (Subject.ELECTION, {"rules": ()}, NobodyMeant),
        (Subject.ELECTION, {"rules": (Rule(kind="AGE", number=16),)}, NobodyMeant),
        (Subject.MOTION, {"rules": (A_RULE,)}, NobodyMeant),
    ],
)
def test_what_cannot_be_a_policy_is_refused_and_written_nowhere(
    molenwijk: Neighbourhood, subject: str, values: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        change(molenwijk, subject, **values)

    assert DecisionPolicy.objects.count() == EligibilityRule.objects.count() == AuditEntry.objects.filter(
        event="policy.set"
    ).count() == 0  # fmt: skip


def test_a_refusal_stands_beside_its_own_field(molenwijk: Neighbourhood) -> None:
    with pytest.raises(NumberRefused, match="from 1 to 365") as number:
        change(molenwijk, appeal_days=0)
    with pytest.raises(ShareRefused) as share:
        change(molenwijk, approval_quorum="2")

    assert (number.value.field, share.value.field) == ("appeal_days", "approval_quorum")
    assert (NumberRefused.field, ShareRefused.field) == (None, None)


@pytest.mark.parametrize(
    ("subject", "values"),
    [
        (Subject.ELECTION, {"method": Method.APPROVAL}),
        (Subject.ELECTION, {"rules": (Rule(kind="LIVES_HERE_DAYS", number=90),)}),
        (Subject.CONFIRMATION, {"majority": "1", "is_strict": False}),
        (Subject.MOTION, {"majority": "2/3", "is_strict": False, "turnout_quorum": "1"}),
        (Subject.ELECTION, {"days_before_meeting": 30}),
    ],
)
def test_what_can_be_a_policy_is_kept_exactly(
    molenwijk: Neighbourhood, subject: str, values: dict[str, Any]
) -> None:
    made = change(molenwijk, subject, **values)

    stored = values_of(policy_for(molenwijk, subject))
    assert made.version == 1
    for name, value in values.items():
        assert getattr(stored, name) == (Fraction(value) if name in {"majority", "turnout_quorum"} else value)


def test_every_subject_fits_something_and_begins_with_something() -> None:
    assert set(FITS) == set(FIRST) == set(Subject)


# --- The database -----------------------------------------------------------------------------------------------------


def test_the_database_lets_nobody_change_or_remove_a_version(molenwijk: Neighbourhood) -> None:
    made = change(molenwijk)

    for sql in (
        "UPDATE neighbourhoods_decisionpolicy SET majority = '0' WHERE id = %s",
        "DELETE FROM neighbourhoods_decisionpolicy WHERE id = %s",
        "UPDATE neighbourhoods_eligibilityrule SET number = 12 WHERE policy_id = %s AND kind = 'AGE'",
        "DELETE FROM neighbourhoods_eligibilityrule WHERE policy_id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [made.pk])

    assert values_of(policy_for(molenwijk, Subject.ELECTION)) == ELECTION


def test_the_database_takes_no_second_row_of_a_version(molenwijk: Neighbourhood) -> None:
    change(molenwijk)

    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionPolicy.objects.bulk_create(
            [
                DecisionPolicy(
                    neighbourhood=molenwijk, subject=Subject.ELECTION, version=1, decider="BOARD", method="YES_NO",
                    secrecy="RECORDED", made_at=NOON + DAY,
                )
            ]
        )  # fmt: skip


# --- Reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("versions", [1, 3])
def test_reading_the_policies_of_a_neighbourhood_takes_two_queries(
    molenwijk: Neighbourhood, sluiskade: Neighbourhood, versions: int, django_assert_num_queries: Any
) -> None:
    for number in range(versions):
        change(molenwijk, voting_days=10 + number)
        change(molenwijk, Subject.MOTION, voting_days=7 + number)
        change(sluiskade, voting_days=20 + number)

    with django_assert_num_queries(2):
        found = [(one.subject, one.voting_days, len(one.rules.all())) for one in policies_of(molenwijk)]

    assert found == [("ELECTION", 9 + versions, 2), ("MOTION", 6 + versions, 1)]


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        (RuleKind.LIVES_HERE, None, "lives in the neighbourhood"),
        (RuleKind.LIVES_HERE_DAYS, 1, "lives in the neighbourhood, for at least 1 day"),
        (RuleKind.LIVES_HERE_DAYS, 30, "lives in the neighbourhood, for at least 30 days"),
        (
            RuleKind.AGE,
            16,
            "is 16 years or older (whoever did not tell us when they were born counts as old enough)",
        ),
        (RuleKind.HAS_SEAT, None, "has a seat on the board"),
    ],
)
def test_every_condition_has_words(kind: str, number: int | None, words: str) -> None:
    assert rule_words(EligibilityRule(kind=kind, number=number)) == words


def test_values_say_the_first_defaults_of_their_own_accord() -> None:
    assert PolicyValues().majority == Fraction(1, 2)
    assert PolicyValues().is_strict
