"""What this app adds to somebody's account page: their wallet, and the doors that their offices open."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from core.amounts import format_amount
from ledger.kinds import AccountState
from people.acting import person_behind
from people.entries import Entry, on_account_page
from wallet.queries.accounts import Held, accounts_for
from wallet.queries.desks import desks_of
from wallet.queries.organisations import organisations_of
from wallet.queries.tills import shops_of


@on_account_page
def wallet_entry(request: HttpRequest) -> Entry:
    """What there is to spend; or that there is no wallet yet."""
    held = accounts_for(person_behind(request), clock.today())
    return Entry(title=_("Wallet"), text=_in_it(held), url=reverse("wallet"), action=_("Open the wallet"))


@on_account_page
def till_entry(request: HttpRequest) -> Entry | None:
    """The way to the tills, for who takes payments for an organisation."""
    shops = shops_of(person_behind(request), clock.today())
    names = dict.fromkeys(shop.holder.display_name for shop in shops if shop.is_open)
    if not names:
        return None
    text = _("You take payments for %(names)s.") % {"names": ", ".join(names)}
    return Entry(title=_("The till"), text=text, url=reverse("tills"), action=_("Go to the tills"))


@on_account_page
def funder_entry(request: HttpRequest) -> Entry | None:
    """The way to money in, for who has the finances of an organisation."""
    names = [party.display_name for party in organisations_of(person_behind(request), clock.today())]
    if not names:
        return None
    text = _("You can bring in money for %(names)s, and see what became of it.") % {"names": ", ".join(names)}
    return Entry(
        title=_("Money for the neighbourhood"), text=text, url=reverse("fundings"), action=_("Go to money in")
    )


@on_account_page
def finance_entry(request: HttpRequest) -> Entry | None:
    """The way to the finance desk, for who sits there."""
    names = [place.name for place in desks_of(person_behind(request), clock.today())]
    if not names:
        return None
    text = _("You do the finances of %(places)s.") % {"places": ", ".join(names)}
    return Entry(
        title=_("The finance desk"), text=text, url=reverse("finance"), action=_("Go to the finance desk")
    )


def _in_it(held: list[Held]) -> str:
    """One's own coins come first; without any, for whom somebody acts."""
    own = [one.account for one in held if one.is_own and one.account.state != AccountState.CLOSED]
    if own:
        language = get_language() or settings.LANGUAGE_CODE
        amounts = [f"{format_amount(one.available, language)} {one.coin.name_plural}" for one in own]
        return _("You have %(amounts)s to spend.") % {"amounts": ", ".join(amounts)}
    names = dict.fromkeys(one.holder.display_name for one in held if not one.is_own)
    if names:
        return _("You can see the wallet of %(names)s.") % {"names": ", ".join(names)}
    return _("You have no wallet yet.")
