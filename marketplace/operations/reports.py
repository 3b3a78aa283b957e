"""Offers that somebody reports, and references that the board hides. Who reported is told to nobody but the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import transition
from marketplace.models import Offer, OfferReport, Reference, ReportReason
from marketplace.operations.doors import judge_of
from marketplace.operations.offers import suspend
from marketplace.operations.written import words_of
from marketplace.permissions import OwnMatter, has_interest
from marketplace.states import OfferState, ReportState
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.permissions import acting_person, is_self
from people.models import Party
from people.queries import numbers_of

LONGEST: Final = 1000
LONGEST_ANSWER: Final = 500
LONGEST_REASON: Final = 300
MOST_A_DAY: Final = 10

Hear = Callable[[OfferReport], None]
_hearers: list[Hear] = []


def on_answered(function: Hear) -> Hear:
    """Have a function called in the transaction in which a report is answered."""
    if function not in _hearers:
        _hearers.append(function)
    return function


class NotOnMarket(Refusal):
    """What is off the market needs no report."""

    code = "report_not_on_market"
    sentence = _("This is not on the market any more.")


class OwnReport(Refusal):
    """Whoever offers something takes it off themself."""

    code = "report_own_offer"
    sentence = _("This is your own. You can take it off the market yourself.")


class AlreadyReported(Refusal):
    """Once is enough, also under a second login."""

    code = "report_already"
    sentence = _("You already reported this. The board will look at it.")


class TooManyReports(Refusal):
    """A board must be able to read them. Details: `most`."""

    code = "report_too_many"
    sentence = _("You reported %(most)d times today. Call the board when there is more.")


class TextMissing(Refusal):
    """Without a word nobody knows what is wrong."""

    code = "report_text_missing"
    sentence = _("Write down what is wrong, in no more than 1000 characters.")
    field = "text"


class ReasonUnknown(Refusal):
    """One of the reasons that can be chosen."""

    code = "report_reason_unknown"
    sentence = _("Choose what is wrong.")
    field = "reason"


class AnswerMissing(Refusal):
    """Whoever reported, and whoever is taken off, may know why."""

    code = "report_answer_missing"
    sentence = _("Write your answer in no more than 500 characters.")
    field = "answer"


class HidingReasonMissing(Refusal):
    """What was hidden leaves a reason behind."""

    code = "reference_reason_missing"
    sentence = _("Write down why, in no more than 300 characters. Everybody can read it.")
    field = "reason"


class HiddenAlready(Refusal):
    """Somebody else of the board was quicker."""

    code = "reference_hidden"
    sentence = _("This reference is hidden already.")


class NotHidden(Refusal):
    """There is nothing to show again."""

    code = "reference_not_hidden"
    sentence = _("This reference is not hidden.")


def report(*, offer: Offer, reason: str, text: str, key: UUID, actor: Actor, at: datetime) -> OfferReport:
    """This will tell the board that something should not be on the market. The same key again gives the same report.

    :raises NotAllowed: to the system.
    :raises ReasonUnknown, TextMissing: about what was written; words are needed for "something else" alone.
    :raises NotOnMarket, OwnReport, AlreadyReported, TooManyReports: when it cannot be reported.
    :raises FormUsed: when the form was another's.
    """
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    words = _explanation(reason, text)
    with transaction.atomic():
        # Reports of one person come one after another: none slips through beside another.
        mine = Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        if same := OfferReport.objects.filter(key=key).first():
            return _own(same, offer, mine)
        _check_may_report(offer, mine, at)
        made = OfferReport.objects.create(
            offer=offer, reporter=mine, reason=reason, text=words, at=at, key=key
        )
        record("offer_report.report", subject=made, actor=actor, at=at, about=[mine], after=made.state)
    return made


def uphold(*, report: OfferReport, answer: str, actor: Actor, at: datetime) -> None:
    """The board takes what was reported off the market, with this answer as its reason. All who reported it get it.

    :raises BoardOnly, OwnMatter: to who does not decide on it.
    :raises AnswerMissing: without an answer.
    :raises MoveRefused: when it is answered already.
    """
    told = _decide(report, answer, actor, at)
    with transaction.atomic():
        offer = Offer.objects.select_for_update(no_key=True).get(pk=report.offer_id)
        _answer(report, "uphold", told, actor, at)
        for other in _open_besides(report):
            _answer(other, "uphold", told, actor, at)
        if offer.state in {OfferState.PUBLISHED, OfferState.PAUSED} and not offer.paused_by_board:
            suspend(offer=offer, reason=told["answer"], actor=actor, at=at)


def dismiss(*, report: OfferReport, answer: str, actor: Actor, at: datetime) -> None:
    """The board leaves on the market what was reported, and says why.

    :raises BoardOnly, OwnMatter, AnswerMissing, MoveRefused: as `uphold`.
    """
    told = _decide(report, answer, actor, at)
    with transaction.atomic():
        # As upholding does: a colleague who upholds another report of this offer meanwhile comes before or after.
        Offer.objects.select_for_update(no_key=True).get(pk=report.offer_id)
        _answer(report, "dismiss", told, actor, at)


def hide_reference(*, reference: Reference, reason: str, actor: Actor, at: datetime) -> None:
    """Hide what was written after an order. The reason stands in its place for everybody to read.

    :raises BoardOnly, OwnMatter: to who does not decide on it.
    :raises HidingReasonMissing: without a reason.
    :raises HiddenAlready: when it is.
    """
    member = _decides_on(reference, actor, at)
    why = words_of(reason, LONGEST_REASON, HidingReasonMissing())
    with transaction.atomic():
        if _locked(reference).hidden_at is not None:
            raise HiddenAlready
        Reference.objects.filter(pk=reference.pk).update(
            hidden_at=at, hidden_by=member.canonical_id, hidden_reason=why
        )
        _note("reference.hide", reference, actor, at, why)
    reference.refresh_from_db()


def show_reference(*, reference: Reference, actor: Actor, at: datetime) -> None:
    """Show a reference again. That it was hidden, by whom and why, stays in the trail.

    :raises BoardOnly, OwnMatter: to who does not decide on it.
    :raises NotHidden: when it is not.
    """
    _decides_on(reference, actor, at)
    with transaction.atomic():
        if _locked(reference).hidden_at is None:
            raise NotHidden
        Reference.objects.filter(pk=reference.pk).update(hidden_at=None, hidden_by=None, hidden_reason="")
        _note("reference.show", reference, actor, at)
    reference.refresh_from_db()


def _explanation(reason: str, text: str) -> str:
    if reason not in ReportReason.values:
        raise ReasonUnknown
    words = text.strip()
    if len(words) > LONGEST or (reason == ReportReason.OTHER and not words):
        raise TextMissing
    return words


def _own(same: OfferReport, offer: Offer, person: Party) -> OfferReport:
    if same.offer_id != offer.pk or same.reporter.canonical_id != person.pk:
        raise FormUsed
    return same


def _check_may_report(offer: Offer, person: Party, at: datetime) -> None:
    if not Offer.objects.filter(pk=offer.pk, state=OfferState.PUBLISHED).exists():
        raise NotOnMarket
    if has_interest(person, offer.provider, day_of(at)):
        raise OwnReport
    mine = OfferReport.objects.filter(reporter__in=numbers_of(person).order_by())
    if mine.filter(offer=offer, state=ReportState.OPEN).exists():
        raise AlreadyReported
    if mine.filter(at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyReports(most=MOST_A_DAY)


def _decide(report: OfferReport, answer: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """Who answers, what and when. Nobody answers what they reported themself."""
    offer = report.offer
    member = judge_of(actor, offer.neighbourhood, offer.provider, at)
    if is_self(actor, report.reporter):
        raise OwnMatter
    words = words_of(answer, LONGEST_ANSWER, AnswerMissing())
    return {"answer": words, "answered_by_id": member.canonical_id, "answered_at": at}


def _answer(report: OfferReport, event: str, told: dict[str, Any], actor: Actor, at: datetime) -> None:
    transition(report, event, actor=actor, at=at, about=(report.reporter,), along=told)
    for hear in _hearers:
        hear(report)


def _open_besides(report: OfferReport) -> list[OfferReport]:
    others = OfferReport.objects.filter(offer_id=report.offer_id, state=ReportState.OPEN)
    return list(others.exclude(pk=report.pk).select_related("reporter").order_by("pk"))


def _decides_on(reference: Reference, actor: Actor, at: datetime) -> Party:
    """Whoever has to do with one side of the order leaves it to the others."""
    order = reference.order
    judge_of(actor, order.offer.neighbourhood, order.buyer, at)
    return judge_of(actor, order.offer.neighbourhood, order.seller, at)


def _locked(reference: Reference) -> Reference:
    return Reference.objects.select_for_update(of=("self",), no_key=True).get(pk=reference.pk)


def _note(event: str, reference: Reference, actor: Actor, at: datetime, reason: str = "") -> None:
    parties = [reference.author, reference.order.buyer, reference.order.seller]
    record(event, subject=reference, actor=actor, at=at, about=parties, reason=reason)
