"""From the texts of the demo to what a StreamField takes, and to the words that its translation needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Page

from content.models import Picture
from home.demo.texts.days import with_days
from home.demo.texts.kinds import (
    Block,
    Bullets,
    Facts,
    Heading,
    Image,
    Link,
    Notice,
    P,
    Quote,
    Steps,
    Table,
    Words,
)

Said = Words | Heading | P


class SaidTwice(Exception):
    """One Dutch text on a page with two English ones: the translation keeps one text per source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """What a page is built with: the day of loading, and ways to find the pictures and pages it points at."""

    today: date
    picture: Callable[[str], Picture]
    page: Callable[[str], Page]

    def say(self, words: Said | None, language: str = "nl") -> str:
        """The words in one language, with the days in them written out."""
        text = "" if words is None else words.nl if language == "nl" else words.en
        return with_days(text, today=self.today, language=language)

    def english_of(self, said: Iterator[Said]) -> dict[str, str]:
        """From each Dutch text to the English one.

        :raises SaidTwice: when a page would need two.
        """
        english: dict[str, str] = {}
        for words in said:
            nl, en = self.say(words), self.say(words, "en")
            if english.setdefault(nl, en) != en:
                raise SaidTwice(nl)
        return english

    def body(self, blocks: tuple[Block, ...]) -> list[tuple[str, Any]]:
        """The blocks as a StreamField takes them, in Dutch; paragraphs and lists in a row become one."""
        built: list[tuple[str, Any]] = []
        for block in blocks:
            kind, value = self._block(block)
            if kind == "paragraph" and built and built[-1][0] == "paragraph":
                built[-1] = (kind, built[-1][1] + value)
            else:
                built.append((kind, value))
        return built

    def _block(self, block: Block) -> tuple[str, Any]:
        match block:
            case Heading():
                return "heading", {"text": self.say(block)}
            case P() | Bullets():
                return "paragraph", self._running(block)
            case Quote():
                return "quote", {"text": self.say(block.text), "who": self.say(block.who)}
            case Notice():
                text = f"<p>{self.say(block.text)}</p>" if block.text else ""
                return "notice", {"tone": block.tone, "title": self.say(block.title), "text": text}
            case _:
                return self._larger(block)

    def _running(self, block: P | Bullets) -> str:
        if isinstance(block, P):
            return f"<p>{self.say(block)}</p>"
        return "<ul>" + "".join(f"<li>{self.say(item)}</li>" for item in block.items) + "</ul>"

    def _larger(self, block: Block) -> tuple[str, Any]:
        match block:
            case Facts():
                rows = [{"label": self.say(label), "value": self.say(value)} for label, value in block.rows]
                return "facts", {"rows": rows}
            case Steps():
                steps = [{"title": self.say(title), "text": self.say(text)} for title, text in block.steps]
                return "steps", {"steps": steps}
            case Image():
                return "image", self._image(block)
            case Table():
                return "table", self._table(block)
            case Link():
                return "link", {"text": self.say(block.words), "page": self.page(block.to), "url": ""}
            case _:
                raise TypeError(f"No block is made of {block!r}.")

    def _image(self, block: Image) -> dict[str, Any]:
        return {
            "image": self.picture(block.picture),
            "alt": self.say(block.alt),
            "decorative": block.alt is None,
            "caption": self.say(block.caption),
        }

    def _table(self, block: Table) -> dict[str, Any]:
        return {
            "data": [[self.say(cell) for cell in row] for row in block.rows],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": self.say(block.caption),
        }


def said_in(blocks: tuple[Block, ...]) -> Iterator[Said]:
    """All words in these blocks."""
    for block in blocks:
        yield from _said(block)


def _said(block: Block) -> Iterator[Said]:
    match block:
        case Heading() | P():
            yield block
        case Bullets():
            yield from block.items
        case Facts():
            yield from (words for row in block.rows for words in row)
        case Steps():
            yield from (words for step in block.steps for words in step)
        case Table():
            yield block.caption
            yield from (words for row in block.rows for words in row)
        case _:
            yield from _said_beside(block)


def _said_beside(block: Block) -> Iterator[Said]:
    """The words of blocks of which some may be missing."""
    match block:
        case Quote():
            found: tuple[Words | None, ...] = (block.text, block.who)
        case Notice():
            found = (block.title, block.text)
        case Image():
            found = (block.alt, block.caption)
        case Link():
            found = (block.words,)
        case _:
            found = ()
    yield from (words for words in found if words is not None)
