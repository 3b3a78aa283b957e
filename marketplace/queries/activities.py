"""Questions about activities and their shifts: which, whose, in which words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from marketplace.models import Activity, ActivityText, Shift
from marketplace.states import ActivityState, ShiftState
from neighbourhoods.models import Neighbourhood, ValuedItem
from neighbourhoods.queries.items import with_words
from people.models import Party
from people.queries import numbers_of

ALONG = (
    "neighbourhood__coin", "neighbourhood__party__organisation_details", "neighbourhood__municipality", "pot",
    "picture", "organiser__person_details", "organiser__organisation_details",
)  # fmt: skip


def with_all(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """The same activities with what a list or a page of them shows: six queries, however many they are."""
    return activities.select_related(*ALONG).prefetch_related(
        "texts", Prefetch("item", with_words(ValuedItem.objects.select_related("category__parent")))
    )


def activity_at(ref: UUID) -> Activity | None:
    """The activity with this number in its address, in whatever state: who may see one that is not open says the
    caller."""
    return with_all(Activity.objects.filter(ref=ref)).first()


def shift_at(ref: UUID) -> Shift | None:
    """The shift with this number in its address, with its activity."""
    shift = Shift.objects.filter(ref=ref).first()
    if shift is not None:
        shift.activity = with_all(Activity.objects.filter(pk=shift.activity_id)).get()
    return shift


def text_of(activity: Activity, language: str | None = None) -> ActivityText:
    """The words of an activity in a language, of the moment unless one is given; else in the language in which it was
    written, else in whichever it has. No query when it came through `with_all`."""
    texts = {text.language: text for text in activity.texts.all()}
    for code in (language or get_language() or "", activity.language, settings.LANGUAGE_CODE, *sorted(texts)):
        if code in texts:
            return texts[code]
    return ActivityText(activity=activity, language=activity.language, title="–")


def activities_of(organiser: Party) -> QuerySet[Activity]:
    """All activities of an organiser, of a person under any of their numbers, the newest first."""
    organisers = numbers_of(organiser).order_by() if organiser.is_person else [organiser]
    return Activity.objects.filter(organiser__in=organisers).order_by("-made_at", "-pk")


def waiting_in(neighbourhood: Neighbourhood) -> QuerySet[Activity]:
    """What waits for the board, the oldest first."""
    found = Activity.objects.filter(neighbourhood=neighbourhood, state=ActivityState.SUBMITTED)
    return found.order_by("changed_at", "pk")


def coming(now: datetime) -> QuerySet[Shift]:
    """The shifts that everybody can see and that have not begun, the first one first."""
    return Shift.objects.filter(
        state=ShiftState.OPEN, activity__state=ActivityState.PUBLISHED, starts_at__gt=now
    ).order_by("starts_at", "pk")
