"""How money that was announced, and what became of it, is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ledger.kinds import AccountKind
from ledger.queries import Pot, Spent
from people.models import Party
from wallet.queries.funders import PotReport

if TYPE_CHECKING:
    from ledger.models import Account

OWN = "own"  # what a form says instead of the address of a pot


def payee_words(payee: Account) -> str:
    """What money is for: the pot and who spends from it, or an account."""
    if payee.kind == AccountKind.POT:
        return pot_words(payee.label, payee.holder.display_name)
    return _("the account of %(name)s") % {"name": payee.holder.display_name}


def pot_words(name: str, holder: str) -> str:
    if not name:
        return _("the pot of %(holder)s") % {"holder": holder}
    return _("%(name)s, spent by %(holder)s") % {"name": name, "holder": holder}


def payees(pots: list[Pot], funder: Party | None) -> list[tuple[str, str]]:
    """What money can be given for: the choices of a form. Where no `funder` is known yet, each pot says whose it is."""
    own = (
        _("The account of %(name)s itself") % {"name": funder.display_name}
        if funder
        else _("The account of whoever gives it")
    )
    return [
        *((pot.account.address, _pot_choice(pot, with_funder=funder is None)) for pot in pots),
        (OWN, own),
    ]


def _pot_choice(pot: Pot, *, with_funder: bool) -> str:
    words = pot_words(pot.account.label, pot.holder_name)
    if with_funder:
        words = _("%(pot)s, paid by %(funder)s") % {"pot": words, "funder": pot.funder_name}
    words = words[:1].upper() + words[1:]
    if pot.ends_on is None:
        return words
    return _("%(pot)s (until %(day)s)") % {"pot": words, "day": date_format(pot.ends_on, "j F Y")}


def what_for(line: Spent) -> str:
    """What a sum was paid as."""
    if line.kind is None:
        return _("Other")
    words = str(line.label.label if line.label else line.kind.label)
    return words[:1].upper() + words[1:]


def when(line: Spent) -> str:
    """In which month; nothing for what is of all kinds and months together."""
    if line.month:
        return date_format(line.month, "F Y")
    return "" if line.kind is None else pgettext("a sum of payments", "several months")


def sums_of(report: PotReport) -> list[tuple[str, int]]:
    """What went through a pot, in sums that add up: the first ones less what was spent are what is left."""
    sums = [(_("You gave"), report.given)]
    if report.by_others:
        sums.append((_("Others gave"), report.by_others))
    sums.append((_("Spent"), report.totals.spent))
    if report.totals.redeemed:
        sums.append((_("Paid back in euros"), report.totals.redeemed))
    return [*sums, (_("Left"), report.pot.balance)]


def few_words() -> str:
    """Why some sums are not told apart."""
    return _(
        "What fewer than five people received in a month is added up with other months, or stands under Other."
    )
