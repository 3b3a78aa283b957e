"""What somebody reported: the board looks, and answers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from marketplace.forms.board import AnswerForm
from marketplace.models import OfferReport
from marketplace.operations import reports as operations
from marketplace.queries.moderation import report_at, reports_of
from marketplace.queries.offers import text_of
from marketplace.views.board.base import MarketRoom, in_market_room
from marketplace.views.telling import phase_of_report
from neighbourhoods.permissions import is_self

OFF = "off"


@in_market_room
def board_report(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Who reported what and why. One answer, and two buttons: off the market, or it stays."""
    report = _report(room, ref)
    form = AnswerForm(room.posted)
    is_off = request.POST.get("decision") == OFF
    deed = operations.uphold if is_off else operations.dismiss
    done = (
        _("It is off the market. Whoever reported it gets your answer.")
        if is_off
        else _("It stays on the market. Whoever reported it gets your answer.")
    )
    if room.sent(form, lambda told: deed(report=report, answer=told["answer"], **room.by()), done):
        return room.go("board_market")
    others = [one for one in reports_of(report.offer) if one.pk != report.pk]
    return room.show(
        "report",
        room.way(),
        report=report,
        text=text_of(report.offer),
        phase=phase_of_report(report),
        others=[(one, *phase_of_report(one)) for one in others],
        is_own=is_self(room.actor, report.reporter),
        form=form,
    )


def _report(room: MarketRoom, ref: UUID) -> OfferReport:
    """:raises Http404: when there is none, one of another neighbourhood, or about what this member has to do with."""
    found = report_at(ref)
    if found is None or found.offer.neighbourhood_id != room.neighbourhood.pk:
        raise Http404
    # Whoever is reported does not hear by whom, on the board neither.
    if room.has_interest(found.offer.provider):
        raise Http404
    return found
