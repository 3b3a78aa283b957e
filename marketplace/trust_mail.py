"""Mails about organisations on a market and about what somebody reported.

They are put in line in the transaction of the deed: with it, or not at all. Each login is written to in the language of
its person. Nobody reads in one who reported what.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from marketplace.models import Admission, OfferReport
from marketplace.operations.admission_clock import on_reminded
from marketplace.operations.admissions import on_decided
from marketplace.operations.reports import on_answered
from marketplace.queries.admissions import reason_of, with_names
from marketplace.queries.moderation import report_at
from marketplace.queries.offers import text_of
from marketplace.queries.traders import logins_of_traders
from people.models import User
from people.queries import numbers_of

FOLDER = "marketplace/trust_email"


@on_decided
def write_decided(admission: Admission, on: date) -> None:
    for login in logins_of_traders(admission.organisation, on).values_list("pk", flat=True):
        mail_about_admission.enqueue(login, admission.pk, str(admission.state).lower(), "")


@on_reminded
def write_reminder(admission: Admission, day: date, on: date) -> None:
    what = "runs_out" if day == admission.until_on else "insurance"
    for login in logins_of_traders(admission.organisation, on).values_list("pk", flat=True):
        mail_about_admission.enqueue(login, admission.pk, what, day.isoformat())


@on_answered
def write_answer(report: OfferReport) -> None:
    reporter = Q(person__in=numbers_of(report.reporter).order_by())
    for login in User.objects.filter(reporter, is_active=True).order_by("pk").values_list("pk", flat=True):
        mail_answer.enqueue(login, str(report.ref))


@task
def mail_about_admission(login: int, admission: int, what: str, day: str) -> None:
    """Nothing when they erased themself meanwhile."""
    user = _user(login)
    if user is None:
        return
    found = with_names(Admission.objects.all()).get(pk=admission)
    words = {
        "organisation": found.organisation.display_name, "neighbourhood": found.neighbourhood,
        "until_on": found.until_on, "day": date.fromisoformat(day) if day else None, "reason": reason_of(found),
    }  # fmt: skip
    _send(user, what, words, "admission", found.ref)


@task
def mail_answer(login: int, ref: str) -> None:
    """Nothing when they erased themself meanwhile."""
    user, report = _user(login), report_at(UUID(ref))
    if user is None or report is None:
        return
    what = f"report_{str(report.state).lower()}"
    words = {
        "title": text_of(report.offer).title,
        "answer": report.answer,
        "neighbourhood": report.offer.neighbourhood,
    }
    _send(user, what, words, "market_in", report.offer.neighbourhood.slug)


def _user(login: int) -> User | None:
    return User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()


def _send(user: User, what: str, words: dict[str, Any], name: str, *args: object) -> None:
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        told = {**words, "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)}
        subject = render_to_string(f"{FOLDER}/{what}_subject.txt", told)
        text = render_to_string(f"{FOLDER}/{what}_message.txt", told)
    send_mail(" ".join(subject.split()), text, None, [user.email])
