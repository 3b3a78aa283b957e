"""Mails about work: that a team asks for somebody, that work lies before a team, that somebody's help is wanted.

They are put in line in the transaction of the deed: with it, or not at all. Each login is written to in the language of
its person. Nobody's address goes to whoever asks, and no mail tells what somebody said of themself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from core.actor import Actor
from marketplace.models import Activity, Offer, TeamMember, TeamProposal
from marketplace.operations.work_news import Thing, on_work_news
from marketplace.queries import activities, offers
from marketplace.queries.teams import members_of, with_all
from people.models import Party, User
from people.queries import numbers_of

FOLDER: Final = "marketplace/work_email"
ASK, PROPOSE, APPROACH = "team.ask", "team.propose", "skill_profile.approach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail says; `note` stands below it."""

    subject: Promise
    text: Promise
    note: Promise | str = ""


LETTERS: Final[dict[str, Letter]] = {
    ASK: Letter(
        subject=_("Join the team “%(title)s”?"),
        text=_("%(name)s asks you to join the team “%(title)s”. In it you look for work together."),
        note=_("You need not do anything. Until you say yes nobody in the team sees you."),
    ),
    PROPOSE: Letter(
        subject=_("For your team: %(title)s"),
        text=_("%(name)s proposes “%(title)s” to your team. Do you join?"),
    ),
    APPROACH: Letter(
        subject=_("Do you want to help? %(title)s"),
        text=_("%(name)s thinks that “%(title)s” suits you, and asks whether you want to help."),
        note=_("You get this because you show what you can do. You choose yourself who sees that, at your account."),
    ),
}  # fmt: skip


@on_work_news
def write_news(event: str, thing: Thing, actor: Actor, at: datetime) -> None:
    """Put in line what has to be told. Whoever did it is not told."""
    kind = ""
    if isinstance(thing, tuple):
        profile, wanted = thing
        people, number, kind = [profile.person], wanted.pk, wanted._meta.model_name or ""
    elif isinstance(thing, TeamMember):
        people, number = [thing.person], thing.pk
    else:
        members = [member.person for member in members_of(thing.team)]
        people, number = [*members, thing.team.coach], thing.pk
    for login in _logins(people, besides=thing.proposed_by if isinstance(thing, TeamProposal) else None):
        mail_about.enqueue(login, event, number, kind)


@task
def mail_about(login: int, event: str, number: int, kind: str) -> None:
    """In the language of the person. Nothing to who erased themself meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    if user is None:
        return
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        title, name, path = _about(event, number, kind)
        letter = LETTERS[event]
        words = {
            "subject": str(letter.subject) % {"title": title},
            "text": str(letter.text) % {"title": title, "name": name},
            "note": str(letter.note),
            "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path,
        }
        subject = render_to_string(f"{FOLDER}/subject.txt", words)
        text = render_to_string(f"{FOLDER}/message.txt", words)
    send_mail(" ".join(subject.split()), text.rstrip() + "\n", None, [user.email])


def _about(event: str, number: int, kind: str) -> tuple[str, str, str]:
    """The title of what it is about, who asks, and where it is read, in the language of the mail."""
    if event == ASK:
        member = TeamMember.objects.select_related(
            "team__coach__person_details", "team__organisation__organisation_details"
        ).get(pk=number)
        team = member.team
        name = f"{team.coach.display_name} ({team.organisation.display_name})"
        return team.name, name, reverse("team", args=[team.ref])
    if event == PROPOSE:
        proposal = with_all(TeamProposal.objects.filter(pk=number)).get()
        return (
            _title_of(proposal),
            proposal.proposed_by.display_name,
            reverse("team_proposal", args=[proposal.ref]),
        )
    if kind == Activity._meta.model_name:
        activity = activities.with_all(Activity.objects.filter(pk=number)).get()
        return (
            activities.text_of(activity).title,
            activity.organiser.display_name,
            reverse("activity", args=[activity.ref]),
        )
    offer = offers.with_all(Offer.objects.filter(pk=number)).get()
    return offers.text_of(offer).title, offer.provider.display_name, reverse("offer", args=[offer.ref])


def _title_of(proposal: TeamProposal) -> str:
    if proposal.shift is not None:
        return activities.text_of(proposal.shift.activity).title
    return offers.text_of(proposal.offer).title if proposal.offer else ""


def _logins(people: Iterable[Party], *, besides: Party | None) -> list[int]:
    """The active logins of people, under whichever of their numbers."""
    found: set[int] = set()
    for person in people:
        if besides is None or person.canonical_id != besides.canonical_id:
            logins = User.objects.filter(is_active=True, person__in=numbers_of(person).order_by())
            found |= set(logins.values_list("pk", flat=True))
    return sorted(found)
