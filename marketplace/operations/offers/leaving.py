"""Whoever is forgotten, and an organisation that closes, has nothing on the market any more."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from core.actor import Actor
from core.privacy import before_erasure
from core.states import transition
from marketplace.models import Offer, OfferTag
from marketplace.operations.standing import locked
from marketplace.operations.terms import WRITABLE
from marketplace.states import OfferState
from people.models import Party, PartyKind


@before_erasure
def leave_market(party: models.Model, at: datetime) -> None:
    """End or take back all that a party offers and asks. Of people the words to find it by go too: those of the offer
    itself go with the rest of what is known of them."""
    if not isinstance(party, Party):
        return
    mine = Offer.objects.filter(provider=party)
    with transaction.atomic():
        for pk in list(mine.exclude(state=OfferState.ENDED).order_by("pk").values_list("pk", flat=True)):
            offer = locked(Offer(pk=pk))
            if offer.state != OfferState.ENDED:
                event = "withdraw" if offer.state in WRITABLE else "end"
                transition(offer, event, actor=Actor.system(), at=at, about=(party,))
        if party.kind in {PartyKind.PERSON, PartyKind.HOUSEHOLD}:
            OfferTag.objects.filter(content_object__in=mine).delete()
