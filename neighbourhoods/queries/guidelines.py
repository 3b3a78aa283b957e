"""Guidelines of a municipality: between which amounts it wants values to be, and from which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from neighbourhoods.models import Category, CategoryText, Unit, ValueGuideline
from people.models import Mandate, Party, PartyKind, Role, User
from people.permissions import holds

OFFICES: Final = (Role.OWNER, Role.FINANCE)

Guidelines = Mapping[tuple[int, str], ValueGuideline]


def guideline_for(municipality: Party, category: Category, unit: str, on: date) -> ValueGuideline | None:
    """The guideline that holds on a day for a category and unit: its own, else that of what it is part of. Else None.

    A category whose own guideline was taken away falls back on the wider one. One query.
    """
    wider = [pk for pk in (category.pk, category.parent_id) if pk]
    found = _holding(versions(municipality).filter(category__in=wider, unit=unit), on)
    return next((found[pk, unit] for pk in wider if (pk, unit) in found), None)


def guidelines_on(municipality: Party, on: date) -> Guidelines:
    """All guidelines that hold on a day, by category and unit. One query."""
    return _holding(versions(municipality), on)


def versions(municipality: Party) -> QuerySet[ValueGuideline]:
    """Every version of every guideline of a municipality, in the order of the days from which they hold."""
    return ValueGuideline.objects.filter(municipality=municipality.canonical_id).order_by(
        "from_on", "version"
    )


def is_outside(guideline: ValueGuideline | None, amount: int) -> bool:
    """Whether an amount (minor units) lies below or above a guideline. Both ends belong to it."""
    if guideline is None or guideline.low is None or guideline.high is None:
        return False
    return not guideline.low <= amount <= guideline.high


def _holding(found: QuerySet[ValueGuideline], on: date) -> dict[tuple[int, str], ValueGuideline]:
    """The last one up to a day of each category and unit, without those that were taken away."""
    last = {(one.category_id, one.unit): one for one in found.filter(from_on__lte=on)}
    return {about: one for about, one in last.items() if one.low is not None}


# --- To show ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A category and unit with the guideline that holds now, if one does, and those that will."""

    category: Category
    unit: str
    now: ValueGuideline | None
    coming: tuple[ValueGuideline, ...]


def bands(told: Iterable[ValueGuideline], on: date) -> list[Band]:
    """Of all versions in their order, those that hold on a day or will hold, in the order of the categories."""
    about: dict[tuple[int, str], list[ValueGuideline]] = {}
    for one in told:
        about.setdefault((one.category_id, one.unit), []).append(one)
    found = [_band(rows, on) for rows in about.values()]
    order = {unit: place for place, unit in enumerate(Unit.values)}
    return sorted(
        (one for one in found if one.now or one.coming),
        key=lambda one: (one.category.position, order[one.unit]),
    )


def with_names(guidelines: QuerySet[ValueGuideline]) -> QuerySet[ValueGuideline]:
    """The same guidelines with the names of their categories and of who made them."""
    return guidelines.select_related("category", "made_by__person_details").prefetch_related(
        Prefetch("category__texts", CategoryText.objects.select_related("locale"))
    )


def with_category_words(categories: QuerySet[Category]) -> QuerySet[Category]:
    """The same categories with their names in each language."""
    return categories.prefetch_related(Prefetch("texts", CategoryText.objects.select_related("locale")))


def _band(rows: list[ValueGuideline], on: date) -> Band:
    held = [one for one in rows if one.from_on <= on]
    now = held[-1] if held and held[-1].low is not None else None
    # Of two that begin on one day the later version holds; one that ends nothing is none.
    by_day = {one.from_on: one for one in rows if one.from_on > on}
    return Band(
        category=rows[0].category,
        unit=rows[0].unit,
        now=now,
        coming=tuple(by_day[day] for day in sorted(by_day)),
    )


# --- Who --------------------------------------------------------------------------------------------------------------


def has_say(person: Party, municipality: Party, on: date) -> bool:
    """Whether a person says for a municipality what values may be, and answers for it."""
    return holds(person, municipality, OFFICES, on)


def officials_of(municipality: Party, on: date) -> QuerySet[User]:
    """The logins of who says for a municipality what values may be; both of somebody who has two."""
    principal = municipality.canonical_id
    held = Mandate.objects.in_force(on).filter(principal=principal, role__in=OFFICES).values("person")
    theirs = Q(person__in=held) | Q(person__same_person_as__in=held)
    return User.objects.filter(theirs, is_active=True).order_by("pk")


def municipalities_of(person: Party, on: date) -> list[Party]:
    """The municipalities for which a person does that, with their names."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=OFFICES).values("principal_id")
    return list(Party.objects.filter(pk__in=held, kind=PartyKind.MUNICIPALITY).with_names().order_by("pk"))
