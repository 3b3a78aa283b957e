"""Who decides for a market: a member of its board who has no part in the matter. The board is several people, so that
there is always somebody else."""

from __future__ import annotations

from datetime import datetime

from core.actor import Actor
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from marketplace.permissions import has_interest
from neighbourhoods.models import Neighbourhood
from neighbourhoods.permissions import OwnMatter, acting_person, seat_in_force
from people.models import Party


def board_member(actor: Actor, neighbourhood: Neighbourhood, at: datetime) -> Party:
    """The member of the board who acts. The system decides nothing.

    :raises NotAllowed: to everybody else.
    """
    person = acting_person(actor)
    if person is None or seat_in_force(person, neighbourhood, day_of(at)) is None:
        raise NotAllowed
    return person


def impartial_member(actor: Actor, neighbourhood: Neighbourhood, *parties: Party, at: datetime) -> Party:
    """The member of the board who acts, in a matter between these parties. The neighbourhood itself is none: what the
    board offers for everybody is nobody's own.

    :raises NotAllowed: to who is not on the board.
    :raises OwnMatter: to who trades for one of them, also under a second login.
    """
    person, on = board_member(actor, neighbourhood, at), day_of(at)
    others = [party for party in parties if party.pk != neighbourhood.party_id]
    if any(has_interest(person, party, on) for party in others):
        raise OwnMatter
    return person


def words_of(text: str, longest: int, refusal: Refusal) -> str:
    """What somebody wrote, without the space around it.

    :raises Refusal: the one that is given, when nothing is left or it is longer than this.
    """
    words = text.strip()
    if not 0 < len(words) <= longest:
        raise refusal
    return words
