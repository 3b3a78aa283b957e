"""The ways to one's orders and stalls, on the account page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from marketplace.queries.order_lists import bought_by, waiting_at
from marketplace.queries.traders import parties_traded_for
from marketplace.states import OrderState
from people.acting import person_behind
from people.entries import Entry, on_account_page


@on_account_page
def orders_entry(request: HttpRequest) -> Entry:
    """What somebody ordered, and whether something was delivered that they have not looked at. The ways to vouchers
    and saved searches stand on that page."""
    parties = parties_traded_for(person_behind(request), clock.today())
    came = bought_by(parties).filter(state=OrderState.DELIVERED).count()
    text = ngettext(
        "%(number)s order was delivered. Is all well?", "%(number)s orders were delivered. Is all well?", came
    ) % {"number": came}
    if not came:
        text = _("What you ordered on the market, your vouchers, and the searches that you saved.")
    title = _("Your orders and vouchers")
    return Entry(title=title, text=text, url=reverse("orders"), action=_("See your orders"))


@on_account_page
def stall_entry(request: HttpRequest) -> Entry:
    """What waits at the stalls of those that somebody acts for."""
    parties = parties_traded_for(person_behind(request), clock.today())
    waits = sum(one.orders + one.responses for one in waiting_at(parties).values())
    text = ngettext("%(number)s thing waits for you.", "%(number)s things wait for you.", waits) % {
        "number": waits
    }
    if not waits:
        text = _("What you offer and ask on the market, and who ordered it.")
    stalls = reverse("stalls") if len(parties) > 1 else reverse("stall", args=[parties[0].uuid])
    return Entry(title=_("Your stall"), text=text, url=stalls, action=_("Go to your stall"))
