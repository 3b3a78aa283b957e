"""Writing an activity, and changing what is told of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import transition
from marketplace.models import Activity, ActivityText
from marketplace.operations.activities.facts import FIXED, Facts, checked_alt, checked_facts
from marketplace.operations.activities.standing import (
    OVER,
    WRITABLE,
    ActivityOver,
    check_fit,
    locked,
    organiser_of,
)
from marketplace.operations.activities.words import check_facts_words, put_text, write_words
from marketplace.operations.doors import judge_of
from marketplace.operations.standing import check_takes_part
from marketplace.permissions import NotYourActivity, may_organise, may_write
from neighbourhoods.models import Neighbourhood
from neighbourhoods.permissions import acting_person
from people.models import Party
from people.queries import canonical

if TYPE_CHECKING:
    from content.models import Picture


class FactsFixed(Refusal):
    """Whoever signed up counts on what it earns, and on who may come."""

    code = "activity_facts_fixed"
    sentence = _(
        "Only the board changes what an open activity earns, from which pot, from which age, and whether it asks "
        "for a certificate."
    )


def draft_activity(
    *,
    neighbourhood: Neighbourhood,
    organiser: Party,
    language: str,
    title: str,
    summary: str = "",
    about: str = "",
    asks: str = "",
    facts: Facts,
    picture: Picture | None = None,
    picture_alt: str = "",
    key: UUID,
    actor: Actor,
    at: datetime,
) -> Activity:
    """Write down something to do for coins, with its words and facts. The same key again gives the same activity.

    :raises NotYourActivity: to who does not organise for the organiser.
    :raises NotAllowed: when it comes with the key of another.
    :raises NotResident, NotAdmitted: when the organiser has no place in this neighbourhood.
    :raises Refusal: for words or facts that do not do.
    """
    organiser = canonical(organiser) if organiser.is_person else organiser
    made_by = organiser_of(actor, organiser, at)
    with transaction.atomic():
        # A form that is sent twice at once takes turns here: the second finds what the first wrote.
        Party.objects.select_for_update(no_key=True).get(pk=organiser.pk)
        known = Activity.objects.filter(key=key).first()
        if known is not None:
            return _same(known, organiser, neighbourhood)
        check_takes_part(organiser, neighbourhood, day_of(at))
        activity = Activity.objects.create(
            neighbourhood=neighbourhood, organiser=organiser, language=language, made_by=made_by, made_at=at,
            changed_at=at, key=key, **_row(checked_facts(facts, neighbourhood, organiser), picture, picture_alt),
        )  # fmt: skip
        _put_words(activity, language=language, title=title, summary=summary, about=about, asks=asks)
        record("activity.draft", subject=activity, actor=actor, at=at, about=[organiser])
    return activity


def change_activity(
    *,
    activity: Activity,
    language: str,
    title: str,
    summary: str = "",
    about: str = "",
    asks: str = "",
    facts: Facts,
    picture: Picture | None = None,
    picture_alt: str = "",
    actor: Actor,
    at: datetime,
) -> Activity:
    """Tell it otherwise. Before it is open all of it; afterwards its words, its place and how to get there, what is
    spoken, for whom it is accessible, and the indication.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises ActivityOver: when it is settled or was called off.
    :raises FactsFixed: for what only the board changes in an open activity.
    :raises Refusal: for words or facts that do not do.
    """
    with transaction.atomic():
        locked(activity)
        organiser_of(actor, activity.organiser, at)
        if activity.state in OVER:
            raise ActivityOver
        told = checked_facts(facts, activity.neighbourhood, activity.organiser, stands=activity)
        row = _row(told, picture, picture_alt)
        if activity.state not in WRITABLE and any(row[name] != getattr(activity, name) for name in FIXED):
            raise FactsFixed
        _write(activity, {**row, "language": language}, at)
        if activity.state in WRITABLE and not activity.pages.exists():  # pages tell it in other languages too
            ActivityText.objects.filter(activity=activity).exclude(language=language).delete()
        _put_words(activity, language=language, title=title, summary=summary, about=about, asks=asks)
        record("activity.change", subject=activity, actor=actor, at=at, about=[activity.organiser])
    return activity


def change_words(
    *,
    activity: Activity,
    language: str,
    title: str,
    summary: str = "",
    about: str = "",
    asks: str = "",
    picture: Picture | None = None,
    picture_alt: str = "",
    actor: Actor,
    at: datetime,
    by_page: bool = False,
) -> Activity:
    """Tell it in other words, in one language. `by_page`: a page of the activity was published, which its editors and
    the board do.

    :raises NotYourActivity: to who does not organise for its organiser; by a page, does not write for it either.
    :raises BoardOnly, OwnMatter: by a page, to who does neither and has no seat.
    :raises ActivityOver: when it is settled or was called off.
    :raises Refusal: for words that do not do.
    """
    with transaction.atomic():
        locked(activity)
        _check_writer(activity, actor, at, by_page=by_page)
        if activity.state in OVER:
            raise ActivityOver
        alt = checked_alt(picture_alt)
        _write(activity, {"picture": picture, "picture_alt": alt if picture is not None else ""}, at)
        _put_words(activity, language=language, title=title, summary=summary, about=about, asks=asks)
        record("activity.change", subject=activity, actor=actor, at=at, about=[activity.organiser])
    return activity


def submit(*, activity: Activity, actor: Actor, at: datetime) -> Activity:
    """Send it to the board, also again after it was sent back.

    :raises NotYourActivity: to who does not organise for its organiser.
    :raises NoValueYet: when what it is has no value on this day.
    :raises Refusal: when the organiser, its words or its facts do not do any more.
    """
    with transaction.atomic():
        locked(activity)
        organiser_of(actor, activity.organiser, at)
        check_fit(activity, at)
        transition(
            activity, "submit", actor=actor, at=at, about=(activity.organiser,), along={"changed_at": at}
        )
    return activity


def withdraw(*, activity: Activity, actor: Actor, at: datetime) -> Activity:
    """Take it back before it was open for anybody.

    :raises NotYourActivity: to who does not organise for its organiser.
    """
    with transaction.atomic():
        locked(activity)
        organiser_of(actor, activity.organiser, at)
        transition(activity, "withdraw", actor=actor, at=at, about=(activity.organiser,))
    return activity


def _same(known: Activity, organiser: Party, neighbourhood: Neighbourhood) -> Activity:
    """A key is made of whose form it is; whoever comes with another's gets nothing of it."""
    if (known.organiser_id, known.neighbourhood_id) != (organiser.pk, neighbourhood.pk):
        raise NotAllowed
    return known


def _check_writer(activity: Activity, actor: Actor, at: datetime, *, by_page: bool) -> None:
    if not by_page:
        organiser_of(actor, activity.organiser, at)
        return
    person, on = acting_person(actor), day_of(at)
    if person is None:
        raise NotYourActivity(name=activity.organiser.display_name)
    if not (may_organise(person, activity.organiser, on) or may_write(person, activity.organiser, on)):
        judge_of(actor, activity.neighbourhood, activity.organiser, at)


def _row(told: dict[str, Any], picture: Picture | None, picture_alt: str) -> dict[str, Any]:
    alt = checked_alt(picture_alt)
    return {**told, "picture": picture, "picture_alt": alt if picture is not None else ""}


def _write(activity: Activity, changed: dict[str, Any], at: datetime) -> None:
    """The row and its copy in hand, without writing over what others changed meanwhile."""
    changed = {**changed, "changed_at": at}
    Activity.objects.filter(pk=activity.pk).update(**changed)
    for name, value in changed.items():
        setattr(activity, name, value)


def _put_words(activity: Activity, *, language: str, title: str, summary: str, about: str, asks: str) -> None:
    put_text(activity=activity, language=language, title=title, summary=summary, about=about, asks=asks)
    check_facts_words(activity)
    write_words(activity)
