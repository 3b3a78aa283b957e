from __future__ import annotations

import json
import os
import signal
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError

from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Ballot, Neighbourhood, Seat
from neighbourhoods.operations import ballots, elections, rolls
from neighbourhoods.operations.elections import clock
from neighbourhoods.operations.elections.freezing import NotYet
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.states import BoxState
from people.models import User
from tests.factories.people import actor
from tests.factories.residency import DAY, SYSTEM
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import CLOSED, FINAL, FREEZES, HOUR, VOTING
from tests.plugins.data import RealCommits

SECOND = timedelta(seconds=1)


def test_nothing_happens_a_second_before_its_moment_and_all_at_it(
    molenwijk: Neighbourhood, ann: User
) -> None:
    election = stage.announced(molenwijk)

    def states_around(moment_name: str) -> tuple[str, str]:
        moment = getattr(stage.again(election), moment_name)
        stage.advance(moment - SECOND)
        before = stage.state(election)
        stage.advance(moment)
        return before, stage.state(election)

    assert states_around("nominations_from") == ("ANNOUNCED", "NOMINATIONS")
    stage.standing(election, [ann])
    assert states_around("nominations_until") == ("NOMINATIONS", "NOMINATIONS")
    assert states_around("freezes_at") == ("NOMINATIONS", "ROLL_FROZEN")
    assert states_around("opens_at") == ("ROLL_FROZEN", "VOTING")
    assert states_around("closes_at") == ("VOTING", "PROVISIONAL")
    assert states_around("appeals_until") == ("PROVISIONAL", "FINAL")


def test_doing_it_again_does_nothing(molenwijk: Neighbourhood, ann: User) -> None:
    election = stage.nominating(molenwijk)
    stage.standing(election, [ann])

    for moment in (FREEZES, stage.again(election).opens_at, CLOSED, FINAL):
        assert stage.advance(moment).steps > 0
        before = AuditEntry.objects.count()
        assert (stage.advance(moment).steps, AuditEntry.objects.count()) == (0, before)


def test_a_draft_waits_for_the_polling_office(molenwijk: Neighbourhood) -> None:
    election = stage.drafted(molenwijk)

    assert stage.advance(FINAL).steps == 0
    assert stage.state(election) == "DRAFT"


def test_nobody_loses_a_day_of_nominations_when_the_site_stood_still(molenwijk: Neighbourhood) -> None:
    election = stage.announced(molenwijk)
    until, opens_at = election.nominations_until, election.opens_at

    stage.advance(election.nominations_from + 30 * DAY)

    election = stage.again(election)
    assert (election.state, election.roll is not None) == ("NOMINATIONS", True)
    assert (election.nominations_until, election.opens_at) == (until + 30 * DAY, opens_at + 30 * DAY)


def test_an_outage_over_the_whole_vote_costs_nobody_their_vote(molenwijk: Neighbourhood, ann: User) -> None:
    election = stage.frozen(stage.nominating(molenwijk), [ann])
    long = election.closes_at - election.opens_at

    stage.advance(election.closes_at + 5 * DAY)

    election = stage.again(election)
    box = election.box
    assert box is not None
    assert (election.state, box.state, election.closes_at) == ("VOTING", BoxState.OPEN, box.closes_at)
    assert box.closes_at - (election.opens_at + 16 * DAY) == long
    opened = AuditEntry.objects.get(event="election.open")
    assert opened.note.text.count("16") == 1


def test_a_vote_that_ended_during_an_outage_is_closed_counted_and_published_at_once(
    molenwijk: Neighbourhood, ann: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])
    stage.put_in(election, ann, {"1": "yes"})

    done = stage.advance(FINAL)

    election = stage.again(election)
    assert (election.state, done.steps) == ("PROVISIONAL", 4)  # close, count, publish, and the mail
    assert election.appeals_until == FINAL + 14 * DAY  # appeals begin when the result is known


@pytest.mark.parametrize("back", [HOUR, 9 * DAY, 300 * DAY])
def test_a_clock_that_jumps_back_opens_nothing_again(
    molenwijk: Neighbourhood, ann: User, back: timedelta
) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])
    box = election.box
    assert box is not None
    stage.advance(CLOSED)

    assert stage.advance(CLOSED - back).steps == 0

    assert stage.state(election) == "PROVISIONAL"
    with pytest.raises(ballots.TooLate):
        ballots.cast(
            box=box, person=ann.person, choice={"1": "yes"}, wants_receipt=False, form_hash=form_hash(box),
            actor=actor(ann), at=VOTING,
        )  # fmt: skip


def test_paper_that_has_not_been_entered_holds_up_the_count_and_nothing_else(
    molenwijk: Neighbourhood, ann: User, ben: User, olga: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])
    box = election.box
    assert box is not None
    ballots.mark_paper(box=box, voter=ben.person, actor=actor(olga), at=VOTING)
    piet = stage.officer_of(molenwijk, "Piet")

    done = stage.advance(CLOSED)
    assert (stage.state(election), done.waiting) == ("CLOSED", [f"election {election.pk}: paper_missing"])
    for officer in (olga, piet):
        ballots.enter_paper(box=box, choices=[{"1": "yes"}], actor=actor(officer), at=CLOSED)
    stage.advance(CLOSED + DAY)

    election = stage.again(election)
    assert election.box is not None
    assert (election.state, json.loads(election.box.result.sheet)["cast"]) == ("PROVISIONAL", 1)


def test_closing_that_was_interrupted_between_box_and_election_is_finished(
    molenwijk: Neighbourhood, ann: User
) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])
    stage.put_in(election, ann, {"1": "yes"})
    box = election.box
    assert box is not None
    ballots.close_box(box=box, actor=SYSTEM, at=CLOSED)
    assert stage.state(election) == "VOTING"

    stage.advance(CLOSED)

    assert stage.state(election) == "PROVISIONAL"
    assert Ballot.objects.count() == 1


def test_what_goes_wrong_with_one_election_does_not_stop_another(
    molenwijk: Neighbourhood, ann: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = stage.announced(molenwijk), stage.announced(stage.a_place("Sluiskade"))
    build = rolls.build_roll

    def break_one(**words: object) -> object:
        if words["neighbourhood"] == molenwijk:
            raise ZeroDivisionError
        return build(**words)  # type: ignore[arg-type]

    monkeypatch.setattr(rolls, "build_roll", break_one)
    with (
        time_machine.travel(broken.nominations_from, tick=False),
        pytest.raises(CommandError, match=str(broken.pk)),
    ):
        call_command("advance_votes", stdout=StringIO())

    assert (stage.state(broken), stage.state(sound)) == ("ANNOUNCED", "NOMINATIONS")
    assert "could not be moved on" in caplog.text


def test_a_step_that_is_refused_without_end_is_reported(
    molenwijk: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    election = stage.announced(molenwijk)

    def refuse(**_words: object) -> None:
        raise MoveRefused

    monkeypatch.setitem(clock.STEPS, "ANNOUNCED", (clock.STEPS["ANNOUNCED"][0], refuse))

    done = elections.advance(now=election.nominations_from)

    assert (done.steps, done.failed) == (0, [f"election {election.pk}: the same step again and again"])


def test_the_command_says_what_it_did_and_what_waits(molenwijk: Neighbourhood, ann: User, olga: User) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])
    box = election.box
    assert box is not None
    ballots.mark_paper(box=box, voter=ann.person, actor=actor(olga), at=VOTING)
    out = StringIO()

    with time_machine.travel(CLOSED, tick=False):
        call_command("advance_votes", stdout=out)

    assert out.getvalue() == f"1 steps done.\nWaiting: election {election.pk}: paper_missing\n"


@pytest.mark.django_db
def test_going_on_outlives_a_database_that_is_restarted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    times: list[int] = []

    def gone(**_words: object) -> None:
        times.append(1)
        if len(times) == 2:
            os.kill(os.getpid(), signal.SIGTERM)  # so the command is asked to end
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("neighbourhoods.management.commands.advance_votes.advance", gone)
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        call_command("advance_votes", every=1, stdout=StringIO())
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)

    assert len(times) == 2
    assert "Trying again in 1 seconds" in caplog.text


def test_going_on_without_a_pause_is_refused() -> None:
    with pytest.raises(CommandError, match="at least one second"):
        call_command("advance_votes", every=0, stdout=StringIO())


def test_each_step_by_hand_is_the_polling_offices_and_never_too_early(
    molenwijk: Neighbourhood, ann: User, olga: User
) -> None:
    election = stage.nominating(molenwijk)
    stage.standing(election, [ann])
    elections.freeze(election=election, actor=actor(olga), at=FREEZES)
    steps = [
        (elections.open_voting, "opens_at"), (elections.close_voting, "closes_at"), (elections.count_votes, None),
        (elections.publish_result, None), (elections.confirm_result, "appeals_until"),
    ]  # fmt: skip

    for step, name in steps:
        moment = getattr(stage.again(election), name or "closes_at")
        with pytest.raises(NotAllowed):
            step(election=election, actor=actor(ann), at=moment)
        if name:
            with pytest.raises(NotYet):
                step(election=election, actor=actor(olga), at=moment - SECOND)
        step(election=election, actor=actor(olga), at=moment)
        with pytest.raises(MoveRefused):
            step(election=election, actor=actor(olga), at=moment)

    assert stage.state(election) == "FINAL"


# --- Real processes ---------------------------------------------------------------------------------------------------


def advance_at(now: str) -> int:
    done = elections.advance(now=datetime.fromisoformat(now))
    assert not done.failed
    return done.steps


def test_processes_that_advance_at_the_same_moment_do_each_step_once(real_commits: RealCommits) -> None:
    molenwijk = stage.a_place()
    ann, ben, cas = stage.residents(molenwijk, "Ann", "Ben", "Cas")
    election = stage.nominating(molenwijk, seats=1)
    stage.standing(election, [ann, ben])

    for moment, name in (
        (FREEZES, "ROLL_FROZEN"), (stage.again(election).opens_at, "VOTING"), (CLOSED, "PROVISIONAL"), (FINAL, "FINAL"),
    ):  # fmt: skip
        if name == "PROVISIONAL":
            stage.ranks(election, cas, ben)
        real_commits.race(advance_at, [{"now": moment.isoformat()}] * 4)
        assert stage.state(election) == name

    lines = AuditEntry.objects.filter(subject_model="neighbourhoods.Election").values_list("event", "after")
    assert len(set(lines)) == len(lines)
    assert [seat.person for seat in Seat.objects.all()] == [ben.person]
    assert Ballot.objects.count() == 1
