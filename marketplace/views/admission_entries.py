"""The way to the markets, on the account page of who owns an organisation."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from marketplace.queries.admissions import owned_by
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def admissions_entry(request: HttpRequest) -> Entry | None:
    """For who can ask something for an organisation."""
    if not owned_by(person_behind(request), clock.today()).exists():
        return None
    return Entry(
        title=_("Organisations on the market"),
        text=_("Ask a board to let your organisation on its market, and see what it decided."),
        url=reverse("admissions"),
        action=_("To the requests"),
    )
