"""All that somebody takes part in, and the children whom they guard: what asks something, what comes, what is past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.clock import day_of
from marketplace.models import Participation
from marketplace.queries.activities import text_of
from marketplace.queries.guardians import children_of
from marketplace.queries.participations import with_all
from marketplace.rewarding import reward_of
from marketplace.states import ParticipationState, ShiftState
from marketplace.views.taking_part.deeds_open import asks_something, going_on
from marketplace.views.taking_part.story import DISCS, OVER
from marketplace.views.taking_part.words import hours_words
from people.acting import person_behind
from people.models import Party

_S = ParticipationState

ON_A_PAGE: Final = 20
COMING: Final = frozenset({_S.WAITING, _S.SIGNED_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A participation in a list: which day, what, how far, and how much it earns."""

    found: Participation
    title: str
    language: str
    hours: str
    disc: str
    state: str
    name: str
    amount: int | None

    @property
    def url(self) -> str:
        return reverse("participation", args=[self.found.ref])

    @property
    def starts_at(self) -> datetime:
        return localtime(self.found.shift.starts_at)


@login_required
@never_cache
def my_activities(request: HttpRequest) -> HttpResponse:
    """What is still going on, or what is over (`?over`)."""
    person, now = person_behind(request), clock.now()
    children = children_of(person, day_of(now))
    mine = _of_all([person, *children])
    is_over = "over" in request.GET
    here = reverse("my_activities")
    context: dict[str, Any] = {
        "is_over": is_over,
        "tabs": [(_("Going on"), here, not is_over, None), (_("Over"), f"{here}?over", is_over, None)],
        "crumbs": [(_("Your account"), reverse("account"))],
        "children": children,
        **(_over(request, mine, person, now) if is_over else _going_on(mine, person, now)),
    }
    return render(request, "marketplace/taking_part/mine.html", context)


def _of_all(people: Iterable[Party]) -> QuerySet[Participation]:
    numbers = {one.canonical_id for one in people}
    return with_all(
        Participation.objects.filter(Q(person__in=numbers) | Q(person__same_person_as__in=numbers))
    )


def _going_on(mine: QuerySet[Participation], person: Party, now: datetime) -> dict[str, Any]:
    """In three parts: what asks something of them, what comes, and what is on its way."""
    found = list(mine.filter(going_on(now)).order_by("shift__starts_at", "pk"))
    asking = [one for one in found if asks_something(one, now)]
    rest = [one for one in found if one not in asking]
    parts = {
        "asking": asking,
        "coming": [one for one in rest if one.state in COMING],
        "waiting": [one for one in rest if one.state not in COMING],
    }
    return {"parts": [(name, [row_of(one, person) for one in rows]) for name, rows in parts.items() if rows]}


def _over(
    request: HttpRequest, mine: QuerySet[Participation], person: Party, now: datetime
) -> dict[str, Any]:
    ended = mine.exclude(going_on(now)).order_by("-shift__starts_at", "-pk")
    page = Paginator(ended, ON_A_PAGE).get_page(request.GET.get("page"))
    return {"pages": page, "rows": [row_of(one, person) for one in page]}


def row_of(found: Participation, person: Party) -> Row:
    """A line about a participation; of a child the name is told as well."""
    shift = found.shift
    text = text_of(shift.activity)
    is_off = found.state == _S.WITHDRAWN and shift.state == ShiftState.CANCELLED
    return Row(
        found=found, title=text.title, language=text.language, hours=hours_words(shift), disc=DISCS[found.state],
        state=_("called off") if is_off else found.get_state_display(),
        name="" if found.person.canonical_id == person.canonical_id else found.person.display_name,
        amount=_amount(found),
    )  # fmt: skip


def _amount(found: Participation) -> int | None:
    """What it earns, as far as is known; nothing of what came to nothing."""
    if found.state in {*OVER, _S.WAIVED}:
        return None
    if found.reward is not None:
        return found.reward
    minutes = found.confirmed or found.minutes or found.shift.minutes
    return reward_of(found.value, found.unit, minutes)
