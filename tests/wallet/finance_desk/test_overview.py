"""What waits at the finance desk: counted against the rows themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ledger.operations import block_account
from neighbourhoods.models import SeatOffice
from tests.factories.ledger import SYSTEM
from tests.factories.neighbourhoods import seat_for
from tests.factories.people import person
from tests.factories.wallet import AT, fund, key, open_for, place
from tests.wallet.finance_desk.scene import line, url
from tests.wallet.fundings.scene import NOW, TODAY, Scene, announced, day, signed_in, words
from tests.wallet.payouts.stage import requested, sells
from wallet.models import HandMatch
from wallet.queries.matters import Matter, open_matters
from wallet.states import BankLineState, PayoutState


def matters(of: Scene, login: str = "fenna") -> list[Matter]:
    who = getattr(of.there, login).person
    return open_matters(of.there.neighbourhood, of.there.treasury, who, TODAY)


def proposal(of: Scene, login: str = "fenna") -> HandMatch:
    return HandMatch.objects.create(
        treasury=of.there.treasury, line=line(of, 50_00), funding=announced(of), reason="Typing error",
        proposed_by=getattr(of.there, login).person, proposed_at=NOW - timedelta(days=3), key=key("match"),
    )  # fmt: skip


def test_who_sits_at_one_desk_goes_straight_on_and_at_two_chooses(of: Scene) -> None:
    tom = signed_in(of.there.tom)
    assert tom.get("/en/finance/").headers["Location"] == url(of)

    fenna = words(signed_in(of.there.fenna).get("/en/finance/"))
    assert "Molenwijk" in fenna
    assert "Molenwijk Oost" in fenna


def test_who_sits_at_none_reads_so(of: Scene) -> None:
    assert "You sit at no finance desk" in words(signed_in(of.there.ann_login).get("/en/finance/"))


@pytest.mark.parametrize(
    "rest", ["", "fundings/", "fundings/announce/", "fundings/{ref}/", "pots/", "pots/new/", "pots/{pot}/", "treasury/"]
)  # fmt: skip
@pytest.mark.parametrize("who", ["ann", "cas", "sjoerd", "olga", "elsewhere", "member", "was"])
def test_others_find_no_such_desk(of: Scene, who: str, rest: str) -> None:
    elsewhere = place("Sluiskade", "NL39RABO0300065264")
    member, was = person("Mia"), person("Was")
    seat_for(member, of.there.neighbourhood, office=SeatOffice.MEMBER)
    seat_for(was, of.there.neighbourhood, office=SeatOffice.TREASURER, until_on=day(-1))
    logins = {
        "ann": of.there.ann_login, "cas": of.there.cas_login, "sjoerd": of.there.sjoerd, "olga": of.olga,
        "elsewhere": elsewhere.fenna, "member": member, "was": was,
    }  # fmt: skip
    address = url(of, rest.format(ref=announced(of).reference, pot=of.there.pot.address))

    assert signed_in(logins[who]).get(address).status_code == 404
    assert signed_in(logins[who]).post(address, {"do": "block", "reason": "x"}).status_code == 404
    of.there.pot.refresh_from_db()
    assert of.there.pot.state == "OPEN"


@pytest.mark.parametrize("who", ["fenna", "vera", "tom"])
def test_the_municipality_and_the_treasurer_come_in(of: Scene, who: str) -> None:
    assert signed_in(getattr(of.there, who)).get(url(of)).status_code == 200


def test_a_linked_second_login_comes_in_too(of: Scene) -> None:
    second = of.there.ben_login
    second.person.same_person_as = of.there.fenna.person
    second.person.save()

    assert signed_in(second).get(url(of)).status_code == 200


def test_one_factor_does_not_open_it(of: Scene, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True

    assert signed_in(of.there.fenna).get(url(of)).status_code == 302
    assert Client().get(url(of)).status_code == 302


def test_when_nothing_waits_it_says_so(of: Scene) -> None:
    page = words(signed_in(of.there.fenna).get(url(of)))

    assert matters(of) == []
    assert "Nothing waits" in page
    assert "All is dealt with" in page


def test_a_new_neighbourhood_first_says_where_the_euros_are(of: Scene) -> None:
    page = signed_in(of.there.fenna).get("/en/finance/molenwijk-oost/")

    assert "1 matter is open" in words(page)
    assert "Say on which bank account the euros are" in words(page)
    assert "/en/finance/molenwijk-oost/treasury/" in page.content.decode()


def test_lines_of_the_bank_are_counted_with_the_oldest(of: Scene) -> None:
    line(of, 1_00, booked_on=day(-12))
    line(of, -2_00, booked_on=day(-3))
    line(of, 3_00, booked_on=day(-30), state=BankLineState.IGNORED)

    assert matters(of) == [Matter(code="lines", number=2, oldest=day(-12))]
    page = words(signed_in(of.there.fenna).get(url(of)))
    assert "2 lines of the bank to work off the oldest since 10 November 2026, 12 days ago" in page


def test_one_decides_on_what_others_proposed_and_not_on_ones_own(of: Scene) -> None:
    proposal(of, "fenna")

    codes = {one.code: one for one in matters(of, "vera")}
    assert codes["matches"] == Matter(code="matches", number=1, oldest=day(-3))
    assert "matches" not in {one.code for one in matters(of, "fenna")}


def test_a_second_login_does_not_make_a_second_person(of: Scene) -> None:
    proposal(of, "fenna")
    second = of.there.vera.person
    second.same_person_as = of.there.fenna.person
    second.save()
    of.there.vera.person.refresh_from_db()

    assert "matches" not in {one.code for one in matters(of, "vera")}


def test_payouts_are_counted_by_what_they_wait_for(of: Scene) -> None:
    sells(of.there)
    one, two = requested(of.there, 10_00, "one"), requested(of.there, 10_00, "two")
    requested(of.there, 10_00, "three")
    type(one).objects.filter(pk=one.pk).update(state=PayoutState.CANCELLED)
    type(two).objects.filter(pk=two.pk).update(
        state=PayoutState.APPROVED, approved_by=of.there.vera.person, approved_at=NOW
    )

    assert [(one.code, one.number) for one in matters(of)] == [("to_approve", 1), ("to_export", 1)]


def test_money_that_is_due_within_a_week_or_late_is_counted(of: Scene) -> None:
    announced(of, name="soon", expires_on=day(7))
    announced(of, name="later", expires_on=day(8))
    late = announced(of, name="late", expires_on=day(5))
    type(late).objects.filter(pk=late.pk).update(expires_on=day(-2))

    assert matters(of) == [Matter(code="late", number=2, oldest=day(-2))]


def test_pots_that_end_soon_or_ended_with_money_are_counted(of: Scene) -> None:
    club = of.there.pot.holder
    for name, days in (("today", 0), ("sixty", 60), ("sixty-one", 61)):
        pot = open_for(
            of.there.neighbourhood, club, kind="POT", label=name, funder=of.bakery, ends_on=day(days)
        )
        fund(of.there, pot, 1_00)
    ended = open_for(
        of.there.neighbourhood, club, kind="POT", label="ended", funder=of.bakery, ends_on=day(1)
    )
    fund(of.there, ended, 1_00)
    type(ended).objects.filter(pk=ended.pk).update(ends_on=day(-1))
    open_for(of.there.neighbourhood, club, kind="POT", label="empty", funder=of.bakery, ends_on=day(-1))

    assert matters(of) == [
        Matter(code="ended_pots", number=1, oldest=day(-1)),
        Matter(code="ending_pots", number=2, oldest=day(0)),
    ]


def test_blocked_accounts_are_counted_and_those_of_elsewhere_are_not(of: Scene) -> None:
    for account in (of.there.ann, of.there.cas, of.there.shop, of.there.pot):
        block_account(account=account, actor=SYSTEM, at=AT)

    assert matters(of) == [
        Matter(code="blocked", number=2, oldest=None),
        Matter(code="blocked_residents", number=1, oldest=None),
    ]
    assert "Ann" not in words(signed_in(of.there.fenna).get(url(of)))


def test_what_hurts_most_stands_first(of: Scene) -> None:
    block_account(account=of.there.ann, actor=SYSTEM, at=AT)
    announced(of, name="soon", expires_on=day(2))
    proposal(of, "vera")

    assert [one.code for one in matters(of)] == ["matches", "lines", "late", "blocked_residents"]


def test_the_figures_are_those_of_the_ledger(of: Scene) -> None:
    fund(of.there, of.there.pot, 1_234_50)
    fund(of.there, of.there.ann, 10_00)

    page = words(signed_in(of.there.fenna).get(url(of)))

    assert "coins in circulation 1,244.50" in page
    assert "euros in the reserve 1,244.50" in page
    assert "euros on the bank account, as booked 1,244.50" in page
    assert "of the coins are in pots 1,234.50" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_much_for_one_as_for_three(
    of: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        line(of, 1_00)
        announced(of, name=str(number), expires_on=day(3))
        pot = open_for(
            of.there.neighbourhood, of.bakery, kind="POT", label=str(number), funder=of.bakery, ends_on=day(9)
        )
        fund(of.there, pot, 1_00)
    fenna = signed_in(of.there.fenna)
    fenna.get(url(of))

    with django_assert_num_queries(QUERIES_OF_DESK):
        fenna.get(url(of))


QUERIES_OF_DESK = 23


def test_a_desk_without_accounts_in_the_ledger_shows_noughts(of: Scene) -> None:
    assert "coins in circulation 0.00" in words(signed_in(of.there.fenna).get("/en/finance/molenwijk-oost/"))
