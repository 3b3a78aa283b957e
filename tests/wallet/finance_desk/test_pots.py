"""Pots at the finance desk: opened, blocked, and how long they last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from core.models import AuditEntry
from core.refusals import NotAllowed
from ledger.kinds import AccountKind
from ledger.models import Account
from ledger.operations import transfer
from people.models import Role
from tests.factories.ledger import SYSTEM
from tests.factories.people import mandate, organisation
from tests.factories.wallet import AT, fund, key, open_for, place
from tests.wallet.finance_desk.scene import at_desk, url
from tests.wallet.fundings.scene import NOW, TODAY, Scene, day, signed_in, words
from wallet.operations import desk_accounts
from wallet.operations.pots import PotEndsOutOfBounds, PotForOrganisations, open_pot
from wallet.permissions import OwnMoney
from wallet.queries.pots import FURTHEST, empty_on, pots_at


def form(**changed: str) -> dict[str, str]:
    return {
        "key": str(uuid4()), "name": "Bread", "holder": "Football club Molenwijk", "funder": "Bakery",
        "ends_on": day(90).isoformat(), **changed,
    }  # fmt: skip


def test_a_pot_says_who_spends_it_who_fills_it_and_until_when(of: Scene) -> None:
    answer = signed_in(of.there.fenna).post(url(of, "pots/new/"), form())

    pot = Account.objects.get(label="Bread")
    assert answer.headers["Location"] == url(of, f"pots/{pot.address}/")
    assert (pot.kind, pot.holder, pot.funder, pot.ends_on, pot.coin) == (
        AccountKind.POT, of.there.pot.holder, of.bakery, day(90), of.there.coin,
    )  # fmt: skip


def test_sent_twice_one_pot_is_opened(of: Scene) -> None:
    sent, desk = form(), signed_in(of.there.fenna)

    first, second = (desk.post(url(of, "pots/new/"), sent) for _time in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Account.objects.filter(label="Bread").count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter a name for the pot"),
        ({"name": "x" * 81}, "at most 80"),
        ({"holder": "Ann de Vries"}, "We do not know an organisation"),
        ({"funder": ""}, "Enter the name or the KvK number"),
        ({"ends_on": ""}, "Choose a day"),
        ({"ends_on": "2026-11-21"}, "from today on"),
        ({"ends_on": "9999-12-31"}, "within five years"),
        ({"ends_on": "x"}, "Enter a date"),
        ({"key": ""}, "out of date"),
    ],
)
def test_what_cannot_be_is_a_sentence(of: Scene, changed: dict[str, str], sentence: str) -> None:
    page = signed_in(of.there.fenna).post(url(of, "pots/new/"), form(**changed))

    assert page.status_code == 200
    assert sentence in words(page)
    assert Account.objects.filter(kind=AccountKind.POT).count() == 1


def test_a_pot_is_for_organisations(of: Scene) -> None:
    with pytest.raises(PotForOrganisations):
        open_pot(
            neighbourhood=of.there.neighbourhood, name="Mine", holder=of.olga.person, funder=of.bakery,
            ends_on=day(90), key=key("pot"), actor=at_desk(of), at=NOW,
        )  # fmt: skip


def test_today_may_be_the_last_day_and_yesterday_not(of: Scene) -> None:
    def opened(ends_on: date, name: str) -> Account:
        return open_pot(
            neighbourhood=of.there.neighbourhood, name=name, holder=of.bakery, funder=of.bakery, ends_on=ends_on,
            key=key(name), actor=at_desk(of), at=NOW,
        )  # fmt: skip

    assert opened(TODAY, "today").ends_on == TODAY
    with pytest.raises(PotEndsOutOfBounds):
        opened(day(-1), "yesterday")


def test_others_open_no_pot(of: Scene) -> None:
    with pytest.raises(NotAllowed):
        open_pot(
            neighbourhood=of.there.neighbourhood, name="Mine", holder=of.bakery, funder=of.bakery, ends_on=day(90),
            key=key("pot"), actor=of.actor, at=NOW,
        )  # fmt: skip


def test_blocking_needs_a_reason_and_the_button_sent_twice_does_not_undo_it(of: Scene) -> None:
    desk, there = signed_in(of.there.fenna), url(of, f"pots/{of.there.pot.address}/")

    assert "Write down why" in words(desk.post(there, {"do": "block", "reason": ""}))
    for _time in range(2):
        desk.post(there, {"do": "block", "reason": "Somebody lost the key"})
    of.there.pot.refresh_from_db()
    assert of.there.pot.state == "BLOCKED"
    entry = AuditEntry.objects.get(event="account.block")
    assert entry.note.text == "Somebody lost the key"
    assert "blocked" in words(desk.get(url(of, "pots/")))

    desk.post(there, {"do": "unblock", "reason": "Found"})
    of.there.pot.refresh_from_db()
    assert of.there.pot.state == "OPEN"
    assert desk.post(there, {"do": "close", "reason": "x"}).status_code == 404


def test_no_other_account_is_opened_or_blocked_as_a_pot(of: Scene) -> None:
    other = place("Sluiskade", "NL39RABO0300065264")
    desk = signed_in(of.there.fenna)

    for account in (of.there.ann, other.pot):
        answer = desk.post(url(of, f"pots/{account.address}/"), {"do": "block", "reason": "x"})
        assert answer.status_code == 404
        account.refresh_from_db()
        assert account.state == "OPEN"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ORGANISER, Role.EDITOR])
def test_nobody_blocks_the_pot_of_their_own_club_or_opens_it_again(of: Scene, role: Role) -> None:
    mandate(person=of.there.fenna, principal=of.there.pot.holder, role=role)
    pot = of.there.pot
    words_of: dict[str, Any] = {
        "neighbourhood": of.there.neighbourhood, "account": pot, "reason": "x", "at": NOW,
    }  # fmt: skip

    for act, state in ((desk_accounts.block, "BLOCKED"), (desk_accounts.unblock, "OPEN")):
        with pytest.raises(OwnMoney):
            act(**words_of, actor=at_desk(of))
        act(**words_of, actor=at_desk(of, of.there.vera))
        pot.refresh_from_db()
        assert pot.state == state


@pytest.mark.parametrize(
    ("left", "spent", "since", "lasts"),
    [
        (90_00, 90_00, 200, 90),  # one a day, ninety left
        (90_00, 45_00, 200, 180),
        (1, 90_00, 200, 1),  # what is left is gone today or tomorrow
        (30_00, 30_00, 30, 30),  # younger than ninety days: its own age is the pace
        (14_00, 14_00, 0, 14),  # opened today: as if two weeks old
        (0, 90_00, 200, None),
        (90_00, 0, 200, None),
        (10_000_000_00, 1, 200, None),  # for ever and a day
        (FURTHEST * 100, 90_00, 200, FURTHEST),
        (FURTHEST * 100 + 1, 90_00, 200, None),
    ],
)  # fmt: skip
def test_at_this_pace_it_is_empty_on(left: int, spent: int, since: int, lasts: int | None) -> None:
    expected = None if lasts is None else TODAY + timedelta(days=lasts)

    assert empty_on(left, spent, TODAY - timedelta(days=since), TODAY) == expected


def test_the_list_tells_what_is_left_reserved_and_when_it_is_empty(of: Scene) -> None:
    fund(of.there, of.there.pot, 100_00)
    transfer(
        payer=of.there.pot, payee=of.there.ann, amount=50_00, kind="REWARD", label="GIFT", key=key("one"),
        actor=SYSTEM, at=AT,
    )  # fmt: skip

    (row,) = pots_at(of.there.coin, TODAY)
    assert (row.pot.balance, row.empty_on) == (50_00, day(14))
    page = words(signed_in(of.there.fenna).get(url(of, "pots/")))
    assert "at this pace empty around 6 December 2026" in page
    assert "Together there are 50.00 Molenmunten in them" in page


def test_a_pot_that_ended_with_money_says_where_it_goes(of: Scene) -> None:
    club = of.there.pot.holder
    pot = open_for(of.there.neighbourhood, club, kind="POT", label="Old", funder=of.bakery, ends_on=TODAY)
    fund(of.there, pot, 5_00)

    (row,) = (one for one in pots_at(of.there.coin, day(1)) if one.pot.account.pk == pot.pk)

    assert row.is_late
    assert row.empty_on is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    of: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        firm = organisation(f"Firm {number}")
        open_for(of.there.neighbourhood, organisation(f"Club {number}"), kind="POT", label="P", funder=firm)
    desk = signed_in(of.there.fenna)
    desk.get(url(of, "pots/"))

    with django_assert_num_queries(QUERIES_OF_POTS):
        desk.get(url(of, "pots/"))


QUERIES_OF_POTS = 12
