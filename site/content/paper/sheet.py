"""A sheet of paper: a statement, a letter, a report. The same words give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

import font_roboto  # type: ignore[import-untyped]
from django.utils import translation
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from content.paper.letters import printable
from content.paper.wrapping import wrapped

Side = Literal["L", "R"]
Column = tuple[str, float, Side]

FONT = "Roboto"
INK, QUIET, RULE = (27, 26, 23), (87, 81, 70), (205, 195, 175)
MARGIN = 20.0  # millimetres, as all lengths here; sizes of letters are points
FOOT = 22.0
GUTTER = 3.0
LINE = 5.4
ROW_LINE = 4.6
LABEL_SHARE = 0.32
READING, SMALL, SECTION, TITLE = 10.5, 9, 13, 21

# Without a moment of its own a sheet says none that is true of one print alone: PDF asks for one.
NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


class _Pages(FPDF):
    """Pages of A4 with their number and what they are about at the foot."""

    foot = ""
    language = "en"

    def footer(self) -> None:
        with translation.override(self.language):
            numbers = _("Page %(number)s of %(total)s") % {"number": self.page_no(), "total": "{nb}"}
        self.set_y(-FOOT + 8)
        self.set_font(FONT, "", SMALL)
        self.set_text_color(*QUIET)
        self.cell(self.epw * 0.7, LINE, self.foot)
        self.cell(self.epw * 0.3, LINE, numbers, align="R")


class Sheet:
    """Words, facts, a table and a code, one below the other on as many pages as they need."""

    def __init__(self, *, title: str, place: str, language: str, made_at: datetime | None = None) -> None:
        """`place` is for whom it is made: the name of a neighbourhood. `made_at` is kept in the file."""
        pages = _Pages(format="A4")
        pages.add_font(FONT, "", font_roboto.Roboto)
        pages.add_font(FONT, "B", font_roboto.RobotoBold)
        self._known = frozenset.intersection(
            *(frozenset(font.cmap) for font in pages.fonts.values() if isinstance(font, TTFFont))
        )
        pages.language = language
        pages.foot = self._said(" · ".join(part for part in (title, place) if part))
        pages.set_lang(language)
        pages.set_title(title)
        pages.set_display_mode("default")
        pages.set_creation_date(made_at or NO_MOMENT)
        pages.set_margin(MARGIN)
        pages.c_margin = 0
        pages.set_auto_page_break(True, margin=FOOT)
        pages.add_page()
        self._pages = pages
        self._widths: dict[tuple[str, str], float] = {}
        self._say(place, SMALL, colour=QUIET)
        self._say(title, TITLE, style="B", line=9)
        self._down(2)
        self._rule()
        self._down(3)

    def heading(self, text: str) -> None:
        """The title of a part. It never stands alone at the foot of a page."""
        if self._room() < 3 * LINE:
            self._pages.add_page()
        self._down(3)
        self._say(text, SECTION, style="B", line=7)

    def text(self, text: str) -> None:
        """One or more paragraphs, apart by an empty line."""
        self._say(text, READING)
        self._down(2)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """What something is called and what it is, one below the other."""
        shares: list[Column] = [("", LABEL_SHARE, "L"), ("", 1 - LABEL_SHARE, "L")]
        for label, value in pairs:
            self._row([(label, "", QUIET), (value, "B", INK)], shares, READING, LINE, again=())
        self._down(3)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """Figures: (title, share of the width, side) of each column. The titles come back on each page."""
        self._head(columns)
        for row in rows:
            cells = [(text, "", INK) for text in row]
            self._row(cells, columns, SMALL, ROW_LINE, again=columns)
            self._rule()
        self._down(4)

    def qr(self, png: bytes, size_mm: float, alt: str = "") -> None:
        """A code, where the text has come to; `alt` says what it is to who cannot see it."""
        if self._room() < size_mm:
            self._pages.add_page()
        top = self._pages.get_y()
        self._pages.image(
            BytesIO(png), x=MARGIN, y=top, w=size_mm, h=size_mm, alt_text=self._said(alt) or None
        )
        self._pages.set_y(top + size_mm)
        self._down(3)

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self._pages.output())

    def _head(self, columns: Sequence[Column]) -> None:
        if self._room() < 4 * ROW_LINE:
            self._pages.add_page()
        self._row(
            [(title, "B", QUIET) for title, _share, _side in columns], columns, SMALL, ROW_LINE, again=()
        )
        self._rule(heavy=True)

    def _row(
        self,
        cells: Sequence[tuple[str, str, tuple[int, int, int]]],
        columns: Sequence[Column],
        size: float,
        line: float,
        *,
        again: Sequence[Column],
    ) -> None:
        """Cells beside each other, as many lines as the longest needs; kept on one page when a page can hold it."""
        pages = self._pages
        widths = [pages.epw * share / sum(one[1] for one in columns) for _title, share, _side in columns]
        lines = [
            self._lines(text, style, size, width - GUTTER)
            for (text, style, _colour), width in zip(cells, widths, strict=True)
        ]
        number = max(1, *(len(cell) for cell in lines))
        height = number * line + 2
        if self._room() < min(height, pages.eph / 2):
            self._turn(again)
        self._down(1)
        for at in range(number):
            if self._room() < line:
                self._turn(again)
            left = MARGIN
            for (_text, style, colour), (_title, _share, side), width, cell in zip(
                cells, columns, widths, lines, strict=True
            ):
                if at < len(cell) and cell[at]:
                    self._put(cell[at], left, width - GUTTER, line, (style, size, colour, side))
                left += width
            pages.set_y(pages.get_y() + line)
        self._down(1)

    def _put(
        self,
        text: str,
        left: float,
        width: float,
        line: float,
        how: tuple[str, float, tuple[int, int, int], Side],
    ) -> None:
        style, size, colour, side = how
        self._pages.set_font(FONT, style, size)
        self._pages.set_text_color(*colour)
        spare = width + GUTTER - self._width(text, style, size) if side == "R" else 0
        self._pages.text(left + spare, self._pages.get_y() + line * 0.75, text)

    def _lines(self, text: str, style: str, size: float, width: float) -> list[str]:
        return wrapped(self._said(text), width, lambda part: self._width(part, style, size))

    def _width(self, text: str, style: str, size: float) -> float:
        """How wide a text is. Measured once for each word, at one point: a year's statement has the same again."""
        if (text, style) not in self._widths:
            self._pages.set_font(FONT, style, 1)
            self._widths[text, style] = self._pages.get_string_width(text)
        return self._widths[text, style] * size

    def _say(
        self,
        text: str,
        size: float,
        *,
        style: Literal["", "B"] = "",
        line: float = LINE,
        colour: tuple[int, int, int] = INK,
    ) -> None:
        self._pages.set_font(FONT, style, size)
        self._pages.set_text_color(*colour)
        said = self._said(text)
        self._pages.multi_cell(0, line, said, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _said(self, text: str) -> str:
        return printable(text, self._known)

    def _rule(self, *, heavy: bool = False) -> None:
        pages = self._pages
        pages.set_draw_color(*(INK if heavy else RULE))
        pages.set_line_width(0.4 if heavy else 0.15)
        pages.line(MARGIN, pages.get_y(), MARGIN + pages.epw, pages.get_y())

    def _turn(self, again: Sequence[Column]) -> None:
        self._pages.add_page()
        if again:
            self._head(again)

    def _down(self, millimetres: float) -> None:
        self._pages.set_y(self._pages.get_y() + millimetres)

    def _room(self) -> float:
        """What is left of this page."""
        return float(self._pages.h - FOOT - self._pages.get_y())
