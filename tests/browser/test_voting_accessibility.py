"""Every kind of page about deciding, for each of those who use it, with what goes wrong and what is empty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from core.actor import Actor
from neighbourhoods.models import Appeal, BallotBox, Election, Meeting, RollEntry, RollObjection
from neighbourhoods.operations.ballots import cast, enter_paper, give_proxy
from neighbourhoods.operations.elections import advance
from neighbourhoods.queries.ballots import form_hash
from neighbourhoods.states import ElectionState, MeetingState
from people.models import Party, User
from tests.browser.accessible import note, words_of
from tests.browser.people import sign_in, walk_from
from tests.browser.test_wallet_accessibility import Look as WalletLook
from tests.plugins.browser import OpenPage, Site

pytestmark = [
    pytest.mark.once,
    # Wagtail leaves the temporary file of a scaled picture to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

VOTER, CANDIDATE = "fatma@example.org", "ana@example.org"
FRIEND = "daan@example.org"
OFFICER, COLLEAGUE = "nienke@havermeer.example", "ruud@havermeer.example"
PANEL, CLERK, CHAIR = "harm@havermeer.example", "els@havermeer.example", "tineke@molenwijk.example"
OFFICE, ROOM = "/nl/vote/polling/", "/nl/vote/board/molenwijk/"
MAIN = "main form:not([action*=logout]) .btn--main"
HOUR = timedelta(hours=1)


class Look(WalletLook):
    """A browser that goes on from the page where it is, too."""

    def become(self, email: str) -> None:
        self.page.context.clear_cookies()
        sign_in(self.page, self.site, email)

    def walk(self, *starts: str, below: tuple[str, ...]) -> None:
        """Look at every kind of page that these addresses lead to."""
        for address in walk_from(self.page, self.site, *starts, below=below):
            note(self.page, address, self.wrong)

    def send(self, name: str, button: str = MAIN) -> None:
        """Press a button of the page that is open and look at what comes."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        note(self.page, name, self.wrong)

    def wrongly(self, address: str, **filled: str) -> None:
        """Send a form that is not right: the page says what is wrong."""
        self.press(address, **filled)
        self.there(".errors")

    def number(self, *numbers: str) -> None:
        """Write these numbers beside the names, from the top."""
        for place, number in enumerate(numbers):
            self.page.locator(".ballot__row input.rank__n").nth(place).fill(number)


# --- What happens meanwhile -------------------------------------------------------------------------------------------


def election_in(slug: str) -> Election:
    return Election.objects.select_related("box__roll", "neighbourhood").get(neighbourhood__slug=slug)


def box_in(slug: str) -> BallotBox:
    box = election_in(slug).box
    assert box is not None
    return box


def acting(email: str, principal: Party | None = None) -> Actor:
    user = User.objects.select_related("person").get(email=email)
    return Actor(user=user, person=user.person, principal=principal or user.person)


def days_pass(slug: str, **moments: timedelta) -> None:
    """As if these moments of the election lay so far from now; then everything that is due happens."""
    now = timezone.now()
    Election.objects.filter(neighbourhood__slug=slug).update(
        **{name: now + way for name, way in moments.items()}
    )
    assert advance(now=now).failed == []


def voting_ends(slug: str) -> None:
    BallotBox.objects.filter(pk=box_in(slug).pk).update(closes_at=timezone.now() - HOUR)
    days_pass(slug, closes_at=-HOUR)


def neighbours_who_can_vote(box: BallotBox) -> list[Party]:
    """Those on the roll that nobody signs in as here, and who did not vote."""
    entries = RollEntry.objects.filter(
        roll=box.roll_id, is_included=True, channel="", person__login__isnull=False
    )
    others = entries.exclude(person__login__email__in=[VOTER, CANDIDATE, FRIEND]).order_by("pk")
    return [entry.person for entry in others.select_related("person__login", "person__person_details")]


def somebody_gives_a_proxy_to(email: str, box: BallotBox) -> Party:
    giver = neighbours_who_can_vote(box)[0]
    actor = Actor(user=giver.login, person=giver, principal=giver)
    holder = User.objects.select_related("person").get(email=email).person
    give_proxy(roll=box.roll, giver=giver, holder=holder, actor=actor, at=timezone.now())
    return giver


# --- Who looks --------------------------------------------------------------------------------------------------------


def look_as_a_visitor(look: Look) -> None:
    front = "/nl/havermeer/molenwijk/"
    below = (front + "besluiten/", front + "bestuur/", front + "zo-beslissen-we/", "/nl/vote/")
    look.walk(front + "besluiten/", front + "bestuur/", below=below)
    box = f"/nl/vote/{box_in('sluiskade').ref}/"
    look.at(box + "roll/", box + "result/")


def look_as_a_voter(look: Look) -> str:
    """From the front page to the ballot, with every mistake; then the vote, and its receipt code."""
    box = box_in("sluiskade")
    ballot = f"/nl/vote/{box.ref}/"
    look.be(VOTER, "/nl/vote/", ballot, below=(ballot,))
    look.wrongly(ballot)
    look.number("1", "1")
    look.send("two names with one number")
    look.there(".errors")
    look.at(ballot)
    look.send("is a blank vote your vote?", "button[value=blank]")
    look.wrongly(ballot + "proxy/", holder="niemand@example.org")
    look.press(ballot + "proxy/", holder=FRIEND)
    look.send("a proxy that was taken back", "button[value=take_back]")
    giver = somebody_gives_a_proxy_to(VOTER, box)
    look.at(ballot + "roll/", f"{ballot}?for={giver.uuid}", ballot)
    look.there("#proxies")
    look.number("1", "2", "3")
    look.send("is this your vote?")
    look.there(".your-votes")
    look.page.locator("[name=wants_receipt]").check()
    look.send("you have voted")
    code = look.page.locator(".code-box").inner_text().strip()
    look.at("/nl/vote/", ballot, ballot + "roll/")
    return code


def look_as_a_candidate(look: Look) -> None:
    election = f"/nl/vote/elections/{election_in('zonneveld').ref}/"
    look.be(CANDIDATE, "/nl/vote/", election, below=(election,))
    look.wrongly(election + "nominate/", email="geen adres")
    look.wrongly(election + "roll/objection/")
    look.press(election + "roll/objection/", text="Ik woon hier al langer.")
    look.at(election + "roll/")
    look.wrongly(election + "stand/")
    look.page.locator("[name=has_no_interests]").check()
    look.page.locator("[name=statement]").fill("Kinderen moeten veilig kunnen spelen.")
    look.send("you stand for election")
    look.wrongly(election + "words/", statement="")
    look.at(election + "withdraw/")


def look_at_the_polling_office(look: Look) -> None:
    """Before the voting in one neighbourhood, during it and after it in another."""
    look.be(OFFICER, OFFICE, below=(OFFICE + "zonneveld/",))
    office = f"{OFFICE}zonneveld/elections/{election_in('zonneveld').ref}/"
    look.wrongly(OFFICE + "zonneveld/draft/", title="")
    look.wrongly(office + "cancel/")
    objection = f"{office}objections/{RollObjection.objects.get().pk}/"
    look.wrongly(objection)
    look.page.locator("[name=upheld]").last.check()
    look.page.locator("[name=answer]").fill("Je staat er goed in.")
    look.send("an objection that is answered")

    office = f"{OFFICE}sluiskade/elections/{election_in('sluiskade').ref}/"
    look.at(office, office + "paper/")
    look.wrongly(office + "extend/")
    look.wrongly(office + "voters/")
    look.press(office + "voters/", q="kangoeroe")
    look.there(".empty")
    on_paper, helped = neighbours_who_can_vote(box_in("sluiskade"))[1:3]
    look.press(office + "voters/", q=on_paper.person_details.family_name)
    look.send("somebody on the roll", "main .row__title a")
    entry = RollEntry.objects.get(roll=box_in("sluiskade").roll_id, person=on_paper)
    look.at(f"{office}voters/{entry.pk}/paper/")
    look.press(f"{office}voters/{entry.pk}/paper/")
    look.at(f"{office}voters/{entry.pk}/")
    entry = RollEntry.objects.get(roll=box_in("sluiskade").roll_id, person=helped)
    look.wrongly(f"{office}voters/{entry.pk}/help/")
    look.number("1")
    look.send("is this the vote of who is helped?")
    look.page.locator("[name=wants_receipt]").check()
    look.send("somebody voted with help")
    look.there(".code-box")


def look_at_the_paper(look: Look) -> None:
    """One ballot on paper, entered by two: one by these pages, the other elsewhere."""
    voting_ends("sluiskade")
    office = f"{OFFICE}sluiskade/elections/{election_in('sluiskade').ref}/"
    look.at(OFFICE + "sluiskade/", office)
    look.wrongly(office + "paper/")
    look.press(office + "paper/", ballots="1 2")
    look.at(office + "paper/")
    municipality = election_in("sluiskade").neighbourhood.municipality
    enter_paper(
        box=box_in("sluiskade"), choices=[["1", "2"]], actor=acting(COLLEAGUE, municipality), at=timezone.now()
    )  # fmt: skip
    days_pass("sluiskade")
    assert election_in("sluiskade").state == ElectionState.PROVISIONAL
    look.at(office, OFFICE + "sluiskade/seats/")


def look_at_a_result(look: Look, code: str) -> None:
    """A provisional one, that somebody appeals against."""
    look.become(VOTER)
    box = f"/nl/vote/{box_in('sluiskade').ref}/"
    look.at("/nl/havermeer/sluiskade/besluiten/", box + "result/", box)
    look.wrongly(box + "receipt/")
    look.press(box + "receipt/", code="AAAA-AAAA-AAAA-AAAA")
    look.press(box + "receipt/", code=code)
    look.there(".your-votes")
    look.wrongly(box + "appeal/")
    look.press(box + "appeal/", grounds="Het Sluishuis was een uur eerder dicht.")
    look.at(box + "appeal/", box + "result/")


def look_at_the_panel(look: Look) -> None:
    appeal = f"{OFFICE}appeals/{Appeal.objects.get(box=box_in('sluiskade').pk).ref}/"
    look.be(PANEL, OFFICE + "appeals/", appeal, below=(OFFICE + "appeals/",))
    look.wrongly(appeal + "turn-away/")
    look.press(appeal + "admit/")
    look.press(appeal + "hear/")
    look.wrongly(appeal + "rule/")


def look_at_few_ballots(look: Look) -> None:
    """As many candidates as seats, so that residents say yes or no to each; and only two vote."""
    days_pass("zonneveld", nominations_until=-3 * HOUR, freezes_at=-2 * HOUR, opens_at=-HOUR)
    box = box_in("zonneveld")
    assert box.method == "YES_NO"
    look.become(CANDIDATE)
    ballot = f"/nl/vote/{box.ref}/"
    look.at("/nl/havermeer/zonneveld/", ballot)
    look.wrongly(ballot)
    for answer in look.page.locator(".ballot fieldset").all():
        answer.locator("input[type=radio]").first.check()
    look.send("is this your yes?")
    look.send("you have voted yes")
    neighbour = neighbours_who_can_vote(box)[0]
    cast(
        box=box, person=neighbour, choice=dict.fromkeys(box.options, "no"), wants_receipt=False,
        form_hash=form_hash(box), actor=Actor(user=neighbour.login, person=neighbour, principal=neighbour),
        at=timezone.now(),
    )  # fmt: skip
    voting_ends("zonneveld")
    look.at(ballot + "result/")
    look.there("#few")


def look_at_the_rules(look: Look) -> None:
    look.be(CLERK, OFFICE, below=(OFFICE + "zonneveld/policies/",))
    look.wrongly(OFFICE + "zonneveld/policies/ELECTION/", nomination_days="")


def look_at_the_board(look: Look) -> None:
    look.be(CHAIR, ROOM, below=(ROOM,))
    look.wrongly(ROOM + "interests/")
    look.press(ROOM + "interests/", text="Werkt bij de bakker")
    look.wrongly(ROOM + "motions/propose/")
    look.press(ROOM + "motions/propose/", title="Een bank erbij", text="Dan kan iedereen zitten.")
    proposal = look.page.url.removeprefix(look.site.url)
    look.walk(proposal, below=(proposal,))
    look.wrongly(ROOM + "meetings/plan/")
    days = timezone.localdate() + timedelta(days=20)
    look.press(ROOM + "meetings/plan/", title="Extra vergadering", on=days.isoformat(), place="De Wiek")
    planned = look.page.url.removeprefix(look.site.url)
    look.wrongly(planned + "agenda/add/")
    for title in ("Opening", "Het plein"):
        look.press(planned + "agenda/add/", title=title)
    look.walk(planned, below=(planned,))
    look.wrongly(planned + "cancel/")
    Meeting.objects.filter(state=MeetingState.INVITED).update(starts_at=timezone.now() - HOUR)
    begun = f"{ROOM}meetings/{Meeting.objects.get(state=MeetingState.INVITED).ref}/"
    look.walk(begun, below=(begun,))
    look.wrongly(begun + "hold/")
    for member in look.page.locator("main fieldset").all():
        member.locator("input[type=radio]").first.check()
    look.send("who is there", MAIN)
    look.wrongly(begun + "minutes/", text="")
    look.press(begun + "minutes/", text="De voorzitter opent.", others_present="3")
    look.at(ROOM, begun, begun + "minutes/publish/")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_kind_of_page_about_deciding_is_accessible(
    demo_site: Site, open_page: OpenPage, width: int, scheme: str
) -> None:
    # Tall enough that the bar at the bottom covers nothing: axe takes what lies beneath it for too small.
    look = Look(demo_site, open_page(width=width, height=20_000, color_scheme=scheme))

    look_as_a_visitor(look)
    code = look_as_a_voter(look)
    look_as_a_candidate(look)
    look_at_the_polling_office(look)
    look_at_the_paper(look)
    look_at_a_result(look, code)
    look_at_the_panel(look)
    look_at_few_ballots(look)
    look_at_the_rules(look)
    look_at_the_board(look)

    assert look.wrong == {}, words_of(look.wrong)
