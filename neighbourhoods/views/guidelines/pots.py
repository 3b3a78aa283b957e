"""What pots may pay for, at the municipality and at who fills one; who spends from one reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import clock
from ledger.operations import UnknownAccount
from ledger.queries import account_at, accounts_in
from neighbourhoods.forms.guidelines import RuleForm
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import ItemKind, Neighbourhood, PotRule
from neighbourhoods.operations.pot_rules import NOT_ORGANISERS, add_rule, remove_rule
from neighbourhoods.queries.cover import short_without
from neighbourhoods.queries.items import name_of_category, with_words, words_of
from neighbourhoods.queries.pot_rules import RuledPot, acts_for, ruled_pots, with_names
from neighbourhoods.queries.prices import public_items
from neighbourhoods.views.guidelines.base import Crumbs, Room, all_categories, at_pots
from neighbourhoods.views.polling.base import Ask, carried_out
from neighbourhoods.views.posted import posted
from neighbourhoods.views.vote.base import place_frame

if TYPE_CHECKING:
    from ledger.models import Account


@at_pots
def pot_rules(request: HttpRequest, room: Room) -> HttpResponse:
    """The pots over which somebody has a say, or that they spend from, with what each may pay for."""
    places = [
        {
            "name": place.name,
            "slug": place.slug,
            "coin": place.coin,
            "pots": [{**_shown(one), "is_ruled": room.rules(one.pot.account)} for one in _pots(room, place)],
        }
        for place in room.places()
    ]
    return room.show("pot_rules", room.crumbs(), places=[place for place in places if place["pots"]])


@at_pots
def pot_rule_add(request: HttpRequest, room: Room, address: str) -> HttpResponse:
    """Allow a pot one thing."""
    place, found = _pot(room, address)
    known = {
        (rule.category_id, rule.item_id, rule.organiser_id) for rule in (*found.pays_for, *found.through)
    }
    earned = with_words(public_items(place).filter(kind=ItemKind.ACTIVITY))
    accounts = accounts_in(place.coin, not_of=NOT_ORGANISERS)
    form = RuleForm(
        posted(request),
        categories=all_categories(),
        items=[one for one in earned if (None, one.pk, None) not in known],
        organisers=[
            one for one in {account.holder for account in accounts} if (None, None, one.pk) not in known
        ],
    )

    def deed() -> object:
        return add_rule(pot=found.pot.account, **form.allowed(), **_by(room, found.pot.account))

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        messages.success(request, _("Written down. It holds for what is paid from now on."))
        return redirect(room.url("pot_rules"))
    # Only the first rule about what is done takes something away.
    leaning = [] if found.pays_for else short_without(place, found.pot.account, clock.today())
    return room.show(
        "pot_rule",
        _crumbs(room),
        form=form,
        one=_shown(found),
        leaning=[words_of(item) for item in leaning],
        place=place_frame(place, request),
    )


@at_pots
def pot_rule_remove(request: HttpRequest, room: Room, pk: int) -> HttpResponse:
    """Take away what a pot was allowed, after saying what follows."""
    rule, found = _rule(room, pk)
    form = SureForm(posted(request))

    def deed() -> None:
        remove_rule(rule=rule, **_by(room, found.pot.account))

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        messages.success(request, _("Taken away. It holds for what is paid from now on."))
        return redirect(room.url("pot_rules"))
    same = found.through if rule.organiser_id else found.pays_for
    ask = Ask(
        title=_("Take away “%(name)s”?") % {"name": allowed_words(rule)["name"]},
        lead=_what_follows(found, rule, is_last=len(same) == 1),
        button=_("Take it away"),
        back=_("Leave it as it is"),
        back_url=room.url("pot_rules"),
    )
    context = {"ask": ask, "form": form, "crumbs": _crumbs(room)}
    return render(request, "neighbourhoods/polling/ask.html", context)


def _what_follows(found: RuledPot, rule: PotRule, *, is_last: bool) -> str:
    name = {"pot": pot_name(found)}
    if rule.organiser_id:
        if is_last:
            return _("Then %(pot)s pays through every organisation again.") % name
        return _("Then %(pot)s does not pay through it any more.") % name
    if is_last:
        return _("Then %(pot)s may pay for everything that residents do.") % name
    return _("Then %(pot)s does not pay for it any more.") % name


def allowed_words(rule: PotRule) -> dict[str, str]:
    """What a rule allows, and the language of these words where they are somebody's own."""
    if rule.organiser is not None:
        return {"name": rule.organiser.display_name, "language": ""}
    if rule.category is not None:
        return {"name": capfirst(name_of_category(rule.category)), "language": ""}
    assert rule.item is not None  # noqa: S101 - a rule allows one thing; the database says so too
    words = words_of(rule.item)
    return {"name": words.name, "language": words.language}


def pot_name(one: RuledPot) -> str:
    return one.pot.account.label or one.pot.holder_name


def _shown(one: RuledPot) -> dict[str, Any]:
    return {
        "name": pot_name(one),
        "pot": one.pot,
        "pays_for": [{**allowed_words(rule), "pk": rule.pk} for rule in one.pays_for],
        "through": [{**allowed_words(rule), "pk": rule.pk} for rule in one.through],
    }


def _pots(room: Room, place: Neighbourhood) -> list[RuledPot]:
    of = None if room.is_municipal else room.speaks_for
    return ruled_pots(place, clock.today(), of=of)


def _pot(room: Room, address: str) -> tuple[Neighbourhood, RuledPot]:
    """:raises Http404: for a pot over which this person has no say, just as when there is none."""
    try:
        account = account_at(address)
    except UnknownAccount as error:
        raise Http404 from error
    return _ruled(room, account)


def _rule(room: Room, pk: int) -> tuple[PotRule, RuledPot]:
    """:raises Http404: for a rule of no such pot, and one that was taken away already."""
    rule = get_object_or_404(with_names(PotRule.objects.select_related("pot")), pk=pk)
    return rule, _ruled(room, rule.pot)[1]


def _ruled(room: Room, pot: Account) -> tuple[Neighbourhood, RuledPot]:
    for place in room.places() if room.rules(pot) else ():
        for one in _pots(room, place) if place.coin_id == pot.coin_id else ():
            if one.pot.account.pk == pot.pk:
                return place, one
    raise Http404


def _by(room: Room, pot: Account) -> dict[str, Any]:
    return room.by(acts_for(room.person, pot, room.municipality, clock.today()))


def _crumbs(room: Room) -> Crumbs:
    return room.crumbs((_("What pots may pay for"), room.url("pot_rules")))
