"""A factory that puts back what it made before leaves exactly what it would have made anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation
from pytest_django import Settings

from core.models import AuditEntry
from neighbourhoods.models import NewsPage
from people.models import Party, PartyKind
from tests.core.conftest import NOW
from tests.factories import ledger, neighbourhoods, wallet
from tests.plugins.data import RealCommits
from tests.plugins.replay import Picture, picture, remembered

FACTORIES: list[Callable[[], Any]] = [
    neighbourhoods.site, neighbourhoods.municipality, neighbourhoods.found, wallet.place, ledger.town,
]  # fmt: skip


class Company:
    """A factory that counts how often it ran for real."""

    def __init__(self) -> None:
        self.times = 0
        self.own = uuid4()  # what was made for another test is not this one's

    def made(self, kind: str = PartyKind.COMPANY) -> Party:
        @remembered
        def company(kind: str, _own: UUID) -> Party:
            self.times += 1
            return Party.objects.create(kind=kind, created_at=NOW)

        return company(kind, self.own)

    def undone(self, kind: str = PartyKind.COMPANY) -> Party:
        """The same, and everything is afterwards as it was before."""
        with transaction.atomic():
            made = self.made(kind)
            transaction.set_rollback(True)
        return made


@pytest.fixture
def company(db: None) -> Company:
    return Company()


def left_by(factory: Callable[[], Any]) -> tuple[Picture, list[Any], dict[str, str]]:
    """All that stands in the database after a call, also what is searched in, and what the call returned."""
    with transaction.atomic():
        made = factory()
        returned = {name: repr(value) for name, value in vars(made).items() if not name.startswith("_")}
        left = picture(), searched_in(), returned
        transaction.set_rollback(True)
    return left


def searched_in() -> list[Any]:
    """What SQLite's triggers keep beside the table that is searched in. PostgreSQL has all in one table."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid, * FROM wagtailsearch_indexentry_fts ORDER BY rowid")
        return list(cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_what_is_put_back_is_what_was_there(factory: Callable[[], Any]) -> None:
    first, second = left_by(factory), left_by(factory)

    assert second == first
    assert first[0]["people_party"] or first[0]["home_homepage"]


@pytest.mark.django_db
def test_life_goes_on_above_what_was_put_back() -> None:
    left_by(neighbourhoods.found)
    molenwijk = neighbourhoods.found()

    page = neighbourhoods.news(molenwijk, "Soep")
    sluiskade = neighbourhoods.found("Sluiskade")

    assert NewsPage.objects.filter(title="Soep").count() == 2  # in both languages
    assert NewsPage.find_problems() == ([], [], [], [], [])
    assert page.get_parent().get_parent().specific.neighbourhood == molenwijk
    assert sluiskade.municipality == molenwijk.municipality
    assert AuditEntry.objects.filter(event="neighbourhood.founded").count() == 2


def test_the_same_is_made_once(company: Company) -> None:
    made = [company.undone() for _time in range(3)]

    assert company.times == 1
    assert made[0] == made[1] == made[2]
    assert made[0] is not made[1]


def test_what_is_given_is_a_row_of_the_database(company: Company) -> None:
    company.undone()

    assert company.made() == Party.objects.get()


def test_other_words_are_another_call(company: Company) -> None:
    company.undone()

    assert company.made(PartyKind.ASSOCIATION).kind == PartyKind.ASSOCIATION
    assert company.times == 2


def test_beside_another_row_it_is_made_anew(company: Company) -> None:
    company.undone()
    Party.objects.create(kind=PartyKind.PERSON, created_at=NOW)

    company.made()

    assert company.times == 2


def test_a_row_that_was_altered_is_another_row(company: Company) -> None:
    party = Party.objects.create(kind=PartyKind.PERSON, created_at=NOW)
    company.undone()
    Party.objects.filter(pk=party.pk).update(kind=PartyKind.COMPANY)

    company.made()

    assert company.times == 2


def test_under_another_setting_it_is_made_anew(company: Company, settings: Settings) -> None:
    company.undone()
    settings.FOUNDING_STEPS = []

    company.made()

    assert company.times == 2


def test_without_a_setting_it_is_made_anew(company: Company, settings: Settings) -> None:
    company.undone()
    del settings.LOG_KEY

    company.made()

    assert company.times == 2


def test_in_another_language_it_is_made_anew(company: Company) -> None:
    company.undone()

    with translation.override("nl"):
        company.made()

    assert company.times == 2


def test_at_another_moment_it_is_made_anew(company: Company) -> None:
    company.undone()

    for hour in (9, 9, 10):
        with time_machine.travel(datetime(2026, 11, 22, hour, tzinfo=UTC), tick=False):
            company.undone()

    assert company.times == 3


def test_while_something_is_remembered_of_before_it_is_made_anew(company: Company) -> None:
    company.undone()
    cache.set("of-before", "yes")

    company.made()

    assert company.times == 2


def test_what_is_committed_is_made_anew(real_commits: RealCommits) -> None:
    company = Company()

    assert company.made() != company.made()
    assert company.times == 2


def test_what_was_refused_is_not_remembered(db: None) -> None:
    times = 0

    @remembered
    def refused() -> None:
        nonlocal times
        times += 1
        raise ValueError("No")

    for _time in range(2):
        with pytest.raises(ValueError, match="No"), transaction.atomic():
            refused()

    assert times == 2
