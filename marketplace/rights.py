"""Who writes pages on a market without being on its board: editors of organisations that were let in, and of the
municipality.

They may add pages below the market and submit them; the board publishes. An organisation has a group for each market,
and its members follow from what is in force that day: an admission or a mandate that ended opens nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.contrib.auth.models import Group
from wagtail.models import Collection, Page

from marketplace.models import ActivitiesPage, Admission, MarketPage
from marketplace.operations.admissions import on_decided
from marketplace.states import AdmissionState
from neighbourhoods import rights
from neighbourhoods.models import Neighbourhood
from neighbourhoods.rights import CANONICAL, FurtherGroups, Office, further_groups, municipal_group_name
from people.models import Mandate, Party, Role

PREFIX: Final = "market-"
WRITERS: Final = (Role.OWNER, Role.ORGANISER, Role.EDITOR)
ON_MARKET_PAGE: Final = ("add_page",)
# Who may add a picture may change the ones that they added themselves.
IN_THEIR_COLLECTION: Final = (("wagtailimages", "add_image"), ("wagtailimages", "choose_image"))


def group_name(organisation_id: int, neighbourhood_id: int) -> str:
    """The name under which the editors of an organisation on a market are found again."""
    return f"{PREFIX}{organisation_id}-{neighbourhood_id}"


def let_write(organisation: Party, neighbourhood: Neighbourhood) -> None:
    """This will see to the group of an organisation's editors on a market, with its rights there. Harmless to repeat.

    Who is in it is derived (`neighbourhoods.rights.derive_groups`).
    """
    group, _made = Group.objects.get_or_create(name=group_name(organisation.pk, neighbourhood.pk))
    rights.allow_admin(group)
    rights.allow_on_pages(group, pages_written_below(neighbourhood), ON_MARKET_PAGE)
    rights.allow_in_collection(group, _collection_of(organisation), IN_THEIR_COLLECTION)


def let_municipality_write(neighbourhood: Neighbourhood) -> None:
    """This will let the editors of its municipality add pages to the market of a neighbourhood. Its board publishes."""
    group = Group.objects.filter(name=municipal_group_name(neighbourhood.municipality_id)).first()
    if group is not None:
        rights.allow_on_pages(group, pages_written_below(neighbourhood), ON_MARKET_PAGE)


def let_admitted_write(neighbourhood: Neighbourhood) -> None:
    """The same for every organisation that is on the market: for those who were let in before it had pages."""
    inside = Admission.objects.filter(neighbourhood=neighbourhood, state=AdmissionState.ADMITTED)
    for admission in inside.select_related("organisation__organisation_details").order_by("pk"):
        let_write(admission.organisation, neighbourhood)


def pages_written_below(neighbourhood: Neighbourhood) -> list[Page]:
    """The page of its market and the one about taking part, in every language."""
    found: list[Page] = []
    for path in neighbourhood.pages.values_list("path", flat=True):
        for kind in (MarketPage, ActivitiesPage):
            found.extend(kind.objects.filter(path__startswith=path))
    return found


def offices(on: date, only: set[int] | None) -> set[Office]:
    """Which person is in which group of an organisation on a market on a day. Two queries."""
    held = (
        Mandate.objects.in_force(on)
        .filter(
            role__in=WRITERS,
            principal__admissions__state=AdmissionState.ADMITTED,
            principal__admissions__until_on__gte=on,
        )
        .annotate(canonical=CANONICAL)
    )
    if only is not None:
        held = held.filter(canonical__in=only)
    wanted = {
        (person, group_name(organisation, place))
        for person, organisation, place in held.values_list(
            "canonical", "principal_id", "principal__admissions__neighbourhood_id"
        )
    }
    groups = dict(Group.objects.filter(name__in={name for _person, name in wanted}).values_list("name", "pk"))
    return {(person, groups[name]) for person, name in wanted if name in groups}


@on_decided
def let_in(admission: Admission, _on: date) -> None:
    """Whoever is let in can write pages from then on."""
    if admission.state == AdmissionState.ADMITTED:
        let_write(admission.organisation, admission.neighbourhood)


def connect() -> None:
    """Called when the app is ready."""
    further_groups.append(FurtherGroups(PREFIX, offices))


def _collection_of(organisation: Party) -> Collection:
    """Its pictures, the same on every market."""
    theirs = Collection.objects.filter(
        group_permissions__group__name__startswith=f"{PREFIX}{organisation.pk}-"
    )
    return theirs.first() or rights.new_collection(organisation.display_name)
