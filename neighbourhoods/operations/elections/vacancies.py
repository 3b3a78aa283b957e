"""An elected seat falls empty: the same ballots are counted again without who left, and the next one is asked.

The polling office asks. The candidate answers themself, or the polling office writes down what it heard. Who sits keeps
their seat in the recount (`guarded`), who left or does not want or may not any more is left out (`withdrawn`). What
each recount was made of stands in the trail of the election and beside its result, so that anybody can make it again
from the published ballots.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.counting import Method, canonical, count
from neighbourhoods.models import Election, Nomination, Seat
from neighbourhoods.operations.elections.candidates import check_candidate
from neighbourhoods.operations.elections.drafting import lock
from neighbourhoods.operations.elections.freezing import NotYet, box_of, in_words
from neighbourhoods.operations.elections.outcome import declare_interests
from neighbourhoods.operations.impartial import check_is_no_candidate
from neighbourhoods.operations.seats import install_elected
from neighbourhoods.permissions import check, is_self, may_run_elections
from neighbourhoods.queries.elections import ASKED, COUNTBACK, DECLINED, asked_at, declined, vacancies
from neighbourhoods.queries.results import is_secret_few, paper_of
from neighbourhoods.queries.seats import seats_of
from neighbourhoods.queries.voting import on_ballot as on_ballot_of
from neighbourhoods.states import ElectionState

DAYS_TO_ANSWER = timedelta(days=14)

Asked = Callable[[Nomination], None]
_asked: list[Asked] = []


def on_asked(function: Asked) -> Asked:
    """Have a function told who was asked to take a seat, as the last step of the deed."""
    if function not in _asked:
        _asked.append(function)
    return function


class NoVacancy(Refusal):
    """Nobody is missing on this board."""

    code = "no_vacancy"
    sentence = _("There is no empty seat on this board that the last election can fill.")


class NobodyLeft(Refusal):
    """Every candidate sits, left, or does not want to."""

    code = "nobody_left"
    sentence = _(
        "No other candidate of this election can take the seat. It stays empty until the next election."
    )


class NotAsked(Refusal):
    """Only who the recount named is asked, and only who was asked answers."""

    code = "not_asked"
    sentence = _("This candidate is not the one who was asked to take the seat.")


@dataclass(frozen=True, kw_only=True)
class Countback:
    """What a recount came to. `sheet` recomputes from `paper`; `next` is who is asked. Not for showing as it is: of a
    handful of ballots nothing but `next` may be seen."""

    election: Election
    paper: dict[str, Any]
    sheet: dict[str, Any]
    next: Nomination


def recount(election: Election, at: datetime) -> Countback:
    """Count again for an empty chair. It changes nothing, and comes to the same for everybody.

    :raises NoVacancy: when no chair of this election is empty.
    :raises NobodyLeft: when nobody comes up.
    """
    if not any(one.election.pk == election.pk for one in vacancies(election.neighbourhood, day_of(at))):
        raise NoVacancy
    box = box_of(election)
    if box.method not in {Method.STV, Method.APPROVAL}:
        raise NobodyLeft  # everybody who was confirmed sits or left
    on_ballot = list(on_ballot_of(election))
    sitting = _sitting(election, at)
    guarded = [one for one in on_ballot if one.candidate.canonical_id in sitting]
    out = [one for one in on_ballot if one not in guarded and _is_out(one, election, at)]
    paper = paper_of(box, withdrawn=_keys(out), guarded=_keys(guarded))
    if len(out) + len(guarded) == len(on_ballot):
        raise NobodyLeft
    sheet = count(paper)
    by_key = {str(one.number): one for one in on_ballot}
    new = [by_key[key] for key in sheet["outcome"]["elected"] if by_key[key] not in guarded]
    if not new:
        raise NobodyLeft
    return Countback(election=election, paper=paper, sheet=sheet, next=new[0])


def ask_next(*, election: Election, actor: Actor, at: datetime) -> Nomination:
    """This will count again for an empty chair, that somebody left or nobody ever took, and write down who is asked to
    take it. Who was asked already and can still answer is asked no second time.

    :raises NotAllowed: to anybody but the polling office.
    :raises OfficerStands: to a candidate.
    :raises NoVacancy: when no chair of this election is empty.
    :raises NobodyLeft: when nobody comes up.
    """
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    check_is_no_candidate(actor, election)
    with transaction.atomic():
        found = recount(_locked_final(election), at)
        if asked_at(found.next) is None:
            made_of = {name: found.paper[name] for name in ("withdrawn", "guarded")}
            made_of["next"] = str(found.next.number)
            if not is_secret_few(box_of(election)):
                # Of a handful of ballots a hash would do to find out, by trying, what is on them.
                made_of["input_hash"] = found.sheet["input_hash"]
                made_of["elected"] = found.sheet["outcome"]["elected"]
            # Two lines: what the recount was made of are numbers, and stay when the person is erased.
            record(COUNTBACK, subject=election, actor=actor, at=at, reason=canonical(made_of))
            record(ASKED, subject=found.next, actor=actor, at=at, about=[found.next.candidate])
            for tell in _asked:
                tell(found.next)
    return found.next


def install(*, nomination: Nomination, actor: Actor, at: datetime) -> Seat:
    """This will give the empty chair to the candidate who was asked and said yes, from today to the end of the term.

    :raises NotAllowed: to anybody but the candidate and the polling office that heard them say it.
    :raises NotAsked: when somebody else comes up, or they were not asked.
    :raises NoVacancy: when the chair is taken.
    """
    _check_may_answer(nomination, actor, at)
    with transaction.atomic():
        election = _locked_final(nomination.election)
        found = recount(election, at)
        if found.next.pk != nomination.pk or asked_at(nomination) is None:
            raise NotAsked
        seat = install_elected(
            person=nomination.candidate, election=election, from_on=day_of(at), actor=actor, at=at
        )
        declare_interests(nomination, seat, at)
    return seat


def candidate_declines(
    *, nomination: Nomination, actor: Actor, at: datetime, has_answered: bool = True
) -> None:
    """This will write down that a candidate does not want the chair, or (`has_answered=False`) did not answer within
    fourteen days. Then the next one can be asked.

    :raises NotAllowed: to anybody but the candidate and the polling office.
    :raises NotAsked: when they were not asked, said no before, or took the chair.
    :raises NotYet: when they have days left to answer.
    """
    _check_may_answer(nomination, actor, at)
    with transaction.atomic():
        _locked_final(nomination.election)
        asked = asked_at(nomination)
        if asked is None or seats_of(nomination.candidate).filter(election=nomination.election).exists():
            raise NotAsked
        if not has_answered and at < asked + DAYS_TO_ANSWER:
            raise NotYet(moment=in_words(asked + DAYS_TO_ANSWER))
        record(DECLINED, subject=nomination, actor=actor, at=at, about=[nomination.candidate])


def _check_may_answer(nomination: Nomination, actor: Actor, at: datetime) -> None:
    if not is_self(actor, nomination.candidate):
        check(may_run_elections(actor, nomination.election.neighbourhood, day_of(at)))
        check_is_no_candidate(actor, nomination.election)


def _locked_final(election: Election) -> Election:
    """The row of the election keeps two officers from filling one chair twice."""
    locked = lock(election)
    if locked.state != ElectionState.FINAL:
        raise NoVacancy
    return locked


def _sitting(election: Election, at: datetime) -> set[int]:
    seats = Seat.objects.filter(election=election, until_on__gte=day_of(at)).select_related("person")
    return {seat.person.canonical_id for seat in seats}


def _is_out(nomination: Nomination, election: Election, at: datetime) -> bool:
    """Who had a seat and left it, who said no, and who may not stand any more."""
    had_seat = seats_of(nomination.candidate).filter(election=election, until_on__lt=day_of(at))
    if had_seat.exists() or nomination.pk in declined(election):
        return True
    try:
        check_candidate(nomination.candidate, election, day_of(at))
    except Refusal:
        return True
    return False


def _keys(nominations: list[Nomination]) -> list[str]:
    return [str(one.number) for one in nominations]
