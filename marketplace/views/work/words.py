"""Work, reasons and free time in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marketplace.models import DayPart, Offer, SeenBy, Shift, SkillProfile
from marketplace.queries import activities, offers
from marketplace.suiting import Reason, Slot, Why
from marketplace.units import per_unit as per_unit_of_offer
from marketplace.views.browse.rows import foreign
from marketplace.views.taking_part.words import hours_words
from neighbourhoods.models import Category, Neighbourhood
from neighbourhoods.queries.items import name_of_category, per_unit, valued_on

if TYPE_CHECKING:
    from ledger.models import Coin


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """Something to do, as a row: a shift with its day, or what is wanted on the market. `reasons` say why it suits."""

    title: str
    language: str
    url: str
    meta: str
    coin: Coin
    earns: int | None
    per: str
    reasons: str = ""
    happens_on: date | None = None
    propose_url: str = ""
    propose_to: str = ""


def shift_row(
    shift: Shift, values: dict[int, int], reasons: Sequence[Reason] = (), *, others: int = 0
) -> WorkRow:
    """A row of a shift that came with its activity. `values` are what items are worth now; `others` how many more
    shifts of it suit as well."""
    activity = shift.activity
    text = activities.text_of(activity)
    more = ngettext("%(number)s more day suits you", "%(number)s more days suit you", others)
    said = [hours_words(shift), activity.place, activity.organiser.display_name]
    return WorkRow(
        title=text.title,
        language=foreign(text.language),
        url=f"{reverse('activity', args=[activity.ref])}?shift={shift.ref}",
        meta=" · ".join([*(one for one in said if one), *([more % {"number": others}] if others else [])]),
        coin=activity.neighbourhood.coin,
        earns=values.get(activity.item_id),
        per=per_unit(activity.item.unit),
        reasons=reasons_in_words(reasons),
        happens_on=localtime(shift.starts_at).date(),
        propose_url=f"{reverse('team_propose')}?shift={shift.ref}",
    )


def offer_row(offer: Offer, place: Neighbourhood, reasons: Sequence[Reason] = ()) -> WorkRow:
    """A row of something that is wanted."""
    text = offers.text_of(offer)
    where = "" if offer.neighbourhood_id == place.pk else offer.neighbourhood.name
    said = [str(offer.get_kind_display()).capitalize(), offer.provider.display_name, where, offer.place]
    return WorkRow(
        title=text.title,
        language=foreign(text.language),
        url=reverse("offer", args=[offer.ref]),
        meta=" · ".join(one for one in said if one),
        coin=offer.neighbourhood.coin,
        earns=offer.price,
        per=per_unit_of_offer(offer.terms.unit) if offer.terms else "",
        reasons=reasons_in_words(reasons),
        propose_url=f"{reverse('team_propose')}?offer={offer.ref}",
    )


def values_in(place: Neighbourhood, on: date) -> dict[int, int]:
    """What each item of a neighbourhood is worth on a day (minor units), in one query."""
    return {item.pk: cast("Any", item).amount for item in valued_on(place, on)}


# --- Reasons ----------------------------------------------------------------------------------------------------------


def reasons_in_words(reasons: Iterable[Reason]) -> str:
    """To who could do it: why it suits them."""
    return " ".join(_to_resident(reason) for reason in reasons)


def reasons_of_another(reasons: Iterable[Reason]) -> str:
    """To who looks for help: why somebody suits."""
    return " ".join(said for reason in reasons if (said := _to_organiser(reason)))


def _to_resident(reason: Reason) -> str:
    said = {
        Why.SKILL: _("You said that you can help with %(what)s."),
        Why.WISH: _("You said that you would like to learn %(what)s."),
        Why.JOB: _("You look for paid work."),
        Why.NEAR: _("It is in your neighbourhood."),
        Why.FREE: _("You are free on %(when)s."),
        Why.HOURS: ngettext(
            "It fits in your %(hours)s hour a week.", "It fits in your %(hours)s hours a week.", reason.hours
        ),
    }[reason.why]
    return said % _details(reason)


def _to_organiser(reason: Reason) -> str:
    said = {
        Why.SKILL: _("Can help with %(what)s."),
        Why.WISH: _("Would like to learn %(what)s."),
        Why.JOB: _("Looks for paid work."),
        Why.NEAR: "",  # all of them live there
        Why.FREE: _("Is free on %(when)s."),
        Why.HOURS: ngettext("Has %(hours)s hour a week.", "Has %(hours)s hours a week.", reason.hours),
    }[reason.why]
    return said % _details(reason)


def _details(reason: Reason) -> dict[str, str | int]:
    what = in_a_sentence(reason.category) if reason.category else ""
    return {
        "what": what,
        "when": in_a_row([slot_in_words(slot) for slot in reason.slots]),
        "hours": reason.hours,
    }


def in_a_sentence(category: Category) -> str:
    """What a category is called, with a small letter unless it is an abbreviation."""
    name = name_of_category(category)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def slot_in_words(slot: Slot) -> str:
    """A part of a day of the week: "Tuesday morning". In some languages that is one word."""
    day, part = slot
    return pgettext("part of a day of the week", "%(day)s %(part)s") % {
        "day": WEEKDAYS[day - 1],
        "part": DayPart(part).label,
    }


def in_a_row(words: Sequence[str]) -> str:
    """Words behind one another: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


# --- Profiles ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody can do, as it is read by others and by themself."""

    profile: SkillProfile
    can: str
    learns: str
    free: str
    seen_by: str
    reasons: str = ""

    @property
    def name(self) -> str:
        return self.profile.person.display_name


def shown(profile: SkillProfile, reasons: Sequence[Reason] = ()) -> Shown:
    """A profile that came through `queries.skills.with_all`, in words."""
    skills = list(profile.skills.all())
    return Shown(
        profile=profile,
        can=" · ".join(name_of_category(one.category) for one in skills if not one.is_wish),
        learns=" · ".join(name_of_category(one.category) for one in skills if one.is_wish),
        free=capfirst(free_in_words([(one.weekday, one.part) for one in profile.free_times.all()])),
        seen_by=str(SeenBy(profile.seen_by).label),
        reasons=reasons_of_another(reasons),
    )


def free_in_words(slots: Iterable[Slot]) -> str:
    """When somebody has time, a day at a time: "Monday, Tuesday morning and evening"."""
    order = list(DayPart.values)
    said = []
    for day, parts in groupby(
        sorted(set(slots), key=lambda one: (one[0], order.index(one[1]))), lambda one: one[0]
    ):
        of_day = [slot_in_words((day, part)) for _day, part in parts]
        said.append(str(WEEKDAYS[day - 1]) if len(of_day) == len(order) else in_a_row(of_day))
    return "; ".join(said)
