"""The disagreements with a neighbourhood itself, for the appeals panel of its municipality, and the way to them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from marketplace.queries.offers import text_of
from marketplace.queries.orders import disputes_before
from marketplace.sides import may_settle
from neighbourhoods.queries.polling import panels_of
from neighbourhoods.views.polling.base import Panel, at_panel
from people.acting import person_behind
from people.entries import Entry, on_account_page


@at_panel
def panel_disputes(request: HttpRequest, panel: Panel) -> HttpResponse:
    """Those that are open, the ones with the least time left first. There is one such order in a while: who has to do
    with a side is looked up for each."""
    on = clock.today()
    rows = [
        {
            "order": order,
            "text": text_of(order.offer),
            "is_own": not may_settle(order, panel.person, on),
            "mediator": order.dispute.mediator,
        }
        for order in disputes_before(panel.municipalities)
    ]
    return render(request, "marketplace/orders/panel.html", {"rows": rows, "crumbs": panel.crumbs()})


@on_account_page
def panel_entry(request: HttpRequest) -> Entry | None:
    """The way there, for who is on a panel, when something waits."""
    municipalities = panels_of(person_behind(request), clock.today())
    waits = disputes_before(municipalities).count() if municipalities else 0
    if not waits:
        return None
    text = ngettext(
        "About %(number)d order a neighbourhood and somebody else do not agree.",
        "About %(number)d orders a neighbourhood and somebody else do not agree.",
        waits,
    )
    return Entry(
        title=_("Disagreements with a neighbourhood"),
        text=text % {"number": waits},
        url=reverse("panel_disputes"),
        action=_("To the disagreements"),
    )
