"""The mail to whoever was nominated: only they can say yes, so they have to hear of it.

It is put in line in the transaction of the nomination: with it, or not at all.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from neighbourhoods.models import Nomination
from neighbourhoods.operations.nominating import on_nominated
from neighbourhoods.states import NominationState
from people.models import User


@on_nominated
def write_to_nominated(nomination: Nomination, login: User) -> None:
    mail_to_nominated.enqueue(login.pk, nomination.pk)


@task
def mail_to_nominated(login: int, nomination: int) -> None:
    """In the language of the person. Nothing when they answered already, or erased themself meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    found = (
        Nomination.objects.filter(pk=nomination, state=NominationState.PROPOSED)
        .select_related("election__neighbourhood", "proposed_by__person_details")
        .first()
    )
    if user is None or found is None:
        return
    election = found.election
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        path = reverse("election_nominations", args=[election.ref])
        words = {
            "nomination": found, "election": election, "neighbourhood": election.neighbourhood,
            "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path,
        }  # fmt: skip
        subject = render_to_string("neighbourhoods/standing/email/nominated_subject.txt", words)
        text = render_to_string("neighbourhoods/standing/email/nominated_message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [user.email])
