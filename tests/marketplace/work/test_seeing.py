"""Who sees what somebody can do, and who finds them to ask."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from core.models import AuditEntry
from core.refusals import NotAllowed
from marketplace.models import Admission, Offer, SeenBy, SkillProfile
from marketplace.operations.skills import (
    MOST_A_DAY,
    ApproachedAlready,
    NotOpenForHelp,
    TooManyApproaches,
    approach,
)
from marketplace.states import ActivityState
from marketplace.work_sight import may_see_profile
from people.models import PersonDetails, Role, User
from tests.factories.activities import AT, Season
from tests.factories.market import demand
from tests.factories.people import actor, mandate, person
from tests.factories.residency import resident, second_login
from tests.marketplace.work.conftest import SignIn
from tests.marketplace.work.making import DAY, reading, reading_aloud, team, tell

TODAY = AT.date()
NOBODY, ORGANISERS, RESIDENTS = SeenBy.NOBODY, SeenBy.ORGANISERS, SeenBy.RESIDENTS


def people_url(query: str = "", slug: str = "molenwijk") -> str:
    return reverse("work_people", args=[slug]) + (f"?{query}" if query else "")


def helper(there: Season) -> User:
    """Kim lives there, shows what she can do, and reads English."""
    login = person("Kim")
    resident(login, there.neighbourhood)
    PersonDetails.objects.filter(party=login.person).update(language="en")
    return login


# --- Who sees it ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("ann", {NOBODY, ORGANISERS, RESIDENTS}),
        ("ben", {RESIDENTS}),  # a neighbour
        ("olaf", {ORGANISERS, RESIDENTS}),  # organises for a club that was let in
        ("bea", {ORGANISERS, RESIDENTS}),  # on the board, which organises too
        ("sjoerd", {ORGANISERS, RESIDENTS}),
        ("cas", set()),  # lives elsewhere
        ("seller", set()),  # sells for the club, and does not organise
    ],
)
@pytest.mark.parametrize("seen_by", [NOBODY, ORGANISERS, RESIDENTS])
def test_a_profile_is_read_by_whom_its_owner_shows_it_to(
    there: Season, who: str, sees: set[str], seen_by: str
) -> None:
    seller = person("Sia")
    mandate(person=seller, principal=there.club, role=Role.OPERATOR)
    logins = {
        "ann": there.ann, "ben": there.ben, "olaf": there.olaf, "bea": there.bea, "sjoerd": there.market.sjoerd,
        "cas": there.market.cas_login, "seller": seller,
    }  # fmt: skip
    profile = tell(there.ann, seen_by=seen_by)

    assert may_see_profile(logins[who].person, profile, TODAY) is (seen_by in sees)


def test_who_organises_for_a_club_that_runs_out_sees_no_more_than_others(there: Season) -> None:
    profile = tell(there.ann, seen_by=RESIDENTS)
    Admission.objects.filter(organisation=there.club).update(until_on=TODAY - DAY)

    assert not may_see_profile(there.olaf.person, profile, TODAY)
    assert may_see_profile(second_login(there.ann).person, profile, TODAY)


@pytest.mark.parametrize(("seen_by", "sees"), [(NOBODY, False), (ORGANISERS, True), (RESIDENTS, True)])
def test_the_members_of_a_team_see_what_is_shown_to_the_team(there: Season, seen_by: str, sees: bool) -> None:
    profile = tell(there.ann, seen_by=seen_by)
    kim = helper(there)
    made = team(there, there.ann, there.ben, asked=(kim,))

    assert may_see_profile(there.ben.person, profile, TODAY) is sees
    assert may_see_profile(kim.person, profile, TODAY) is (seen_by == RESIDENTS)  # has not said yes
    made.ended_at = AT
    made.save()
    assert may_see_profile(there.ben.person, profile, TODAY) is (seen_by == RESIDENTS)


# --- The list ---------------------------------------------------------------------------------------------------------


def test_neighbours_and_organisers_read_their_own_list(browser: SignIn, there: Season) -> None:
    tell(there.ann, about="Alles voor iedereen", seen_by=RESIDENTS)
    tell(helper(there), about="Voor clubs", seen_by=ORGANISERS)

    of_ben = browser(there.ben).get(people_url()).content.decode()
    of_olaf = browser(there.olaf).get(people_url()).content.decode()

    assert ("Alles voor iedereen" in of_ben, "Voor clubs" in of_ben) == (True, False)
    assert ("Alles voor iedereen" in of_olaf, "Voor clubs" in of_olaf) == (True, True)
    assert "Alles voor iedereen" not in browser(there.ann).get(people_url()).content.decode()


def test_whoever_has_nothing_to_do_there_finds_no_list(browser: SignIn, there: Season) -> None:
    assert browser(there.market.cas_login).get(people_url()).status_code == 404
    assert browser(there.ann).get(people_url(slug="nergens")).status_code == 404
    assert Client().get(people_url()).status_code == 302


@pytest.mark.parametrize(
    "named", ["activity=x", "offer=x", "team=x", "activity=00000000-0000-4000-8000-000000000001"]
)
def test_an_address_that_names_nothing_is_no_page(browser: SignIn, there: Season, named: str) -> None:
    assert browser(there.olaf).get(people_url(named)).status_code == 404


def test_only_its_organiser_looks_for_people_for_an_activity(browser: SignIn, there: Season) -> None:
    that = reading_aloud(there)
    tell(there.ann, can=(reading(),), free=((2, "MORNING"),))
    url = people_url(f"activity={that.activity.ref}")

    page = browser(there.olaf).get(url).content.decode()

    assert "Can help with voorlezen en huiswerk. Is free on Tuesday morning." in page
    assert browser(there.ben).get(url).status_code == 404
    assert browser(there.market.sjoerd).get(url).status_code == 404


def test_who_sells_for_the_club_and_sees_nobody_reads_that_nobody_was_found(
    browser: SignIn, there: Season
) -> None:
    seller = person("Sia")
    mandate(person=seller, principal=there.club, role=Role.OPERATOR)
    wanted = demand(there.market, by=there.club)
    tell(there.ann, can=(there.market.category,))
    client, query = browser(seller), f"offer={wanted.ref}"

    assert people_url(query) in client.get(reverse("offer", args=[wanted.ref])).content.decode()
    assert "Nobody found yet" in client.get(people_url(query)).content.decode()
    assert "Ask Ann de Vries to help" in browser(there.olaf).get(people_url(query)).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    browser: SignIn, there: Season, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for one in range(number):
        login = person(f"Kim{one}")
        resident(login, there.neighbourhood)
        tell(login, can=(reading(),), free=((2, "MORNING"),))
    client = browser(there.ben)

    with django_assert_num_queries(14):
        client.get(people_url())


# --- Asking -----------------------------------------------------------------------------------------------------------


def ask_url(profile: SkillProfile, query: str) -> str:
    return f"{reverse('work_ask', args=['molenwijk', profile.pk])}?{query}"


def test_asking_somebody_mails_them_and_shows_their_address_to_nobody(
    browser: SignIn, there: Season, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    that, kim = reading_aloud(there), helper(there)
    profile = tell(kim, can=(reading(),))
    client, query = browser(there.olaf), f"activity={that.activity.ref}"

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ask_url(profile, query), follow=True)

    (letter,) = mail.outbox
    page = answer.content.decode()
    assert (letter.to, "Do you want to help? Voorlezen op school" in letter.subject) == ([kim.email], True)
    assert f"/activities/{that.activity.ref}/" in letter.body
    assert "Kim de Vries gets a mail, and decides." in page
    assert kim.email not in page
    assert not re.search(re.escape(kim.email), client.get(people_url(query)).content.decode())


def test_nobody_is_asked_twice_for_the_same(there: Season) -> None:
    that = reading_aloud(there)
    profile = tell(there.ann, can=(reading(),))
    by = actor(there.olaf)
    approach(profile=profile, thing=that.activity, actor=by, at=AT)

    with pytest.raises(ApproachedAlready):
        approach(profile=profile, thing=that.activity, actor=by, at=AT + 30 * DAY)

    wanted = demand(there.market, by=there.club)
    approach(profile=profile, thing=wanted, actor=by, at=AT)
    assert AuditEntry.objects.filter(event="skill_profile.approach").count() == 2


def test_nobody_writes_to_a_whole_neighbourhood(there: Season) -> None:
    that = reading_aloud(there)
    profile = tell(there.ann)
    others = [demand(there.market, f"Vraag {one}", by=there.club) for one in range(MOST_A_DAY)]
    for one in others:
        approach(profile=profile, thing=one, actor=actor(there.olaf), at=AT)

    with pytest.raises(TooManyApproaches):
        approach(profile=profile, thing=that.activity, actor=actor(second_login(there.olaf)), at=AT)

    approach(profile=profile, thing=that.activity, actor=actor(there.olaf), at=AT + DAY)


@pytest.mark.parametrize("state", [ActivityState.DRAFT, ActivityState.PAUSED, ActivityState.FINISHED])
def test_nobody_is_asked_for_what_is_not_open(there: Season, state: str) -> None:
    that = reading_aloud(there)
    profile = tell(there.ann)
    type(that.activity).objects.filter(pk=that.activity_id).update(state=state)

    with pytest.raises(NotOpenForHelp):
        approach(profile=profile, thing=that.activity, actor=actor(there.olaf), at=AT)


@pytest.mark.parametrize("more", [{"stock": 0}, {"state": "PAUSED"}, {"until_on": TODAY - DAY}])
def test_nobody_is_asked_for_what_is_not_wanted_any_more(there: Season, more: dict[str, Any]) -> None:
    wanted = demand(there.market, by=there.club)
    profile = tell(there.ann)
    Offer.objects.filter(pk=wanted.pk).update(**more)

    with pytest.raises(NotOpenForHelp):
        approach(profile=profile, thing=wanted, actor=actor(there.olaf), at=AT)


def test_who_does_not_organise_it_or_is_not_shown_it_asks_nobody(browser: SignIn, there: Season) -> None:
    that = reading_aloud(there)
    hidden = tell(there.ann, seen_by=NOBODY)
    shown = tell(there.ben)
    query = f"activity={that.activity.ref}"

    for login, profile in ((there.olaf, hidden), (there.ann, shown), (there.market.sjoerd, shown)):
        with pytest.raises(NotAllowed):
            approach(profile=profile, thing=that.activity, actor=actor(login), at=AT)
        assert browser(login).post(ask_url(profile, query)).status_code == 404
    assert browser(there.olaf).get(ask_url(shown, query)).status_code == 405
    assert browser(there.olaf).post(ask_url(shown, "")).status_code == 404
    assert not AuditEntry.objects.filter(event="skill_profile.approach").exists()
