"""How a neighbourhood looks and what its coin is called: one operation of its board."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from content.models import Picture
from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from ledger.operations import change_coin
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.seats import seats_of
from people.models import Party, User

LOOK = ("colour", "accent", "landmark", "logo", "help_phone", "meeting_place")


class LogoFromElsewhere(Refusal):
    """The logo is a picture of another collection, which its board may take away."""

    code = "logo_from_elsewhere"
    sentence = _("Choose a picture of your own neighbourhood. You can add one under “Pictures”.")
    field = "logo"


class InvalidLook(Refusal):
    """A colour or landmark that cannot be one."""

    code = "invalid_look"
    sentence = _("This look is not possible: %(why)s")


def change_look(
    *,
    neighbourhood: Neighbourhood,
    colour: str,
    accent: str,
    landmark: str,
    logo: Picture | None,
    coin_name: str,
    coin_name_plural: str,
    help_phone: str,
    meeting_place: str,
    actor: Actor,
    at: datetime,
) -> Neighbourhood:
    """This will give a neighbourhood another look, and its coin another name. What was booked stays as it is.

    :raises NotAllowed: when the actor has no seat on the board that day and is no administrator.
    :raises LogoFromElsewhere: when the logo is not in the neighbourhood's own collection.
    :raises InvalidLook: when a colour or the landmark cannot be one.
    :raises ledger.operations.CoinNameTaken, InvalidCoin: when the coin cannot be called so.
    """
    if not _may_change(actor, neighbourhood, at):
        raise NotAllowed
    with transaction.atomic():
        row = Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
        row.colour, row.accent, row.landmark, row.logo = colour.lower(), accent.lower(), landmark, logo
        row.help_phone, row.meeting_place = help_phone.strip(), meeting_place.strip()
        _check(row)
        row.save(update_fields=LOOK)
        if (row.coin.name, row.coin.name_plural) != (coin_name, coin_name_plural):
            row.coin = change_coin(
                coin=row.coin,
                name=coin_name,
                name_plural=coin_name_plural,
                symbol=row.coin.symbol,
                actor=actor,
                at=at,
            )
        record("neighbourhood.look_changed", subject=row, actor=actor, at=at)
    return row


def _may_change(actor: Actor, neighbourhood: Neighbourhood, at: datetime) -> bool:
    if actor.is_system:
        return True
    if actor.user is not None and User.objects.filter(pk=actor.user.pk, is_superuser=True).exists():
        return True
    person = Party.objects.get(pk=actor.person.pk) if actor.person else None
    return person is not None and any(
        seat.neighbourhood_id == neighbourhood.pk and seat.from_on <= day_of(at) <= seat.until_on
        for seat in seats_of(person)
    )


def _check(row: Neighbourhood) -> None:
    if row.logo is not None and row.logo.collection_id != row.collection_id:
        raise LogoFromElsewhere
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in LOOK])
    except ValidationError as error:
        raise InvalidLook(why=" ".join(error.messages)) from error
