"""Something that can have a value: what it is worth, what it was, and what goes before a new value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.drawing.history import Held
from core import clock
from core.refusals import Refusal, refuse
from neighbourhoods.forms.indications import IndicationForm
from neighbourhoods.models import ValueDecision, ValuedItem, ValueVersion
from neighbourhoods.operations.values import SPEAKS, indicate
from neighbourhoods.queries.cover import Cover, cover_of
from neighbourhoods.queries.demand import Demand, Figures, figures_of
from neighbourhoods.queries.guidelines import guideline_for
from neighbourhoods.queries.items import name_of_category, per_unit, units, words_of
from neighbourhoods.queries.prices import (
    history_of,
    is_public,
    item_at,
    last_indications,
    price_list_page,
    running_about,
    speaks_for,
    tags_of,
)
from neighbourhoods.states import ValueState
from neighbourhoods.views.posted import posted
from neighbourhoods.views.values.price_words import (
    amount_words,
    day_words,
    decision_url,
    language,
    mark_of,
    verb,
)
from neighbourhoods.views.vote.base import place_frame
from people.acting import actor_of, person_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What it was worth from a day on, as a line of the table."""

    amount: int | None
    since: date
    url: str
    is_coming: bool = False


@require_safe
@never_cache
def valued_item(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What one thing is worth, with its history and all that says something about it."""
    item, today = _item_or_404(ref), clock.today()
    coin = item.neighbourhood.coin
    versions = history_of(item, today)
    version = versions[-1] if versions else None
    worth = version.amount if version else None
    running = running_about(item)
    demand = figures_of(item, on=today)
    context = {
        "version": version,
        "worth": worth,
        "verb": verb(item),
        "running": running,
        "running_url": decision_url(running) if running else "",
        "mark": mark_of(running, now_worth=worth, coin=coin, today=today),
        "lines": _lines(versions, _to_come(running, today)),
        "chart": _chart(item, versions, running, today),
        "today": today,
        "indications": last_indications(item),
        "may_indicate": _may_indicate(request, today),
        "guideline": guideline_for(item.neighbourhood.municipality, item.category, item.unit, today),
        "demand": demand,
        "demand_words": demand_words(demand),
        "cover": _cover(item, version, today),
        **_about(item),
    }
    return render(request, "neighbourhoods/values/item.html", _frame(request, item, context))


@login_required
@never_cache
def item_indicate(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say for an organisation what it is worth to it. That decides nothing."""
    item, today = _item_or_404(ref), clock.today()
    organisations = speaks_for(person_behind(request), SPEAKS, today)
    context: dict[str, Any] = {"organisations": organisations, **_about(item)}
    if organisations:
        form = IndicationForm(posted(request), organisations=organisations)
        if request.method == "POST" and form.is_valid() and _indicated(request, item, form):
            return redirect("valued_item", ref)
        context["form"] = form
    return render(request, "neighbourhoods/values/indicate.html", _frame(request, item, context))


def _indicated(request: HttpRequest, item: ValuedItem, form: IndicationForm) -> bool:
    organisation = form.for_whom()
    try:
        indicate(
            item=item, organisation=organisation, amount=form.cleaned_data["amount"],
            grounds=form.cleaned_data["grounds"], language=language(),
            actor=actor_of(request, principal=organisation), at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    words = _("Everybody can now see what %(name)s thinks that this is worth.")
    messages.success(request, words % {"name": organisation.display_name})
    return True


def _item_or_404(ref: UUID) -> ValuedItem:
    item = item_at(ref)
    if item is None or not is_public(item):
        raise Http404
    return item


def _frame(request: HttpRequest, item: ValuedItem, context: dict[str, Any]) -> dict[str, Any]:
    """What both pages about an item are drawn from."""
    neighbourhood = item.neighbourhood
    page = price_list_page(neighbourhood, language())
    url = (page.get_url(request) if page else "") or ""
    return {
        "place": place_frame(neighbourhood, request),
        "item": item,
        "coin": neighbourhood.coin,
        "crumbs": [(page.title, url)] if page and url else [],
        **context,
    }


def _about(item: ValuedItem) -> dict[str, Any]:
    """What it is called and what it falls under."""
    parts = filter(None, (item.category.parent, item.category))
    return {
        "words": words_of(item),
        "per": per_unit(item.unit),
        "categories": [name_of_category(one) for one in parts],
        "tags": tags_of(item),
    }


def _may_indicate(request: HttpRequest, today: date) -> bool:
    return request.user.is_authenticated and bool(speaks_for(person_behind(request), SPEAKS, today))


# --- What it was ------------------------------------------------------------------------------------------------------


def _to_come(running: ValueDecision | None, today: date) -> ValueDecision | None:
    """The decision of which the value begins on a day that is known."""
    if running is None or running.state != ValueState.APPEAL or running.effective_on is None:
        return None
    return running if running.effective_on > today else None


def _lines(versions: Sequence[ValueVersion], coming: ValueDecision | None) -> list[Line]:
    """The newest first, and before it what is decided and still to come."""
    first = []
    if coming and coming.effective_on:
        first = [
            Line(amount=coming.decided, since=coming.effective_on, url=decision_url(coming), is_coming=True)
        ]
    return first + [
        Line(amount=one.amount, since=one.effective_on, url=decision_url(one.decision))
        for one in reversed(versions)
    ]


def _chart(
    item: ValuedItem, versions: Sequence[ValueVersion], running: ValueDecision | None, today: date
) -> dict[str, Any] | None:
    """What is drawn of its history, and the same in a sentence. Nothing before it had a value."""
    if not versions:
        return None
    rows = [_held(item, one.effective_on, one.amount) for one in versions]
    coming = None
    if (decided := _to_come(running, today)) and decided.effective_on:
        coming = _held(item, decided.effective_on, decided.decided)
    told = [_("%(amount)s from %(day)s") % {"amount": row.words, "day": day_words(row.since)} for row in rows]
    words = _("What it was worth: %(amounts)s.") % {"amounts": ", ".join(told)}
    if coming:
        more = _("Decided: %(amount)s from %(day)s.")
        words = f"{words} {more % {'amount': coming.words, 'day': day_words(coming.since)}}"
    return {"rows": rows, "coming": coming, "words": words}


def _held(item: ValuedItem, since: date, amount: int | None) -> Held:
    words = _("no value") if amount is None else amount_words(amount, item.neighbourhood.coin)
    return Held(since=since, value=amount, words=words, tick=date_format(since, "M Y"))


# --- Demand and supply, and the money ---------------------------------------------------------------------------------


def demand_words(demand: Demand) -> list[str]:
    """The weeks together, in sentences; what is nothing is left out."""
    total: Figures = demand.total
    words = []
    if total.filled is not None:
        places = total.sign_ups + total.open_places
        taken = ngettext("%(number)d place", "%(number)d places", places) % {"number": places}
        words.append(
            _("Of %(places)s, %(taken)d were taken: %(share)d%%.")
            % {"places": taken, "taken": total.sign_ups, "share": total.filled}
        )
    if total.waiting:
        words.append(
            ngettext("%(number)d time somebody stood on the waiting list.",
                     "%(number)d times somebody stood on the waiting list.", total.waiting)
            % {"number": total.waiting}
        )  # fmt: skip
    if total.open_demand:
        words.append(
            ngettext("%(number)d question had no answer.", "%(number)d questions had no answer.", total.open_demand)
            % {"number": total.open_demand}
        )  # fmt: skip
    return words


def _cover(item: ValuedItem, version: ValueVersion | None, today: date) -> dict[str, Any] | None:
    """What it costs a month at the volume that was expected when it was decided, and for how long there is money.
    Nothing for what residents pay themselves, and where nobody said how often."""
    if version is None or version.amount is None or not item.is_earned or not version.decision.volume:
        return None
    volume, coin = version.decision.volume, item.neighbourhood.coin
    found = cover_of(
        item, amount=version.amount, volume=volume, months=version.decision.policy.cover_months, on=today
    )
    return {
        "monthly": amount_words(version.amount * volume, coin),
        "volume": units(item.unit, volume),
        "words": _cover_words(found),
        "pots": [(pot.account.label or pot.holder_name, pot.available) for pot in found.pots],
        "is_short": found.is_short,
    }


def _cover_words(cover: Cover) -> str:
    if not cover.pots:
        return _("There is no pot that pays for this.")
    months = cover.months_covered
    if months is None:
        return ""
    if not months:
        return _("The pots hold too little for one month.")
    return ngettext(
        "The pots hold enough for %(number)d month.", "The pots hold enough for %(number)d months.", months
    ) % {"number": months}
