"""The moments of an election: what a policy asks of them, and a first set that meets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.counting.paper import MOST_SEATS
from neighbourhoods.models import DecisionPolicy, Meeting, Neighbourhood

OPENS_AT, CLOSES_AT = time(8), time(20)  # local hours of a first set of moments
# What happens by the clock may come this late without anybody losing a day.
GRACE = timedelta(hours=1)
DAY = timedelta(days=1)


class NotInOrder(Refusal):
    """Nominations, roll, voting and term follow each other."""

    code = "not_in_order"
    sentence = _(
        "These moments are not in the right order. First nominations, then the roll, then voting, then the term."
    )


class SeatsRefused(Refusal):
    """A board has at least one seat, and no more than can be counted."""

    code = "seats"
    sentence = _("Choose a number of seats from 1 to %(most)s.")
    field = "seats"


class TooFewDays(Refusal):
    """The rules of the neighbourhood promise more days than these moments leave."""

    code = "too_few_days"
    sentence = _("The rules of this neighbourhood ask for more days here.")

    def __init__(self, *, field: str, days: int) -> None:
        super().__init__(days=days)
        self.days = days
        self.field = field  # type: ignore[misc]  # the moment that has to move

    def __str__(self) -> str:
        return ngettext(
            "The rules of this neighbourhood ask for at least %(days)s day here.",
            "The rules of this neighbourhood ask for at least %(days)s days here.",
            self.days,
        ) % {"days": self.days}


class AlreadyPast(Refusal):
    """What is announced has yet to begin."""

    code = "already_past"
    sentence = _("Nominations cannot begin in the past. Choose today or a later day.")
    field = "nominations_from"


class TermTooSoon(Refusal):
    """A new board begins when the time for appeals is over."""

    code = "term_too_soon"
    sentence = _("The term begins after the days for appeals. Choose %(on)s or later.")
    field = "term_from_on"


class TermTooLong(Refusal):
    """The rules say for how long a board is chosen."""

    code = "term_too_long"
    sentence = _("By the rules of this neighbourhood the term ends on %(on)s at the latest.")
    field = "term_until_on"


class NotBeforeThatMeeting(Refusal):
    """Votes before a meeting count as cast there only within the days that the rules allow (at most 30)."""

    code = "not_before_that_meeting"
    sentence = _(
        "Voting must lie within the %(days)s days before the meeting, and end before the meeting begins."
    )
    field = "opens_at"


class MeetingNeeded(Refusal):
    """Where votes count as cast at a meeting, there is one."""

    code = "meeting_needed"
    sentence = _(
        "The rules of this neighbourhood ask for a general meeting at which the votes count. "
        "Change the election and choose that meeting. If there is none yet, the board plans it."
    )
    field = "meeting"


class AnotherPlace(Refusal):
    """The meeting is one of another neighbourhood."""

    code = "another_place"
    sentence = _("This meeting belongs to another neighbourhood.")
    field = "meeting"


@dataclass(frozen=True, kw_only=True)
class ElectionDates:
    """What somebody fills in to draft an election. Both days of the term count."""

    title: str
    seats: int
    term_from_on: date
    term_until_on: date
    nominations_from: datetime
    nominations_until: datetime
    freezes_at: datetime
    opens_at: datetime
    closes_at: datetime
    meeting: Meeting | None = None


def suggest_dates(policy: DecisionPolicy, *, title: str, seats: int, from_on: date) -> ElectionDates:
    """The quickest election that the policy allows, when nominations begin on this day."""
    until_on = from_on + timedelta(days=policy.nomination_days)
    freezes_on = max(until_on, from_on + timedelta(days=policy.inspection_days)) + DAY
    opens_on = freezes_on + DAY
    closes_on = opens_on + timedelta(days=policy.voting_days)
    term_from = closes_on + timedelta(days=policy.appeal_days + 1)
    return ElectionDates(
        title=title,
        seats=seats,
        term_from_on=term_from,
        term_until_on=last_day(term_from, policy.term_years),
        nominations_from=_moment(from_on, OPENS_AT),
        nominations_until=_moment(until_on, CLOSES_AT),
        freezes_at=_moment(freezes_on, CLOSES_AT),
        opens_at=_moment(opens_on, OPENS_AT),
        closes_at=_moment(closes_on, CLOSES_AT),
    )


def last_day(first: date, years: int) -> date:
    """The last day of a term of so many years."""
    try:
        return first.replace(year=first.year + years) - DAY
    except ValueError:  # from the 29th of February
        return date(first.year + years, 2, 28)


def days_late(due: datetime, at: datetime) -> int:
    """By how many whole days everything behind this moves, when what was due comes so late. Within an hour: none."""
    return 0 if at - due <= GRACE else -((due - at) // DAY)


def later(moment: datetime, days: int) -> datetime:
    """The same hour of the clock on the wall, so many days later."""
    return timezone.localtime(moment) + timedelta(days=days)


def check_order(values: ElectionDates, neighbourhood: Neighbourhood) -> None:
    """What holds of a draft already: the database would refuse anything else.

    :raises NotInOrder, SeatsRefused, AnotherPlace: when it does not.
    """
    v = values
    if not v.nominations_from < v.nominations_until <= v.freezes_at <= v.opens_at < v.closes_at:
        raise NotInOrder
    if not day_of(v.closes_at) < v.term_from_on < v.term_until_on:
        raise NotInOrder
    if not 1 <= v.seats <= MOST_SEATS:
        raise SeatsRefused(most=MOST_SEATS)
    if v.meeting and v.meeting.neighbourhood_id != neighbourhood.pk:
        raise AnotherPlace


def check_announceable(
    values: ElectionDates, policy: DecisionPolicy, at: datetime, *, is_called: bool = False
) -> None:
    """What a policy asks of the moments. Days are counted from day to day, whatever the hour.

    What residents call for needs no meeting: a board that plans none could stop it.

    :raises AlreadyPast, TooFewDays, TermTooSoon, TermTooLong: when they are not as it asks.
    :raises MeetingNeeded, NotBeforeThatMeeting: when the meeting is not.
    """
    v = values
    if day_of(v.nominations_from) < day_of(at):
        raise AlreadyPast
    _check_days("nominations_until", v.nominations_from, v.nominations_until, policy.nomination_days)
    _check_days("freezes_at", v.nominations_from, v.freezes_at, policy.inspection_days)
    _check_days("closes_at", v.opens_at, v.closes_at, policy.voting_days)
    soonest = day_of(v.closes_at) + timedelta(days=policy.appeal_days + 1)
    if v.term_from_on < soonest:
        raise TermTooSoon(on=_words(soonest))
    longest = last_day(v.term_from_on, policy.term_years)
    if v.term_until_on > longest:
        raise TermTooLong(on=_words(longest))
    _check_meeting(v, policy.days_before_meeting, is_called=is_called)


def _check_days(field: str, start: datetime, end: datetime, days: int) -> None:
    if (day_of(end) - day_of(start)).days < days:
        raise TooFewDays(field=field, days=days)


def _check_meeting(values: ElectionDates, days: int | None, *, is_called: bool) -> None:
    if days is None or (values.meeting is None and is_called):
        return
    if values.meeting is None:
        raise MeetingNeeded
    begins = values.meeting.starts_at
    if day_of(values.opens_at) < day_of(begins) - timedelta(days=days) or values.closes_at > begins:
        raise NotBeforeThatMeeting(days=days)


def _moment(on: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, hour))


def _words(on: date) -> str:
    return date_format(on, "j F Y")
