"""The steps that the board takes with a value decision. Who leads the board takes them; the operations say so."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import clock
from core.amounts import format_amount
from neighbourhoods.forms.board_values import (
    AdmitForm,
    ConfirmForm,
    TermsForm,
    VolumeForm,
    WhereForm,
    WhyForm,
)
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Meeting, ValueDecision
from neighbourhoods.operations import values as operations
from neighbourhoods.operations.motions import MEETING_LASTS
from neighbourhoods.queries.board_values import meetings_going_on
from neighbourhoods.queries.cover import lacks_volume
from neighbourhoods.queries.motions import still_to_vote
from neighbourhoods.queries.value_votes import margin_of, residents_amount
from neighbourhoods.queries.values import Terms, default_terms
from neighbourhoods.states import ValueState
from neighbourhoods.views.boardroom.base import Ask, Room, in_boardroom
from neighbourhoods.views.boardroom.values import decision_in, open_box, way_to


@in_boardroom
def admit(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Put a proposal on the agenda, because somebody asks for it."""
    found = decision_in(room, ref)
    form = AdmitForm(room.posted, is_known=bool(found.evidence))
    if room.sent(
        form,
        lambda told: operations.admit(decision=found, **told, **room.by()),
        _("It is on the agenda. It has a page now."),
    ):
        return room.go("board_value", ref)
    ask = Ask(
        title=_("Put this on the agenda?"),
        lead=_("Do so when somebody asks for it. Nobody is paid for what nobody needs."),
        note=_("Already written down: %(evidence)s") % {"evidence": found.evidence} if found.evidence else "",
        button=_("Put it on the agenda"),
        back_url=room.url("board_value", ref),
        back=_("Leave it to the residents"),
    )
    return room.ask(ask, form, way_to(room, found))


@in_boardroom
def turn_away(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Not on the agenda, and why."""
    found = decision_in(room, ref)
    form = WhyForm(room.posted)
    if room.sent(
        form,
        lambda told: operations.turn_away(decision=found, **told, **room.by()),
        _("It does not come on the agenda. Everybody can read why."),
    ):
        return room.go("board_value", ref)
    ask = Ask(
        title=_("Not put this on the agenda?"),
        lead=_("The proposal ends here, also when residents support it."),
        note=_("This cannot be undone. Somebody can propose it anew."),
        button=_("Do not put it on the agenda"),
        back_url=room.url("board_value", ref),
    )
    return room.ask(ask, form, way_to(room, found))


@in_boardroom
def withdraw(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Throw a draft away, or take back what demand brought up."""
    found = decision_in(room, ref)
    if found.state != ValueState.DRAFT and found.proposed_by is not None:
        raise Http404  # who proposed it takes it back, on its own page
    form = SureForm(room.posted) if found.state == ValueState.DRAFT else WhyForm(room.posted)
    if room.sent(
        form,
        lambda told: operations.withdraw(decision=found, reason=told.get("reason", ""), **room.by()),
        _("It is taken back."),
    ):
        return room.go("board_values")
    ask = Ask(
        title=_("Take this back?"),
        lead=_("The board then does not propose it."),
        button=_("Take it back"),
        back_url=room.url("board_value", ref),
        back=_("Leave it"),
    )
    return room.ask(ask, form, way_to(room, found))


@in_boardroom
def consult(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Put the terms of the vote before everybody."""
    found = decision_in(room, ref)
    form = _terms_form(room, found, default_terms(found, clock.day_of(room.now)))
    if room.sent(
        form,
        lambda _told: operations.consult(decision=found, terms=form.values(), **room.by()),
        _("Everybody can react now."),
    ):
        return room.go("board_value", ref)
    days = found.policy.consultation_days
    lead = ngettext(
        "Everybody can react for %(days)d day. Then the vote begins by itself.",
        "Everybody can react for %(days)d days. Then the vote begins by itself.",
        days,
    ) % {"days": days}
    ask = Ask(
        title=_("What is put to the vote?"),
        lead=lead,
        note=_("You can change this until the time to react is over. Everybody sees what you change."),
        button=_("Ask everybody"),
        back_url=room.url("board_value", ref),
    )
    return room.ask(ask, form, way_to(room, found))


@in_boardroom
def change_terms(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Other terms, while people can still react."""
    found = decision_in(room, ref)
    form = _terms_form(room, found, terms_of(found))
    if room.sent(
        form,
        lambda _told: operations.change_terms(decision=found, terms=form.values(), **room.by()),
        _("Changed. Everybody sees this now."),
    ):
        return room.go("board_value", ref)
    ask = Ask(
        title=_("Change what is put to the vote"),
        lead=_("People may have reacted already to what stands there now."),
        button=_("Save"),
        back_url=room.url("board_value", ref),
    )
    return room.ask(ask, form, way_to(room, found))


@in_boardroom
def name_volume(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """How often it is expected, when it was decided without anybody saying so."""
    found = decision_in(room, ref)
    if found.state != ValueState.APPEAL or not lacks_volume(found):
        raise Http404
    form = VolumeForm(room.posted)
    if room.sent(
        form,
        lambda told: operations.name_volume(decision=found, **told, **room.by()),
        _("Written down. Everybody can see what it costs now."),
    ):
        return room.go("board_value", ref)
    ask = Ask(
        title=_("How often a month is this expected?"),
        lead=_(
            "Nobody said so before the vote. Until it is known whether there is money for it, it cannot begin."
        ),
        note=_("You can say this once."),
        button=_("Save"),
        back_url=room.url("board_value", ref),
    )
    return room.ask(ask, form, way_to(room, found))


@in_boardroom
def open_vote(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """In a meeting that is going on, or in writing."""
    found = decision_in(room, ref)
    form = WhereForm(room.posted, meetings=_meetings(room))
    if room.sent(
        form,
        lambda _told: operations.open_vote(decision=found, meeting=form.meeting, **room.by()),
        _("The vote is open."),
    ):
        return room.go("board_value", ref)
    ask = Ask(
        title=_("Open the vote?"),
        lead=_("All members who are on the board today can vote. Who has an interest steps aside by itself."),
        note=" ".join(filter(None, [form.how, _("How members vote is shown when the vote is over.")])),
        button=_("Open the vote"),
        back_url=room.url("board_value", ref),
    )
    return room.ask(ask, form, way_to(room, found))


@in_boardroom
def confirm(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """Have the board vote on what the residents chose."""
    found = decision_in(room, ref)
    if found.state != ValueState.AWAITING_BOARD:
        raise Http404
    form = ConfirmForm(
        room.posted,
        is_ending=found.is_ending,
        meetings=_meetings(room),
        initial={"amount": residents_amount(found)},
    )
    if room.sent(
        form,
        lambda _told: operations.open_confirmation(
            decision=found, amount=form.amount_chosen, meeting=form.meeting, **room.by()
        ),
        _("The vote is open."),
    ):
        return room.go("board_value", ref)
    ask = Ask(
        title=_("What does the board say?"),
        lead=_chosen(found),
        note=" ".join(
            filter(
                None,
                [form.how, _("Whoever votes against says why. Then it goes back to the residents, once.")],
            )
        ),
        button=_("Open the vote"),
        back_url=room.url("board_value", ref),
    )
    return room.ask(ask, form, way_to(room, found))


@in_boardroom
def close_vote(request: HttpRequest, room: Room, ref: UUID) -> HttpResponse:
    """The vote of the board is over: count it and write down what was decided."""
    found = decision_in(room, ref)
    missing = still_to_vote(open_box(found))
    deed = (
        operations.close_confirmation if found.state == ValueState.AWAITING_BOARD else operations.close_vote
    )
    form = SureForm(room.posted)
    if room.sent(form, lambda _told: deed(decision=found, **room.by()), _("The votes are counted.")):
        return room.go("board_value", ref)
    ask = Ask(
        title=_("Close the vote?"),
        lead=_("The votes are counted at once, and everybody can see them. This cannot be undone."),
        note=_("Not everybody has voted yet: %(number)d to go.") % {"number": missing} if missing else "",
        button=_("Close the vote"),
        back_url=room.url("board_value", ref),
        back=_("Let the others vote first"),
    )
    return room.ask(ask, form, way_to(room, found))


def terms_of(decision: ValueDecision) -> Terms:
    """What stands now."""
    return Terms(
        proposed=decision.proposed, volume=decision.volume, low=decision.low, high=decision.high,
        step=decision.step, wanted_on=decision.wanted_on,
    )  # fmt: skip


def _terms_form(room: Room, decision: ValueDecision, terms: Terms) -> TermsForm:
    return TermsForm(room.posted, terms=terms, decision=decision)


def _meetings(room: Room) -> list[Meeting]:
    return list(meetings_going_on(room.neighbourhood, room.now, MEETING_LASTS))


def _chosen(decision: ValueDecision) -> str:
    """What the residents chose, and how far the board may go from it."""
    margin = margin_of(decision)
    if margin is None:
        return _("The residents chose that it has no value any more. The board says yes or no to that.")
    language = get_language() or settings.LANGUAGE_CODE
    return _("The residents chose %(chosen)s. The board can vote on an amount from %(low)s to %(high)s.") % {
        "chosen": format_amount(residents_amount(decision) or 0, language),
        "low": format_amount(margin.low, language),
        "high": format_amount(margin.high, language),
    }
