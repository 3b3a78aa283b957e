"""What the filters of the market show: each choice with its number, and whether it is made.

The market has no form that can be wrong: `queries.search.read` takes what it understands and says what it left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.text import capfirst

from marketplace.models import OfferKind
from marketplace.queries.branches import Branch
from marketplace.queries.listing import Counts
from marketplace.queries.search import Search, Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to tick. `number` is how many there are; none when there are more than are counted."""

    value: str
    label: str
    number: int | None = None
    is_chosen: bool = False
    below: list[Choice] = field(default_factory=list)


class Chosen(Protocol):
    """A search, as far as its categories go."""

    @property
    def categories(self) -> tuple[str, ...]: ...


class Counted(Protocol):
    """How many there are in each category, by its number."""

    @property
    def is_bounded(self) -> bool: ...

    @property
    def categories(self) -> Mapping[int, int]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One of the two fields of a price, with what is wrong with what was typed in it."""

    name: str
    label: str
    value: str
    wrong: str


def kind_choices(search: Search, counts: Counts) -> list[Choice]:
    """The kinds of which there is something, and those that were chosen."""
    choices = (
        Choice(
            value=kind.lower(),
            label=capfirst(str(OfferKind(kind).label)),
            number=None if counts.is_bounded else counts.kinds[kind],
            is_chosen=kind in search.kinds,
        )
        for kind in OfferKind.values
    )
    return _worth_showing(choices)


def category_choices(search: Chosen, counts: Counted, branches: Sequence[Branch]) -> list[Choice]:
    """The branches; of a chosen one what is below it too, so that the choice can be made narrower."""
    return _worth_showing(_category(branch, search, counts, is_top=True) for branch in branches)


def _category(branch: Branch, search: Chosen, counts: Counted, *, is_top: bool) -> Choice:
    is_open = is_top and (
        branch.slug in search.categories or any(one.slug in search.categories for one in branch.below)
    )
    below = (_category(one, search, counts, is_top=False) for one in branch.below)
    return Choice(
        value=branch.slug,
        label=branch.name,
        number=None if counts.is_bounded else sum(counts.categories.get(pk, 0) for pk in branch.numbers),
        is_chosen=branch.slug in search.categories,
        below=_worth_showing(below) if is_open else [],
    )


def _worth_showing(choices: Iterable[Choice]) -> list[Choice]:
    return [one for one in choices if one.number != 0 or one.is_chosen or one.below]


def sort_choices(search: Search) -> list[Choice]:
    """By distance only where there is something to measure from."""
    return [
        Choice(value=one, label=capfirst(str(one.label)), is_chosen=search.sort == one)
        for one in Sort
        if one != Sort.NEAR or search.start
    ]
