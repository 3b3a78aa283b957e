"""The room of limits: what holds, what is to come, what was; and a new one, told before it is set."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.refusals import NotAllowed
from ledger.models import LimitRule
from ledger.operations import LimitExceeded
from ledger.queries import limit_in_force
from tests.factories.wallet import AT, Place
from tests.wallet.finance_holders.conftest import signed_in
from tests.wallet.finance_holders.undoing import at_desk, paid
from wallet.operations.desk_limits import say_limit
from wallet.queries.limits import limits_by_kind

TODAY = date(2026, 11, 22)


def said(
    there: Place, per_day: int | None, *, first: date = TODAY, last: date | None = None, kind: str = "PERSON"
) -> LimitRule:
    return say_limit(
        neighbourhood=there.neighbourhood, holder_kind=kind, per_payment=None, per_day=per_day, per_month=None,
        from_on=first, until_on=last, actor=at_desk(there, there.fenna), at=AT,
    )  # fmt: skip


def form(**words: str) -> dict[str, str]:
    return {"holder_kind": "PERSON", "per_payment": "50", "per_day": "", "per_month": "300,00", "from_on": "2026-11-22",
            "until_on": "", **words}  # fmt: skip


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


class TestWhatHolds:
    def test_of_several_for_today_the_one_said_last_holds(self, there: Place) -> None:
        first, second = said(there, 10_00), said(there, 20_00)

        (limits,) = limits_by_kind(there.coin, TODAY)

        assert (limits.now, limits.past, limits.waiting, limits.coming) == (second, [first], [], [])
        assert limits.now == limit_in_force(there.coin, "PERSON", TODAY)

    def test_one_that_is_pushed_aside_for_a_while_holds_again_later(self, there: Place) -> None:
        always, december = said(there, 10_00), said(there, 99_00, last=days(7))

        (limits,) = limits_by_kind(there.coin, TODAY)
        assert (limits.now, limits.waiting, limits.past) == (december, [always], [])

        (later,) = limits_by_kind(there.coin, days(8))
        assert (later.now, later.past) == (always, [december])
        assert later.now == limit_in_force(there.coin, "PERSON", days(8))

    def test_what_is_to_come_stands_in_the_order_of_days(self, there: Place) -> None:
        later, sooner = said(there, 10_00, first=days(20)), said(there, 20_00, first=days(10))

        (limits,) = limits_by_kind(there.coin, TODAY)

        assert (limits.now, limits.coming) == (None, [sooner, later])

    @pytest.mark.parametrize("rules", [1, 3])
    def test_all_of_them_are_one_query(
        self, there: Place, rules: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for kind in ["PERSON", "COMPANY", "ASSOCIATION"][:rules]:
            said(there, 10_00, kind=kind)

        with django_assert_num_queries(1):
            assert len(limits_by_kind(there.coin, TODAY)) == rules


class TestSetting:
    def test_first_it_is_told_in_a_sentence_and_then_it_holds(self, there: Place) -> None:
        client, here = signed_in(there.fenna), reverse("finance_limits", args=[there.neighbourhood.slug])
        told = client.post(here, form()).content.decode()
        assert "From 22 November 2026 on each person pays at most: 50.00 at once, 300.00 in a month." in told
        assert not LimitRule.objects.exists()

        page = client.post(here, form(sure="1"), follow=True).content.decode()

        assert "The limit is set." in page
        rule = LimitRule.objects.get()
        assert (rule.coin, rule.holder_kind, rule.from_on, rule.until_on) == (
            there.coin,
            "PERSON",
            TODAY,
            None,
        )
        assert (rule.per_payment, rule.per_day, rule.per_month) == (50_00, None, 300_00)
        with pytest.raises(LimitExceeded):
            paid(there.ann, there.shop, 50_01, there.ann_login)

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (
                {"until_on": "2026-12-31"},
                "From 22 November 2026 up to and including 31 December 2026 each person pays at most: 50.00 at once",
            ),
            (
                {"per_payment": "", "per_month": ""},
                "From 22 November 2026 on there is no limit for each person.",
            ),
            (
                {"per_payment": "", "per_month": "", "until_on": "2026-12-31"},
                "From 22 November 2026 up to and including 31 December 2026 there is no limit for each person.",
            ),
        ],
    )
    def test_the_sentence_says_what_it_means(self, there: Place, words: dict[str, str], told: str) -> None:
        here = reverse("finance_limits", args=[there.neighbourhood.slug])

        assert told in signed_in(there.fenna).post(here, form(**words)).content.decode()

    def test_sent_twice_it_is_one_limit(self, there: Place) -> None:
        client, here = signed_in(there.fenna), reverse("finance_limits", args=[there.neighbourhood.slug])
        for _time in range(2):
            client.post(here, form(sure="1"))

        assert LimitRule.objects.count() == 1

    def test_said_again_after_another_it_is_a_new_one(self, there: Place) -> None:
        said(there, 10_00)
        said(there, 20_00)
        said(there, 10_00)

        (limits,) = limits_by_kind(there.coin, TODAY)
        assert limits.now is not None
        assert (LimitRule.objects.count(), limits.now.per_day) == (3, 10_00)

    @pytest.mark.parametrize(
        ("words", "said_"),
        [
            ({"from_on": "2026-11-21"}, "Choose today or a later day."),
            ({"until_on": "2026-11-21"}, "The last day lies before the first day."),
            ({"per_payment": "-5"}, "Enter an amount without a minus sign"),
            ({"holder_kind": "GOD"}, "Choose for whom."),
            ({"holder_kind": ""}, "Choose for whom."),
            ({"from_on": "soon"}, "Enter a date, for example 21-11-2026."),
        ],
    )
    def test_what_is_filled_in_wrong_is_said_and_sets_nothing(
        self, there: Place, words: dict[str, str], said_: str
    ) -> None:
        here = reverse("finance_limits", args=[there.neighbourhood.slug])
        page = signed_in(there.fenna).post(here, form(sure="1", **words)).content.decode()

        assert said_ in page
        assert not LimitRule.objects.exists()

    @pytest.mark.parametrize("who", ["ann_login", "cas_login", "sjoerd", "owner_of_club"])
    def test_for_everybody_else_there_is_no_such_room(self, there: Place, who: str) -> None:
        client, here = (
            signed_in(getattr(there, who)),
            reverse("finance_limits", args=[there.neighbourhood.slug]),
        )

        assert [client.get(here).status_code, client.post(here, form(sure="1")).status_code] == [404, 404]
        assert not LimitRule.objects.exists()

    def test_only_the_desk_sets_one(self, there: Place) -> None:
        with pytest.raises(NotAllowed):
            say_limit(
                neighbourhood=there.neighbourhood, holder_kind="PERSON", per_payment=1, per_day=None, per_month=None,
                from_on=TODAY, until_on=None, actor=at_desk(there, there.ann_login), at=AT,
            )  # fmt: skip

    def test_the_page_shows_each_with_its_period(self, there: Place) -> None:
        said(there, 10_00, last=days(7))
        said(there, 20_00, first=days(1), kind="COMPANY")
        here = reverse("finance_limits", args=[there.neighbourhood.slug])
        page = signed_in(there.tom).get(here).content.decode()

        assert "22 November 2026 up to and including 29 November 2026" in page
        assert "from 23 November 2026 on" in page
        assert "10.00" in page
        assert "20.00" in page
