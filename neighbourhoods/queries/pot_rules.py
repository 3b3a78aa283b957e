"""What pots may pay for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from ledger.kinds import AccountKind, AccountState
from ledger.queries import Pot, pots
from neighbourhoods.models import Category, Neighbourhood, PotRule, ValuedItem
from neighbourhoods.queries.guidelines import OFFICES, with_category_words
from neighbourhoods.queries.items import with_words
from people.models import Mandate, Party
from people.permissions import holds

if TYPE_CHECKING:
    from ledger.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a pot is for, as numbers of organisers, categories and items. Without any of a sort it is free in that."""

    organisers: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    items: frozenset[int] = frozenset()

    def allows_item(self, item: ValuedItem) -> bool:
        """Whether it may pay for an item: by name, or by its category or the one that this is part of."""
        if not self.categories and not self.items:
            return True
        return item.pk in self.items or bool(self.categories & {item.category_id, item.category.parent_id})

    def allows_organiser(self, organiser: Party) -> bool:
        """Whether it may pay through an organiser."""
        return not self.organisers or organiser.canonical_id in self.organisers


FREE = Purpose()


def rules_of(accounts: Collection[Account]) -> QuerySet[PotRule]:
    """The rules of these pots, in the order in which they were made."""
    return PotRule.objects.filter(pot__in=[account.pk for account in accounts]).order_by("made_at", "pk")


def purposes_of(accounts: Collection[Account]) -> dict[int, Purpose]:
    """What each of these pots is for, by its number. One query, however many they are."""
    found: dict[int, list[PotRule]] = {account.pk: [] for account in accounts}
    for rule in rules_of(accounts):
        found[rule.pot_id].append(rule)
    return {pk: _purpose(rules) for pk, rules in found.items()}


def may_pay(pot: Account, *, item: ValuedItem | None = None, organiser: Party | None = None) -> bool:
    """Whether a pot may pay for this item, and through this organiser: what is not named is not asked.

    Its rules alone are asked here; whether it is open and holds enough is asked by the ledger when it pays.
    """
    purpose = purposes_of([pot])[pot.pk]
    return (item is None or purpose.allows_item(item)) and (
        organiser is None or purpose.allows_organiser(organiser)
    )


def open_pots(neighbourhood: Neighbourhood, on: date) -> list[Pot]:
    """The pots of a neighbourhood from which something can be paid on a day, the first to end first. One query."""
    found = pots(neighbourhood.coin, on=on)
    return [pot for pot in found if not pot.has_ended and pot.account.state == AccountState.OPEN]


def pots_for(item: ValuedItem, on: date) -> list[Pot]:
    """The pots that may pay for an item on a day, the first to end first. Two queries."""
    found = open_pots(item.neighbourhood, on)
    purposes = purposes_of([pot.account for pot in found])
    return [pot for pot in found if purposes[pot.account.pk].allows_item(item)]


def _purpose(rules: list[PotRule]) -> Purpose:
    return Purpose(
        organisers=frozenset(rule.organiser_id for rule in rules if rule.organiser_id),
        categories=frozenset(rule.category_id for rule in rules if rule.category_id),
        items=frozenset(rule.item_id for rule in rules if rule.item_id),
    )


# --- Who --------------------------------------------------------------------------------------------------------------


def acts_for(person: Party, pot: Account, municipality: Party, on: date) -> Party | None:
    """For whom a person says what a pot may pay for: the municipality, or who fills it. Not who spends from it: money
    with a purpose is not freed of that purpose by whoever pays with it."""
    parties = (municipality, pot.funder)
    return next((party for party in parties if party and holds(person, party, OFFICES, on)), None)


def spoken_for(person: Party, on: date) -> set[int]:
    """The numbers of all parties for which a person has a say over money."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=OFFICES)
    return set(held.values_list("principal_id", flat=True))


def places_of_pots(person: Party, on: date, *, to_rule: bool = False) -> list[Neighbourhood]:
    """The neighbourhoods with a pot that an organisation of this person spends from or fills; `to_rule` leaves those
    that it fills. Those of a municipality for which they have a say are not among them: there they see all pots. One
    query."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=OFFICES).values("principal_id")
    theirs = Q(coin__accounts__funder__in=held)
    if not to_rule:
        theirs |= Q(coin__accounts__holder__in=held)
    found = Neighbourhood.objects.filter(theirs, coin__accounts__kind=AccountKind.POT).exclude(
        municipality__in=held
    )
    along = ("coin", "municipality__organisation_details")
    return list(found.select_related(*along).distinct().order_by("name"))


# --- To show ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledPot:
    """A pot with its rules: those about organisers apart from those about what is done."""

    pot: Pot
    through: tuple[PotRule, ...]
    pays_for: tuple[PotRule, ...]


def ruled_pots(
    neighbourhood: Neighbourhood, on: date, *, of: Collection[int] | None = None
) -> list[RuledPot]:
    """The pots of a neighbourhood that have not ended, with their rules and the words of these. With `of` only those
    that one of these parties spends from or fills. Six queries, however many they are."""
    found = [pot for pot in pots(neighbourhood.coin, on=on) if not pot.has_ended]
    if of is not None:
        found = [pot for pot in found if {pot.account.holder_id, pot.account.funder_id} & {*of}]
    rules: dict[int, list[PotRule]] = {pot.account.pk: [] for pot in found}
    for rule in with_names(rules_of([pot.account for pot in found])):
        rules[rule.pot_id].append(rule)
    return [
        RuledPot(
            pot=pot,
            through=tuple(rule for rule in rules[pot.account.pk] if rule.organiser_id),
            pays_for=tuple(rule for rule in rules[pot.account.pk] if not rule.organiser_id),
        )
        for pot in found
    ]


def with_names(rules: QuerySet[PotRule]) -> QuerySet[PotRule]:
    """The same rules with what each allows, in words."""
    return rules.select_related("organiser__organisation_details").prefetch_related(
        Prefetch("category", with_category_words(Category.objects.all())),
        Prefetch("item", with_words(ValuedItem.objects.all())),
    )
