from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from marketplace.models import Offer
from marketplace.operations import clock, offers
from marketplace.operations.offer_clock import watch_offers
from marketplace.operations.terms import renew
from marketplace.queries.offers import is_paused_by_clock, on_market, reason_of
from marketplace.states import OfferState
from marketplace.units import OfferUnit
from neighbourhoods.models import ItemKind
from people.models import PartyKind, Role
from tests.factories.market import AT, UNTIL, Market
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.residency import second_login
from tests.factories.values import BEFORE, item, worth
from tests.factories.wallet import open_for
from tests.marketplace.offers.making import DAY, TODAY, admission_of_shop, lines, published, terms

LAST_DAY = TODAY + 30 * DAY


def until(there: Market, **more: Any) -> Offer:
    """On the market for thirty days."""
    return published(there, there.ann_login, terms=terms(until_on=LAST_DAY), **more)


def noon(days: int) -> datetime:
    return AT + days * DAY


def state_of(offer: Offer) -> str:
    return Offer.objects.values_list("state", flat=True).get(pk=offer.pk)


# --- Last days ------------------------------------------------------------------------------------------------------


def test_seven_days_before_its_last_day_there_is_one_mail(there: Market) -> None:
    made = until(there)
    mail.outbox.clear()

    done = [watch_offers(noon(days)) for days in (22, 23, 23, 24, 30)]

    assert done == [0, 1, 0, 0, 0]
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([there.ann_login.email], mail.outbox[0].subject)
    ]
    assert "Band plakken" in mail.outbox[0].subject
    made.refresh_from_db()
    assert (made.reminded_on, made.state) == (TODAY + 23 * DAY, OfferState.PUBLISHED)
    assert len(lines("offer.remind", made)) == 1


def test_an_offer_for_less_than_a_week_is_reminded_of_too(there: Market) -> None:
    published(there, there.ann_login, terms=terms(until_on=TODAY + 2 * DAY))

    assert (watch_offers(AT), watch_offers(AT)) == (1, 0)


def test_another_last_day_is_reminded_of_anew(there: Market) -> None:
    made = until(there)
    watch_offers(noon(23))
    renew(offer=made, until_on=LAST_DAY + 30 * DAY, actor=actor(there.ann_login), at=noon(24))

    assert [watch_offers(noon(days)) for days in (30, 52, 53, 54)] == [0, 0, 1, 0]


def test_on_its_last_day_it_can_be_ordered_and_the_day_after_it_is_off(there: Market) -> None:
    made = until(there)

    watch_offers(noon(30))
    assert (state_of(made), list(on_market(LAST_DAY))) == (OfferState.PUBLISHED, [made])
    assert list(on_market(LAST_DAY + DAY)) == []  # also when the clock does not run
    watch_offers(noon(31))

    made.refresh_from_db()
    assert (made.state, made.paused_by_board, is_paused_by_clock(made)) == (OfferState.PAUSED, False, True)
    assert reason_of(made, "offer.pause") != ""


def test_the_last_day_ends_at_midnight_in_amsterdam(there: Market) -> None:
    made = until(there)
    midnight = datetime(2026, 12, 23, tzinfo=ZoneInfo("Europe/Amsterdam"))

    watch_offers(midnight - DAY / 86400)
    assert state_of(made) == OfferState.PUBLISHED
    watch_offers(midnight)
    assert state_of(made) == OfferState.PAUSED


def test_after_sixty_days_off_it_ends_with_a_mail(there: Market) -> None:
    made = until(there)
    watch_offers(noon(31))
    mail.outbox.clear()

    assert watch_offers(noon(90)) == 0
    assert watch_offers(noon(91)) == 1

    assert (state_of(made), len(mail.outbox)) == (OfferState.ENDED, 1)


def test_what_its_provider_paused_stays_until_long_after_its_last_day(there: Market) -> None:
    made = until(there)
    offers.pause(offer=made, actor=actor(there.ann_login), at=AT)

    assert [watch_offers(noon(days)) for days in (31, 61, 90)] == [0, 0, 0]
    watch_offers(noon(91))

    assert state_of(made) == OfferState.ENDED


def test_what_was_put_back_begins_anew(there: Market) -> None:
    made = until(there)
    watch_offers(noon(31))
    renew(offer=made, until_on=TODAY + 60 * DAY, actor=actor(there.ann_login), at=noon(40))
    offers.pause(offer=made, actor=actor(there.ann_login), at=noon(41))

    watch_offers(noon(95))

    assert state_of(made) == OfferState.PAUSED


def test_drafts_and_what_has_ended_the_clock_leaves_alone(there: Market) -> None:
    made = [until(there) for _one in range(4)]
    for one, state in zip(made, ("DRAFT", "SUBMITTED", "RETURNED", "ENDED"), strict=True):
        Offer.objects.filter(pk=one.pk).update(state=state)

    assert watch_offers(noon(200)) == 0


# --- Values, and who may stand there --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "was", "becomes", "stays"),
    [
        (ItemKind.SERVICE, 12_50, 12_49, False),
        (ItemKind.SERVICE, 12_50, 20_00, True),
        (ItemKind.SERVICE, 12_50, None, True),
        (ItemKind.GOOD, 15_00, 12_50, True),
        (ItemKind.ACTIVITY, 12_50, 20_00, False),
        (ItemKind.FEE, 12_50, 12_50, True),
    ],
)
def test_a_new_value_that_the_price_does_not_fit_takes_it_off(
    there: Market, kind: str, was: int, becomes: int | None, stays: bool
) -> None:
    valued = item(there.neighbourhood, kind=kind)
    worth(valued, was)
    made = published(there, there.ann_login, terms=terms(item=valued, unit=OfferUnit.HOUR))
    worth(valued, becomes, on=TODAY + DAY)
    mail.outbox.clear()

    watch_offers(AT)
    assert state_of(made) == OfferState.PUBLISHED
    watch_offers(noon(1))

    made.refresh_from_db()
    assert (made.state, is_paused_by_clock(made)) == (
        (OfferState.PUBLISHED, False) if stays else (OfferState.PAUSED, True)
    )
    assert len(mail.outbox) == (0 if stays else 1)
    if not stays and becomes:
        assert f"{becomes // 100},{becomes % 100:02}" in reason_of(made, "offer.pause")


def test_what_a_value_took_off_ends_after_sixty_days_though_its_last_day_is_far(there: Market) -> None:
    valued = item(there.neighbourhood, kind=ItemKind.SERVICE)
    worth(valued, 12_50, on=BEFORE)
    made = published(there, there.ann_login, terms=terms(item=valued, unit=OfferUnit.HOUR))
    worth(valued, 10_00, on=TODAY)
    watch_offers(AT)

    assert watch_offers(noon(59)) == 0
    assert UNTIL > TODAY + 60 * DAY
    assert watch_offers(noon(60)) == 1
    assert state_of(made) == OfferState.ENDED


def test_who_moved_away_or_is_not_let_in_any_more_is_taken_off(there: Market) -> None:
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.ben_login, principal=home, role=Role.MEMBER)
    place = there.neighbourhood
    for party in (home, place.party, place.municipality):
        open_for(place, party)
    second_login(there.ann_login)
    made = {
        "ann": published(there, there.ann_login),
        "ben": published(there, there.ben_login),
        "home": published(there, there.ben_login, provider=home),
        "shop": published(there, there.sjoerd, provider=there.shop.holder),
        "town": published(there, there.place.fenna, provider=place.municipality),
    }
    assert watch_offers(AT) == 0
    there.ben.holder.residencies.update(state="ENDED")
    admission_of_shop(there, until_on=TODAY)

    assert (watch_offers(AT), watch_offers(AT), watch_offers(noon(1))) == (2, 0, 1)

    gone = {name for name, one in made.items() if state_of(one) == OfferState.PAUSED}
    assert gone == {"ben", "home", "shop"}


def test_a_household_stays_while_one_of_its_members_lives_there_under_whatever_number(there: Market) -> None:
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    twin = second_login(there.ann_login)
    mandate(person=twin, principal=home, role=Role.MEMBER)
    mandate(person=person("Dirk"), principal=home, role=Role.OWNER)
    open_for(there.neighbourhood, home)
    made = published(there, twin, provider=home)

    assert (watch_offers(AT), state_of(made)) == (0, OfferState.PUBLISHED)


# --- The command ----------------------------------------------------------------------------------------------------


def test_the_command_does_what_is_due_and_says_how_much(
    there: Market, capsys: pytest.CaptureFixture[str], time_machine: Any
) -> None:
    made = until(there)
    time_machine.move_to(noon(31))

    call_command("advance_market")

    assert (state_of(made), capsys.readouterr().out) == (OfferState.PAUSED, "1 steps done.\n")


def test_what_goes_wrong_with_one_stops_no_other_and_is_told(
    there: Market, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = until(there), until(there)
    real = offers.telling.tell

    def tell(offer: Offer, what: offers.Told, *, at: datetime) -> None:
        if offer.pk == bad.pk:
            raise RuntimeError
        real(offer, what, at=at)

    monkeypatch.setattr("marketplace.operations.offer_clock.tell", tell)

    done = clock.advance(noon(31))

    assert (state_of(bad), state_of(good)) == (OfferState.PUBLISHED, OfferState.PAUSED)
    assert done.failed == ["watch_offers"]
    assert "could not be done" in caplog.text
    monkeypatch.setattr("core.clock.now", lambda: noon(31))
    with pytest.raises(CommandError, match="watch_offers"):
        call_command("advance_market")


@pytest.mark.parametrize("number", [1, 3])
def test_looking_for_what_is_due_takes_the_same_queries_for_any_number(
    there: Market, number: int, django_assert_num_queries: Any
) -> None:
    for _one in range(number):
        until(there)

    with django_assert_num_queries(5):
        assert watch_offers(AT) == 0
