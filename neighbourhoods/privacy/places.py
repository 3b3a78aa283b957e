"""What is kept about persons who live somewhere or sit on a board."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.privacy import Kept, OnErasure, before_erasure, keeps
from core.states import transition
from neighbourhoods.models import (
    Appeal,
    Neighbourhood,
    Proposal,
    ProposalKind,
    Residency,
    RollObjection,
)
from neighbourhoods.operations.residency import end_residency, withdraw_request
from neighbourhoods.operations.residency.leave import NO_ADDRESS
from neighbourhoods.operations.seats import vacate_seats
from neighbourhoods.queries.seats import seats_to_come
from neighbourhoods.states import AppealState, ObjectionState, ProposalState, ResidencyState
from people.models import Party

NOT_A_PERSON = _("This is about a municipality or a neighbourhood, not about a person.")


@before_erasure
def leave_everything(party: models.Model, at: datetime) -> None:
    """Whoever is erased no longer lives anywhere and sits on no board.

    A seat is no reason to refuse: nobody may be kept here against their will because of an office. The board sees a
    free place, and who decided what until today stays known under the pseudonym.
    """
    if not isinstance(party, Party) or not party.is_person:
        return
    actor, on = Actor.system(), day_of(at)  # the line of the erasure itself says who asked for it
    running = Residency.objects.filter(person=party).select_related("person", "neighbourhood").order_by("pk")
    for residency in running.filter(state=ResidencyState.REQUESTED):
        withdraw_request(residency=residency, actor=actor, at=at)
    for residency in running.filter(state=ResidencyState.ATTESTED):
        end_residency(residency=residency, on=on, actor=actor, at=at)
    seats = seats_to_come(party, on).filter(person=party)
    for neighbourhood in Neighbourhood.objects.filter(pk__in=seats.values("neighbourhood_id")):
        vacate_seats(person=party, neighbourhood=neighbourhood, on=on, actor=actor, at=at, reason="")
    _leave_what_is_open(party, actor, at)


def _leave_what_is_open(person: Party, actor: Actor, at: datetime) -> None:
    """Their words go: nobody should have to decide about what says nothing, and a vote does not wait for it. A call for
    a new election that others support is theirs too and goes on; one that nobody else supports would keep the place.
    """
    objections = RollObjection.objects.filter(person=person, state=ObjectionState.FILED)
    for objection in objections.select_related("person").order_by("pk"):
        transition(objection, "withdraw", actor=actor, at=at, about=(person,))
    appeals = Appeal.objects.filter(appellant=person, state__in=[AppealState.FILED, AppealState.ADMITTED])
    for appeal in appeals.select_related("appellant").order_by("pk"):
        transition(appeal, "withdraw", actor=actor, at=at, about=(person,))
    calls = Proposal.objects.filter(
        proposed_by=person, kind=ProposalKind.RECALL, state=ProposalState.PROPOSED
    )
    for call in calls.order_by("pk"):
        if not call.supports.exclude(person=person).exists():
            transition(call, "withdraw", actor=actor, at=at, about=(person,))


def register_all() -> None:
    """Called when the app is ready."""
    keeps(
        Kept(
            model="neighbourhoods.Residency", paths=("person",), what=_("Where you live, lived or asked to live"),
            why=_(
                "To know who may take part and vote in a neighbourhood. A year after it ended, or after your "
                "request came to nothing, the desk of the municipality no longer finds you by it."
            ),
            on_erasure=OnErasure.EMPTY,
            stays=_("That somebody lived there counts in votes that were held. Your address goes."),
            empty=tuple(NO_ADDRESS.items()), secret=("code_hash", "key"),
        ),
        Kept(
            model="neighbourhoods.Seat", paths=("person",), what=_("Seats on a board that you have or had"),
            why=_("To know who decides, and who decided."), on_erasure=OnErasure.KEEP,
            stays=_("Who sat on a board when it decided must stay known. Your name goes."),
        ),
        Kept(
            model="neighbourhoods.Neighbourhood", paths=("party", "municipality"), what=_("A neighbourhood"),
            why=_("To show which municipality it belongs to."), on_erasure=OnErasure.KEEP, stays=NOT_A_PERSON,
            shown=False,
        ),
        Kept(
            model="neighbourhoods.MunicipalityPage", paths=("party",),
            what=_("The page of a municipality"), why=_("To show which municipality it is about."),
            on_erasure=OnErasure.KEEP, stays=NOT_A_PERSON, shown=False,
        ),
    )  # fmt: skip
