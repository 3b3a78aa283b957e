"""Empty chairs of the board at the polling office: the ballots are counted again, and who comes up is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.models import Election, Nomination
from neighbourhoods.operations.elections import ask_next, candidate_declines, install
from neighbourhoods.operations.elections.vacancies import DAYS_TO_ANSWER
from neighbourhoods.queries.elections import vacancies
from neighbourhoods.queries.polling import asked_for_a_seat, nominations_in
from neighbourhoods.views.polling.base import Ask, PollingOffice, at_polling_office
from neighbourhoods.views.posted import posted


@dataclass(frozen=True)
class Answer:
    """What a candidate said when they were asked, and the words of the page that writes it down."""

    title: Any
    lead: Any
    button: Any
    said: Any


ANSWERS = {
    "yes": Answer(
        gettext_lazy("Does %(name)s take the seat?"),
        gettext_lazy("From today on %(name)s is on the board, until the end of the term."),
        gettext_lazy("%(name)s takes the seat"),
        gettext_lazy("%(name)s is on the board."),
    ),
    "no": Answer(
        gettext_lazy("Does %(name)s not want the seat?"),
        gettext_lazy("Then you can ask the next candidate."),
        gettext_lazy("%(name)s does not want it"),
        gettext_lazy("It is written down. Now ask the next candidate."),
    ),
    "silent": Answer(
        gettext_lazy("Did %(name)s not answer?"),
        gettext_lazy("After fourteen days without an answer you can ask the next candidate."),
        gettext_lazy("%(name)s did not answer"),
        gettext_lazy("It is written down. Now ask the next candidate."),
    ),
}


@at_polling_office
def seats(request: HttpRequest, office: PollingOffice) -> HttpResponse:
    """Which chairs are empty, and who was asked to take one."""
    empty = vacancies(office.neighbourhood, clock.today())
    asked, since = (asked_for_a_seat(empty[0].election) if empty else None) or (None, None)
    return office.show(
        "seats",
        office.crumbs(),
        empty=empty,
        asked=asked,
        since=since,
        answer_by=since + DAYS_TO_ANSWER if since else None,
        is_late=bool(since and clock.now() >= since + DAYS_TO_ANSWER),
    )


@at_polling_office
def ask(request: HttpRequest, office: PollingOffice) -> HttpResponse:
    """Count the same ballots again, and write down who is asked."""
    election = _election(office)
    form = SureForm(posted(request))
    asked: list[Nomination] = []
    if office.did(form, lambda: asked.append(ask_next(election=election, **office.by()))):
        words = {"name": asked[0].candidate.display_name}
        messages.success(request, _("Ask %(name)s to take the seat.") % words)
        return redirect(office.url("polling_seats"))
    question = Ask(
        title=_("Count again for the empty chair?"),
        lead=_("The same ballots are counted without who left. Who comes up is asked to take the seat."),
        button=_("Count again"),
        back=_("Not yet"),
        back_url=office.url("polling_seats"),
    )
    return office.ask(question, form, _crumbs(office))


@at_polling_office
def answer(request: HttpRequest, office: PollingOffice, candidate: UUID, answer: str) -> HttpResponse:
    """Write down what the candidate said."""
    if answer not in ANSWERS:
        raise Http404
    words = ANSWERS[answer]
    nomination = get_object_or_404(nominations_in(_election(office)), ref=candidate)
    name = {"name": nomination.candidate.display_name}
    form = SureForm(posted(request))
    if office.did(form, lambda: _write_down(office, nomination, answer)):
        messages.success(request, words.said % name)
        return redirect(office.url("polling_seats"))
    question = Ask(
        title=words.title % name,
        lead=words.lead % name,
        button=words.button % name,
        back=_("Not yet"),
        back_url=office.url("polling_seats"),
    )
    return office.ask(question, form, _crumbs(office))


def _write_down(office: PollingOffice, nomination: Nomination, answer: str) -> None:
    if answer == "yes":
        install(nomination=nomination, **office.by())
    else:
        candidate_declines(nomination=nomination, has_answered=answer == "no", **office.by())


def _election(office: PollingOffice) -> Election:
    """The election that the present board came from.

    :raises Http404: when no chair is empty.
    """
    empty = vacancies(office.neighbourhood, clock.today())
    if not empty:
        raise Http404
    return empty[0].election


def _crumbs(office: PollingOffice) -> list[tuple[str, str]]:
    return office.crumbs(None, (_("Empty chairs"), office.url("polling_seats")))
