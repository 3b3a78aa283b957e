"""The price list for computers: JSON with history, CSV of today and of all that was, and a feed of what changed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from core import clock
from core.amounts import plain_amount
from core.words import one_line
from neighbourhoods.models import Category, Neighbourhood, ValueDecision, ValuedItem, ValueVersion
from neighbourhoods.queries.items import per_unit, words_of
from neighbourhoods.queries.prices import (
    Price,
    changes,
    coming_changes,
    price_list_page,
    prices_on,
    tags_of,
    with_history,
)
from neighbourhoods.queries.result_csv import STARTS_A_FORMULA
from neighbourhoods.views.values.price_words import amount_words, day_words, decision_url, language

FORMAT = "socialcoin-prices 1"
MOST_CHANGES = 50
FRESH = 300  # seconds
COLUMNS = ("ref", "name", "kind", "unit", "category", "cpa", "amount", "since", "coming", "coming_from")
HISTORY_COLUMNS = ("ref", "name", "kind", "unit", "amount", "from", "until", "decision")

Json = dict[str, Any]


def for_everybody(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """Anybody fetches these, as often as they like: for some minutes a copy serves, and the same is not sent twice."""
    return require_safe(cache_control(max_age=FRESH, public=True)(conditional_page(view)))


@for_everybody
def prices_json(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is worth something today, each with all that it was worth and the decisions behind that."""
    neighbourhood, today = _place(slug), clock.today()
    history = {item.pk: item.history for item in with_history(neighbourhood, today)}  # type: ignore[attr-defined]
    found = {
        "format": FORMAT,
        "neighbourhood": {"name": neighbourhood.name, "slug": neighbourhood.slug},
        "coin": {
            "code": neighbourhood.coin.code,
            "name": neighbourhood.coin.name,
            "decimals": neighbourhood.coin.decimals,
        },
        "on": today.isoformat(),
        "prices": [
            _as_json(price, history[price.item.pk], neighbourhood, request)
            for price in prices_on(neighbourhood, today)
        ],
        "coming": [
            _coming_as_json(one, neighbourhood.coin.decimals, request)
            for one in coming_changes(neighbourhood, today)
        ],
    }
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    return _file(text, "application/json", f"prices-{slug}-{today:%Y-%m-%d}.json")


def _as_json(
    price: Price, history: Sequence[ValueVersion], neighbourhood: Neighbourhood, request: HttpRequest
) -> Json:
    item, decimals = price.item, neighbourhood.coin.decimals
    return {
        "ref": str(item.ref),
        "url": request.build_absolute_uri(reverse("valued_item", args=[item.ref])),
        "names": {text.locale.language_code: text.name for text in item.texts.all()},
        "about": {text.locale.language_code: text.about for text in item.texts.all() if text.about},
        "kind": item.kind,
        "unit": item.unit,
        "category": _category(item.category),
        "tags": tags_of(item),
        "amount": plain_amount(price.amount, decimals),
        "since": price.since.isoformat(),
        "history": [
            {
                "from": version.effective_on.isoformat(),
                "amount": plain_amount(version.amount, decimals),
                "decision": request.build_absolute_uri(decision_url(version.decision)),
            }
            for version in history
        ],
    }


def _coming_as_json(decision: ValueDecision, decimals: int, request: HttpRequest) -> Json:
    """What was decided and does not hold yet; without an amount it will have no value any more."""
    return {
        "ref": str(decision.item.ref),
        "names": {text.locale.language_code: text.name for text in decision.item.texts.all()},
        "unit": decision.item.unit,
        "from": _begins(decision).isoformat(),
        "amount": plain_amount(decision.decided, decimals),
        "decision": request.build_absolute_uri(decision_url(decision)),
    }


def _begins(decision: ValueDecision) -> date:
    assert decision.effective_on is not None  # noqa: S101 - `coming_changes` gives none without
    return decision.effective_on


def _category(category: Category) -> Json:
    return {
        "slug": category.slug,
        "cpa": category.cpa,
        "part_of": category.parent.slug if category.parent else None,
        "names": {text.locale.language_code: text.name for text in category.texts.all()},
    }


@for_everybody
def prices_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """What is worth something today, for a spreadsheet, with what was decided and does not hold yet. Without an amount
    it has no value today."""
    neighbourhood, today = _place(slug), clock.today()
    decimals, prices = neighbourhood.coin.decimals, prices_on(neighbourhood, today)
    coming = {one.item_id: one for one in coming_changes(neighbourhood, today)}
    lines = [
        (*_in_category(price.item), plain_amount(price.amount, decimals), price.since,
         *_coming(coming.pop(price.item.pk, None), decimals))
        for price in prices
    ]  # fmt: skip
    lines += [(*_in_category(one.item), "", "", *_coming(one, decimals)) for one in coming.values()]
    return _file(_written(COLUMNS, lines), "text/csv; charset=utf-8", f"prices-{slug}-{today:%Y-%m-%d}.csv")


@for_everybody
def prices_history_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """All that anything was ever worth, a line for each value; without an amount it had none."""
    neighbourhood, today = _place(slug), clock.today()
    lines = (
        (*_about(item), plain_amount(version.amount, neighbourhood.coin.decimals), version.effective_on, until or "",
         str(version.decision.ref))
        for item in with_history(neighbourhood, today)
        for version, until in _with_ends(item.history)  # type: ignore[attr-defined]  # fetched by with_history
    )  # fmt: skip
    text = _written(HISTORY_COLUMNS, lines)
    return _file(text, "text/csv; charset=utf-8", f"price-history-{slug}-{today:%Y-%m-%d}.csv")


def _with_ends(history: Sequence[ValueVersion]) -> Iterable[tuple[ValueVersion, date | None]]:
    """Each with the day that the next one began; nothing when it still holds."""
    return zip(history, [*(one.effective_on for one in history[1:]), None], strict=True)


def _about(item: ValuedItem) -> tuple[str, str, str, str]:
    return str(item.ref), words_of(item).name, item.kind, item.unit


def _in_category(item: ValuedItem) -> tuple[str, ...]:
    return *_about(item), item.category.slug, item.category.cpa


def _coming(decision: ValueDecision | None, decimals: int) -> tuple[str, str]:
    """What it will be worth and from when; from when alone when it will have no value any more."""
    if decision is None:
        return "", ""
    return plain_amount(decision.decided, decimals) or "", _begins(decision).isoformat()


@for_everybody
def prices_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed on the price list, the newest first, as an Atom feed (RFC 4287)."""
    neighbourhood = _place(slug)
    page = price_list_page(neighbourhood, language())
    # From the request: the address that is written down for the site may lack its port.
    here = request.build_absolute_uri((page.get_url(request) if page else "") or "/")
    name = one_line(neighbourhood.name)  # with a sign that XML cannot hold there would be no feed at all
    feed = Atom1Feed(
        title=_("Price list of %(place)s") % {"place": name},
        link=here,
        description=_("What changed about what things are worth."),
        language=language(),
        feed_url=request.build_absolute_uri(),
        author_name=name,
    )
    for decision in reversed(coming_changes(neighbourhood, clock.today())):
        feed.add_item(
            title=_to_come(decision, neighbourhood),
            link=request.build_absolute_uri(reverse("valued_item", args=[decision.item.ref])),
            description=_("Decided in: %(url)s")
            % {"url": request.build_absolute_uri(decision_url(decision))},
            unique_id=f"urn:uuid:{decision.ref}",  # the same when it holds: then this is told anew
            pubdate=decision.decided_at,
            updateddate=decision.decided_at,
        )
    for version in changes(neighbourhood, clock.today(), MOST_CHANGES):
        url = request.build_absolute_uri(reverse("valued_item", args=[version.item.ref]))
        began = make_aware(datetime.combine(version.effective_on, time.min))
        feed.add_item(
            title=_told(version, neighbourhood),
            link=url,
            description=_("Decided in: %(url)s")
            % {"url": request.build_absolute_uri(decision_url(version.decision))},
            unique_id=f"urn:uuid:{version.decision.ref}",
            pubdate=began,
            updateddate=began,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _to_come(decision: ValueDecision, neighbourhood: Neighbourhood) -> str:
    told = {
        "name": one_line(words_of(decision.item).name),
        "per": per_unit(decision.item.unit),
        "day": day_words(_begins(decision)),
    }
    if decision.decided is None:
        return _("%(name)s has no value any more from %(day)s") % told
    told["amount"] = amount_words(decision.decided, neighbourhood.coin)
    before: int | None = decision.before  # type: ignore[attr-defined]  # annotated by coming_changes
    if before is None:
        return _("%(name)s: %(amount)s %(per)s from %(day)s, new") % told
    told["before"] = amount_words(before, neighbourhood.coin)
    return _("%(name)s: %(amount)s %(per)s from %(day)s, until then %(before)s") % told


def _told(version: ValueVersion, neighbourhood: Neighbourhood) -> str:
    name = one_line(words_of(version.item).name)
    if version.amount is None:
        return _("%(name)s has no value any more") % {"name": name}
    told = {
        "name": name,
        "amount": amount_words(version.amount, neighbourhood.coin),
        "per": per_unit(version.item.unit),
    }
    before: int | None = version.before  # type: ignore[attr-defined]  # annotated by changes
    if before is None:
        return _("%(name)s: %(amount)s %(per)s, new") % told
    told["before"] = amount_words(before, neighbourhood.coin)
    return _("%(name)s: %(amount)s %(per)s, it was %(before)s") % told


def _written(columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(cell) for cell in line] for line in lines)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Words that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value


def _file(text: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        text, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _place(slug: str) -> Neighbourhood:
    return get_object_or_404(Neighbourhood.objects.select_related("coin"), slug=slug)
