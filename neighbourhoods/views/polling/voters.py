"""Voters at the polling office, while the voting goes on: found by name, handed a paper ballot, helped with voting.

A name is looked for by POST: what somebody looked for in a polling station belongs in no list of addresses.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from core.refusals import Refusal, refuse
from neighbourhoods.forms.polling import VoterForm
from neighbourhoods.forms.residency import SureForm
from neighbourhoods.forms.vote.ballot import BallotForm, ballot_form
from neighbourhoods.models import BallotBox, Election, RollEntry
from neighbourhoods.operations.ballots import cast_assisted, mark_paper
from neighbourhoods.permissions import is_self
from neighbourhoods.queries.ballots import form_hash, labels_of, turnout
from neighbourhoods.queries.polling import MOST_FOUND, voters_called
from neighbourhoods.queries.rolls import entries_of_person
from neighbourhoods.states import BoxState
from neighbourhoods.views.polling.base import (
    Ask,
    Crumbs,
    PollingOffice,
    at_polling_office,
    box_of,
)
from neighbourhoods.views.posted import posted


@at_polling_office
@sensitive_post_parameters()
def voters(request: HttpRequest, office: PollingOffice, ref: UUID) -> HttpResponse:
    """Look somebody up who has come to vote. Nobody is shown unasked."""
    found = office.election(ref)
    box = box_of(found)
    form = VoterForm(posted(request))
    entries: list[RollEntry] | None = None
    if request.method == "POST" and form.is_valid():
        entries = voters_called(box.roll, form.cleaned_data["q"])
    names = Counter(entry.person.display_name for entry in entries or [])
    return office.show(
        "voters",
        office.crumbs(found),
        election=found,
        form=form,
        voted=turnout(box),
        size=box.roll.size,
        is_open=box.state == BoxState.OPEN,
        entries=None if entries is None else entries[:MOST_FOUND],
        has_more=len(entries or []) > MOST_FOUND,
        namesakes={name for name, number in names.items() if number > 1},
    )


@at_polling_office
def voter(request: HttpRequest, office: PollingOffice, ref: UUID, pk: int) -> HttpResponse:
    """One voter: whether they may vote here and did not yet, and what can be done."""
    found = office.election(ref)
    entry = _entry(box_of(found), pk)
    return office.show("voter", _crumbs(office, found), **_voter(office, found, entry))


@at_polling_office
def hand_out_paper(request: HttpRequest, office: PollingOffice, ref: UUID, pk: int) -> HttpResponse:
    """Mark that somebody gets a ballot on paper. From then on they have voted.

    This very answer says so: a message for a next page would keep the name and the moment of a mark.
    """
    found = office.election(ref)
    box = box_of(found)
    entry = _entry(box, pk)
    name = entry.person.display_name
    form = SureForm(posted(request))
    if office.did(form, lambda: mark_paper(box=box, voter=entry.person, **office.by())):
        return office.show("handed_out", _crumbs(office, found), election=found, person=entry.person)
    ask = Ask(
        title=_("A paper ballot for %(name)s?") % {"name": name},
        lead=_("From now on %(name)s has voted, and cannot vote on the site any more.") % {"name": name},
        button=_("Hand out a paper ballot"),
        back=_("Not yet"),
        back_url=office.url("polling_voter", ref, pk),
    )
    return office.ask(ask, form, _crumbs(office, found))


@at_polling_office
@sensitive_post_parameters()
def help_voting(request: HttpRequest, office: PollingOffice, ref: UUID, pk: int) -> HttpResponse:
    """Somebody votes on this device with help. The officer acts, the voter is named; no step of it is kept."""
    found = office.election(ref)
    box = box_of(found)
    at = Booth(office, found, box, _entry(box, pk))
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if at.cannot and step != "cast":
        return office.show("voter", _crumbs(office, found), **_voter(office, found, at.entry))
    if step == "cast":
        return at.cast(_ballot(request, box, is_blank=bool(request.POST.get("blank"))))
    if step in {"look", "blank"}:
        form = _ballot(request, box, is_blank=step == "blank")
        return at.look(form) if form.is_valid() else at.fill_in(form)
    return at.fill_in(_form(box, typed=request.POST if step == "edit" else None))


class Booth:
    """A voter before the ballot, with an officer beside them."""

    def __init__(self, office: PollingOffice, election: Election, box: BallotBox, entry: RollEntry) -> None:
        self.office, self.election, self.box, self.entry = office, election, box, entry
        facts = _voter(office, election, entry)
        self.cannot = facts["has_voted"] or facts["is_own"] or not facts["is_entitled"]

    def fill_in(self, form: BallotForm) -> HttpResponse:
        return self._show("help", form=form)

    def look(self, form: BallotForm) -> HttpResponse:
        """Is this your vote? The page carries it; nothing keeps it."""
        lines = [] if form.is_blank else form.lines()
        form.hide()
        return self._show("help_look", form=form, lines=lines, left=len(self.box.options) - len(lines))

    def cast(self, form: BallotForm) -> HttpResponse:
        """Cast it, and say so in this very answer: a receipt code is shown nowhere else."""
        if not form.is_valid():
            return self.fill_in(form)
        said = form.cleaned_data
        try:
            code = cast_assisted(
                box=self.box, voter=self.entry.person, choice=said["choice"], wants_receipt=said["wants_receipt"],
                form_hash=said["form_hash"], **self.office.by(),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
            return self.fill_in(form)
        return self._show("helped", code=code)

    def _show(self, template: str, **more: Any) -> HttpResponse:
        crumbs = _crumbs(self.office, self.election)
        facts = {"election": self.election, "box": self.box, "entry": self.entry, "person": self.entry.person}
        return self.office.show(template, crumbs, **facts, **more)


def _voter(office: PollingOffice, election: Election, entry: RollEntry) -> dict[str, Any]:
    """What the office may know of a voter. Under two numbers somebody is one voter: either mark counts."""
    entries = list(entries_of_person(entry.roll, entry.person))
    return {
        "election": election,
        "entry": entry,
        "person": entry.person,
        "is_own": is_self(office.actor, entry.person),
        "is_entitled": any(one.is_included for one in entries),
        "has_voted": any(one.channel for one in entries),
        "is_open": box_of(election).state == BoxState.OPEN,
    }


def _entry(box: BallotBox, pk: int) -> RollEntry:
    """:raises Http404: for an entry on another roll."""
    rows = box.roll.entries.select_related("roll", "person__person_details")
    return get_object_or_404(rows.filter(person__erased_at__isnull=True), pk=pk)


def _crumbs(office: PollingOffice, election: Election) -> Crumbs:
    return office.crumbs(election, (_("Voters"), office.url("polling_voters", election.ref)))


def _ballot(request: HttpRequest, box: BallotBox, *, is_blank: bool) -> BallotForm:
    """The ballot as it was sent."""
    data = request.POST.copy()
    data["blank"] = "1" if is_blank else ""
    return _form(box, data=data)


def _form(box: BallotBox, *, data: Any = None, typed: Any = None) -> BallotForm:
    return ballot_form(data, typed=typed, box=box, labels=labels_of(box), form_hash=form_hash(box))
