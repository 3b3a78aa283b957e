"""Teams: who begins one, who is asked, who sees it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from core.actor import Actor
from core.audit import lines_about
from core.refusals import NotAllowed, Refusal
from ledger.operations import KeyReused
from marketplace.models import Admission, SeenBy, Team, TeamMember
from marketplace.operations.standing import NotAdmitted
from marketplace.operations.teams import (
    MOST_ADDRESSES_A_DAY,
    AboutTooLong,
    BirthdayUnknown,
    InTeamAlready,
    LivesElsewhere,
    NameMissing,
    NotAsked,
    TeamEnded,
    TooManyAddresses,
    TooYoungForTeam,
    ask,
    ask_address,
    end_team,
    end_teams,
    join,
    leave,
    start_team,
)
from marketplace.permissions import NotYourActivity
from people.models import Mandate, PersonDetails, User
from tests.factories.activities import AT, Season, born
from tests.factories.people import actor, person
from tests.factories.residency import resident, second_login
from tests.marketplace.work.conftest import SignIn
from tests.marketplace.work.making import DAY, reading, team, tell

KEY = "00000000-0000-4000-8000-00000000e001"


@pytest.fixture
def kim(there: Season) -> User:
    """Kim lives there and reads English."""
    login = person("Kim")
    resident(login, there.neighbourhood)
    PersonDetails.objects.filter(party=login.person).update(language="en")
    born(login.person)
    return login


def begin(there: Season, by: User, **more: Any) -> Team:
    told = {"organisation": there.club, "name": "Aan de slag", "key": uuid.UUID(KEY), **more}
    return start_team(neighbourhood=there.neighbourhood, **told, actor=actor(by), at=AT)


def names(of: Team) -> list[str]:
    inside = TeamMember.objects.filter(team=of, joined_at__isnull=False, left_at__isnull=True)
    return [one.person.display_name for one in inside.order_by("pk")]


# --- Beginning --------------------------------------------------------------------------------------------------------


def test_who_organises_for_an_organisation_begins_a_team_once(there: Season) -> None:
    made = [begin(there, there.olaf) for _time in range(2)]

    assert made[0] == made[1]
    assert (made[0].coach, made[0].organisation) == (there.olaf.person, there.club)
    with pytest.raises(KeyReused):
        begin(there, there.market.sjoerd, organisation=there.market.shop.holder)


def test_who_does_not_organise_for_it_begins_none(there: Season) -> None:
    with pytest.raises(NotYourActivity):
        begin(there, there.ann)
    with pytest.raises(NotAdmitted):
        begin(there, there.ann, organisation=there.ann.person)
    Admission.objects.filter(organisation=there.club).update(until_on=AT.date() - DAY)
    with pytest.raises(NotAdmitted):
        begin(there, there.olaf)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [({"name": "  "}, NameMissing), ({"name": "x" * 81}, NameMissing), ({"about": "x" * 301}, AboutTooLong)],
)
def test_a_team_has_a_name_that_fits(there: Season, told: dict[str, str], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        begin(there, there.olaf, **told)


def test_the_form_begins_it_once_however_often_it_is_sent(browser: SignIn, there: Season) -> None:
    client, url = browser(there.olaf), f"{reverse('team_new')}?in=molenwijk"
    told = {"key": KEY, "organisation": str(there.club.uuid), "name": "Aan de slag", "about": ""}

    answers = [client.post(url, told) for _time in range(2)]

    made = Team.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {reverse("team", args=[made.ref])}
    assert f'value="{there.club.uuid}" selected' in client.get(url).content.decode()


def test_who_organises_nothing_finds_no_such_form(browser: SignIn, there: Season) -> None:
    assert browser(there.ann).get(f"{reverse('team_new')}?in=molenwijk").status_code == 404
    assert browser(there.olaf).get(f"{reverse('team_new')}?in=nergens").status_code == 404
    assert reverse("team_new") not in browser(there.ann).get(reverse("teams")).content.decode()
    assert reverse("team_new") in browser(there.olaf).get(reverse("teams")).content.decode()


# --- Asking and joining -----------------------------------------------------------------------------------------------


def test_somebody_is_in_a_team_once_they_say_yes(there: Season, kim: User) -> None:
    made = team(there, asked=(kim,))
    assert names(made) == []

    again = [join(team=made, actor=actor(kim), at=AT + DAY) for _time in range(2)]

    assert again[0].joined_at == again[1].joined_at == AT + DAY
    assert names(made) == ["Kim de Vries"]
    assert [line.event for line in lines_about(kim.person) if line.event.startswith("team.")] == [
        "team.join",
        "team.ask",
    ]


def test_nobody_is_asked_who_is_in_it_lives_elsewhere_or_is_a_child(there: Season, kim: User) -> None:
    made, by = team(there, there.ann, asked=(kim,)), actor(there.olaf)
    born(there.ben.person, date(2011, 5, 1))
    resident(there.olaf, there.neighbourhood)
    twin = second_login(there.ann)

    for login, refusal in (
        (there.ann, InTeamAlready),
        (twin, InTeamAlready),
        (kim, InTeamAlready),
        (there.olaf, InTeamAlready),  # coaches it
        (there.market.cas_login, LivesElsewhere),
        (there.ben, TooYoungForTeam),
    ):
        with pytest.raises(refusal):
            ask(team=made, person=login.person, actor=by, at=AT)


def test_the_database_knows_somebody_once_in_a_team(there: Season) -> None:
    made = team(there, there.ann)

    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMember.objects.bulk_create([TeamMember(team=made, person=there.ann.person, asked_at=AT)])


def test_nobody_joins_unasked(there: Season) -> None:
    with pytest.raises(NotAsked):
        join(team=team(there), actor=actor(there.ann), at=AT)


def test_who_moved_away_meanwhile_does_not_join(there: Season, kim: User) -> None:
    made = team(there, asked=(kim,))
    kim.person.residencies.update(state="ENDED")

    with pytest.raises(LivesElsewhere):
        join(team=made, actor=actor(kim), at=AT)


def test_a_coach_learns_nothing_of_an_address(
    browser: SignIn,
    there: Season,
    kim: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    made = team(there, there.ann)
    client, url = browser(there.olaf), reverse("team_ask", args=[made.ref])
    mail.outbox.clear()  # Ann was written to when she was asked
    addresses = [kim.email.upper(), there.ann.email, there.market.cas_login.email, "niemand@example.org"]

    with django_capture_on_commit_callbacks(execute=True):
        pages = [client.post(url, {"email": email}, follow=True).content.decode() for email in addresses]

    assert all("Does somebody in Molenwijk sign in with this address?" in page for page in pages)
    assert [letter.to for letter in mail.outbox] == [[kim.email]]
    assert "Join the team “Aan de slag”?" in mail.outbox[0].subject
    assert "Olaf" in mail.outbox[0].body
    # Until she says yes, nothing shows that she was found.
    assert "Kim" not in client.get(reverse("team", args=[made.ref])).content.decode()


def test_addresses_are_not_tried_by_the_dozen(there: Season) -> None:
    made, by = team(there), actor(there.olaf)
    for one in range(MOST_ADDRESSES_A_DAY):
        ask_address(team=made, email=f"iemand{one}@example.org", actor=by, at=AT)

    with pytest.raises(TooManyAddresses):
        ask_address(team=made, email="nog@example.org", actor=by, at=AT)

    ask_address(team=made, email="morgen@example.org", actor=by, at=AT + DAY)


def test_a_coach_asks_who_shows_what_they_can_do(browser: SignIn, there: Season) -> None:
    made, profile = team(there), tell(there.ann, can=(reading(),), seen_by=SeenBy.ORGANISERS)
    client = browser(there.olaf)
    query = f"team={made.ref}"

    page = client.get(f"{reverse('work_people', args=['molenwijk'])}?{query}").content.decode()
    client.post(f"{reverse('work_ask', args=['molenwijk', profile.pk])}?{query}")

    assert "Ask Ann de Vries to join" in page
    assert TeamMember.objects.get().person == there.ann.person
    assert browser(there.ben).get(f"{reverse('work_people', args=['molenwijk'])}?{query}").status_code == 404


# --- Leaving and ending -----------------------------------------------------------------------------------------------


def test_a_member_leaves_and_can_be_asked_again(there: Season) -> None:
    made = team(there, there.ann)
    member = TeamMember.objects.get()

    leave(member=member, actor=actor(there.ann), at=AT)

    with pytest.raises(NotAsked):
        leave(member=member, actor=actor(there.ann), at=AT)
    ask(team=made, person=there.ann.person, actor=actor(there.olaf), at=AT)
    assert TeamMember.objects.count() == 2


def test_the_coach_takes_somebody_out_and_nobody_else_does(there: Season) -> None:
    made = team(there, there.ann, there.ben)
    of_ann = TeamMember.objects.get(person=there.ann.person)

    for login in (there.ben, there.bob, there.market.cas_login):
        with pytest.raises(NotAllowed):
            leave(member=of_ann, actor=actor(login), at=AT)
    leave(member=of_ann, actor=actor(there.olaf), at=AT)

    assert names(made) == ["Ben de Vries"]


def test_in_a_team_that_ended_nothing_happens_any_more(there: Season, kim: User) -> None:
    made, by = team(there, there.ann, asked=(kim,)), actor(there.olaf)
    with pytest.raises(NotAllowed):
        end_team(team=made, actor=actor(there.ann), at=AT)

    end_team(team=made, actor=by, at=AT)

    for deed in (
        lambda: end_team(team=made, actor=by, at=AT),
        lambda: ask(team=made, person=there.ben.person, actor=by, at=AT),
        lambda: ask_address(team=made, email="kim@example.org", actor=by, at=AT),
        lambda: join(team=made, actor=actor(kim), at=AT),
    ):
        with pytest.raises(TeamEnded):
            deed()


@pytest.mark.parametrize("whose", ["coach", "organisation"])
def test_a_team_ends_when_its_coach_is_forgotten_or_its_organisation_closes(
    there: Season, whose: str
) -> None:
    made = team(there, there.ann)

    end_teams(getattr(made, whose), AT)

    made.refresh_from_db()
    assert made.ended_at == AT
    assert next(line.event for line in lines_about(there.olaf.person)) == "team.end"


def test_the_system_coaches_nobody(there: Season) -> None:
    made = team(there)

    with pytest.raises(NotAllowed):
        ask(team=made, person=there.ann.person, actor=Actor.system(), at=AT)


# --- Who sees it ------------------------------------------------------------------------------------------------------


PAGES = ("team", "team_work", "team_leave", "team_ask", "team_end")


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("olaf", {"team", "team_work", "team_ask", "team_end"}),
        ("ann", {"team", "team_work", "team_leave"}),
        ("kim", {"team", "team_leave"}),  # is asked
        ("ben", set()),  # a neighbour
        ("bea", set()),  # on the board
        ("cas", set()),
        ("colleague", set()),  # organises for the same club
    ],
)
def test_a_team_is_there_for_its_members_and_its_coach_alone(
    browser: SignIn, there: Season, kim: User, who: str, found: set[str]
) -> None:
    made = team(there, there.ann, asked=(kim,))
    colleague = person("Co")
    Mandate.objects.create(
        person=colleague.person, principal=there.club, role="ORGANISER", from_on=date(2026, 1, 1)
    )
    logins = {
        "olaf": there.olaf, "ann": there.ann, "kim": kim, "ben": there.ben, "bea": there.bea, "colleague": colleague,
        "cas": there.market.cas_login,
    }  # fmt: skip
    client = browser(logins[who])

    assert {name for name in PAGES if client.get(reverse(name, args=[made.ref])).status_code == 200} == found


def test_who_is_asked_reads_whose_team_it_is_and_not_who_is_in_it(
    browser: SignIn, there: Season, kim: User
) -> None:
    made = team(there, there.ann, asked=(kim,))
    client, url = browser(kim), reverse("team", args=[made.ref])

    page = client.get(url).content.decode()
    client.post(reverse("team_join", args=[made.ref]))

    assert ("Olaf" in page, "Ann" in page) == (True, False)
    assert "Ann" in client.get(url).content.decode()


def test_who_left_or_coaches_no_more_sees_it_no_more(browser: SignIn, there: Season) -> None:
    made = team(there, there.ann)
    leave(member=TeamMember.objects.get(), actor=actor(there.ann), at=AT)
    Mandate.objects.filter(person=there.olaf.person, principal=there.club).update(until_on=AT.date() - DAY)
    url = reverse("team", args=[made.ref])

    assert [browser(login).get(url).status_code for login in (there.ann, there.olaf)] == [404, 404]


def test_the_account_tells_that_a_team_asks(browser: SignIn, there: Season, kim: User) -> None:
    made = team(there, asked=(kim,))
    client = browser(kim)

    account = client.get(reverse("account")).content.decode()

    assert ("1 team asks you to join." in account, reverse("teams") in account) == (True, True)
    assert reverse("team", args=[made.ref]) in client.get(reverse("teams")).content.decode()
    assert client.get(reverse("team_join", args=[made.ref])).status_code == 405


def test_the_pages_of_leaving_and_taking_out_ask_first(browser: SignIn, there: Season) -> None:
    made = team(there, there.ann, there.ben)
    of_ben = TeamMember.objects.get(person=there.ben.person)

    browser(there.ann).post(reverse("team_leave", args=[made.ref]))
    take_out = reverse("team_remove", args=[made.ref, of_ben.pk])
    page = browser(there.olaf).get(take_out).content.decode()
    assert ("Take Ben de Vries out of the team?" in page, names(made)) == (True, ["Ben de Vries"])
    browser(there.olaf).post(take_out)
    browser(there.olaf).post(reverse("team_end", args=[made.ref]))

    made.refresh_from_db()
    assert (names(made), made.ended_at) == ([], AT)
    assert browser(there.olaf).get(take_out).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_teams_costs_the_same_however_long_it_is(
    browser: SignIn, there: Season, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for one in range(number):
        team(there, there.ann, name=f"Team {one}")
    client = browser(there.ann)

    with django_assert_num_queries(12):
        client.get(reverse("teams"))


def test_who_did_not_tell_their_age_is_asked_and_joins_once_they_did(there: Season, kim: User) -> None:
    PersonDetails.objects.filter(party=kim.person).update(born_on=None)
    made = begin(there, there.olaf)
    ask(team=made, person=kim.person, actor=actor(there.olaf), at=AT)

    with pytest.raises(BirthdayUnknown):
        join(team=made, actor=actor(kim), at=AT)
    assert TeamMember.objects.get().joined_at is None

    born(kim.person)
    join(team=made, actor=actor(kim), at=AT)
    assert TeamMember.objects.get().joined_at == AT
