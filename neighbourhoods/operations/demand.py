"""Demand and supply of valued items: what is reported, from where on it is a signal, and what a signal does.

Whoever offers things registers a source (`register_source`), from a floor above. Once a day the clock asks each source
about this week and the one before. When the figures of a window of eight weeks reach a limit, the item comes on the
agenda, once in that window. A signal asks people to look. It never changes what something is worth, and proposes no
amount either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.form_keys import derive_key
from core.refusals import Refusal
from neighbourhoods.models import (
    DemandFigure,
    DemandLimit,
    DemandSignal,
    Measure,
    Neighbourhood,
    ValuedItem,
)
from neighbourhoods.operations.elections import by_the_clock
from neighbourhoods.operations.elections.clock import Deed
from neighbourhoods.operations.elections.words import in_our_language
from neighbourhoods.operations.meetings.doors import leader_of
from neighbourhoods.operations.values import admit, take_up
from neighbourhoods.queries.demand import (
    LIMITS,
    NAMES,
    READ,
    WEEK,
    Crossing,
    Figures,
    crossings,
    limits_of,
    monday_of,
    to_be_read,
    window_of,
)
from neighbourhoods.queries.values import running_on
from neighbourhoods.states import ValueState

# What a source knows of the items of a neighbourhood in the week that begins on a Monday, by the key of the item.
Source = Callable[[Neighbourhood, date], Mapping[int, Figures]]
_sources: list[Source] = []


class NotAWeek(Refusal):
    """Figures are about a week, which begins on a Monday, and not about one that is still to come."""

    code = "not_a_week"
    sentence = _("Give the Monday of a week that has begun.")


class NotALimit(Refusal):
    """A limit of nothing would be reached by everything, always."""

    code = "not_a_limit"
    sentence = _("Enter a number from 1 up, or nothing.")
    field = "number"


def register_source(function: Source) -> Source:
    """This will have a function asked for figures, once a day. To be registered when an app is ready."""
    if function not in _sources:
        _sources.append(function)
    return function


def report(*, item: ValuedItem, week_on: date, figures: Figures, at: datetime) -> DemandFigure:
    """This will write down demand and supply of an item in a week, in the place of what was told of it before.

    :raises NotAWeek: when the day is no Monday, or is still to come.
    """
    if week_on.weekday() or week_on > day_of(at):
        raise NotAWeek
    row, _is_new = DemandFigure.objects.update_or_create(
        item=item, week_on=week_on, defaults={name: getattr(figures, name) for name in NAMES}
    )
    return row


def watch(*, now: datetime) -> int:
    """This will make the signals that are due at a moment, and say how many: for a place that is filled at once."""
    return sum(deed() is True for _name, deed in signals_due(now))


def set_limit(
    *, neighbourhood: Neighbourhood, measure: str, number: int | None, actor: Actor, at: datetime
) -> None:
    """This will set from which number on demand puts something on the agenda there. None goes back to what holds for
    all. Signals that were made stay.

    :raises BoardOnly, LeadersOnly: to everybody but who leads the board.
    :raises NotALimit: for less than one.
    """
    leader_of(actor, neighbourhood, at)
    if number is not None and number < 1:
        raise NotALimit
    kind = Measure(measure)
    with transaction.atomic():
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        before = limits_of(neighbourhood)[kind]
        own = DemandLimit.objects.filter(neighbourhood=neighbourhood, measure=kind)
        if number is None:
            own.delete()
        else:
            own.update_or_create(neighbourhood=neighbourhood, measure=kind, defaults={"number": number})
        record(
            "demand_limit.set", subject=neighbourhood, actor=actor, at=at,
            before=f"{kind} {before}", after=f"{kind} {number or LIMITS[kind]}",
        )  # fmt: skip


# --- What happens by the clock ----------------------------------------------------------------------------------------


def readings_due(now: datetime) -> list[Deed]:
    """The neighbourhoods about which the sources were not asked yet today; none where nothing was registered."""
    if not _sources:
        return []
    return [(f"demand in {one.slug}", partial(_read, one, now)) for one in to_be_read(day_of(now))]


def signals_due(now: datetime) -> list[Deed]:
    """The items that reached a limit, each once in a window."""
    return [
        (f"signal about item {one.item}", partial(_signal, one, window, now))
        for window in _windows(now)
        for one in _crossings(window, now)
    ]


by_the_clock.extend([readings_due, signals_due])


def _read(neighbourhood: Neighbourhood, now: datetime) -> bool:
    """All sources about one neighbourhood; what several of them know of one item is added up. A source that breaks
    leaves everything as it was, and is asked again."""
    this_week = monday_of(day_of(now))
    with transaction.atomic():
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        if neighbourhood not in to_be_read(day_of(now)):
            return False  # another process was quicker
        for week_on in (this_week - WEEK, this_week):
            told: dict[int, Figures] = {}
            for source in _sources:
                for item, figures in source(neighbourhood, week_on).items():
                    told[item] = told.get(item, Figures()) + figures
            items = ValuedItem.objects.filter(neighbourhood=neighbourhood, pk__in=told).order_by("pk")
            for one in items:
                report(item=one, week_on=week_on, figures=told[one.pk], at=now)
        record(READ, subject=neighbourhood, actor=Actor.system(), at=now)
    return True


Window = tuple[date, date]


def _windows(now: datetime) -> list[Window]:
    """The window of this day, and for a week the one before: its last figures come in when it is over."""
    today = day_of(now)
    return sorted({window_of(today), window_of(today - WEEK)})


def _crossings(window: Window, now: datetime) -> list[Crossing]:
    from_on, until_on = window
    return crossings(from_on=from_on, until_on=min(until_on, day_of(now)))


def _signal(crossing: Crossing, window: Window, now: datetime) -> bool:
    """Put an item on the agenda, or add to the decision about it that is going on. False when there is one already."""
    with transaction.atomic():
        item = ValuedItem.objects.select_related("neighbourhood", "category__parent").get(pk=crossing.item)
        # Whoever proposes something about it takes the same turn.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=item.neighbourhood_id)
        if DemandSignal.objects.filter(item=item, from_on=window[0]).exists():
            return False
        decision = running_on(item) or take_up(
            item=item,
            evidence=_evidence(crossing, window),
            key=derive_key(scope=f"demand.{window[0]}", owner=item.pk, form_id=item.ref),
            at=now,
        )
        signal = DemandSignal.objects.create(
            item=item, measure=crossing.measure, from_on=window[0], until_on=window[1],
            number=crossing.number, limit=crossing.limit, decision=decision, at=now,
        )  # fmt: skip
        record("demand_signal.made", subject=signal, actor=Actor.system(), at=now)
        if decision.state == ValueState.PROPOSED:
            admit(decision=decision, actor=Actor.system(), at=now)
    return True


def _evidence(crossing: Crossing, window: Window) -> str:
    """Who asks for it, in numbers: what everybody reads as the reason that it is on the agenda."""
    with in_our_language():
        return gettext("%(what)s: %(number)s in the weeks from %(first)s on.") % {
            "what": capfirst(str(Measure(crossing.measure).label)),
            "number": crossing.number,
            "first": date_format(window[0], "j F Y"),
        }
