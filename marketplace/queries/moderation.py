"""What waits for the board of a market, and what it has dealt with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from marketplace.models import Admission, Dispute, Offer, OfferReport, Order, Reference
from marketplace.queries.admissions import with_names as with_parties
from marketplace.queries.offers import waiting_in, with_all
from marketplace.queries.orders import WITH_BOARD
from marketplace.states import AdmissionState, OfferState, OrderState, ReportState
from neighbourhoods.models import Neighbourhood

SOON: Final = timedelta(days=14)
NAMES = ("reporter__person_details", "answered_by__person_details")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many things of each kind wait for the board."""

    offers: int
    reports: int
    admissions: int
    disputes: int

    @property
    def total(self) -> int:
        return self.offers + self.reports + self.admissions + self.disputes


def numbers_in(neighbourhood: Neighbourhood) -> Waiting:
    """All of it in one query, however much there is."""
    row = (
        Neighbourhood.objects.filter(pk=neighbourhood.pk)
        .values(
            number_of_offers=_number(Offer.objects.filter(state=OfferState.SUBMITTED)),
            number_of_reports=_number(
                OfferReport.objects.filter(state=ReportState.OPEN), "offer__neighbourhood"
            ),
            number_of_admissions=_number(Admission.objects.filter(state=AdmissionState.REQUESTED)),
            number_of_disputes=_number(
                Dispute.objects.filter(
                    order__in=Order.objects.filter(state=OrderState.DISPUTED).exclude(WITH_BOARD)
                ),
                "order__offer__neighbourhood",
            ),
        )
        .get()
    )
    return Waiting(
        offers=row["number_of_offers"],
        reports=row["number_of_reports"],
        admissions=row["number_of_admissions"],
        disputes=row["number_of_disputes"],
    )


def submitted_in(neighbourhood: Neighbourhood) -> QuerySet[Offer]:
    """The offers that wait, oldest first, with all that a line about one reads."""
    return with_all(waiting_in(neighbourhood))


def taken_off_in(neighbourhood: Neighbourhood) -> QuerySet[Offer]:
    """The offers that the board took off the market, the latest first."""
    off = Offer.objects.filter(neighbourhood=neighbourhood, state=OfferState.PAUSED, paused_by_board=True)
    return with_all(off).order_by("-pk")


def open_reports_in(neighbourhood: Neighbourhood) -> QuerySet[OfferReport]:
    """The reports that wait, oldest first."""
    return with_names(
        OfferReport.objects.filter(offer__neighbourhood=neighbourhood, state=ReportState.OPEN)
    ).order_by("at", "pk")


def without(reports: QuerySet[OfferReport], providers: Collection[int]) -> QuerySet[OfferReport]:
    """The same reports without those about what these parties offer, under any of their numbers."""
    theirs = Q(offer__provider__in=providers) | Q(offer__provider__same_person_as__in=providers)
    return reports.exclude(theirs)


def reports_of(offer: Offer) -> QuerySet[OfferReport]:
    """All that was ever reported about an offer, the latest first."""
    return with_names(OfferReport.objects.filter(offer=offer)).order_by("-at", "-pk")


def report_at(ref: UUID) -> OfferReport | None:
    """The report at an address, whoever may see it."""
    return with_names(OfferReport.objects.filter(ref=ref)).first()


def with_names(reports: QuerySet[OfferReport]) -> QuerySet[OfferReport]:
    """Fetch what a line about a report reads."""
    return reports.select_related(
        "offer__neighbourhood", "offer__provider__person_details", "offer__provider__organisation_details",
        "reporter", "answered_by", *NAMES,
    ).prefetch_related("offer__texts")  # fmt: skip


def running_out(neighbourhood: Neighbourhood, on: date) -> QuerySet[Admission]:
    """The admissions that run out within two weeks: somebody looks at them again, or lets them go."""
    ends = Admission.objects.filter(neighbourhood=neighbourhood, state=AdmissionState.ADMITTED)
    return with_parties(ends.filter(until_on__range=(on, on + SOON))).order_by("until_on", "pk")


def references_in(neighbourhood: Neighbourhood) -> QuerySet[Reference]:
    """What was written after orders on this market, the latest first, with what was hidden."""
    written = Reference.objects.filter(order__offer__neighbourhood=neighbourhood)
    return written.select_related(
        "author__person_details", "author__organisation_details", "about__person_details",
        "about__organisation_details", "hidden_by__person_details", "order__offer__neighbourhood", "order__buyer",
        "order__seller",
    ).prefetch_related("order__offer__texts").order_by("-at", "-pk")  # fmt: skip


def _number(rows: QuerySet[Any], path: str = "neighbourhood") -> Coalesce:
    """How many of these belong to the neighbourhood of the query around it."""
    here = (
        rows.filter(**{path: OuterRef("pk")}).order_by().annotate(counted_for=F(path)).values("counted_for")
    )
    number = Subquery(here.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return Coalesce(number, 0)
