"""What Dutch numbers look like. Each refusal is a sentence that says how it should be."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.nl import postcode

# "www.", "https://", "evil.example" and "t.co/x"; not "St. Jan", "v.d. Berg" and "J.P. de Vries".
WEB_ADDRESS = re.compile(r"://|\bwww[.。．]|[\w-]{2,}[.。．][^\W\d_]{2,}|\w[.。．]\w{2,}/")
LINES = frozenset({"Cc", "Zl", "Zp"})
NOT_A_NAME = _("A name holds no web address.")


def tidy(value: str) -> str:
    """Without the spaces, dots and dashes that people write numbers with."""
    return re.sub(r"[\s.\-]", "", value)


def validate_kvk_number(value: str) -> None:
    """Eight digits, as the Kamer van Koophandel gives them out (they carry no check digit)."""
    if not re.fullmatch(r"\d{8}", value) or value == "00000000":
        raise ValidationError(_("A KvK number has eight digits, for example 12345678."), code="kvk")


def validate_iban(value: str) -> None:
    """Country, length, structure and the two check digits (ISO 13616)."""
    if not iban.is_valid(value):
        raise ValidationError(
            _(
                "This IBAN is not right. Type it as it stands on your bank card, for example NL91 ABNA 0417 1643 00."
            ),
            code="iban",
        )


def validate_postcode(value: str) -> None:
    if not postcode.is_valid(value):
        raise ValidationError(
            _("A postcode has four digits and two letters, for example 1234 AB."), code="postcode"
        )


def validate_phone(value: str) -> None:
    """Ten digits in the Netherlands, or a country code and up to fifteen digits (E.164)."""
    if not re.fullmatch(r"0\d{9}|\+\d{8,15}", tidy(value)):
        raise ValidationError(_("A phone number has ten digits, for example 06 12 34 56 78."), code="phone")


def validate_name(value: str) -> None:
    """One line without a web address: names stand in mails that we send for somebody else."""
    if WEB_ADDRESS.search(value) or any(unicodedata.category(letter) in LINES for letter in value.strip()):
        raise ValidationError(NOT_A_NAME, code="name")
