"""The one formatter of amounts in templates."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.translation import get_language

from core.amounts import DECIMALS, format_amount

register = template.Library()


@register.filter
def coins(minor: int | None, coin: object = None) -> str:
    """Write an amount in the reader's language with the decimals of its coin: {{ amount|coins:coin }}."""
    if minor is None:
        return ""
    decimals = getattr(coin, "decimals", DECIMALS)
    return format_amount(int(minor), get_language() or settings.LANGUAGE_CODE, decimals)
