"""The page of one thing that can have a value: what it is worth, what it was, and what others say."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.models import (
    Indication,
    ItemKind,
    Neighbourhood,
    Unit,
    ValuedItem,
    ValueGuideline,
    ValueVersion,
)
from neighbourhoods.operations.demand import report
from neighbourhoods.queries.demand import Figures, monday_of
from neighbourhoods.states import ValueState
from people.models import PartyKind, Role, User
from tests.factories import values
from tests.factories.democracy import DAY, VOTING
from tests.factories.people import mandate, organisation, person
from tests.neighbourhoods.prices.conftest import TODAY


@pytest.fixture
def ann(db: None) -> User:
    return person("Ann")


def read(client: Client, item: ValuedItem, name: str = "valued_item", language: str = "en") -> str:
    with translation.override(language):
        response = client.get(reverse(name, args=[item.ref]))
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def send(client: Client, item: ValuedItem, **typed: str) -> str:
    """Fill in the form and read what comes of it."""
    with translation.override("en"):
        response = client.post(reverse("item_indicate", args=[item.ref]), typed, follow=True)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def indicated(item: ValuedItem, by: User, of: str, amount: int, *, days_ago: int = 0) -> Indication:
    return Indication.objects.create(
        item=item, organisation=organisation(of), amount=amount, grounds=f"Want {of}.", language="nl",
        made_by=by.person, made_at=VOTING - days_ago * DAY,
    )  # fmt: skip


def guideline(of: Neighbourhood, low: int, high: int) -> ValueGuideline:
    return ValueGuideline.objects.create(
        municipality=of.municipality, category=values.category(), unit=Unit.HOUR, version=1, low=low, high=high,
        from_on=date(2026, 1, 1), made_at=VOTING,
    )  # fmt: skip


def worth_now(page: str) -> str:
    """The largest thing on the page."""
    found = re.search(r'<p class="verdict verdict__n.*?</p>', page)
    return "".join(re.sub(r"<[^>]+>", "", found.group()).split(" ")[-1:]) if found else ""


class TestWhatItIsWorth:
    def test_what_is_earned_has_a_plus_and_what_is_paid_has_none(
        self, client: Client, reading: ValuedItem, meal: ValuedItem
    ) -> None:
        assert worth_now(read(client, reading)) == "+8.00"
        assert worth_now(read(client, meal)) == "5.00"

    def test_what_lost_its_value_says_since_when_and_asks_for_a_new_one(
        self, client: Client, reading: ValuedItem
    ) -> None:
        values.worth(reading, None, on=date(2026, 11, 1))

        page = read(client, reading)

        assert worth_now(page) == ""
        assert "It has had no value since 1 November 2026." in page
        assert f'/en/vote/values/propose/molenwijk/?item={reading.ref}"' in page

    def test_what_never_had_one_says_so(self, client: Client, molenwijk: Neighbourhood) -> None:
        page = read(client, values.item(molenwijk, "Computerhulp"))

        assert "It has no value yet." in page
        assert '<svg class="chart"' not in page

    def test_while_a_decision_goes_on_it_leads_there_and_not_to_a_second_proposal(
        self, client: Client, reading: ValuedItem
    ) -> None:
        made = values.value_decision(reading, state=ValueState.PROPOSED)

        page = read(client, reading)

        assert f'/en/vote/values/{made.ref}/"' in page
        assert "/propose/" not in page

    def test_its_words_are_in_the_language_of_the_page_or_say_which(
        self, client: Client, reading: ValuedItem, meal: ValuedItem
    ) -> None:
        assert "<h1>Reading at school</h1>" in read(client, reading)
        assert '<h1 lang="nl">Maaltijd</h1>' in read(client, meal)

    def test_what_stands_in_a_draft_of_the_board_alone_is_for_nobody(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        item = values.item(molenwijk, "Geheim")
        values.value_decision(item, state=ValueState.DRAFT)

        for name in ("valued_item", "item_indicate"):
            client.force_login(person(f"Ben{name}"))
            assert client.get(reverse(name, args=[item.ref])).status_code == 404

    def test_what_is_not_there_is_not_found(self, client: Client, reading: ValuedItem) -> None:
        with translation.override("en"):
            address = reverse("valued_item", args=["00000000-0000-4000-8000-000000000000"])

        assert client.get(address).status_code == 404


class TestItsHistory:
    def test_table_and_drawing_tell_the_same(self, client: Client, reading: ValuedItem) -> None:
        values.worth(reading, None, on=date(2026, 6, 1))
        values.worth(reading, 900, on=date(2026, 9, 1))

        page = read(client, reading)

        table = page.split("<tbody>")[1].split("</tbody>")[0]
        days = re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)<', table)
        amounts = [
            re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r'<td class="n">(.*?)</td>', table)
        ]
        assert list(zip(days, amounts, strict=True)) == [
            ("1 September 2026", "9.00"), ("1 June 2026", "no value"), ("1 March 2026", "8.00"),
            ("1 January 2026", "7.50"),
        ]  # fmt: skip
        label = re.search(r'<svg class="chart"[^>]*aria-label="([^"]+)"', page)
        assert label is not None
        assert label.group(1) == (
            "What it was worth: 7.50 from 1 January 2026, 8.00 from 1 March 2026, no value from 1 June 2026, "
            "9.00 from 1 September 2026."
        )

    def test_each_value_leads_to_the_decision_behind_it(self, client: Client, reading: ValuedItem) -> None:
        page = read(client, reading)

        for version in ValueVersion.objects.filter(item=reading).select_related("decision"):
            assert f'href="/en/vote/values/{version.decision.ref}/"' in page

    def test_what_is_still_to_come_is_drawn_apart_and_is_told_as_such_in_the_table(
        self, client: Client, reading: ValuedItem
    ) -> None:
        values.value_decision(reading, state=ValueState.APPEAL, decided=900, effective_on=date(2026, 12, 5))

        page = read(client, reading)

        assert page.count("chart__bar--soon") == 1
        assert "Decided: 9.00 from 5 December 2026." in page
        first, second = page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:2]
        assert ("9.00" in first, "still to come" in first) == (True, True)
        assert ("8.00" in second, "still to come" in second) == (True, False)


class TestWhatOthersSay:
    def test_an_indication_stands_apart_from_the_value_and_says_that_it_decides_nothing(
        self, client: Client, reading: ValuedItem, ann: User
    ) -> None:
        indicated(reading, ann, "De Klim", 1100)

        page = read(client, reading)

        assert worth_now(page) == "+8.00"
        said = page.split('id="opinions"')[1]
        assert ("De Klim" in said, "11.00" in said, "This decides nothing." in said) == (True, True, True)
        assert '<p class="measure" lang="nl">Want De Klim.</p>' in said

    def test_of_each_organisation_the_last_one_counts_the_newest_first(
        self, client: Client, reading: ValuedItem, ann: User
    ) -> None:
        first = indicated(reading, ann, "De Klim", 1100, days_ago=30)
        Indication.objects.create(
            item=reading, organisation=first.organisation, amount=1150, grounds="Toch meer.", language="nl",
            made_by=ann.person, made_at=VOTING - 20 * DAY,
        )  # fmt: skip
        indicated(reading, ann, "De Wiek", 700, days_ago=10)

        said = read(client, reading).split('class="rowlist indications"')[1]

        amounts = re.findall(r'<bdi dir="ltr">([\d.]+)</bdi>', said.split("</ul>")[0])
        assert amounts == ["7.00", "11.50"]

    def test_the_guideline_of_the_municipality_is_shown(
        self, client: Client, reading: ValuedItem, meal: ValuedItem
    ) -> None:
        guideline(reading.neighbourhood, 600, 1200)

        assert "From 6.00 to 12.00 per hour, since 1 January 2026." in read(client, reading)
        assert "The municipality has no guideline for this, and no organisation" in read(client, meal)


class TestDemandAndMoney:
    def test_eight_weeks_are_told_in_words_and_figures(self, client: Client, reading: ValuedItem) -> None:
        week = monday_of(TODAY)
        for weeks_ago, figures in (
            (0, Figures(sign_ups=3, open_places=1, waiting=1)), (1, Figures(sign_ups=6, open_demand=2)),
        ):  # fmt: skip
            report(item=reading, week_on=week - timedelta(weeks=weeks_ago), figures=figures, at=VOTING)

        page = read(client, reading)

        assert "Of 10 places, 9 were taken: 90%." in page
        assert "1 time somebody stood on the waiting list." in page
        assert "2 questions had no answer." in page
        assert (
            page.split('id="demand"')[1].count('scope="row"') == 3
        )  # the weeks that were counted, and together

    def test_where_nothing_was_told_no_noughts_are_shown(self, client: Client, reading: ValuedItem) -> None:
        assert "Nothing was counted of this yet." in read(client, reading)

    def test_what_it_costs_is_told_for_what_is_earned_and_expected(
        self, client: Client, molenwijk: Neighbourhood, meal: ValuedItem
    ) -> None:
        garden = values.item(molenwijk, "Tuin")
        values.worth(garden, 800, volume=40)

        page = read(client, garden)

        assert "We expect 40 hours a month. That costs 320.00 a month." in page
        assert "There is no pot that pays for this." in page
        assert "Is there money for it?" not in read(client, meal)


class TestIndicating:
    def test_who_acts_for_an_organisation_says_what_it_is_worth_to_it(
        self, client: Client, reading: ValuedItem, ann: User
    ) -> None:
        school = organisation("De Klim", owner=ann)
        client.force_login(ann)
        assert reverse("item_indicate", args=[reading.ref]).split("/", 2)[2] in read(client, reading)

        page = send(client, reading, amount="11.00", grounds="Het is moeilijk werk.")

        made = Indication.objects.get()
        assert (made.organisation, made.amount, made.made_by, made.language) == (
            school,
            1100,
            ann.person,
            "en",
        )
        assert "Everybody can now see what De Klim thinks that this is worth." in page
        assert worth_now(page) == "+8.00"

    def test_who_acts_for_several_chooses_one_of_them_and_no_other(
        self, client: Client, reading: ValuedItem, ann: User
    ) -> None:
        klim, wiek = organisation("De Klim", owner=ann), organisation("De Wiek", owner=ann)
        other = organisation("Van een ander")
        client.force_login(ann)
        typed = {"amount": "11.00", "grounds": "Het is moeilijk werk."}

        assert "Choose the organisation for which you say this." in send(client, reading, **typed)
        send(client, reading, organisation=str(other.uuid), **typed)
        assert not Indication.objects.exists()
        send(client, reading, organisation=str(wiek.uuid), **typed)

        assert [one.organisation for one in Indication.objects.all()] == [wiek]
        assert klim.indications.count() == 0

    def test_who_acts_for_nobody_is_told_so_and_cannot(
        self, client: Client, reading: ValuedItem, ann: User
    ) -> None:
        household = organisation("Familie De Vries", kind=PartyKind.HOUSEHOLD)
        school = organisation("De Klim")
        for principal, role in ((household, Role.OWNER), (school, Role.FINANCE)):
            mandate(person=ann, principal=principal, role=role)
        client.force_login(ann)

        assert "item_indicate" not in read(client, reading)
        assert "Only for who acts for an organisation" in read(client, reading, "item_indicate")
        send(client, reading, amount="11.00", grounds="Omdat.", organisation=str(school.uuid))
        assert not Indication.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"amount": "", "grounds": "Omdat."}, "Enter an amount, for example 4.00."),
            ({"amount": "0", "grounds": "Omdat."}, "Enter an amount above nought, for example 4.00."),
            ({"amount": "-3", "grounds": "Omdat."}, "Enter an amount without a minus sign"),
            ({"amount": "9.00", "grounds": ""}, "Write down why."),
        ],
    )
    def test_what_is_not_filled_in_is_asked_for(
        self, client: Client, reading: ValuedItem, ann: User, typed: dict[str, str], said: str
    ) -> None:
        organisation("De Klim", owner=ann)
        client.force_login(ann)

        assert said in send(client, reading, **typed)
        assert not Indication.objects.exists()

    def test_sent_twice_it_is_said_once(self, client: Client, reading: ValuedItem, ann: User) -> None:
        organisation("De Klim", owner=ann)
        client.force_login(ann)

        for _again in range(2):
            send(client, reading, amount="11.00", grounds="Het is moeilijk werk.")

        assert Indication.objects.count() == 1

    def test_a_visitor_signs_in_first(self, client: Client, reading: ValuedItem) -> None:
        response = client.get(reverse("item_indicate", args=[reading.ref]))

        assert (response.status_code, "login" in response["Location"]) == (302, True)


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_much_there_is_to_tell(
    client: Client, molenwijk: Neighbourhood, ann: User, number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    item = values.item(molenwijk, "Voorlezen", kind=ItemKind.ACTIVITY)
    guideline(molenwijk, 100, 900)
    for i in range(number):
        item.tags.add(f"tag{i}")
        values.worth(item, 700 + i, on=date(2026, 1 + i, 1), volume=10 + i)
        indicated(item, ann, f"School {i}", 800 + i)
        report(
            item=item, week_on=monday_of(TODAY) - timedelta(weeks=i), figures=Figures(waiting=1), at=VOTING
        )
        organisation(f"Van Ann {i}", owner=ann)
    values.value_decision(item, state=ValueState.VOTING)
    client.force_login(ann)
    read(client, item)

    with django_assert_num_queries(QUERIES):
        read(client, item)


QUERIES = 23
