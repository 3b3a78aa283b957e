"""Two of the board at one moment, the clock beside a provider, an order beside a number that is typed."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest

from ledger.proving import find_faults
from marketplace.models import Offer, OfferTerms
from marketplace.operations import offers
from marketplace.states import OfferState
from tests.factories.market import AT, Market, market
from tests.factories.people import actor
from tests.factories.wallet import fund
from tests.marketplace.offers.making import DAY, TODAY, lines, published, submitted, terms
from tests.marketplace.offers.racers import clock, draft, give_back, longer, order, publish, say_stock
from tests.plugins.data import RealCommits
from tests.races import Call


@pytest.fixture
def there(real_commits: RealCommits) -> Market:
    return market()


def test_of_two_who_let_it_on_the_market_at_once_one_does(there: Market, real_commits: RealCommits) -> None:
    made = submitted(there, there.ann_login)
    calls: list[Call] = [{"login": login.pk, "offer": made.pk} for login in (there.bea, there.bob) * 2]

    outcomes = real_commits.race(publish, calls)

    assert Counter(one.result or one.refused for one in outcomes) == {"PUBLISHED": 1, "move_refused": 3}
    assert len(lines("offer.publish", made)) == 1


def test_of_one_who_lets_it_out_and_one_who_sends_it_back_one_is_told_so(
    there: Market, real_commits: RealCommits
) -> None:
    made = submitted(there, there.ann_login)

    outcomes = real_commits.race_between([
        (publish, {"login": there.bea.pk, "offer": made.pk}),
        (give_back, {"login": there.bob.pk, "offer": made.pk}),
    ])  # fmt: skip

    # What was sent back the board can still let out; what is out it cannot send back.
    made.refresh_from_db()
    came_out, was_sent_back = outcomes
    assert came_out.result == "PUBLISHED"
    assert was_sent_back.refused in {None, "move_refused"}
    assert made.state == OfferState.PUBLISHED


def test_two_drafts_that_replace_one_offer_end_it_once(there: Market, real_commits: RealCommits) -> None:
    old = published(there, there.ann_login)
    by = actor(there.ann_login)
    new = [offers.again(offer=old, key=uuid4(), actor=by, at=AT) for _one in range(2)]
    for one in new:
        offers.submit(offer=one, actor=by, at=AT)

    calls: list[Call] = [{"login": there.bea.pk, "offer": one.pk} for one in new]
    outcomes = real_commits.race(publish, calls)

    assert [one.result for one in outcomes] == ["PUBLISHED", "PUBLISHED"]
    old.refresh_from_db()
    assert (old.state, len(lines("offer.end", old))) == (OfferState.ENDED, 1)


@pytest.mark.parametrize("round_", range(3))
def test_who_makes_it_longer_while_the_clock_takes_it_off_has_it_on_the_market(
    there: Market, real_commits: RealCommits, round_: int
) -> None:
    made = published(there, there.ann_login, terms=terms(until_on=TODAY))
    until_on = str(TODAY + (30 + round_) * DAY)

    outcomes = real_commits.race_between([
        (clock, {"days": 1}),
        (longer, {"login": there.ann_login.pk, "offer": made.pk, "until_on": until_on, "days": 1}),
        (clock, {"days": 1}),
    ])  # fmt: skip

    made.refresh_from_db()
    assert outcomes[1].result == "renewed"
    assert (made.state, str(made.until_on)) == (OfferState.PUBLISHED, until_on)
    assert len(lines("offer.pause", made)) == len(lines("offer.resume", made)) <= 1
    assert OfferTerms.objects.filter(offer=made).count() == 2


def test_several_clocks_remind_once(there: Market, real_commits: RealCommits) -> None:
    made = published(there, there.ann_login, terms=terms(until_on=TODAY + 3 * DAY))

    outcomes = real_commits.race(clock, [{"days": 0}] * 4)

    assert sorted(one.result for one in outcomes) == [0, 0, 0, 1]
    assert len(lines("offer.remind", made)) == 1


@pytest.mark.parametrize("round_", range(2))
def test_an_order_while_a_number_is_typed_is_never_undone(
    there: Market, real_commits: RealCommits, round_: int
) -> None:
    fund(there.place, there.ben, 100_00)
    made = published(there, there.sjoerd, provider=there.shop.holder, stock=3)
    number: Call = {"login": there.sjoerd.pk, "offer": made.pk, "stock": 10 + round_, "was": 3}

    outcomes = real_commits.race_between([
        (order, {"login": there.ben_login.pk, "offer": made.pk}),
        (say_stock, number),
        (order, {"login": there.ben_login.pk, "offer": made.pk}),
    ])  # fmt: skip

    made.refresh_from_db()
    assert [outcomes[0].result, outcomes[2].result] == ["ordered", "ordered"]
    if outcomes[1].refused:
        assert (outcomes[1].refused, made.stock) == ("offer_stock_moved", 1)
    else:
        assert made.stock == 10 + round_ - 2
    assert find_faults() == []


def test_a_form_that_is_sent_four_times_at_once_makes_one_offer(
    there: Market, real_commits: RealCommits
) -> None:
    call: Call = {
        "login": there.ann_login.pk, "neighbourhood": there.neighbourhood.pk, "category": there.category.pk,
        "key": str(uuid4()),
    }  # fmt: skip

    outcomes = real_commits.race(draft, [call] * 4)

    assert len({one.result for one in outcomes}) == 1
    assert Offer.objects.count() == 1
