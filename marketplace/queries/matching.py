"""What suits a resident, and who could help an organiser. The rule itself is `marketplace.suiting`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import F, Prefetch, Q, QuerySet

from core.clock import day_of
from marketplace.models import (
    Activity,
    Direction,
    Offer,
    OfferKind,
    Participation,
    Reach,
    Response,
    Shift,
    SkillProfile,
)
from marketplace.queries import activities, offers
from marketplace.queries.participations import UNSETTLED, with_counts
from marketplace.queries.skills import profile_of, profiles_in
from marketplace.queries.skills import with_all as with_skills
from marketplace.states import ResponseState
from marketplace.suiting import Means, Reason, Work, means_of, on_the_wall, reasons_for, slots_of, weight_of
from neighbourhoods.models import Category
from neighbourhoods.queries.residency import neighbourhood_of
from people.models import Party
from people.queries import numbers_of

AHEAD: Final = timedelta(weeks=8)
MOST_LOOKED_AT: Final = 400  # shifts, offers or people: the first ones, or the latest
MOST: Final = 12
WORK: Final = (OfferKind.SERVICE, OfferKind.JOB)  # what is wanted and somebody can do


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A shift or something wanted that suits somebody, with the reasons. `others` is how many more shifts of the same
    activity do."""

    reasons: tuple[Reason, ...]
    shift: Shift | None = None
    offer: Offer | None = None
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could help, with the reasons."""

    profile: SkillProfile
    reasons: tuple[Reason, ...]


# --- What suits somebody ----------------------------------------------------------------------------------------------


def suggestions_for(person: Party, now: datetime) -> list[Suggestion]:
    """What suits a resident in the coming weeks, the best first: shifts with places where they live, one of each
    activity, and what is wanted on the market. Nothing without a profile. A fixed number of queries."""
    profile, place = profile_of(person), neighbourhood_of(person)
    if profile is None or place is None or (means := means_of(profile)).says_nothing:
        return []
    numbers = list(numbers_of(person).values_list("pk", flat=True))
    shifts = _open_shifts(place.pk, now).exclude(activity__organiser__in=numbers)
    shifts = shifts.filter(_of_kind(means, "activity__item__category"))
    wanted = _wanted(place.pk, numbers, day_of(now))
    kinds = _of_kind(means, "category") | (Q(kind=OfferKind.JOB) if means.seeks_work else Q(pk__in=[]))
    found = [
        *_shifts_that_suit(means, shifts, _busy(person)),
        *_offers_that_suit(means, wanted.filter(kinds), place.pk),
    ]
    found.sort(key=lambda one: -weight_of(one.reasons))  # within a weight the first to come stays first
    return found[:MOST]


def open_shifts_in(place: int, now: datetime) -> QuerySet[Shift]:
    """The shifts of a neighbourhood with places left in the coming weeks, and their activities; by day."""
    return _with_activities(_open_shifts(place, now))


def jobs_in(place: int, on: date) -> QuerySet[Offer]:
    """The jobs that are wanted of who lives in a neighbourhood, the latest first."""
    return _wanted(place, (), on).filter(kind=OfferKind.JOB)


def _shifts_that_suit(means: Means, shifts: QuerySet[Shift], busy: Sequence[Shift]) -> list[Suggestion]:
    by_activity: dict[int, list[tuple[Shift, tuple[Reason, ...]]]] = defaultdict(list)
    for shift in _with_activities(shifts)[:MOST_LOOKED_AT]:
        if any(one.starts_at < shift.ends_at and shift.starts_at < one.ends_at for one in busy):
            continue
        if reasons := reasons_for(means, _work_of_shift(shift), promised=_minutes_in_week_of(shift, busy)):
            by_activity[shift.activity_id].append((shift, reasons))
    return [
        Suggestion(shift=fitting[0][0], reasons=fitting[0][1], others=len(fitting) - 1)
        for fitting in by_activity.values()
    ]


def _offers_that_suit(means: Means, wanted: QuerySet[Offer], place: int) -> list[Suggestion]:
    return [
        Suggestion(offer=offer, reasons=reasons)
        for offer in wanted[:MOST_LOOKED_AT]
        if (reasons := reasons_for(means, _work_of_offer(offer, place)))
    ]


def _work_of_shift(shift: Shift) -> Work:
    return Work(category=shift.activity.item.category, slots=slots_of(shift), minutes=shift.minutes)


def _work_of_offer(offer: Offer, place: int) -> Work:
    is_near = offer.neighbourhood_id == place
    return Work(category=offer.category, is_job=offer.kind == OfferKind.JOB, is_near=is_near)


def _open_shifts(place: int, now: datetime) -> QuerySet[Shift]:
    coming = activities.coming(now).filter(activity__neighbourhood=place, starts_at__lt=now + AHEAD)
    return with_counts(coming).filter(Q(taken__lt=F("places")))


def _with_activities(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    return shifts.prefetch_related(Prefetch("activity", activities.with_all(Activity.objects.all())))


def _of_kind(means: Means, path: str) -> Q:
    """Of a kind that was named: so that a long list need not be read to be left out."""
    named = [*means.can.values(), *means.learns.values()]
    numbers = {one.pk for one in named}
    above = {one.parent_id for one in named if one.parent_id}
    return Q(**{f"{path}__in": numbers | above}) | Q(**{f"{path}__parent__in": numbers})


def _wanted(place: int, numbers: Collection[int], on: date) -> QuerySet[Offer]:
    """What is wanted of who lives in a neighbourhood, that they did not ask themselves nor answer yet."""
    answered = Response.objects.filter(responder__in=numbers, state=ResponseState.OPEN)
    near = Q(neighbourhood=place) | Q(reach=Reach.NAMED, terms__places__neighbourhood=place)
    found = offers.on_market(on).filter(near, direction=Direction.DEMAND, kind__in=WORK)
    found = found.exclude(stock=0).exclude(provider__in=numbers).exclude(pk__in=answered.values("offer"))
    return offers.with_all(found.distinct()).order_by("-published_at", "-pk")


def _busy(person: Party) -> list[Shift]:
    """The shifts that somebody takes part in or waits for, and was not paid for."""
    mine = Participation.objects.filter(person__in=numbers_of(person).order_by(), state__in=UNSETTLED)
    return [row.shift for row in mine.select_related("shift")]


def _minutes_in_week_of(shift: Shift, busy: Sequence[Shift]) -> int:
    week = on_the_wall(shift.starts_at).isocalendar()[:2]
    return sum(one.minutes for one in busy if on_the_wall(one.starts_at).isocalendar()[:2] == week)


# --- Who suits something ----------------------------------------------------------------------------------------------


def people_for(
    thing: Activity | Offer, viewer: Party, now: datetime, *, seen_by: Collection[str]
) -> list[Candidate]:
    """Who could help with an activity or with what is wanted, the best first: of who lives there and shows to one of
    `seen_by` what they can do. Not the viewer, nor who comes already or answered. A fixed number of queries."""
    works = _works_of(thing, now)
    if not works:
        return []
    named = _who_named(works[0].category) | (Q(seeks_work=True) if works[0].is_job else Q(pk__in=[]))
    profiles = profiles_in(thing.neighbourhood, seen_by).exclude(person__in=numbers_of(viewer).order_by())
    found = profiles.exclude(_has_said_yes(thing, now)).filter(named).distinct()
    return _who_suit(works, with_skills(found)[:MOST_LOOKED_AT])


def _works_of(thing: Activity | Offer, now: datetime) -> list[Work]:
    """What there is to be done: of an activity each shift that has places."""
    if isinstance(thing, Offer):
        return [_work_of_offer(thing, thing.neighbourhood_id)]
    shifts = _open_shifts(thing.neighbourhood_id, now).filter(activity=thing)[:MOST_LOOKED_AT]
    category = thing.item.category
    return [Work(category=category, slots=slots_of(one), minutes=one.minutes) for one in shifts]


def _has_said_yes(thing: Activity | Offer, now: datetime) -> Q:
    """Of a profile: whose help is there already, and of a person who organises or asks it themself."""
    if isinstance(thing, Offer):
        answered = Response.objects.filter(offer=thing, state=ResponseState.OPEN)
        return Q(person__in=answered.values("responder")) | Q(person=thing.provider_id)
    coming = Participation.objects.filter(shift__activity=thing, shift__starts_at__gt=now)
    signed_up = coming.filter(state__in=UNSETTLED)
    return Q(person__in=signed_up.values("person")) | Q(person=thing.organiser_id)


def _who_named(category: Category) -> Q:
    numbers = [category.pk, *([category.parent_id] if category.parent_id else [])]
    return Q(skills__category__in=numbers) | Q(skills__category__parent=category)


def _who_suit(works: Sequence[Work], profiles: QuerySet[SkillProfile]) -> list[Candidate]:
    found = []
    for profile in profiles:
        means = means_of(profile)
        fitting = [reasons for work in works if (reasons := reasons_for(means, work))]
        if fitting:
            found.append(Candidate(profile=profile, reasons=max(fitting, key=weight_of)))
    found.sort(key=lambda one: -weight_of(one.reasons))
    return found
