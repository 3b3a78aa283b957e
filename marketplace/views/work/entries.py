"""The way to work that suits somebody, on the account page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.queries.teams import asks_open
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def work_entry(request: HttpRequest) -> Entry:
    """Whether a team asks for somebody, or else what is to be found there."""
    asks = asks_open(person_behind(request))
    text = ngettext("%(number)s team asks you to join.", "%(number)s teams ask you to join.", asks)
    if not asks:
        text = _("Tell what you can do, and see which activities and jobs suit you.")
    return Entry(
        title=_("Work that suits you"),
        text=text % {"number": asks} if asks else text,
        url=reverse("teams") if asks else reverse("work"),
        action=_("To the teams") if asks else _("See what suits you"),
    )
