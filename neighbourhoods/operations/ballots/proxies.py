"""Letting somebody else on the roll vote. One step, never further; taken back until it is used."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.actor import Actor
from core.audit import record
from core.refusals import Refusal
from neighbourhoods.models import Proxy, Roll, RollEntry
from neighbourhoods.operations.ballots.voters import TooLate, check_may_vote
from neighbourhoods.permissions import check, is_self
from neighbourhoods.queries.ballots import proxies_held
from neighbourhoods.queries.rolls import entries_of_person
from neighbourhoods.states import BoxState, RollState
from people.models import Party
from people.queries import canonical


class NoProxiesHere(Refusal):
    """The policy of this vote knows no proxies, or the roll is not fixed yet."""

    code = "no_proxies_here"
    sentence = _("In this vote nobody can vote for somebody else.")


class ProxyToSelf(Refusal):
    """Under whichever number."""

    code = "proxy_to_self"
    sentence = _("Choose somebody other than yourself.")
    field = "holder"


class ProxyGiven(Refusal):
    """One at a time."""

    code = "proxy_given"
    sentence = _("You have already asked somebody to vote for you. Take that back first.")


class HolderNotOnRoll(Refusal):
    """Who votes for others must be entitled too. Whether they voted themselves is not told."""

    code = "holder_not_on_roll"
    sentence = _("This person is not entitled to vote in this, so they cannot vote for you.")
    field = "holder"


class TooManyProxies(Refusal):
    """The policy's limit. Details: `most`."""

    code = "too_many_proxies"
    sentence = _("This person already votes for somebody else. Ask another person.")
    field = "holder"

    def __str__(self) -> str:
        return ngettext(
            "This person already votes for %(most)d other person. Ask somebody else.",
            "This person already votes for %(most)d other people. Ask somebody else.",
            self.details["most"],
        ) % {"most": self.details["most"]}


class NoChains(Refusal):
    """Who lets another vote for them votes for nobody."""

    code = "no_chains"
    sentence = _("This person lets somebody else vote for them, so they cannot vote for you.")
    field = "holder"


class VotesForOthers(Refusal):
    """The same chain, from its other end."""

    code = "votes_for_others"
    sentence = _("You vote for somebody else in this, so you cannot let another person vote for you.")


class NoProxyGiven(Refusal):
    """There is none to take back: never given, or used."""

    code = "no_proxy_given"
    sentence = _("There is nothing to take back: you gave no proxy, or it has been used.")


def give_proxy(*, roll: Roll, giver: Party, holder: Party, actor: Actor, at: datetime) -> Proxy:
    """Let somebody vote for the giver. It ends when the giver votes after all, or takes it back.

    :raises NotAllowed: to anybody but the giver.
    :raises NoProxiesHere: when the policy allows none, before the roll is frozen, and for votes with names.
    :raises TooLate: when voting is over.
    :raises ProxyToSelf, ProxyGiven, VotesForOthers, NotOnRoll, LeftOut, AlreadyVoted: because of the giver.
    :raises HolderNotOnRoll, TooManyProxies, NoChains: because of the holder.
    """
    check(is_self(actor, giver))
    if giver.canonical_id == holder.canonical_id:
        raise ProxyToSelf
    most = roll.policy.max_proxies
    with transaction.atomic():
        _check_runs(roll, at)
        given, held = _locked(roll, giver, holder)
        entry = check_may_vote(given)
        _check_giver(roll, given, giver)
        _check_holder(roll, held, holder, most)
        proxy = Proxy.objects.create(entry=entry, holder=canonical(holder))
        record("proxy.give", subject=proxy, actor=actor, at=at, about=[giver, holder])
    return proxy


def take_back_proxy(*, roll: Roll, giver: Party, actor: Actor, at: datetime) -> None:
    """The giver votes themself after all, or not at all.

    :raises NotAllowed: to anybody but the giver.
    :raises NoProxyGiven: when there is none, or it was used.
    """
    check(is_self(actor, giver))
    with transaction.atomic():
        entries = list(entries_of_person(roll, giver).select_for_update(of=("self",)))
        found = Proxy.objects.filter(entry__in=entries, entry__channel="").select_related("holder").first()
        if found is None:
            raise NoProxyGiven
        record("proxy.take_back", subject=found, actor=actor, at=at, about=[giver, found.holder])
        found.delete()


def _check_runs(roll: Roll, at: datetime) -> None:
    box = getattr(roll, "box", None)
    if roll.policy.max_proxies == 0 or roll.state != RollState.FROZEN or box is None or not box.is_secret:
        raise NoProxiesHere
    if box.state not in {BoxState.READY, BoxState.OPEN} or at >= box.closes_at:
        raise TooLate


def _locked(roll: Roll, giver: Party, holder: Party) -> tuple[list[RollEntry], list[RollEntry]]:
    """The entries of both, locked together in key order: two who give the same person one see each other."""
    both = (entries_of_person(roll, giver) | entries_of_person(roll, holder)).order_by("pk")
    locked = {entry.pk: entry for entry in both.select_for_update(of=("self",))}
    one, other = (set(entries_of_person(roll, who).values_list("pk", flat=True)) for who in (giver, holder))
    return [locked[pk] for pk in locked if pk in one], [locked[pk] for pk in locked if pk in other]


def _check_giver(roll: Roll, entries: list[RollEntry], giver: Party) -> None:
    if Proxy.objects.filter(entry__in=entries).exists():
        raise ProxyGiven
    if proxies_held(roll, giver).exists():
        raise VotesForOthers


def _check_holder(roll: Roll, entries: list[RollEntry], holder: Party, most: int) -> None:
    if not any(entry.is_included for entry in entries):
        raise HolderNotOnRoll
    if Proxy.objects.filter(entry__in=entries).exists():
        raise NoChains
    if proxies_held(roll, holder).count() >= most:
        raise TooManyProxies(most=most)
