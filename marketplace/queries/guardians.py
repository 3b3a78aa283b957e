"""Children and who lets them take part. The same people as `permissions.guards` finds, all at once."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from marketplace.models import Activity, GuardianConsent
from marketplace.queries.traders import FAMILY
from people.models import Mandate, Party, PartyKind, PersonDetails, Role
from people.queries import numbers_of

ALONE_FROM: Final = 16  # as in `permissions`


def children_of(person: Party, on: date) -> QuerySet[Party]:
    """The children that somebody is a guardian of on a day, with their names: of their household, or whose helper they
    are. A child is nobody's guardian."""
    if details_of_children(on).filter(party=person.canonical_id).exists():
        return Party.objects.none()
    mine = Mandate.objects.in_force(on).held_by(person)
    homes = mine.filter(principal__kind=PartyKind.HOUSEHOLD, role__in=FAMILY).values("principal")
    in_homes = Mandate.objects.in_force(on).filter(principal__in=homes, role__in=FAMILY)
    helped = mine.filter(role=Role.HELPER).values("principal")
    numbers = Party.objects.filter(
        Q(pk__in=in_homes.values("person")) | Q(pk__in=helped), kind=PartyKind.PERSON
    ).exclude(Q(pk=person.canonical_id) | Q(same_person_as=person.canonical_id))
    counts = {same or pk for pk, same in numbers.values_list("pk", "same_person_as")}
    found = Party.objects.filter(pk__in=counts).filter(pk__in=details_of_children(on).values("party"))
    return found.with_names().order_by("pk")


def guardians_of(child: Party, on: date) -> QuerySet[Party]:
    """Who is a guardian of a child on a day: they hear what it hears."""
    if not details_of_children(on).filter(party=child.canonical_id).exists():
        return Party.objects.none()
    theirs = Mandate.objects.in_force(on).held_by(child).filter(role__in=FAMILY)
    homes = theirs.filter(principal__kind=PartyKind.HOUSEHOLD).values("principal")
    family = Mandate.objects.in_force(on).filter(principal__in=homes, role__in=FAMILY)
    helpers = Mandate.objects.in_force(on).filter(
        principal__in=[child.pk, child.canonical_id], role=Role.HELPER
    )
    numbers = Party.objects.filter(Q(pk__in=family.values("person")) | Q(pk__in=helpers.values("person")))
    counts = {same or pk for pk, same in numbers.values_list("pk", "same_person_as")} - {child.canonical_id}
    return (
        Party.objects.filter(pk__in=counts)
        .exclude(pk__in=details_of_children(on).values("party"))
        .order_by("pk")
    )


def consent_of(child: Party, activity: Activity) -> GuardianConsent | None:
    """The consent in force for a child to take part in an activity."""
    found = GuardianConsent.objects.filter(child__in=numbers_of(child).order_by(), activity=activity)
    return found.filter(withdrawn_at__isnull=True).select_related("guardian__person_details").first()


def consents_for(children: QuerySet[Party]) -> QuerySet[GuardianConsent]:
    """All consents in force for these children, the latest first."""
    found = GuardianConsent.objects.filter(
        child__in=children.order_by().values("pk"), withdrawn_at__isnull=True
    )
    along = found.select_related("child__person_details", "guardian__person_details", "activity")
    return along.prefetch_related("activity__texts").order_by("-given_at", "-pk")


def details_of_children(on: date) -> QuerySet[PersonDetails]:
    """The details of all who are younger than sixteen on a day, counted as `permissions.age_on` does."""
    born_after = on.replace(year=on.year - ALONE_FROM)  # sixteen years before a leap year was one, until 2116
    return PersonDetails.objects.filter(born_on__gt=born_after)
