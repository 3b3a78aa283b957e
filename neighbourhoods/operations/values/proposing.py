"""Proposing what something is worth: by anybody who is signed in, or as a draft by a board."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import transition
from neighbourhoods.models import Neighbourhood, Subject, ValueDecision, ValuedItem
from neighbourhoods.operations.elections.drafting import NeedsReason
from neighbourhoods.operations.meetings.doors import member_of
from neighbourhoods.operations.residency import FormUsed
from neighbourhoods.operations.values.items import (
    NewItem,
    add_item,
    check_amount,
    check_unknown,
    speaker_for,
)
from neighbourhoods.permissions import acting_person, check, is_self, seat_in_force
from neighbourhoods.queries.items import value_on, version_on, words_of
from neighbourhoods.queries.meetings import leads_board
from neighbourhoods.queries.policies import policy_for
from neighbourhoods.queries.values import running_on, was_signalled_since
from neighbourhoods.states import VALUE_DECISION, ValueState
from people.models import Party
from people.queries import numbers_of

MOST_PROPOSALS: Final = 3
MOST_LATELY, LATELY = 6, timedelta(days=30)
MOST_UNITS: Final = 1_000_000  # a month: more is a slip of the keyboard
MOST_AHEAD: Final = timedelta(days=366)
LONGEST_TEXT, LONGEST_EVIDENCE, LONGEST_REASON = 2000, 1000, 1000


class AlreadyRunning(Refusal):
    """One decision about one thing at a time. Details: `name`, and `ref` of the one that runs."""

    code = "value_already_running"
    sentence = _("A decision about “%(name)s” is already going on. You can join in there.")
    field = "item"


class TooManyProposals(Refusal):
    """Others must be able to read them all. Details: `most`."""

    code = "value_too_many_proposals"
    sentence = _(
        "You have proposed %(most)d values that wait for support. Wait until one is over, or take one back."
    )


class TooManyLately(Refusal):
    """Also what is taken back was there for others to read, and what it was called stays. Details: `most`, `days`."""

    code = "value_too_many_lately"
    sentence = _("You have proposed %(most)d values within %(days)d days. Wait a little before the next one.")


class TooSoon(Refusal):
    """A value may settle before it is asked again. Details: `day`, from which it can be, and `on`, that date."""

    code = "value_too_soon"
    sentence = _("This value is still new. You can propose another one from %(day)s.")


class TextMissing(Refusal):
    """Others read why before they support it."""

    code = "value_text_missing"
    sentence = _("Say why, in no more than 2000 characters.")
    field = "text"


class EvidenceTooLong(Refusal):
    """Who asks for it is told briefly."""

    code = "value_evidence_too_long"
    sentence = _("Say who asks for it in no more than 1000 characters.")
    field = "evidence"


class VolumeRefused(Refusal):
    """What it costs is reckoned with it."""

    code = "value_volume"
    sentence = _("Enter a whole number above 0, or leave it empty.")
    field = "volume"


class TooFarAhead(Refusal):
    """What is decided begins soon: until then nothing else about it can be."""

    code = "value_too_far_ahead"
    sentence = _("Choose a day within a year from now.")
    field = "wanted_on"


class NothingToEnd(Refusal):
    """Only what has a value can lose it."""

    code = "value_nothing_to_end"
    sentence = _("This has no value now, so there is nothing to end.")
    field = "amount"


class SameValue(Refusal):
    """A vote about what is so already would change nothing."""

    code = "value_same"
    sentence = _("It is worth that already. Propose another amount.")
    field = "amount"


class ReasonTooLong(Refusal):
    """A reason is read by everybody, and nothing of it is cut off. Details: `most`."""

    code = "value_reason_too_long"
    sentence = _("Write down why in no more than %(most)d characters.")
    field = "reason"


def propose(
    *,
    neighbourhood: Neighbourhood,
    item: ValuedItem | NewItem,
    amount: int | None,
    text: str,
    language: str,
    evidence: str = "",
    volume: int | None = None,
    key: UUID,
    actor: Actor,
    at: datetime,
    wanted_on: date | None = None,
) -> ValueDecision:
    """Propose what something is to be worth, in minor units; None asks that it has no value any more. Whoever acts for
    an organisation proposes in its name. The same key again gives what it made.

    :raises NotAllowed: to the system, to who does not speak for the organisation, and for an item of another place.
    :raises TextMissing, EvidenceTooLong, VolumeRefused, AmountRefused: for what others could not judge.
    :raises TooFarAhead: for a day more than a year from now.
    :raises AlreadyRunning: while another decision about it goes on. ItemKnown: for a new item that is not new.
    :raises TooManyProposals: with three of one's own that wait for support here. TooManyLately: with six in 30 days.
    :raises TooSoon: when its value is new, unless demand asks for it or somebody who leads the board proposes it.
    :raises SameValue, NothingToEnd: when nothing would change.
    :raises NoPolicy: when nobody said yet how values are decided here. FormUsed: for the form of another.
    """
    if not text.strip():
        raise TextMissing
    with transaction.atomic():
        return _make(
            neighbourhood, item, amount, actor=actor, at=at, key=key, state=ValueState.PROPOSED, text=text,
            language=language, evidence=evidence, volume=volume, wanted_on=wanted_on,
        )  # fmt: skip


def draft(
    *,
    neighbourhood: Neighbourhood,
    item: ValuedItem | NewItem,
    amount: int | None,
    text: str = "",
    language: str,
    evidence: str = "",
    volume: int | None = None,
    key: UUID,
    actor: Actor,
    at: datetime,
    wanted_on: date | None = None,
) -> ValueDecision:
    """Begin a proposal that only the board sees yet. Whether it can be made, is asked when it is (`propose_draft`).

    :raises BoardOnly: to whoever is not on the board.
    :raises Refusal: what `propose` says about words and amounts, and ItemKnown.
    """
    member_of(actor, neighbourhood, at)
    with transaction.atomic():
        return _make(
            neighbourhood, item, amount, actor=actor, at=at, key=key, state=ValueState.DRAFT, text=text,
            language=language, evidence=evidence, volume=volume, wanted_on=wanted_on,
        )  # fmt: skip


def propose_draft(
    *,
    decision: ValueDecision,
    amount: int | None,
    volume: int | None,
    evidence: str,
    wanted_on: date | None,
    actor: Actor,
    at: datetime,
    text: str | None = None,
) -> None:
    """Make a proposal of a draft, with these terms and the policy of this moment. Any member of the board can. A `text`
    takes the place of what was drafted.

    :raises BoardOnly: to whoever is not on the board.
    :raises MoveRefused: when it is no draft any more.
    :raises ItemKnown: when something else has got this name meanwhile.
    :raises Refusal: as `propose`.
    """
    member_of(actor, decision.neighbourhood, at)
    along = _terms(amount, evidence, volume, wanted_on, decision.text if text is None else text, at)
    with transaction.atomic():
        # As `propose` does: whoever else proposes something about this item waits.
        place = Neighbourhood.objects.select_for_update(no_key=True).get(pk=decision.neighbourhood_id)
        found = locked(decision)
        VALUE_DECISION.after(found.state, "propose")
        policy = policy_for(place, Subject.VALUE, found.item.category)
        person = acting_person(actor)
        _check_item(found.item, amount, policy.min_interval_days, person, at)
        # Somebody who could not see the draft may have proposed the same under the same name.
        for words in found.item.texts.all():
            check_unknown(place, found.item.unit, words.name, besides=found.item)
        transition(
            decision, "propose", actor=actor, at=at, about=about(found),
            along={**along, "policy": policy, "proposed_at": at},
        )  # fmt: skip


def reason_for_all(text: str, most: int = LONGEST_REASON) -> str:
    """:raises NeedsReason, ReasonTooLong: for no words, and for too many."""
    words = text.strip()
    if not words:
        raise NeedsReason
    if len(words) > most:
        raise ReasonTooLong(most=most)
    return words


def locked(decision: ValueDecision) -> ValueDecision:
    """The decision as it is now, and nobody else's until this transaction ends."""
    rows = ValueDecision.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("neighbourhood", "policy", "item__category__parent", "proposed_by").get(
        pk=decision.pk
    )


def about(decision: ValueDecision) -> tuple[Party, ...]:
    """Whose data a line in the trail about it is: the proposer's, when a person proposed it."""
    return (decision.proposed_by,) if decision.proposed_by else ()


# --- Making -----------------------------------------------------------------------------------------------------------


def _make(
    neighbourhood: Neighbourhood, item: ValuedItem | NewItem, amount: int | None, *, actor: Actor, at: datetime,
    key: UUID, state: str, text: str, language: str, evidence: str, volume: int | None, wanted_on: date | None,
) -> ValueDecision:  # fmt: skip
    person, organisation = _proposer(actor, at)
    terms = _terms(amount, evidence, volume, wanted_on, text, at)
    # Two about the same thing at the same moment take turns: the second finds the first.
    Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
    same = ValueDecision.objects.filter(key=key).first()
    if same:
        return _own(same, person)
    is_draft = state == ValueState.DRAFT
    if not is_draft:
        _check_number(neighbourhood, person, at)
    found = _item(neighbourhood, item, language, is_draft=is_draft, actor=actor, at=at)
    policy = policy_for(neighbourhood, Subject.VALUE, found.category)
    if not is_draft:
        _check_item(found, amount, policy.min_interval_days, person, at)
    made = ValueDecision.objects.create(
        neighbourhood=neighbourhood, item=found, policy=policy, state=state, language=language, key=key,
        proposed_by_id=person.canonical_id, proposed_for=organisation, proposed_at=at, **terms,
    )  # fmt: skip
    event = "value_decision.draft" if is_draft else "value_decision.propose"
    record(event, subject=made, actor=actor, at=at, about=about(made), after=state)
    return made


def _terms(
    amount: int | None, evidence: str, volume: int | None, wanted_on: date | None, text: str, at: datetime
) -> dict[str, Any]:
    words = {"text": text.strip(), "evidence": evidence.strip()}
    if len(words["text"]) > LONGEST_TEXT:
        raise TextMissing
    if len(words["evidence"]) > LONGEST_EVIDENCE:
        raise EvidenceTooLong
    if amount is not None:
        check_amount(amount)
    check_volume(volume)
    check_wanted(wanted_on, at)
    return {
        **words, "is_ending": amount is None, "proposed": amount, "volume": volume, "wanted_on": wanted_on,
    }  # fmt: skip


def check_volume(volume: int | None) -> None:
    """:raises VolumeRefused: for a number of units a month that there is not."""
    if volume is not None and not 0 < volume <= MOST_UNITS:
        raise VolumeRefused


def check_wanted(wanted_on: date | None, at: datetime) -> None:
    """:raises TooFarAhead: for a day more than a year from now."""
    if wanted_on is not None and wanted_on > day_of(at + MOST_AHEAD):
        raise TooFarAhead


def _proposer(actor: Actor, at: datetime) -> tuple[Party, Party | None]:
    """The person who proposes, and the organisation in whose name."""
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    if actor.principal is None:
        return person, None
    principal = Party.objects.get(pk=actor.principal.pk)
    if principal.is_person:
        check(is_self(actor, principal))
        return person, None
    return speaker_for(actor, principal, at), principal


def _own(made: ValueDecision, person: Party) -> ValueDecision:
    if made.proposed_by is None or made.proposed_by.canonical_id != person.canonical_id:
        raise FormUsed
    return made


def _item(
    neighbourhood: Neighbourhood, item: ValuedItem | NewItem, language: str, *, is_draft: bool, actor: Actor,
    at: datetime,
) -> ValuedItem:  # fmt: skip
    if isinstance(item, ValuedItem):
        check(item.neighbourhood_id == neighbourhood.pk)
        return item
    return add_item(
        neighbourhood=neighbourhood, kind=item.kind, unit=item.unit, category=item.category, name=item.name,
        about=item.about, tags=item.tags, language=language, besides_drafts=not is_draft, actor=actor, at=at,
    )  # fmt: skip


# --- Checks -----------------------------------------------------------------------------------------------------------


def _check_number(neighbourhood: Neighbourhood, person: Party, at: datetime) -> None:
    own = ValueDecision.objects.filter(
        neighbourhood=neighbourhood, proposed_by__in=numbers_of(person).order_by()
    )
    if own.filter(state=ValueState.PROPOSED).count() >= MOST_PROPOSALS:
        raise TooManyProposals(most=MOST_PROPOSALS)
    if seat_in_force(person, neighbourhood, day_of(at)) is not None:
        return  # a new board has a whole price list to make
    if own.filter(proposed_at__gt=at - LATELY).exclude(state=ValueState.DRAFT).count() >= MOST_LATELY:
        raise TooManyLately(most=MOST_LATELY, days=LATELY.days)


def _check_item(
    item: ValuedItem, amount: int | None, interval: int, person: Party | None, at: datetime
) -> None:
    running, today = running_on(item), day_of(at)
    if running:
        raise AlreadyRunning(name=words_of(item).name, ref=running.ref)
    present = value_on(item, today)
    if amount is None and present is None:
        raise NothingToEnd
    if amount is not None and amount == present:
        raise SameValue
    _check_interval(item, interval, person, today)


def _check_interval(item: ValuedItem, interval: int, person: Party | None, today: date) -> None:
    version = version_on(item, today)
    if version is None:
        return
    first = version.effective_on + timedelta(days=interval)
    leads = person is not None and leads_board(person, item.neighbourhood, today)
    if today < first and not leads and not was_signalled_since(item, version.effective_on):
        raise TooSoon(day=date_format(first, "j F Y"), on=first)
