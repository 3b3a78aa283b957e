"""State tables: each one is sound, and moving along one is locked, guarded and written down."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from core.actor import Actor
from core.models import AuditEntry, AuditNote
from core.refusals import Refusal
from core.states import MoveRefused, StateTable, transition
from neighbourhoods.models import Residency
from neighbourhoods.states import RESIDENCY, ResidencyState
from people.models import Party
from tests.core.conftest import NOW, ask_to_live_here
from tests.factories.people import child
from tests.plugins.data import Outcome, RealCommits

SYSTEM = Actor.system()
TABLES = sorted(StateTable.all)


class Shut(Refusal):
    """The door is shut."""

    code = "shut"
    sentence = "The door is shut."


def reached_from(table: StateTable, start: str) -> set[str]:
    reached, left = set(), [start]
    while left:
        state = left.pop()
        if state not in reached:
            reached.add(state)
            left += [after for (before, _event), after in table.moves.items() if before == state]
    return reached


def models_of(table: StateTable) -> list[type[models.Model]]:
    return [model for model in apps.get_models() if getattr(model, "table", None) is table]


def test_there_are_tables_to_walk() -> None:
    assert "residency" in TABLES


@pytest.mark.parametrize("name", TABLES)
def test_every_state_can_be_reached(name: str) -> None:
    table = StateTable.all[name]

    assert table.states - reached_from(table, table.start) == set()


@pytest.mark.parametrize("name", TABLES)
def test_a_state_without_a_way_out_is_an_end(name: str) -> None:
    table = StateTable.all[name]
    with_a_way_out = {before for before, _event in table.moves}

    assert table.states - with_a_way_out == table.ends


@pytest.mark.parametrize("name", TABLES)
def test_an_end_can_be_reached_from_every_state(name: str) -> None:
    table = StateTable.all[name]

    assert [state for state in sorted(table.states) if not reached_from(table, state) & table.ends] == []


@pytest.mark.parametrize("name", TABLES)
def test_what_may_stay_is_a_state_that_is_no_end(name: str) -> None:
    table = StateTable.all[name]

    assert table.may_stay <= table.states - table.ends


@pytest.mark.parametrize("name", TABLES)
def test_guards_stand_at_events_that_exist(name: str) -> None:
    table = StateTable.all[name]

    assert set(table.guards) <= table.events


@pytest.mark.parametrize("name", TABLES)
def test_models_keep_exactly_the_states_of_the_table(name: str) -> None:
    """One model, or several that are kinds of the same."""
    table = StateTable.all[name]
    keepers = models_of(table)

    assert keepers
    for model in keepers:
        field = model._meta.get_field("state")
        assert isinstance(field, models.Field)
        assert {value for value, _label in field.flatchoices} == table.states
        assert field.default == table.start
        assert max(len(state) for state in table.states) <= (field.max_length or 0)


def test_every_model_with_a_state_has_a_table() -> None:
    """Only ours: what Wagtail and the task queue call a state is their affair."""

    def keeps_a_state(model: type[models.Model]) -> bool:
        try:
            model._meta.get_field("state")
        except FieldDoesNotExist:
            return False
        return True

    ours = {
        "home",
        "programme",
        "wallet",
        "marketplace",
        "neighbourhoods",
        "people",
        "ledger",
        "content",
        "core",
    }
    without = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ours and keeps_a_state(model) and not hasattr(model, "table")
    ]

    assert without == []


@pytest.fixture
def _own_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StateTable, "all", {})


@pytest.mark.usefixtures("_own_tables")
class TestATable:
    @pytest.fixture
    def door(self) -> StateTable:
        moves = {("OPEN", "shut"): "SHUT", ("SHUT", "lock"): "LOCKED"}
        return StateTable(name="door", start="OPEN", moves=moves, ends=frozenset({"LOCKED"}))

    def test_says_what_comes_after(self, door: StateTable) -> None:
        assert door.after("OPEN", "shut") == "SHUT"

    def test_refuses_an_event_that_leads_nowhere_from_here(self, door: StateTable) -> None:
        with pytest.raises(MoveRefused) as refusal:
            door.after("OPEN", "lock")

        assert refusal.value.details == {"table": "door", "state": "OPEN", "event": "lock"}

    def test_knows_its_states_and_events(self, door: StateTable) -> None:
        assert door.states == {"OPEN", "SHUT", "LOCKED"}
        assert door.events == {"shut", "lock"}

    def test_takes_no_guard_for_an_event_it_does_not_know(self, door: StateTable) -> None:
        with pytest.raises(ValueError, match="door knows no event paint"):
            door.guard("paint")

    def test_has_its_name_to_itself(self, door: StateTable) -> None:
        with pytest.raises(ValueError, match="two state tables named door"):
            StateTable(name="door", start="OPEN", moves={}, ends=frozenset())


@pytest.fixture
def locked_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(thing: Residency, actor: Actor) -> None:
        raise Shut

    monkeypatch.setitem(RESIDENCY.guards, "attest", [never])


def test_a_move_changes_the_state_and_writes_who_when_and_why(anns_request: Residency, ben: Party) -> None:
    clerk = Actor(user=None, person=ben, principal=anns_request.neighbourhood.municipality)

    transition(
        anns_request, "attest", actor=clerk, at=NOW, about=(anns_request.person,), reason="Showed a passport."
    )

    assert anns_request.state == ResidencyState.ATTESTED
    assert Residency.objects.get(pk=anns_request.pk).state == ResidencyState.ATTESTED
    line = AuditEntry.objects.get(event="residency.attest")
    assert (line.subject_model, line.subject_id) == ("neighbourhoods.Residency", str(anns_request.pk))
    assert (line.before, line.after, line.at) == ("REQUESTED", "ATTESTED", NOW)
    assert (line.acted_by_id, line.acted_for_id) == (ben.pk, clerk.principal and clerk.principal.pk)
    assert list(line.about.values_list("party_id", flat=True)) == [anns_request.person_id]
    assert line.note.text == "Showed a passport."


def test_a_move_from_a_state_that_has_passed_is_refused_and_nothing_is_written(
    anns_request: Residency,
) -> None:
    seen_earlier = Residency.objects.get(pk=anns_request.pk)
    transition(anns_request, "refuse", actor=SYSTEM, at=NOW)

    with pytest.raises(MoveRefused):
        transition(seen_earlier, "attest", actor=SYSTEM, at=NOW)

    assert seen_earlier.state == ResidencyState.REQUESTED
    assert Residency.objects.get(pk=anns_request.pk).state == ResidencyState.REFUSED
    assert AuditEntry.objects.filter(event="residency.attest").count() == 0


def test_an_event_that_no_table_knows_is_refused(anns_request: Residency) -> None:
    with pytest.raises(MoveRefused):
        transition(anns_request, "explode", actor=SYSTEM, at=NOW)


@pytest.mark.usefixtures("locked_door")
def test_a_guard_that_refuses_leaves_nothing(anns_request: Residency) -> None:
    with pytest.raises(Shut):
        transition(anns_request, "attest", actor=SYSTEM, at=NOW, reason="Because.")

    assert anns_request.state == ResidencyState.REQUESTED
    assert Residency.objects.get(pk=anns_request.pk).state == ResidencyState.REQUESTED
    assert AuditEntry.objects.filter(event="residency.attest").count() == 0
    assert AuditNote.objects.count() == 0


def test_a_guard_sees_the_row_as_it_stands_and_not_as_it_was_read(
    anns_request: Residency, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setitem(RESIDENCY.guards, "attest", [lambda thing, _actor: seen.append(thing.street)])
    Residency.objects.filter(pk=anns_request.pk).update(street="Molenstraat")

    transition(anns_request, "attest", actor=SYSTEM, at=NOW)

    assert seen == ["Molenstraat"]


def test_when_what_it_belongs_to_fails_the_move_and_its_line_go_too(anns_request: Residency) -> None:
    with pytest.raises(Shut), transaction.atomic():
        transition(anns_request, "attest", actor=SYSTEM, at=NOW)
        raise Shut

    assert Residency.objects.get(pk=anns_request.pk).state == ResidencyState.REQUESTED
    assert AuditEntry.objects.filter(event="residency.attest").count() == 0


def test_what_others_wrote_meanwhile_in_other_fields_stays(anns_request: Residency) -> None:
    Residency.objects.filter(pk=anns_request.pk).update(street="Molenstraat")

    transition(anns_request, "attest", actor=SYSTEM, at=NOW)

    assert Residency.objects.get(pk=anns_request.pk).street == "Molenstraat"


def move(pk: int, event: str) -> str:
    """What each racer does."""
    residency = Residency.objects.get(pk=pk)
    transition(residency, event, actor=SYSTEM, at=NOW)
    return residency.state


def test_of_two_moves_at_the_same_moment_one_is_refused(real_commits: RealCommits) -> None:
    request = ask_to_live_here(child("Ann"))

    outcomes = real_commits.race(move, [{"pk": request.pk, "event": event} for event in ("attest", "refuse")])

    assert sorted(outcome.refused or "" for outcome in outcomes) == ["", "move_refused"]
    (won,) = (outcome.result for outcome in outcomes if outcome != Outcome(refused="move_refused"))
    assert Residency.objects.get(pk=request.pk).state == won
    assert AuditEntry.objects.filter(subject_id=str(request.pk), event__startswith="residency.").count() == 1


def test_a_process_that_is_killed_half_way_leaves_nothing(real_commits: RealCommits) -> None:
    request = ask_to_live_here(child("Ann"))
    half_way = f"""
import django; django.setup()
import time
from django.db import transaction
from tests.core.test_states import move
with transaction.atomic():
    move({request.pk}, "attest")
    print("half-way", flush=True)
    time.sleep(600)
"""
    process = real_commits.python("-c", half_way)
    assert process.stdout
    assert process.stdout.readline() == "half-way\n"

    process.kill()
    process.communicate()

    assert Residency.objects.get(pk=request.pk).state == ResidencyState.REQUESTED
    assert AuditEntry.objects.filter(event="residency.attest").count() == 0
    assert move(request.pk, "attest") == ResidencyState.ATTESTED


def test_the_next_test_with_real_commits_finds_nothing_of_this(real_commits: RealCommits) -> None:
    assert Residency.objects.count() == 0
