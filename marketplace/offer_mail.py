"""Mails about what somebody offers or asks: what the board decided, and what the clock did or is about to do.

They are put in line in the transaction of the deed: with it, or not at all. Each login is written to in the language of
its person. The reason is read when the mail is written, so that it is kept in one place alone.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from core.clock import day_of
from marketplace.models import Offer
from marketplace.operations.offers import Told, on_told
from marketplace.queries.offers import reason_of, text_of
from marketplace.queries.traders import logins_of_traders
from people.models import User

# In which line of the trail the reason stands that the mail gives.
REASONS = {Told.RETURNED: "offer.return", Told.SUSPENDED: "offer.suspend", Told.RELEASED: "offer.resume"}


@on_told
def write_to_provider(offer: Offer, what: Told, at: datetime) -> None:
    for login in logins_of_traders(offer.provider, day_of(at)).values_list("pk", flat=True):
        mail_about_offer.enqueue(login, offer.pk, str(what))


@task
def mail_about_offer(login: int, offer: int, what: str) -> None:
    """Nothing when they erased themself meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    if user is None:
        return
    found = Offer.objects.select_related("neighbourhood", "terms").get(pk=offer)
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        words = {
            "title": text_of(found).title, "neighbourhood": found.neighbourhood, "last_day": found.until_on,
            "reason": reason_of(found, REASONS[Told(what)]) if Told(what) in REASONS else "",
            "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("offer", args=[found.ref]),
        }  # fmt: skip
        subject = render_to_string(f"marketplace/offer_email/{what}_subject.txt", words)
        text = render_to_string(f"marketplace/offer_email/{what}_message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [user.email])
