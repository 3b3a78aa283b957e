"""Members of a board who have an interest in what is decided: the site itself has them step aside."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from core.clock import day_of
from neighbourhoods.models import BallotBox, RecordedVote, ValueVote
from neighbourhoods.operations.elections.words import in_our_language
from neighbourhoods.queries.ballots import RECUSED, last_votes
from neighbourhoods.queries.meetings import interests_of
from neighbourhoods.queries.values import concerned, has_interest
from people.models import Party

LONGEST = RecordedVote._meta.get_field("reason").max_length or 0


def step_aside(*, vote: ValueVote, at: datetime) -> list[Party]:
    """This will have every member on the roll who has an interest today step aside, in the name of the site and with a
    reason; says who did so now. What such a member voted before counts no more, and the quorum is reckoned without
    them. Called within a transaction: no vote comes in meanwhile.

    A person on the roll stands for all their numbers, so a second login helps nobody.
    """
    box = BallotBox.objects.select_for_update(no_key=True).get(pk=vote.box_id)
    aside = set(last_votes(box).filter(choice=RECUSED).values_list("person_id", flat=True))
    stepped = []
    for entry in box.roll.entries.filter(is_included=True).select_related("person").order_by("pk"):
        if entry.person_id not in aside and has_interest(vote.decision, entry.person, day_of(at)):
            _write(box, entry.person, _reason(vote, entry.person, at), at)
            stepped.append(entry.person)
    return stepped


def _write(box: BallotBox, person: Party, reason: str, at: datetime) -> None:
    before = RecordedVote.objects.filter(box=box, person=person).count()
    RecordedVote.objects.create(
        box=box, person=person, number=before + 1, choice=RECUSED, reason=reason, at=at
    )


def _reason(vote: ValueVote, person: Party, at: datetime) -> str:
    """Everybody reads it: it names an organisation only when the member told so themself. For whom else somebody works
    is their own to tell."""
    decision = vote.decision
    told = interests_of(person, decision.neighbourhood, day_of(at)).filter(party__in=concerned(decision))
    first = told.select_related("party__organisation_details", "party__person_details").first()
    with in_our_language():
        if first is None or first.party is None:
            return _("Has an interest: acts for an organisation that this is about.")
        return (_("Declared an interest in %(name)s.") % {"name": first.party.display_name})[:LONGEST]
