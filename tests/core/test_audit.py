"""The audit trail: written with the deed, readable by those whose data it is, and never changed."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from core.actor import Actor
from core.audit import lines_about, record
from core.models import AuditEntry, AuditNote
from people.models import Party
from tests.core.conftest import NOW
from tests.factories.people import actor, child, person
from tests.plugins.data import RealCommits


def tell(event: str, subject: Party, *about: Party, reason: str = "", by: Actor | None = None) -> AuditEntry:
    return record(event, subject=subject, actor=by or Actor.system(), at=NOW, about=about, reason=reason)


def test_outside_a_transaction_nothing_is_recorded(real_commits: RealCommits) -> None:
    ann = child("Ann")

    with pytest.raises(RuntimeError, match="would be recorded outside the transaction"):
        tell("party.seen", ann)

    assert AuditEntry.objects.count() == 0


def test_within_a_transaction_the_line_stands_when_the_deed_stands(real_commits: RealCommits) -> None:
    ann = child("Ann")

    with transaction.atomic():
        tell("party.seen", ann)

    assert list(AuditEntry.objects.values_list("event", flat=True)) == ["party.seen"]


def test_when_the_deed_is_undone_the_line_is_too(ann: Party) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell("party.seen", ann, ann, reason="To see.")
        raise ZeroDivisionError

    assert AuditEntry.objects.count() == 0
    assert AuditNote.objects.count() == 0


def test_the_system_acts_without_a_person(ann: Party) -> None:
    line = tell("party.seen", ann)

    assert (line.login_id, line.acted_by_id, line.acted_for_id) == (None, None, None)


def test_who_acts_is_recorded_as_login_person_and_principal(ann: Party) -> None:
    ben = person("Ben")

    line = tell("party.seen", ann, by=actor(ben, principal=ann))

    assert (line.login_id, line.acted_by_id, line.acted_for_id) == (ben.pk, ben.person_id, ann.pk)


def test_a_person_served_at_a_desk_has_no_login(ann: Party) -> None:
    line = tell("party.seen", ann, by=Actor(user=None, person=ann, principal=ann))

    assert (line.login_id, line.acted_by_id) == (None, ann.pk)


def test_each_reads_what_is_about_them_newest_first_and_nothing_else(ann: Party, ben: Party) -> None:
    cas = child("Cas")
    tell("first", ann, ann)
    tell("second", ann, ann, ben, reason="Both were there.")
    tell("third", ben, ben)

    assert [line.event for line in lines_about(ann)] == ["second", "first"]
    assert [line.event for line in lines_about(ben)] == ["third", "second"]
    assert list(lines_about(cas)) == []


def test_a_party_named_twice_reads_the_line_once(ann: Party) -> None:
    tell("party.seen", ann, ann, ann)

    assert len(lines_about(ann)) == 1


def test_the_reason_stands_apart_so_that_it_can_be_erased(ann: Party) -> None:
    line = tell("party.seen", ann, ann, reason="Ann told us about Ben.")

    AuditNote.objects.filter(entry=line).delete()

    (left,) = lines_about(ann)
    assert left.event == "party.seen"
    assert not hasattr(left, "note")


def test_without_a_reason_there_is_no_note(ann: Party) -> None:
    tell("party.seen", ann, ann)

    assert AuditNote.objects.count() == 0


@pytest.mark.parametrize("lines", [1, 3])
def test_reading_takes_one_query_however_many_lines_there_are(
    ann: Party, lines: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(lines):
        by = Actor(user=None, person=child(f"Clerk {number}"), principal=None)
        tell(f"event.{number}", ann, ann, reason="Why.", by=by)

    with django_assert_num_queries(1):
        read = [(line.event, line.note.text, line.acted_by_id) for line in lines_about(ann)]

    assert len(read) == lines
