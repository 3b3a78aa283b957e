"""Who an offer is for: the reach that its terms give it."""

from __future__ import annotations

from datetime import date

from marketplace.models import OfferTerms, Reach
from marketplace.queries.accounts import account_for
from marketplace.queries.admissions import is_admitted
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.residency import lives_in
from people.models import Mandate, Party, PartyKind, Role


def is_within(party: Party, terms: OfferTerms, on: date) -> bool:
    """Whether a party can order under these terms on a day, or answer them. That it needs an account is asked apart."""
    if terms.reach == Reach.ANYWHERE:
        return True
    return any(belongs_to(party, place, on) for place in places_of(terms))


def places_of(terms: OfferTerms) -> list[Neighbourhood]:
    """The neighbourhood of the offer, and those that its terms name."""
    own = terms.offer.neighbourhood
    if terms.reach != Reach.NAMED:
        return [own]
    return [own, *(row.neighbourhood for row in terms.places.select_related("neighbourhood").order_by("pk"))]


def belongs_to(party: Party, place: Neighbourhood, on: date) -> bool:
    """Residents, households of which somebody lives there, organisations that were let in or have an account."""
    if party.is_person:
        return lives_in(party, place)
    if party.kind == PartyKind.HOUSEHOLD:
        return any(lives_in(member, place) for member in members_of(party, on))
    return is_admitted(party, place, on) or account_for(party, place.coin) is not None


def members_of(household: Party, on: date) -> list[Party]:
    """Who belongs to a household on a day."""
    held = Mandate.objects.in_force(on).filter(principal=household, role__in=[Role.OWNER, Role.MEMBER])
    return [mandate.person for mandate in held.select_related("person").order_by("pk")]
