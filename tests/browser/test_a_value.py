"""A resident proposes a value, another supports it, both vote a price, and on its day it stands on the price list: in
Dutch, on a phone, without JavaScript. And a board member decides one with their name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.actor import Actor
from neighbourhoods.models import BallotBox, RecordedVote, ValueDecision
from neighbourhoods.operations.ballots import cast
from neighbourhoods.operations.elections import advance
from neighbourhoods.operations.values import support
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.queries.items import value_on
from neighbourhoods.states import ValueState
from people.models import User
from tests.browser.people import sign_in, sign_out
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

PROPOSER, FRIEND, MEMBER = "fatma@example.org", "daan@example.org", "aylin@molenwijk.example"
PLACE = "/nl/havermeer/sluiskade/"
MAIN = "main form .btn--main"
PHONE = {"width": 360, "height": 780, "java_script_enabled": False}


def the_decision() -> ValueDecision:
    """Hers: demand may put others on the agenda meanwhile."""
    hers = ValueDecision.objects.filter(proposed_by__login__email=PROPOSER)
    return hers.select_related("item", "neighbourhood").order_by("-pk")[0]


def the_box() -> BallotBox:
    return the_decision().votes.select_related("box").latest("number").box


def days_pass(**moments: datetime) -> None:
    """As if these moments of the decision had come; then everything that is due happens."""
    ValueDecision.objects.filter(pk=the_decision().pk).update(**moments)
    assert advance(now=timezone.now()).failed == []


def neighbours_vote(*amounts: int) -> None:
    """Others on the roll, in the order in which they stand there."""
    box = the_box()
    waiting = User.objects.select_related("person").filter(
        person__roll_entries__roll=box.roll_id, person__roll_entries__channel=""
    )
    for user, amount in zip(waiting, amounts, strict=False):
        actor = Actor(user=user, person=user.person, principal=user.person)
        cast(
            box=box, person=user.person, choice=amount, wants_receipt=False, form_hash=form_hash(box),
            actor=actor, at=timezone.now(),
        )  # fmt: skip


def voting_ends() -> None:
    BallotBox.objects.filter(pk=the_box().pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    assert advance(now=timezone.now()).failed == []


def test_a_resident_gives_something_a_value_on_a_phone_without_javascript(
    demo_site: Site, open_page: OpenPage
) -> None:
    page = open_page(**PHONE)
    sign_in(page, demo_site, PROPOSER)
    fatma_proposes(page, demo_site)
    sign_out(page, demo_site)
    sign_in(page, demo_site, FRIEND)
    daan_supports_it(page, demo_site)
    days_pass(admitted_at=timezone.now() - timedelta(days=15))
    assert the_decision().state == ValueState.CONSULTATION
    days_pass(consulted_until=timezone.now())
    daan_names_a_price(page, demo_site)
    neighbours_vote(600, 650, 700, 700, 800)
    voting_ends()
    assert the_decision().state == ValueState.AWAITING_BOARD
    days_pass(board_until=timezone.now())  # without a word of the board what the residents chose stands

    assert (the_decision().state, the_decision().decided) == (ValueState.APPEAL, 700)
    on_its_day_it_stands_on_the_list(page, demo_site)


def fatma_proposes(page: Page, site: Site) -> None:
    """From the price list to the proposal, with one slip on the way."""
    page.goto(site + PLACE + "prijslijst/")
    page.get_by_role("link", name="Stel een waarde voor").first.click()
    page.locator("input[name=name]").fill("Boeken voorlezen aan de kade")
    page.locator("input[name=kind][value=SERVICE]").check()
    page.locator("input[name=unit][value=HOUR]").check()
    page.locator("select[name=category]").select_option(index=3)
    page.locator("textarea[name=text]").fill("Mijn oma ziet niet goed meer en wil graag boeken horen.")
    page.locator(MAIN).click()
    expect(page.locator(".errors")).to_be_visible()  # no amount yet
    page.locator("input[name=amount]").fill("7,00")
    page.locator(MAIN).click()
    expect(page.locator("h1")).to_contain_text("Boeken voorlezen aan de kade")
    expect(page.locator("main")).to_contain_text("Mijn oma ziet niet goed meer")


def daan_supports_it(page: Page, site: Site) -> None:
    page.goto(site + f"/nl/vote/values/{the_decision().ref}/")
    page.get_by_role("button", name="Ik steun dit").click()
    expect(page.locator("main")).to_contain_text("Je steunt dit")
    others_support()
    assert the_decision().state == ValueState.ADMITTED


def others_support() -> None:
    """Residents of the place, until there are enough."""
    decision = the_decision()
    living_here = {"person__residencies__neighbourhood": decision.neighbourhood, "is_active": True}
    for user in User.objects.select_related("person").filter(**living_here).exclude(email=FRIEND):
        if the_decision().state == ValueState.ADMITTED:
            return
        support(
            decision=decision, actor=Actor(user=user, person=user.person, principal=user.person),
            at=timezone.now(),
        )  # fmt: skip


def daan_names_a_price(page: Page, site: Site) -> None:
    page.goto(site + f"/nl/vote/values/{the_decision().ref}/")
    page.get_by_role("link", name="Stem", exact=True).click()
    page.locator("input[name=amount]").fill("7,10")
    page.locator(MAIN).first.click()
    expect(page.locator(".errors")).to_be_visible()  # not one of the steps
    page.locator("input[name=amount]").fill("7,50")
    page.locator(MAIN).first.click()
    expect(page.locator(".your-vote")).to_contain_text("7,50")
    page.locator(MAIN).first.click()
    expect(page.locator("h1")).to_contain_text("Je hebt gestemd")


def on_its_day_it_stands_on_the_list(page: Page, site: Site) -> None:
    """Not a day sooner, whatever the price list says of what is to come."""
    day = the_decision().effective_on
    assert day is not None
    morning = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
    row = page.locator("main .row", has_text="Boeken voorlezen aan de kade")
    for now, is_there in ((morning - timedelta(days=1), False), (morning, True)):
        with time_machine.travel(now):
            assert advance(now=timezone.now()).failed == []
            page.goto(site + PLACE + "prijslijst/")
            in_force = row.filter(has_text="sinds").count() == 1
        assert (in_force, value_on(the_decision().item, now.date())) == (is_there, 700 if is_there else None)
    expect(row).to_contain_text("7,00")


def test_a_board_member_decides_a_value_with_their_name(demo_site: Site, open_page: OpenPage) -> None:
    page = open_page(width=390, height=844)
    sign_in(page, demo_site, MEMBER)
    page.goto(demo_site + "/nl/vote/board/molenwijk/values/")
    page.locator("main .row__title a", has_text="Kaartje voor het zwembad").first.click()
    page.locator("input[name=choice][value=yes]").check()
    page.locator("[name=reason]").first.fill("Zo kan iedereen een keer zwemmen.")
    page.locator(MAIN).first.click()
    expect(page.locator("main")).to_contain_text("Zo kan iedereen een keer zwemmen.")
    vote = RecordedVote.objects.latest("pk")
    assert vote.person.login.email == MEMBER

    BallotBox.objects.filter(pk=vote.box_id).update(closes_at=timezone.now() - timedelta(seconds=1))
    assert advance(now=timezone.now()).failed == []
    sign_out(page, demo_site)
    page.goto(demo_site + f"/nl/vote/values/{vote.box.value_vote.decision.ref}/")
    expect(page.locator("main")).to_contain_text("Aylin Özdemir")
    expect(page.locator("main")).to_contain_text("Zo kan iedereen een keer zwemmen.")
