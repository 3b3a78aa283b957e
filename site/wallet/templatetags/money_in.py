"""Payment references, IBANs and addresses in groups, as people read them."""

from __future__ import annotations

from django import template

from ledger.address import in_groups
from wallet.references import iban_in_groups, reference_in_groups

register = template.Library()

register.filter("reference_in_groups", reference_in_groups)
register.filter("iban_in_groups", iban_in_groups)
register.filter("address_in_groups", in_groups)
