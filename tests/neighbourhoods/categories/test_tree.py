"""The tree of categories, laid beside the European classification that it is mapped to."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

from neighbourhoods.categories import TREE, everything
from neighbourhoods.models import Category, CategoryText

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "cpa-2.1" / "codes.csv"
# Which divisions a section of CPA 2.1 has, of the sections that we use.
SECTIONS = {
    "A": range(1, 4),
    "C": range(10, 34),
    "E": range(36, 40),
    "F": range(41, 44),
    "H": range(49, 54),
    "I": range(55, 57),
    "N": range(77, 83),
    "O": range(84, 85),
    "P": range(85, 86),
    "Q": range(86, 89),
    "R": range(90, 94),
    "S": range(94, 97),
}
FORM = re.compile(r"[A-U]|\d\d(\.\d(\d(\.\d\d?)?)?)?")


def published() -> dict[str, str]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["title"] for row in csv.DictReader(file)}


def section_of(code: str) -> str:
    return next(letter for letter, divisions in SECTIONS.items() if int(code[:2]) in divisions)


def is_below(code: str, branch: str) -> bool:
    """Whether a code falls under another: its section, or what it begins with."""
    return section_of(code) == branch if branch.isalpha() else code.startswith(branch) and code != branch


def test_every_code_of_ours_is_in_the_published_list() -> None:
    titles = published()

    assert [one.slug for _position, one, _branch in everything() if one.cpa not in titles] == []


def test_the_published_list_holds_no_more_than_what_we_need_of_it() -> None:
    used = {one.cpa for _position, one, _branch in everything()}
    above = {code[:2] for code in used if code[:1].isdigit()}

    assert set(published()) == used | above | {section_of(code) for code in above}
    assert [code for code in published() if not FORM.fullmatch(code)] == []


def test_what_is_below_a_branch_falls_under_its_code() -> None:
    outside = [
        one.slug for branch in TREE for one in branch.below if not is_below(one.cpa, branch.cpa)
    ]  # fmt: skip

    assert outside == []


def test_no_two_branches_share_a_code_and_no_two_categories() -> None:
    codes = [one.cpa for _position, one, _branch in everything()]

    assert len(set(codes)) == len(codes)


def test_slugs_and_names_are_told_apart() -> None:
    every = [one for _position, one, _branch in everything()]

    assert len({one.slug for one in every}) == len(every)
    for language in ("nl", "en"):
        for siblings in (TREE, *(branch.below for branch in TREE)):
            names = [one.names[language] for one in siblings]
            assert len(set(names)) == len(names)


def test_each_fits_its_column() -> None:
    category, text = Category(), CategoryText()

    for _position, one, _branch in everything():
        assert re.fullmatch(r"[a-z0-9-]+", one.slug)
        category.slug, category.cpa, category.position = one.slug, one.cpa, 1
        category.clean_fields()
        for text.name in one.names.values():
            text.clean_fields(exclude=["category", "locale"])


def test_there_are_two_levels_and_positions_go_up() -> None:
    assert not any(one.below for branch in TREE for one in branch.below)
    positions = [position for position, _one, _branch in everything()]
    assert all(before < after for before, after in pairwise(positions))
    assert (len(TREE), len(positions) - len(TREE)) == (15, 56)
