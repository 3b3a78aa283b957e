"""Sign-ups whose address nobody proved to be theirs. They are forgotten: a stranger may have typed it."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from core.actor import Actor
from core.audit import record
from core.privacy import Subject, erase_rows, register, rows_about
from people.models import Party, User
from people.queries import numbers_of

GOOD_FOR = timedelta(days=3)
# What signing up itself writes. Whoever has more has used the site, and is left alone.
SIGNING_UP = frozenset(
    {
        "people.Party", "people.PersonDetails", "people.User", "account.EmailAddress", "account.EmailConfirmation",
        "core.AuditEntry", "core.AuditAbout",
    }
)  # fmt: skip


def forget_unverified(*, actor: Actor, at: datetime) -> int:
    """Forget the sign-ups of more than three days ago that nobody proved; answers how many."""
    old = unproven().filter(date_joined__lt=at - GOOD_FOR)
    return sum(forget_unproven(user=user, actor=actor, at=at) for user in old.order_by("pk"))


def forget_unproven(*, user: User, actor: Actor, at: datetime) -> bool:
    """Forget one such sign-up: its name, login and address go. Answers whether it did; who used the site stays.

    Invitations to the address are not theirs, as they never proved it: those stay.
    """
    with transaction.atomic():
        person = Party.objects.select_for_update().get(pk=user.person_id)
        found = unproven().filter(pk=user.pk).select_for_update(of=("self",)).first()
        if found is None or numbers_of(person).count() > 1 or _is_used(person, found):
            return False
        erase_rows([Subject(party=person, user=found)])
        Party.objects.filter(pk=person.pk).update(erased_at=at)
        record("person.forget", subject=person, actor=actor, at=at, about=[person])
    return True


def unproven() -> QuerySet[User]:
    """Logins that were never used and of which no address was ever proved."""
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(last_login=None, is_staff=False, is_superuser=False).exclude(Exists(proved))


def _is_used(person: Party, user: User) -> bool:
    subject = Subject(party=person, user=user)
    return any(rows_about(entry, subject).exists() for entry in register() if entry.model not in SIGNING_UP)
