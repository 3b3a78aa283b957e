"""What a pot may pay for, written down by who gives the money or by the municipality. Who spends it only reads it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from ledger.kinds import AccountKind, AccountState
from neighbourhoods.models import Category, Neighbourhood, PotRule, ValuedItem
from neighbourhoods.permissions import acting_person, check
from neighbourhoods.queries.pot_rules import acts_for
from people.models import Party, PartyKind

if TYPE_CHECKING:
    from ledger.models import Account

NOT_ORGANISERS = frozenset({PartyKind.PERSON, PartyKind.HOUSEHOLD})


class NotAPot(Refusal):
    """Only money with a purpose has rules, and a pot that is closed pays for nothing."""

    code = "not_a_pot"
    sentence = _("This is not a pot, or it is closed. Choose a pot that is open.")


class OneThingOnly(Refusal):
    """Each rule allows one organiser, one category or one activity."""

    code = "pot_rule_one_thing"
    sentence = _("Choose one thing: an organiser, a category or an activity.")


class OrganiserIsPerson(Refusal):
    """Rewards are paid through organisations."""

    code = "organiser_is_person"
    sentence = _("Choose an organisation. People do not organise in their own name.")
    field = "organiser"


class NotEarned(Refusal):
    """Residents pay for it themselves, or it belongs to another neighbourhood."""

    code = "pot_rule_not_earned"
    sentence = _("A pot pays for what residents do in its own neighbourhood. Choose another activity.")
    field = "item"


class RuleThere(Refusal):
    """It was allowed already."""

    code = "pot_rule_there"
    sentence = _("This is already written down for this pot. Choose something else.")


class RuleGone(Refusal):
    """Somebody else took it away."""

    code = "pot_rule_gone"
    sentence = _("This rule is not there any more. Look again at what the pot may pay for.")


def add_rule(
    *,
    pot: Account,
    organiser: Party | None = None,
    category: Category | None = None,
    item: ValuedItem | None = None,
    actor: Actor,
    at: datetime,
) -> PotRule:
    """Allow a pot one thing. Its first rule about organisers, or about what is done, rules out all that is not named.

    :raises NotAllowed: to anybody but the system, and owners and finance people of the municipality and of who fills
        the pot.
    :raises NotAPot, OneThingOnly, OrganiserIsPerson, NotEarned, RuleThere: for what can't be.
    """
    place = _place_of(pot)
    _check_say(pot, place, actor, at)
    if [organiser, category, item].count(None) != 2:
        raise OneThingOnly
    if organiser is not None and organiser.kind in NOT_ORGANISERS:
        raise OrganiserIsPerson
    if item is not None and (item.neighbourhood_id != place.pk or not item.is_earned):
        raise NotEarned
    try:
        with transaction.atomic():
            made = PotRule.objects.create(
                pot_id=pot.pk,
                organiser_id=organiser.canonical_id if organiser else None,
                category=category,
                item=item,
                made_at=at,
            )
            record("pot_rule.add", subject=made, actor=actor, at=at, about=_whom_it_concerns(pot))
    except IntegrityError:  # the database alone knows of two at the same moment
        raise RuleThere from None
    return made


def remove_rule(*, rule: PotRule, actor: Actor, at: datetime) -> None:
    """Take away what a pot was allowed. Without any rule left of its sort the pot is free in that again.

    :raises NotAllowed: as `add_rule`.
    :raises RuleGone: when it was taken away already.
    """
    _check_say(rule.pot, _place_of(rule.pot), actor, at)
    with transaction.atomic():
        found = PotRule.objects.select_for_update(of=("self",)).filter(pk=rule.pk).first()
        if found is None:
            raise RuleGone
        record("pot_rule.remove", subject=found, actor=actor, at=at, about=_whom_it_concerns(rule.pot))
        found.delete()


def _place_of(pot: Account) -> Neighbourhood:
    """:raises NotAPot: for an account of another kind, or one that is closed."""
    place = Neighbourhood.objects.select_related("municipality").filter(coin=pot.coin_id).first()
    if place is None or pot.kind != AccountKind.POT or pot.state == AccountState.CLOSED:
        raise NotAPot
    return place


def _check_say(pot: Account, place: Neighbourhood, actor: Actor, at: datetime) -> None:
    person = acting_person(actor)
    check(person is None or acts_for(person, pot, place.municipality, day_of(at)) is not None)


def _whom_it_concerns(pot: Account) -> list[Party]:
    """Who spends from it and who fills it read in their trail what became of it."""
    return [party for party in (pot.holder, pot.funder) if party is not None]
