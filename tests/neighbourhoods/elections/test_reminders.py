"""Mails go to everybody who may vote, each once, and nothing about who voted goes into them or is left behind."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditAbout, AuditEntry
from neighbourhoods import tasks
from neighbourhoods.models import Election, Neighbourhood
from neighbourhoods.operations import elections
from neighbourhoods.operations.elections import reminders
from neighbourhoods.operations.elections.reminders import Moment, remind
from neighbourhoods.queries.elections import logins_of_entitled
from people.models import PersonDetails, User
from tests.factories.people import person
from tests.factories.residency import DAY, SYSTEM, resident, second_login
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import CLOSED, VOTING
from tests.plugins.data import RealCommits

HOUR = timedelta(hours=1)


def addresses(letters: list[EmailMessage]) -> list[str]:
    return sorted(to for letter in letters for to in letter.to)


def sent(now: datetime) -> list[EmailMessage]:
    """The mails that go out at a moment."""
    mail.outbox.clear()
    stage.advance(now)
    return list(mail.outbox)


def test_four_mails_go_out_once_each_to_everybody_on_the_roll(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    election = stage.announced(molenwijk)
    everybody = ["ann@example.org", "ben@example.org"]

    first = sent(election.nominations_from)
    stage.standing(election, [ann])
    silent = sent(election.nominations_until)
    elections.freeze(election=election, actor=SYSTEM, at=election.freezes_at)
    opened = sent(election.opens_at)
    again = sent(election.opens_at + DAY)
    stage.put_in(election, ann, {"1": "yes"})
    near = sent(election.closes_at - 2 * DAY)
    nearer = sent(election.closes_at - DAY)
    result = sent(election.closes_at)
    later = sent(election.closes_at + DAY)

    assert [addresses(some) for some in (first, opened, near, result)] == [everybody] * 4
    assert [len(some) for some in (silent, again, nearer, later)] == [0, 0, 0, 0]
    assert [some[0].subject for some in (first, opened, near, result)] != [""] * 4
    lines = AuditEntry.objects.filter(event="election.reminded").order_by("pk")
    assert list(lines.values_list("after", flat=True)) == list(Moment)


def test_each_reads_it_in_their_own_language_with_an_address_that_works(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    PersonDetails.objects.filter(party=ben.person).update(language="en")
    election = stage.frozen(stage.nominating(molenwijk), [ann])
    box = election.box
    assert box is not None

    letters = {letter.to[0]: letter for letter in sent(election.opens_at)}

    english = letters["ben@example.org"]
    assert english.subject == "Bestuur 2027: you can vote now"
    assert "Your vote is secret." in english.body
    assert f"http://localhost:8000/en/vote/{box.ref}/" in english.body
    assert f"http://localhost:8000/nl/vote/{box.ref}/" in letters["ann@example.org"].body
    assert "%(" not in english.body + english.subject


@pytest.mark.parametrize("moment", list(Moment))
def test_every_mail_can_be_written(molenwijk: Neighbourhood, ann: User, moment: Moment) -> None:
    PersonDetails.objects.filter(party=ann.person).update(language="en")
    election = stage.voting(stage.nominating(molenwijk), [ann])
    stage.put_in(election, ann, {"1": "yes"})
    stage.advance(CLOSED)
    mail.outbox.clear()

    tasks.mail_about_election.call(ann.pk, election.pk, str(moment))

    (letter,) = mail.outbox
    assert letter.subject.startswith("Bestuur 2027: ")
    assert len(re.findall(r"http://localhost:8000/en/vote/", str(letter.body))) == 1


def test_the_last_mail_is_the_same_for_who_voted_and_who_did_not(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    PersonDetails.objects.update(language="en")
    election = stage.voting(stage.nominating(molenwijk), [ann])
    stage.put_in(election, ann, {"1": "yes"})

    letters = sent(election.closes_at - DAY)

    assert addresses(letters) == ["ann@example.org", "ben@example.org"]
    assert len({letter.body for letter in letters}) == 1
    assert "Have you voted already? Then you need do nothing." in letters[0].body


def test_writing_them_never_asks_who_voted(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])

    with CaptureQueriesContext(connection) as asked:
        assert logins_of_entitled(election) == sorted([ann.pk, ben.pk])

    assert len(asked) == 1
    assert "channel" not in asked[0]["sql"]


def test_who_is_left_out_of_the_roll_or_left_the_site_gets_none_and_each_login_of_a_person_one(
    molenwijk: Neighbourhood, ann: User, ben: User, cas: User
) -> None:
    twin = second_login(ann)
    election = stage.voting(stage.nominating(molenwijk), [ann])
    resident(person("Later"), molenwijk)
    User.objects.filter(pk=ben.pk).update(is_active=False)

    assert logins_of_entitled(election) == sorted([ann.pk, twin.pk, cas.pk])


def test_a_mail_that_is_too_late_is_not_sent(molenwijk: Neighbourhood, ann: User) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])
    mail.outbox.clear()

    assert not remind(election=election, moment=Moment.NOMINATIONS, at=VOTING)
    assert not remind(election=election, moment=Moment.RESULT, at=VOTING)

    assert mail.outbox == []


def test_nothing_is_kept_per_person(molenwijk: Neighbourhood, ann: User, ben: User) -> None:
    election = stage.frozen(stage.nominating(molenwijk), [ann])
    about = AuditAbout.objects.count()

    sent(election.opens_at)

    assert AuditAbout.objects.count() == about
    line = AuditEntry.objects.get(event="election.reminded", after="VOTING")
    assert (line.acted_by, line.login_id, hasattr(line, "note")) == (None, None, False)


def test_when_the_task_cannot_be_put_in_line_the_mail_is_not_marked_as_sent(
    molenwijk: Neighbourhood, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])

    def fail(*_words: object) -> None:
        raise OSError

    monkeypatch.setattr(reminders, "senders", [fail])
    with pytest.raises(OSError):
        remind(election=election, moment=Moment.LAST_DAYS, at=election.closes_at - DAY)

    assert not AuditEntry.objects.filter(event="election.reminded", after="LAST_DAYS").exists()


def test_one_address_that_does_not_work_keeps_nobody_else_from_hearing(
    molenwijk: Neighbourhood, ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    election = stage.frozen(stage.nominating(molenwijk), [ann])
    send = send_mail

    def refuse_ann(subject: str, text: str, sender: None, to: list[str]) -> int:
        if to == ["ann@example.org"]:
            raise OSError
        return send(subject, text, sender, to)

    monkeypatch.setattr("neighbourhoods.tasks.send_mail", refuse_ann)

    assert addresses(sent(election.opens_at)) == ["ben@example.org"]


def test_whoever_was_erased_meanwhile_gets_none(molenwijk: Neighbourhood, ann: User) -> None:
    election = stage.voting(stage.nominating(molenwijk), [ann])
    mail.outbox.clear()

    tasks.mail_about_election.call(ann.pk + 1000, election.pk, "VOTING")

    assert mail.outbox == []


def remind_at(election: int, now: str) -> bool:
    return remind(
        election=Election.objects.get(pk=election), moment=Moment.VOTING, at=datetime.fromisoformat(now)
    )


def test_of_processes_that_remind_at_the_same_moment_one_does(real_commits: RealCommits) -> None:
    molenwijk = stage.a_place()
    (ann,) = stage.residents(molenwijk, "Ann")
    election = stage.frozen(stage.nominating(molenwijk), [ann])
    elections.open_voting(election=election, actor=SYSTEM, at=election.opens_at)
    call: dict[str, str | int | None] = {
        "election": election.pk,
        "now": (election.opens_at + HOUR).isoformat(),
    }

    outcomes = real_commits.race(remind_at, [call] * 4)

    assert sorted(bool(one.result) for one in outcomes) == [False, False, False, True]
    assert AuditEntry.objects.filter(event="election.reminded", after="VOTING").count() == 1
