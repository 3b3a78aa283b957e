"""The room of accounts: found, opened, blocked, told anew. What is on them is shown to nobody here."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.audit import lines_about
from core.refusals import NotAllowed
from ledger.address import in_groups
from ledger.kinds import AccountKind, AccountState
from ledger.models import Account
from ledger.operations import AccountNotEmpty, NotRedeemable, UnknownAccount, block_account
from people.models import PartyKind, Role
from tests.factories.people import mandate, organisation
from tests.factories.wallet import AT, SYSTEM, Place, fund, key, open_for, place
from tests.wallet.finance_holders.conftest import signed_in
from tests.wallet.finance_holders.undoing import at_desk
from wallet.operations import desk_accounts
from wallet.operations.desk_accounts import HasAccount, NotAnOrganisation, open_for_organisation
from wallet.permissions import OwnMoney
from wallet.queries.holders import (
    SeveralOrganisations,
    UnknownOrganisation,
    accounts_of_organisations,
    organisation_called,
)

WHY = {"reason": "A complaint."}


def url(there: Place, name: str, *words: object) -> str:
    return reverse(name, args=[there.neighbourhood.slug, *words])


def opened(there: Place, name: str = "Bakery", form: str = "form", **more: object) -> Account:
    return open_for_organisation(
        neighbourhood=there.neighbourhood, organisation=organisation(name), in_area=True, may_redeem=True,
        ceiling=1000_00, key=key(form), actor=at_desk(there, there.fenna), at=AT,
    )  # fmt: skip


class TestFinding:
    def test_organisations_are_listed_and_found_by_a_part_of_their_name(self, there: Place) -> None:
        client = signed_in(there.fenna)
        everything = client.get(url(there, "finance_accounts")).content.decode()
        assert "Shop Molenwijk" in everything
        assert "Football club Molenwijk" in everything

        found = client.get(url(there, "finance_accounts"), {"q": "shop"}).content.decode()
        assert "Shop Molenwijk" in found
        assert "Football club Molenwijk" not in found

    def test_no_resident_is_ever_listed_whatever_is_searched(self, there: Place) -> None:
        family = organisation("Family Shopman", kind=PartyKind.HOUSEHOLD)
        open_for(there.neighbourhood, family)
        # Also when the account was told another kind than its holder is.
        account = Account.objects.get(pk=there.ann.pk)
        account.holder_kind = "COMPANY"
        account.save()
        client = signed_in(there.fenna)

        for sought in ("", "Ann", "Vries", "Shop", "Family", there.ann.address[:8], "%"):
            page = client.get(url(there, "finance_accounts"), {"q": sought}).content.decode()
            assert "Ann de Vries" not in page
            assert "Family Shopman" not in page
            assert there.ann.address not in page

    def test_a_whole_address_opens_the_account_of_a_resident_who_can_see_that(self, there: Place) -> None:
        fund(there, there.ann, 77_77, "more")
        client = signed_in(there.fenna)
        answer = client.get(url(there, "finance_accounts"), {"q": in_groups(there.ann.address).lower()})
        assert answer["Location"] == url(there, "finance_account", there.ann.address)

        page = client.get(answer["Location"]).content.decode()

        assert "This is the account of a resident" in page
        assert "577" not in page  # not what is on it
        line = lines_about(there.ann.holder).get(event="account.viewed")
        assert (line.acted_by, line.acted_for) == (there.fenna.person, there.municipality)

    def test_an_address_in_another_coin_is_unknown_here(self, there: Place) -> None:
        client = signed_in(there.fenna)
        page = client.get(url(there, "finance_accounts"), {"q": there.cas.address}).content.decode()

        assert "We do not know this account" in page
        assert "Cas" not in page
        for name in ("finance_account", "finance_account_terms"):
            assert client.get(url(there, name, there.cas.address)).status_code == 404
        assert (
            client.post(url(there, "finance_account_change", there.cas.address, "block"), WHY).status_code
            == 404
        )

    def test_an_address_that_is_none_and_a_deed_that_is_none_are_404(self, there: Place) -> None:
        client = signed_in(there.fenna)
        issue = Account.objects.get(coin=there.coin, kind=AccountKind.ISSUE)

        for address in ("nonsense", "7KQ4M2PX9DTZ", issue.address):
            assert client.get(url(there, "finance_account", address)).status_code == 404
        assert client.get(url(there, "finance_account_change", there.shop.address, "eat")).status_code == 404

    def test_filters_choose_by_kind_state_and_what_they_may(self, there: Place) -> None:
        block_account(account=there.shop, actor=SYSTEM, at=AT)
        client = signed_in(there.fenna)

        def found(**words: str) -> set[str]:
            pages = client.get(url(there, "finance_accounts"), words).context["pages"]
            return {one.address for one in pages}

        shop, pot = there.shop.address, there.pot.address
        assert found() == {shop, pot}
        assert found(kind="POT") == {pot}
        assert found(state="BLOCKED") == {shop}
        assert found(may_redeem="yes") == {shop}
        assert found(may_redeem="no") == {pot}
        assert found(in_area="no") == set()
        assert found(kind="RESERVE", state="x", in_area="perhaps") == {
            shop,
            pot,
        }  # what cannot be read filters nothing

    @pytest.mark.parametrize("accounts", [1, 3])
    def test_the_list_costs_the_same_however_many_accounts(
        self, there: Place, accounts: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(accounts):
            open_for(there.neighbourhood, organisation(f"Baker {number}"))

        with django_assert_num_queries(1):
            names = [one.holder.display_name for one in accounts_of_organisations(there.coin, "Baker")]

        assert len(names) == accounts

    @pytest.mark.parametrize("who", ["ann_login", "cas_login", "sjoerd", "owner_of_club"])
    def test_for_everybody_else_there_is_no_such_room(self, there: Place, who: str) -> None:
        client = signed_in(getattr(there, who))
        seen = [client.get(url(there, name)) for name in ("finance_accounts", "finance_account_open")]
        seen += [
            client.get(url(there, name, there.shop.address))
            for name in ("finance_account", "finance_account_terms")
        ]
        seen.append(client.post(url(there, "finance_account_change", there.shop.address, "block"), WHY))

        assert {answer.status_code for answer in seen} == {404}
        assert Account.objects.get(pk=there.shop.pk).state == AccountState.OPEN


class TestOpening:
    def test_an_organisation_gets_an_account_by_its_number_or_its_whole_name(self, there: Place) -> None:
        bakery = organisation("Bakery", kvk_number="12345678")
        form = {"key": str(uuid4()), "organisation": "1234 5678", "in_area": "on", "ceiling": "500"}
        client = signed_in(there.fenna)
        pages = [client.post(url(there, "finance_account_open"), form) for _time in range(2)]

        made = Account.objects.get(holder=bakery)
        assert [page["Location"] for page in pages] == [url(there, "finance_account", made.address)] * 2
        assert (made.kind, made.holder_kind, made.coin, made.ceiling, made.may_redeem, made.in_area) == (
            "HOLDER", "COMPANY", there.coin, 500_00, False, True,
        )  # fmt: skip

    def test_it_has_one_at_a_time(self, there: Place) -> None:
        opened(there)
        bakery = organisation_called("BAKERY")
        with pytest.raises(HasAccount):
            open_for_organisation(
                neighbourhood=there.neighbourhood, organisation=bakery, in_area=True, may_redeem=False, ceiling=None,
                key=key("other form"), actor=at_desk(there, there.vera), at=AT,
            )  # fmt: skip

    @pytest.mark.parametrize("typed", ["Ann de Vries", "Bak", "87654321", "", "Family Jansen", "00000000"])
    def test_who_is_no_organisation_or_not_known_is_said(self, there: Place, typed: str) -> None:
        organisation("Bakery", kvk_number="12345678")
        organisation("Family Jansen", kind=PartyKind.HOUSEHOLD)
        with pytest.raises(UnknownOrganisation):
            organisation_called(typed)

    def test_of_two_with_one_name_the_number_decides(self, there: Place) -> None:
        organisation("Bakery")
        second = organisation("Bakery", kvk_number="12345678")
        with pytest.raises(SeveralOrganisations):
            organisation_called("bakery")
        assert organisation_called("12345678") == second

    def test_no_resident_gets_one_here(self, there: Place) -> None:
        with pytest.raises(NotAnOrganisation):
            open_for_organisation(
                neighbourhood=there.neighbourhood, organisation=there.ben_login.person, in_area=True, may_redeem=True,
                ceiling=None, key=key("form"), actor=at_desk(there, there.fenna), at=AT,
            )  # fmt: skip

    def test_nobody_opens_one_for_whom_they_act(self, there: Place) -> None:
        bakery = organisation("Own bakery")
        mandate(person=there.fenna, principal=bakery, role=Role.OWNER)
        form = {"key": str(uuid4()), "organisation": "Own bakery"}
        page = signed_in(there.fenna).post(url(there, "finance_account_open"), form).content.decode()

        assert "This is about your own money." in page
        assert not Account.objects.filter(holder=bakery).exists()

    def test_only_the_desk_opens_one(self, there: Place) -> None:
        with pytest.raises(NotAllowed):
            open_for_organisation(
                neighbourhood=there.neighbourhood, organisation=organisation("Bakery"), in_area=True, may_redeem=True,
                ceiling=None, key=key("form"), actor=at_desk(there, there.sjoerd), at=AT,
            )  # fmt: skip

    @pytest.mark.parametrize("wrong", [{"organisation": ""}, {"ceiling": "much"}, {"key": "x"}])
    def test_what_is_filled_in_wrong_opens_nothing(self, there: Place, wrong: dict[str, str]) -> None:
        organisation("Bakery")
        form = {"key": str(uuid4()), "organisation": "Bakery", **wrong}
        before = Account.objects.count()
        answer = signed_in(there.fenna).post(url(there, "finance_account_open"), form)

        assert (answer.status_code, Account.objects.count()) == (200, before)


class TestChanging:
    def test_blocked_and_freed_with_a_reason_that_the_holder_can_read(self, there: Place) -> None:
        client = signed_in(there.fenna)
        for deed, state in (("block", AccountState.BLOCKED), ("unblock", AccountState.OPEN)):
            client.post(url(there, "finance_account_change", there.shop.address, deed), WHY)
            assert Account.objects.get(pk=there.shop.pk).state == state

        lines = lines_about(there.shop.holder).filter(event__in=["account.block", "account.unblock"])
        assert [(line.event, line.note.text) for line in lines] == [
            ("account.unblock", "A complaint."), ("account.block", "A complaint."),
        ]  # fmt: skip

    def test_blocked_twice_is_said(self, there: Place) -> None:
        client, here = (
            signed_in(there.fenna),
            url(there, "finance_account_change", there.shop.address, "block"),
        )
        client.post(here, WHY)

        assert "It has already been dealt with" in client.post(here, WHY).content.decode().replace(
            "it has", "It has"
        )

    def test_without_a_reason_nothing_happens(self, there: Place) -> None:
        here = url(there, "finance_account_change", there.shop.address, "block")
        page = signed_in(there.fenna).post(here, {"reason": ""}).content.decode()

        assert "Write down why." in page
        assert Account.objects.get(pk=there.shop.pk).state == AccountState.OPEN

    def test_only_an_empty_account_is_closed(self, there: Place) -> None:
        client = signed_in(there.fenna)
        full = client.post(
            url(there, "finance_account_change", there.ann.address, "close"), WHY
        ).content.decode()
        client.post(url(there, "finance_account_change", there.shop.address, "close"), WHY)

        assert str(AccountNotEmpty()) in full.replace("&#x27;", "'")
        states = [Account.objects.get(pk=one.pk).state for one in (there.ann, there.shop)]
        assert states == [AccountState.OPEN, AccountState.CLOSED]

    def test_told_anew_what_it_may(self, there: Place) -> None:
        here = url(there, "finance_account_terms", there.shop.address)
        signed_in(there.fenna).post(here, {"ceiling": "250,00", **WHY})

        shop = Account.objects.get(pk=there.shop.pk)
        assert (shop.in_area, shop.may_redeem, shop.ceiling) == (False, False, 250_00)
        assert lines_about(there.shop.holder).get(event="account.reclassify").note.text == "A complaint."

    @pytest.mark.parametrize("name", ["ann", "pot"])
    def test_residents_and_pots_get_no_contract_by_whatever_form(self, there: Place, name: str) -> None:
        account: Account = getattr(there, name)
        here = url(there, "finance_account_terms", account.address)
        client = signed_in(there.fenna)
        assert 'name="may_redeem"' not in client.get(here).content.decode()

        client.post(here, {"in_area": "on", "may_redeem": "on", **WHY})

        assert Account.objects.get(pk=account.pk).may_redeem is False
        if name == "ann":
            with pytest.raises(NotRedeemable):
                desk_accounts.reclassify(
                    neighbourhood=there.neighbourhood, account=account, in_area=True, may_redeem=True, ceiling=None,
                    reason="Why not", actor=at_desk(there, there.fenna), at=AT,
                )  # fmt: skip

    @pytest.mark.parametrize("deed", [desk_accounts.block, desk_accounts.close])
    def test_nobody_changes_the_account_of_whom_they_act_for(self, there: Place, deed: object) -> None:
        mandate(person=there.fenna, principal=there.shop.holder, role=Role.OPERATOR)
        with pytest.raises(OwnMoney):
            deed(  # type: ignore[operator]
                neighbourhood=there.neighbourhood, account=there.shop, reason="Why not",
                actor=at_desk(there, there.fenna), at=AT,
            )  # fmt: skip

    def test_a_desk_changes_nothing_in_the_coin_of_another_place(self, there: Place) -> None:
        other = place("Zonneveld", iban="NL02ABNA0123456789")
        with pytest.raises(UnknownAccount):
            desk_accounts.block(
                neighbourhood=other.neighbourhood, account=there.shop, reason="Why not",
                actor=at_desk(other, other.fenna), at=AT,
            )  # fmt: skip
