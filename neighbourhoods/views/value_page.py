"""What the page of a value decision shows beyond its own words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from content.faces import face_of
from neighbourhoods.models import ValueDecisionPage
from neighbourhoods.queries.values import decision_at
from neighbourhoods.views.values.shown import check_may_see, shown


@face_of(ValueDecisionPage)
def value_decision_face(page: ValueDecisionPage, request: HttpRequest) -> dict[str, Any]:
    """The whole of the decision. An editor who looks at a draft in the admin sees it as it will be."""
    decision = decision_at(page.decision.ref)
    if decision is None:
        raise Http404
    if not getattr(request, "is_preview", False):
        check_may_see(request, decision)
    return shown(decision, request)
