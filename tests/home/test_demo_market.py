"""The market of the demo as data: everybody in it is known, and everything that is said is about something."""

from __future__ import annotations

import pytest

from home.demo.load.market.deals import STEPS
from home.demo.market import MARKETS, Market
from home.demo.market.kinds import BOARD, MUNICIPALITY
from home.demo.people import ORGANISATIONS, everybody
from home.demo.values import VALUES
from neighbourhoods.categories import TREE

EACH = pytest.mark.parametrize("market", MARKETS, ids=lambda market: str(market.slug))


@EACH
def test_everybody_who_trades_is_somebody_of_the_demo(market: Market) -> None:
    emails = {person.email for person in everybody()}
    known = emails | {one.name for one in ORGANISATIONS} | {BOARD, MUNICIPALITY}
    traders = (
        {one.by for one in market.offers}
        | {one.by for one in market.deals}
        | {one.by for one in market.answers}
        | {one.name for one in market.admitted}
        | {email for email, _name, _query in market.searches}
    )

    assert traders <= known


@EACH
def test_what_is_ordered_and_answered_is_there_and_every_step_is_known(market: Market) -> None:
    titles = {one.title.nl for one in market.offers}

    assert {one.of for one in market.deals} | {one.to for one in market.answers} <= titles
    followed = [deal.steps for deal in market.deals] + [answer.steps for answer in market.answers]
    done = {step.do for steps in followed for step in steps}
    assert done <= {*STEPS, "say_buyer", "say_seller"}


@EACH
def test_what_has_a_value_is_an_item_of_the_place_and_costs_no_more(market: Market) -> None:
    values = next(one for one in VALUES if one.slug == market.slug)
    items = {item.name.nl for item in values.items}

    assert {one.item for one in market.offers if one.item} <= items


@EACH
def test_every_category_is_ours_and_every_title_has_english_words(market: Market) -> None:
    slugs = {leaf.slug for branch in TREE for leaf in (branch, *branch.below)}

    assert {one.category for one in market.offers} <= slugs
    assert all(one.title.en and one.summary.en for one in market.offers)
