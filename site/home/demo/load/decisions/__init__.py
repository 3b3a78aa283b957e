"""How the neighbourhoods of the demo decide: one has elected its board, one votes now, one looks for candidates.

Where there is an election already nothing is done: a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.actor import Actor
from home.demo import decisions
from home.demo.load.decisions.boardroom import Boardroom
from home.demo.load.decisions.campaign import Campaign
from home.demo.load.persons import Crowd
from neighbourhoods.founding import add_decisions
from neighbourhoods.models import Election

FINISHED, OPEN, BEGINNING = -140, -22, -5  # days from today on which nominations begin


def load_decisions(*, at: datetime) -> Iterator[str]:
    """Hold the elections and meetings of the demo. Says in a sentence what was done."""
    crowd = Crowd(at=at)
    begun = []
    for slug, hold in (("molenwijk", _molenwijk), ("sluiskade", _sluiskade), ("zonneveld", _zonneveld)):
        place = crowd.places[slug]
        # A demo from before there were elections was founded without: the same step gives it what it lacks.
        add_decisions(place, actor=Actor.system(), at=place.founded_at)
        if not Election.objects.filter(neighbourhood=place).exists():
            hold(crowd)
            begun.append(place.name)
    yield f"{', '.join(begun)} elect their boards." if begun else "The boards were being elected already."
    yield from crowd.left_out


def _molenwijk(crowd: Crowd) -> None:
    text = decisions.molenwijk
    campaign = Campaign(crowd, "molenwijk", text.ELECTION, begins=FINISHED)
    campaign.announce()
    campaign.candidates_stand()
    campaign.open_voting()
    campaign.residents_vote(text.ORDERS, on_paper=text.ON_PAPER)
    campaign.count()
    campaign.appeal(text.APPEAL, text.RULING)
    campaign.confirm()
    Boardroom(crowd, campaign).meet(text.MEETINGS, text.WRITTEN_ROUND)


def _sluiskade(crowd: Crowd) -> None:
    campaign = Campaign(crowd, "sluiskade", decisions.sluiskade.ELECTION, begins=OPEN)
    campaign.announce()
    campaign.candidates_stand()
    campaign.open_voting()
    campaign.residents_vote(decisions.sluiskade.ORDERS)


def _zonneveld(crowd: Crowd) -> None:
    campaign = Campaign(crowd, "zonneveld", decisions.zonneveld.ELECTION, begins=BEGINNING)
    campaign.announce()
    campaign.candidates_stand()
    campaign.nominate(decisions.zonneveld.NOMINATED, by=decisions.zonneveld.BY)
