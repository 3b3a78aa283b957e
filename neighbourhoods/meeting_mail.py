"""Mail about meetings, written rounds and what a municipality is asked, in the language of each who gets it.

A task is put in line in the transaction of the deed: with it, or not at all. The first one finds out who is written to
and puts one in line for each, so that one address that does not work keeps nobody else from hearing of it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from core.clock import day_of
from neighbourhoods.models import Meeting, Proposal, ValueDecision, ValueVote
from neighbourhoods.operations.meetings.hooks import on_called_off, on_invited, on_round
from neighbourhoods.operations.values.lapsing import ANSWER_WITHIN
from neighbourhoods.operations.values.outcome import on_asked
from neighbourhoods.operations.values.rounds import on_round as on_value_round
from neighbourhoods.queries.ballots import RECUSED, last_votes
from neighbourhoods.queries.guidelines import officials_of
from neighbourhoods.queries.meetings import agenda_of, invited_to
from neighbourhoods.queries.motions import motions_at, voters_of
from neighbourhoods.queries.titles import title_of_value
from people.models import User


@on_invited
def send_invitations(meeting: Meeting) -> None:
    write_about_meeting.enqueue(meeting.pk, "invitation")


@on_called_off
def send_cancellations(meeting: Meeting, reason: str) -> None:
    write_about_meeting.enqueue(meeting.pk, "called_off", reason)


@on_round
def send_round(proposal: Proposal) -> None:
    write_about_round.enqueue(proposal.pk)


def send_value_round(vote: ValueVote) -> None:
    write_about_value.enqueue(vote.pk)


if send_value_round not in on_value_round:
    on_value_round.append(send_value_round)


def send_question(decision: ValueDecision) -> None:
    write_about_consent.enqueue(decision.pk)


if send_question not in on_asked:
    on_asked.append(send_question)


@task
def write_about_meeting(meeting: int, letter: str, reason: str = "") -> None:
    """To everybody who is invited."""
    for login in invited_to(Meeting.objects.select_related("neighbourhood").get(pk=meeting)):
        mail_about_meeting.enqueue(login.pk, meeting, letter, reason)


@task
def mail_about_meeting(login: int, meeting: int, letter: str, reason: str) -> None:
    found = Meeting.objects.select_related("neighbourhood").get(pk=meeting)
    _mail(
        login, letter,
        meeting=found, agenda=agenda_of(found), motions=motions_at(found), reason=reason,
        page=("meeting", found.neighbourhood.slug, found.ref),
    )  # fmt: skip


@task
def write_about_round(proposal: int) -> None:
    """To everybody who may vote in it. Nobody looks at who did."""
    box = Proposal.objects.select_related("box__roll").get(pk=proposal).box
    for login in voters_of(box) if box else []:
        mail_about_round.enqueue(login.pk, proposal)


@task
def mail_about_round(login: int, proposal: int) -> None:
    found = Proposal.objects.select_related("neighbourhood", "box").get(pk=proposal)
    _mail(login, "round", proposal=found, page=("motion", found.neighbourhood.slug, found.ref))


@task
def write_about_value(vote: int) -> None:
    """To everybody who may vote in it; not to who stepped aside because of an interest."""
    box = ValueVote.objects.select_related("box__roll").get(pk=vote).box
    aside = last_votes(box).filter(choice=RECUSED).select_related("person")
    stepped = {one.person.canonical_id for one in aside}
    for login in voters_of(box).select_related("person"):
        if login.person.canonical_id not in stepped:
            mail_about_value.enqueue(login.pk, vote)


@task
def mail_about_value(login: int, vote: int) -> None:
    found = ValueVote.objects.select_related("decision__item", "decision__neighbourhood", "box").get(pk=vote)
    decision = found.decision
    _mail(
        login, "value_round",
        vote=found, place=decision.neighbourhood.name,
        title=lambda: title_of_value(decision).words,  # in the language of the mail
        page=("board_value", decision.neighbourhood.slug, decision.ref),
    )  # fmt: skip


@task
def write_about_consent(decision: int) -> None:
    """To everybody who answers for the municipality."""
    found = ValueDecision.objects.select_related("neighbourhood__municipality").get(pk=decision)
    decided_on = day_of(found.decided_at or found.proposed_at)
    for login in officials_of(found.neighbourhood.municipality, decided_on):
        mail_about_consent.enqueue(login.pk, decision)


@task
def mail_about_consent(login: int, decision: int) -> None:
    found = ValueDecision.objects.select_related("item", "neighbourhood__municipality").get(pk=decision)
    _mail(
        login, "value_consent",
        place=found.neighbourhood.name, days=ANSWER_WITHIN.days,
        title=lambda: title_of_value(found).words,  # in the language of the mail
        page=("consent", found.neighbourhood.municipality.uuid, found.ref),
    )  # fmt: skip


def _mail(login: int, letter: str, *, page: tuple[Any, ...], **words: Any) -> None:
    """Written in the language of the person, also the address of the page. Nothing to who erased themself meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    if user is None:
        return
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        name, *where = page
        url = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=where)
        path = f"neighbourhoods/boardroom/email/{letter}"
        subject = render_to_string(f"{path}_subject.txt", words)
        text = render_to_string(f"{path}_message.txt", {**words, "url": url})
    send_mail(" ".join(subject.split()), text, None, [user.email])
