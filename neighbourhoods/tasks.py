"""What is done beside the page that somebody waits for: mails about elections.

Each mail is a task of its own, so that an address that does not work keeps nobody else from hearing of it. See
`operations.elections.reminders` for what is kept of them.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from neighbourhoods.models import Election
from neighbourhoods.operations.elections.reminders import Moment, senders
from neighbourhoods.queries.elections import logins_of_entitled
from people.models import User


def write_mails(election: Election, moment: Moment) -> None:
    """In line with the deed itself, in its transaction: with it, or not at all."""
    write_to_entitled.enqueue(election.pk, str(moment))


if write_mails not in senders:
    senders.append(write_mails)


@task
def write_to_entitled(election: int, moment: str) -> None:
    """To everybody on the roll who has a login, whether or not they have voted: nobody looks."""
    for login in logins_of_entitled(Election.objects.select_related("roll").get(pk=election)):
        mail_about_election.enqueue(login, election, moment)


@task
def mail_about_election(login: int, election: int, moment: str) -> None:
    """One mail, in the language of the person. Nothing when they erased themselves meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    if user is None:
        return
    found = Election.objects.select_related("neighbourhood", "box").get(pk=election)
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        words = {"election": found, "neighbourhood": found.neighbourhood, "url": _url(found, moment)}
        path = f"neighbourhoods/email/election_{moment.lower()}"
        subject = render_to_string(f"{path}_subject.txt", words)
        text = render_to_string(f"{path}_message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [user.email])


def _url(election: Election, moment: str) -> str:
    """Where somebody can do what the mail is about, in the language of the mail."""
    box = election.box
    if moment == Moment.RESULT and box:
        path = reverse("vote_result", args=[box.ref])
    elif moment != Moment.NOMINATIONS and box:
        path = reverse("vote", args=[box.ref])
    else:
        path = reverse("election_nominations", args=[election.ref])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
