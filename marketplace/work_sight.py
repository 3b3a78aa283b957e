"""Who may see what somebody can do, and who is in a team. Asked by operations and views alike."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import Q

from marketplace.models import Activity, Admission, Offer, SeenBy, SkillProfile, Team
from marketplace.permissions import PRIVATE, may_organise, may_trade
from marketplace.queries.posting import ORGANISES
from marketplace.queries.teams import member_in, shares_team
from marketplace.states import AdmissionState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.queries.seats import seats_of
from people.models import Mandate, Party
from people.permissions import is_own

Levels = frozenset[str]
NOTHING: Final[Levels] = frozenset()
TO_RESIDENTS: Final[Levels] = frozenset({SeenBy.RESIDENTS})
TO_ORGANISERS: Final[Levels] = frozenset({SeenBy.RESIDENTS, SeenBy.ORGANISERS})


class TeamSide(StrEnum):
    """What somebody has to do with a team."""

    COACH = "COACH"
    MEMBER = "MEMBER"
    ASKED = "ASKED"  # knows the name of the team and who asks, and nobody who is in it


def organisations_of(person: Party, place: Neighbourhood, on: date) -> list[Party]:
    """For which organisations a person organises in a neighbourhood on a day: those that its board let in, the
    municipality, and the neighbourhood itself. They are by name."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=ORGANISES)
    inside = Admission.objects.filter(
        neighbourhood=place, state=AdmissionState.ADMITTED, until_on__gte=on
    ).values("organisation")  # fmt: skip
    found = Q(pk__in=held.values("principal")) & (Q(pk__in=inside) | Q(pk=place.municipality_id))
    boards = seats_of(person).in_force(on).filter(neighbourhood=place).values("neighbourhood__party")
    parties = Party.objects.filter(found | Q(pk__in=boards)).exclude(kind__in=PRIVATE).with_names()
    return sorted(parties, key=lambda party: (party.display_name.casefold(), party.pk))


def levels_of(person: Party, place: Neighbourhood, on: date) -> Levels:
    """What people have to have said before this person sees what they can do; nothing for who sees nobody there."""
    if organisations_of(person, place, on):
        return TO_ORGANISERS
    return TO_RESIDENTS if lives_in(person, place) else NOTHING


def may_see_profile(person: Party, profile: SkillProfile, on: date) -> bool:
    """Whether a person reads what another one can do."""
    if is_own(person, profile.person):
        return True
    if profile.seen_by == SeenBy.NOBODY or not lives_in(profile.person, profile.neighbourhood):
        return False
    if profile.seen_by in levels_of(person, profile.neighbourhood, on):
        return True
    return shares_team(person, profile.person, on)


def may_look_for(person: Party, thing: Activity | Offer, on: date) -> bool:
    """Whether a person looks for people who can help with this: who organises it, or asks it on the market."""
    if isinstance(thing, Activity):
        return may_organise(person, thing.organiser, on)
    return thing.is_demand and may_trade(person, thing.provider, on)


def side_in_team(team: Team, person: Party, on: date) -> TeamSide | None:
    """What somebody has to do with a team; None means that they find no such page. A coach is one as long as they
    organise for the organisation."""
    if is_own(person, team.coach) and may_organise(person, team.organisation, on):
        return TeamSide.COACH
    member = member_in(team, person)
    if member is None:
        return None
    return TeamSide.MEMBER if member.joined_at else TeamSide.ASKED
