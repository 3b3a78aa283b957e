"""What a page shows beyond its own words is registered from above, per page class.

A page class stands low in the house and cannot ask what lives on higher floors. So apps register a function here:
it gets the page and the request and gives context for the template.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Gather = Callable[[Any, HttpRequest], dict[str, Any]]

_faces: dict[type[Any], list[Gather]] = {}


def face_of(page_class: type[Any]) -> Callable[[Gather], Gather]:
    """Register a function that adds to the context of this class of pages."""

    def add(function: Gather) -> Gather:
        gatherers = _faces.setdefault(page_class, [])
        if function not in gatherers:
            gatherers.append(function)
        return function

    return add


def gather(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Everything that was registered for this page's class and the classes it is made from, lowest first."""
    context: dict[str, Any] = {}
    for page_class in reversed(type(page).__mro__):
        for function in _faces.get(page_class, []):
            context.update(function(page, request))
    return context
