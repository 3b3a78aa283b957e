"""Links that open the check-in of a shift: one on a screen at the door that lasts ten minutes, one on paper.

Both are signed with the key of the shift, so that a new key makes all old ones worthless, and with the secret of the
site, so that nobody makes one who reads the database. Whoever opens one still has to be signed up for the shift.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.formats import date_format
from django.utils.http import base36_to_int, int_to_base36
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from marketplace.models import Shift
from marketplace.states import ShiftState

LASTS: Final = timedelta(minutes=10)
AHEAD: Final = timedelta(minutes=1)  # by which the clocks of two servers may differ
OPENS_BEFORE: Final = timedelta(minutes=30)
CLOSES_AFTER: Final = timedelta(minutes=30)

_REF: Final = 22  # signs of a number of 128 bits
_SIGNED: Final = 22  # signs of the first 128 bits of a signature


class DoorLinkForged(Refusal):
    """Nobody signed this: made up, damaged, or of a key that was replaced."""

    code = "door_link_forged"
    sentence = _("This code does not open anything. Scan the code at the door again, or ask for the number.")


class DoorLinkStale(Refusal):
    """It was on the screen a while ago; somebody may have sent it on."""

    code = "door_link_stale"
    sentence = _("This code is too old. Scan the code that is at the door now.")


class DoorClosed(Refusal):
    """Before or after the hours in which somebody can check in, or the shift was called off."""

    code = "door_closed"
    sentence = _(
        "You can check in on %(day)s from %(opens)s until %(closes)s. Were you there? Then tell your hours."
    )


class DoorCalledOff(Refusal):
    """There is nothing to come to."""

    code = "door_called_off"
    sentence = _("This shift was called off. You cannot check in.")


def link_on_screen(shift: Shift, at: datetime) -> str:
    """The token for a screen at the door: worthless ten minutes later."""
    return _token(shift, int_to_base36(int(at.timestamp())), settings.SECRET_KEY)


def link_on_paper(shift: Shift) -> str:
    """The token for a sheet of paper: good while the check-in is open."""
    return _token(shift, "", settings.SECRET_KEY)


def shift_of(token: str, at: datetime) -> Shift:
    """The shift whose check-in a token opens now. Reads only.

    :raises DoorLinkForged, DoorLinkStale: when we did not sign it, or too long ago.
    :raises DoorClosed, DoorCalledOff: outside the hours of the check-in.
    """
    shift = _signed_shift(token)
    moment = token[_REF + _SIGNED :]
    if moment:
        age = timedelta(seconds=at.timestamp() - base36_to_int(moment))
        if not -AHEAD <= age <= LASTS:
            raise DoorLinkStale
    check_door_open(shift, at)
    return shift


def check_door_open(shift: Shift, at: datetime) -> None:
    """:raises DoorClosed, DoorCalledOff: outside the hours in which somebody can check in."""
    if shift.state != ShiftState.OPEN:
        raise DoorCalledOff
    opens, closes = shift.starts_at - OPENS_BEFORE, shift.ends_at + CLOSES_AFTER
    if not opens <= at <= closes:
        day = date_format(localtime(shift.starts_at), "l j F")
        raise DoorClosed(day=day, opens=f"{localtime(opens):%H:%M}", closes=f"{localtime(closes):%H:%M}")


def _signed_shift(token: str) -> Shift:
    """:raises DoorLinkForged: for what we did not sign, sign by sign."""
    try:
        ref = UUID(bytes=base64.urlsafe_b64decode(token[:_REF] + "=="))
    except (ValueError, binascii.Error) as error:
        raise DoorLinkForged from error
    shift = Shift.objects.select_related("activity").filter(ref=ref).first()
    if shift is None:
        raise DoorLinkForged
    moment = token[_REF + _SIGNED :]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if constant_time_compare(token, _token(shift, moment, secret)):
            return shift
    raise DoorLinkForged


def _token(shift: Shift, moment: str, secret: str | bytes) -> str:
    """The number of the shift, the signature, and the moment when it has one."""
    signed = salted_hmac(
        "marketplace.door",
        f"{shift.ref.hex}:{shift.door_key.hex}:{moment}",
        secret=secret,
        algorithm="sha256",
    )
    return f"{_written(shift.ref.bytes)}{_written(signed.digest()[:16])}{moment}"


def _written(number: bytes) -> str:
    return base64.urlsafe_b64encode(number).rstrip(b"=").decode()
