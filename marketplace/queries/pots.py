"""Questions about the pots that pay for activities: which may be chosen, and what is promised from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from ledger.queries import Pot
from marketplace.models import Activity, Participation
from marketplace.queries.participations import PROMISED
from marketplace.rewarding import reward_of
from neighbourhoods.models import Neighbourhood, ValuedItem
from neighbourhoods.queries.pot_rules import Purpose, open_pots, purposes_of
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Account

Wanted = tuple[Neighbourhood, Party, ValuedItem]


def pots_to_choose(activity: Activity | Wanted, on: date) -> list[Pot]:
    """The pots that may pay for an activity on a day, or for what such an organiser would do there: open, for this
    item and through this organiser, and of the organiser, the neighbourhood or the municipality, unless their rules
    name the organiser. The first to end first. Two queries."""
    if isinstance(activity, Activity):
        activity = (activity.neighbourhood, activity.organiser, activity.item)
    neighbourhood, organiser, item = activity
    found = _with_purposes(neighbourhood, on)
    return [
        pot
        for pot, purpose in found
        if purpose.allows_item(item) and _is_near(pot, purpose, organiser, neighbourhood)
    ]


def pots_near(neighbourhood: Neighbourhood, organisers: Iterable[Party], on: date) -> list[Pot]:
    """The same for one of several organisers, whatever is done. Two queries."""
    among = list(organisers)
    return [
        pot
        for pot, purpose in _with_purposes(neighbourhood, on)
        if any(_is_near(pot, purpose, organiser, neighbourhood) for organiser in among)
    ]


def _with_purposes(neighbourhood: Neighbourhood, on: date) -> list[tuple[Pot, Purpose]]:
    found = open_pots(neighbourhood, on)
    purposes = purposes_of([pot.account for pot in found])
    return [(pot, purposes[pot.account.pk]) for pot in found]


def _is_near(pot: Pot, purpose: Purpose, organiser: Party, neighbourhood: Neighbourhood) -> bool:
    near = {organiser.canonical_id, neighbourhood.party_id, neighbourhood.municipality_id}
    is_named = organiser.canonical_id in purpose.organisers
    return purpose.allows_organiser(organiser) and (is_named or pot.account.holder_id in near)


def promised_from(pots: Iterable[Account]) -> dict[int, int]:
    """What is promised from each of these pots to those who take part and were not paid yet, in minor units, by the
    number of the pot; nought where nothing is. One query."""
    promised: defaultdict[int, int] = defaultdict(int, {pot.pk: 0 for pot in pots})
    for pot, reward in _promised(Q(shift__activity__pot__in=list(promised))):
        promised[pot] += reward
    return dict(promised)


def promised_by(activity: Activity) -> int:
    """What is promised to those who take part in an activity and were not paid yet, in minor units. One query."""
    return sum(reward for _pot, reward in _promised(Q(shift__activity=activity)))


def _promised(which: Q) -> Iterator[tuple[int, int]]:
    """What each of them was promised, with the number of the pot that pays it."""
    rows = Participation.objects.filter(which, state__in=PROMISED)
    columns = "value", "unit", "minutes", "reward", "shift__starts_at", "shift__ends_at"
    for pot, value, unit, minutes, reward, begins, ends in rows.values_list("shift__activity__pot", *columns):
        told = minutes or int((ends - begins).total_seconds()) // 60
        yield pot, reward_of(value, unit, told) if reward is None else reward
