"""The pages of a funder in a browser without JavaScript."""

from __future__ import annotations

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ledger.kinds import FundingState
from ledger.models import Account, Funding
from ledger.operations import expire_fundings
from people.models import Role
from tests.factories.people import mandate, organisation
from tests.factories.wallet import fund, open_for, place
from tests.wallet.fundings.scene import LAST_DAY, NOW, Scene, announced, day, form, signed_in, words


def url(of: Scene, rest: str = "") -> str:
    return f"/en/funding/{of.bakery.uuid}/{rest}"


def announce_url(of: Scene) -> str:
    return url(of, f"announce/{of.there.neighbourhood.slug}/")


def test_who_acts_for_one_organisation_goes_straight_on(of: Scene) -> None:
    assert signed_in(of.olga).get("/en/funding/").headers["Location"] == url(of)


def test_who_acts_for_two_chooses(of: Scene) -> None:
    organisation("Dairy", owner=of.olga)

    page = words(signed_in(of.olga).get("/en/funding/"))

    assert "Bakery" in page
    assert "Dairy" in page


def test_a_resident_reads_that_coins_are_earned(of: Scene) -> None:
    page = words(signed_in(of.there.ann_login).get("/en/funding/"))

    assert "Coins are earned, or given by organisations" in page


def test_without_signing_in_one_signs_in_first(of: Scene) -> None:
    for rest in ("", "announce/", "report.pdf"):
        assert Client().get(url(of, rest)).status_code == 302


@pytest.mark.parametrize(
    "rest",
    ["", "report.pdf", "announce/", "announce/molenwijk/", "{ref}/", "{ref}/letter.pdf", "{ref}/withdraw/"],
)
@pytest.mark.parametrize("who", ["pat", "ann", "cas", "sjoerd"])
def test_others_find_no_such_page(of: Scene, who: str, rest: str) -> None:
    logins = {
        "pat": of.pat, "ann": of.there.ann_login, "cas": of.there.cas_login, "sjoerd": of.there.sjoerd,
    }  # fmt: skip
    address = url(of, rest.format(ref=announced(of).reference))

    assert signed_in(logins[who]).get(address).status_code == 404
    assert signed_in(logins[who]).post(address, form(of.there.pot)).status_code == 404
    assert Funding.objects.filter(state=FundingState.ANNOUNCED).count() == 1


def test_a_letter_under_the_name_of_another_organisation_is_no_page(of: Scene) -> None:
    dairy = organisation("Dairy", owner=of.olga)
    reference = announced(of).reference

    assert signed_in(of.olga).get(f"/en/funding/{dairy.uuid}/{reference}/").status_code == 404
    assert signed_in(of.olga).get(url(of, f"{reference[:-1]}2/")).status_code == 404


def test_a_person_has_no_such_pages_even_their_own(of: Scene) -> None:
    ann = of.there.ann_login

    assert signed_in(ann).get(f"/en/funding/{ann.person.uuid}/").status_code == 404


def test_first_it_is_shown_once_more_and_then_announced(of: Scene) -> None:
    olga, sent = signed_in(of.olga), form(of.there.pot)

    shown = olga.post(announce_url(of), {**sent, "step": ""})
    assert "50.00 euros for Molenwijk?" in words(shown)
    assert "Announce 50.00 euros" in words(shown)
    assert "Soep, spent by Football club Molenwijk" in words(shown)
    assert Funding.objects.count() == 0

    done = olga.post(announce_url(of), sent)
    funding = Funding.objects.get()
    assert done.headers["Location"] == url(of, f"{funding.reference}/")
    assert (funding.amount, funding.purpose, funding.expires_on) == (50_00, "Soup", LAST_DAY)
    assert funding.payee_id == of.there.pot.pk


def test_changing_it_brings_the_form_back_with_what_was_typed(of: Scene) -> None:
    page = signed_in(of.olga).post(announce_url(of), {**form(of.there.pot), "step": "change"})

    assert 'value="50.00"' in page.content.decode()
    assert Funding.objects.count() == 0


def test_a_form_that_is_sent_twice_shows_the_same_letter(of: Scene) -> None:
    olga, sent = signed_in(of.olga), form(None)

    first, second = olga.post(announce_url(of), sent), olga.post(announce_url(of), sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert Funding.objects.count() == 1
    assert Account.objects.filter(holder=of.bakery).count() == 1


def test_the_form_of_another_organisation_does_not_reach_the_result_of_this(of: Scene) -> None:
    dairy, form_id = organisation("Dairy", owner=of.there.ben_login), uuid4()
    signed_in(of.olga).post(announce_url(of), form(of.there.pot, form_id=form_id))

    signed_in(of.there.ben_login).post(
        f"/en/funding/{dairy.uuid}/announce/molenwijk/", form(None, form_id=form_id)
    )

    assert (
        Funding.objects.filter(funder=of.bakery).count() == Funding.objects.filter(funder=dairy).count() == 1
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"amount": ""}, "Enter an amount"),
        ({"amount": "-5"}, "without a minus sign"),
        ({"amount": "0"}, "above nought"),
        ({"amount": "0,50"}, "at least 1 euro"),
        ({"amount": "1e9"}, "Enter an amount"),
        ({"amount": "99999999999999999999"}, "too large"),
        ({"amount": "10000000.01"}, "at most 10 million"),
        ({"amount": "12.345,678"}, "not sure|no more than two"),
        ({"amount": "\u0664\u0664"}, "Enter an amount"),
        ({"expires_on": ""}, "Choose a day"),
        ({"expires_on": "yesterday"}, "Enter a date"),
        ({"expires_on": "2026-11-22"}, "from tomorrow on"),
        ({"expires_on": "9999-12-31"}, "within a year"),
        ({"expires_on": "0000-00-00"}, "Enter a date"),
        ({"payee": ""}, "Choose what the money is for"),
        ({"payee": "AAAA"}, "takes no money any more"),
        ({"purpose": "x" * 141}, "at most 140"),
        ({"purpose": "\x00"}, "Null characters"),
        ({"key": "no"}, "out of date"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_sentence_beside_its_field(
    of: Scene, changed: dict[str, str], sentence: str
) -> None:
    page = signed_in(of.olga).post(announce_url(of), {**form(of.there.pot), **changed})

    assert page.status_code == 200
    assert any(part in words(page) for part in sentence.split("|"))
    assert Funding.objects.count() == 0


def test_a_pot_of_another_neighbourhood_cannot_be_slipped_in(of: Scene) -> None:
    other = place("Sluiskade", "NL39RABO0300065264")

    page = signed_in(of.olga).post(announce_url(of), form(other.pot))

    assert "takes no money any more" in words(page)


def test_only_pots_of_its_own_are_offered_to_a_funder_and_without_one_the_page_says_what_to_do(
    of: Scene,
) -> None:
    dairy = organisation("Dairy", owner=of.there.ben_login)
    there, olga = f"/en/funding/{dairy.uuid}/announce/molenwijk/", signed_in(of.olga)

    page = signed_in(of.there.ben_login).get(there)
    assert of.there.pot.address not in page.content.decode()
    assert "ask the finance desk to open a pot first" in words(page)
    sent = signed_in(of.there.ben_login).post(there, form(of.there.pot))
    assert "takes no money any more" in words(sent)
    assert "open a pot first" not in words(olga.get(announce_url(of)))
    assert Funding.objects.count() == 0


def test_a_pot_that_has_ended_is_not_offered(of: Scene) -> None:
    ended = open_for(
        of.there.neighbourhood,
        of.there.pot.holder,
        kind="POT",
        label="Old",
        funder=of.bakery,
        ends_on=day(-1),
    )

    page = signed_in(of.olga).get(announce_url(of))

    assert ended.address not in page.content.decode()
    assert of.there.pot.address in page.content.decode()


def test_a_neighbourhood_without_bank_account_says_so(of: Scene) -> None:
    olga = signed_in(of.olga)

    assert "cannot take money yet" in words(olga.get(url(of, "announce/molenwijk-oost/")))
    assert "cannot take money yet" in words(olga.post(url(of, "announce/molenwijk-oost/"), form(None)))
    assert olga.get(url(of, "announce/nowhere/")).status_code == 404
    assert olga.get(url(of, "announce/")).headers["Location"] == announce_url(of)


def test_of_two_that_can_take_money_one_chooses(of: Scene) -> None:
    place("Sluiskade", "NL39RABO0300065264")
    page = words(signed_in(of.olga).get(url(of, "announce/")))
    assert "Which neighbourhood is the money for?" in page
    assert "cannot take money yet" in page


def test_the_page_shows_each_state_in_words(of: Scene) -> None:
    announced(of, name="expected")
    olga = signed_in(of.olga)
    withdrawn = announced(of, name="withdrawn")
    olga.post(url(of, f"{withdrawn.reference}/withdraw/"))

    page = words(olga.get(url(of)))

    assert "expected until 22 December 2026" in page
    assert "withdrawn" in page


def test_withdrawn_twice_is_withdrawn_and_its_letter_says_do_not_pay(of: Scene) -> None:
    olga, funding = signed_in(of.olga), announced(of)

    for _time in range(2):
        assert olga.post(url(of, f"{funding.reference}/withdraw/")).status_code == 302

    page = olga.get(url(of, f"{funding.reference}/"))
    assert "Do not pay this any more" in words(page)
    assert '<svg class="qr"' not in page.content.decode()
    assert olga.get(url(of, f"{funding.reference}/letter.pdf")).status_code == 404


def test_what_expired_must_not_be_paid_any_more_also_before_the_night_says_so(of: Scene) -> None:
    funding = announced(of)
    late = NOW.replace(year=2027)

    with time_machine.travel(late, tick=False):
        assert "Do not pay this any more" in words(signed_in(of.olga).get(url(of, f"{funding.reference}/")))
        assert expire_fundings(at=late) == 1
        assert "did not come before" in words(signed_in(of.olga).get(url(of)))


def test_the_finance_desk_opens_the_letter_but_not_the_funders_page(of: Scene) -> None:
    fenna, reference = signed_in(of.there.fenna), announced(of).reference

    page = fenna.get(url(of, f"{reference}/"))

    assert "with this reference" in words(page)
    assert "The money will not come" not in words(page)
    assert fenna.get(url(of, f"{reference}/letter.pdf")).status_code == 200
    assert fenna.get(url(of)).status_code == 404


def test_the_finance_desk_of_elsewhere_finds_no_letter(of: Scene) -> None:
    other = place("Sluiskade", "NL39RABO0300065264")

    assert signed_in(other.fenna).get(url(of, f"{announced(of).reference}/")).status_code == 404


def test_the_finance_desk_needs_its_second_step_for_a_letter_and_the_funder_does_not(
    of: Scene, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    address = url(of, f"{announced(of).reference}/")

    assert signed_in(of.there.fenna).get(address).status_code == 302
    assert signed_in(of.olga).get(address).status_code == 200


def test_nothing_of_it_is_kept_by_a_browser(of: Scene) -> None:
    assert "no-store" in signed_in(of.olga).get(url(of)).headers["Cache-Control"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_one_as_for_three(
    of: Scene, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        club = organisation(f"Club {number}")
        pot = open_for(of.there.neighbourhood, club, kind="POT", label=f"Pot {number}", funder=of.bakery)
        fund(of.there, pot, 10_00)
        announced(of, payee=pot, name=str(number))
    olga = signed_in(of.olga)
    olga.get(url(of))

    with django_assert_num_queries(QUERIES_OF_FUNDER):
        olga.get(url(of))


QUERIES_OF_FUNDER = 18


def test_a_role_of_yesterday_opens_nothing(of: Scene) -> None:
    mandate(person=of.there.ben_login, principal=of.bakery, role=Role.FINANCE, until_on=day(-1))

    assert signed_in(of.there.ben_login).get(url(of)).status_code == 404


def test_the_account_page_leads_there(of: Scene) -> None:
    assert "You can bring in money for Bakery" in words(signed_in(of.olga).get("/en/account/"))
    assert "You can bring in money" not in words(signed_in(of.there.ann_login).get("/en/account/"))
    assert "The finance desk" in words(signed_in(of.there.fenna).get("/en/account/"))
