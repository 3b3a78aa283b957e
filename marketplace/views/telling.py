"""How far offers, admissions and reports are, in words and with a disc, and offers in lines."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst

from marketplace.models import Admission, Offer, OfferReport, OfferText
from marketplace.queries.offers import text_of
from marketplace.states import AdmissionState, OfferState, ReportState
from marketplace.units import per_unit

Phase = tuple[str, str]

OFFER_DISCS = {
    OfferState.DRAFT: "open",
    OfferState.SUBMITTED: "open",
    OfferState.RETURNED: "no",
    OfferState.PUBLISHED: "done",
    OfferState.PAUSED: "half",
    OfferState.ENDED: "no",
}
ADMISSION_DISCS = {
    AdmissionState.REQUESTED: "open",
    AdmissionState.ADMITTED: "done",
    AdmissionState.REFUSED: "no",
    AdmissionState.WITHDRAWN: "no",
    AdmissionState.EXPIRED: "no",
    AdmissionState.ENDED: "no",
}
REPORT_DISCS = {ReportState.OPEN: "open", ReportState.UPHELD: "no", ReportState.DISMISSED: "done"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An offer in a list of the board."""

    offer: Offer
    text: OfferText
    per: str


def line_of(offer: Offer) -> Line:
    """No query, when the offer came with all that belongs to it."""
    per = per_unit(offer.terms.unit) if offer.terms else ""
    return Line(offer=offer, text=text_of(offer), per=per)


def phase_of_offer(offer: Offer) -> Phase:
    return OFFER_DISCS[OfferState(offer.state)], capfirst(offer.get_state_display())


def phase_of_admission(admission: Admission) -> Phase:
    return ADMISSION_DISCS[AdmissionState(admission.state)], capfirst(admission.get_state_display())


def phase_of_report(report: OfferReport) -> Phase:
    return REPORT_DISCS[ReportState(report.state)], capfirst(report.get_state_display())
