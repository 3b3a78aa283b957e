"""Who stands: put forward by a resident or by themself, on the ballot only with their own word."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Election, Nomination, RuleKind
from neighbourhoods.operations.elections.drafting import NeedsReason, lock
from neighbourhoods.operations.impartial import check_is_no_candidate
from neighbourhoods.permissions import check, check_not_own, is_polling_officer, is_self, may_run_elections
from neighbourhoods.queries.elections import OPEN_NOMINATION, nominations_of_person
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.states import ElectionState, NominationState
from people.models import Party

DUTCH = settings.LANGUAGE_CODE  # what members write is marked with its language
MOST_MADE = 10  # nominations by one person in one election, of others: each of them gets a mail
LONGEST_STATEMENT, LONGEST_INTERESTS, LONGEST_INTEREST = 2000, 1000, 200


class NotNow(Refusal):
    """Nominations run between two moments."""

    code = "not_now"
    sentence = _("This is not possible now. Look at the days of the election.")


class NotAResidentHere(Refusal):
    """Who nominates and who stands live here."""

    code = "not_a_resident_here"
    sentence = _("Only somebody who lives in %(neighbourhood)s can do this.")


class IsPollingOfficer(Refusal):
    """Whoever runs an election does not stand in it."""

    code = "is_polling_officer"
    sentence = _("Whoever works at the polling office cannot stand in an election there.")


class TooYoung(Refusal):
    """The age from which somebody may vote holds for standing too."""

    code = "too_young"
    sentence = _("You can stand in this election from the age of %(years)s.")


class AlreadyNominated(Refusal):
    """One nomination per person."""

    code = "already_nominated"
    sentence = _("This person has already been nominated.")


class TooManyNominations(Refusal):
    """Nobody needs to ask so many."""

    code = "too_many_nominations"
    sentence = _("You have nominated %(number)s people. That is the most that one person can nominate.")


class NoStatement(Refusal):
    """Voters read why somebody stands."""

    code = "no_statement"
    sentence = _("Write in a few words why you stand.")
    field = "statement"


class NoDeclaration(Refusal):
    """Voters must be able to see for whom else a candidate works, sits or owns."""

    code = "no_declaration"
    sentence = _("Write down your interests, one on each line, or say that you have none.")
    field = "interests"


class BothDeclared(Refusal):
    """Interests and no interests at the same time."""

    code = "both_declared"
    sentence = _("You wrote down interests, and also that you have none. Choose one of the two.")
    field = "has_no_interests"


class TooManyWords(Refusal):
    """A text is longer than what is kept."""

    code = "too_many_words"
    sentence = _("This text is too long. An interest fits on a line of %(letters)s letters.")
    field = "interests"


class NotTheCandidate(Refusal):
    """Nobody accepts for somebody else."""

    code = "not_the_candidate"
    sentence = _("Only the candidate can do this.")


def nominate(
    *, election: Election, candidate: Party, by: Party, actor: Actor, at: datetime, language: str = DUTCH
) -> Nomination:
    """This will put a resident forward. They are asked, and stand only when they accept.

    :raises NotAllowed: to anybody but `by`, and the polling office that writes it down for a resident.
    :raises NotNow: outside the days of nominations.
    :raises NotAResidentHere, IsPollingOfficer, TooYoung: when one of the two does not qualify.
    :raises AlreadyNominated, TooManyNominations: nobody is asked.
    """
    check(is_self(actor, by) or may_run_elections(actor, election.neighbourhood, day_of(at)))
    with transaction.atomic():
        locked = _lock_open(election, at, until="nominations_until")
        _check_resident(by, locked)
        check_candidate(candidate, locked, day_of(at))
        _check_free(candidate, locked)
        made_by = locked.nominations.filter(proposed_by_id=by.canonical_id).exclude(
            candidate_id=by.canonical_id
        )
        if made_by.count() >= MOST_MADE:
            raise TooManyNominations(number=MOST_MADE)
        return _propose(locked, candidate, by, language, actor, at)


def stand(
    *,
    election: Election,
    person: Party,
    statement: str,
    interests: str,
    has_no_interests: bool,
    actor: Actor,
    at: datetime,
    language: str = DUTCH,
) -> Nomination:
    """This will put somebody forward by themself, accepted at once; a nomination that waits for them is accepted.

    :raises NotTheCandidate: to anybody else.
    :raises NotNow: outside the days of nominations.
    :raises NotAResidentHere, IsPollingOfficer, TooYoung, AlreadyNominated: when they cannot stand.
    :raises NoStatement, NoDeclaration, BothDeclared, TooManyWords: see `accept`.
    """
    _check_is_candidate(actor, person)
    with transaction.atomic():
        locked = _lock_open(election, at, until="nominations_until")
        check_candidate(person, locked, day_of(at))
        waiting = nominations_of_person(locked, person).filter(state=NominationState.PROPOSED).first()
        if waiting is None:
            _check_free(person, locked)
            waiting = _propose(locked, person, person, language, actor, at)
        return _accept(waiting, statement, interests, has_no_interests, language, actor, at)


def accept(
    *,
    nomination: Nomination,
    statement: str,
    interests: str,
    has_no_interests: bool,
    actor: Actor,
    at: datetime,
    language: str = DUTCH,
) -> Nomination:
    """This will say yes to a nomination, with the candidate's own words. `interests` are lines.

    :raises NotTheCandidate: to anybody else, the polling office too.
    :raises NotNow: after the roll is frozen.
    :raises NoStatement, NoDeclaration, BothDeclared, TooManyWords: when the words are missing or do not fit.
    :raises NotAResidentHere, IsPollingOfficer, TooYoung: when they cannot stand.
    :raises MoveRefused: when it was answered before.
    """
    _check_is_candidate(actor, nomination.candidate)
    with transaction.atomic():
        locked = _lock_open(nomination.election, at, until="freezes_at")
        check_candidate(nomination.candidate, locked, day_of(at))
        return _accept(nomination, statement, interests, has_no_interests, language, actor, at)


def change_statement(
    *,
    nomination: Nomination,
    statement: str,
    actor: Actor,
    at: datetime,
    interests: str | None = None,
    has_no_interests: bool | None = None,
    language: str = DUTCH,
) -> None:
    """This will change what a candidate says of themself, until the candidates are fixed. Interests that are not
    given stay as they are.

    :raises NotTheCandidate: to anybody else.
    :raises NotNow: after that, or when the nomination was not accepted.
    :raises NoStatement, NoDeclaration, BothDeclared, TooManyWords: as in `accept`.
    """
    _check_is_candidate(actor, nomination.candidate)
    with transaction.atomic():
        _lock_open(nomination.election, at, until="freezes_at")
        locked = Nomination.objects.select_for_update(no_key=True).get(pk=nomination.pk)
        if locked.state != NominationState.ACCEPTED:
            raise NotNow
        if interests is None:
            interests, has_no_interests = locked.interests, locked.has_no_interests
        words = _words(statement, interests, bool(has_no_interests), language)
        Nomination.objects.filter(pk=locked.pk).update(**words)
        record("nomination.change", subject=locked, actor=actor, at=at, about=[nomination.candidate])
    nomination.refresh_from_db()


def withdraw_nomination(*, nomination: Nomination, actor: Actor, at: datetime) -> None:
    """This will say no to a nomination, or take a candidature back, until the candidates are fixed.

    :raises NotTheCandidate: to anybody but the candidate.
    :raises NotNow: after that.
    :raises MoveRefused: when it was rejected or withdrawn before.
    """
    _check_is_candidate(actor, nomination.candidate)
    with transaction.atomic():
        _lock_open(nomination.election, at, until="freezes_at")
        transition(nomination, "withdraw", actor=actor, at=at, about=(nomination.candidate,))


def reject(*, nomination: Nomination, reason: str, actor: Actor, at: datetime) -> None:
    """This will keep somebody off the ballot who does not qualify, with a reason that they read.

    :raises NotAllowed: to anybody but the polling office.
    :raises OwnMatter: to whoever it is about.
    :raises OfficerStands: to another candidate.
    :raises NeedsReason: without one.
    :raises NotNow: when the candidates are fixed.
    :raises MoveRefused: when it was rejected or withdrawn before.
    """
    election = nomination.election
    check(may_run_elections(actor, election.neighbourhood, day_of(at)))
    check_not_own(actor, nomination.candidate)
    check_is_no_candidate(actor, election)
    if not reason.strip():
        raise NeedsReason
    with transaction.atomic():
        if lock(election).state != ElectionState.NOMINATIONS:
            raise NotNow
        leave_off(nomination, reason.strip(), actor, at)


def leave_off(nomination: Nomination, reason: str, actor: Actor, at: datetime) -> None:
    """The election is locked by the caller."""
    about = (nomination.candidate,)
    transition(nomination, "reject", actor=actor, at=at, about=about, reason=reason, along={"reason": reason})


def check_candidate(person: Party, election: Election, on: date) -> None:
    """:raises NotAResidentHere, IsPollingOfficer, TooYoung: when this person cannot stand on this day."""
    _check_resident(person, election)
    if is_polling_officer(person, election.neighbourhood, on):
        raise IsPollingOfficer
    rule = election.policy.rules.filter(kind=RuleKind.AGE).first()
    born_on = getattr(person.details, "born_on", None)
    # Who did not say when they were born counts as old enough, as on the roll.
    if rule and born_on and _age(born_on, on) < (rule.number or 0):
        raise TooYoung(years=rule.number)


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _check_resident(person: Party, election: Election) -> None:
    if not lives_in(person, election.neighbourhood):
        raise NotAResidentHere(neighbourhood=election.neighbourhood.name)


def _check_free(candidate: Party, election: Election) -> None:
    if nominations_of_person(election, candidate).filter(state__in=OPEN_NOMINATION).exists():
        raise AlreadyNominated


def _check_is_candidate(actor: Actor, person: Party) -> None:
    """Whoever stands says so themself. No office, and not the system, says it for them."""
    if not is_self(actor, person):
        raise NotTheCandidate


def _lock_open(election: Election, at: datetime, *, until: str) -> Election:
    locked = lock(election)
    if locked.state != ElectionState.NOMINATIONS or at >= getattr(locked, until):
        raise NotNow
    return locked


def _propose(
    election: Election, candidate: Party, by: Party, language: str, actor: Actor, at: datetime
) -> Nomination:
    try:
        with transaction.atomic():
            made = Nomination.objects.create(
                election=election, candidate_id=candidate.canonical_id, proposed_by_id=by.canonical_id,
                language=language, proposed_at=at,
            )  # fmt: skip
    except IntegrityError:  # the row of the election is locked, so this is for a caller who came around it
        raise AlreadyNominated from None
    # About the candidate alone: who types an address of a neighbour does not learn here whether it is known.
    record("nomination.propose", subject=made, actor=actor, at=at, about=[made.candidate], after=made.state)
    return made


def _accept(
    nomination: Nomination,
    statement: str,
    interests: str,
    has_no_interests: bool,
    language: str,
    actor: Actor,
    at: datetime,
) -> Nomination:
    words = _words(statement, interests, has_no_interests, language)
    along = {**words, "accepted_at": at}
    transition(nomination, "accept", actor=actor, at=at, about=(nomination.candidate,), along=along)
    return nomination


def _words(statement: str, interests: str, has_no_interests: bool, language: str) -> dict[str, object]:
    """What a candidate says, as it is kept: one interest a line, no empty ones."""
    lines = interest_lines(interests)
    if not statement.strip():
        raise NoStatement
    if not lines and not has_no_interests:
        raise NoDeclaration
    if lines and has_no_interests:
        raise BothDeclared
    kept = "\n".join(lines)
    is_too_long = len(statement.strip()) > LONGEST_STATEMENT or len(kept) > LONGEST_INTERESTS
    if is_too_long or any(len(line) > LONGEST_INTEREST for line in lines):
        raise TooManyWords(letters=LONGEST_INTEREST)
    return {
        "statement": statement.strip(), "interests": kept, "has_no_interests": has_no_interests, "language": language,
    }  # fmt: skip


def interest_lines(interests: str) -> list[str]:
    """The interests that a text names, one a line."""
    return [line.strip() for line in interests.splitlines() if line.strip()]
