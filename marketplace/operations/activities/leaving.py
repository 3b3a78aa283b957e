"""Whoever is forgotten, and an organisation that closes, organises nothing any more."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import ReferenceIndex

from content.models import Picture
from core.actor import Actor
from core.privacy import before_erasure
from core.states import transition
from marketplace.models import Activity, Offer
from marketplace.operations.activities.running import call_off
from marketplace.operations.activities.standing import WRITABLE, locked
from marketplace.states import ActivityState
from people.models import Party


@before_erasure
def leave_activities(party: models.Model, at: datetime) -> None:
    """Take back what a party was writing, and call off what it organises with the shifts to come. Hours of shifts that
    were stay, for the board to confirm. Of people the pictures go too."""
    if not isinstance(party, Party):
        return
    mine = Activity.objects.filter(organiser=party)
    running = mine.filter(state__in=[*WRITABLE, ActivityState.PUBLISHED, ActivityState.PAUSED])
    with transaction.atomic():
        for pk in list(running.order_by("pk").values_list("pk", flat=True)):
            _leave(locked(Activity(pk=pk)), party, at)
        if party.is_person:
            _forget_pictures(mine)


def _leave(activity: Activity, party: Party, at: datetime) -> None:
    if activity.state in WRITABLE:
        transition(activity, "withdraw", actor=Actor.system(), at=at, about=(party,))
    elif activity.state in {ActivityState.PUBLISHED, ActivityState.PAUSED}:
        with override(settings.LANGUAGE_CODE):
            call_off(activity, _("Who organised this has left."), Actor.system(), at)


def _forget_pictures(mine: models.QuerySet[Activity]) -> None:
    """Photos of people go, with their files. One that stands on a page, or beside what another has, stays: there
    somebody else put it."""
    others = Activity.objects.exclude(pk__in=mine).filter(picture__isnull=False)
    photos = Picture.objects.filter(pk__in=mine.filter(picture__isnull=False).values("picture"))
    on_market = Offer.objects.filter(picture__isnull=False).values("picture")
    for photo in photos.exclude(pk__in=others.values("picture")).exclude(pk__in=on_market):
        if not ReferenceIndex.get_references_to(photo).exists():
            photo.delete()  # Wagtail takes the file away once this is certain
