"""One neighbourhood of the demo, for its market: its parties by name, its board, and its days."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from core.actor import Actor
from core.clock import day_of
from home.demo import people
from home.demo.load.money.books import parties_of
from home.demo.load.money.diary import moment
from home.demo.load.persons import NAMESPACE, Crowd
from home.demo.market.kinds import BOARD, MUNICIPALITY, Market
from marketplace.permissions import has_interest
from neighbourhoods.models import Category, Neighbourhood, Seat, ValuedItem
from neighbourhoods.queries.items import with_words, words_of
from people.models import Party


class Town:
    """Who is who on the market of a neighbourhood. `crowd` says what could not be done."""

    def __init__(self, crowd: Crowd, market: Market) -> None:
        self.crowd, self.market = crowd, market
        self.place: Neighbourhood = crowd.places[market.slug]
        self.today = day_of(crowd.at)
        self.organisations = parties_of(people.ORGANISATIONS)
        self.acts = {one.name: one.acts for one in people.ORGANISATIONS}
        self.owners = {one.name: one.owner for one in people.ORGANISATIONS}
        self.categories = {category.slug: category for category in Category.objects.all()}
        items = with_words(ValuedItem.objects.filter(neighbourhood=self.place))
        self.items = {words_of(item, "nl").name: item for item in items}

    def party(self, name: str) -> Party:
        """A party by e-mail address, name, or as the board or the municipality."""
        if name == BOARD:
            return self.place.party
        if name == MUNICIPALITY:
            return self.place.municipality
        return self.organisations[name] if name in self.organisations else self.crowd.users[name].person

    def actor(self, name: str, *, owner: bool = False) -> Actor:
        """Who acts for a party: the chair for the board, an owner or who works there, a resident for themself."""
        party = self.party(name)
        if name == BOARD:
            return self.board(party)
        if name == MUNICIPALITY:
            return self.crowd.acting(people.KARIN, party)
        if name in self.organisations:
            return self.crowd.acting((self.owners if owner else self.acts)[name], party)
        user = self.crowd.users[name]
        return Actor(user=user, person=user.person, principal=user.person)

    def board(self, *about: Party) -> Actor:
        """A board member who has nothing to do with these parties."""
        seats = Seat.objects.in_force(self.today).filter(neighbourhood=self.place)
        for seat in seats.select_related("person__login").order_by("pk"):
            if not any(has_interest(seat.person, party, self.today) for party in about):
                return Actor(user=seat.person.login, person=seat.person, principal=seat.person)
        raise LookupError(self.place.slug)

    def on(self, day: int, hour: int = 11) -> datetime:
        """This hour of a day, counted from that of loading; never after the moment of loading."""
        return min(moment(self.date(day), hour), self.crowd.at)

    def date(self, day: int) -> date:
        return self.today + timedelta(days=day)

    def key(self, *words: object) -> uuid.UUID:
        """The key of what these words name: the same each time."""
        return uuid.uuid5(NAMESPACE, " ".join(("market", str(self.place.pk), *map(str, words))))
