"""What the account page says of taking part: in which order, and what waits for a board."""

from __future__ import annotations

from django.urls import reverse

from marketplace.states import ActivityState
from tests.factories.activities import Season, activity
from tests.marketplace.posting.scene import signed_in, words


def test_ones_own_activities_come_before_earning_work_and_organising(there: Season) -> None:
    activity(there, organiser=there.ann.person)

    entries = signed_in(there.ann).get(reverse("account")).context["entries"]

    titles = [entry.title for entry in entries]
    chapter = ["Your activities", "What you may still earn", "Work that suits you", "What you organise"]
    begin = titles.index("Your activities")
    assert titles[begin : begin + 4] == chapter


def test_a_board_reads_what_waits_for_it_and_nobody_else_does(there: Season) -> None:
    activity(there, state=ActivityState.SUBMITTED)
    account, says = reverse("account"), "1 thing about activities or hours waits for the board of Molenwijk."

    assert says in words(signed_in(there.bea).get(account))
    assert says not in words(signed_in(there.ann).get(account))


def test_when_nothing_waits_a_board_reads_nothing_of_it(there: Season) -> None:
    activity(there)

    entries = signed_in(there.bea).get(reverse("account")).context["entries"]

    assert "Activities and hours" not in [entry.title for entry in entries]
