"""The letter with which an organisation pays what it announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.drawing import qr
from content.paper.sheet import Sheet
from core.amounts import format_amount
from neighbourhoods.models import Neighbourhood
from wallet.models import Treasury
from wallet.references import iban_in_groups, reference_in_groups

if TYPE_CHECKING:
    from ledger.models import Funding

QR_SIZE = 45


def funding_letter(*, funding: Funding, place: Neighbourhood, treasury: Treasury, what_for: str) -> bytes:
    """One page in the language of the reader: how much, to whom, with which reference, and what happens next."""
    language = get_language() or settings.LANGUAGE_CODE
    amount = format_amount(funding.amount, language)
    reference = reference_in_groups(funding.reference)
    sheet = Sheet(title=_("Pay %(amount)s euros") % {"amount": amount}, place=place.name, language=language)
    sheet.text(
        _("%(funder)s announced this money for %(what_for)s.")
        % {"funder": funding.funder.display_name, "what_for": what_for}
    )
    sheet.text(
        _("Transfer %(amount)s euros to %(iban)s. Write %(reference)s with it, and nothing else.")
        % {"amount": amount, "iban": iban_in_groups(treasury.iban), "reference": reference}
    )
    facts = [
        (_("Amount"), _("%(amount)s euros") % {"amount": amount}),
        (_("IBAN"), iban_in_groups(treasury.iban)),
        (_("In the name of"), treasury.account_name),
        (_("Payment reference"), reference),
        (_("At the latest on"), date_format(funding.expires_on, "j F Y")),
    ]
    if funding.purpose:
        facts.append((_("In your own words"), funding.purpose))
    sheet.facts(facts)
    sheet.heading(_("Or scan this code with your bank’s app"))
    code = qr.payment(
        name=treasury.account_name, iban=treasury.iban, amount=funding.amount, reference=funding.reference
    )
    sheet.qr(qr.png(code), QR_SIZE, _("QR code for your bank’s app"))
    sheet.heading(_("What happens next"))
    sheet.text(
        _("Once the money is on the bank account, each euro becomes one %(coin)s.")
        % {"coin": place.coin.name}
    )
    return sheet.bytes()
