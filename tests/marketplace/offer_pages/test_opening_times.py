"""When somebody who sells is open: a line for each day, as people write it."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from core.models import AuditEntry
from core.refusals import NotAllowed
from marketplace.forms.offer_steps import HoursForm
from marketplace.models import OpeningTime
from marketplace.operations.opening_times import HoursDoNotFit, set_opening_times
from marketplace.queries.opening import hours_of, open_days_of
from tests.factories.market import AT, Market
from tests.factories.people import actor
from tests.marketplace.offer_pages.scene import signed_in, words

NINE, NOON, ONE, FIVE = time(9), time(12), time(13), time(17, 30)


def read(typed: str) -> Any:
    """What a day's line is understood as; None when it is not."""
    form = HoursForm({"day_1": typed}, hours={})
    return form.week()[1] if form.is_valid() else None


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("", ()),
        ("   ", ()),
        ("9-17.30", ((NINE, FIVE),)),
        ("9:00-17:30", ((NINE, FIVE),)),
        ("09.00 tot 17.30", ((NINE, FIVE),)),
        ("9:00 – 12:00, 13:00 to 17:30", ((NINE, NOON), (ONE, FIVE))),
        ("9-12 en 13-17:30", ((NINE, NOON), (ONE, FIVE))),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, hours: Any) -> None:
    assert read(typed) == hours


@pytest.mark.parametrize(
    "typed", ["closed", "9", "9-", "25:00-26:00", "9:75-10:00", "9-12-15", "<b>9-12</b>", "9-12 x"]
)
def test_what_is_not_understood_is_refused_and_not_guessed(typed: str) -> None:
    assert read(typed) is None


def test_sjoerd_says_when_the_shop_is_open_and_finds_it_filled_in(there: Market) -> None:
    page = f"/en/market/offers/hours/{there.shop.holder.uuid}/"
    sjoerd = signed_in(there.sjoerd)

    sjoerd.post(page, {"day_2": "9-12, 13-17.30", "day_3": "9-17:30"})

    assert hours_of(there.shop.holder) == {2: ((NINE, NOON), (ONE, FIVE)), 3: ((NINE, FIVE),)}
    shown = sjoerd.get(page).content.decode()
    assert 'value="09:00-12:00, 13:00-17:30"' in shown
    assert AuditEntry.objects.filter(event="opening_times.set").count() == 1


def test_another_week_takes_the_place_of_the_one_before(there: Market) -> None:
    page = f"/en/market/offers/hours/{there.shop.holder.uuid}/"
    sjoerd = signed_in(there.sjoerd)
    sjoerd.post(page, {"day_2": "9-12", "day_3": "9-12"})

    sjoerd.post(page, {"day_3": "13-17.30"})

    assert hours_of(there.shop.holder) == {3: ((ONE, FIVE),)}


@pytest.mark.parametrize("typed", ["17.30-9", "9-9", "9-12, 11-13", "13-17, 9-12"])
def test_hours_that_cannot_be_are_refused_and_the_week_stays(there: Market, typed: str) -> None:
    page = f"/en/market/offers/hours/{there.shop.holder.uuid}/"
    sjoerd = signed_in(there.sjoerd)
    sjoerd.post(page, {"day_1": "9-12"})

    refused = sjoerd.post(page, {"day_1": "13-17.30", "day_2": typed})

    assert "These hours do not fit" in words(refused)
    assert hours_of(there.shop.holder) == {1: ((NINE, NOON),)}


def test_nobody_else_says_when_the_shop_is_open(there: Market) -> None:
    page = f"/en/market/offers/hours/{there.shop.holder.uuid}/"

    for login in (there.ann_login, there.bea, there.cas_login):
        assert signed_in(login).post(page, {"day_1": "9-12"}).status_code == 404
        with pytest.raises(NotAllowed):
            set_opening_times(
                provider=there.shop.holder, week={1: ((NINE, NOON),)}, actor=actor(login), at=AT
            )
    assert "/login/" in Client().get(page)["Location"]
    assert not OpeningTime.objects.exists()


def test_more_hours_than_a_day_is_cut_into_are_refused(there: Market) -> None:
    often = tuple((time(hour), time(hour, 30)) for hour in (8, 10, 12, 14))

    with pytest.raises(HoursDoNotFit):
        set_opening_times(provider=there.shop.holder, week={1: often}, actor=actor(there.sjoerd), at=AT)


def test_the_database_refuses_who_closes_before_they_open(there: Market) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningTime.objects.create(provider=there.shop.holder, weekday=1, opens_at=FIVE, closes_at=NINE)
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningTime.objects.create(provider=there.shop.holder, weekday=8, opens_at=NINE, closes_at=FIVE)


def test_days_with_the_same_hours_are_one_line(there: Market) -> None:
    week = dict.fromkeys((1, 2, 3, 5, 7), ((NINE, FIVE),))
    set_opening_times(provider=there.shop.holder, week=week, actor=actor(there.sjoerd), at=AT)

    said = [(run.days, run.words) for run in open_days_of(there.shop.holder)]

    assert said == [
        ("Monday to Wednesday", "09:00 to 17:30"),
        ("Friday", "09:00 to 17:30"),
        ("Sunday", "09:00 to 17:30"),
    ]
