"""Which neighbourhood a page outside the tree is about: its frame is then drawn for that place.

Without a word from the view the frame takes the place where the visitor lives.
"""

from __future__ import annotations

from django.http import HttpRequest

from neighbourhoods.models import Neighbourhood

ATTRIBUTE = "shown_place"


def show_place(request: HttpRequest, neighbourhood: Neighbourhood) -> None:
    """This will have the frame of this answer show a neighbourhood: its name, colours, menu and coin."""
    setattr(request, ATTRIBUTE, neighbourhood)


def shown_place(request: HttpRequest) -> Neighbourhood | None:
    """The neighbourhood that the view showed, if it did."""
    return getattr(request, ATTRIBUTE, None)
