"""Gives the frame to every template that is no page of the tree, and only when it is asked for."""

from __future__ import annotations

from functools import partial
from operator import getitem
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.frame import account_link, frame_of_view

# A page of the tree brings its own of these; a frame that nobody draws (the admin, a fragment) costs nothing.
LAZY = ("place", "nav", "footer_links", "languages")


def frame(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` needs. See `home.frame`."""
    if not hasattr(request, "user"):
        return {}
    whole: Any = SimpleLazyObject(lambda: frame_of_view(request))
    parts: dict[str, Any] = {name: SimpleLazyObject(partial(getitem, whole, name)) for name in LAZY}
    return {**parts, "account_link": SimpleLazyObject(lambda: account_link(request)), "demo": settings.DEMO}
