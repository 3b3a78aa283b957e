"""The ways to these pages: from the account page, and from somebody's own wallet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from marketplace.queries.earning import ALONG, places_of_earning
from marketplace.queries.reward_years import municipalities_confirmed_by, unconfirmed_of
from marketplace.queries.rewards import room_for
from marketplace.views.rewards.told import told_of
from neighbourhoods.models import Neighbourhood
from people.acting import person_behind
from people.entries import Entry, Panel, in_wallet, on_account_page

if TYPE_CHECKING:
    from ledger.models import Account


@on_account_page
def earning_entry(request: HttpRequest) -> Entry | None:
    """For who lives somewhere or takes part in something."""
    if not places_of_earning(person_behind(request)):
        return None
    return Entry(
        title=_("What you may still earn"),
        text=_("See what you may still earn, and what you received in a year."),
        url=reverse("earning"),
        action=_("See how that is counted"),
    )


@on_account_page
def amounts_entry(request: HttpRequest) -> Entry | None:
    """For who confirms the maximum amounts of a municipality."""
    today = clock.today()
    municipalities = municipalities_confirmed_by(person_behind(request), today)
    if not municipalities:
        return None
    open_ones = unconfirmed_of(municipalities, today.year)
    chosen = open_ones[0] if open_ones else municipalities[0]
    names = {"names": ", ".join(one.display_name for one in municipalities)}
    text = _("You confirm for %(names)s what people may earn.") % names
    if open_ones:
        text = _("The amounts of %(year)s are not confirmed for %(name)s. Until then nothing is paid.") % {
            "year": today.year, "name": chosen.display_name,
        }  # fmt: skip
    return Entry(
        title=_("Maximum amounts"), text=text, url=reverse("reward_years", args=[chosen.uuid]),
        action=_("Go to the maximum amounts"),
    )  # fmt: skip


@in_wallet
def earning_panel(request: HttpRequest, account: Account) -> Panel | None:
    """What may still be earned where this coin is from."""
    place = Neighbourhood.objects.filter(coin=account.coin_id).select_related(*ALONG).first()
    if place is None:
        return None
    told = told_of(room_for(person_behind(request), place, clock.today()), place)
    return Panel(
        name="earning",
        title=_("This you may still earn"),
        template="marketplace/rewards/panel.html",
        context={"told": told},
        url=reverse("earning"),
        action=_("See how that is counted"),
    )
