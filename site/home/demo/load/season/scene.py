"""One neighbourhood of the demo, for its season: its parties by name, its pots, its items, its days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.actor import Actor
from home.demo.load.market.town import Town
from home.demo.load.persons import Crowd
from home.demo.market import MARKETS
from home.demo.season import Season
from marketplace.models import Participation
from neighbourhoods.queries.pot_rules import open_pots
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Account

LANGUAGE = "nl"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Scene(Town):
    """Who is who; what a market knows, and pots."""

    def __init__(self, crowd: Crowd, season: Season) -> None:
        super().__init__(crowd, next(one for one in MARKETS if one.slug == season.slug))
        self.season = season
        self.pots: dict[str, Account] = {
            pot.account.label: pot.account for pot in open_pots(self.place, self.today)
        }

    def confirms(self, participation: Participation, organiser: str) -> Actor:
        """Who of an organiser confirms somebody's hours: never themself."""
        person = participation.person
        if organiser in self.owners:
            for one in (self.acts[organiser], self.owners[organiser]):
                actor = self.crowd.acting(one, self.party(organiser))
                if self.crowd.party(one).canonical_id != person.canonical_id:
                    return actor
        return self.actor(organiser)

    def own(self, who: str) -> Actor:
        """Somebody who acts for themself."""
        return self.actor(who)

    def person(self, who: str) -> Party:
        return self.crowd.users[who].person
