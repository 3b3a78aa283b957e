"""Nominating by address: whoever nominates learns nothing about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from neighbourhoods.models import Election, Nomination
from neighbourhoods.states import NominationState
from people.models import Role, User
from tests.factories.democracy import nomination
from tests.factories.people import mandate, person
from tests.factories.residency import resident
from tests.neighbourhoods.polling_pages.pages import read, sent

THANKS = "Thank you. If this is somebody who can stand, we ask them. They decide."


def nominate(client: Client, of: Election, email: str) -> str:
    return sent(client, reverse("nominate", args=[of.ref]), email=email)


def test_who_is_nominated_gets_a_mail_in_their_language_and_decides(
    as_ann: Client, ann: User, ben: User, going_on: Election
) -> None:
    ben.person.person_details.language = "nl"
    ben.person.person_details.save()

    assert THANKS in nominate(as_ann, going_on, "Ben@Example.org")

    made = Nomination.objects.get()
    assert (made.candidate, made.proposed_by, made.state) == (
        ben.person,
        ann.person,
        NominationState.PROPOSED,
    )
    [letter] = mail.outbox
    assert letter.to == ["ben@example.org"]
    assert f"/nl/vote/elections/{going_on.ref}/" in letter.body
    assert "Ann de Vries" in letter.body


def _stranger(of: Election) -> str:
    return "nobody@example.org"


def _lives_elsewhere(of: Election) -> str:
    return person("Dora").email


def _stands_already(of: Election) -> str:
    login = person("Eva")
    resident(login, of.neighbourhood)
    nomination(of, login)
    return login.email


def _runs_it(of: Election) -> str:
    login = person("Olga")
    resident(login, of.neighbourhood)
    mandate(person=login, principal=of.neighbourhood.party, role=Role.POLLING)
    return login.email


def _is_too_young(of: Election) -> str:
    login = person("Kim")
    login.person.person_details.born_on = date(2015, 1, 1)
    login.person.person_details.save()
    resident(login, of.neighbourhood)
    return login.email


def _never_proved_it(of: Election) -> str:
    login = person("Finn", verified_email=False)
    resident(login, of.neighbourhood)
    return login.email


@pytest.mark.parametrize(
    "address", [_stranger, _lives_elsewhere, _stands_already, _runs_it, _is_too_young, _never_proved_it]
)
def test_the_answer_is_the_same_when_nobody_can_be_asked(
    as_ann: Client, going_on: Election, address: object
) -> None:
    email = address(going_on)  # type: ignore[operator]
    before = list(Nomination.objects.values_list("pk", flat=True))

    page = nominate(as_ann, going_on, email)

    assert THANKS in page
    assert list(Nomination.objects.values_list("pk", flat=True)) == before
    assert mail.outbox == []


def test_the_page_after_it_is_the_same_to_the_letter(as_ann: Client, ben: User, going_on: Election) -> None:
    address = reverse("nominate", args=[going_on.ref])

    known = as_ann.post(address, {"email": ben.email}, follow=True)
    unknown = as_ann.post(address, {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content


def test_ones_own_address_leads_to_standing(as_ann: Client, going_on: Election) -> None:
    assert "This is your own address." in nominate(as_ann, going_on, "ann@example.org")
    assert not Nomination.objects.exists()


def test_who_lives_elsewhere_nominates_nobody(as_dora: Client, ben: User, going_on: Election) -> None:
    assert "You are not enrolled in this neighbourhood" in read(
        as_dora, reverse("nominate", args=[going_on.ref])
    )

    nominate(as_dora, going_on, ben.email)

    assert not Nomination.objects.exists()
    assert mail.outbox == []


def test_after_the_nominations_nobody_is_nominated(
    as_ann: Client, ben: User, going_on: Election, now: time_machine.Traveller
) -> None:
    now.move_to(going_on.nominations_until)

    nominate(as_ann, going_on, ben.email)

    assert not Nomination.objects.exists()


def test_nobody_has_us_mail_a_whole_street(as_ann: Client, going_on: Election) -> None:
    for number in range(11):
        login = person(f"Buur{number}")
        resident(login, going_on.neighbourhood)
        last = nominate(as_ann, going_on, login.email)

    assert "You have nominated 10 people." in last
    assert len(mail.outbox) == 10


@pytest.mark.parametrize("known", [0, 5, 10])
def test_the_limit_counts_what_was_typed_and_tells_nothing_of_the_addresses(
    as_ann: Client, going_on: Election, known: int
) -> None:
    for number in range(10):
        login = person(f"Buur{number}")
        if number < known:
            resident(login, going_on.neighbourhood)
        assert THANKS in nominate(as_ann, going_on, login.email)
    neighbour = person("Finn")
    resident(neighbour, going_on.neighbourhood)

    answers = [nominate(as_ann, going_on, email) for email in (neighbour.email, "nobody@example.org")]

    assert ["You have nominated 10 people." in answer for answer in answers] == [True, True]
    assert Nomination.objects.count() == known


def test_the_limit_holds_for_as_long_as_people_can_be_nominated(
    as_ann: Client, going_on: Election, now: time_machine.Traveller, settings: Settings, tmp_path: Path
) -> None:
    backend = (
        "django.core.cache.backends.filebased.FileBasedCache"  # counts on as the one in the database does
    )
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    for _number in range(10):
        nominate(as_ann, going_on, "nobody@example.org")

    now.shift(6 * 24 * 3600)

    assert "You have nominated 10 people." in nominate(as_ann, going_on, "nobody@example.org")
