"""The shapes that a text of the demo can have: words in two languages, blocks of a page, pages, news.

Days are written as `{1fri}`: the Friday of next week, counted from the week in which the demo is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in Dutch and in English."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Heading:
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class P:
    """A paragraph; `<b>` is the one tag in it. Paragraphs and lists that follow each other become one block."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    text: Words
    who: Words


@dataclass(frozen=True, slots=True)
class Notice:
    tone: Literal["info", "good", "warn"]
    title: Words
    text: Words | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    rows: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    steps: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures: the first row is the heading, the first column names the rows."""

    caption: Words
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by its name; without words it is decoration."""

    picture: str
    alt: Words | None = None
    caption: Words | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A way on, to a page of the same place (by its slug, "" is its front) or of the whole site ("/privacy")."""

    words: Words
    to: str


Block = Heading | P | Bullets | Quote | Notice | Facts | Steps | Table | Image | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    slug: str
    title: Words
    lead: Words
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsText:
    """A piece of news. `published` and `happens` are days as in `{…}`: "-1tue", "1fri"."""

    slug: str
    kind: Literal["NEWS", "EVENT", "DECISION"]
    title: Words
    lead: Words
    published: str
    body: tuple[Block, ...]
    happens: str = ""
    hours: Words | None = None
    place: Words | None = None
    picture: str = ""
    alt: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceText:
    """All words of one place: its front, its pages, and its news."""

    front: PageText
    pages: tuple[PageText, ...]
    news: tuple[NewsText, ...] = ()
    news_lead: Words | None = None
