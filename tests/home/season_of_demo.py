"""What the season of the demo holds once it is loaded. `test_demo` runs these: loading it again would cost minutes."""

from __future__ import annotations

import pytest

from core import clock
from home.demo import people
from home.demo.season import SEASONS
from ledger.models import Transfer
from marketplace.models import Activity, ActivityPage, HoursDispute, Participation, SkillProfile, Team
from marketplace.queries.rewards import room_for
from marketplace.states import ParticipationState
from neighbourhoods.models import Neighbourhood
from people.models import User
from tests.home.loading import Loaded

STEP = 3_00  # nearer to a maximum than the shortest hours that anybody tells


@pytest.mark.django_db
class TestSeasonOfDemo:
    """With the demo in the database."""

    def test_there_is_a_participation_in_every_state(self, demo: Loaded) -> None:
        assert set(Participation.objects.values_list("state", flat=True)) == set(ParticipationState.values)

    def test_activities_wait_were_sent_back_are_open_paused_and_called_off(self, demo: Loaded) -> None:
        states = set(Activity.objects.values_list("state", flat=True))
        assert states >= {"SUBMITTED", "RETURNED", "PUBLISHED", "PAUSED", "CANCELLED"}

    def test_whoever_was_paid_has_it_from_the_pot_of_the_activity(self, demo: Loaded) -> None:
        paid = Participation.objects.filter(state=ParticipationState.PAID).select_related("transfer")
        assert paid.count() > 50
        for one in paid.select_related("shift__activity"):
            assert one.transfer is not None
            assert (one.transfer.amount, one.transfer.payer_id) == (one.reward, one.shift.activity.pot_id)
            assert one.transfer.payee.holder_id in {
                one.person_id,
                *one.person.also_known_as.values_list("pk", flat=True),
            }

    def test_a_group_was_confirmed_with_exceptions(self, demo: Loaded) -> None:
        groups = Participation.objects.filter(shift__activity__texts__title="De singel schoonmaken")
        found = {
            frozenset(groups.filter(shift=shift).values_list("state", flat=True))
            for shift in groups.values_list("shift", flat=True)
        }
        assert frozenset({ParticipationState.PAID, ParticipationState.NO_SHOW}) in found
        assert HoursDispute.objects.filter(ruled_at__isnull=True).exists()

    def test_a_waiting_list_moved(self, demo: Loaded) -> None:
        moved = [
            shift
            for shift in Participation.objects.filter(state=ParticipationState.WITHDRAWN).values_list(
                "shift", flat=True
            )
            if Participation.objects.filter(shift=shift, state=ParticipationState.WAITING).exists()
        ]
        assert moved

    def test_somebody_is_near_the_maximum_of_this_month_and_more_waits(self, demo: Loaded) -> None:
        (who, _title), *_others = [season.near for season in SEASONS if season.near]
        person = User.objects.get(email=who).person
        place = Neighbourhood.objects.get(slug=next(one.slug for one in SEASONS if one.near))
        room = room_for(person=person, neighbourhood=place, on=clock.today())

        assert room.month.maximum is not None
        assert 0 <= room.month.maximum - room.month.received < STEP
        assert Participation.objects.filter(person=person, state=ParticipationState.BLOCKED_BY_CAP).exists()

    def test_every_reward_has_a_legal_label(self, demo: Loaded) -> None:
        assert not Transfer.objects.filter(kind="REWARD", label="").exists()

    def test_pages_of_activities_stand_in_every_neighbourhood_in_two_languages(self, demo: Loaded) -> None:
        pages = ActivityPage.objects.live()
        assert set(pages.values_list("activity__neighbourhood__slug", flat=True)) == {
            one.slug for one in SEASONS
        }
        assert set(pages.values_list("locale__language_code", flat=True)) == {"nl", "en"}

    def test_a_visitor_can_be_somebody_in_a_team_who_told_what_they_can_do(self, demo: Loaded) -> None:
        played = {person.email for persons in people.who_can_sign_in().values() for person in persons}

        assert played & set(SkillProfile.objects.values_list("person__login__email", flat=True))
        assert played & set(Team.objects.values_list("members__person__login__email", flat=True))
