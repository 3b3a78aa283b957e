"""Who edits which pages: derived from seats and mandates, never kept by hand.

Wagtail asks its groups what a login may do. Those groups stand here, and one function decides who is in them. It runs
when a seat or mandate changes, each night, and at the door of the admin (`middleware.AdminDoor`), so that a term that
ended yesterday opens nothing today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from neighbourhoods.models import Neighbourhood, Seat
from people.models import Mandate, Party, PartyKind, Role, User

# Not bulk_delete_page: a page with others below it goes page by page, so that nobody loses a tree by one click.
ON_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# Whoever may change a picture or document may also delete it.
IN_COLLECTION = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)
MUNICIPAL_PREFIX = "municipality-"
MUNICIPAL_EDITORS = (Role.EDITOR, Role.OWNER)
CANONICAL = Coalesce("person__same_person_as_id", "person_id")

Membership = tuple[int, int]
Office = tuple[int, int]  # a person, by the number that counts, and a group


@dataclass(frozen=True, slots=True)
class FurtherGroups:
    """Groups that a higher floor gives rights to: all whose name begins with `prefix`. `offices` says who is in which
    on a day, of these persons only when it is given some; with as many queries for one as for all."""

    prefix: str
    offices: Callable[[date, set[int] | None], set[Office]]


# Registered when an app is ready.
further_groups: list[FurtherGroups] = []


def derive_groups(*, on: date, people: Iterable[Party] | None = None) -> int:
    """This will put every login in the groups that its seats and mandates give on that day, and in no other of ours.

    With `people` it looks at those persons only (under all their numbers), with a fixed number of queries. Says how
    many memberships changed. A person who is known twice counts once: all their logins get the same.
    """
    only = None if people is None else {party.canonical_id for party in people}
    with transaction.atomic():
        wanted = _wanted(on, only)
        present = {(user, group): pk for pk, user, group in _present(only)}
        over = [pk for membership, pk in present.items() if membership not in wanted]
        new = sorted(wanted - set(present))
        if over:
            User.groups.through.objects.filter(pk__in=over).delete()
        if new:
            rows = [User.groups.through(user_id=user, group_id=group) for user, group in new]
            User.groups.through.objects.bulk_create(rows, ignore_conflicts=True)
    return len(over) + len(new)


def _wanted(on: date, only: set[int] | None) -> set[Membership]:
    """The memberships that follow from what is in force on a day, per login."""
    offices = _offices(on, only)
    logins = User.objects.annotate(canonical=CANONICAL).filter(
        canonical__in={person for person, _group in offices}
    )
    logins_of: dict[int, list[int]] = {}
    for user, canonical in logins.values_list("pk", "canonical"):
        logins_of.setdefault(canonical, []).append(user)
    return {(user, group) for person, group in offices for user in logins_of.get(person, [])}


def _offices(on: date, only: set[int] | None) -> set[Office]:
    """Which person (the canonical one) is in which group."""
    seats = (
        Seat.objects.in_force(on).filter(neighbourhood__editors__isnull=False).annotate(canonical=CANONICAL)
    )
    mandates = (
        Mandate.objects.in_force(on)
        .filter(role__in=MUNICIPAL_EDITORS, principal__kind=PartyKind.MUNICIPALITY)
        .annotate(canonical=CANONICAL)
    )
    if only is not None:
        seats, mandates = seats.filter(canonical__in=only), mandates.filter(canonical__in=only)
    groups = dict(municipal_groups().values_list("name", "pk"))
    found = set(seats.values_list("canonical", "neighbourhood__editors_id"))
    for person, principal in mandates.values_list("canonical", "principal_id"):
        if group := groups.get(municipal_group_name(principal)):
            found.add((person, group))
    return found.union(*(further.offices(on, only) for further in further_groups))


def _present(only: set[int] | None) -> Iterable[tuple[int, int, int]]:
    """The memberships of our groups as they are now."""
    ours = Q(group__neighbourhood__isnull=False) | Q(group__name__startswith=MUNICIPAL_PREFIX)
    for further in further_groups:
        ours |= Q(group__name__startswith=further.prefix)
    rows = User.groups.through.objects.filter(ours)
    if only is not None:
        rows = rows.filter(Q(user__person__in=only) | Q(user__person__same_person_as__in=only))
    return rows.values_list("pk", "user_id", "group_id")


def municipal_group_name(party_id: int) -> str:
    """The name under which a municipality's group of editors is found again; only administrators see it."""
    return f"{MUNICIPAL_PREFIX}{party_id}"


def municipal_groups() -> QuerySet[Group]:
    return Group.objects.filter(name__startswith=MUNICIPAL_PREFIX)


def allow_admin(group: Group) -> None:
    """This will let a group into the admin, and give it no other right over the whole site."""
    group.permissions.set(
        [Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")]
    )


def allow_on_pages(group: Group, pages: Iterable[Page], rights: Iterable[str] = ON_PAGES) -> None:
    """This will give a group its rights on these pages and all that stands below them."""
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=rights)
    for page in pages:
        for permission in permissions:
            # A plain Page: the relation is to that table.
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def allow_in_collection(
    group: Group, collection: Collection, rights: Iterable[tuple[str, str]] = IN_COLLECTION
) -> None:
    """This will give a group its rights on the pictures and documents of a collection."""
    for app_label, codename in rights:
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def new_collection(name: str) -> Collection:
    """This will make a collection for pictures and documents, below the root of all."""
    collection: Collection = Collection.get_first_root_node().add_child(name=name)
    return collection


def edited_by(user: User) -> QuerySet[Neighbourhood]:
    """The neighbourhoods that a login edits: those of its seats; all of them for an administrator."""
    neighbourhoods = Neighbourhood.objects.order_by("name")
    return neighbourhoods if user.is_superuser else neighbourhoods.filter(editors__user=user)
