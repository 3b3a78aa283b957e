"""Saved searches: one's own list, each search once, and a mail at most once a day about what is new."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed
from marketplace.models import SavedSearch
from marketplace.operations import searches
from marketplace.operations.searches import (
    SavedAlready,
    SearchTooLong,
    TooManySearches,
    change_search,
    remove_search,
    save_search,
    tell_of_new,
)
from marketplace.search_links import token_of
from neighbourhoods.models import Neighbourhood
from people.models import PersonDetails
from tests.factories.market import AT, Market, demand, supply
from tests.factories.people import actor
from tests.factories.residency import second_login
from tests.marketplace.browse.scene import search

DAY = timedelta(days=1)
LIST = "/en/market/searches/"


def saved(
    there: Market, query: str = "q=band", *, every: str = "DAY", at: datetime = AT, everywhere: bool = False
) -> SavedSearch:
    """A search that Ann saved."""
    looked_for = search(query, None if everywhere else there.neighbourhood)
    return save_search(search=looked_for, name=query, every=every, actor=actor(there.ann_login), at=at)


def told(now: datetime) -> list[str]:
    """The mails that the clock sends at a moment."""
    before = len(mail.outbox)
    tell_of_new(now)
    return [str(one.body) for one in mail.outbox[before:]]


class TestSaving:
    def test_a_search_is_kept_in_its_one_written_form(self, there: Market) -> None:
        made = saved(there, "sort=cheap&q=++band&max=5&page=3")

        assert (made.query, made.neighbourhood, made.person) == (
            "q=band&max=5.00&sort=cheap", there.neighbourhood, there.ann.holder,
        )  # fmt: skip
        assert AuditEntry.objects.get(event="saved_search.save").acted_by_id == there.ann.holder.pk

    def test_the_same_search_is_saved_once_also_through_a_second_login(self, there: Market) -> None:
        saved(there, "q=band&max=5")
        twin = second_login(there.ann_login)

        with pytest.raises(SavedAlready):
            saved(there, "max=5,00&q=band")
        with pytest.raises(SavedAlready):
            save_search(
                search=search("q=band&max=5", there.neighbourhood),
                name="Again",
                every="DAY",
                actor=actor(twin),
                at=AT,
            )
        saved(there, "q=band&max=5", everywhere=True)

    def test_the_database_refuses_it_twice_too(self, there: Market) -> None:
        made = saved(there)

        with pytest.raises(IntegrityError), transaction.atomic():
            SavedSearch.objects.create(
                person=made.person,
                neighbourhood=made.neighbourhood,
                query=made.query,
                name="",
                made_at=AT,
                sent_at=AT,
            )

    def test_a_list_has_an_end(self, there: Market, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(searches, "MOST", 1)
        saved(there)

        with pytest.raises(TooManySearches):
            saved(there, "q=hond")

    def test_what_does_not_fit_is_refused(self, there: Market) -> None:
        with pytest.raises(SearchTooLong):
            saved(there, f"q={'%F0%9F%90%95' * 100}")

    def test_only_ones_own_can_be_changed_or_removed(self, there: Market) -> None:
        made = saved(there)

        for somebody in (actor(there.ben_login), Actor.system()):
            with pytest.raises(NotAllowed):
                remove_search(search=made, actor=somebody, at=AT)
            with pytest.raises(NotAllowed):
                change_search(search=made, every="NEVER", actor=somebody, at=AT)

        remove_search(search=made, actor=actor(second_login(there.ann_login)), at=AT)
        assert not SavedSearch.objects.exists()


class TestMail:
    def test_what_came_since_is_told_once(self, there: Market) -> None:
        supply(there, "Band van vroeger", at=AT - DAY)
        made = saved(there)
        supply(there, "Band plakken", 12_50, at=AT + timedelta(hours=1))
        supply(there, "Soep", at=AT + timedelta(hours=1))

        (text,) = told(AT + DAY)

        assert "Band plakken: kost 12,50 Molenmunten" in text
        assert "vroeger" not in text
        assert "Soep" not in text
        assert f"/nl/market/searches/stop/{token_of(made)}/" in text
        assert mail.outbox[0].to == [there.ann_login.email]
        assert told(AT + 2 * DAY) == []

    def test_nothing_new_is_no_mail(self, there: Market) -> None:
        saved(there)

        assert told(AT + DAY) == []

    def test_nobody_is_told_twice_a_day_or_at_night(self, there: Market) -> None:
        saved(there)
        supply(there, at=AT + timedelta(hours=1))
        night = datetime(2026, 11, 23, 5, 59, tzinfo=AT.tzinfo)  # a minute to seven in Amsterdam

        assert told(AT + timedelta(hours=2)) == []
        assert told(night) == []
        assert len(told(night + timedelta(minutes=1))) == 1
        supply(there, at=night + timedelta(hours=1))
        assert told(night + timedelta(hours=2)) == []

    def test_every_week_is_seven_days_later(self, there: Market) -> None:
        saved(there, every="WEEK")
        supply(there, at=AT + DAY)

        assert told(AT + 6 * DAY) == []
        assert len(told(AT + 7 * DAY)) == 1

    def test_all_searches_of_a_person_are_one_mail(self, there: Market) -> None:
        saved(there)
        saved(there, "direction=demand")
        saved(there, "q=never")
        supply(there, at=AT + timedelta(hours=1))
        demand(there, at=AT + timedelta(hours=1))

        (text,) = told(AT + DAY)

        assert "q=band" in text
        assert "direction=demand" in text
        assert "q=never" not in text

    def test_of_many_the_first_are_told_and_that_there_is_more(self, there: Market) -> None:
        saved(there)
        for number in range(6):
            supply(there, f"Band {number}", at=AT + timedelta(hours=1))

        (text,) = told(AT + DAY)

        assert text.count("* Band") == 5

    def test_it_is_in_the_language_of_the_person(self, there: Market) -> None:
        PersonDetails.objects.filter(party=there.ann.holder).update(language="en")
        saved(there)
        supply(there, at=AT + timedelta(hours=1))

        (text,) = told(AT + DAY)

        assert mail.outbox[0].subject == "New on the market"
        assert "Band plakken: costs 12.50 Molenmunten" in text

    def test_a_place_or_category_that_is_gone_stops_no_mail(
        self, there: Market, sluiskade: Neighbourhood
    ) -> None:
        made = saved(there, "q=band")
        SavedSearch.objects.filter(pk=made.pk).update(query="q=band&category=gone&near=gone&km=5")
        supply(there, at=AT + timedelta(hours=1), latitude=52.3, longitude=4.9)

        assert len(told(AT + DAY)) == 1

    def test_whoever_wants_no_mail_gets_none_and_nothing_afterwards(self, there: Market) -> None:
        made = saved(there, every="NEVER")
        supply(there, at=AT + timedelta(hours=1))

        assert told(AT + 8 * DAY) == []
        change_search(search=made, every="DAY", actor=actor(there.ann_login), at=AT + 8 * DAY)
        assert told(AT + 9 * DAY) == []

    @pytest.mark.parametrize("number", [1, 3])
    def test_looking_costs_the_same_for_each_person(
        self, there: Market, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        saved(there)
        for _one in range(number):
            supply(there, at=AT - DAY)

        # categories, neighbourhoods, who is due; lock, their searches, is there news, told; and a savepoint
        with django_assert_num_queries(9):
            tell_of_new(AT + DAY)


class TestPages:
    @pytest.fixture
    def ann(self, client: Client, there: Market) -> Client:
        client.force_login(there.ann_login)
        return client

    def test_a_search_is_saved_from_the_market(self, ann: Client, there: Market) -> None:
        page = ann.get("/en/market/in/molenwijk/?q=band&max=5")
        url = page.context["save_url"]

        shown = ann.get(url)
        answer = ann.post(url, {"name": "Bands", "every": "DAY"}, follow=True)

        assert shown.context["form"].initial["name"] == "Molenwijk: “band”, up to 5.00"
        assert answer.redirect_chain == [(LIST, 302)]
        assert [(row["saved"].name, row["url"]) for row in answer.context["rows"]] == [
            ("Bands", "/en/market/in/molenwijk/?q=band&max=5.00")
        ]

    def test_a_refusal_stands_on_the_form(self, ann: Client, there: Market) -> None:
        saved(there)

        page = ann.post("/en/market/searches/save/?place=molenwijk&q=band", {"name": "Again", "every": "DAY"})

        assert "You saved this search already." in page.content.decode()
        assert SavedSearch.objects.count() == 1

    def test_another_sees_and_changes_nothing(self, client: Client, there: Market) -> None:
        made = saved(there)
        client.force_login(there.ben_login)

        assert list(client.get(LIST).context["rows"]) == []
        assert client.post(f"{LIST}{made.ref}/remove/").status_code == 404
        assert client.post(f"{LIST}{made.ref}/every/", {"every": "NEVER"}).status_code == 404
        assert client.post(f"{LIST}{uuid.uuid4()}/remove/").status_code == 404
        made.refresh_from_db()
        assert made.every == "DAY"

    def test_a_visitor_signs_in_first(self, client: Client, there: Market) -> None:
        assert client.get("/en/market/searches/save/?q=band").status_code == 302

    def test_changing_and_removing(self, ann: Client, there: Market) -> None:
        made = saved(there)

        ann.post(f"{LIST}{made.ref}/every/", {"every": "WEEK"})
        made.refresh_from_db()
        ann.post(f"{LIST}{made.ref}/remove/")

        assert made.every == "WEEK"
        assert not SavedSearch.objects.exists()

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_costs_the_same_however_long_it_is(
        self, ann: Client, there: Market, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for one in range(number):
            saved(there, f"q={one}")

        with translation.override("en"), django_assert_num_queries(9):
            assert len(ann.get(LIST).context["rows"]) == number


class TestStopping:
    def test_the_link_asks_first_and_then_stops_without_signing_in(
        self, client: Client, there: Market
    ) -> None:
        made = saved(there)
        url = f"{LIST}stop/{token_of(made)}/"

        asked = client.get(url)
        made.refresh_from_db()
        before = made.every
        done = client.post(url)
        made.refresh_from_db()

        assert (asked.context["is_stopped"], before) == (False, "DAY")
        assert (done.context["is_stopped"], made.every) == (True, "NEVER")

    def test_a_link_that_we_did_not_sign_is_not_found(self, client: Client, there: Market) -> None:
        made = saved(there)

        for token in (made.ref.hex, f"{made.ref.hex}:nonsense", token_of(made)[:-1]):
            assert client.post(f"{LIST}stop/{token}/").status_code == 404
        made.refresh_from_db()
        assert made.every == "DAY"

    def test_a_search_that_was_removed_says_so(self, client: Client, there: Market) -> None:
        made = saved(there)
        token = token_of(made)
        made.delete()

        assert "no longer saved" in client.get(f"{LIST}stop/{token}/").content.decode()
