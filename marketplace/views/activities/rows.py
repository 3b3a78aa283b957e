"""A shift or an activity as a row of a list: among all that can be done, on the front page of a neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.amounts import format_amount
from marketplace.models import Activity, Participation, Shift
from marketplace.rewarding import reward_of
from marketplace.states import ParticipationState
from marketplace.views.browse.rows import foreign, language, short
from marketplace.views.taking_part.words import hours_words
from neighbourhoods.models import Neighbourhood, Unit
from neighbourhoods.queries.items import per_unit
from people.acting import person_behind
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Coin

COMES: Final = frozenset({ParticipationState.WAITING, ParticipationState.SIGNED_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """`begins_at` is when it begins, or the first of its shifts; `hours` says from when until when, of one shift.
    `language` is that of the title when it is not the reader's; so it is with each part of `meta`. `earns` (minor
    units) is what one shift earns, or one unit of a whole activity; None where it has no value now. `also` says per
    what."""

    url: str
    title: str
    language: str
    begins_at: datetime
    hours: str
    meta: Sequence[tuple[str, str]]
    earns: int | None
    also: str
    coin: Coin
    phase: str
    places: str


def shift_rows(
    shifts: Iterable[Shift], *, at: Neighbourhood | None, own: Mapping[int, str] = MappingProxyType({})
) -> list[ActivityRow]:
    """Rows of shifts that came through `queries.activity_list`. Where each is, is said when it is not `at`
    this place. `own`: how far the visitor is who signed up, by the number of the shift."""
    return [_shift_row(shift, at, own.get(shift.pk)) for shift in shifts]


def own_states(request: HttpRequest, shifts: Iterable[Shift]) -> dict[int, str]:
    """What the visitor signed up for and did not take back, by the number of the shift. One query for who is signed
    in."""
    if not request.user.is_authenticated:
        return {}
    found = Participation.objects.filter(
        shift__in=[one.pk for one in shifts],
        person__in=numbers_of(person_behind(request)).order_by(),
        state__in=COMES,
    )
    return dict(found.values_list("shift", "state"))


def activity_rows(activities: Iterable[Activity], *, at: Neighbourhood | None) -> list[ActivityRow]:
    return [_activity_row(activity, at) for activity in activities]


def _shift_row(shift: Shift, at: Neighbourhood | None, own: str | None) -> ActivityRow:
    activity, read = shift.activity, cast("Any", shift)
    value, unit, minutes = read.value, activity.item.unit, shift.minutes
    phase, places = own_words(own) if own else free_words(shift.places - read.taken)
    coin = activity.neighbourhood.coin
    return ActivityRow(
        url=f"{reverse('activity', args=[activity.ref])}?shift={shift.ref}",
        title=read.told["title"] if read.told else "–",
        language=foreign(read.told["language"]) if read.told else "",
        begins_at=shift.starts_at,
        hours=hours_words(shift),
        meta=_meta(activity, at),
        earns=None if value is None else reward_of(value, unit, minutes),
        also=_per_hour(value, coin) if value and unit == Unit.HOUR else per_unit(unit),
        coin=coin,
        phase=phase,
        places=places,
    )  # fmt: skip


def _activity_row(activity: Activity, at: Neighbourhood | None) -> ActivityRow:
    read = cast("Any", activity)
    told = read.told or {"title": "–", "summary": "", "language": language()}
    summary = (short(told["summary"]), foreign(told["language"]))
    return ActivityRow(
        url=reverse("activity", args=[activity.ref]),
        title=told["title"],
        language=foreign(told["language"]),
        begins_at=read.next_at,
        hours="",
        meta=[part for part in (*_meta(activity, at), summary) if part[0]],
        earns=read.value,
        also=per_unit(activity.item.unit),
        coin=activity.neighbourhood.coin,
        phase="",
        places=ngettext("%(number)s shift", "%(number)s shifts", read.times) % {"number": read.times},
    )  # fmt: skip


def _per_hour(value: int, coin: Coin) -> str:
    return f"{format_amount(value, language(), coin.decimals)} {per_unit(Unit.HOUR)}"


def _meta(activity: Activity, at: Neighbourhood | None) -> list[tuple[str, str]]:
    """Who, in which neighbourhood and where; each with the language that it is in, when that is the activity's own."""
    where = activity.neighbourhood.name if at is None or activity.neighbourhood_id != at.pk else ""
    parts = [(activity.organiser.display_name, ""), (where, ""), (activity.place, foreign(activity.language))]
    return [part for part in parts if part[0]]


def own_words(state: str) -> tuple[str, str]:
    """The same for who signed up."""
    if state == ParticipationState.WAITING:
        return "half", _("you are on the waiting list")
    return "done", _("you come")


def free_words(free: int) -> tuple[str, str]:
    """The phase and the words of how many places are free: a ring while there are, struck when there are none."""
    if free < 1:
        return "no", _("full · waiting list")
    return "open", ngettext("%(number)s place left", "%(number)s places left", free) % {"number": free}
