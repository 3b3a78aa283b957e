"""A resident stands, votes and reads the result: by keyboard alone, in Dutch, on a phone, without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from core.actor import Actor
from neighbourhoods.models import BallotBox, Election
from neighbourhoods.operations.ballots import cast
from neighbourhoods.operations.elections import advance, stand
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.states import ElectionState
from people.models import User
from tests.browser.people import sign_in
from tests.browser.test_keyboard import Keyboard
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

RESIDENT = "ana@example.org"
OTHERS = ("betty@zonneveld.example", "jurre@zonneveld.example", "thijs@example.org")
HOUR = timedelta(hours=1)


def the_election() -> Election:
    return Election.objects.select_related("box", "neighbourhood").get(neighbourhood__slug="zonneveld")


def others_stand() -> None:
    """Enough of them that residents have something to choose."""
    for email in OTHERS:
        user = User.objects.select_related("person").get(email=email)
        actor = Actor(user=user, person=user.person, principal=user.person)
        stand(
            election=the_election(), person=user.person, statement="Ik doe graag mee.", interests="",
            has_no_interests=True, actor=actor, at=timezone.now(),
        )  # fmt: skip


def days_pass(**moments: timedelta) -> None:
    """As if these moments of the election lay so far from now; then everything that is due happens."""
    now = timezone.now()
    Election.objects.filter(pk=the_election().pk).update(**{name: now + way for name, way in moments.items()})
    done = advance(now=now)
    assert done.failed == []


def neighbours_vote() -> None:
    """Four others, so that the votes are enough to publish; each puts Ana first."""
    election = the_election()
    box = election.box
    assert box is not None
    ana = User.objects.get(email=RESIDENT).person_id
    number = str(election.nominations.get(candidate_id=ana).number)
    for user in User.objects.select_related("person").filter(person__roll_entries__roll=box.roll_id)[:9]:
        if user.email != RESIDENT:
            actor = Actor(user=user, person=user.person, principal=user.person)
            cast(
                box=box, person=user.person, choice=[number], wants_receipt=False, form_hash=form_hash(box),
                actor=actor, at=timezone.now(),
            )  # fmt: skip


def voting_ends() -> None:
    box = the_election().box
    assert box is not None
    BallotBox.objects.filter(pk=box.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    days_pass(closes_at=-timedelta(seconds=1))


def test_a_resident_stands_votes_and_reads_the_result_by_keyboard_without_javascript(
    demo_site: Site, open_page: OpenPage
) -> None:
    others_stand()
    page = open_page(width=360, height=780, java_script_enabled=False)
    sign_in(page, demo_site, RESIDENT)
    keyboard = Keyboard(page)

    ana_says_yes(page, demo_site, keyboard)
    days_pass(nominations_until=-3 * HOUR, freezes_at=-2 * HOUR, opens_at=-HOUR)
    ana_votes(page, demo_site, keyboard)
    neighbours_vote()
    voting_ends()
    assert the_election().state == ElectionState.PROVISIONAL
    ana_reads_the_result(page, demo_site, keyboard)

    assert keyboard.lost == []


def ana_says_yes(page: Page, site: Site, keyboard: Keyboard) -> None:
    """Betty nominated her. The front page of her neighbourhood says so, and leads to the answer."""
    page.goto(site + "/nl/havermeer/zonneveld/")
    expect(page.locator(".ask")).to_contain_text("Iemand heeft jou voorgedragen")
    keyboard.enter(page.locator(".ask .btn"))
    keyboard.enter(page.get_by_role("link", name="Ja, ik wil kandidaat zijn"))
    keyboard.enter(main_button(page))
    expect(page.locator(".errors")).to_be_visible()  # nothing was said yet
    keyboard.type(page.locator("textarea[name=statement]"), "Kinderen moeten veilig kunnen spelen.")
    keyboard.to(page.locator("input[name=has_no_interests]"))
    page.keyboard.press("Space")
    keyboard.enter(main_button(page))
    expect(page.locator("main")).to_contain_text("Kinderen moeten veilig kunnen spelen.")


def ana_votes(page: Page, site: Site, keyboard: Keyboard) -> None:
    """From the front page to the ballot, a look at it, and a receipt that is shown once."""
    page.goto(site + "/nl/havermeer/zonneveld/")
    keyboard.enter(page.locator(".ask .btn"))
    expect(page.locator(".ballot__row")).to_have_count(6)
    order = [name.strip() for name in page.locator(".ballot__name bdi").all_inner_texts()]
    # In the order that was drawn for her: going back up would lead Tab out of the page and round.
    for name in sorted(("Ana Santos", "Thijs Brouwer"), key=order.index):
        keyboard.type(number_for(page, name), "1")
    keyboard.enter(main_button(page))
    expect(page.locator(".errors")).to_be_visible()  # two names with the same number
    assert [name.strip() for name in page.locator(".ballot__name bdi").all_inner_texts()] == order
    field = number_for(page, "Thijs Brouwer")
    keyboard.to(field)
    page.keyboard.press("Control+A")
    page.keyboard.type("2")
    keyboard.enter(main_button(page))
    expect(page.locator(".your-votes li")).to_have_count(2)
    keyboard.to(page.locator("input[name=wants_receipt]"))
    page.keyboard.press("Space")
    keyboard.enter(main_button(page))
    expect(page.locator(".code-box")).to_be_visible()
    page.goto(site + "/nl/havermeer/zonneveld/")
    expect(page.locator(".ask")).not_to_contain_text("Stem")


def ana_reads_the_result(page: Page, site: Site, keyboard: Keyboard) -> None:
    page.goto(site + "/nl/havermeer/zonneveld/besluiten/")
    keyboard.enter(page.locator("main .row__title a").first)
    expect(page.locator("main ol.rowlist").first).to_contain_text("Ana Santos")
    keyboard.enter(page.locator(".ask .btn"))
    expect(page.locator("main")).to_contain_text("Ana Santos")


def main_button(page: Page) -> Locator:
    return page.locator("main form .btn--main").first


def number_for(page: Page, name: str) -> Locator:
    return page.locator(".ballot__row", has_text=name).locator("input[type=number], input[type=text]").first
