"""Offers that somebody reports, and what the board answers."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from marketplace.models import Offer, OfferReport, ReportReason
from marketplace.operations import reports
from marketplace.permissions import OwnMatter
from marketplace.queries.offers import reason_of
from marketplace.states import OfferState, ReportState
from neighbourhoods.operations.meetings.doors import BoardOnly
from neighbourhoods.operations.residency import FormUsed
from people.models import User
from tests.factories.market import AT, Market, demand, supply
from tests.factories.people import actor, mandate
from tests.factories.residency import second_login
from tests.marketplace.trust.making import events_about, reported

KEY = uuid.UUID("00000000-0000-4000-8000-00000000b001")


@pytest.fixture
def offer(there: Market) -> Offer:
    return supply(there)


def uphold(report: OfferReport, by: User, answer: str = "Dit mag hier niet.") -> None:
    reports.uphold(report=report, answer=answer, actor=actor(by), at=AT)


def test_a_report_reaches_the_board_and_nobody_else(there: Market, offer: Offer) -> None:
    made = reported(
        offer, there.ann_login, reason=ReportReason.PAID_WORK, text="  Dat doet de fietsenmaker. "
    )

    assert (made.state, made.text, made.reporter) == (
        ReportState.OPEN, "Dat doet de fietsenmaker.", there.ann_login.person,
    )  # fmt: skip
    assert events_about(there.ann_login.person)[-1] == "offer_report.report"
    assert events_about(there.shop.holder) == []


def test_a_form_sent_twice_reports_once(there: Market, offer: Offer) -> None:
    assert reported(offer, there.ann_login, key=KEY) == reported(offer, there.ann_login, key=KEY)
    with pytest.raises(FormUsed):
        reported(offer, there.ben_login, key=KEY)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"reason": "WHATEVER"}, reports.ReasonUnknown),
        ({"reason": ""}, reports.ReasonUnknown),
        ({"reason": ReportReason.OTHER, "text": " "}, reports.TextMissing),
        ({"text": "x" * 1001}, reports.TextMissing),
    ],
)
def test_what_says_nothing_is_refused(
    there: Market, offer: Offer, more: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        reported(offer, there.ann_login, **more)


def test_one_report_a_person_also_under_a_second_login(there: Market, offer: Offer) -> None:
    reported(offer, there.ann_login)

    for login in (there.ann_login, second_login(there.ann_login)):
        with pytest.raises(reports.AlreadyReported):
            reported(offer, login)


def test_the_database_itself_keeps_one_open_report_a_person(there: Market, offer: Offer) -> None:
    made = reported(offer, there.ann_login)

    with pytest.raises(IntegrityError), transaction.atomic():
        OfferReport.objects.create(
            offer=offer, reporter=made.reporter, reason="RUDE", at=AT, key=uuid.uuid4()
        )


def test_the_database_itself_wants_an_answer(there: Market, offer: Offer) -> None:
    made = reported(offer, there.ann_login)

    with pytest.raises(IntegrityError), transaction.atomic():
        OfferReport.objects.filter(pk=made.pk).update(state=ReportState.DISMISSED)


@pytest.mark.parametrize(
    "state", [OfferState.PAUSED, OfferState.ENDED, OfferState.SUBMITTED, OfferState.DRAFT]
)
def test_what_is_not_on_the_market_is_not_reported(there: Market, state: str) -> None:
    with pytest.raises(reports.NotOnMarket):
        reported(supply(there, "Weg", state=state), there.ann_login)


def test_nobody_reports_their_own_also_under_a_second_login(there: Market, offer: Offer) -> None:
    of_ann = demand(there)

    for login, thing in (
        (there.ann_login, of_ann),
        (second_login(there.ann_login), of_ann),
        (there.sjoerd, offer),
    ):
        with pytest.raises(reports.OwnReport):
            reported(thing, login)


def test_ten_a_day_are_enough_for_a_person(there: Market) -> None:
    for number in range(10):
        reported(supply(there, f"Nummer {number}"), there.ann_login)
    more = supply(there, "Nog een")

    with pytest.raises(reports.TooManyReports):
        reported(more, there.ann_login)
    with pytest.raises(reports.TooManyReports):
        reported(more, second_login(there.ann_login))
    assert reported(more, there.ann_login, at=AT + timedelta(days=1)).state == ReportState.OPEN
    assert reported(more, there.ben_login).state == ReportState.OPEN


def test_the_system_reports_nothing(offer: Offer) -> None:
    with pytest.raises(NotAllowed):
        reports.report(offer=offer, reason=ReportReason.RUDE, text="", key=KEY, actor=Actor.system(), at=AT)


def test_the_board_takes_it_off_and_all_who_reported_it_get_the_answer(there: Market, offer: Offer) -> None:
    first, second = reported(offer, there.ann_login), reported(offer, there.ben_login)
    of_another = reported(supply(there, "Ander"), there.ben_login)

    uphold(second, there.bea)

    for report in (first, second):
        report.refresh_from_db()
        assert (report.state, report.answer, report.answered_by) == (
            ReportState.UPHELD, "Dit mag hier niet.", there.bea.person,
        )  # fmt: skip
    offer.refresh_from_db()
    assert (offer.state, offer.paused_by_board, reason_of(offer, "offer.suspend")) == (
        "PAUSED", True, "Dit mag hier niet.",
    )  # fmt: skip
    of_another.refresh_from_db()
    assert of_another.state == ReportState.OPEN


def test_the_trail_of_the_provider_does_not_tell_who_reported(there: Market, offer: Offer) -> None:
    uphold(reported(offer, there.ann_login), there.bea)

    assert events_about(there.shop.holder) == ["offer.suspend"]


def test_the_board_leaves_it_on_and_says_why(there: Market, offer: Offer) -> None:
    made, other = reported(offer, there.ann_login), reported(offer, there.ben_login)

    reports.dismiss(report=made, answer="Dit is gewoon toegestaan.", actor=actor(there.bea), at=AT)

    offer.refresh_from_db()
    other.refresh_from_db()
    assert (made.state, offer.state, other.state) == (ReportState.DISMISSED, "PUBLISHED", ReportState.OPEN)
    assert reported(offer, there.ann_login).state == ReportState.OPEN


def test_an_offer_that_ended_meanwhile_needs_no_taking_off(there: Market, offer: Offer) -> None:
    made = reported(offer, there.ann_login)
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.ENDED)

    uphold(made, there.bea)

    offer.refresh_from_db()
    assert (made.state, offer.state) == (ReportState.UPHELD, "ENDED")


def test_whoever_pauses_their_offer_does_not_escape_the_board(there: Market, offer: Offer) -> None:
    made = reported(offer, there.ann_login)
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.PAUSED)

    uphold(made, there.bea)

    offer.refresh_from_db()
    assert (offer.state, offer.paused_by_board) == ("PAUSED", True)


@pytest.mark.parametrize("deed", [reports.uphold, reports.dismiss])
def test_only_the_board_answers_once_and_in_words(there: Market, offer: Offer, deed: Any) -> None:
    made = reported(offer, there.ann_login)

    for outsider in (there.ann_login, there.sjoerd, there.cas_login):
        with pytest.raises(BoardOnly):
            deed(report=made, answer="Nee.", actor=actor(outsider), at=AT)
    for answer in ("", "x" * 501):
        with pytest.raises(reports.AnswerMissing):
            deed(report=made, answer=answer, actor=actor(there.bea), at=AT)
    deed(report=made, answer="Gezien.", actor=actor(there.bea), at=AT)
    with pytest.raises(MoveRefused):
        deed(report=made, answer="Nog eens.", actor=actor(there.bob), at=AT)


def test_a_member_with_an_office_for_the_provider_does_not_answer(there: Market, offer: Offer) -> None:
    mandate(person=there.bea, principal=there.shop.holder)
    made = reported(offer, there.ann_login)

    with pytest.raises(OwnMatter):
        uphold(made, there.bea)
    uphold(made, there.bob)


def test_a_member_does_not_answer_what_they_reported_themself(there: Market, offer: Offer) -> None:
    made = reported(offer, there.bea)

    with pytest.raises(OwnMatter):
        uphold(made, there.bea)
    uphold(made, there.bob)


def test_a_member_answers_for_what_another_reported_of_the_neighbourhood_itself(there: Market) -> None:
    made = reported(supply(there, "Koffie", by=there.neighbourhood.party), there.ann_login)

    uphold(made, there.bea)

    assert made.state == ReportState.UPHELD
