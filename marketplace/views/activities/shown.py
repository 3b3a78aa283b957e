"""What the page of an activity shows: to everybody the same, and beside it what this visitor has to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import pgettext

from content.translation import words_on_the_page
from core import clock
from core.clock import day_of
from marketplace.forms.activity_search import access_words
from marketplace.models import Activity, ActivityPage, ActivityText, Participation, Shift
from marketplace.permissions import may_judge, may_organise
from marketplace.queries.activities import text_of
from marketplace.queries.activity_page import left_in_pot, own_participations, reason_given, shifts_to_choose
from marketplace.queries.activity_search import ACCESS
from marketplace.queries.bounds import Bound, bound_of
from marketplace.queries.guardians import children_of
from marketplace.queries.teams import teams_to_propose_to
from marketplace.rewarding import reward_of
from marketplace.states import ActivityState
from marketplace.views.activities.rows import COMES, free_words
from marketplace.views.browse.rows import foreign
from marketplace.views.taking_part.words import hours_words, minutes_words
from neighbourhoods.models import Decider, Unit
from neighbourhoods.queries.items import per_unit
from neighbourhoods.queries.residency import lives_in, neighbourhood_of
from neighbourhoods.shown import show_place
from people.acting import person_behind
from people.permissions import is_own

if TYPE_CHECKING:
    from datetime import date, datetime

    from content.models import Picture
    from ledger.models import Coin
    from neighbourhoods.models import Neighbourhood
    from people.models import Party

UNSEEN: Final = frozenset({ActivityState.DRAFT, ActivityState.SUBMITTED, ActivityState.RETURNED})
ENDED: Final = frozenset({ActivityState.CLOSED, ActivityState.CANCELLED})
FIRST: Final = 6  # shifts that stand there at once; the others after one click


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A shift that can be chosen. `earns` is minor units; None where it has no value now. `own` is what the visitor
    has to do with it already."""

    shift: Shift
    day: str
    hours: str
    earns: int | None
    phase: str
    places: str
    own: Participation | None
    is_chosen: bool


class Shown:
    """An activity before a visitor, who need not be signed in. `page` is its page in the tree, when it is shown there,
    in the words of that page."""

    def __init__(self, request: HttpRequest, activity: Activity, page: ActivityPage | None = None) -> None:
        self.request = request
        self.activity = activity
        self.page = page

    # --- For everybody --------------------------------------------------------------------------------------------

    @cached_property
    def now(self) -> datetime:
        return clock.now()

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def is_preview(self) -> bool:
        return bool(getattr(self.request, "is_preview", False))

    @property
    def is_open(self) -> bool:
        return self.activity.state == ActivityState.PUBLISHED

    @property
    def is_unseen(self) -> bool:
        """Whether it was never open."""
        return self.activity.state in UNSEEN or self.activity.published_at is None

    @property
    def has_ended(self) -> bool:
        """Whether nothing can be changed any more."""
        return self.activity.state in ENDED

    @property
    def coin(self) -> Coin:
        return self.activity.neighbourhood.coin

    @cached_property
    def text(self) -> ActivityText:
        """Its words: those of the page that it is shown on, of which the body stands there as it was written."""
        page = self.page
        if page is None:
            return text_of(self.activity)
        language = words_on_the_page(page)["text_language"]
        return ActivityText(
            activity=self.activity, language=language, title=page.title, summary=page.lead, asks=page.asks
        )

    @property
    def other_language(self) -> str:
        """The language of the words, when it is not that of the page: a screen reader then reads them as they are."""
        return foreign(self.text.language)

    @property
    def own_language(self) -> str:
        """The same of what stands on the activity itself: where it is, how to get there."""
        return foreign(self.activity.language)

    @property
    def picture(self) -> Picture | None:
        return self.page.picture if self.page else self.activity.picture

    @property
    def picture_alt(self) -> str:
        return self.page.picture_alt if self.page else self.activity.picture_alt

    @cached_property
    def bound(self) -> Bound | None:
        """What it is worth today, and who decided that."""
        return bound_of(self.activity.item, self.today)

    @property
    def value(self) -> int | None:
        return self.bound.amount if self.bound else None

    @property
    def per(self) -> str:
        return per_unit(self.activity.item.unit)

    @property
    def is_by_the_hour(self) -> bool:
        return self.activity.item.unit == Unit.HOUR

    @property
    def decided_by_residents(self) -> bool:
        return self.bound is not None and self.bound.decision.policy.decider == Decider.RESIDENTS

    @cached_property
    def pot_name(self) -> str:
        """The pot that pays, as people call it."""
        pot = self.activity.pot
        return (pot.label or (pot.funder or pot.holder).display_name) if pot else ""

    @property
    def pot_funder(self) -> str:
        """Whose money is in it, where its name does not say that."""
        pot = self.activity.pot
        return pot.funder.display_name if pot and pot.funder and pot.label else ""

    @cached_property
    def pot_left(self) -> int | None:
        return left_in_pot(self.activity)

    @property
    def access(self) -> list[str]:
        """What makes it fit for more people, in words."""
        return [access_words(one) for one, field in ACCESS.items() if getattr(self.activity, field)]

    # --- When -----------------------------------------------------------------------------------------------------

    @cached_property
    def tickets(self) -> list[Ticket]:
        """The shifts that have not begun. One of them is chosen: the one that the address names, else the first that
        the visitor can still come to."""
        if not self.is_open:
            return []
        shifts = list(shifts_to_choose(self.activity, self.now))
        asked = self.request.GET.get("shift", "")
        named = next((shift for shift in shifts if str(shift.ref) == asked), None)
        ours = self.own_by_shift
        free = [one for one in shifts if one.pk not in ours]
        with_place = next((one for one in free if one.places > one.taken), None)  # type: ignore[attr-defined]
        chosen = (named if named and named.pk not in ours else None) or with_place or next(iter(free), None)
        return [self._ticket(shift, shift is chosen) for shift in shifts]

    def _ticket(self, shift: Shift, is_chosen: bool) -> Ticket:
        unit = self.activity.item.unit
        phase, places = free_words(shift.places - shift.taken)  # type: ignore[attr-defined]
        return Ticket(
            shift=shift,
            day=capfirst(date_format(localtime(shift.starts_at), "D j F")),
            hours=hours_words(shift),
            earns=None if self.value is None else reward_of(self.value, unit, shift.minutes),
            phase=phase,
            places=places,
            own=self.own_by_shift.get(shift.pk),
            is_chosen=is_chosen,
        )

    @property
    def first_tickets(self) -> list[Ticket]:
        """Those that stand there at once: the first, or all when one is chosen that comes later."""
        tickets = self.tickets
        is_late = any(one.is_chosen for one in tickets[FIRST:])
        return tickets if is_late or len(tickets) == FIRST + 1 else tickets[:FIRST]

    @property
    def later_tickets(self) -> list[Ticket]:
        return self.tickets[len(self.first_tickets) :]

    @property
    def can_choose(self) -> bool:
        """Whether there is a shift that the visitor can sign up for."""
        return not self.hindrance and any(ticket.own is None for ticket in self.tickets)

    @cached_property
    def can_propose(self) -> bool:
        """Whether the visitor is in a team of this neighbourhood, or coaches one, that a shift can be laid before."""
        if self.person is None or not self.is_open or self.value is None:
            return False
        return teams_to_propose_to(self.person).filter(neighbourhood=self.activity.neighbourhood).exists()

    @property
    def can_pick(self) -> bool:
        """Whether there is a shift to choose, for the visitor or for their team."""
        return self.can_choose or (self.can_propose and any(ticket.own is None for ticket in self.tickets))

    @property
    def example(self) -> tuple[str, int] | None:
        """How long the first shift is and what it earns, in minor units; None where that says nothing new."""
        ticket = next(iter(self.tickets), None)
        if ticket is None or ticket.earns is None or not self.is_by_the_hour:
            return None
        return minutes_words(ticket.shift.minutes), ticket.earns

    @property
    def gone(self) -> bool:
        """Whether somebody chose a shift that cannot be chosen any more."""
        return self.request.GET.get("gone") == "1"

    # --- The visitor ----------------------------------------------------------------------------------------------

    @cached_property
    def person(self) -> Party | None:
        return person_behind(self.request) if self.request.user.is_authenticated else None

    @cached_property
    def own_by_shift(self) -> dict[int, Participation]:
        """What the visitor signed up for and did not take back, by the number of the shift."""
        if self.person is None:
            return {}
        found = own_participations(self.activity, self.person).filter(state__in=COMES)
        return {one.shift_id: one for one in found}

    @cached_property
    def organises(self) -> bool:
        """Whether they post and confirm for its organiser."""
        return self.person is not None and may_organise(self.person, self.activity.organiser, self.today)

    @cached_property
    def may_judge(self) -> bool:
        """Whether they decide on it for the board."""
        place, organiser = self.activity.neighbourhood, self.activity.organiser
        return self.person is not None and may_judge(self.person, place, organiser, self.today)

    @property
    def may_see(self) -> bool:
        """Everybody sees what is open; who organises and who judges also what is not open yet or any more; and who took
        part what is not open any more."""
        if self.is_open or self.organises:
            return True
        if self.may_judge:
            return self.activity.state != ActivityState.DRAFT  # it is still being written
        person = self.person
        return (
            not self.is_unseen and person is not None and own_participations(self.activity, person).exists()
        )

    @property
    def is_over(self) -> bool:
        """Whether it was open and is not, so that the page says just that."""
        return not self.is_unseen and not self.is_open

    @cached_property
    def hindrance(self) -> str:
        """Why nobody like this visitor can sign up, in one word; empty when they can. What else may stand in the way is
        said when they do."""
        if not self.is_open:
            return "off"
        organiser = self.activity.organiser
        if self.person is not None and organiser.is_person and is_own(self.person, organiser):
            return "own"
        if self.value is None:
            return "value"
        return "elsewhere" if self._lives_elsewhere else ""

    @property
    def _lives_elsewhere(self) -> bool:
        """Whether neither the visitor nor a child of theirs lives where this is."""
        person, place = self.person, self.activity.neighbourhood
        if person is None or lives_in(person, place):
            return False
        return not any(lives_in(child, place) for child in children_of(person, self.today))

    @cached_property
    def home(self) -> Neighbourhood | None:
        """Where the visitor lives."""
        return neighbourhood_of(self.person) if self.person else None

    @property
    def reason(self) -> str:
        """Why the board sent it back, or stopped it."""
        if not self.organises:
            return ""
        if self.activity.state == ActivityState.RETURNED:
            return reason_given(self.activity, "activity.return")
        return reason_given(self.activity, "activity.suspend") if self.activity.paused_by_board else ""

    # --- The page -------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return self.request.build_absolute_uri(reverse("activity", args=[self.activity.ref]))

    @property
    def list_url(self) -> str:
        return reverse("activities_in", args=[self.activity.neighbourhood.slug])

    def crumbs(self) -> list[tuple[str, str]]:
        return [(pgettext("menu", "Taking part"), self.list_url)]

    def context(self, **more: Any) -> dict[str, Any]:
        """What a page about this activity is drawn from, in the frame of its neighbourhood."""
        show_place(self.request, self.activity.neighbourhood)
        return {"shown": self, "activity": self.activity, "coin": self.coin, **more}


def as_number(asked: str) -> UUID | None:
    """What an address names as a shift, when it is a number at all."""
    try:
        return UUID(asked)
    except ValueError:
        return None
