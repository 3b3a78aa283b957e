"""The mail to whoever is asked to take an empty chair of the board: they have fourteen days to answer.

It is put in line in the transaction in which they are asked: with it, or not at all. Who has no login hears it from the
polling office, which writes their answer down.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from neighbourhoods.models import Nomination
from neighbourhoods.operations.elections.vacancies import DAYS_TO_ANSWER, on_asked
from neighbourhoods.queries.elections import asked_at
from neighbourhoods.queries.seats import seats_of
from people.models import User
from people.queries import numbers_of


@on_asked
def write_to_asked(nomination: Nomination) -> None:
    logins = User.objects.filter(person__in=numbers_of(nomination.candidate).order_by(), is_active=True)
    for login in logins.order_by("pk").values_list("pk", flat=True):
        mail_to_asked.enqueue(login, nomination.pk)


@task
def mail_to_asked(login: int, nomination: int) -> None:
    """In the language of the person. Nothing when they answered already, or erased themself meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    found = Nomination.objects.select_related("election__neighbourhood", "candidate").get(pk=nomination)
    asked = asked_at(found)
    if user is None or asked is None or seats_of(found.candidate).filter(election=found.election).exists():
        return
    election = found.election
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        words = {
            "election": election, "neighbourhood": election.neighbourhood, "answer_by": asked + DAYS_TO_ANSWER,
            "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("seat_offered", args=[election.ref]),
        }  # fmt: skip
        subject = render_to_string("neighbourhoods/standing/email/asked_subject.txt", words)
        text = render_to_string("neighbourhoods/standing/email/asked_message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [user.email])
