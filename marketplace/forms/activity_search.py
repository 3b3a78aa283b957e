"""What the filters of the list of activities show: each choice, and whether it is made.

As on the market there is no form that can be wrong: `queries.activity_search.read` takes what it understands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.amounts import format_amount
from marketplace.forms.search import Choice, Price
from marketplace.models import Activity
from marketplace.queries.activity_search import ACCESS, ActivitySearch, Sort, When, wrong_day
from marketplace.queries.search import given_amount, wrong_amount

if TYPE_CHECKING:
    from django.db.models import Field


def when_choices(search: ActivitySearch) -> list[Choice]:
    """The day of its own stands beside them: who chose one chose none of these."""
    every = Choice(value="", label=_("That does not matter"), is_chosen=not search.when and not search.on)
    return [
        every,
        *(Choice(value=one, label=capfirst(str(one.label)), is_chosen=search.when == one) for one in When),
    ]


def day_field(search: ActivitySearch, asked: QueryDict) -> Price:
    """What was typed and is no day stays there, with what is wrong with it."""
    wrong = wrong_day(asked)
    value = asked.get("on", "")[:40] if wrong else search.on.isoformat() if search.on else ""
    return Price(name="on", label=_("Or on this day"), value=value, wrong=wrong)


def lowest_field(search: ActivitySearch, asked: QueryDict) -> Price:
    wrong = wrong_amount(asked, "min")
    typed = format_amount(search.lowest, get_language() or settings.LANGUAGE_CODE) if search.lowest else ""
    value = given_amount(asked, "min") if wrong else typed
    return Price(name="min", label=_("At least, per hour or each time"), value=value, wrong=wrong)


def access_choices(search: ActivitySearch) -> list[Choice]:
    return [Choice(value=one, label=access_words(one), is_chosen=one in search.access) for one in ACCESS]


def access_words(one: str) -> str:
    """One of the things that make an activity fit for more people, as its organiser ticked it."""
    field = cast("Field[bool, bool]", Activity._meta.get_field(ACCESS[one]))
    return capfirst(str(field.verbose_name))


def spoken_choices(search: ActivitySearch, languages: Sequence[str]) -> list[Choice]:
    """What was asked for stands there, also when nobody speaks it any more."""
    found = [
        Choice(value=one.lower(), label=one, is_chosen=one.lower() == search.spoken) for one in languages
    ]
    if search.spoken and not any(one.is_chosen for one in found):
        found.append(Choice(value=search.spoken, label=search.spoken, is_chosen=True))
    return found


def sort_choices(search: ActivitySearch) -> list[Choice]:
    return [Choice(value=one, label=capfirst(str(one.label)), is_chosen=search.sort == one) for one in Sort]
