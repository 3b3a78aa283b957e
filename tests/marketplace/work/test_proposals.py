"""Work that lies before a team. A yes to a shift signs up."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.refusals import NotAllowed
from ledger.operations import KeyReused
from marketplace.models import (
    Offer,
    OfferKind,
    Participation,
    Shift,
    TeamAnswer,
    TeamMember,
    TeamProposal,
)
from marketplace.operations.proposals import (
    NotForTeam,
    ProposalTooLong,
    ProposedAlready,
    WorkedAlready,
    answer,
    propose,
)
from marketplace.operations.taking_part.checking import AboveMaximum, OverlappingShift
from marketplace.operations.teams import TeamEnded, end_team, leave
from marketplace.states import ParticipationState, ShiftState
from people.models import PersonDetails, User
from tests.factories.activities import (
    AT,
    YEAR,
    Season,
    activity,
    born,
    confirm_year,
    season,
    shift,
    takes_part,
)
from tests.factories.market import demand, supply
from tests.factories.people import actor, person
from tests.factories.residency import resident, second_login
from tests.marketplace.work.conftest import SignIn
from tests.marketplace.work.making import DAY, proposed, reading_aloud, team

KEY = "00000000-0000-4000-8000-00000000f001"
HOUR = timedelta(hours=1)
_T = ParticipationState


def say(of: TeamProposal, by: User, *, joins: bool = True, **more: Any) -> TeamAnswer:
    return answer(proposal=of, joins=joins, actor=actor(by), **{"key": uuid.uuid4(), "at": AT, **more})


def states(of: Shift) -> dict[str, str]:
    found = Participation.objects.filter(shift=of).select_related("person__person_details").order_by("pk")
    return {row.person.details.given_name: row.state for row in found}  # type: ignore[union-attr]


# --- Proposing --------------------------------------------------------------------------------------------------------


def test_a_member_proposes_and_the_others_hear_of_it(there: Season) -> None:
    made = team(there, there.ann, there.ben)
    PersonDetails.objects.update(language="en")
    mail.outbox.clear()

    that = proposed(made, there.ann, shift=reading_aloud(there), text="Gaan we samen?")

    assert {one for letter in mail.outbox for one in letter.to} == {there.ben.email, there.olaf.email}
    assert mail.outbox[0].subject == "For your team: Voorlezen op school"
    assert reverse("team_proposal", args=[that.ref]).split("/", 2)[2] in mail.outbox[0].body
    assert "Gaan we samen?" not in mail.outbox[0].body


def test_the_same_form_proposes_once(there: Season) -> None:
    made, that, key = team(there, there.ann), reading_aloud(there), uuid.uuid4()

    first, again = (
        propose(team=made, shift=that, key=key, actor=actor(there.ann), at=AT) for _time in range(2)
    )

    assert first == again
    with pytest.raises(KeyReused):
        propose(team=made, offer=demand(there.market), key=key, actor=actor(there.ann), at=AT)


def test_a_team_has_a_thing_before_it_once(there: Season) -> None:
    made, that, job = team(there, there.ann), reading_aloud(there), demand(there.market)
    for thing in ({"shift": that}, {"offer": job}):
        proposed(made, there.ann, **thing)

        with pytest.raises(ProposedAlready):
            proposed(made, there.olaf, **thing)


def test_the_database_refuses_a_proposal_of_nothing_of_two_things_and_one_made_twice(there: Season) -> None:
    made, that = team(there, there.ann), reading_aloud(there)
    row = {"team": made, "proposed_by": there.ann.person, "proposed_at": AT}
    proposed(made, there.ann, shift=that)

    for thing in ({}, {"shift": that, "offer": demand(there.market)}, {"shift": that}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TeamProposal.objects.bulk_create([TeamProposal(**row, **thing, key=uuid.uuid4())])


@pytest.mark.parametrize(
    "changes",
    [{"starts_at": AT - HOUR}, {"state": ShiftState.CANCELLED}],
)
def test_a_shift_that_nobody_can_sign_up_for_is_not_proposed(there: Season, changes: dict[str, Any]) -> None:
    made, that = team(there, there.ann), reading_aloud(there)
    Shift.objects.filter(pk=that.pk).update(**changes)

    with pytest.raises(NotForTeam):
        proposed(made, there.ann, shift=that)


def test_what_is_elsewhere_offered_or_nothing_is_not_proposed(there: Season) -> None:
    made = team(there, there.ann)
    elsewhere = season("Sluiskade", "NL02ABNA0123456789")
    sold_out = demand(there.market)
    Offer.objects.filter(pk=sold_out.pk).update(stock=0)

    for thing in (
        {"shift": reading_aloud(elsewhere)},
        {"offer": demand(elsewhere.market)},
        {"offer": supply(there.market)},
        {"offer": sold_out},
        {},
    ):
        with pytest.raises(NotForTeam):
            proposed(made, there.ann, **thing)


def test_who_is_not_in_the_team_proposes_nothing(there: Season) -> None:
    kim = person("Kim")
    resident(kim, there.neighbourhood)
    made = team(there, there.ann, asked=(kim,))

    for login in (there.ben, kim, there.bea):
        with pytest.raises(NotAllowed):
            proposed(made, login, shift=reading_aloud(there))


def test_words_that_do_not_fit_are_refused(there: Season) -> None:
    with pytest.raises(ProposalTooLong):
        proposed(team(there, there.ann), there.ann, shift=reading_aloud(there), text="x" * 501)


# --- Answering --------------------------------------------------------------------------------------------------------


def test_a_yes_signs_up_and_a_no_takes_off_again(there: Season) -> None:
    that = reading_aloud(there)
    lies = proposed(team(there, there.ann), there.ann, shift=that)

    say(lies, there.ann)
    assert (states(that), TeamAnswer.objects.get().joins) == ({"Ann": _T.SIGNED_UP}, True)

    say(lies, there.ann, joins=False)
    assert (states(that), TeamAnswer.objects.get().joins) == ({"Ann": _T.WITHDRAWN}, False)

    say(lies, there.ann)
    assert Participation.objects.filter(shift=that, state=_T.SIGNED_UP).count() == 1


def test_saying_yes_twice_or_by_a_second_login_signs_up_once(there: Season) -> None:
    that = reading_aloud(there)
    lies = proposed(team(there, there.ann), there.ann, shift=that)

    for login in (there.ann, there.ann, second_login(there.ann)):
        say(lies, login)

    assert (Participation.objects.count(), TeamAnswer.objects.count()) == (1, 1)


def test_who_signed_up_by_themself_says_yes_to_the_team(there: Season) -> None:
    that = reading_aloud(there)
    takes_part(that, there.ann.person)
    lies = proposed(team(there, there.ann), there.olaf, shift=that)

    say(lies, there.ann)

    assert (states(that), TeamAnswer.objects.get().joins) == ({"Ann": _T.SIGNED_UP}, True)


def test_whoever_comes_last_is_on_the_waiting_list(there: Season) -> None:
    that = reading_aloud(there, places=1)
    lies = proposed(team(there, there.ann, there.ben), there.olaf, shift=that)

    say(lies, there.ann)
    say(lies, there.ben, at=AT + HOUR)

    assert states(that) == {"Ann": _T.SIGNED_UP, "Ben": _T.WAITING}


def test_when_signing_up_is_refused_there_is_no_yes(there: Season) -> None:
    that = reading_aloud(there)
    takes_part(shift(activity(there), that.starts_at - HOUR, hours=2), there.ann.person)
    lies = proposed(team(there, there.ann), there.olaf, shift=that)

    with pytest.raises(OverlappingShift):
        say(lies, there.ann)

    assert not TeamAnswer.objects.exists()


def test_above_a_maximum_a_yes_needs_to_know_that(there: Season) -> None:
    confirm_year(there.municipality, YEAR, per_month=1_00, version=2)
    that = reading_aloud(there)
    lies = proposed(team(there, there.ann), there.olaf, shift=that)

    with pytest.raises(AboveMaximum):
        say(lies, there.ann)
    assert (states(that), TeamAnswer.objects.count()) == ({}, 0)

    say(lies, there.ann, knows_maximum=True)
    assert states(that) == {"Ann": _T.SIGNED_UP}


@pytest.mark.parametrize("state", [_T.CHECKED_IN, _T.CLAIMED, _T.CONFIRMED])
def test_who_was_there_cannot_say_no_to_it_any_more(there: Season, state: str) -> None:
    that = reading_aloud(there)
    lies = proposed(team(there, there.ann), there.olaf, shift=that)
    takes_part(that, there.ann.person, state)

    with pytest.raises(WorkedAlready):
        say(lies, there.ann, joins=False, at=that.ends_at)

    assert not TeamAnswer.objects.exists()


def test_a_coach_somebody_who_is_asked_and_somebody_who_left_do_not_answer(there: Season) -> None:
    kim = person("Kim")
    resident(kim, there.neighbourhood)
    made = team(there, there.ann, asked=(kim,))
    lies = proposed(made, there.olaf, shift=reading_aloud(there))
    leave(member=TeamMember.objects.get(person=there.ann.person), actor=actor(there.ann), at=AT)

    for login in (there.olaf, kim, there.ann, there.ben):
        with pytest.raises(NotAllowed):
            say(lies, login)


def test_in_a_team_that_ended_nothing_is_proposed_or_answered(there: Season) -> None:
    made, that = team(there, there.ann), reading_aloud(there)
    lies = proposed(made, there.ann, shift=that)
    end_team(team=made, actor=actor(there.olaf), at=AT)

    with pytest.raises(TeamEnded):
        say(lies, there.ann)
    with pytest.raises(TeamEnded):
        proposed(made, there.ann, offer=demand(there.market))

    assert states(that) == {}


def test_a_yes_to_a_job_tells_the_team_and_answers_nothing_for_anybody(there: Season) -> None:
    job = demand(there.market, by=there.club, kind=OfferKind.JOB)
    lies = proposed(team(there, there.ann), there.olaf, offer=job)

    say(lies, there.ann)

    assert (TeamAnswer.objects.get().joins, job.responses.count()) == (True, 0)


# --- The pages --------------------------------------------------------------------------------------------------------


def test_the_page_tells_who_joins_and_signs_up_with_its_button(browser: SignIn, there: Season) -> None:
    that = reading_aloud(there)
    made = team(there, there.ann, there.ben)
    lies = proposed(made, there.olaf, shift=that, text="Gaan we samen?")
    say(lies, there.ben)
    client, url = browser(there.ann), reverse("team_proposal", args=[lies.ref])

    page = client.get(url).content.decode()
    answer_of = [client.post(url, {"key": KEY, "joins": "yes"}) for _time in range(2)]

    assert ("Joining: Ben de Vries" in page, "Gaan we samen?" in page, "Yes, sign me up" in page) == (
        True,
    ) * 3
    assert {one.headers["Location"] for one in answer_of} == {reverse("team", args=[made.ref])}
    assert states(that) == {"Ben": _T.SIGNED_UP, "Ann": _T.SIGNED_UP}
    assert "You are signed up." in client.get(url).content.decode()


def test_the_page_asks_first_when_it_goes_above_a_maximum(browser: SignIn, there: Season) -> None:
    confirm_year(there.municipality, YEAR, per_month=1_00, version=2)
    lies = proposed(team(there, there.ann), there.olaf, shift=reading_aloud(there))
    client, url = browser(there.ann), reverse("team_proposal", args=[lies.ref])
    assert "knows_maximum" not in client.get(url).content.decode()

    page = client.post(url, {"key": KEY, "joins": "yes"}).content.decode()
    client.post(url, {"key": KEY, "joins": "yes", "knows_maximum": "on"})

    assert ("knows_maximum" in page, Participation.objects.count()) == (True, 1)


def test_the_coach_reads_the_page_and_has_no_buttons(browser: SignIn, there: Season) -> None:
    lies = proposed(team(there, there.ann), there.olaf, shift=reading_aloud(there))
    url = reverse("team_proposal", args=[lies.ref])

    page = browser(there.olaf).get(url).content.decode()

    assert 'name="joins"' not in page
    for login in (there.ben, there.bea, there.market.cas_login):
        assert browser(login).get(url).status_code == 404


@pytest.mark.parametrize("data", [{}, {"key": KEY}, {"joins": "yes"}, {"key": KEY, "joins": "maybe"}])
def test_half_an_answer_is_none(browser: SignIn, there: Season, data: dict[str, str]) -> None:
    lies = proposed(team(there, there.ann), there.olaf, shift=reading_aloud(there))

    page = browser(there.ann).post(reverse("team_proposal", args=[lies.ref]), data)

    assert (page.status_code, TeamAnswer.objects.count()) == (200, 0)


@pytest.mark.parametrize("what", ["shift", "offer"])
def test_a_member_proposes_from_what_they_see(browser: SignIn, there: Season, what: str) -> None:
    made = team(there, there.ann)
    things: dict[str, Any] = {
        "shift": reading_aloud(there),
        "offer": demand(there.market, by=there.club, kind=OfferKind.JOB),
    }
    client = browser(there.ann)
    url = f"{reverse('team_propose')}?{what}={things[what].ref}&team={made.ref}"

    assert url.replace("&", "&amp;") in client.get(reverse("team_work", args=[made.ref])).content.decode()
    for _time in range(2):
        client.post(url, {"key": KEY, "team": str(made.ref), "text": "Gaan we?"})

    (lies,) = TeamProposal.objects.all()
    assert (getattr(lies, what), lies.text) == (things[what], "Gaan we?")


@pytest.mark.parametrize("named", ["", "?shift=x", "?offer=x", f"?shift={KEY}", f"?offer={KEY}"])
def test_nothing_is_proposed_by_an_address_that_names_nothing(
    browser: SignIn, there: Season, named: str
) -> None:
    team(there, there.ann)

    assert browser(there.ann).get(reverse("team_propose") + named).status_code == 404


def test_what_is_not_open_and_teams_of_others_cannot_be_named(browser: SignIn, there: Season) -> None:
    others, that = team(there, there.ben), reading_aloud(there)
    draft = demand(there.market, state="DRAFT")
    hidden = shift(activity(there, "Nog niet", state="DRAFT"))
    client, url = browser(there.ann), f"{reverse('team_propose')}?shift={that.ref}"

    assert client.get(url).status_code == 404  # is in no team
    team(there, there.ann, name="Van Ann")
    assert client.get(f"{reverse('team_propose')}?offer={draft.ref}").status_code == 404
    assert client.get(f"{reverse('team_propose')}?shift={hidden.ref}").status_code == 404
    page = client.post(url, {"key": KEY, "team": str(others.ref), "text": ""}).content.decode()
    assert ("Choose from the list." in page, TeamProposal.objects.count()) == (True, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_a_team_costs_the_same_however_much_lies_before_it(
    browser: SignIn, there: Season, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    members = [there.ann, there.ben]
    for one in range(number - 1):
        login = person(f"Kim{one}")
        resident(login, there.neighbourhood)
        born(login.person)
        members.append(login)
    made = team(there, *members)
    for one in range(number):
        that = shift(activity(there, f"Koffie {one}"), AT + (one + 2) * DAY, places=9)
        lies = proposed(made, there.olaf, shift=that)
        proposed(made, there.olaf, offer=demand(there.market, f"Hulp {one}", by=there.club))
        for login in members:
            say(lies, login)
    client = browser(there.ann)

    with django_assert_num_queries(25):
        client.get(reverse("team", args=[made.ref]))
    with django_assert_num_queries(16):
        client.get(reverse("team_work", args=[made.ref]))
