"""Whether an activity may stand in a neighbourhood at all, who acts for it, and the lock behind which it is decided."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from marketplace.models import Activity, Admission
from marketplace.operations.activities.facts import check_money
from marketplace.operations.activities.words import check_facts_words, check_text
from marketplace.operations.doors import person_of
from marketplace.operations.standing import check_takes_part
from marketplace.permissions import NotYourActivity, may_organise
from marketplace.states import ActivityState, AdmissionState
from neighbourhoods.models import Neighbourhood, ValuedItem
from neighbourhoods.queries.items import value_on
from people.models import Party

ALONG = (
    "neighbourhood__coin", "neighbourhood__municipality", "item__category", "item__neighbourhood", "pot", "picture",
    "organiser__person_details", "organiser__organisation_details",
)  # fmt: skip
# What is still being written: the organiser changes all of it.
WRITABLE = frozenset({ActivityState.DRAFT, ActivityState.SUBMITTED, ActivityState.RETURNED})
OVER = frozenset({ActivityState.CLOSED, ActivityState.CANCELLED})


class NotInsured(Refusal):
    """Whoever comes to help is insured by the organisation, or nobody comes."""

    code = "activity_not_insured"
    sentence = _(
        "%(name)s is not insured for volunteers in %(neighbourhood)s, as far as we know. Tell the board how it is."
    )


class NoValueYet(Refusal):
    """What has no value earns nothing."""

    code = "activity_no_value_yet"
    sentence = _(
        "The neighbourhood has not decided yet what this is worth. Choose something that has a value."
    )
    field = "item"


class ActivityOver(Refusal):
    """Settled or called off: nothing about it changes any more."""

    code = "activity_over"
    sentence = _("This activity is over. Post it again.")


def locked(activity: Activity) -> Activity:
    """The same activity, brought up to date, and nobody else's to change until this transaction ends."""
    rows = Activity.objects.select_for_update(of=("self",), no_key=True).select_related(*ALONG)
    activity.refresh_from_db(from_queryset=rows)
    return activity


def organiser_of(actor: Actor, organiser: Party, at: datetime) -> Party:
    """The person who acts for an organiser.

    :raises NotYourActivity: to who does not.
    """
    person = person_of(actor)
    if not may_organise(person, organiser, day_of(at)):
        raise NotYourActivity(name=organiser.display_name)
    return person


def check_fit(activity: Activity, at: datetime) -> None:
    """Whether all of it may be open for everybody at this moment: who organises it, what it earns, how it is told.

    :raises Refusal: the first thing that does not do.
    """
    place, on = activity.neighbourhood, day_of(at)
    check_takes_part(activity.organiser, place, on)
    check_money(place, activity.item, activity.label, activity.lowest_age)
    check_value(activity.item, on)
    for text in activity.texts.all():
        check_text(activity, text)
    check_facts_words(activity)


def check_value(item: ValuedItem, on: date) -> None:
    """:raises NoValueYet: when there is none on that day."""
    if value_on(item, on) is None:
        raise NoValueYet


def check_insured(organiser: Party, neighbourhood: Neighbourhood, on: date) -> None:
    """:raises NotInsured: for an organisation whose insurance ran out, or of which none is known."""
    if organiser.is_person or organiser.pk in {neighbourhood.party_id, neighbourhood.municipality_id}:
        return
    insured = Admission.objects.filter(
        organisation=organiser, neighbourhood=neighbourhood, state=AdmissionState.ADMITTED, insured_until_on__gte=on
    )  # fmt: skip
    if not insured.exists():
        raise NotInsured(name=organiser.display_name, neighbourhood=neighbourhood.name)
