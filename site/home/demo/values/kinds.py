"""The shapes of what things are worth in the demo. Amounts are in minor units, days counted from that of loading."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from home.demo.texts.kinds import Words

ACTIVITY, GOOD, SERVICE, FEE = "ACTIVITY", "GOOD", "SERVICE", "FEE"
HOUR, PIECE, TURN = "HOUR", "PIECE", "TURN"
WEEKS = 8

NOTHING = Words("", "")

Votes = dict[str, tuple[str, str]]  # of a board, by first name: what, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that can have a value. `amount` is what it was worth when the coin began, `volume` how often a month.
    One without an amount is proposed later."""

    name: Words
    kind: str
    unit: str
    category: str
    about: Words = NOTHING
    amount: int | None = None
    volume: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A reaction, and the reason for which the board hid it."""

    by: str
    text: str
    hidden: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What the board asked itself about the residents' amount: the same, or another one within the margin."""

    amount: int
    votes: Votes


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An appeal about the vote, and the ruling."""

    by: str
    grounds: str
    ruling: str
    upheld: bool


class Stays(Enum):
    """Where people, and not time, leave a decision."""

    DRAFT = "draft"
    ADMITTED = "admitted"
    TURNED_AWAY = "turned away"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A decision about one item, by its Dutch name, proposed on a `day`. Time brings it as far as it has come by today,
    unless it is left somewhere (`stays`).

    `amount` None: no value any more. `amounts` are those that residents named, None blank; `choices` what they said
    about an ending. `answer` is what the municipality said of an amount outside its guideline: (consents, why).
    """

    about: str
    day: int
    by: str
    text: str
    amount: int | None = None
    acting_for: str = ""
    evidence: str = ""
    volume: int | None = None
    bounds: tuple[int, int, int] | None = None
    wanted: int | None = None
    stays: Stays | None = None
    reason: str = ""
    supporters: int = 0
    comments: tuple[Comment, ...] = ()
    amounts: tuple[int | None, ...] = ()
    choices: tuple[str, ...] = ()
    votes: Votes | None = None
    confirmation: Confirmation | None = None
    answer: tuple[bool, str] | None = None
    objection: Objection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicated:
    """What an organisation thinks that an item is worth."""

    organisation: str
    about: str
    day: int
    amount: int
    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that a pot may pay for: an organiser by name, a category by slug, or an item by name."""

    pot: str
    organiser: str = ""
    category: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Figures of the last eight weeks, this one at the end."""

    about: str
    sign_ups: tuple[int, ...]
    open_places: tuple[int, ...] = (0,) * WEEKS
    waiting: tuple[int, ...] = (0,) * WEEKS
    open_demand: tuple[int, ...] = (0,) * WEEKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Who decides: about all, and about some categories otherwise, by slug."""

    decider: str
    apart: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """All of one neighbourhood."""

    slug: str
    ways: Ways
    items: tuple[Item, ...]
    questions: tuple[Question, ...]
    indications: tuple[Indicated, ...] = ()
    rules: tuple[Rule, ...] = ()
    demand: tuple[Demand, ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
