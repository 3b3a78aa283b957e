"""QR codes: drawings of links that any phone opens with its own camera, and of payments that a bank's app fills in."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString
from segno import helpers

from core.amounts import DECIMALS

BORDER = 4  # of quiet around it, in modules, as readers need (ISO/IEC 18004)


def drawing(code: segno.QRCode, label: str) -> SafeString:
    """As SVG without size or style of its own: the class `qr` gives it both, black on white in every theme."""
    width, height = code.symbol_size(scale=1, border=BORDER)
    path = "".join(
        f"M{x + BORDER} {y + BORDER}h1v1h-1z"
        for y, row in enumerate(code.matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<rect class="qr__ground" width="{}" height="{}"/><path class="qr__ink" d="{}"/></svg>',
        width, height, label, width, height, path,
    )  # fmt: skip


def link(url: str) -> segno.QRCode:
    """The code of an address. Never a Micro QR: many readers do not know it."""
    return segno.make_qr(url, error="m")


def payment(*, name: str, iban: str, amount: int, reference: str) -> segno.QRCode:
    """The code of a SEPA payment that a bank's app reads (EPC069-12). `amount` is in euro cents."""
    euros = Decimal(amount).scaleb(-DECIMALS)
    return helpers.make_epc_qr(name=name, iban=iban, amount=euros, text=reference, encoding="utf-8")


def png(code: segno.QRCode, scale: int = 8) -> bytes:
    """For paper."""
    out = BytesIO()
    code.save(out, kind="png", scale=scale, border=BORDER)
    return out.getvalue()
