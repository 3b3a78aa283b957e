"""Whoever is forgotten, and an organisation that closes, has nothing on the market any more."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from wagtail.models import ReferenceIndex

from content.models import Picture
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
            _forget_pictures(mine)


def _forget_pictures(mine: models.QuerySet[Offer]) -> None:
    """Photos of people go, with their files. One that stands on a page or beside an offer of somebody else stays: there
    a board put it."""
    others = Offer.objects.exclude(pk__in=mine).filter(picture__isnull=False)
    photos = Picture.objects.filter(pk__in=mine.filter(picture__isnull=False).values("picture"))
    for photo in photos.exclude(pk__in=others.values("picture")):
        if not ReferenceIndex.get_references_to(photo).exists():
            photo.delete()  # Wagtail takes the file away once this is certain
