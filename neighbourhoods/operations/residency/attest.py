"""A residency is attested: with the code from the letter, or by a clerk who saw the person."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import transition
from neighbourhoods.models import Attestation, Residency
from neighbourhoods.operations.accounts import open_account_of_resident
from neighbourhoods.operations.letters import DAYS_GOOD, MOST_TRIES, hash_of
from neighbourhoods.operations.residency.leave import leave
from neighbourhoods.permissions import check, may_serve, ones_own
from neighbourhoods.queries.desk import RUNNING
from neighbourhoods.states import RESIDENCY, ResidencyState

# So long a residency holds before it has to be asked anew: people move and forget to say so.
YEARS = 2


class WrongCode(Refusal):
    """Not the code of this letter. Details: `left`, how many tries are left."""

    code = "wrong_code"
    sentence = _("This code is not right. Compare it with your letter.")
    field = "code"

    def __str__(self) -> str:
        left: int = self.details["left"]
        return ngettext(
            "This code is not right. Compare it with your letter. You can try %(left)d more time.",
            "This code is not right. Compare it with your letter. You can try %(left)d more times.",
            left,
        ) % {"left": left}


class TooManyTries(Refusal):
    """The letter is void; a new one is needed."""

    code = "too_many_tries"
    sentence = _(
        "The wrong code was entered %(most)d times. Ask the desk of the municipality for a new letter."
    )
    field = "code"


class CodeExpired(Refusal):
    """The letter is too old: whoever lives there now may be somebody else. Details: `days`."""

    code = "code_expired"
    sentence = _("This code was good for %(days)d days. Ask the desk of the municipality for a new letter.")
    field = "code"


class NoLetterYet(Refusal):
    """No letter was made for this request."""

    code = "no_letter_yet"
    sentence = _("Your letter has not been made yet. Wait until it is in your letter box.")
    field = "code"


def attest_at_desk(*, residency: Residency, actor: Actor, at: datetime, on: date) -> Residency:
    """A clerk has seen who it is and where they live: from this day on the person lives there.

    A person who lived elsewhere has moved: that residency ends in the same transaction.

    :raises NotAllowed: to anybody but a clerk of the municipality.
    :raises OwnMatter: to a clerk whose own residency it is, whichever login they use.
    :raises MoveRefused: when it was dealt with already.
    """
    check(may_serve(actor, residency.neighbourhood.municipality, on))
    with transaction.atomic():
        _move_in(residency, "attest", how=Attestation.CLERK, actor=actor, at=at, on=on)
    residency.refresh_from_db()
    return residency


def attest_by_code(*, residency: Residency, code: str, actor: Actor, at: datetime, on: date) -> Residency:
    """The resident types the code from the letter: from this day on the person lives there.

    A wrong try is counted although it is refused, so the refusal is raised after the transaction has ended. It may
    not stand inside another one, which would take the count back with it.

    :raises WrongCode: with how many tries are left.
    :raises TooManyTries: after five wrong tries, also for the right code.
    :raises CodeExpired: after thirty days.
    :raises NoLetterYet: when no letter was made.
    :raises NotYours: to anybody but the person.
    :raises MoveRefused: when it was dealt with already.
    """
    with transaction.atomic(durable=True):
        locked = (
            Residency.objects.select_for_update(of=("self",)).select_related("person").get(pk=residency.pk)
        )
        RESIDENCY.after(locked.state, "enter_code")
        ones_own(locked, actor)
        refusal = _judge(locked, code, on)
        if refusal is None:
            _move_in(locked, "enter_code", how=Attestation.CODE_LETTER, actor=actor, at=at, on=on)
    if refusal is not None:
        raise refusal
    residency.refresh_from_db()
    return residency


def last_good_day(residency: Residency) -> date | None:
    """The last day on which the code of the letter can be entered."""
    return day_of(residency.code_made_at) + DAYS_GOOD if residency.code_made_at else None


def _judge(residency: Residency, code: str, on: date) -> Refusal | None:
    """What is wrong with this try, if anything; a wrong code is counted. The row is locked."""
    good_until = last_good_day(residency)
    if not residency.code_hash or good_until is None:
        return NoLetterYet()
    if residency.code_tries >= MOST_TRIES:
        return TooManyTries(most=MOST_TRIES)
    if on > good_until:
        return CodeExpired(days=DAYS_GOOD.days)
    if constant_time_compare(residency.code_hash, hash_of(residency, code)):
        return None
    tries = residency.code_tries + 1
    Residency.objects.filter(pk=residency.pk).update(code_tries=tries)
    return WrongCode(left=MOST_TRIES - tries) if tries < MOST_TRIES else TooManyTries(most=MOST_TRIES)


def _move_in(
    residency: Residency, event: str, *, how: Attestation, actor: Actor, at: datetime, on: date
) -> None:
    """Attest one residency, end the one before it, and open the resident's account in the coin of the place.

    All running rows of the person are locked, in key order.
    """
    running = Residency.objects.select_for_update(of=("self",)).filter(
        person_id=residency.person_id, state__in=RUNNING
    )
    for row in running.select_related("person", "neighbourhood").order_by("pk"):
        if row.state == ResidencyState.ATTESTED and row.pk != residency.pk:
            leave(row, event="end", on=on, actor=actor, at=at, stays_in=residency.neighbourhood_id)
    Residency.objects.filter(pk=residency.pk, state=ResidencyState.REQUESTED).update(
        attested_on=on, until_on=_years_later(on), attestation=how, code_hash=""
    )
    transition(residency, event, actor=actor, at=at, about=(residency.person,))
    open_account_of_resident(residency=residency, actor=actor, at=at)


def _years_later(on: date) -> date:
    """The same day two years on; for 29 February the day before 1 March."""
    try:
        return on.replace(year=on.year + YEARS)
    except ValueError:
        return on.replace(year=on.year + YEARS, day=28)
