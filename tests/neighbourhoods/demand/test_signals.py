"""Demand that reaches a limit puts an item on the agenda: once in a window, and never with a price."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError
from pytest_django import DjangoAssertNumQueries

from core.models import AuditEntry
from neighbourhoods.models import (
    DemandLimit,
    DemandSignal,
    Measure,
    Neighbourhood,
    SeatOffice,
    ValueDecision,
    ValuedItem,
    ValueVersion,
)
from neighbourhoods.operations.demand import NotALimit, set_limit, signals_due
from neighbourhoods.operations.elections import advance
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.queries.demand import LIMITS, limits_of
from neighbourhoods.queries.items import value_on
from neighbourhoods.states import ValueState
from tests.factories import values
from tests.factories.people import actor, person
from tests.factories.residency import municipality, place, resident, seated
from tests.neighbourhoods.demand.conftest import FROM, NOW, UNTIL, look, tell

LIMIT = LIMITS[Measure.WAITING]
NEXT = datetime(2026, 12, 2, 11, tzinfo=UTC)  # in the window after this one


def decisions_about(item: ValuedItem) -> list[tuple[str, int | None]]:
    """Those that go on: of each how far it is and the amount that it proposes."""
    found = ValueDecision.objects.filter(item=item).exclude(state=ValueState.IN_FORCE)
    return list(found.order_by("pk").values_list("state", "proposed"))


class TestTheLimit:
    def test_one_less_than_the_limit_does_nothing_and_the_limit_itself_does(
        self, reading: ValuedItem
    ) -> None:
        tell(reading, waiting=LIMIT - 1)
        assert (look(NOW), DemandSignal.objects.count()) == (0, 0)

        tell(reading, waiting=LIMIT)
        assert (look(NOW), decisions_about(reading)) == (1, [(ValueState.ADMITTED, None)])

    def test_the_weeks_of_a_window_are_added_up(self, reading: ValuedItem) -> None:
        tell(reading, weeks_ago=6, waiting=4)
        tell(reading, weeks_ago=2, waiting=3)
        tell(reading, waiting=4)

        look(NOW)

        assert list(
            DemandSignal.objects.values_list("measure", "number", "limit", "from_on", "until_on")
        ) == [(Measure.WAITING, 11, LIMIT, FROM, UNTIL)]

    def test_what_was_before_the_window_does_not_count(self, reading: ValuedItem) -> None:
        tell(reading, weeks_ago=7, waiting=100)

        assert look(NOW) == 0

    def test_of_several_limits_the_one_that_was_passed_furthest_is_told(self, reading: ValuedItem) -> None:
        tell(reading, waiting=12, open_demand=30, open_places=21)

        look(NOW)

        assert DemandSignal.objects.get().measure == Measure.OPEN_DEMAND

    def test_people_who_signed_up_are_no_sign_of_anything(self, reading: ValuedItem) -> None:
        tell(reading, sign_ups=1000)

        assert look(NOW) == 0

    def test_a_limit_of_the_neighbourhood_goes_before_the_one_for_all_and_only_there(
        self, reading: ValuedItem
    ) -> None:
        sluiskade = place("Sluiskade", of=reading.neighbourhood.municipality)
        values.value_policy(sluiskade)
        there = values.item(sluiskade, "Voorlezen")
        DemandLimit.objects.create(neighbourhood=sluiskade, measure=Measure.WAITING, number=50)
        for item in (reading, there):
            tell(item, waiting=49)

        look(NOW)

        assert list(DemandSignal.objects.values_list("item", flat=True)) == [reading.pk]


class TestOnceAWindow:
    def test_however_often_the_clock_looks_and_however_much_is_added_there_is_one(
        self, reading: ValuedItem
    ) -> None:
        for waiting in range(0, 200, 10):
            tell(reading, waiting=waiting)
            look(NOW)

        assert (DemandSignal.objects.count(), signals_due(NOW)) == (1, [])
        assert decisions_about(reading) == [(ValueState.ADMITTED, None)]

    def test_in_the_next_window_demand_that_lasts_adds_to_the_same_decision(
        self, reading: ValuedItem
    ) -> None:
        tell(reading, waiting=LIMIT)
        look(NOW)
        values_of_next_window(reading, waiting=LIMIT)

        look(NEXT)

        assert DemandSignal.objects.count() == 2
        assert len(set(DemandSignal.objects.values_list("decision", flat=True))) == 1

    def test_in_the_next_window_it_comes_on_the_agenda_anew_when_the_first_decision_is_over(
        self, reading: ValuedItem
    ) -> None:
        tell(reading, waiting=LIMIT)
        look(NOW)
        ValueDecision.objects.filter(state=ValueState.ADMITTED).update(state=ValueState.WITHDRAWN)
        look(NOW + timedelta(hours=1))
        assert decisions_about(reading) == [(ValueState.WITHDRAWN, None)]

        values_of_next_window(reading, waiting=LIMIT)
        look(NEXT)

        assert decisions_about(reading) == [(ValueState.WITHDRAWN, None), (ValueState.ADMITTED, None)]

    def test_figures_that_come_in_after_the_last_day_of_a_window_still_count_in_it(
        self, reading: ValuedItem
    ) -> None:
        tell(reading, waiting=LIMIT)

        assert look(NEXT) == 1
        assert DemandSignal.objects.get().from_on == FROM

    def test_the_database_refuses_a_second_one_in_a_window(self, reading: ValuedItem) -> None:
        tell(reading, waiting=LIMIT)
        look(NOW)
        first = DemandSignal.objects.get()

        with pytest.raises(IntegrityError, match=r"one_signal_a_window|UNIQUE"):
            DemandSignal.objects.bulk_create([again(first)])

    @pytest.mark.parametrize("change", [{"number": 1}, {"limit": 1}, {"measure": Measure.OPEN_PLACES}])
    def test_the_database_refuses_to_change_one(self, reading: ValuedItem, change: dict[str, Any]) -> None:
        tell(reading, waiting=LIMIT)
        look(NOW)

        with pytest.raises(DatabaseError, match="append"):
            DemandSignal.objects.update(**change)


class TestWhatItDoes:
    def test_the_decision_has_no_proposer_and_no_amount_and_says_who_asks_for_it(
        self, reading: ValuedItem
    ) -> None:
        tell(reading, waiting=14)

        look(NOW)

        made = DemandSignal.objects.get().decision
        assert (made.proposed_by, made.proposed, made.low, made.high) == (None, None, None, None)
        assert (made.admitted_at, made.is_ending) == (NOW, False)
        assert "14" in made.evidence

    def test_no_price_follows_from_it_whatever_the_figures_are(self, reading: ValuedItem) -> None:
        before = list(ValueVersion.objects.values())
        for weeks_ago in range(8):
            tell(reading, weeks_ago=weeks_ago, waiting=900, open_demand=900, open_places=900)

        look(NOW)
        look(NEXT)

        assert list(ValueVersion.objects.values()) == before
        assert value_on(reading, NEXT.date()) == 800

    def test_what_a_resident_proposed_comes_on_the_agenda_with_the_amount_that_they_proposed(
        self, reading: ValuedItem
    ) -> None:
        proposed = values.value_decision(reading, by=person("Ann"))
        tell(reading, waiting=LIMIT)

        look(NOW)

        assert decisions_about(reading) == [(ValueState.ADMITTED, 900)]
        assert DemandSignal.objects.get().decision == proposed

    @pytest.mark.parametrize(
        "state", [ValueState.ADMITTED, ValueState.CONSULTATION, ValueState.VOTING, ValueState.APPEAL]
    )
    def test_to_what_is_on_its_way_it_is_added_and_nothing_about_that_changes(
        self, reading: ValuedItem, state: str
    ) -> None:
        running = values.value_decision(reading, state=state)
        before = ValueDecision.objects.filter(pk=running.pk).values().get()
        tell(reading, waiting=LIMIT)

        look(NOW)

        assert ValueDecision.objects.filter(pk=running.pk).values().get() == before
        assert DemandSignal.objects.get().decision == running

    def test_what_never_had_a_value_comes_on_the_agenda_too(self, molenwijk: Neighbourhood) -> None:
        new = values.item(molenwijk, "Hulp met de computer")
        tell(new, open_demand=10)

        look(NOW)

        assert decisions_about(new) == [(ValueState.ADMITTED, None)]

    def test_it_is_in_the_trail_and_nobody_did_it(self, reading: ValuedItem) -> None:
        tell(reading, waiting=LIMIT)

        look(NOW)

        lines = list(AuditEntry.objects.order_by("pk"))[-3:]
        assert [line.event for line in lines] == [
            "value_decision.propose", "value_decision.admit", "demand_signal.made",
        ]  # fmt: skip
        assert [line.acted_by for line in lines] == [None] * 3

    def test_where_nobody_said_how_values_are_decided_it_waits_and_others_go_on(
        self, reading: ValuedItem
    ) -> None:
        without = place("Zonneveld", of=municipality("Elders"))
        there = values.item(without, "Voorlezen")
        for item in (there, reading):
            tell(item, waiting=LIMIT)

        done = advance(now=NOW)

        assert (done.waiting, done.failed) == ([f"signal about item {there.pk}: no_policy"], [])
        assert list(DemandSignal.objects.values_list("item", flat=True)) == [reading.pk]

    @pytest.mark.parametrize("number", [1, 3])
    def test_looking_costs_the_same_however_many_items_there_are(
        self, molenwijk: Neighbourhood, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for i in range(number):
            tell(values.item(molenwijk, f"Ding {i}"), waiting=LIMIT)

        with django_assert_num_queries(2):
            assert len(signals_due(NOW)) == number


class TestSettingALimit:
    def test_the_chair_sets_one_and_takes_it_away_again(self, molenwijk: Neighbourhood) -> None:
        ann = person("Ann")
        resident(ann, molenwijk)
        seated(ann, molenwijk, office=SeatOffice.CHAIR)

        def limit(number: int | None) -> int:
            set_limit(
                neighbourhood=molenwijk, measure=Measure.WAITING, number=number, actor=actor(ann), at=NOW
            )
            return limits_of(molenwijk)[Measure.WAITING]

        assert [limit(5), limit(7), limit(None)] == [5, 7, LIMIT]
        assert not DemandLimit.objects.exists()
        lines = AuditEntry.objects.filter(event="demand_limit.set").order_by("pk")
        assert list(lines.values_list("before", "after", "acted_by")) == [
            ("WAITING 10", "WAITING 5", ann.person_id), ("WAITING 5", "WAITING 7", ann.person_id),
            ("WAITING 7", "WAITING 10", ann.person_id),
        ]  # fmt: skip

    def test_another_member_of_the_board_does_not_while_there_is_a_chair(
        self, molenwijk: Neighbourhood
    ) -> None:
        ann, ben, cas = person("Ann"), person("Ben"), person("Cas")
        for login, office in ((ann, SeatOffice.CHAIR), (ben, SeatOffice.MEMBER)):
            resident(login, molenwijk)
            seated(login, molenwijk, office=office)

        for login, refusal in ((ben, LeadersOnly), (cas, BoardOnly)):
            with pytest.raises(refusal):
                set_limit(
                    neighbourhood=molenwijk, measure=Measure.WAITING, number=1, actor=actor(login), at=NOW
                )
        assert not DemandLimit.objects.exists()

    @pytest.mark.parametrize("number", [0, -1])
    def test_a_limit_of_nothing_is_refused_by_the_operation_and_by_the_database(
        self, molenwijk: Neighbourhood, number: int
    ) -> None:
        ann = person("Ann")
        resident(ann, molenwijk)
        seated(ann, molenwijk, office=SeatOffice.CHAIR)

        with pytest.raises(NotALimit):
            set_limit(
                neighbourhood=molenwijk, measure=Measure.WAITING, number=number, actor=actor(ann), at=NOW
            )
        with pytest.raises(IntegrityError):
            DemandLimit.objects.create(neighbourhood=molenwijk, measure=Measure.WAITING, number=number)


def values_of_next_window(item: ValuedItem, **figures: int) -> None:
    item.figures.create(week_on=UNTIL + timedelta(days=1), **figures)


def again(of: DemandSignal) -> DemandSignal:
    fields = ("item", "measure", "from_on", "until_on", "number", "limit", "decision", "at")
    return DemandSignal(**{name: getattr(of, name) for name in fields})
