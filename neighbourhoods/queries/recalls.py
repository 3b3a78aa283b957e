"""Who can call for a new election: residents who are as old as the rules for it ask."""

from __future__ import annotations

from datetime import date

from neighbourhoods.models import DecisionPolicy, Election, Neighbourhood, Proposal, Residency, RuleKind
from neighbourhoods.states import ElectionState, ResidencyState
from people.models import Party
from people.queries import numbers_of


def least_age(policy: DecisionPolicy) -> int:
    """The age from which these rules let somebody call and support; 0 when they ask none."""
    rule = policy.rules.filter(kind=RuleKind.AGE).first()
    return (rule.number or 0) if rule else 0


def is_old_enough(person: Party, policy: DecisionPolicy, on: date) -> bool:
    """Whoever did not say when they were born counts as old enough, as on the roll."""
    too_young = numbers_of(person).filter(person_details__born_on__gt=_born_by(least_age(policy), on))
    return not too_young.exists()


def callers_count(neighbourhood: Neighbourhood, policy: DecisionPolicy, on: date) -> int:
    """Of how many residents a share must support a call: those who can, each counted once."""
    living = Residency.objects.filter(neighbourhood=neighbourhood, state=ResidencyState.ATTESTED)
    return living.exclude(person__person_details__born_on__gt=_born_by(least_age(policy), on)).count()


def is_overtaken(call: Proposal) -> bool:
    """Whether a board was chosen since it began: what was asked for has happened."""
    chosen = Election.objects.filter(neighbourhood=call.neighbourhood_id, state=ElectionState.FINAL)
    return chosen.filter(closes_at__gt=call.proposed_at).exists()


def _born_by(years: int, on: date) -> date:
    """The last day of birth of who has this age. Born on 29 February is a birthday on 1 March in other years."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)
