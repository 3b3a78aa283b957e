"""Consent of a parent or guardian for a child to take part in an activity."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from core.states import MoveRefused
from marketplace.models import Activity, GuardianConsent, Participation
from marketplace.operations.doors import person_of
from marketplace.operations.taking_part.consenting import give_when_missing
from marketplace.operations.taking_part.leaving import TooLateToWithdraw, take_off
from marketplace.permissions import guards
from marketplace.states import ParticipationState
from people.models import Party
from people.queries import canonical, numbers_of


class NotTheirGuardian(Refusal):
    """Consent is for a grown-up of the same household, or a helper, of somebody younger than sixteen."""

    code = "consent_not_their_guardian"
    sentence = _("You can do this for a child in your household, or whose helper you are.")


class NoConsent(Refusal):
    """Never given, or taken back already."""

    code = "consent_not_there"
    sentence = _("There is no consent to take back.")


def give_consent(*, child: Party, activity: Activity, actor: Actor, at: datetime) -> GuardianConsent:
    """This will let a child take part in an activity, in all its shifts. Given before, it stays as it is.

    :raises NotTheirGuardian: to who is not its guardian.
    """
    guardian = _guardian(actor, child, at)
    with transaction.atomic():
        return give_when_missing(
            child=canonical(child), activity=activity, guardian=guardian, actor=actor, at=at
        )


def withdraw_consent(*, child: Party, activity: Activity, actor: Actor, at: datetime) -> None:
    """This will take consent back: the child comes off the list of every shift that has not begun. Each guardian can,
    whoever gave it.

    Each shift is a transaction of its own, for its own lock. Where this is cut short, no check-in opens without consent
    and the clock takes the child off (`taking_part.clock`).

    :raises NotTheirGuardian: to who is not its guardian.
    :raises NoConsent: when there is none in force.
    """
    guardian = _guardian(actor, child, at)
    with transaction.atomic():
        rows = GuardianConsent.objects.select_for_update(no_key=True).filter(withdrawn_at__isnull=True)
        consent = rows.filter(child__in=numbers_of(child).order_by(), activity=activity).first()
        if consent is None:
            raise NoConsent
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        about = (canonical(child), guardian)
        record("guardian_consent.withdraw", subject=consent, actor=actor, at=at, about=about)
    take_child_off(child=child, activity=activity, actor=actor, at=at)


def take_child_off(*, child: Party, activity: Activity, actor: Actor, at: datetime) -> int:
    """This will take a child without consent off the shifts of an activity that have not begun. Gives from how many."""
    coming = Participation.objects.filter(
        person__in=numbers_of(child).order_by(), shift__activity=activity, shift__starts_at__gt=at,
        state__in=[ParticipationState.WAITING, ParticipationState.SIGNED_UP],
    )  # fmt: skip
    done = 0
    for participation in coming.select_related("shift", "person").order_by("shift_id"):
        try:
            take_off(participation=participation, actor=actor, at=at)
        except (MoveRefused, TooLateToWithdraw):  # taken off, or begun, in this very moment
            continue
        done += 1
    return done


def _guardian(actor: Actor, child: Party, at: datetime) -> Party:
    person = person_of(actor)
    if not guards(person, child, day_of(at)):
        raise NotTheirGuardian
    return canonical(person)
