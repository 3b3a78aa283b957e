"""A value decision for a computer: the same as its page."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from neighbourhoods.models import ValueDecision
from neighbourhoods.queries.value_csv import write
from neighbourhoods.queries.value_json import Json, as_json
from neighbourhoods.queries.value_record import record_of
from neighbourhoods.views.values.decision import decision_or_404

KINDS = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@require_safe
@never_cache
def value_json(request: HttpRequest, ref: UUID) -> HttpResponse:
    """All figures and all votes."""
    decision = decision_or_404(request, ref)
    text = json.dumps(_found(decision), ensure_ascii=False, indent=1) + "\n"
    return as_file(decision, text, "decision", "json")


@require_safe
@never_cache
def value_csv(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The figures, for a spreadsheet."""
    decision = decision_or_404(request, ref)
    return as_file(decision, write(_found(decision)), "decision", "csv")


def as_file(decision: ValueDecision, text: str, name: str, ending: str) -> HttpResponse:
    """:param name: what is in it."""
    named = f"{name}-{decision.neighbourhood.slug}-{decision.proposed_at:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'inline; filename="{named}"'}
    return HttpResponse(text, content_type=KINDS[ending], headers=headers)


def _found(decision: ValueDecision) -> Json:
    return as_json(record_of(decision, clock.today()))
