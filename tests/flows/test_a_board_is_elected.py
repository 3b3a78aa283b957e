"""A neighbourhood elects its board, from draft to seats, and counts again for itself: told by pages, in English.

Four vote on the site, one with help at the desk and one on paper. Somebody objects to the roll, somebody appeals.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import time_machine
from django.core.management import call_command
from pytest_django import Settings

from core.actor import Actor
from neighbourhoods.models import Ballot, BallotBox, Election, Neighbourhood, RollEntry, Seat, SeatKind
from neighbourhoods.operations.policies import add_first_policies
from neighbourhoods.states import ElectionState
from people.models import Role, User
from tests.databases import ROOT
from tests.factories.people import mandate, person
from tests.factories.residency import municipality, place, resident
from tests.flows.visitor import Visitor

BEGINS = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = ("Ann", "Ben", "Cas", "Dee", "Eva", "Fay")


class Story:
    """The polling office, the appeals panel and six residents: each step is what one of them does, or two."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock
        dijkstad = municipality()
        self.molenwijk: Neighbourhood = place(of=dijkstad)
        add_first_policies(self.molenwijk, actor=Actor.system(), at=BEGINS)
        self.logins: dict[str, User] = {name: person(name) for name in NAMES}
        for login in self.logins.values():
            resident(login, self.molenwijk)
        for name, role in (("Nora", Role.POLLING), ("Otto", Role.POLLING), ("Harm", Role.APPEALS)):
            self.logins[name] = person(name)
            mandate(person=self.logins[name], principal=dijkstad, role=role)
        self.of = {name: Visitor(login) for name, login in self.logins.items()}
        self.desk = f"/en/vote/polling/{self.molenwijk.slug}/"

    @property
    def election(self) -> Election:
        return Election.objects.select_related("box__roll", "roll").get()

    @property
    def box(self) -> BallotBox:
        box = self.election.box
        assert box is not None
        return box

    @property
    def room(self) -> str:
        return f"{self.desk}elections/{self.election.ref}/"

    def it_is(self, moment: datetime) -> None:
        """Time passes, and everything that is due happens. Who was signed in for weeks signs in again."""
        self.clock.move_to(moment)
        for name, login in self.logins.items():
            self.of[name].client.force_login(login)
        call_command("advance_votes", stdout=StringIO())

    def the_office_announces_it(self) -> None:
        self.of["Nora"].open(f"{self.desk}draft/").press(
            "Keep this draft", title="Board election", seats="3",
            nominations_from="2026-11-24T09:00", nominations_until="2026-12-08T20:00",
            freezes_at="2026-12-09T20:00", opens_at="2026-12-10T09:00", closes_at="2026-12-21T20:00",
            term_from_on="2027-02-01", term_until_on="2030-01-31",
        )  # fmt: skip
        assert "Board election" not in self.of["Ann"].open("/en/vote/").words
        self.of["Nora"].open(self.room).follow("Announce it").press("Announce this election")
        self.it_is(self.election.nominations_from)

        assert self.election.state == ElectionState.NOMINATIONS

    def four_stand_and_one_is_nominated(self) -> None:
        for name in ("Ann", "Ben", "Dee"):
            self._stands(name)
        self.of["Ben"].open(self._standing("nominate/")).press(
            "Nominate this person", email="cas@example.org"
        )
        assert "Cas" not in self.of["Eva"].open(self._standing()).words
        self._stands("Cas")

        assert "Cas" in self.of["Eva"].open(self._standing()).words

    def _stands(self, name: str) -> None:
        page = self.of[name].open(self._standing("stand/"))
        page.press("I stand for election", statement="I want to help.", has_no_interests="on")

    def _standing(self, where: str = "") -> str:
        return f"/en/vote/elections/{self.election.ref}/{where}"

    def an_objection_is_answered_before_the_roll_is_fixed(self) -> None:
        """Eva is on the roll and says that she should not be. The office leaves it as it is, with a reason."""
        self.of["Eva"].open(self._standing("roll/objection/")).press(
            "Send my objection", text="I am moving away next year."
        )
        self.it_is(self.election.freezes_at)
        assert self.election.state == ElectionState.NOMINATIONS  # it waits
        desk = self.of["Nora"].open(self.room).follow("Answer objections")
        desk.follow("Eva").press("Answer this objection", upheld="no", answer="You live here now.")
        self.it_is(self.election.freezes_at + timedelta(hours=1))

        assert self.election.state == ElectionState.ROLL_FROZEN
        assert self.box.roll.size == 6
        assert "You live here now." in self.of["Eva"].open(self._standing("roll/")).words

    def six_vote(self) -> None:
        self.it_is(self.election.opens_at)
        self.receipt = self._votes("Ann", ["Ann", "Cas"], wants_receipt=True)
        self._votes("Ben", ["Ben", "Cas"])
        self._votes("Cas", ["Cas", "Ben"])
        self._votes("Dee", ["Dee", "Cas"])
        self._with_help("Eva", ["Cas", "Dee"])
        paper = self._found("Fay").follow("On paper")
        paper.press("Hand out a paper ballot")

        marks = dict(RollEntry.objects.values_list("person__person_details__given_name", "channel"))
        online = dict.fromkeys(("Ann", "Ben", "Cas", "Dee"), "ONLINE")
        assert marks == {**online, "Eva": "ASSISTED", "Fay": "PAPER"}
        again = self.of["Ann"].open(f"/en/vote/{self.box.ref}/")
        assert "You have voted" in again.words
        assert Ballot.objects.count() == 5

    def _votes(self, name: str, order: list[str], *, wants_receipt: bool = False) -> str:
        voter = self.of[name].open(f"/en/vote/{self.box.ref}/")
        voter.press("Look at my vote", **self._numbers(voter, order))
        voter.press("Cast my vote", **({"wants_receipt": "on"} if wants_receipt else {}))
        assert "You have voted" in voter.words
        code = voter.page.find(class_="code-box")
        return code.get_text(strip=True) if code else ""

    def _with_help(self, name: str, order: list[str]) -> None:
        desk = self._found(name).follow("On this device, with help")
        desk.press("Look at the vote", **self._numbers(desk, order))
        desk.press("Cast this vote")

    def _found(self, name: str) -> Visitor:
        desk = self.of["Nora"].open(f"{self.room}voters/").press("Search the roll", q=name)
        return desk.follow(name)

    def _numbers(self, page: Visitor, order: list[str]) -> dict[str, str]:
        """Which fields of the ballot get which number."""
        fields = {}
        for row in page.page.select(".ballot__row"):
            field = row.find("input")
            label = row.select_one(".ballot__name bdi")
            assert field is not None
            assert label is not None
            fields[label.get_text(strip=True).split()[0]] = str(field["name"])
        return {fields[name]: str(number) for number, name in enumerate(order, start=1)}

    def nobody_knows_how_it_stands(self) -> None:
        for name in ("Ann", "Nora", "Harm"):
            page = self.of[name].open(f"/en/vote/{self.box.ref}/result/")
            assert "Elected" not in page.words
            answer = page.client.get(f"/en/vote/{self.box.ref}/result.json")
            assert "elected" not in answer.content.decode()

    def two_enter_the_paper_and_it_is_counted(self) -> None:
        self.it_is(self.box.closes_at)
        assert self.election.state == ElectionState.CLOSED
        labels = {
            str(one.candidate.person_details.given_name): str(one.number)
            for one in self.election.nominations.select_related("candidate__person_details")
        }
        line = f"{labels['Ann']} {labels['Cas']}"
        self.of["Nora"].open(f"{self.room}paper/").press("Enter these ballots", ballots=line)
        self.of["Otto"].open(f"{self.room}paper/").press(
            "Enter these ballots", ballots=f"{line} {labels['Ben']}"
        )
        assert Ballot.objects.count() == 5  # not the same: nothing is in
        self.of["Otto"].open(f"{self.room}paper/").press("Enter these ballots", ballots=line)
        self.it_is(self.box.closes_at + timedelta(hours=1))

        assert Ballot.objects.count() == 6
        assert self.election.state == ElectionState.PROVISIONAL

    def anybody_counts_again(self, folder: Path) -> None:
        page = self.of["Eva"].open(f"/en/vote/{self.box.ref}/result/")
        file = folder / "result.json"
        file.write_bytes(page.download("All votes (JSON)"))
        told = json.loads(file.read_text())
        again = subprocess.run(
            [sys.executable, "-m", "neighbourhoods.counting", "check", str(file)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip

        assert again.returncode == 0, again.stdout + again.stderr
        assert len(told["input"]["ballots"]) == 6
        assert [code for _choice, code in told["input"]["ballots"] if code] == [self.receipt]
        assert len(told["sheet"]["outcome"]["elected"]) == 3
        assert "Cas" in {told["labels"][key].split()[0] for key in told["sheet"]["outcome"]["elected"]}

    def an_appeal_keeps_it_provisional_until_it_is_decided(self) -> None:
        self.of["Fay"].open(f"/en/vote/{self.box.ref}/appeal/").press(
            "Send my appeal", grounds="The room was closed when I came."
        )
        deadline = self.election.appeals_until
        assert deadline is not None
        self.it_is(deadline + DAY)
        assert self.election.state == ElectionState.PROVISIONAL
        panel = self.of["Harm"].open("/en/vote/polling/appeals/").follow("Board election")
        panel.follow("Take it up").press("Take it up")
        panel.follow("Everybody was heard").press("Everybody was heard")
        panel.follow("Rule on it").press("Rule on it", upheld="no", ruling="There was time enough.")
        self.it_is(deadline + 2 * DAY)

        assert self.election.state == ElectionState.FINAL
        assert "There was time enough." in self.of["Ben"].open(f"/en/vote/{self.box.ref}/result/").words

    def the_elected_take_their_seats(self) -> None:
        seats = Seat.objects.filter(election=self.election)
        assert seats.count() == 3
        assert set(seats.values_list("kind", flat=True)) == {SeatKind.ELECTED}
        self.it_is(datetime(2027, 2, 1, 9, 0, tzinfo=UTC))
        member = seats.select_related("person__login").order_by("pk")[0].person.login
        assert Visitor(member).open(f"/en/vote/board/{self.molenwijk.slug}/").words


def test_a_board_is_elected_and_the_votes_are_counted_again(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    with time_machine.travel(BEGINS, tick=False) as clock:
        story = Story(clock)
        story.the_office_announces_it()
        story.four_stand_and_one_is_nominated()
        story.an_objection_is_answered_before_the_roll_is_fixed()
        story.six_vote()
        story.nobody_knows_how_it_stands()
        story.two_enter_the_paper_and_it_is_counted()
        story.anybody_counts_again(tmp_path)
        story.an_appeal_keeps_it_provisional_until_it_is_decided()
        story.the_elected_take_their_seats()
