"""Coins: that one exists and what it is called."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from ledger.models import Coin

EURO = "EUR"


class CoinNameTaken(Refusal):
    """Another coin already has this name: two coins with one name would be taken for each other."""

    code = "coin_name_taken"
    sentence = _("There is already a coin called %(name)s. Choose another name.")
    field = "coin_name"


class CoinCodeTaken(Refusal):
    """Another coin already has this code."""

    code = "coin_code_taken"
    sentence = _("There is already a coin with the code %(code)s.")
    field = "coin_code"


class InvalidCoin(Refusal):
    """A name or code that cannot be one, or a worth that is no currency."""

    code = "invalid_coin"
    sentence = _("This cannot be a coin: %(why)s")


def found_coin(
    *,
    code: str,
    name: str,
    name_plural: str,
    actor: Actor,
    at: datetime,
    symbol: str = "",
    area_bound: bool = False,
    national: str = EURO,
) -> Coin:
    """This will bring a coin into being, worth one of the national currency. No coin is in circulation by that.

    :raises CoinNameTaken: when another coin has the name.
    :raises CoinCodeTaken: when another coin has the code.
    :raises InvalidCoin: when the code or a name is empty or misshapen, or `national` is a neighbourhood's coin.
    """
    with transaction.atomic():
        coin = Coin(
            code=code,
            name=_tidy(name),
            name_plural=_tidy(name_plural),
            symbol=_tidy(symbol),
            area_bound=area_bound,
            pegged_to=_national_currency(national),
        )
        _check(coin)
        _write(coin)
        record("coin.founded", subject=coin, actor=actor, at=at)
    return coin


def change_coin(
    *, coin: Coin, name: str, name_plural: str, actor: Actor, at: datetime, symbol: str = ""
) -> Coin:
    """This will give a coin another name. Its code, its worth and all that was booked stay as they are.

    :raises CoinNameTaken: when another coin has the name.
    :raises InvalidCoin: when a name is empty or too long.
    """
    with transaction.atomic():
        locked = Coin.objects.select_for_update().get(pk=coin.pk)
        locked.name, locked.name_plural, locked.symbol = _tidy(name), _tidy(name_plural), _tidy(symbol)
        _check(locked)
        _write(locked)
        record("coin.changed", subject=locked, actor=actor, at=at)
    return locked


def _tidy(words: str) -> str:
    """Without spaces around it and with one between words: what looks the same is the same."""
    return " ".join(words.split())


def _national_currency(code: str) -> Coin:
    names = {EURO: ("euro", "euro", "€")}
    name, plural, symbol = names.get(code, (code, code, ""))
    currency = Coin.objects.filter(code=code).first()
    if currency is None:
        currency = _first_of(Coin(code=code, name=name, name_plural=plural, symbol=symbol))
    if currency.pegged_to_id is not None:
        raise InvalidCoin(why=gettext("%(code)s is not a national currency.") % {"code": code})
    return currency


def _first_of(currency: Coin) -> Coin:
    """Two first coins of a country at the same moment: they share the currency that one of them wrote."""
    _well_formed(currency)
    words = {"name": currency.name, "name_plural": currency.name_plural, "symbol": currency.symbol}
    try:
        written, _made = Coin.objects.get_or_create(code=currency.code, defaults=words)
    except IntegrityError:
        _refuse_double(currency)
        raise
    return written


def _check(coin: Coin) -> None:
    _well_formed(coin)
    _refuse_double(coin)


def _well_formed(coin: Coin) -> None:
    try:
        coin.clean_fields(exclude=["pegged_to"])
    except ValidationError as error:
        raise InvalidCoin(why=" ".join(error.messages)) from error


def _refuse_double(coin: Coin) -> None:
    others = Coin.objects.exclude(pk=coin.pk)
    if others.filter(name__iexact=coin.name).exists():
        raise CoinNameTaken(name=coin.name)
    if others.filter(code=coin.code).exists():
        raise CoinCodeTaken(code=coin.code)


def _write(coin: Coin) -> None:
    """Two at the same moment: the database lets one pass, and the other hears what it would have heard later."""
    try:
        with transaction.atomic():
            coin.save()
    except IntegrityError:
        _refuse_double(coin)
        raise
