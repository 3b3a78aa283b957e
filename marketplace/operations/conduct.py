"""Certificates of conduct (VOG): an organisation notes that it saw one. No copy is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from marketplace.models import ConductCertificate
from marketplace.operations.doors import person_of
from marketplace.permissions import NotYourActivity, is_close, may_organise
from people.models import Party
from people.queries import canonical

LONGEST: Final = timedelta(days=5 * 366)  # the law sets no end; nobody trusts one for longer


class OwnCertificate(Refusal):
    """Somebody else looks at it."""

    code = "own_certificate"
    sentence = _(
        "Somebody else of your organisation looks at this certificate: it is your own, or a housemate's."
    )


class CertificateDay(Refusal):
    """Past, or too far away."""

    code = "certificate_day"
    sentence = _("Choose a day from today until five years from now.")
    field = "until_on"


def see_certificate(
    *, organisation: Party, person: Party, until_on: date, actor: Actor, at: datetime
) -> ConductCertificate:
    """This will note that an organisation saw the certificate of a person and relies on it until a day. A later one
    takes the place of the first.

    :raises NotYourActivity: to who does not organise for it.
    :raises OwnCertificate: to the person and who is close to them.
    :raises CertificateDay: for a day that has passed, or is too far away.
    """
    seer, participant, today = person_of(actor), canonical(person), day_of(at)
    if not may_organise(seer, organisation, today):
        raise NotYourActivity(name=organisation.display_name)
    if is_close(seer, participant, today):
        raise OwnCertificate
    if not today <= until_on <= today + LONGEST:
        raise CertificateDay
    with transaction.atomic():
        # On this row two who look at the same one wait for each other: then the second renews it.
        Party.objects.select_for_update(no_key=True).get(pk=participant.pk)
        seen, _is_new = ConductCertificate.objects.update_or_create(
            organisation=organisation, person=participant,
            defaults={"until_on": until_on, "seen_by": canonical(seer), "seen_at": at, "reminded_on": None},
        )  # fmt: skip
        about = (participant, organisation)
        record(
            "conduct_certificate.see",
            subject=seen,
            actor=actor,
            at=at,
            about=about,
            after=until_on.isoformat(),
        )
    return seen
