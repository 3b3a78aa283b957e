"""What the pages about deciding show: the board, what is open and decided, an election, how we decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import SystemRandom
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.faces import face_of
from core import clock
from core.clock import day_of
from neighbourhoods.models import (
    BoardPage,
    DecisionsPage,
    Election,
    ElectionPage,
    HowWeDecidePage,
    Neighbourhood,
    NeighbourhoodPage,
    Nomination,
    SeatKind,
)
from neighbourhoods.queries.decisions import (
    board_with_interests,
    meetings_to_come,
    meetings_with_minutes,
    pages_of_elections,
)
from neighbourhoods.queries.elections import candidates_of
from neighbourhoods.queries.policies import policies_of
from neighbourhoods.queries.results import sheet_of
from neighbourhoods.queries.told import told_of
from neighbourhoods.states import BoxState, ElectionState
from neighbourhoods.views.policy_words import words_of_policy

PER_PAGE = 12
MEETINGS_SHOWN = 12


def neighbourhood_above(page: Page) -> Neighbourhood:
    """Whose page this is."""
    return NeighbourhoodPage.objects.ancestor_of(page).select_related("neighbourhood").get().neighbourhood


def day(moment: datetime) -> str:
    """A day in full, in the language of the page."""
    return date_format(localtime(moment), "j F Y")


def hour(moment: datetime) -> str:
    """The same with the hour: who comes in the evening of the last day must not find the door shut."""
    return date_format(localtime(moment), "j F Y, H:i")


# --- The board --------------------------------------------------------------------------------------------------------


@face_of(BoardPage)
def board_face(page: BoardPage, request: HttpRequest) -> dict[str, Any]:
    neighbourhood = neighbourhood_above(page)
    now = clock.now()
    seats = board_with_interests(neighbourhood, day_of(now))
    return {
        "neighbourhood": neighbourhood,
        "seats": seats,
        "is_appointed": bool(seats) and all(seat.kind == SeatKind.APPOINTED for seat in seats),
        "to_come": meetings_to_come(neighbourhood, now),
        "held": meetings_with_minutes(neighbourhood)[:MEETINGS_SHOWN],
        "how_url": sibling_url(page, HowWeDecidePage, request),
    }


def sibling_url(page: Page, kind: type[Page], request: HttpRequest) -> str:
    """The address of the page of this kind beside a page; nothing when there is none."""
    found = kind.objects.live().sibling_of(page).first()
    return (found.get_url(request) if found else "") or ""


# --- An election ------------------------------------------------------------------------------------------------------

Faces = dict[int, ElectionPage]


def election_url(election: Election, faces: Faces, request: HttpRequest) -> str:
    """Its page; before there is one (a draft that was cancelled) its result."""
    face = faces.get(election.pk)
    return (face.get_url(request) if face else "") or ""


def what_is_next(election: Election) -> str:
    """One sentence: what happens now, and until when."""
    words = {
        ElectionState.ANNOUNCED: (_("You can stand from %(moment)s."), election.nominations_from),
        ElectionState.NOMINATIONS: (
            _("You can stand until %(moment)s."),
            election.nominations_until,
        ),
        ElectionState.ROLL_FROZEN: (_("Voting begins on %(moment)s."), election.opens_at),
        ElectionState.VOTING: (_("You can vote until %(moment)s."), election.closes_at),
        ElectionState.CLOSED: (
            _("Voting ended on %(moment)s. The votes are being counted."),
            election.closes_at,
        ),
        ElectionState.COUNTED: (
            _("Voting ended on %(moment)s. The votes are being counted."),
            election.closes_at,
        ),
        ElectionState.PROVISIONAL: (_("You can appeal until %(moment)s."), election.appeals_until),
    }
    sentence, moment = words[ElectionState(election.state)]
    return sentence % {"moment": hour(moment)} if moment else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    title: str
    text: str
    is_done: bool
    is_now: bool


# After which states each step of an election is over, and in which it is going on.
_ORDER = (
    ElectionState.DRAFT,
    ElectionState.ANNOUNCED,
    ElectionState.NOMINATIONS,
    ElectionState.ROLL_FROZEN,
    ElectionState.VOTING,
    ElectionState.CLOSED,
    ElectionState.COUNTED,
    ElectionState.PROVISIONAL,
    ElectionState.FINAL,
)


@face_of(ElectionPage)
def election_face(page: ElectionPage, request: HttpRequest) -> dict[str, Any]:
    election = Election.objects.select_related(
        "box__result", "roll", "policy", "replaces", "neighbourhood"
    ).get(pk=page.election_id)
    nominations = list(candidates_of(election))
    elected = elected_of(election, nominations)
    SystemRandom().shuffle(nominations)  # no order that helps anybody
    return {
        "election": election,
        "next": what_is_next(election) if ElectionState(election.state) in _WITH_NEXT else "",
        "steps": steps_of(election),
        "candidates": nominations,
        "elected": elected,
        "act": act_of(election),
        "told": told_of(election, election.box),
        "how_url": sibling_url(page.get_parent(), HowWeDecidePage, request),
        "again_url": again_url(election, page, request),
    }


_WITH_NEXT = frozenset(_ORDER[1:-1])


def act_of(election: Election) -> tuple[str, str]:
    """What a visitor can do now: (words of the button, address). Nothing when there is nothing to do."""
    box = election.box
    if election.state == ElectionState.NOMINATIONS:
        return _("Stand or nominate somebody"), reverse("election_nominations", args=[election.ref])
    if election.state == ElectionState.VOTING and box:
        return _("Vote"), reverse("vote", args=[box.ref])
    if box and box.state == BoxState.COUNTED:
        return _("See the result"), reverse("vote_result", args=[box.ref])
    return "", ""


def steps_of(election: Election) -> list[Step]:
    """What happens in order, each with its day."""
    until = _("until %(moment)s")
    rows: list[tuple[str, str, ElectionState, ElectionState]] = [
        (_("Candidates"), until % {"moment": hour(election.nominations_until)},
         ElectionState.ANNOUNCED, ElectionState.NOMINATIONS),
        (_("Roll and candidates are fixed"), day(election.freezes_at),
         ElectionState.ROLL_FROZEN, ElectionState.ROLL_FROZEN),
        (_("Voting"), _("%(first)s until %(last)s")
         % {"first": hour(election.opens_at), "last": hour(election.closes_at)},
         ElectionState.VOTING, ElectionState.VOTING),
        (_("Counting"), _("after voting has ended"), ElectionState.CLOSED, ElectionState.COUNTED),
        (_("Time to appeal"), until % {"moment": hour(election.appeals_until)} if election.appeals_until
         else _("%(number)s days after the result") % {"number": election.policy.appeal_days},
         ElectionState.PROVISIONAL, ElectionState.PROVISIONAL),
        (_("The new board begins"), date_format(election.term_from_on, "j F Y"),
         ElectionState.FINAL, ElectionState.FINAL),
    ]  # fmt: skip
    if election.state not in _ORDER:
        return []
    here = _ORDER.index(ElectionState(election.state))
    return [
        Step(
            title=title,
            text=text,
            is_done=_ORDER.index(last) < here or election.state == ElectionState.FINAL,
            is_now=_ORDER.index(first) <= here <= _ORDER.index(last)
            and election.state != ElectionState.FINAL,
        )
        for title, text, first, last in rows
    ]


def elected_of(election: Election, nominations: Sequence[Nomination]) -> list[Nomination]:
    """Who was elected, in the order of the result; nobody before the result is known."""
    if election.state not in {ElectionState.PROVISIONAL, ElectionState.FINAL} or election.box is None:
        return []
    outcome = sheet_of(election.box)["outcome"]
    numbers = outcome.get("elected") or outcome.get("adopted") or []
    known = {str(one.number): one for one in nominations}
    return [known[number] for number in numbers if number in known]


def again_url(election: Election, page: ElectionPage, request: HttpRequest) -> str:
    """The page of the election that is held anew for this one."""
    again = Election.objects.filter(replaces=election).first()
    return election_url(again, pages_of_elections([again], page.locale_id), request) if again else ""


# --- How we decide ----------------------------------------------------------------------------------------------------


@face_of(HowWeDecidePage)
def how_we_decide_face(page: HowWeDecidePage, request: HttpRequest) -> dict[str, Any]:
    neighbourhood = neighbourhood_above(page)
    return {
        "neighbourhood": neighbourhood,
        "policies": [words_of_policy(policy) for policy in policies_of(neighbourhood)],
        "decisions_url": sibling_url(page, DecisionsPage, request),
        "board_url": sibling_url(page, BoardPage, request),
    }
