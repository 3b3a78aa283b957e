"""What happens after the button, in order: said before it is pressed, with the days that the clock keeps to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.amounts import format_amount
from marketplace.models import Refund
from marketplace.operations.orders.deadlines import ACCEPT_WITHIN, DELIVER_WITHIN, SILENCE_WITHIN

if TYPE_CHECKING:
    from marketplace.models import Offer, OfferTerms


class Step(NamedTuple):
    title: str
    text: str


def steps_of(offer: Offer, terms: OfferTerms) -> list[Step]:
    """The steps of ordering it, of buying a voucher, or of answering what is asked."""
    names = {
        "name": offer.provider.display_name,
        "amount": format_amount(terms.amount, get_language() or settings.LANGUAGE_CODE),
        "accept_days": ACCEPT_WITHIN.days,
        "deliver_days": DELIVER_WITHIN.days,
        "silent_days": SILENCE_WITHIN.days,
        "voucher_days": terms.voucher_days,
    }
    if offer.is_demand:
        said = _demand()
    elif terms.is_voucher:
        said = _voucher(terms)
    else:
        said = _order()
    return [Step(title % names, text % names) for title, text in said]


def _order() -> list[tuple[str, str]]:
    return [
        (_("You order"), _("We set %(amount)s apart in your wallet.")),
        (
            _("%(name)s says yes"),
            _("Within %(accept_days)s days. If not, everything comes back to you by itself."),
        ),
        (_("You get it"), _("Within %(deliver_days)s days. Show the order on your phone or on paper.")),
        (
            _("Is it right? Only then you pay"),
            _(
                "You say so. If you say nothing, it is paid %(silent_days)s days after it came. Is something wrong? "
                "Then tell us: a member of the board helps."
            ),
        ),
    ]


def _voucher(terms: OfferTerms) -> list[tuple[str, str]]:
    back = {
        Refund.ANY_TIME: _("Until then you can give back what you did not use."),
        Refund.UNUSED: _("Until then you can give it back, as long as you used nothing of it."),
        Refund.AT_END: _("You cannot give it back before that."),
    }[Refund(terms.refund)]
    after = ngettext(
        "After %(voucher_days)s day the coins that you did not use are yours again.",
        "After %(voucher_days)s days the coins that you did not use are yours again.",
        terms.voucher_days or 0,
    )
    return [
        (_("You buy a voucher"), _("We set %(amount)s apart in your wallet. You get a code at once.")),
        (
            _("You show the code"),
            _("On your phone or on paper. %(name)s is paid each time, for what you use."),
        ),
        (_("What is left comes back"), f"{after} {back}"),
    ]


def _demand() -> list[tuple[str, str]]:
    return [
        (_("You answer"), _("You say for how much you do it. Only %(name)s reads that.")),
        (_("%(name)s chooses"), _("Are you chosen? Then the coins are set apart for you at once.")),
        (_("You do it"), _("Within %(deliver_days)s days.")),
        (
            _("You are paid"),
            _("When %(name)s says that it is right, or says nothing for %(silent_days)s days."),
        ),
    ]
