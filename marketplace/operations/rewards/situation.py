"""What somebody tells about their own situation, because maximum amounts depend on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from core.actor import Actor
from core.audit import record
from core.refusals import NotAllowed
from marketplace.models import RewardSituation
from neighbourhoods.permissions import acting_person
from people.models import Party
from people.permissions import is_own
from people.queries import numbers_of


def tell_situation(*, person: Party, on_benefit: bool, actor: Actor, at: datetime) -> RewardSituation:
    """This will keep whether somebody receives social assistance, in the place of what they told before.

    Nobody tells it for another, and the trail says that it was told, not what.

    :raises NotAllowed: to anybody but the person themself.
    """
    _check_own(person, actor)
    with transaction.atomic():
        locked = Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        told, _is_new = RewardSituation.objects.update_or_create(
            person=locked, defaults={"on_benefit": on_benefit, "told_at": at}
        )
        _all_of(person).exclude(pk=told.pk).delete()  # told under a number that was linked since
        record("reward_situation.tell", subject=told, actor=actor, at=at, about=(locked,))
    return told


def forget_situation(*, person: Party, actor: Actor, at: datetime) -> None:
    """This will take away what somebody told. Told twice, the second finds it gone, and that is well.

    :raises NotAllowed: to anybody but the person themself.
    """
    _check_own(person, actor)
    with transaction.atomic():
        locked = Party.objects.select_for_update(no_key=True).get(pk=person.canonical_id)
        told = _all_of(person).first()
        if told is not None:
            record("reward_situation.forget", subject=told, actor=actor, at=at, about=(locked,))
            _all_of(person).delete()


def _check_own(person: Party, actor: Actor) -> None:
    acting = acting_person(actor)
    if acting is None or not is_own(acting, person):
        raise NotAllowed


def _all_of(person: Party) -> QuerySet[RewardSituation]:
    return RewardSituation.objects.filter(person__in=numbers_of(person).order_by())
