"""The page of one activity: what everybody sees, what somebody has to do with it, and choosing a shift."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.models import Activity, Participation, Team
from marketplace.states import ActivityState, ParticipationState
from people.models import PartyKind
from tests.factories import values
from tests.factories.activities import AT, DAY, Season, activity, born, shift, takes_part
from tests.factories.neighbourhoods import found
from tests.factories.people import mandate, organisation, person
from tests.factories.residency import place, resident
from tests.marketplace.activity_browse.scene import said, signed_in


def url(of: Activity) -> str:
    return f"/en/market/activities/{of.ref}/"


def team(there: Season, name: str) -> Team:
    """A team that Ann coaches."""
    return Team.objects.create(
        name=name, neighbourhood=there.neighbourhood, organisation=there.club, coach=there.ann.person, made_at=AT,
        key=uuid.uuid4(),
    )  # fmt: skip


class TestWhatItSays:
    def test_what_it_earns_who_decided_that_and_what_a_shift_comes_to(self, there: Season) -> None:
        coffee = activity(there, text={"summary": "Met een praatje.", "asks": "Niets."})
        shift(coffee, hours=3)

        page = said(Client().get(url(coffee)))

        assert "+6.00" in page
        assert "per hour, in Molenmunten" in page
        assert "A shift of 3 hours is 18.00." in page
        assert "Read the decision" in page
        assert "Met een praatje." in page
        assert "The 6.00 per hour is then fixed." in page

    def test_a_new_value_is_shown_as_soon_as_it_holds(self, there: Season) -> None:
        coffee = activity(there)
        shift(coffee)
        values.worth(there.item, 8_00, on=AT.date())

        assert "+8.00" in said(Client().get(url(coffee)))

    def test_without_a_value_nobody_is_promised_anything(self, there: Season) -> None:
        one = activity(there, item=values.item(there.neighbourhood, "Breien"))
        shift(one)

        page = said(Client().get(url(one)))

        assert "This has no value now." in page
        assert "Sign in and sign up" not in page

    def test_what_makes_it_fit_how_one_gets_there_and_from_which_age(self, there: Season) -> None:
        coffee = activity(
            there, step_free=True, spoken="Nederlands, Turks", travel="Bus 4", lowest_age=12,
            asks_conduct_certificate=True,
        )  # fmt: skip

        page = said(Client().get(url(coffee)))

        for words in (
            "No steps on the way in", "Nederlands, Turks", "Bus 4", "from 12 years old", "a parent or guardian",
            "certificate of conduct (VOG)",
        ):  # fmt: skip
            assert words in page, words

    def test_the_pot_says_what_is_promised_to_nobody_yet(self, there: Season) -> None:
        coffee = activity(there)
        takes_part(shift(coffee, hours=3), there.ann.person)  # 18,00 of the 500,00

        assert "482.00 left that is promised to nobody yet." in said(Client().get(url(coffee)))

    def test_markup_in_words_is_shown_as_it_was_typed(self, there: Season) -> None:
        evil = "<script>alert(1)</script>"
        coffee = activity(
            there, evil, place=evil, travel=evil, spoken=evil, text={"summary": evil, "about": evil}
        )
        shift(coffee, host=evil)

        assert "<script>alert" not in Client().get(url(coffee)).content.decode()


class TestShifts:
    def test_the_first_with_a_free_place_is_chosen(self, there: Season) -> None:
        coffee = activity(there)
        takes_part(shift(coffee, AT + DAY, places=1), there.ann.person)
        shift(coffee, AT + 2 * DAY, host="Corrie")

        first, second = Client().get(url(coffee)).context["shown"].tickets

        assert (first.is_chosen, first.phase, first.places) == (False, "no", "full · waiting list")
        assert (second.is_chosen, second.day, second.hours) == (True, "Tue 24 November", "10:00 to 13:00")
        assert second.earns == 18_00
        assert "with Corrie" in said(Client().get(url(coffee)))

    def test_the_address_chooses_one(self, there: Season) -> None:
        coffee = activity(there)
        shift(coffee, AT + DAY)
        late = shift(coffee, AT + 2 * DAY)

        shown = Client().get(f"{url(coffee)}?shift={late.ref}").context["shown"]
        nonsense = Client().get(f"{url(coffee)}?shift=%00x").context["shown"]

        assert [ticket.is_chosen for ticket in shown.tickets] == [False, True]
        assert [ticket.is_chosen for ticket in nonsense.tickets] == [True, False]

    def test_many_shifts_are_folded_unless_a_late_one_is_chosen(self, there: Season) -> None:
        coffee = activity(there)
        made = [shift(coffee, AT + days * DAY) for days in range(1, 11)]

        plain = Client().get(url(coffee)).context["shown"]
        late = Client().get(f"{url(coffee)}?shift={made[-1].ref}").context["shown"]

        assert (len(plain.first_tickets), len(plain.later_tickets)) == (6, 4)
        assert (len(late.first_tickets), len(late.later_tickets)) == (10, 0)

    def test_choosing_leads_to_signing_up_and_does_nothing_yet(self, there: Season) -> None:
        coffee = activity(there)
        that = shift(coffee)

        answer = Client().get(f"{url(coffee)}choose/?shift={that.ref}")

        assert answer["Location"] == reverse("sign_up", args=[that.ref])
        assert not Participation.objects.exists()

    def test_a_shift_that_began_cannot_be_chosen(self, there: Season) -> None:
        coffee = activity(there)
        begun = shift(coffee, AT - timedelta(minutes=1))
        of_another = shift(activity(there, "Wandelen"))
        shift(coffee)

        for asked in (begun.ref, of_another.ref, "", "x", "%00"):
            answer = Client().get(f"{url(coffee)}choose/?shift={asked}")
            assert answer["Location"] == f"{url(coffee)}?gone=1", asked
        assert "This shift cannot be chosen any more" in said(Client().get(f"{url(coffee)}?gone=1"))

    def test_without_shifts_it_says_where_there_is_more(self, there: Season) -> None:
        page = said(Client().get(url(activity(there))))

        assert "No shifts are planned now" in page
        assert "Sign in and sign up" not in page


class TestTheVisitor:
    def test_who_signed_up_sees_so_and_cannot_choose_it_again(self, there: Season) -> None:
        coffee = activity(there)
        that = shift(coffee)
        part = takes_part(that, there.ann.person)
        waits = takes_part(shift(coffee, AT + 3 * DAY), there.ann.person, ParticipationState.WAITING)

        page = signed_in(there.ann).get(url(coffee))

        assert [ticket.own for ticket in page.context["shown"].tickets] == [part, waits]
        assert reverse("participation", args=[part.ref]) in page.content.decode()
        assert "you come" in said(page)
        assert "you are on the waiting list" in said(page)
        assert "Sign me up" not in said(page)

    def test_nobody_sees_who_comes(self, there: Season) -> None:
        coffee = activity(there)
        takes_part(shift(coffee), there.ann.person)

        assert "Ann" not in said(signed_in(there.ben).get(url(coffee)))

    def test_who_organises_it_as_a_person_cannot_earn_with_it(self, there: Season) -> None:
        coffee = activity(there, organiser=there.ann.person)
        shift(coffee)

        page = said(signed_in(there.ann).get(url(coffee)))

        assert "You organise this yourself." in page
        assert "Sign me up" not in page

    def test_who_lives_elsewhere_reads_so_here_and_finds_what_there_is_at_home(self, there: Season) -> None:
        coffee = activity(there)
        shift(coffee)
        zoe = person("Zoe", email="zoe@zonneveld.example")

        page = signed_in(zoe).get(url(coffee))
        resident(zoe, place("Zonneveld", of=there.municipality))
        at_home = signed_in(zoe).get(url(coffee))

        assert "Only who lives in Molenwijk can take part in this." in said(page)
        assert "Sign me up" not in said(page)
        assert reverse("residency") in page.content.decode()
        assert "What you can do in Zonneveld" in said(at_home)
        assert reverse("activities_in", args=["zonneveld"]) in at_home.content.decode()
        assert "Sign me up" in said(signed_in(there.ann).get(url(coffee)))

    def test_a_parent_who_lives_elsewhere_can_sign_up_a_child_that_lives_here(self, there: Season) -> None:
        coffee = activity(there)
        shift(coffee)
        zoe = person("Zoe", email="zoe@zonneveld.example")
        child = person("Kees", email="kees@molenwijk.example")
        resident(child, there.neighbourhood)
        born(child.person, AT.date() - 13 * 365 * DAY)
        home = organisation("At home", kind=PartyKind.HOUSEHOLD)
        for one in (zoe, child):
            mandate(person=one, principal=home)

        assert "Sign me up" in said(signed_in(zoe).get(url(coffee)))

    def test_a_team_is_asked_for_the_shift_that_is_chosen(self, there: Season) -> None:
        coffee = activity(there)
        takes_part(shift(coffee), there.ann.person)
        shift(coffee, AT + 3 * DAY)
        way = reverse("team_propose")
        before = signed_in(there.ann).get(url(coffee)).content.decode()
        team(there, "Vijf buren")

        page = signed_in(there.ann).get(url(coffee))

        assert way not in before
        assert f'formaction="{way}"' in page.content.decode()
        assert f"{way}?shift={coffee.shifts.earliest('starts_at').ref}" in page.content.decode()
        assert way not in signed_in(there.ben).get(url(coffee)).content.decode()

    def test_the_ways_to_the_desk_are_for_who_organises(self, there: Season) -> None:
        coffee = activity(there)
        shift(coffee)
        desk = reverse("organiser_desk", args=[there.club.uuid])

        assert desk in signed_in(there.olaf).get(url(coffee)).content.decode()
        assert desk not in signed_in(there.ann).get(url(coffee)).content.decode()

    def test_the_board_finds_its_way_from_here(self, there: Season) -> None:
        coffee = activity(there)

        way = reverse("board_activity", args=["molenwijk", coffee.ref])

        assert way in signed_in(there.bea).get(url(coffee)).content.decode()
        assert way not in Client().get(url(coffee)).content.decode()


class TestWhoMaySee:
    @pytest.mark.parametrize("state", ["DRAFT", "SUBMITTED", "RETURNED"])
    def test_what_was_never_open_is_not_there_for_others(self, there: Season, state: str) -> None:
        coffee = activity(there, state=state)

        assert Client().get(url(coffee)).status_code == 404
        assert signed_in(there.ann).get(url(coffee)).status_code == 404
        assert signed_in(there.olaf).get(url(coffee)).status_code == 200

    def test_the_board_sees_what_waits_for_it_and_no_draft(self, there: Season) -> None:
        states = {state: activity(there, state=state) for state in ("DRAFT", "SUBMITTED", "RETURNED")}

        seen = {state: signed_in(there.bea).get(url(one)).status_code for state, one in states.items()}

        assert seen == {"DRAFT": 404, "SUBMITTED": 200, "RETURNED": 200}

    @pytest.mark.parametrize("state", ["PAUSED", "FINISHED", "CLOSED", "CANCELLED"])
    def test_what_is_over_says_just_that_but_to_who_took_part(self, there: Season, state: str) -> None:
        coffee = activity(there, state=state)
        takes_part(shift(coffee, AT - DAY), there.ann.person, ParticipationState.CLAIMED)

        gone = Client().get(url(coffee))

        assert gone.status_code == 410
        assert "Koffie schenken" not in said(gone)
        assert signed_in(there.ben).get(url(coffee)).status_code == 410
        assert signed_in(there.ann).get(url(coffee)).status_code == 200
        assert Client().get(f"{url(coffee)}choose/?shift=x")["Location"] == url(coffee)

    def test_a_draft_that_was_taken_back_is_not_there(self, there: Season) -> None:
        coffee = activity(there, state=ActivityState.CANCELLED, published_at=None)

        assert Client().get(url(coffee)).status_code == 404

    def test_an_address_of_nothing_is_not_found(self, there: Season) -> None:
        assert Client().get("/en/market/activities/00000000-0000-4000-8000-000000000000/").status_code == 404

    def test_a_copy_for_everybody_is_kept_nowhere(self, there: Season) -> None:
        answer = Client().get(url(activity(there)))

        assert "private" in answer["Cache-Control"]
        assert "Cookie" in answer["Vary"]


class TestQueries:
    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_however_many_shifts_there_are(
        self, client: Client, there: Season, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        zonneveld = found("Zonneveld")
        coffee = activity(there, neighbourhood=zonneveld)
        for days in range(number):
            takes_part(shift(coffee, AT + (days + 1) * DAY), there.ann.person)
        client.get(url(coffee))

        with django_assert_num_queries(13):
            assert len(client.get(url(coffee)).context["shown"].tickets) == number

    @pytest.mark.parametrize("number", [1, 3])
    def test_so_it_does_for_who_is_in_a_team(
        self, there: Season, number: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        coffee = activity(there)
        for days in range(number):
            takes_part(shift(coffee, AT + (days + 1) * DAY), there.ann.person)
        shift(coffee, AT + 9 * DAY)
        for one in range(number):
            team(there, f"Team {one}")
        ann = signed_in(there.ann)
        ann.get(url(coffee))

        with django_assert_num_queries(18):
            ann.get(url(coffee))
