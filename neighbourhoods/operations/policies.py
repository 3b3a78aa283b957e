"""How a neighbourhood decides, written down as data: each change is a new version, and nothing that runs changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.counting import Method
from neighbourhoods.fractions import parse_share
from neighbourhoods.models import (
    Category,
    Decider,
    DecisionPolicy,
    EligibilityRule,
    Neighbourhood,
    RuleKind,
    Secrecy,
    Subject,
)
from neighbourhoods.permissions import check, may_appoint
from neighbourhoods.queries.policies import own_policy

Way = tuple[Decider, Secrecy, frozenset[str]]
# Who decides about what, how secret, and by which methods. A board answers for what it decides, so with names;
# residents vote in secret.
FITS: Final[Mapping[str, tuple[Way, ...]]] = {
    Subject.ELECTION: ((Decider.RESIDENTS, Secrecy.SECRET, frozenset({Method.STV, Method.APPROVAL})),),
    Subject.CONFIRMATION: ((Decider.RESIDENTS, Secrecy.SECRET, frozenset({Method.YES_NO})),),
    Subject.RECALL: ((Decider.RESIDENTS, Secrecy.SECRET, frozenset({Method.YES_NO})),),
    Subject.MOTION: ((Decider.BOARD, Secrecy.RECORDED, frozenset({Method.YES_NO})),),
    Subject.VALUE: (
        (Decider.RESIDENTS, Secrecy.SECRET, frozenset({Method.MEDIAN})),
        (Decider.BOTH, Secrecy.SECRET, frozenset({Method.MEDIAN})),
        (Decider.BOARD, Secrecy.RECORDED, frozenset({Method.YES_NO})),
    ),
}
WITH_NUMBER: Final = frozenset({RuleKind.LIVES_HERE_DAYS, RuleKind.AGE})
LIVING_THERE: Final = frozenset({RuleKind.LIVES_HERE, RuleKind.LIVES_HERE_DAYS})
SHARES: Final = ("turnout_quorum", "approval_quorum", "majority", "support_needed", "margin")
MOST_DAYS: Final = 365
# The least and the most of each number. A look at the roll and an appeal need a day at least.
BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "support_days": (1, MOST_DAYS),
    "nomination_days": (1, MOST_DAYS),
    "inspection_days": (1, MOST_DAYS),
    "voting_days": (1, MOST_DAYS),
    "appeal_days": (1, MOST_DAYS),
    "term_years": (1, 6),
    "max_proxies": (0, 10),
    "consultation_days": (1, MOST_DAYS),
    "min_interval_days": (0, MOST_DAYS),
    "cover_months": (0, 24),
}
LONGEST_BEFORE: Final = 30  # BW 2:38 lid 8
OLDEST: Final = 120


class DoesNotFit(Refusal):
    """Who decides, how secret and by which method belong to what is decided."""

    code = "policy_does_not_fit"
    sentence = _("This way of deciding does not go with what is decided. Choose another.")
    field = "method"


class ShareRefused(Refusal):
    """Not a share between nothing and all. Details: `name` of the field."""

    code = "policy_share"
    sentence = _("Enter a share between 0 and 1, for example 2/3.")


class NeverReached(Refusal):
    """More than all votes: nothing could ever be decided."""

    code = "policy_never_reached"
    sentence = _("Nobody can get more than all votes. Choose a smaller majority.")
    field = "majority"


class SupportMissing(Refusal):
    """A call for a new election without supporters would be one person's."""

    code = "policy_support_missing"
    sentence = _("Say how many residents must support a call before there is an election.")
    field = "support_needed"


class NumberRefused(Refusal):
    """A number of days, years or proxies that is out of bounds. Details: `name`, `least`, `most`."""

    code = "policy_number"
    sentence = _("Choose a number from %(least)d to %(most)d.")


class RulesRefused(Refusal):
    """Conditions for the roll that contradict each other or miss a number."""

    code = "policy_rules"
    sentence = _("These conditions do not fit. Use each one once, and give a number where one is needed.")
    field = "rules"


class NobodyMeant(Refusal):
    """Residents must live there, the board must have a seat: without it the roll would be the whole world."""

    code = "policy_nobody_meant"
    sentence = _("Say that voters live here, or for a vote of the board that they have a seat.")
    field = "rules"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One condition for being on the roll; `number` in days or in years, for the kinds that take one."""

    kind: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class PolicyValues:
    """All that one version of a policy says. Shares are exact: `Fraction(2, 3)` or "2/3"."""

    decider: str = Decider.RESIDENTS
    method: str = Method.YES_NO
    secrecy: str = Secrecy.SECRET
    rules: tuple[Rule, ...] = (Rule(kind=RuleKind.LIVES_HERE), Rule(kind=RuleKind.AGE, number=16))
    turnout_quorum: Fraction | str = Fraction(0)
    approval_quorum: Fraction | str = Fraction(0)
    majority: Fraction | str = Fraction(1, 2)
    is_strict: bool = True
    blanks_count: bool = False
    support_needed: Fraction | str = Fraction(0)
    support_days: int = 60
    nomination_days: int = 14
    inspection_days: int = 7
    voting_days: int = 10
    appeal_days: int = 14
    term_years: int = 3
    max_proxies: int = 0
    days_before_meeting: int | None = None
    consultation_days: int = 14
    margin: Fraction | str = Fraction(1, 10)
    min_interval_days: int = 90
    cover_months: int = 3

    @property
    def columns(self) -> dict[str, Any]:
        """What stands in the row of the policy itself, with exact shares.

        :raises ShareRefused: when a share is none.
        """
        found = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "rules"}
        return {**found, **{name: _share(name, found[name]) for name in SHARES}}


FIRST: Final[Mapping[str, PolicyValues]] = {
    Subject.ELECTION: PolicyValues(method=Method.STV, max_proxies=1),
    Subject.CONFIRMATION: PolicyValues(max_proxies=1),
    Subject.RECALL: PolicyValues(support_needed=Fraction(1, 5)),
    Subject.MOTION: PolicyValues(
        decider=Decider.BOARD, secrecy=Secrecy.RECORDED, rules=(Rule(kind=RuleKind.HAS_SEAT),),
        turnout_quorum=Fraction(1, 2), voting_days=7,
    ),
    # A few neighbours can put something on the agenda; a value that few voted on does not hold.
    Subject.VALUE: PolicyValues(
        decider=Decider.RESIDENTS, method=Method.MEDIAN, support_needed=Fraction(1, 50), turnout_quorum=Fraction(1, 10),
    ),
}  # fmt: skip


def set_policy(
    *,
    neighbourhood: Neighbourhood,
    subject: str,
    values: PolicyValues,
    actor: Actor,
    at: datetime,
    category: Category | None = None,
) -> DecisionPolicy:
    """Write down how a neighbourhood decides about one kind of thing, as a new version. What it says already is no new
    version: then the present one is returned. With a `category` it holds for values of that category alone; versions
    of one subject are numbered on over all categories.

    :raises NotAllowed: to anybody but the system and the municipality's clerks and owners.
    :raises DoesNotFit: when method, secrecy and who decides do not belong to the subject, or a category does not.
    :raises ShareRefused, NeverReached, SupportMissing, NumberRefused: for a value that can't be.
    :raises RulesRefused, NobodyMeant: for conditions that make no roll.
    """
    check(may_appoint(actor, neighbourhood, day_of(at)))
    _check_values(subject, values)
    if category is not None and subject != Subject.VALUE:
        raise DoesNotFit
    with transaction.atomic():
        # One version at a time, also when two change it at the same moment.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        present = own_policy(neighbourhood, subject, category)
        if present and values_of(present) == _exact(values):
            return present
        return _write(neighbourhood, subject, values, category=category, actor=actor, at=at)


def add_first_policies(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """Give a neighbourhood the policies that it begins with. One that it has already stays as it is."""
    for subject, values in FIRST.items():
        if own_policy(neighbourhood, subject) is None:
            set_policy(neighbourhood=neighbourhood, subject=subject, values=values, actor=actor, at=at)


def values_of(policy: DecisionPolicy) -> PolicyValues:
    """What a version says, to begin a change with."""
    columns = {
        field.name: getattr(policy, field.name) for field in fields(PolicyValues) if field.name != "rules"
    }
    rules = tuple(Rule(kind=rule.kind, number=rule.number) for rule in policy.rules.all())
    return PolicyValues(**columns, rules=rules)


def _exact(values: PolicyValues) -> PolicyValues:
    """The same values with shares as fractions, so that "1/2" and Fraction(1, 2) compare equal."""
    return PolicyValues(**values.columns, rules=values.rules)


def _write(
    neighbourhood: Neighbourhood,
    subject: str,
    values: PolicyValues,
    *,
    category: Category | None,
    actor: Actor,
    at: datetime,
) -> DecisionPolicy:
    number = 1 + DecisionPolicy.objects.filter(neighbourhood=neighbourhood, subject=subject).count()
    policy = DecisionPolicy.objects.create(
        neighbourhood=neighbourhood,
        subject=subject,
        version=number,
        category=category,
        made_at=at,
        **values.columns,
    )
    EligibilityRule.objects.bulk_create(
        EligibilityRule(policy=policy, position=position, kind=rule.kind, number=rule.number)
        for position, rule in enumerate(values.rules)
    )
    record("policy.set", subject=policy, actor=actor, at=at, after=str(number))
    return policy


# --- What can be a policy ---------------------------------------------------------------------------------------------


def _check_values(subject: str, values: PolicyValues) -> None:
    found = (values.decider, values.secrecy)
    if not any(
        found == (decider, secrecy) and values.method in methods
        for decider, secrecy, methods in FITS[Subject(subject)]
    ):
        raise DoesNotFit
    _check_shares(subject, values)
    _check_numbers(values)
    _check_rules(values)


def _check_shares(subject: str, values: PolicyValues) -> None:
    shares = values.columns
    if shares["majority"] == 1 and values.is_strict:
        raise NeverReached
    if subject == Subject.RECALL and not shares["support_needed"]:
        raise SupportMissing


def _share(name: str, value: Fraction | str) -> Fraction:
    try:
        return parse_share(value)
    except ValidationError as error:
        raise _beside(name, ShareRefused(name=name)) from error


def _check_numbers(values: PolicyValues) -> None:
    for name, (least, most) in BOUNDS.items():
        _check_between(name, getattr(values, name), least, most)
    if values.days_before_meeting is not None:
        _check_between("days_before_meeting", values.days_before_meeting, 1, LONGEST_BEFORE)


def _check_between(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise _beside(name, NumberRefused(name=name, least=least, most=most))


def _beside(name: str, refusal: Refusal) -> Refusal:
    """One refusal for several fields: each stands beside its own."""
    refusal.field = name  # type: ignore[misc]
    return refusal


def _check_rules(values: PolicyValues) -> None:
    kinds = {rule.kind for rule in values.rules}
    if len(kinds) != len(values.rules) or not kinds <= set(RuleKind.values):
        raise RulesRefused
    for rule in values.rules:
        if (rule.number is not None) != (rule.kind in WITH_NUMBER):
            raise RulesRefused
        if rule.number is not None:
            _check_between("rules", rule.number, 1, OLDEST if rule.kind == RuleKind.AGE else 10 * MOST_DAYS)
    meant = {RuleKind.HAS_SEAT} if values.decider == Decider.BOARD else LIVING_THERE
    if not kinds & meant:
        raise NobodyMeant
