from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from neighbourhoods.models import Election, Neighbourhood, Subject
from neighbourhoods.operations import elections
from neighbourhoods.operations.elections import drafting
from neighbourhoods.operations.elections.dates import (
    AlreadyPast,
    AnotherPlace,
    MeetingNeeded,
    NotBeforeThatMeeting,
    NotInOrder,
    SeatsRefused,
    TermTooLong,
    TermTooSoon,
    TooFewDays,
    later,
)
from neighbourhoods.operations.elections.drafting import CalledByResidents, NeedsReason, OneAtATime
from neighbourhoods.operations.policies import set_policy, values_of
from neighbourhoods.queries.elections import announced_elections, cancelled_because
from neighbourhoods.queries.policies import NoPolicy, policy_for
from neighbourhoods.states import BoxState
from people.models import User
from tests.factories import democracy
from tests.factories.people import actor
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, municipality, place
from tests.neighbourhoods.elections import stage


def test_the_first_dates_that_are_suggested_are_the_quickest_that_the_rules_allow(
    molenwijk: Neighbourhood,
) -> None:
    election = stage.announced(molenwijk)

    local = [
        f"{later(moment, 0):%d-%m %H:%M}"
        for moment in (
            election.nominations_from, election.nominations_until, election.freezes_at, election.opens_at,
            election.closes_at,
        )
    ]  # fmt: skip
    assert local == ["22-11 08:00", "06-12 20:00", "07-12 20:00", "08-12 08:00", "18-12 20:00"]
    assert (election.term_from_on, election.term_until_on) == (date(2027, 1, 2), date(2030, 1, 1))


def test_only_the_polling_office_drafts_changes_announces_and_cancels(
    molenwijk: Neighbourhood, olga: User, ann: User
) -> None:
    election = stage.drafted(molenwijk, by=olga)
    values = stage.dates(molenwijk)
    deeds: list[Any] = [
        lambda who: elections.draft_election(
            neighbourhood=molenwijk, values=values, key=uuid.uuid4(), actor=who, at=NOON
        ),
        lambda who: elections.change_draft(election=election, values=values, actor=who, at=NOON),
        lambda who: elections.announce(election=election, actor=who, at=NOON),
        lambda who: elections.cancel(election=election, reason="Nee.", actor=who, at=NOON),
    ]

    elsewhere = stage.officer_of(place("Elders", of=municipality("Veenstad")), "Piet")
    for deed in deeds:
        for other in (ann, elsewhere):
            with pytest.raises(NotAllowed):
                deed(actor(other))
    for deed in deeds:
        deed(actor(olga))

    lines = AuditEntry.objects.filter(subject_model=Election._meta.label, subject_id=str(election.pk))
    assert list(lines.order_by("pk").values_list("event", flat=True)) == [
        "election.draft", "election.change_draft", "election.announce", "election.cancel",
    ]  # fmt: skip


def test_the_same_form_twice_makes_one_draft_which_residents_do_not_see(molenwijk: Neighbourhood) -> None:
    key = uuid.uuid4()
    drafts = [
        elections.draft_election(
            neighbourhood=molenwijk,
            values=stage.dates(molenwijk, seats=seats),
            key=key,
            actor=SYSTEM,
            at=NOON,
        )
        for seats in (2, 3)
    ]

    assert drafts[0] == drafts[1]
    assert (Election.objects.get().seats, list(announced_elections())) == (2, [])


def test_without_rules_there_is_no_election(db: None) -> None:
    bare = place("Kaalwijk", of=municipality("Dijkstad"))
    rules = stage.a_place("Voorbeeld")

    with pytest.raises(NoPolicy):
        elections.draft_election(
            neighbourhood=bare, values=stage.dates(rules), key=uuid.uuid4(), actor=SYSTEM, at=NOON
        )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"nominations_until": NOON}, NotInOrder),
        ({"freezes_at": NOON + 2 * DAY}, NotInOrder),
        ({"opens_at": NOON + 3 * DAY}, NotInOrder),
        ({"closes_at": NOON + 4 * DAY}, NotInOrder),
        ({"term_from_on": TODAY}, NotInOrder),
        ({"term_until_on": date(2027, 1, 2)}, NotInOrder),
        ({"seats": 0}, SeatsRefused),
        ({"seats": 16}, SeatsRefused),
    ],
)
def test_a_draft_in_which_one_thing_does_not_follow_the_other_is_refused(
    molenwijk: Neighbourhood, change: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        stage.drafted(molenwijk, **change)

    assert Election.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "refusal", "field"),
    [
        ({"nominations_from": NOON - DAY}, AlreadyPast, "nominations_from"),
        ({"nominations_until": NOON + 14 * DAY}, TooFewDays, "nominations_until"),
        ({"closes_at": NOON + 26 * DAY}, TooFewDays, "closes_at"),
        ({"term_from_on": date(2027, 1, 1)}, TermTooSoon, "term_from_on"),
        ({"term_until_on": date(2030, 1, 2)}, TermTooLong, "term_until_on"),
    ],
)
def test_what_leaves_less_time_than_the_rules_promise_is_not_announced(
    molenwijk: Neighbourhood, change: dict[str, Any], refusal: type[Refusal], field: str
) -> None:
    election = stage.drafted(molenwijk, **change)

    with pytest.raises(refusal) as refused:
        elections.announce(election=election, actor=SYSTEM, at=NOON)

    assert (refused.value.field, stage.state(election)) == (field, "DRAFT")


def test_the_days_to_look_at_the_roll_are_counted_too(molenwijk: Neighbourhood) -> None:
    rules = values_of(policy_for(molenwijk, Subject.ELECTION))
    set_policy(
        neighbourhood=molenwijk, subject=Subject.ELECTION, values=replace(rules, inspection_days=20),
        actor=SYSTEM, at=NOON,
    )  # fmt: skip
    kept = {"freezes_at": NOON + 17 * DAY, "nominations_from": NOON + DAY}

    with pytest.raises(TooFewDays) as refused:
        stage.announced(molenwijk, **kept, opens_at=NOON + 22 * DAY, closes_at=NOON + 40 * DAY,
                        term_from_on=date(2027, 3, 1))  # fmt: skip

    assert refused.value.field == "freezes_at"


def test_votes_before_a_meeting_count_there_only_within_the_days_that_the_rules_say(
    molenwijk: Neighbourhood,
) -> None:
    rules = values_of(policy_for(molenwijk, Subject.ELECTION))
    set_policy(
        neighbourhood=molenwijk, subject=Subject.ELECTION, values=replace(rules, days_before_meeting=12),
        actor=SYSTEM, at=NOON,
    )  # fmt: skip
    first = stage.dates(molenwijk)

    for starts_at, is_right in (
        (first.closes_at, True),
        (first.opens_at + 12 * DAY, True),
        (first.opens_at + 13 * DAY, False),
        (first.closes_at - timedelta(minutes=1), False),
    ):
        meeting = democracy.meeting(molenwijk, kind="GENERAL", starts_at=starts_at)
        election = stage.drafted(molenwijk, meeting=meeting)
        if is_right:
            elections.announce(election=election, actor=SYSTEM, at=NOON)
            elections.cancel(election=election, reason="Opnieuw.", actor=SYSTEM, at=NOON)
        else:
            with pytest.raises(NotBeforeThatMeeting):
                elections.announce(election=election, actor=SYSTEM, at=NOON)

    with pytest.raises(AnotherPlace):
        stage.drafted(molenwijk, meeting=democracy.meeting(stage.a_place("Elders")))


def test_rules_that_ask_for_a_meeting_let_none_be_left_out(molenwijk: Neighbourhood) -> None:
    rules = values_of(policy_for(molenwijk, Subject.ELECTION))
    set_policy(
        neighbourhood=molenwijk, subject=Subject.ELECTION, values=replace(rules, days_before_meeting=12),
        actor=SYSTEM, at=NOON,
    )  # fmt: skip

    with pytest.raises(MeetingNeeded):
        stage.announced(molenwijk)


def test_announcing_fixes_the_newest_rules_and_a_change_touches_nothing_that_runs(
    molenwijk: Neighbourhood,
) -> None:
    election = stage.drafted(molenwijk)
    rules = values_of(policy_for(molenwijk, Subject.ELECTION))
    second = set_policy(
        neighbourhood=molenwijk, subject=Subject.ELECTION, values=replace(rules, appeal_days=10), actor=SYSTEM, at=NOON
    )  # fmt: skip

    elections.announce(election=election, actor=SYSTEM, at=NOON)
    set_policy(
        neighbourhood=molenwijk, subject=Subject.ELECTION, values=replace(rules, appeal_days=90), actor=SYSTEM, at=NOON
    )  # fmt: skip

    assert stage.again(election).policy == second


def test_there_is_one_election_at_a_time(molenwijk: Neighbourhood) -> None:
    stage.announced(molenwijk)
    second = stage.drafted(molenwijk)

    with pytest.raises(OneAtATime):
        elections.announce(election=second, actor=SYSTEM, at=NOON)


def test_what_was_announced_cannot_be_changed(molenwijk: Neighbourhood) -> None:
    election = stage.announced(molenwijk)

    with pytest.raises(MoveRefused):
        elections.change_draft(
            election=election, values=stage.dates(molenwijk, seats=9), actor=SYSTEM, at=NOON
        )

    assert stage.again(election).seats == 2


def test_whoever_shows_an_election_is_told_in_the_same_transaction(
    molenwijk: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, str]] = []

    def tell(election: Election) -> None:
        told.append((election.pk, stage.state(election)))
        if len(told) > 1:
            raise RuntimeError

    monkeypatch.setattr(drafting, "on_announced", [tell])
    first = stage.announced(molenwijk)
    elections.cancel(election=first, reason="Opnieuw.", actor=SYSTEM, at=NOON)
    second = stage.drafted(molenwijk)

    with pytest.raises(RuntimeError):
        elections.announce(election=second, actor=SYSTEM, at=NOON)

    assert told[0] == (first.pk, "ANNOUNCED")
    assert stage.state(second) == "DRAFT"


def test_cancelling_needs_a_reason_that_everybody_can_read_and_voids_the_box(
    molenwijk: Neighbourhood, olga: User, ann: User
) -> None:
    election = stage.frozen(stage.nominating(molenwijk), [ann])

    with pytest.raises(NeedsReason):
        elections.cancel(election=election, reason="  ", actor=actor(olga), at=stage.FREEZES)
    elections.cancel(election=election, reason="De zaal staat blank.", actor=actor(olga), at=stage.FREEZES)

    box = stage.again(election).box
    assert box is not None
    assert (stage.state(election), box.state) == ("CANCELLED", BoxState.VOID)
    assert cancelled_because(election) == "De zaal staat blank."
    assert stage.advance(stage.FINAL).steps == 0


def test_once_voting_has_begun_nobody_cancels(molenwijk: Neighbourhood, ann: User, olga: User) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])

    with pytest.raises(MoveRefused):
        elections.cancel(election=election, reason="Te veel werk.", actor=actor(olga), at=stage.VOTING)

    assert stage.state(election) == "VOTING"


def test_the_polling_office_does_not_cancel_what_the_residents_called_for(
    molenwijk: Neighbourhood, olga: User, ann: User
) -> None:
    call = stage.a_call(molenwijk, ann)
    election = stage.announced(molenwijk)
    Election.objects.filter(pk=election.pk).update(called_by=call)

    with pytest.raises(CalledByResidents):
        elections.cancel(election=election, reason="Te veel werk.", actor=actor(olga), at=NOON)

    assert stage.state(election) == "ANNOUNCED"
