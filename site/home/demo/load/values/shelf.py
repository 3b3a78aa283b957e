"""The items of one neighbourhood of the demo, and the people who deal with them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from core.actor import Actor
from core.clock import day_of
from home.demo import people
from home.demo.decisions.kinds import YES
from home.demo.load.money.books import parties_of
from home.demo.load.money.diary import moment
from home.demo.load.persons import NAMESPACE, Crowd
from home.demo.values import Item, Question, Values
from home.demo.values.shared import FIRST_EVIDENCE, FIRST_VALUE
from neighbourhoods.models import Category, Neighbourhood, Residency, Seat, ValuedItem
from neighbourhoods.operations.values import NewItem, write_words
from neighbourhoods.states import ResidencyState
from people.models import Party

FIRST_VALUES = -375
LEADS = ("CHAIR", "SECRETARY")  # a visitor may have emptied a chair


class Shelf:
    """What can have a value in a neighbourhood, by its Dutch name: what is there, and what is still to be added."""

    def __init__(self, crowd: Crowd, values: Values) -> None:
        self.crowd, self.values = crowd, values
        self.place: Neighbourhood = crowd.places[values.slug]
        self.today = day_of(crowd.at)
        self.told = {item.name.nl: item for item in values.items}
        self.organisations = parties_of(people.ORGANISATIONS)
        self.there: dict[str, ValuedItem] = {}
        self.categories = {category.slug: category for category in Category.objects.select_related("parent")}

    def first_values(self) -> Iterator[Question]:
        """What the board decided when the coin began, all in one week. One of them was away."""
        votes = dict.fromkeys(list(self.board(self.on(FIRST_VALUES)))[:-1], (YES, ""))
        for item in self.values.items:
            if item.amount is not None:
                yield Question(
                    about=item.name.nl, day=FIRST_VALUES, by=self._chair().login.email, text=FIRST_VALUE,
                    amount=item.amount, volume=item.volume, evidence=FIRST_EVIDENCE, votes=votes,
                )  # fmt: skip

    def find(self, name: str) -> ValuedItem | NewItem:
        """The item of this name, or how whoever proposes it describes it."""
        return self.there[name] if name in self.there else self._new(self.told[name])

    def put(self, name: str, item: ValuedItem, at: datetime) -> None:
        """Keep what was added, and have the board name it in English."""
        if name in self.there:
            return
        self.there[name] = item
        words = self.told[name]
        write_words(
            item=item, language="en", name=words.name.en, about=words.about.en, actor=self.leader(at), at=at
        )

    def _new(self, item: Item) -> NewItem:
        return NewItem(
            kind=item.kind, unit=item.unit, category=self.categories[item.category], name=item.name.nl,
            about=item.about.nl, tags=item.tags,
        )  # fmt: skip

    # --- Days and people ------------------------------------------------------------------------------------------

    def on(self, day: int, hour: int = 10) -> datetime:
        """This hour of a day, counted from that of loading."""
        return moment(self.date(day), hour)

    def date(self, day: int) -> date:
        return self.today + timedelta(days=day)

    def key(self, *words: object) -> uuid.UUID:
        """The key of what these words name: the same each time."""
        return uuid.uuid5(NAMESPACE, " ".join(("value", str(self.place.pk), *map(str, words))))

    def acting(self, email: str, principal: Party | None = None) -> Actor:
        user = self.crowd.users[email]
        return Actor(user=user, person=user.person, principal=principal or user.person)

    def board(self, at: datetime) -> dict[str, Party]:
        """Who sits on the board at a moment, by first name."""
        seats = Seat.objects.in_force(day_of(at)).filter(neighbourhood=self.place)
        return {
            seat.person.person_details.given_name: seat.person
            for seat in seats.select_related("person__person_details", "person__login").order_by("pk")
        }

    def residents(self) -> list[Party]:
        """Who lives there, those first as whom no visitor signs in."""
        played = {person.email for persons in people.who_can_sign_in().values() for person in persons}
        homes = Residency.objects.filter(neighbourhood=self.place, state=ResidencyState.ATTESTED)
        everybody = [home.person for home in homes.select_related("person__login").order_by("pk")]
        return sorted(everybody, key=lambda person: person.login.email in played)

    def leader(self, at: datetime) -> Actor:
        """The chair of that moment, who acts for the board."""
        return self.as_oneself(self._chair(at))

    def as_oneself(self, person: Party) -> Actor:
        return Actor(user=person.login, person=person, principal=person)

    def _chair(self, at: datetime | None = None) -> Party:
        on = day_of(at or self.on(FIRST_VALUES))
        seats = Seat.objects.in_force(on).filter(neighbourhood=self.place).select_related("person__login")
        by_office = {seat.office: seat.person for seat in seats.order_by("pk")}
        return next(by_office[office] for office in (*LEADS, *by_office) if office in by_office)
