"""What somebody tells about social assistance: theirs alone."""

from __future__ import annotations

import pytest

from core.actor import Actor
from core.audit import lines_about
from core.models import AuditEntry
from core.refusals import NotAllowed
from marketplace.models import RewardSituation
from marketplace.operations.rewards import forget_situation, tell_situation
from marketplace.queries.rewards import is_on_benefit
from people.models import Party, Role
from tests.factories.activities import AT, Season
from tests.factories.people import actor, mandate


def test_what_is_told_last_counts_and_can_be_taken_away(there: Season) -> None:
    ann = there.ann.person
    tell_situation(person=ann, on_benefit=False, actor=actor(there.ann), at=AT)
    tell_situation(person=ann, on_benefit=True, actor=actor(there.ann), at=AT)
    assert is_on_benefit(ann)
    assert RewardSituation.objects.count() == 1

    forget_situation(person=ann, actor=actor(there.ann), at=AT)
    forget_situation(person=ann, actor=actor(there.ann), at=AT)

    assert not is_on_benefit(ann)
    assert not RewardSituation.objects.exists()


def test_the_trail_says_that_it_was_told_and_not_what(there: Season) -> None:
    tell_situation(person=there.ann.person, on_benefit=True, actor=actor(there.ann), at=AT)
    forget_situation(person=there.ann.person, actor=actor(there.ann), at=AT)

    found = AuditEntry.objects.filter(event__startswith="reward_situation").order_by("pk")

    assert list(found.values_list("event", "before", "after")) == [
        ("reward_situation.tell", "", ""), ("reward_situation.forget", "", ""),
    ]  # fmt: skip
    assert lines_about(there.ann.person)[0].event == "reward_situation.forget"


def test_a_second_login_tells_about_the_same_person(there: Season) -> None:
    tell_situation(person=there.ben.person, on_benefit=True, actor=actor(there.ben), at=AT)
    Party.objects.filter(pk=there.ben.person.pk).update(same_person_as=there.ann.person)
    again = Party.objects.get(pk=there.ben.person.pk)
    assert is_on_benefit(there.ann.person)

    tell_situation(person=again, on_benefit=False, actor=actor(there.ben), at=AT)

    assert list(RewardSituation.objects.values_list("person", "on_benefit")) == [(there.ann.person.pk, False)]
    assert not is_on_benefit(there.ann.person)


def test_nobody_tells_it_for_another_no_helper_no_clerk_and_not_the_system(there: Season) -> None:
    mandate(person=there.ben, principal=there.ann.person, role=Role.HELPER)
    mandate(person=there.bea, principal=there.municipality, role=Role.CLERK)
    for who in (actor(there.ben), actor(there.bea), Actor.system()):
        with pytest.raises(NotAllowed):
            tell_situation(person=there.ann.person, on_benefit=True, actor=who, at=AT)
        with pytest.raises(NotAllowed):
            forget_situation(person=there.ann.person, actor=who, at=AT)
