"""The sealed logs as machines read them, and what stands behind a coin. Anybody may ask, from any page anywhere."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.merkle import parse_tile_path
from core.sealing.queries import NoSuchLog, NoSuchTile, latest, tile
from ledger.queries import backing
from neighbourhoods.models import Neighbourhood

LOG = "ledger"
FOR_EVER = "public, max-age=31536000, immutable"


def _for_machines(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For scripts on any page; what is not there is said in one plain line, not on a page of ours."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except (Http404, NoSuchLog, NoSuchTile):
            response = HttpResponse(
                "There is nothing here.\n", status=404, content_type="text/plain; charset=utf-8"
            )
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return require_safe(inner)


@_for_machines
def log_checkpoint(request: HttpRequest, name: str) -> HttpResponse:
    """The newest signed checkpoint of a log (c2sp.org/tlog-checkpoint)."""
    checkpoint = latest(name)
    if checkpoint is None:
        raise Http404
    response = HttpResponse(checkpoint.note, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@_for_machines
def log_tile(request: HttpRequest, name: str, level: int, place: str) -> HttpResponse:
    """Hashes of a log (c2sp.org/tlog-tiles). No tile ever changes: a wider one has another name."""
    found = parse_tile_path(place)
    if found is None:
        raise Http404
    number, width = found
    response = HttpResponse(tile(name, level, number, width), content_type="application/octet-stream")
    response["Cache-Control"] = FOR_EVER
    return response


@_for_machines
def coin_statement(request: HttpRequest, slug: str) -> HttpResponse:
    """How many coins there are and what stands behind them, in minor units, with the seal of that moment."""
    neighbourhood = get_object_or_404(Neighbourhood.objects.select_related("coin__pegged_to"), slug=slug)
    coin, checkpoint = neighbourhood.coin, latest(LOG)
    behind = backing(coin)
    statement = {
        "coin": coin.code,
        "name": coin.name,
        "decimals": coin.decimals,
        "circulation": behind.circulation,
        "currency": coin.pegged_to.code if coin.pegged_to else None,
        "reserve": behind.reserve,
        "at": clock.now().isoformat(timespec="seconds"),
        "checkpoint": checkpoint.note if checkpoint else None,
        "size": checkpoint.size if checkpoint else 0,
        "root": base64.b64encode(checkpoint.root).decode() if checkpoint else None,
        "log": request.build_absolute_uri(reverse("log_checkpoint", args=[LOG])),
    }
    response = JsonResponse(statement)
    response["Cache-Control"] = "no-cache"
    return response
