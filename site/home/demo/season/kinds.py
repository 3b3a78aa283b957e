"""The shapes of the season of the demo: what is organised, when, and what became of everybody who came.

Days are counted from that of loading, weeks from the week of it; amounts are minor units of the coin. Who organises is
named by the e-mail address of a resident, the name of an organisation, or as `BOARD`.
"""

from __future__ import annotations

from dataclasses import dataclass

from home.demo.market.kinds import BOARD
from home.demo.texts.kinds import Words

__all__ = ["BOARD", "Comes", "Days", "Helper", "Season", "Team", "ToDo", "Words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Shifts on one day of the week (1 is Monday), from week `first` to week `last`."""

    weekday: int
    starts: tuple[int, int]
    ends: tuple[int, int]
    places: int = 2
    host: str = ""
    first: int = -6
    last: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """An activity. `ends` is what became of it: open, or "draft", "submitted", "returned", "paused", "cancelled".

    `regulars` come in turn to what has been, as many as `come`; all of them told their hours, were confirmed and paid.
    """

    title: Words
    summary: Words
    by: str
    item: str  # what of it has a value, by its Dutch name
    pot: str
    place: str
    about: str = ""
    asks: Words | None = None
    travel: str = ""
    spoken: str = "Nederlands"
    accessible: tuple[str, ...] = ()  # names of the fields of an activity
    lowest_age: int = 16
    asks_conduct_certificate: bool = False
    indication: int | None = None
    days: tuple[Days, ...] = ()
    day: int = -60  # on which it was posted
    page: bool = False
    ends: str = ""
    reason: str = ""
    regulars: tuple[str, ...] = ()
    come: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Comes:
    """Somebody who is named in a shift of an activity: the first one on or after a day, or the last before it.

    `then` is how far it came: "signed_up", "withdrawn", "checked_in", "claimed", "confirmed", "paid", "absent",
    "objected" (absent, and they say otherwise), "rejected" (and the board found no hours), "less" (fewer hours were
    seen), "agreed" (and they agree), "ruled" (and the board found something between), "held" (confirmed when the pot
    was spent). `minutes` are those told or seen.
    """

    who: str
    to: str  # the Dutch title
    day: int
    then: str = "signed_up"
    minutes: int | None = None
    words: str = ""
    by_guardian: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """What somebody said that they can do, and when (day of the week, part of the day)."""

    who: str
    about: str
    wishes: str = ""
    can: tuple[str, ...] = ()  # slugs of categories
    learns: tuple[str, ...] = ()
    free: tuple[tuple[int, str], ...] = ()
    hours: int | None = None
    seeks_work: bool = False
    seen_by: str = "NOBODY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Job-seekers with a coach of an organisation. `asked` did not say yes yet."""

    name: str
    about: str
    organisation: str
    members: tuple[str, ...]
    asked: tuple[str, ...] = ()
    work: str = ""  # the Dutch title of an activity of which the next shift was proposed
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """What is organised in one neighbourhood. `near` earned almost all that this month allows, and more waits."""

    slug: str
    to_do: tuple[ToDo, ...]
    comes: tuple[Comes, ...] = ()
    helpers: tuple[Helper, ...] = ()
    teams: tuple[Team, ...] = ()
    near: tuple[str, str] | None = None  # who, and in which activity
