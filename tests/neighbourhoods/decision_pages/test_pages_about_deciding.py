"""The pages of the tree about who decides: the board, what is open and decided, an election, how we decide."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from content.models import BasePage
from core.actor import Actor
from neighbourhoods.counting import Method
from neighbourhoods.founding import add_decisions
from neighbourhoods.models import (
    BoardPage,
    DecisionsPage,
    Election,
    ElectionPage,
    HowWeDecidePage,
    Interest,
    Minutes,
    Neighbourhood,
    Proposal,
    ProposalKind,
    Proxy,
    RollEntry,
    SeatKind,
    Subject,
)
from neighbourhoods.operations.founding import refound
from neighbourhoods.operations.policies import FIRST, set_policy
from neighbourhoods.states import ElectionState, MeetingState, MinutesState, NominationState, ProposalState
from tests.factories import democracy as votes
from tests.factories.neighbourhoods import TODAY, election_page, found, root_of, seat_for
from tests.factories.people import person
from tests.factories.residency import resident

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def molenwijk() -> Neighbourhood:
    made = found("Molenwijk")
    add_decisions(made, actor=SYSTEM, at=votes.OPENS)
    return made


def read(client: Client, kind: type[BasePage], language: str = "nl") -> str:
    page = kind.objects.get(locale__language_code=language)
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def motion(of: Neighbourhood, title: str, *, state: str = ProposalState.VOTING) -> Proposal:
    return Proposal.objects.create(
        neighbourhood=of, policy=votes.policy(of, Subject.MOTION), kind=ProposalKind.MOTION, title=title,
        text="Omdat het kan.", language="nl", proposed_by=person(title.replace(" ", "")).person,
        proposed_at=votes.VOTING, is_written_round=True, state=state, key=uuid.uuid4(),
    )  # fmt: skip


class TestTheBoard:
    def test_it_shows_who_sits_there_until_when_and_their_interests(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        seat = seat_for(person("Ann"), molenwijk, kind=SeatKind.ELECTED)
        Interest.objects.create(
            person=seat.person, neighbourhood=molenwijk, text="Bakkerij De Korst", from_on=TODAY
        )

        with time_machine.travel(votes.VOTING, tick=False):
            page = read(client, BoardPage)

        assert [words in page for words in ("Ann de Vries", "31 december 2029", "Bakkerij De Korst")] == [
            True
        ] * 3

    def test_an_interest_that_has_ended_is_not_told(self, client: Client, molenwijk: Neighbourhood) -> None:
        seat = seat_for(person("Ann"), molenwijk)
        over = TODAY - timedelta(days=1)
        Interest.objects.create(
            person=seat.person, neighbourhood=molenwijk, text="Bakkerij De Korst", from_on=over, until_on=over
        )

        with time_machine.travel(votes.VOTING, tick=False):
            page = read(client, BoardPage)

        assert "Bakkerij De Korst" not in page

    def test_an_appointed_board_is_shown_as_such_and_an_elected_one_is_not(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        said = "aangewezen door de gemeente"
        seat = seat_for(person("Ann"), molenwijk)
        with time_machine.travel(votes.VOTING, tick=False):
            appointed = read(client, BoardPage)
            type(seat).objects.filter(pk=seat.pk).update(kind=SeatKind.ELECTED)
            elected = read(client, BoardPage)

        assert (said in appointed, said in elected) == (True, False)

    def test_drafts_of_minutes_are_not_for_everybody(self, client: Client, molenwijk: Neighbourhood) -> None:
        for title, state in (("Klad", MinutesState.DRAFT), ("Klaar", MinutesState.PUBLISHED)):
            held = votes.meeting(
                molenwijk, title=f"Vergadering {title}", state=MeetingState.HELD, starts_at=votes.OPENS
            )
            Minutes.objects.create(
                meeting=held, text="Wat er gezegd is.", state=state, published_at=votes.OPENS
            )

        page = read(client, BoardPage)

        assert ("Vergadering Klad" in page, "Vergadering Klaar" in page) == (False, True)

    def test_what_is_long_over_or_was_called_off_is_not_coming(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        votes.meeting(molenwijk, title="Straks", state=MeetingState.INVITED)
        votes.meeting(molenwijk, title="Afgelast", state=MeetingState.CANCELLED)
        votes.meeting(molenwijk, title="Geweest", state=MeetingState.INVITED, starts_at=votes.OPENS)

        with time_machine.travel(votes.VOTING, tick=False):
            page = read(client, BoardPage)

        assert [words in page for words in ("Straks", "Afgelast", "Geweest")] == [True, False, False]

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_however_many_sit_there(
        self, client: Client, molenwijk: Neighbourhood, number: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for i in range(number):
            seat = seat_for(person(f"Ann{i}"), molenwijk)
            Interest.objects.create(
                person=seat.person, neighbourhood=molenwijk, text=f"Winkel {i}", from_on=TODAY
            )
            votes.meeting(molenwijk, title=f"Straks {i}", state=MeetingState.INVITED)
            held = votes.meeting(molenwijk, title=f"Toen {i}", state=MeetingState.HELD, starts_at=votes.OPENS)
            Minutes.objects.create(meeting=held, text="Goed.", state=MinutesState.PUBLISHED)
        with time_machine.travel(votes.VOTING, tick=False):
            read(client, BoardPage)
            with django_assert_num_queries(BOARD):
                read(client, BoardPage)


class TestDecisions:
    def test_it_shows_what_is_open_and_what_was_decided(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        motion(molenwijk, "Een bankje")
        motion(molenwijk, "Een lamp", state=ProposalState.ADOPTED)
        motion(molenwijk, "Een fontein", state=ProposalState.REJECTED)
        motion(molenwijk, "Een idee", state=ProposalState.PROPOSED)

        response = client.get(DecisionsPage.objects.get(locale__language_code="nl").url)

        assert [row.title for row in response.context["open"]] == ["Een bankje"]
        assert {row.title for row in response.context["decided"]} == {"Een lamp", "Een fontein"}

    def test_a_draft_of_an_election_is_shown_to_nobody(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        votes.election(molenwijk, title="Nog geheim", state=ElectionState.DRAFT)

        assert "Nog geheim" not in read(client, DecisionsPage)

    def test_nothing_of_another_neighbourhood_is_shown(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        elsewhere = found("Sluiskade")
        motion(elsewhere, "Een brug")
        votes.election(elsewhere, title="Verkiezing Sluiskade")

        page = read(client, DecisionsPage)

        assert ("Een brug" in page, "Verkiezing Sluiskade" in page) == (False, False)

    def test_what_does_not_fit_stands_on_the_next_page(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        for number in range(13):
            motion(molenwijk, f"Voorstel {number}", state=ProposalState.ADOPTED)
        url = DecisionsPage.objects.get(locale__language_code="nl").url

        first, second = (client.get(f"{url}?page={page}").context["decided"] for page in (1, 2))

        assert (len(first), len(second)) == (12, 1)
        assert {row.title for row in (*first, *second)} == {f"Voorstel {number}" for number in range(13)}

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_however_much_there_is(
        self, client: Client, molenwijk: Neighbourhood, number: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for i in range(number):
            motion(molenwijk, f"Nu {i}")
            motion(molenwijk, f"Toen {i}", state=ProposalState.ADOPTED)
            votes.election(molenwijk, title=f"Vorige {i}", state=ElectionState.ANNULLED)
            votes.election(molenwijk, title=f"Deze {i}")
        read(client, DecisionsPage)
        with django_assert_num_queries(DECISIONS):
            read(client, DecisionsPage)


class TestAnElection:
    def test_its_page_is_made_when_it_is_announced_in_both_languages(self, molenwijk: Neighbourhood) -> None:
        made = votes.election(molenwijk, title="Verkiezing van het bestuur")

        election_page(made)

        titles = ElectionPage.objects.filter(election=made).values_list("locale__language_code", "title")
        assert dict(titles) == {"nl": "Verkiezing van het bestuur", "en": "Verkiezing van het bestuur"}

    def test_refounding_makes_the_page_that_one_lacks_but_not_of_a_draft(
        self, molenwijk: Neighbourhood
    ) -> None:
        running = votes.election(molenwijk, title="Verkiezing van het bestuur")
        votes.election(molenwijk, title="Nog niet", state=ElectionState.DRAFT)

        for _again in range(2):
            refound(neighbourhood=molenwijk, actor=SYSTEM, at=votes.VOTING)

        made = ElectionPage.objects.live().values_list("locale__language_code", "election")
        assert sorted(made) == [("en", running.pk), ("nl", running.pk)]

    def test_candidates_stand_in_another_order_each_time(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        people = [person(name) for name in ("Ann", "Ben", "Cas", "Dee")]
        page = election_page(votes.election_in_voting(molenwijk, people, people))

        first = Counter(
            client.get(page.url).context["candidates"][0].candidate.display_name for _visit in range(60)
        )

        assert set(first) == {f"{name} de Vries" for name in ("Ann", "Ben", "Cas", "Dee")}

    def test_who_did_not_accept_is_not_shown(self, client: Client, molenwijk: Neighbourhood) -> None:
        made = votes.election(molenwijk)
        votes.nomination(made, person("Ann"))
        votes.nomination(made, person("Ben"), state=NominationState.PROPOSED)

        page = client.get(election_page(made).url).content.decode()

        assert ("Ann de Vries" in page, "Ben de Vries" in page) == (True, False)

    @pytest.mark.parametrize("state", [state for state in ElectionState if state != ElectionState.DRAFT])
    def test_it_can_be_read_in_every_state(
        self, client: Client, molenwijk: Neighbourhood, state: str
    ) -> None:
        ann = person("Ann")
        made = votes.election_in_voting(molenwijk, [ann], [ann])
        page = election_page(made)
        Election.objects.filter(pk=made.pk).update(state=state, appeals_until=votes.AFTER)
        if state in {ElectionState.PROVISIONAL, ElectionState.FINAL}:
            count(made)

        response = client.get(page.url)

        assert response.status_code == 200
        elected = [one.candidate.display_name for one in response.context["elected"]]
        assert elected == (
            ["Ann de Vries"] if state in {ElectionState.PROVISIONAL, ElectionState.FINAL} else []
        )


def count(made: Election) -> None:
    """Close and count what nobody voted in but Ann herself."""
    from neighbourhoods.operations.ballots import cast, close_box, count_box
    from neighbourhoods.queries.ballots import form_hash
    from tests.factories.people import actor

    assert made.box is not None
    login = made.nominations.get().candidate.login
    cast(
        box=made.box, person=login.person, choice=["1"], wants_receipt=False, form_hash=form_hash(made.box),
        actor=actor(login), at=votes.VOTING,
    )  # fmt: skip
    close_box(box=made.box, actor=SYSTEM, at=votes.AFTER)
    made.box.refresh_from_db()
    count_box(box=made.box, actor=SYSTEM, at=votes.AFTER)


class TestHowWeDecide:
    def test_it_is_told_from_the_policies(self, client: Client, molenwijk: Neighbourhood) -> None:
        before = read(client, HowWeDecidePage)
        values = FIRST[Subject.MOTION]

        set_policy(
            neighbourhood=molenwijk, subject=Subject.MOTION, values=replace(values, majority="2/3"), actor=SYSTEM,
            at=votes.OPENS,
        )  # fmt: skip
        after = read(client, HowWeDecidePage)

        assert ("twee derde" in before, "twee derde" in after) == (False, True)

    def test_every_method_and_secrecy_has_words(self, client: Client, molenwijk: Neighbourhood) -> None:
        for method in Method:
            votes.policy(
                molenwijk, Subject.CONFIRMATION, method=method, turnout_quorum="1/5", approval_quorum="3/4"
            )

            page = read(client, HowWeDecidePage, "en")

            assert "1 in 5" in page
            assert "three quarters" in page

    def test_what_an_election_with_few_candidates_takes_from_the_rules_of_elections_is_told_there_alone(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        values = replace(FIRST[Subject.ELECTION], voting_days=20, appeal_days=15, max_proxies=2)
        set_policy(
            neighbourhood=molenwijk, subject=Subject.ELECTION, values=values, actor=SYSTEM, at=votes.OPENS
        )

        page = read(client, HowWeDecidePage, "en")

        # Ten days are those of a vote about a value.
        assert (page.count("Voting takes 20 days"), page.count("Voting takes 10 days")) == (1, 1)
        assert ("15 days to appeal" in page, "for more than 1 other." in page) == (True, False)


class TestTheFrontPage:
    def test_a_resident_is_asked_for_what_they_can_still_do(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        ann, ben = person("Ann"), person("Ben")
        election_page(votes.election_in_voting(molenwijk, [ann], [ann]))
        front = root_of(molenwijk).url

        with time_machine.travel(votes.VOTING, tick=False):
            client.force_login(ann)
            asked = client.get(front).context["ask"]
            client.force_login(ben)
            told = client.get(front).context["ask"]

        assert (asked.action, told.action) == ("Stem", "Bekijk de verkiezing")

    def test_whoever_holds_a_proxy_is_asked_to_vote_with_it_there_and_on_their_own_page(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        ann, ben = person("Ann"), person("Ben")
        box = votes.election_in_voting(molenwijk, [ann], [ann, ben]).box
        assert box is not None
        RollEntry.objects.filter(person=ann.person).update(channel="ONLINE")
        Proxy.objects.create(entry=box.roll.entries.get(person=ben.person), holder=ann.person)
        client.force_login(ann)

        with time_machine.travel(votes.VOTING, tick=False):
            asked = client.get(root_of(molenwijk).url).context["ask"]
            own = client.get("/en/account/").content.decode()

        question, url = "Vote for Ben de Vries, by proxy", f"vote/{box.ref}/?for={ben.person.uuid}"
        assert (asked.question, asked.url) == ("Stem voor Ben de Vries, met een volmacht", f"/nl/{url}")
        assert (question in own, f"/en/{url}" in own) == (True, True)

    def test_a_resident_is_asked_whether_they_support_a_call_for_a_new_election(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        ann, ben = person("Ann"), person("Ben")
        resident(ann, molenwijk)
        Proposal.objects.create(
            neighbourhood=molenwijk, policy=votes.policy(molenwijk, Subject.RECALL), kind=ProposalKind.RECALL,
            title="Nieuw bestuur", text="Er gebeurt niets.", language="nl", proposed_by=ben.person,
            proposed_at=votes.OPENS, key=uuid.uuid4(), state=ProposalState.PROPOSED,
        )  # fmt: skip

        with time_machine.travel(votes.VOTING, tick=False):
            client.force_login(ann)
            asked = client.get(root_of(molenwijk).url).context["ask"]
            client.force_login(ben)
            told = client.get(root_of(molenwijk).url).context["ask"]

        assert asked.url == reverse("recall", args=["molenwijk"])
        assert told is None

    def test_nothing_is_asked_when_nothing_is_going_on(
        self, client: Client, molenwijk: Neighbourhood
    ) -> None:
        assert client.get(root_of(molenwijk).url).context["ask"] is None


BOARD, DECISIONS = 24, 30
