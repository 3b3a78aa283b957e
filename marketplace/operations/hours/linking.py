"""Two numbers of one person become one: nobody is at two places at once, or paid for the same hours twice."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from marketplace.models import Participation
from marketplace.queries.activities import text_of
from marketplace.states import ParticipationState
from people.models import Party
from people.operations.hooks import before_linking
from people.queries import numbers_of

_T: Final = ParticipationState
NOT_THERE: Final = frozenset({_T.WITHDRAWN, _T.NO_SHOW, _T.REJECTED, _T.WAIVED})


class HoursUnderBoth(Refusal):
    """Both numbers are on the list of the same hours, and at least one of these is not settled yet."""

    code = "hours_under_both"
    sentence = _(
        "Both are on the list of “%(title)s” at the same hours. Let the organiser settle that first, or take one off."
    )


@before_linking
def one_of_them_was_there(duplicate: Party, same_as: Party, _at: datetime) -> None:
    """:raises HoursUnderBoth: then they are not linked yet."""
    theirs = _rows(same_as)
    for mine in _rows(duplicate):
        for other in theirs:
            are_settled = mine.state == other.state == _T.PAID
            if not are_settled and _overlap(mine, other):
                raise HoursUnderBoth(title=text_of(mine.shift.activity).title)


def _rows(person: Party) -> list[Participation]:
    found = Participation.objects.filter(person__in=numbers_of(person).order_by())
    return list(found.exclude(state__in=NOT_THERE).select_related("shift__activity").order_by("pk"))


def _overlap(one: Participation, other: Participation) -> bool:
    return one.shift.starts_at < other.shift.ends_at and other.shift.starts_at < one.shift.ends_at
