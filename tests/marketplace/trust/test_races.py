"""At one moment: two owners ask, two members decide, one person reports twice, two clocks look. One of them wins."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.clock import day_of
from core.models import AuditEntry
from ledger.queries import accounts_of
from marketplace.models import Admission, OfferReport
from people.models import PartyKind
from tests.factories.market import AT, Market, market, supply
from tests.factories.people import organisation, person
from tests.factories.residency import second_login
from tests.marketplace.trust.making import asked, reported
from tests.marketplace.trust.racers import admits, asks, dismisses, refuses, tells_the_board, upholds, watches
from tests.plugins.data import RealCommits
from tests.races import Outcome


@pytest.fixture
def there(real_commits: RealCommits) -> Market:
    return market()


def results(outcomes: Sequence[Outcome]) -> list[str]:
    return sorted(str(outcome.result) for outcome in outcomes)


def test_of_two_who_ask_for_one_organisation_one_asks(there: Market, real_commits: RealCommits) -> None:
    kim = person("Kim")
    club = organisation("Schaakclub", owner=kim, kind=PartyKind.ASSOCIATION)
    call = {"place": there.neighbourhood.pk, "organisation": club.pk, "person": kim.person.pk}

    outcomes = real_commits.race_between([(asks, call), (asks, call), (asks, call)])

    assert results(outcomes) == ["admission_already_asked", "admission_already_asked", "done"]
    assert Admission.objects.filter(organisation=club).count() == 1


def test_of_two_members_one_decides_and_there_is_an_account_only_after_a_yes(
    there: Market, real_commits: RealCommits
) -> None:
    kim = person("Kim")
    club = organisation("Schaakclub", owner=kim, kind=PartyKind.ASSOCIATION)
    made = asked(there, club, kim)
    calls = [
        (admits, {"admission": made.pk, "person": there.bea.person.pk}),
        (refuses, {"admission": made.pk, "person": there.bob.person.pk}),
        (admits, {"admission": made.pk, "person": there.bob.person.pk}),
    ]

    outcomes = real_commits.race_between(calls)

    made.refresh_from_db()
    assert results(outcomes) == ["done", "move_refused", "move_refused"]
    assert accounts_of(club).count() == (1 if made.state == "ADMITTED" else 0)


def test_one_person_with_two_logins_reports_once(there: Market, real_commits: RealCommits) -> None:
    offer, twin = supply(there), second_login(there.ann_login)
    calls = [
        (tells_the_board, {"offer": offer.pk, "person": login.person.pk}) for login in (there.ann_login, twin)
    ]

    outcomes = real_commits.race_between(calls)

    assert results(outcomes) == ["done", "report_already"]
    assert OfferReport.objects.count() == 1


def test_a_report_is_upheld_or_dismissed_and_the_offer_follows(
    there: Market, real_commits: RealCommits
) -> None:
    offer = supply(there)
    first, second = reported(offer, there.ann_login), reported(offer, there.ben_login)
    calls = [
        (upholds, {"report": first.pk, "person": there.bea.person.pk}),
        (dismisses, {"report": first.pk, "person": there.bob.person.pk}),
        (upholds, {"report": second.pk, "person": there.bob.person.pk}),
    ]

    outcomes = real_commits.race_between(calls)

    offer.refresh_from_db()
    assert (offer.state, offer.paused_by_board) == ("PAUSED", True)
    assert "done" in results(outcomes)
    assert AuditEntry.objects.filter(event="offer.suspend").count() == 1
    assert not OfferReport.objects.filter(state="OPEN").exists()


def test_two_clocks_remind_once(there: Market, real_commits: RealCommits) -> None:
    Admission.objects.filter(organisation=there.shop.holder).update(until_on=day_of(AT))

    outcomes = real_commits.race_between([(watches, {}), (watches, {})])

    assert results(outcomes) == ["0", "1"]
    assert AuditEntry.objects.filter(event="admission.remind").count() == 1
