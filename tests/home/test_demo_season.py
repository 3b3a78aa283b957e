"""The season of the demo as data: everybody in it is known, and everything that is said is about something."""

from __future__ import annotations

import pytest

from home.demo.money import MONEY
from home.demo.people import ORGANISATIONS, everybody
from home.demo.season import SEASONS, Season
from home.demo.season.kinds import BOARD
from home.demo.values import VALUES
from neighbourhoods.categories import TREE

EACH = pytest.mark.parametrize("season", SEASONS, ids=lambda season: str(season.slug))


@EACH
def test_everybody_is_somebody_of_the_demo(season: Season) -> None:
    emails = {person.email for person in everybody()}
    organisers = emails | {one.name for one in ORGANISATIONS} | {BOARD}

    assert {one.by for one in season.to_do} <= organisers
    assert {one.who for one in season.comes} | {one.who for one in season.helpers} <= emails
    assert {who for one in season.to_do for who in one.regulars} <= emails
    assert {who for team in season.teams for who in (*team.members, *team.asked)} <= emails


@EACH
def test_what_people_come_to_is_organised(season: Season) -> None:
    titles = {one.title.nl for one in season.to_do}

    assert {one.to for one in season.comes} <= titles
    assert {team.work for team in season.teams if team.work} <= titles


@EACH
def test_what_is_earned_is_an_item_of_the_place_and_paid_from_a_pot_of_it(season: Season) -> None:
    items = {item.name.nl for values in VALUES if values.slug == season.slug for item in values.items}
    pots = {pot.name for money in MONEY if money.slug == season.slug for pot in money.pots}

    assert {one.item for one in season.to_do} <= items
    assert {one.pot for one in season.to_do if one.pot} <= pots


@EACH
def test_every_kind_of_work_is_ours_and_every_title_has_english_words(season: Season) -> None:
    slugs = {leaf.slug for branch in TREE for leaf in (branch, *branch.below)}

    assert {kind for one in season.helpers for kind in (*one.can, *one.learns)} <= slugs
    assert all(one.title.en and one.summary.en for one in season.to_do)
