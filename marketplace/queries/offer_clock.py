"""Which offers the clock has something to do with, each in one query however many there are."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce

from core.models import AuditEntry
from marketplace.models import ON_MARKET, Admission, Offer
from marketplace.queries.bounds import SETS
from marketplace.queries.traders import FAMILY
from marketplace.states import AdmissionState, OfferState
from neighbourhoods.models import Residency
from neighbourhoods.queries.items import versions_until
from neighbourhoods.states import ResidencyState
from people.models import Mandate, PartyKind


def to_remind(on: date, until: date) -> QuerySet[Offer, int]:
    """On the market, with a last day between these two that nobody was reminded of."""
    return _numbers(_out().filter(reminded_on__isnull=True, until_on__gte=on, until_on__lte=until))


def past_last_day(on: date) -> QuerySet[Offer, int]:
    """On the market though its last day lies before this day."""
    return _numbers(_out().filter(until_on__lt=on))


def priced_by_value(on: date) -> QuerySet[Offer, int]:
    """On the market for a price that the value in force on this day does not allow."""
    newest = versions_until(on).filter(item=OuterRef("terms__item"))
    value = Subquery(newest.values("amount")[:1], output_field=BigIntegerField())
    sets = Q(terms__item__kind__in=SETS)
    wrong = (sets & ~Q(price=F("value"))) | (~sets & Q(price__gt=F("value")))
    found = _out().filter(terms__item__isnull=False).annotate(value=value)
    return _numbers(found.filter(wrong, value__isnull=False))


def out_of_place(on: date) -> QuerySet[Offer, int]:
    """On the market of somebody who may not offer there any more: moved away, not admitted any more."""
    here = Residency.objects.filter(neighbourhood=OuterRef("neighbourhood"), state=ResidencyState.ATTESTED)
    whom = Coalesce(OuterRef("provider__same_person_as"), OuterRef("provider"))
    members = Mandate.objects.in_force(on).filter(principal=OuterRef("provider"), role__in=FAMILY)
    in_same_place = Residency.objects.filter(
        neighbourhood=OuterRef(OuterRef("neighbourhood")),
        state=ResidencyState.ATTESTED,
        person=Coalesce(OuterRef("person__same_person_as"), OuterRef("person")),
    )
    let_in = Admission.objects.filter(
        neighbourhood=OuterRef("neighbourhood"), organisation=OuterRef("provider"),
        state=AdmissionState.ADMITTED, until_on__gte=on,
    )  # fmt: skip
    own = Q(provider=F("neighbourhood__party")) | Q(provider=F("neighbourhood__municipality"))
    is_person, is_home = Q(provider__kind=PartyKind.PERSON), Q(provider__kind=PartyKind.HOUSEHOLD)
    gone = (
        (is_person & ~Exists(here.filter(person=whom)))
        | (is_home & ~Exists(members.filter(Exists(in_same_place))))
        | (~is_person & ~is_home & ~Exists(let_in))
    )
    return _numbers(_out().filter(gone).exclude(own))


def off_too_long(last_day: date, since: datetime) -> QuerySet[Offer, int]:
    """Off the market, with a last day before this one; or taken off by the clock before a moment."""
    lines = AuditEntry.objects.filter(
        subject_model=Offer._meta.label, subject_id=Cast(OuterRef("pk"), CharField()), event="offer.pause"
    ).order_by("-pk")
    paused = Offer.objects.filter(state=OfferState.PAUSED).annotate(
        paused_at=Subquery(lines.values("at")[:1], output_field=DateTimeField()),
        paused_by=Subquery(lines.values("acted_by")[:1]),
    )
    by_clock = Q(paused_by_board=False, paused_at__lte=since, paused_by__isnull=True)
    return _numbers(paused.filter(Q(until_on__lt=last_day) | by_clock))


def _out() -> QuerySet[Offer]:
    return Offer.objects.filter(ON_MARKET)


def _numbers(offers: QuerySet[Offer]) -> QuerySet[Offer, int]:
    return offers.order_by("pk").values_list("pk", flat=True)
