"""The coins of the demo: accounts for everybody, and a year of transfers up to now, through the ledger's operations.

Where coins are in circulation already nothing is booked: a second time adds accounts for newcomers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.actor import Actor
from core.clock import day_of
from home.demo.load.money.books import Books
from home.demo.load.money.diary import DAY, Diary, days, moment
from home.demo.load.money.office import Office
from home.demo.load.money.open_matters import OpenMatters
from home.demo.load.money.story import Story
from home.demo.load.persons import Crowd
from home.demo.money import MONEY, Money
from ledger.queries import circulation
from neighbourhoods.founding import add_money
from neighbourhoods.models import Neighbourhood

YEAR = timedelta(days=365)
READY = timedelta(days=35)  # after its founding a neighbourhood is ready for its coin
HELPING_BEGINS = 4 * DAY  # when the first euros are there


def load_money(*, at: datetime) -> Iterator[str]:
    """Open accounts for who has none, and tell the story of a year. Says in a sentence what was done."""
    crowd, diary = Crowd(at=at), Diary()
    begun = []
    for money in MONEY:
        place = crowd.places[money.slug]
        books = _books(crowd, money, place)
        is_new = not circulation(place.coin)
        books.open_all(moment(books.first, 8) if is_new else at)
        if is_new:
            _plan(books, diary)
            begun.append(place.coin.name_plural)
    diary.live(at)
    yield f"{', '.join(begun)} went round, up to today." if begun else "The coins were going round already."


def _books(crowd: Crowd, money: Money, place: Neighbourhood) -> Books:
    # A demo from before there was money was founded without: the same step gives it what it lacks.
    add_money(place, actor=Actor.system(), at=crowd.at)
    first = max(day_of(crowd.at - YEAR), day_of(place.founded_at + READY))
    return Books(crowd=crowd, money=money, place=place, first=first, at=crowd.at)


def _plan(books: Books, diary: Diary) -> None:
    story = Story(books, diary)
    office = Office(books, diary, story)
    office.plan()
    OpenMatters(books, diary, office.bank).plan()
    for day in days(books.first + HELPING_BEGINS, day_of(books.at)):
        story.plan(day)
