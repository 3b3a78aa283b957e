"""How a neighbourhood decides now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from neighbourhoods.models import (
    Category,
    CategoryText,
    DecisionPolicy,
    EligibilityRule,
    Neighbourhood,
    RuleKind,
    Subject,
)


class NoPolicy(Refusal):
    """Nobody wrote down yet how this is decided. Details: `subject`."""

    code = "no_policy"
    sentence = _(
        "It is not written down yet how %(neighbourhood)s decides this. Ask the municipality to do it."
    )


def policy_for(
    neighbourhood: Neighbourhood, subject: str, category: Category | None = None
) -> DecisionPolicy:
    """The version that holds now, with its conditions: that of the category, of the one it is part of, or of all.

    :raises NoPolicy: when there is none.
    """
    wider = [category, category.parent if category else None, None]
    found = next(filter(None, (own_policy(neighbourhood, subject, one) for one in wider)), None)
    if found is None:
        raise NoPolicy(neighbourhood=neighbourhood.name, subject=subject)
    return found


def own_policy(
    neighbourhood: Neighbourhood, subject: str, category: Category | None = None
) -> DecisionPolicy | None:
    """The version that holds now for exactly this category, or for all that have none of their own."""
    found = policies(neighbourhood).filter(subject=subject, category=category)
    return found.order_by("-version").first()


def policy_at(neighbourhood: Neighbourhood, subject: str, moment: datetime) -> DecisionPolicy:
    """The version that held at a moment, with its conditions; the first one when it was written down only later.

    :raises NoPolicy: when there is none to this day.
    """
    versions = policies(neighbourhood).filter(subject=subject, category=None).order_by("version")
    found = versions.filter(made_at__lte=moment).last() or versions.first()
    if found is None:
        raise NoPolicy(neighbourhood=neighbourhood.name, subject=subject)
    return found


def policies_of(neighbourhood: Neighbourhood) -> list[DecisionPolicy]:
    """The version of each policy that holds now, with its conditions, in the order of the subjects; one that is for a
    category stands after the one that is for all. Two queries."""
    newest: dict[tuple[str, int], DecisionPolicy] = {}
    for policy in policies(neighbourhood).order_by("version"):
        newest[policy.subject, policy.category_id or 0] = policy
    order = {subject: place for place, subject in enumerate(Subject.values)}
    return [newest[key] for key in sorted(newest, key=lambda key: (order[key[0]], key[1]))]


def policies(neighbourhood: Neighbourhood) -> QuerySet[DecisionPolicy]:
    """Every version of every policy, with its conditions, and with the names of the category that it is for."""
    found = DecisionPolicy.objects.filter(neighbourhood=neighbourhood).select_related("category")
    return found.prefetch_related("rules", _names("category__texts"))


def category_tree() -> QuerySet[Category]:
    """The branches of what can be worth something, with what is below each as `children`, all with their names. Four
    queries."""
    branches = Category.objects.filter(parent=None).order_by("position")
    return branches.prefetch_related(_names("texts"), _names("children__texts"))


def _names(way: str) -> Prefetch[Any]:
    return Prefetch(way, CategoryText.objects.select_related("locale"))


def rule_words(rule: EligibilityRule) -> str:
    """A condition in words, to stand in a list of what must be so."""
    number = rule.number or 0
    if rule.kind == RuleKind.LIVES_HERE_DAYS:
        return ngettext(
            "lives in the neighbourhood, for at least %(number)d day",
            "lives in the neighbourhood, for at least %(number)d days",
            number,
        ) % {"number": number}
    if rule.kind == RuleKind.AGE:
        # A date of birth is told by the resident or seen at the desk, and need not be given.
        return gettext(
            "is %(number)d years or older (whoever did not tell us when they were born counts as old enough)"
        ) % {"number": number}
    if rule.kind == RuleKind.HAS_SEAT:
        return gettext("has a seat on the board")
    return gettext("lives in the neighbourhood")
