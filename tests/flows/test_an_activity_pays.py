"""Somebody posts, the board opens it, people sign up, come, are confirmed and paid; on paper too; and up to a maximum.

Told by pages; who takes part in the first story reads Dutch on a phone. After each story the ledger adds up and the
sealed log is what it says.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from wagtail.models import Locale

from ledger.kinds import TransferKind
from ledger.models import Account, Transfer
from ledger.queries import balance_of
from marketplace.door_links import link_on_screen
from marketplace.models import Activity, Participation, Shift
from marketplace.states import ActivityState, ParticipationState
from people.models import User
from tests.factories import activities as make
from tests.factories import pots, values
from tests.flows.visitor import Visitor

pytestmark = pytest.mark.django_db

BEGINS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, ten in the morning
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEDNESDAY = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)  # two o'clock there


@pytest.fixture(autouse=True)
def _one_step(settings: Settings) -> None:
    """Whoever sits on the board needs a second step at sign-in; `tests.people` tells of that."""
    settings.STAFF_SECOND_FACTOR = False


class Story:
    """Ann and Ben live here, Bea is on the board, Olaf has the club with its pot of 500.00."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock
        Locale.objects.get_or_create(language_code="en")
        self.there = there = make.season()
        self.logins: dict[str, User] = {
            "Ann": there.ann, "Ben": there.ben, "Bea": there.bea, "Olaf": there.olaf,
        }  # fmt: skip
        self.of = {name: Visitor(login) for name, login in self.logins.items()}
        self.of["Ben"].language = "nl"

    @property
    def place(self) -> str:
        return self.there.neighbourhood.slug

    @property
    def activity(self) -> Activity:
        return Activity.objects.get()

    @property
    def shift(self) -> Shift:
        return Shift.objects.order_by("-starts_at")[0]

    @property
    def part(self) -> Participation:
        return Participation.objects.order_by("-pk")[0]

    def it_is(self, moment: datetime) -> None:
        """Time passes, and everything that is due happens. Who was signed in for weeks signs in again."""
        self.clock.move_to(moment)
        for name, login in self.logins.items():
            self.of[name].client.force_login(login)
        call_command("advance_market", stdout=StringIO())

    def posted_by_ann(self, title: str, *, pot: Account) -> None:
        """Ann fills in the form of a minute; Bea opens it for everybody, and says which pot pays."""
        form = self.of["Ann"].open(f"/en/market/post/in/{self.place}/")
        form.press(
            "Post my activity", title=title, summary="Ik zet de tafel buiten.", item=str(self.there.item.ref),
            day="2026-11-25", starts="14:00", ends="17:00", places="2", place="Molenstraat 12",
        )  # fmt: skip
        assert self.activity.state == ActivityState.SUBMITTED, form.words
        queue = self.of["Bea"].open(f"/en/market/hours/{self.place}/")
        queue.follow(title).press("Open it for everybody", pot=pot.address)
        assert (self.activity.state, self.activity.pot) == (ActivityState.PUBLISHED, pot)

    def has(self, account: Account) -> int:
        return balance_of(account).balance

    def statement(self, name: str, account: Account) -> str:
        visitor = self.of[name]
        return visitor.open(f"/{visitor.language}/wallet/{account.address}/").words


def all_is_well() -> None:
    """What anybody can ask: does it add up, and is it what was sealed?"""
    call_command("seal_log", "--once", stdout=StringIO())
    call_command("check_ledger", stdout=StringIO())
    call_command("verify_log", stdout=StringIO())


def test_a_volunteer_posts_the_board_opens_and_who_comes_is_paid() -> None:
    with time_machine.travel(BEGINS, tick=False) as clock:
        story = Story(clock)
        there = story.there
        neighbourly = pots.pot(
            there.neighbourhood, "Burenhulp", amount=100_00, holder=there.neighbourhood.party
        )

        story.posted_by_ann("Koffie voor de straat", pot=neighbourly)

        page = (
            story.of["Ben"].open(f"/nl/market/activities/in/{story.place}/").follow("Koffie voor de straat")
        )
        page.press("Geef me op", shift=str(story.shift.ref)).press("Geef me op")
        assert (story.part.state, story.part.value) == (ParticipationState.SIGNED_UP, 6_00)
        values.worth(there.item, 4_00, on=BEGINS.date() + DAY)  # decided meanwhile: it lowers nothing

        story.it_is(WEDNESDAY - 10 * timedelta(minutes=1))
        story.of["Ben"].open(f"/nl/market/mine/door/{link_on_screen(story.shift, clock_now())}/").press(
            "Ik ben er"
        )
        assert story.part.state == ParticipationState.CHECKED_IN

        story.it_is(WEDNESDAY + 4 * HOUR)
        story.of["Ben"].open(f"/nl/market/mine/{story.part.ref}/").press("Geef mijn uren door")
        assert (story.part.state, story.part.minutes) == (ParticipationState.CLAIMED, 180)
        before = story.has(there.place.ben)

        roll = story.of["Ann"].open(f"/en/market/organise/shift/{story.shift.ref}/")
        assert "Pay 18.00" in roll.words
        roll.press("Pay 18.00")

        assert (story.part.state, story.part.reward) == (ParticipationState.PAID, 18_00)
        assert story.has(there.place.ben) == before + 18_00
        assert story.has(neighbourly) == 82_00
        assert re.search(r"\+\s?18,00", story.statement("Ben", there.place.ben))
        booked = Transfer.objects.get(kind=TransferKind.REWARD)
        assert (booked.label, booked.acted_by) == ("VOLUNTEER_ALLOWANCE", there.ann.person)
        assert story.part.transfer == booked
        all_is_well()


def test_on_paper_alone_somebody_is_paid_who_never_opened_a_page(asked_by: list[Any]) -> None:
    with time_machine.travel(BEGINS, tick=False) as clock:
        story = Story(clock)
        there = story.there
        coffee = make.activity(there)
        make.shift(coffee, WEDNESDAY)
        before = story.has(there.place.ben)

        sheet = story.of["Olaf"].open(f"/en/market/organise/shift/{story.shift.ref}/paper/")
        assert "Koffie schenken" in sheet.words
        story.it_is(WEDNESDAY + 2 * DAY)
        people = story.of["Olaf"].open(f"/en/market/organise/shift/{story.shift.ref}/")
        people.follow("Somebody came without signing up").press(
            "Put on the list", address=there.place.ben.address
        )
        assert story.part.state == ParticipationState.CHECKED_IN
        story.of["Olaf"].open(f"/en/market/organise/shift/{story.shift.ref}/").press("Pay 18.00")

        assert (story.part.state, story.has(there.place.ben)) == (ParticipationState.PAID, before + 18_00)
        assert there.ben.pk not in asked_by
        assert there.olaf.pk in asked_by
        all_is_well()


def test_eleven_months_at_the_maximum_of_a_month_are_blocked_where_the_year_says_so() -> None:
    """Ten times 210.00 is 2,100.00: the eleventh waits for the new year, and is paid then."""
    with time_machine.travel(datetime(2026, 1, 20, 9, 0, tzinfo=UTC), tick=False) as clock:
        story = Story(clock)
        there = story.there
        pots.fill(there.pot, 5000_00)
        month_of_work = values.item(there.neighbourhood, "Een maand lang de tuin", unit="TURN")
        values.worth(month_of_work, 210_00, on=BEGINS.date().replace(year=2025))
        garden = make.activity(there, "De tuin", item=month_of_work)
        make.confirm_year(there.municipality, 2027)
        for month in range(1, 12):
            day = datetime(2026, month, 20, 9, 0, tzinfo=UTC)
            worked = make.shift(garden, day)
            make.takes_part(worked, there.ann.person, "CLAIMED", value=210_00)
            story.it_is(day + 5 * HOUR)
            roll = story.of["Olaf"].open(f"/en/market/organise/shift/{worked.ref}/").press("Pay 210.00")
            expected = ParticipationState.PAID if month < 11 else ParticipationState.BLOCKED_BY_CAP
            assert story.part.state == expected, (month, roll.words)

        paid = Transfer.objects.filter(kind=TransferKind.REWARD)
        assert paid.count() == 10
        waits = story.of["Ann"].open(f"/en/market/mine/{story.part.ref}/").words
        assert "The maximum for volunteers is 2,100.00 per year." in waits
        assert "You get 210.00 from 1 January 2027 on." in waits
        assert "2,100.00" in story.of["Ann"].open("/en/market/earning/").words

        story.it_is(datetime(2027, 1, 2, 9, 0, tzinfo=UTC))
        assert story.part.state == ParticipationState.PAID
        assert paid.count() == 11
        all_is_well()


def clock_now() -> datetime:
    return datetime.now(tz=UTC)


@pytest.fixture
def asked_by(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The numbers of the logins of every request: what an access log would tell."""
    seen: list[Any] = []
    ask = Client.request

    def noted(self: Client, **request: Any) -> Any:
        seen.append(int(self.session.get("_auth_user_id", 0)))
        return ask(self, **request)

    monkeypatch.setattr(Client, "request", noted)
    return seen
