"""What somebody can do and would like: they tell it, show it to whom they choose, and take it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from marketplace.models import Activity, DayPart, FreeTime, Offer, SeenBy, Skill, SkillProfile
from marketplace.operations.doors import person_of
from marketplace.operations.words import check_words
from marketplace.operations.work_news import tell
from marketplace.permissions import age_on, is_child
from marketplace.queries.offers import on_market
from marketplace.queries.skills import profile_of
from marketplace.states import ActivityState
from marketplace.suiting import Slot
from marketplace.work_sight import may_look_for, may_see_profile
from neighbourhoods.models import Category
from neighbourhoods.queries.residency import neighbourhood_of
from people.models import Party
from people.queries import canonical, numbers_of

LONGEST: Final = 1000
MOST_HOURS: Final = 60
MOST_A_DAY: Final = 20
DAY: Final = timedelta(days=1)
WEEKDAYS: Final = range(1, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody tells. `can` and `learns` are kinds of work; `free` when they have time."""

    about: str = ""
    wishes: str = ""
    language: str = "nl"
    can: Collection[Category] = ()
    learns: Collection[Category] = ()
    free: Collection[Slot] = ()
    hours: int | None = None
    seeks_work: bool = False
    seen_by: str = SeenBy.NOBODY


class LivesNowhere(Refusal):
    """Work is looked for near somebody's home."""

    code = "work_lives_nowhere"
    sentence = _("First tell where you live. Then we can look for work near you.")


class TooMuchSaid(Refusal):
    """It does not fit in its row. Details: `most`."""

    code = "work_too_much_said"
    sentence = _("Use no more than %(most)d characters in each field.")


class HoursUnclear(Refusal):
    """Nobody has so many hours."""

    code = "work_hours_unclear"
    sentence = _("Enter a number of hours from 1 to 60, or leave it empty.")
    field: ClassVar[str | None] = "hours"


class FreeTimeUnclear(Refusal):
    """A day or part of a day that there is not."""

    code = "work_free_time_unclear"
    sentence = _("Choose the days and parts of days from the table.")
    field: ClassVar[str | None] = "free"


class ChildStaysPrivate(Refusal):
    """Nobody looks through what children can do."""

    code = "work_child_stays_private"
    sentence = _(
        "You are younger than 16. That is why only you can see this. We do look for activities for you."
    )
    field: ClassVar[str | None] = "seen_by"


class BirthdayUnknown(Refusal):
    """Who may be a child is not shown either."""

    code = "work_birthday_unknown"
    sentence = _("First fill in your date of birth with your details. Until then only you can see this.")
    field: ClassVar[str | None] = "seen_by"


class NothingTold(Refusal):
    """There is nothing to remove."""

    code = "work_nothing_told"
    sentence = _("You had not told anything, or you removed it already.")


class ApproachedAlready(Refusal):
    """One mail about a thing is enough."""

    code = "work_approached_already"
    sentence = _("%(name)s was asked for this already. Wait for what they do.")


class TooManyApproaches(Refusal):
    """Nobody writes to a whole neighbourhood. Details: `most`."""

    code = "work_too_many_approaches"
    sentence = _("You asked %(most)d people today. Ask others tomorrow.")


class NotOpenForHelp(Refusal):
    """It is over, or not open yet."""

    code = "work_not_open"
    sentence = _("Nobody can sign up for this now. First open it.")


def save_profile(*, told: Told, actor: Actor, at: datetime) -> SkillProfile:
    """This will keep what the person who acts tells, in place of what they told before.

    :raises LivesNowhere: to who has no attested home.
    :raises TooMuchSaid, HoursUnclear, FreeTimeUnclear, BlockedWord: about what was filled in.
    :raises ChildStaysPrivate, BirthdayUnknown: when a child would show it to others, or who may be one.
    """
    person = canonical(person_of(actor))
    place = neighbourhood_of(person)
    if place is None:
        raise LivesNowhere
    _check(told)
    if told.seen_by != SeenBy.NOBODY:
        _check_grown_up(person, at)
    check_words(place, told.about, told.wishes, party=person)
    words = {
        "neighbourhood": place, "about": told.about.strip(), "wishes": told.wishes.strip(), "language": told.language,
        "hours": told.hours, "seeks_work": told.seeks_work, "seen_by": told.seen_by, "changed_at": at,
    }  # fmt: skip
    with transaction.atomic():
        # Two windows of one person: the second waits, and finds the row of the first.
        Party.objects.select_for_update(no_key=True).get(pk=person.pk)
        known = SkillProfile.objects.filter(person__in=numbers_of(person).order_by()).first()
        profile, _is_new = SkillProfile.objects.update_or_create(
            person=known.person if known else person, defaults=words
        )
        _write_lists(profile, told)
        record("skill_profile.save", subject=profile, actor=actor, at=at, about=[person], after=told.seen_by)
    return profile


def remove_profile(*, actor: Actor, at: datetime) -> None:
    """This will forget all that the person who acts told.

    :raises NothingTold: when there is nothing.
    """
    person = person_of(actor)
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        profile = profile_of(person)
        if profile is None:
            raise NothingTold
        record("skill_profile.remove", subject=profile, actor=actor, at=at, about=[profile.person])
        profile.delete()


def approach(*, profile: SkillProfile, thing: Activity | Offer, actor: Actor, at: datetime) -> None:
    """This will have somebody mailed that help is wanted, by who organises it or asks it. Their address stays ours.

    :raises NotAllowed: to who does not organise or ask it, or may not see this profile.
    :raises NotOpenForHelp: when nobody can sign up for it or answer it.
    :raises ApproachedAlready, TooManyApproaches: once for a thing, and so many a day.
    """
    person, today = person_of(actor), day_of(at)
    if not may_look_for(person, thing, today) or not may_see_profile(person, profile, today):
        raise NotAllowed
    if not _is_open(thing, at):
        raise NotOpenForHelp
    which = f"{thing._meta.model_name} {thing.pk}"
    with transaction.atomic():
        # One after another: who asks through two windows is counted, and nobody is asked twice.
        Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        SkillProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
        lines = AuditEntry.objects.filter(event="skill_profile.approach")
        mine = lines.filter(acted_by_id__in=numbers_of(person).order_by().values("pk"), at__gt=at - DAY)
        if mine.count() >= MOST_A_DAY:
            raise TooManyApproaches(most=MOST_A_DAY)
        of_this = lines.filter(subject_model=SkillProfile._meta.label, subject_id=str(profile.pk))
        if of_this.filter(after=which).exists():
            raise ApproachedAlready(name=profile.person.display_name)
        record(
            "skill_profile.approach", subject=profile, actor=actor, at=at, about=[profile.person], after=which
        )
        tell("skill_profile.approach", (profile, thing), actor=actor, at=at)


def _check_grown_up(person: Party, at: datetime) -> None:
    if age_on(person, day_of(at)) is None:
        raise BirthdayUnknown
    if is_child(person, day_of(at)):
        raise ChildStaysPrivate


def _check(told: Told) -> None:
    if max(len(told.about.strip()), len(told.wishes.strip())) > LONGEST:
        raise TooMuchSaid(most=LONGEST)
    if told.hours is not None and not 1 <= told.hours <= MOST_HOURS:
        raise HoursUnclear
    if any(day not in WEEKDAYS or part not in DayPart.values for day, part in told.free):
        raise FreeTimeUnclear
    if told.seen_by not in SeenBy.values:
        raise NotAllowed


def _write_lists(profile: SkillProfile, told: Told) -> None:
    """What somebody can do they need not learn: then the first is kept."""
    can = {category.pk for category in told.can}
    learns = {category.pk for category in told.learns} - can
    profile.skills.all().delete()
    profile.free_times.all().delete()
    rows = [Skill(profile=profile, category_id=pk, is_wish=False) for pk in sorted(can)]
    rows += [Skill(profile=profile, category_id=pk, is_wish=True) for pk in sorted(learns)]
    Skill.objects.bulk_create(rows)
    free = [FreeTime(profile=profile, weekday=day, part=part) for day, part in sorted(set(told.free))]
    FreeTime.objects.bulk_create(free)


def _is_open(thing: Activity | Offer, at: datetime) -> bool:
    if isinstance(thing, Offer):
        return on_market(day_of(at)).filter(pk=thing.pk).exclude(stock=0).exists()
    return Activity.objects.filter(pk=thing.pk, state=ActivityState.PUBLISHED).exists()
