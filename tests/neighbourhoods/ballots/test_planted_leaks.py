"""The watch over secrecy is not blind: of each leak that is planted here it names the place."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from pytest_django import Settings
from wagtail.models import ModelLogEntry, Revision

from core.actor import Actor
from core.audit import record
from neighbourhoods.models import BallotBox, Neighbourhood
from neighbourhoods.operations.ballots import casting, mixing
from neighbourhoods.states import BoxState
from people.models import User
from tests.factories.democracy import VOTING, box
from tests.factories.people import person
from tests.factories.residency import municipality, place
from tests.neighbourhoods.ballots import catalogue, racers
from tests.neighbourhoods.ballots.catalogue import BALLOT, ENTRY, changed, contents
from tests.neighbourhoods.ballots.stage import close, vote
from tests.neighbourhoods.ballots.test_secrecy import CASTS, as_written
from tests.neighbourhoods.ballots.watch import faults_of_tables, findings, likeness, watched
from tests.plugins.data import RealCommits

Spy = Callable[[BallotBox, str], None]

# --- In the tables ----------------------------------------------------------------------------------------------------

PLANTED_TABLES = [
    ("ALTER TABLE {ballot} ADD COLUMN voter_id bigint REFERENCES people_party (id)", f"{BALLOT}.voter_id"),
    ("ALTER TABLE {ballot} ADD COLUMN entry_id bigint REFERENCES neighbourhoods_rollentry (id)", ENTRY),
    ("ALTER TABLE {ballot} ADD COLUMN cast_at timestamp NULL", f"{BALLOT}.cast_at"),
    ("ALTER TABLE {ballot} ADD COLUMN serial bigint NULL", f"{BALLOT}.serial"),
    ("ALTER TABLE {ballot} ADD COLUMN address varchar(45) NULL", f"{BALLOT}.address"),
    ("ALTER TABLE {entry} ADD COLUMN marked_at timestamp NULL", f"{ENTRY}.marked_at"),
    ("ALTER TABLE {entry} ADD COLUMN ballot_id {pk} REFERENCES {ballot} (id)", f"{ENTRY}.ballot_id"),
    (
        (
            "CREATE TABLE helpful (id bigint PRIMARY KEY, ballot_id {pk} REFERENCES {ballot} (id), "
            "person_id bigint REFERENCES people_party (id))"
        ),
        "helpful.ballot_id",
    ),
]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("sql", "named"), PLANTED_TABLES)
def test_a_column_or_table_that_leads_to_a_voter_is_seen(sql: str, named: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.format(ballot=BALLOT, entry=ENTRY, pk="uuid" if catalogue.is_postgres() else "char(32)")
        )

    assert any(named in fault for fault in faults_of_tables())


# --- In what a cast leaves --------------------------------------------------------------------------------------------


def into_the_audit_trail(urn: BallotBox, choice: str) -> None:
    record("ballot.cast", subject=urn, actor=Actor.system(), at=VOTING, reason=f"chose {choice}")


def into_the_log(urn: BallotBox, choice: str) -> None:
    logging.getLogger("neighbourhoods.anything").debug("cast", extra={"ballot": {"choice": choice}})


def into_a_session(urn: BallotBox, choice: str) -> None:
    session = SessionStore()
    session["last_vote"] = {"choice": choice, "words": "of some length, so that the session is packed " * 9}
    session.save()


def into_the_list_of_sessions(urn: BallotBox, choice: str) -> None:
    UserSession.objects.create(
        user=User.objects.first(), ip="127.0.0.1", session_key="k", user_agent=f"Vote {choice}", data={}
    )


def into_the_cache(urn: BallotBox, choice: str) -> None:
    cache.set(f"vote-{urn.pk}", {"choice": int(choice)})


def into_a_task(urn: BallotBox, choice: str) -> None:
    from neighbourhoods.tasks import mail_about_election

    mail_about_election.enqueue(int(choice), urn.pk, "RESULT")


def into_a_mail(urn: BallotBox, choice: str) -> None:
    amount = int(choice)
    send_mail("You voted", f"Your amount: {amount:,}.", None, ["ann@example.org"])


def into_wagtails_log(urn: BallotBox, choice: str) -> None:
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(BallotBox), label="vote", action="wagtail.edit",
        timestamp=VOTING, object_id=str(urn.pk), data={"choice": choice},
    )  # fmt: skip


def into_a_revision(urn: BallotBox, choice: str) -> None:
    kind = ContentType.objects.get_for_model(BallotBox)
    Revision.objects.create(
        content_type=kind, base_content_type=kind, object_id=str(urn.pk), created_at=VOTING,
        content={"last_choice": choice},
    )  # fmt: skip


def into_a_table_of_its_own(urn: BallotBox, choice: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS spy (id bigint, kept bytea)")
        cursor.execute("INSERT INTO spy VALUES (1, %s)", [f"<{choice}>".encode()])


SPIES: list[tuple[Spy, str]] = [
    (into_the_audit_trail, "core_auditnote.text"),
    (into_the_log, "log"),
    (into_a_session, "django_session.session_data"),
    (into_the_list_of_sessions, "usersessions_usersession.user_agent"),
    (into_the_cache, "cache"),
    (into_a_task, "django_tasks_database_dbtaskresult.args_kwargs"),
    (into_a_mail, "mail"),
    (into_wagtails_log, "wagtailcore_modellogentry.data"),
    (into_a_revision, "wagtailcore_revision.content"),
    (into_a_table_of_its_own, "spy.kept"),
]


@contextmanager
def spying(monkeypatch: pytest.MonkeyPatch, spy: Spy) -> Iterator[None]:
    """Each ballot that is put in is told to the spy as well."""
    honest = casting._put_in

    def put_in(urn: BallotBox, ballot: str, receipt: str | None) -> None:
        honest(urn, ballot, receipt)
        spy(urn, ballot)

    with monkeypatch.context() as patch:
        patch.setattr(casting, "_put_in", put_in)
        yield


@pytest.mark.parametrize(("spy", "where"), SPIES)
def test_a_choice_that_is_kept_elsewhere_is_found_there(
    molenwijk: Neighbourhood, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    settings: Settings, spy: Spy, where: str,
) -> None:  # fmt: skip
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    seen = watched(molenwijk, voters=1)

    with caplog.at_level(logging.DEBUG), spying(monkeypatch, spy):
        seen.cast_all()

    assert where in findings(seen, caplog)


def a_line_without_the_choice(urn: BallotBox, choice: str) -> None:
    record("ballot.cast", subject=urn, actor=Actor.system(), at=VOTING)


def a_number_that_counts_casts(urn: BallotBox, choice: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_counting SET casts = casts + 1")


@pytest.mark.parametrize("spy", [a_line_without_the_choice, a_number_that_counts_casts])
def test_a_row_that_is_written_with_each_cast_is_seen_whatever_it_says(
    molenwijk: Neighbourhood, ann: User, monkeypatch: pytest.MonkeyPatch, spy: Spy
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE core_counting (casts bigint)")
        cursor.execute("INSERT INTO core_counting VALUES (0)")
    urn = box(molenwijk, [ann])
    before = contents()

    with spying(monkeypatch, spy):
        vote(urn, ann)

    assert changed(before, contents()).keys() - {BALLOT, ENTRY} != set()


# --- In the order of rows and in files --------------------------------------------------------------------------------


@pytest.fixture
def molen(real_commits: RealCommits) -> Neighbourhood:
    return place("Molenwijk", of=municipality("Dijkstad"))


class NoLot:
    """A shuffle that leaves all as it is."""

    def shuffle(self, _items: list[Any]) -> None:
        time.sleep(0)


def test_ballots_that_are_written_anew_in_their_old_order_are_seen(
    molen: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("neighbourhoods.operations.ballots.mixing.secrets.SystemRandom", NoLot)
    seen = watched(molen, voters=CASTS)
    seen.cast_all()

    close(seen.urn)

    assert likeness(seen.places()) > 0.5


def test_ballots_that_are_not_written_anew_are_seen(
    molen: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("neighbourhoods.operations.ballots.boxes.mix", lambda _box: None)
    seen = watched(molen, voters=CASTS)
    seen.cast_all()

    close(seen.urn)

    assert likeness(seen.places()) == 1
    writers = catalogue.writers(BALLOT)
    assert (len(writers), writers <= catalogue.writers(ENTRY)) == (
        (CASTS, True) if catalogue.is_postgres() else (0, True)
    )


@pytest.mark.usefixtures("patient_sweeping")
def test_old_rows_that_nobody_sweeps_away_are_seen_in_the_files(
    molen: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixing, "sweep", lambda: None)
    seen = watched(molen, voters=CASTS)
    seen.cast_all()
    old = list(seen.urn.ballots.values_list("pk", flat=True))

    close(seen.urn)

    kept = catalogue.bytes_of_files()
    assert any(as_written(pk) in kept for pk in old)
    monkeypatch.undo()
    call_command("sweep_ballots", stdout=StringIO())
    kept = catalogue.bytes_of_files()
    assert not any(as_written(pk) in kept for pk in old)


@pytest.mark.parametrize("is_of_ballots", [True, False])
def test_while_something_reads_what_was_there_before_old_rows_are_left_and_that_is_said(
    molen: Neighbourhood,
    real_commits: RealCommits,
    caplog: pytest.LogCaptureFixture,
    ann_votes: BallotBox,
    is_of_ballots: bool,
    request: pytest.FixtureRequest,
) -> None:
    """Whether it reads the ballots themselves, and so locks them, or something else."""
    seen = watched(molen)
    seen.cast_all()
    old = list(seen.urn.ballots.values_list("pk", flat=True))
    backup = real_commits.begin(racers.read_on, {"is_of_ballots": is_of_ballots})
    assert int(backup.said()) > 0

    close(seen.urn)

    assert any(as_written(pk) in catalogue.bytes_of_files() for pk in old)
    assert "old ballots are left in the files" in caplog.text
    with pytest.raises(CommandError, match="Try later"):
        call_command("sweep_ballots")
    vote(ann_votes, User.objects.get(email="ann@example.org"))  # nobody who votes waits for that

    backup.tell("go on")
    assert real_commits.outcome(backup).result == racers.DONE
    request.getfixturevalue("patient_sweeping")
    call_command("sweep_ballots", stdout=StringIO())
    assert not any(as_written(pk) in catalogue.bytes_of_files() for pk in old)


@pytest.fixture
def ann_votes(molen: Neighbourhood) -> BallotBox:
    """Another vote, which goes on."""
    return box(molen, [person("Ann")])


def test_a_vote_is_closed_though_sweeping_fails_and_that_is_logged(
    molen: Neighbourhood, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise OperationalError("The disk is full.")

    monkeypatch.setattr(mixing, "sweep", fails)
    seen = watched(molen)
    seen.cast_all()

    close(seen.urn)

    seen.urn.refresh_from_db()
    assert (seen.urn.state, seen.urn.ballots.count()) == (BoxState.CLOSED, 6)
    assert "The disk is full." in caplog.text


@pytest.mark.usefixtures("db")
def test_within_a_transaction_there_is_nothing_that_sweeping_could_do() -> None:
    with transaction.atomic():
        assert mixing.sweep() is False
