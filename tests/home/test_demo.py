"""The demo, loaded once for all of these tests: every test works in a savepoint above it."""

from __future__ import annotations

import gc
import io
import warnings

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from content.models import BasePage, Picture
from content.translation import TranslationState, translation_states
from core import clock
from home.demo.load.persons import DEMO_TOTP_SECRET
from home.demo.people import OFFICIALS, ORGANISATIONS, SEATS, everybody, who_can_sign_in
from home.demo.pictures import SCENES
from ledger.kinds import AccountKind, AccountState, FundingState, Label, ReservationState, TransferKind
from ledger.models import Account, Coin, Funding, Reservation, Tally, Transfer
from ledger.queries import backing, pots
from neighbourhoods.models import (
    Ballot,
    Election,
    ItemText,
    Neighbourhood,
    NeighbourhoodPage,
    NewsKind,
    NewsPage,
    RecordedVote,
    Residency,
    RollEntry,
    Seat,
    StandardPage,
    ValueConsent,
    ValueDecision,
    ValueDecisionPage,
    ValuedItem,
    ValueVersion,
)
from neighbourhoods.queries.items import valued_on
from neighbourhoods.states import ResidencyState, ValueState
from people.models import Mandate, OrganisationDetails, Party, PartyKind, Role, User
from people.validators import validate_iban, validate_kvk_number
from tests.home.loading import Loaded
from tests.home.market_of_demo import TestMarketOfDemo  # noqa: F401 - run here
from tests.home.season_of_demo import TestSeasonOfDemo  # noqa: F401 - run here

QUERIES = 4
LISTED = [person for persons in who_can_sign_in().values() for person in persons]


def pages_in(language: str) -> list[BasePage]:
    pages = Page.objects.filter(locale__language_code=language, depth__gt=1).order_by("path").specific()
    return [page for page in pages if isinstance(page, BasePage)]


def test_a_second_time_adds_nothing(demo: Loaded) -> None:
    first, second = demo.rows

    assert {model: count for model, count in second.items() if count != first[model]} == {}


def test_it_says_what_it_did_and_who_can_sign_in(demo: Loaded) -> None:
    first, second = demo.said

    assert "Molenwijk has been founded." in first
    assert "Molenwijk was there already." in second
    assert "left out" not in first + second
    assert [person.email for person in LISTED if person.email not in second] == []
    assert reverse("demo") in second.replace("/nl/", "/en/")


def test_it_is_refused_outside_a_demo(db: None) -> None:
    before = Page.objects.count(), User.objects.count()

    with override_settings(DEMO=False), pytest.raises(CommandError, match="load_demo is for demos only"):
        call_command("load_demo")

    assert (Page.objects.count(), User.objects.count()) == before


def test_there_are_three_neighbourhoods_with_coins_and_colours_of_their_own(demo: Loaded) -> None:
    found = Neighbourhood.objects.order_by("slug").values_list(
        "name", "coin__name", "coin__name_plural", "colour", "accent", "landmark"
    )

    assert list(found) == [
        ("Molenwijk", "Molenmunt", "Molenmunten", "#1546c8", "#ff8a24", "mill"),
        ("Sluiskade", "Sluisduit", "Sluisduiten", "#0b5d47", "#ff9fc0", "bridge"),
        ("Zonneveld", "Zonnetje", "Zonnetjes", "#ffc81a", "#7cc7e8", "tower"),
    ]


def test_the_page_tree_is_sound(demo: Loaded) -> None:
    assert Page.find_problems() == ([], [], [], [], [])


def test_every_page_but_a_draft_of_a_board_is_live_in_dutch_and_in_english(demo: Loaded) -> None:
    drafts = ValueDecisionPage.objects.filter(decision__state=ValueState.DRAFT).count()
    dutch = {page.translation_key for page in pages_in("nl") if page.live}
    english = {page.translation_key for page in pages_in("en") if page.live}

    assert (len(dutch), drafts) == (len(pages_in("nl")) - drafts, 1)
    assert english == dutch


def test_no_word_is_left_untranslated(demo: Loaded) -> None:
    english = pages_in("en")
    states = translation_states(english)

    assert [page.title for page in english if states[page.pk] != TranslationState.TRANSLATED] == []


def test_tables_are_in_english_on_english_pages(demo: Loaded) -> None:
    coin_pages = StandardPage.objects.filter(locale__language_code="en", slug="over-de-munt").order_by("path")
    tables = [block.value for page in coin_pages for block in page.body if block.block_type == "table"]

    assert [table["data"][0] for table in tables] == [["What", "Per", "Value"]] * 3
    assert tables[0]["data"][1] == ["Pouring coffee", "hour", "6.00"]


def test_every_page_can_be_opened(demo: Loaded, client: Client) -> None:
    pages = [*pages_in("en"), *NeighbourhoodPage.objects.filter(locale__language_code="nl")]

    with warnings.catch_warnings():
        # Wagtail leaves the file in which it makes a smaller picture to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        answers = {page.url: client.get(page.url).status_code for page in pages}
        gc.collect()

    assert {url: status for url, status in answers.items() if status != 200} == {}


def test_every_picture_says_what_is_in_it_or_is_decoration(demo: Loaded) -> None:
    blocks = [block.value for page in pages_in("nl") for block in page.body if block.block_type == "image"]

    assert len(blocks) >= 6
    assert [value for value in blocks if bool(value["alt"]) == bool(value["decorative"])] == []


def test_pictures_are_kept_by_the_place_that_they_show(demo: Loaded) -> None:
    kept = {
        place.slug: Picture.objects.filter(collection=place.collection).count()
        for place in Neighbourhood.objects.all()
    }

    assert kept == {"molenwijk": 4, "sluiskade": 4, "zonneveld": 4}
    assert Picture.objects.count() == len(SCENES)


def test_each_neighbourhood_has_something_to_do_in_the_coming_weeks(demo: Loaded) -> None:
    today = clock.today()

    for front in NeighbourhoodPage.objects.filter(locale__language_code="nl"):
        events = NewsPage.objects.descendant_of(front).filter(kind=NewsKind.EVENT)
        assert len([event for event in events if event.happens_on and event.happens_on > today]) == 3
        assert NewsPage.objects.descendant_of(front).filter(kind=NewsKind.DECISION).count() == 1


def test_news_was_written_before_today(demo: Loaded) -> None:
    assert not NewsPage.objects.filter(published_on__gt=clock.today()).exists()


def test_every_board_lives_there_and_one_was_elected(demo: Loaded) -> None:
    kinds = {}
    for place in Neighbourhood.objects.all():
        seats = Seat.objects.in_force(clock.today()).filter(neighbourhood=place)
        at_home = Residency.objects.filter(neighbourhood=place, state=ResidencyState.ATTESTED)
        assert {"CHAIR", "MEMBER", "SECRETARY", "TREASURER"} == {seat.office for seat in seats}
        assert at_home.filter(person__in=seats.values("person")).count() == seats.count()
        kinds[place.slug] = (seats.count(), *{seat.kind for seat in seats})
    assert kinds == {
        "molenwijk": (5, "ELECTED"),
        "sluiskade": (4, "APPOINTED"),
        "zonneveld": (4, "APPOINTED"),
    }


def test_one_neighbourhood_has_elected_one_votes_and_one_looks_for_candidates(demo: Loaded) -> None:
    states = dict(Election.objects.values_list("neighbourhood__slug", "state"))
    assert states == {"molenwijk": "FINAL", "sluiskade": "VOTING", "zonneveld": "NOMINATIONS"}
    published = Election.objects.get(state="FINAL").box
    assert published is not None
    assert Ballot.objects.filter(box=published).count() >= 5
    still_to_vote = RollEntry.objects.filter(roll__election__state="VOTING", channel="", is_included=True)
    emails = set(still_to_vote.values_list("person__login__email", flat=True))
    assert {"fatma@example.org", "daan@example.org"} <= emails


def test_boards_edit_the_pages_of_their_own_neighbourhood(demo: Loaded) -> None:
    for seat in SEATS:
        groups = User.objects.get(email=seat.person.email).groups
        assert list(groups.values_list("neighbourhood__slug", flat=True)) == [seat.neighbourhood]


def test_some_thirty_things_have_a_value_in_every_language_and_had_another_before(demo: Loaded) -> None:
    valued = [valued_on(place, clock.today()).count() for place in Neighbourhood.objects.order_by("slug")]

    assert (valued, ValuedItem.objects.count()) == ([12, 11, 10], 37)
    assert ItemText.objects.count() == 2 * 37
    started = (clock.today() - version.effective_on for version in ValueVersion.objects.all())
    assert sum(age.days > 300 for age in started) == 33
    assert ValueDecision.objects.filter(state=ValueState.SUPERSEDED).count() == 6
    assert not ValueVersion.objects.filter(made_on__gt=clock.today()).exists()


def test_there_is_a_value_decision_in_every_state_that_one_can_be_found_in(demo: Loaded) -> None:
    passed_through = {ValueState.DECIDED}
    found = ValueDecision.objects.all()

    assert set(found.values_list("state", flat=True)) == set(ValueState) - passed_through
    assert found.filter(state=ValueState.CONSULTATION, votes__decider="RESIDENTS").count() == 1  # sent back
    assert found.filter(is_ending=True, state=ValueState.IN_FORCE).count() == 1
    assert list(ValueConsent.objects.values_list("about", "is_given")) == [("GUIDELINE", False)]
    aside = RecordedVote.objects.filter(box__value_vote__isnull=False, choice="RECUSED")
    assert list(aside.values_list("person__person_details__given_name", flat=True)) == ["Ravi"]
    put_up = found.filter(proposed_by=None, state=ValueState.ADMITTED, signals__measure="WAITING")
    assert list(put_up.values_list("neighbourhood__slug", flat=True)) == ["sluiskade"]


def test_whom_a_visitor_can_be_can_name_a_price(demo: Loaded) -> None:
    open_now = RollEntry.objects.filter(
        roll__box__value_vote__decision__state="VOTING", roll__box__secrecy="SECRET"
    )
    still_to_vote = open_now.filter(channel="", is_included=True)
    emails = set(still_to_vote.values_list("person__login__email", flat=True))

    assert {"samira@example.org", "joop@example.org", "fatma@example.org", "daan@example.org"} <= emails
    assert open_now.exclude(channel="").count() == 14


def test_there_are_requests_to_deal_with_at_the_desk(demo: Loaded) -> None:
    def state(email: str) -> tuple[str, bool]:
        residency = Residency.objects.get(person__login__email=email)
        return residency.state, residency.code_made_at is not None

    assert state("noor@example.org") == ("REQUESTED", False)
    assert state("mees@example.org") == ("REQUESTED", True)
    assert state("ibrahim@example.org") == ("REQUESTED", False)
    assert state("sjaak@example.org") == ("REFUSED", False)
    assert not Residency.objects.filter(person__login__email="lotte@example.org").exists()


def test_joop_is_known_twice_and_is_one_person(demo: Loaded) -> None:
    joop = User.objects.get(email="joop@example.org").person

    assert [party.display_name for party in joop.also_known_as.all()] == ["J. van Veen"]


def test_the_municipality_has_somebody_in_each_office(demo: Loaded) -> None:
    municipality = Party.objects.get(kind=PartyKind.MUNICIPALITY)
    held = Mandate.objects.filter(principal=municipality).values_list("role", "person__login__email")

    assert set(held) == {(role, person.email) for role, person in OFFICIALS}


def test_organisations_have_numbers_that_are_right_and_not_real(demo: Loaded) -> None:
    for organisation in ORGANISATIONS:
        details = OrganisationDetails.objects.get(kvk_number=organisation.kvk_number)
        validate_kvk_number(details.kvk_number)
        validate_iban(details.iban)
        assert (details.kvk_number[:2], details.iban[4:8]) == ("00", "DEMO")
        assert Mandate.objects.filter(principal=details.party, role=Role.OWNER).count() == 1


def test_the_household_has_a_child_without_a_login(demo: Loaded) -> None:
    household = Party.objects.get(kind=PartyKind.HOUSEHOLD)
    members = [mandate.person for mandate in Mandate.objects.filter(principal=household).order_by("pk")]

    assert [member.display_name for member in members] == ["Ana Santos", "Thijs Brouwer", "Lou Brouwer"]
    assert not User.objects.filter(person=members[2]).exists()


def test_one_person_runs_the_site(demo: Loaded) -> None:
    assert [user.email for user in User.objects.filter(is_superuser=True)] == ["robin@socialcoin.example"]


def test_whoever_works_here_has_a_second_factor(demo: Loaded) -> None:
    with_second = Authenticator.objects.filter(type=Authenticator.Type.TOTP)

    assert set(with_second.values_list("user__email", flat=True)) == {p.email for p in everybody() if p.staff}
    assert {decrypt(authenticator.data["secret"]) for authenticator in with_second} == {DEMO_TOTP_SECRET}


def test_everybody_who_lives_there_has_an_account_and_no_way_to_euros(demo: Loaded) -> None:
    for place in Neighbourhood.objects.all():
        residents = Residency.objects.filter(neighbourhood=place, state=ResidencyState.ATTESTED)
        accounts = Account.objects.filter(coin_id=place.coin_id, holder_kind=PartyKind.PERSON)
        assert set(accounts.values_list("holder", flat=True)) == set(
            residents.values_list("person", flat=True)
        )
        assert not accounts.filter(may_redeem=True).exists()


def test_the_coins_went_round_for_a_year_and_the_ledger_adds_up(demo: Loaded) -> None:
    call_command("check_ledger", stdout=io.StringIO())

    months = Transfer.objects.dates("booked_on", "month")
    assert len(months) in {12, 13}
    assert 3_000 < Transfer.objects.exclude(coin__code="EUR").count() < 6_500
    assert not Transfer.objects.filter(made_at__gt=clock.now()).exists()
    for coin in Coin.objects.exclude(code="EUR"):
        assert backing(coin).circulation == backing(coin).reserve > 0


def test_everything_that_can_happen_to_coins_has_happened(demo: Loaded) -> None:
    assert set(Reservation.objects.values_list("state", flat=True)) == set(ReservationState)
    assert set(Funding.objects.values_list("state", flat=True)) == set(FundingState)
    assert set(Account.objects.values_list("state", flat=True)) == set(AccountState)
    booked = Transfer.objects.all()
    assert set(TransferKind) - set(booked.values_list("kind", flat=True)) == {"CLEARING", "OPENING"}
    assert set(Label) - set(booked.values_list("label", flat=True)) == {"WAGE"}
    undone = booked.exclude(reverses=None).select_related("reverses")
    assert {back.amount < back.reverses.amount for back in undone if back.reverses} == {True, False}
    waiting = Reservation.objects.filter(state=ReservationState.OPEN)
    assert waiting.filter(captured__gt=0).exists()
    assert waiting.filter(kind=TransferKind.REDEEM).exists()


def test_one_pot_has_ended_with_coins_in_it_and_another_was_paid_back(demo: Loaded) -> None:
    ended = [pot for coin in Coin.objects.all() for pot in pots(coin, on=clock.today()) if pot.has_ended]

    assert sorted((pot.account.label, pot.funder_name, pot.balance > 0) for pot in ended) == [
        ("Een bank bij de brug", "Zuivelfabriek De Room", False),
        ("Feest op het plein", "Zuivelfabriek De Room", True),
    ]
    assert Account.objects.filter(kind=AccountKind.POT).count() == 10


def test_nobody_earns_more_than_the_maximum_of_a_month(demo: Loaded) -> None:
    earned = Tally.objects.filter(label=Label.VOLUNTEER_ALLOWANCE).values_list("amount", flat=True)

    assert max(earned) <= 210_00


def test_everybody_on_the_page_can_ask_for_a_code(demo: Loaded, client: Client) -> None:
    for person in LISTED:
        cache.clear()  # attempts are counted per visitor
        client.get(reverse("demo"))
        answer = client.post(reverse("account_request_login_code"), {"email": person.email})
        assert answer.status_code == 302
        assert mail.outbox[-1].to == [person.email]


def test_what_a_visitor_changed_stays_and_what_is_gone_comes_back(demo: Loaded) -> None:
    front = NeighbourhoodPage.objects.get(locale__language_code="nl", neighbourhood__slug="molenwijk")
    front.lead = "Kom erbij."
    front.save_revision().publish()
    Mandate.objects.filter(role=Role.ORGANISER).delete()
    NewsPage.objects.get(locale__language_code="nl", slug="soep-en-een-praatje").delete()

    demo_again = Loaded()
    demo_again.load()

    front.refresh_from_db()
    assert front.lead == "Kom erbij."
    assert not Mandate.objects.filter(role=Role.ORGANISER).exists()
    assert NewsPage.objects.filter(slug="soep-en-een-praatje", live=True).count() == 2


def test_the_page_of_people_names_everybody_with_a_button_each(demo: Loaded, client: Client) -> None:
    with translation.override("nl"):
        page = client.get(reverse("demo")).content.decode()

    assert [person.name for person in LISTED if person.name not in page] == []
    assert page.count('name="email"') == len(LISTED)
    assert "Woont in Molenwijk" in page


def test_the_page_of_people_asks_whoever_is_signed_in_to_sign_out(demo: Loaded, client: Client) -> None:
    client.force_login(User.objects.get(email="samira@example.org"))

    page = client.get(reverse("demo")).content.decode()

    assert "You are signed in as Samira Benali" in page
    assert 'name="email"' not in page


def test_the_page_of_people_does_not_exist_outside_a_demo(db: None, client: Client) -> None:
    with override_settings(DEMO=False):
        assert client.get(reverse("demo")).status_code == 404


def test_the_page_of_people_takes_as_many_queries_as_any_page(demo: Loaded, client: Client) -> None:
    client.get(reverse("demo"))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("demo"))

    assert len(queries) == QUERIES
