"""What is kept about persons who vote, stand, sit and appeal. A secret ballot points at nobody, so it is not here."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.privacy import Kept, OnErasure, Subject, keeps
from neighbourhoods.models import Nomination
from neighbourhoods.states import NominationState


def answered_by_the_candidate(subject: Subject) -> QuerySet[Any]:
    """Nominations that this person made, of people who answered."""
    return Nomination.objects.filter(proposed_by=subject.party.pk).exclude(state=NominationState.PROPOSED)


HOW_IT_WENT = _("How a decision was made must stay known. Your name goes.")


def register_all() -> None:
    """Called when the app is ready."""
    keeps(
        Kept(
            # Not by `marked_by`: whom an officer helped is about those people, and with the salt it would be proof.
            model="neighbourhoods.RollEntry", paths=("person",), secret=("marked_by",),
            what=_("Electoral rolls that you are on, or were left out of"),
            why=_(
                "So that everybody votes once, and only who may. It says that you voted and how (on the site, on "
                "paper), never when or what."
            ),
            on_erasure=OnErasure.KEEP, stays=_("A roll that votes were counted by stays as it was. Your name goes."),
        ),
        Kept(
            model="neighbourhoods.RollObjection", paths=("person",), what=_("Objections to a roll that you made"),
            why=_("To answer you before voting begins."), on_erasure=OnErasure.EMPTY,
            stays=_("That there was an objection, and how it was decided. Your words go."),
            empty=(("text", ""), ("answer", "")), secret=("key",),
        ),
        Kept(
            model="neighbourhoods.Proxy", paths=("entry__person", "holder"), what=_("Who may vote for whom"),
            why=_("So that somebody you trust can vote for you."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="neighbourhoods.RecordedVote", paths=("person",), what=_("Votes with your name, as a board member"),
            why=_("A board decides in public."), on_erasure=OnErasure.KEEP, stays=HOW_IT_WENT,
        ),
        Kept(
            model="neighbourhoods.PaperCount", paths=("entered_by",), what=_("Paper ballots that you entered"),
            why=_("Two people enter them, so that a slip is seen."), on_erasure=OnErasure.KEEP, stays=HOW_IT_WENT,
            secret=("digest",),
        ),
        Kept(
            # Whom somebody nominated is in their data once that person has said yes: before, it would tell whose
            # address is known here.
            model="neighbourhoods.Nomination", paths=("candidate",), rows=answered_by_the_candidate,
            empty_by=("candidate",),
            what=_("Nominations for the board, of you or by you"),
            why=_("So that residents can choose who is on the board."), on_erasure=OnErasure.EMPTY,
            stays=_("How many votes each candidate got stays known. Your words and name go."),
            empty=(("statement", ""), ("interests", ""), ("reason", "")),
        ),
        Kept(
            model="neighbourhoods.Interest", paths=("person",), what=_("Interests that you declared"),
            why=_("So that all see when a board member must step aside."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="neighbourhoods.Attendance", paths=("person",), what=_("Meetings that you were at"),
            why=_("A decision of the board counts with enough members."), on_erasure=OnErasure.KEEP,
            stays=HOW_IT_WENT,
        ),
        Kept(
            model="neighbourhoods.Proposal", paths=("proposed_by",), what=_("Proposals that you made"),
            why=_("To decide about them."), on_erasure=OnErasure.KEEP, stays=HOW_IT_WENT, secret=("key",),
        ),
        Kept(
            model="neighbourhoods.Support", paths=("person",), what=_("Proposals that you support"),
            why=_("To know when enough residents support one. Nobody else sees that you do."),
            on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="neighbourhoods.Appeal", paths=("appellant", "ruled_by"),
            what=_("Appeals about a vote, by you or ruled on by you"), why=_("To rule on them."),
            on_erasure=OnErasure.EMPTY, stays=_("The ruling stays published. Your words and name go."),
            empty=(("grounds", ""),), empty_by=("appellant",), secret=("key",),
        ),
    )  # fmt: skip
