"""Teams of job-seekers: a coach begins one and asks people; whoever said yes proposes work, and answers."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.privacy import before_erasure
from core.refusals import NotAllowed, Refusal
from ledger.operations import KeyReused
from marketplace.models import Team, TeamMember
from marketplace.operations.doors import person_of
from marketplace.operations.standing import NotAdmitted
from marketplace.operations.words import check_words
from marketplace.operations.work_news import tell
from marketplace.operations.written import words_of
from marketplace.permissions import NotYourActivity, age_on, is_child, may_organise
from marketplace.queries.teams import member_in
from marketplace.work_sight import TeamSide, organisations_of, side_in_team
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.residency import lives_in
from people.models import Party
from people.queries import canonical, is_same_person

LONGEST_NAME: Final = 80
LONGEST_ABOUT: Final = 300
MOST_ADDRESSES_A_DAY: Final = 20
DAY_SECONDS: Final = 24 * 60 * 60


class NameMissing(Refusal):
    """A team is called something."""

    code = "team_name_missing"
    sentence = _("Give the team a name, in no more than 80 characters.")
    field: ClassVar[str | None] = "name"


class AboutTooLong(Refusal):
    """It does not fit in its row."""

    code = "team_about_too_long"
    sentence = _("Tell what the team is for in no more than 300 characters.")
    field: ClassVar[str | None] = "about"


class TeamEnded(Refusal):
    """Nothing happens in it any more."""

    code = "team_ended"
    sentence = _("This team has ended. Nothing was changed.")


class InTeamAlready(Refusal):
    """Once is enough. Details: `name`."""

    code = "team_in_already"
    sentence = _("%(name)s is in this team or was asked already.")


class TooYoungForTeam(Refusal):
    """Teams look for paid work too."""

    code = "team_too_young"
    sentence = _("Teams are for people of 16 and older.")


class BirthdayUnknown(Refusal):
    """Whoever may be too young is asked first how old they are."""

    code = "team_birthday_unknown"
    sentence = _("Teams are for people of 16 and older. First fill in your date of birth with your details.")


class LivesElsewhere(Refusal):
    """A team looks for work in its own neighbourhood. Details: `neighbourhood`."""

    code = "team_lives_elsewhere"
    sentence = _("This team is for people who live in %(neighbourhood)s.")


class NotAsked(Refusal):
    """The coach has to ask first, or took it back."""

    code = "team_not_asked"
    sentence = _("You were not asked for this team, or not any more. Talk to the coach.")


class TooManyAddresses(Refusal):
    """Who would try whose addresses are known here."""

    code = "team_too_many_addresses"
    sentence = _("You asked many addresses today. Ask others tomorrow.")
    field: ClassVar[str | None] = "email"


def start_team(
    *,
    neighbourhood: Neighbourhood,
    organisation: Party,
    name: str,
    about: str = "",
    key: UUID,
    actor: Actor,
    at: datetime,
) -> Team:
    """This will begin a team with the person who acts as its coach. The same key again gives the same team.

    :raises NotYourActivity: to who does not organise for this organisation.
    :raises NotAdmitted: when the board did not let it in.
    :raises NameMissing, AboutTooLong, BlockedWord: about what was written.
    """
    person = person_of(actor)
    if not may_organise(person, organisation, day_of(at)):
        raise NotYourActivity(name=organisation.display_name)
    if organisation not in organisations_of(person, neighbourhood, day_of(at)):
        raise NotAdmitted(name=organisation.display_name, neighbourhood=neighbourhood.name)
    title = words_of(name, LONGEST_NAME, NameMissing())
    if len(about.strip()) > LONGEST_ABOUT:
        raise AboutTooLong
    check_words(neighbourhood, title, about, party=organisation)
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        if known := Team.objects.filter(key=key).first():
            return _same_again(known, neighbourhood, organisation, person)
        team = Team.objects.create(
            neighbourhood=neighbourhood, organisation=organisation, coach=canonical(person), name=title,
            about=about.strip(), made_at=at, key=key,
        )  # fmt: skip
        record("team.start", subject=team, actor=actor, at=at, about=[team.coach])
    return team


def end_team(*, team: Team, actor: Actor, at: datetime) -> None:
    """This will end a team. Its members still read what was in it; what they signed up for goes on.

    :raises NotAllowed: to who is not its coach.
    :raises TeamEnded: when it is over.
    """
    _check_coach(team, actor, at)
    _end(team, actor, at)


def ask(*, team: Team, person: Party, actor: Actor, at: datetime) -> TeamMember:
    """This will ask a resident to join. They get a mail; until they say yes nobody in the team sees them.

    :raises NotAllowed: to who is not the coach.
    :raises TeamEnded, LivesElsewhere, TooYoungForTeam, InTeamAlready: nobody was asked.
    """
    _check_coach(team, actor, at)
    with transaction.atomic():
        _lock(team)
        asked = canonical(person)
        _check_fits(team, asked, at)
        if member_in(team, asked) is not None or is_same_person(team.coach, asked):
            raise InTeamAlready(name=asked.display_name)
        member = TeamMember.objects.create(team=team, person=asked, asked_at=at)
        record("team.ask", subject=member, actor=actor, at=at, about=[asked])
        tell("team.ask", member, actor=actor, at=at)
    return member


def ask_address(*, team: Team, email: str, actor: Actor, at: datetime) -> None:
    """This will ask whoever signs in with an address. It answers the same when nobody does, when they live elsewhere
    or were asked before: a coach does not learn whose addresses are known here, nor where people live.

    :raises NotAllowed: to who is not the coach.
    :raises TeamEnded: when the team is over.
    :raises TooManyAddresses: when they asked too many today, found or not.
    """
    coach = _check_coach(team, actor, at)
    if team.ended_at is not None:
        raise TeamEnded
    _count_address(coach, at)
    proven = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True, user__is_active=True)
    found = proven.select_related("user__person__person_details").order_by("pk").first()
    if found is None:
        return
    try:
        ask(team=team, person=found.user.person, actor=actor, at=at)
    except (LivesElsewhere, TooYoungForTeam, InTeamAlready):
        return


def join(*, team: Team, actor: Actor, at: datetime) -> TeamMember:
    """This will have the person who acts join a team that asked them. Saying it twice is saying it once.

    :raises NotAsked, TeamEnded, LivesElsewhere, TooYoungForTeam: they are not in it.
    :raises BirthdayUnknown: to who did not tell when they were born. A coach may ask them, and does not learn that.
    """
    person = person_of(actor)
    with transaction.atomic():
        _lock(team)
        member = member_in(team, person)
        if member is None:
            raise NotAsked
        if member.joined_at is None:
            _check_fits(team, canonical(person), at)
            if age_on(canonical(person), day_of(at)) is None:
                raise BirthdayUnknown
            member.joined_at = at
            member.save(update_fields=["joined_at"])
            record("team.join", subject=member, actor=actor, at=at, about=[member.person])
    return member


def leave(*, member: TeamMember, actor: Actor, at: datetime) -> None:
    """This will take somebody out of a team: themself, who says no to it too, or the coach takes them out.

    :raises NotAllowed: to anybody else.
    :raises NotAsked: when they are out of it already.
    """
    person, team = person_of(actor), member.team
    if not is_same_person(person, member.person) and side_in_team(team, person, day_of(at)) != TeamSide.COACH:
        raise NotAllowed
    with transaction.atomic():
        Team.objects.select_for_update(no_key=True).get(pk=team.pk)
        found = TeamMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        if found.left_at is not None:
            raise NotAsked
        found.left_at = at
        found.save(update_fields=["left_at"])
        record("team.leave", subject=found, actor=actor, at=at, about=[member.person])


@before_erasure
def end_teams(party: models.Model, at: datetime) -> None:
    """Whoever is forgotten coaches nobody any more, and an organisation that closes has no teams."""
    theirs = models.Q(coach_id=party.pk) | models.Q(organisation_id=party.pk)
    for team in Team.objects.filter(theirs, ended_at__isnull=True).order_by("pk"):
        _end(team, Actor.system(), at)


def _end(team: Team, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        _lock(team)
        team.ended_at = at
        team.save(update_fields=["ended_at"])
        record("team.end", subject=team, actor=actor, at=at, about=[team.coach])


def _lock(team: Team) -> None:
    """The team brought up to date, and nobody else's to change until this transaction ends.

    :raises TeamEnded: when it is over.
    """
    team.refresh_from_db(fields=["ended_at"], from_queryset=Team.objects.select_for_update(no_key=True))
    if team.ended_at is not None:
        raise TeamEnded


def _check_coach(team: Team, actor: Actor, at: datetime) -> Party:
    person = person_of(actor)
    if side_in_team(team, person, day_of(at)) != TeamSide.COACH:
        raise NotAllowed
    return person


def _check_fits(team: Team, person: Party, at: datetime) -> None:
    if not lives_in(person, team.neighbourhood):
        raise LivesElsewhere(neighbourhood=team.neighbourhood.name)
    if is_child(person, day_of(at)):
        raise TooYoungForTeam


def _count_address(coach: Party, at: datetime) -> None:
    """Every address counts, before it is looked up: a limit that only some of them reach tells which those are."""
    key = f"team-addresses:{coach.canonical_id}:{day_of(at)}"
    cache.add(key, 0, DAY_SECONDS)
    tried = cache.incr(key)
    cache.touch(key, DAY_SECONDS)  # some caches begin their own, short time anew with each number
    if tried > MOST_ADDRESSES_A_DAY:
        raise TooManyAddresses


def _same_again(known: Team, place: Neighbourhood, organisation: Party, person: Party) -> Team:
    """:raises KeyReused: when the form was sent before, for something else."""
    theirs = (known.neighbourhood_id, known.organisation_id, known.coach.canonical_id)
    if theirs != (place.pk, organisation.pk, person.canonical_id):
        raise KeyReused
    return known
