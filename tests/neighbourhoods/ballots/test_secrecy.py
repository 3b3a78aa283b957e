"""No way leads from a secret ballot to a voter: no table, row order, log, task, session, dump, page or report."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter
from modelsearch.index import get_indexed_models
from pytest_django import Settings
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from core.privacy import register
from core.refusals import Refusal
from neighbourhoods.models import Ballot, BallotBox, Neighbourhood, RollEntry
from neighbourhoods.operations.ballots import AlreadyVoted, TooLate, count_box
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.queries.results import published
from people.models import User
from tests.factories.democracy import AFTER, VOTING, box
from tests.factories.people import person
from tests.factories.residency import municipality, place
from tests.neighbourhoods.ballots import catalogue
from tests.neighbourhoods.ballots.catalogue import BALLOT, ENTRY, changed, contents
from tests.neighbourhoods.ballots.stage import SYSTEM, close, enter, help_vote, officer_of, paper, vote
from tests.neighbourhoods.ballots.watch import (
    answered,
    faults_of_tables,
    findings,
    likeness,
    ranked,
    sent,
    watched,
)
from tests.plugins.data import RealCommits

CASTS = 40  # so many orders by lot are never by chance like the one of casting


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    """Tasks are rows there."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


# --- What the tables are ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("db")
def test_no_column_leads_from_a_ballot_to_anybody_nor_says_when_it_was_cast() -> None:
    assert faults_of_tables() == []
    assert catalogue.columns(BALLOT).keys() == {"id", "box_id", "choice", "receipt"}


def test_wagtail_keeps_no_track_of_what_belongs_to_a_vote() -> None:
    ours = {
        model for model in Ballot._meta.apps.get_models() if model.__module__.startswith(
            ("neighbourhoods.models.ballots", "neighbourhoods.models.roll")
        )
    }  # fmt: skip

    assert len(ours) == 9
    for tracked in (ReferenceIndex.tracked_models, get_indexed_models(), get_snippet_models()):
        assert ours.isdisjoint(tracked)


def test_a_ballot_is_nobodys_data() -> None:
    assert "neighbourhoods.Ballot" not in {kept.model for kept in register()}
    assert str(Ballot(choice="[]")) == "ballot"


# --- What a cast writes -----------------------------------------------------------------------------------------------


def test_a_cast_writes_one_ballot_and_one_mark_and_no_other_row_or_number(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    urn = box(molenwijk, [ann, ben])
    before = contents()

    vote(urn, ann, receipt=True)

    assert changed(before, contents()) == {BALLOT: (0, 1), ENTRY: (1, 1)}
    entry = RollEntry.objects.get(roll=urn.roll, person=ann.person)
    assert (entry.channel, entry.marked_by) == ("ONLINE", None)


def test_help_and_paper_write_no_more(molenwijk: Neighbourhood, ann: User, ben: User, olga: User) -> None:
    urn = box(molenwijk, [ann, ben])

    before = contents()
    help_vote(urn, olga, ann)
    assert changed(before, contents()) == {BALLOT: (0, 1), ENTRY: (1, 1)}

    before = contents()
    paper(urn, olga, ben)
    assert changed(before, contents()) == {ENTRY: (1, 1)}


def test_a_refused_cast_writes_nothing_at_all(molenwijk: Neighbourhood, ann: User, cas: User) -> None:
    urn = box(molenwijk, [ann])
    vote(urn, ann)
    before = contents()

    for who, choice in ((ann, None), (cas, None), (cas, {"1": "maybe"})):
        with pytest.raises(Refusal):
            vote(urn, who, choice)

    assert changed(before, contents()) == {}


# --- Where a ballot can be found --------------------------------------------------------------------------------------


def test_nothing_of_a_ballot_is_anywhere_but_in_the_box(
    molenwijk: Neighbourhood, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        seen = watched(molenwijk)
        seen.cast_all()
        with pytest.raises(AlreadyVoted):
            vote(seen.urn, seen.voters[0], seen.choices[0])

        assert findings(seen, caplog) == set()
        seen.learn()
        close(seen.urn)
        with pytest.raises(TooLate):
            vote(seen.urn, seen.voters[0], seen.choices[0])

        assert findings(seen, caplog) == set()


def test_after_the_count_amounts_and_codes_are_public_and_still_nobodys(
    molenwijk: Neighbourhood, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        seen = watched(molenwijk)
        seen.cast_all()
        close(seen.urn)
        count_box(box=seen.urn, actor=SYSTEM, at=AFTER)

        assert findings(seen, caplog, is_counted=True) == set()

    said = json.dumps(published(BallotBox.objects.get(pk=seen.urn.pk)))
    assert all(str(amount) in said for amount in seen.choices)
    assert not any(str(pk) in said or pk.hex in said for pk in seen.urn.ballots.values_list("pk", flat=True))


# --- Through the pages ------------------------------------------------------------------------------------------------


def pages_of(client: Client, urn: BallotBox, choice: list[str]) -> list[Any]:
    """The three steps of a vote in a browser: what each answered."""
    at = f"/en/vote/{urn.ref}/"
    fields = {"form_hash": form_hash(urn), "order": "", "wants_receipt": "on", **sent(choice)}
    return [
        client.get(at),
        client.post(at, {**fields, "step": "look"}),
        client.post(at, {**fields, "step": "cast"}),
    ]


@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
def test_voting_in_a_browser_leaves_nothing_in_sessions_cookies_logs_or_later_pages(
    molenwijk: Neighbourhood, caplog: pytest.LogCaptureFixture, at_voting: None
) -> None:
    seen = ranked(molenwijk)
    clients = []
    for who in seen.voters:
        client = Client()
        client.force_login(who)
        client.get("/en/account/")  # what a first visit writes has been written
        clients.append(client)

    with caplog.at_level(logging.DEBUG):
        before = contents()
        for client, choice in zip(clients, seen.choices, strict=True):
            steps = pages_of(client, seen.urn, choice)
            assert [one.status_code for one in steps] == [200, 200, 200]
            assert all("no-store" in one.headers["Cache-Control"] for one in steps)
            assert {name for one in steps for name in one.cookies} <= {"csrftoken"}
        wrote = changed(before, contents())
        assert findings(seen, caplog) == set()

    assert wrote == {BALLOT: (0, 3), ENTRY: (3, 3)}
    later = [
        client.get(path)
        for client in (*clients, signed_in_root())
        for path in (
            f"/en/vote/{seen.urn.ref}/",
            f"/en/vote/{seen.urn.ref}/roll/",
            f"/en/vote/{seen.urn.ref}/result/",
            "/en/vote/",
            "/en/account/",
        )
    ]
    assert not answered(seen, later)


@pytest.fixture
def at_voting() -> Iterator[None]:
    with time_machine.travel(VOTING, tick=False):
        yield


def signed_in_root() -> Client:
    client = Client()
    client.force_login(person("Root", is_staff=True, is_superuser=True))
    return client


# --- What is left in files, with everything committed -----------------------------------------------------------------


@pytest.fixture
def molen(real_commits: RealCommits) -> Neighbourhood:
    return place("Molenwijk", of=municipality("Dijkstad"))


def test_after_closing_no_order_number_or_transaction_says_who_cast_which_ballot(
    molen: Neighbourhood,
) -> None:
    seen = watched(molen, voters=CASTS)
    seen.cast_all()
    before = catalogue.writers(BALLOT), catalogue.writers(ENTRY)
    assert likeness(seen.places()) == 1  # as docs/secrecy.md says: until closing, the order is there
    assert before[0] <= before[1]  # and so is the transaction that wrote both

    close(seen.urn)

    assert abs(likeness(seen.places())) < 0.5
    chosen = dict(seen.urn.ballots.values_list("pk", "choice"))
    by_number = [seen.choices.index(json.loads(chosen[pk])) for pk in sorted(chosen)]
    assert abs(likeness(by_number)) < 0.5
    assert {pk.version for pk in chosen} == {4}
    after = catalogue.writers(BALLOT)
    assert len(after) == (1 if catalogue.is_postgres() else 0)
    assert after.isdisjoint(catalogue.writers(ENTRY))


@pytest.mark.usefixtures("patient_sweeping")
def test_after_closing_nothing_of_the_old_rows_is_left_in_the_files(molen: Neighbourhood) -> None:
    seen, other = watched(molen, voters=CASTS), box(molen, [person("Ann")])
    seen.cast_all()
    vote(other, User.objects.get(email="ann@example.org"))  # whose row shares pages with theirs
    old = list(seen.urn.ballots.values_list("pk", flat=True))
    kept = catalogue.bytes_of_files()
    assert all(as_written(pk) in kept for pk in old)

    close(seen.urn)

    kept = catalogue.bytes_of_files()
    assert not any(as_written(pk) in kept for pk in old)
    assert all(as_written(pk) in kept for pk in seen.urn.ballots.values_list("pk", flat=True))
    assert other.ballots.count() == 1


def test_ballots_on_paper_do_not_lie_together_once_they_are_in(molen: Neighbourhood) -> None:
    seen = watched(molen, voters=CASTS)
    olga, piet = officer_of(molen, "Olga"), officer_of(molen, "Piet")
    for who, amount in zip(seen.voters[:20], seen.choices[:20], strict=True):
        vote(seen.urn, who, amount)
    for who in seen.voters[20:]:
        paper(seen.urn, olga, who)
    close(seen.urn)
    for officer in (olga, piet):
        enter(seen.urn, officer, seen.choices[20:])

    lying = [number >= 20 for number in seen.places()]

    assert lying.count(True) == 20
    assert lying not in ([False] * 20 + [True] * 20, [True] * 20 + [False] * 20)
    assert abs(likeness(seen.places())) < 0.5


def as_written(pk: Any) -> bytes:
    """How the database writes this number down."""
    return pk.bytes if catalogue.is_postgres() else pk.hex.encode()


# --- When something breaks --------------------------------------------------------------------------------------------


def test_the_report_of_an_error_while_casting_has_no_choice_in_it(
    molenwijk: Neighbourhood, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    seen = watched(molenwijk, voters=1)
    amount = seen.choices[0]

    def breaks(self: Any, *_args: Any, **kwargs: Any) -> None:
        written = dict(kwargs)
        raise OSError(f"The disk is full, with {len(written)} values.")

    monkeypatch.setattr("django.db.models.query.QuerySet.create", breaks)
    try:
        vote(seen.urn, seen.voters[0], amount)
    except OSError:
        kind, error, trace = sys.exc_info()
    request = RequestFactory().post("/")
    reporter = ExceptionReporter(request, kind, error, trace)

    frames = reporter.get_traceback_frames()

    ours = [one for one in frames if "/tests/" not in one["filename"] or one["function"] == "breaks"]
    assert {one["function"] for one in ours} >= {"cast", "_put_in", "breaks"}
    assert not any(str(amount) in str(one["vars"]) for one in ours)
