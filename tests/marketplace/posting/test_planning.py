"""The pages of shifts: what comes, five ways to plan more, changing, calling off, weeks to plan again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.models import Shift, ShiftTemplate
from marketplace.states import ActivityState, ShiftState
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.marketplace.activities.making import DAY
from tests.marketplace.posting.scene import page, signed_in, words

HOURS = {"starts": "10:00", "ends": "12:00", "places": "3", "host": "Fatima"}
WEEKLY = {**HOURS, "weekdays": ["2", "4"], "first_on": "2026-11-24", "until_on": "2026-12-10", "every": "1"}


def test_one_day_is_planned_at_once(there: Season, olaf: Client) -> None:
    made = activity(there)

    answer = olaf.post(page("activity_shifts", made), {**HOURS, "day": "2026-11-24"}, follow=True)

    assert Shift.objects.get().host == "Fatima"
    assert "1 shift is planned." in words(answer)
    assert "0 of 3 places taken" in words(answer)


def test_every_week_is_shown_first_and_planned_then(there: Season, olaf: Client) -> None:
    made = activity(there)
    address = page("activity_shifts", made, "?how=weekly")

    looked = words(olaf.post(address, WEEKLY))
    assert "This gives 6 shifts" in looked
    assert "Thursday 10 December 2026, 10:00–12:00" in looked
    assert not Shift.objects.exists()
    olaf.post(address, {**WEEKLY, "seen": "6"})
    assert Shift.objects.count() == 6


def test_what_stands_there_already_is_left_out_and_that_is_said(there: Season, olaf: Client) -> None:
    made = activity(there)
    address = page("activity_shifts", made, "?how=weekly")
    olaf.post(address, {**WEEKLY, "weekdays": ["2"], "seen": "3"})

    looked = words(olaf.post(address, WEEKLY))
    olaf.post(address, {**WEEKLY, "seen": "3"})
    again = words(olaf.post(address, WEEKLY))

    assert "This gives 3 shifts" in looked
    assert "3 others stand there already and are left out." in looked
    assert "All these shifts stand there already." in again
    assert Shift.objects.count() == 6


def test_a_shift_that_was_called_off_can_be_planned_again(there: Season, olaf: Client) -> None:
    made = activity(there)
    address = page("activity_shifts", made, "?how=weekly")
    olaf.post(address, {**WEEKLY, "seen": "6"})
    Shift.objects.update(state=ShiftState.CANCELLED)

    assert "This gives 6 shifts" in words(olaf.post(address, WEEKLY))


def test_older_shifts_are_shown_when_asked_for(there: Season, olaf: Client) -> None:
    made = activity(there)
    for days in range(1, 8):
        shift(made, AT - days * DAY)

    first, all_of_them = (olaf.get(page("activity_shifts", made, query)) for query in ("", "?past=all"))

    assert (len(first.context["past"]), len(all_of_them.context["past"])) == (5, 7)
    assert "Show older shifts too" in words(first)
    assert "Show older shifts too" not in words(all_of_them)


def test_other_days_than_those_that_were_shown_are_shown_again(there: Season, olaf: Client) -> None:
    made = activity(there)

    said = words(
        olaf.post(page("activity_shifts", made, "?how=weekly"), {**WEEKLY, "weekdays": ["2"], "seen": "6"})
    )

    assert "This gives 3 shifts" in said
    assert not Shift.objects.exists()


def test_a_kept_week_and_an_earlier_season_are_planned_again(there: Season, olaf: Client) -> None:
    made = activity(there)
    keep(there, olaf)
    week = ShiftTemplate.objects.get()
    told = {"template": week.pk, "monday": "2026-11-18", "weeks": "2"}

    olaf.post(page("activity_shifts", made, "?how=kept"), {**told, "seen": "4"})
    # The Monday of the first week has passed: nothing is planned, and that is said.
    assert not Shift.objects.exists()
    olaf.post(page("activity_shifts", made, "?how=kept"), {**told, "monday": "2026-11-30", "seen": "4"})
    assert Shift.objects.count() == 4

    again = {
        "activity": made.pk,
        "from_on": "2026-11-30",
        "until_on": "2026-12-06",
        "weeks": "10",
        "seen": "2",
    }
    olaf.post(page("activity_shifts", made, "?how=again"), again)
    assert Shift.objects.count() == 6


def test_what_was_is_entered_from_paper_and_shown_so(there: Season, olaf: Client) -> None:
    made = activity(there, at=AT - 30 * DAY)
    address = page("activity_shifts", made, "?how=paper")

    assert "Enter from paper what was" in words(olaf.post(address, {**HOURS, "day": "2026-11-30"}))
    olaf.post(address, {**HOURS, "day": "2026-11-20"})

    assert "entered from paper" in words(olaf.get(address))


@pytest.mark.parametrize(
    ("how", "sent", "says"),
    [
        ("day", {**HOURS, "day": "2026-11-20"}, "has passed"),
        ("day", {}, "Enter a date."),
        ("day", {**HOURS, "day": "1990-01-01"}, "This day lies too far back."),
        ("day", {**HOURS, "day": "9999-12-31"}, "Plan no more than 400 days ahead."),
        ("weekly", {**WEEKLY, "weekdays": []}, "Choose at least one day."),
        ("weekly", {**WEEKLY, "weekdays": ["8"]}, "Choose"),
        ("weekly", {**WEEKLY, "until_on": "2026-11-01"}, "This day comes before the first one."),
        ("weekly", {**WEEKLY, "until_on": "2999-11-01"}, "Plan no more than 400 days ahead."),
        (
            "weekly",
            {**WEEKLY, "weekdays": ["1", "2", "3"], "until_on": "2027-12-01"},
            "Plan no more than 120",
        ),
        ("weekly", {**WEEKLY, "weekdays": ["1"], "until_on": "2026-11-25"}, "give no shift at all"),
        ("weekly", {**WEEKLY, "every": "0"}, "Choose"),
        ("kept", {"template": "9" * 40, "monday": "2026-11-25", "weeks": "2"}, "Choose"),
        ("again", {"activity": "\x00", "from_on": "x", "until_on": "", "weeks": "0"}, "Null characters"),
    ],
)
def test_nonsense_plans_nothing_and_says_why(
    there: Season, olaf: Client, how: str, sent: dict[str, Any], says: str
) -> None:
    made = activity(there)

    answer = olaf.post(page("activity_shifts", made, f"?how={how}"), sent)

    assert answer.status_code == 200
    assert says in words(answer)
    assert not Shift.objects.exists()


def test_there_is_no_sixth_way(there: Season, olaf: Client) -> None:
    assert olaf.get(page("activity_shifts", activity(there), "?how=sorcery")).status_code == 404


def test_what_is_over_shows_its_shifts_and_no_form(there: Season, olaf: Client) -> None:
    made = activity(there, state=ActivityState.CLOSED)
    shift(made, AT - DAY)

    answer = olaf.get(page("activity_shifts", made))

    assert "Plan more" not in words(answer)
    assert "Over" in words(answer)
    olaf.post(page("activity_shifts", made), {**HOURS, "day": "2026-11-24"})
    assert Shift.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_shift_as_for_three(
    there: Season, olaf: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = activity(there)
    for each in range(number):
        one = shift(made, AT + (each + 1) * DAY)
        shift(made, AT - (each + 1) * DAY)
        takes_part(one, there.ann.person)
    address = page("activity_shifts", made)
    olaf.get(address)

    with django_assert_num_queries(17):
        olaf.get(address)


# --- Changing, calling off --------------------------------------------------------------------------------------------


def test_a_shift_is_changed_and_its_hours_stay_once_people_signed_up(there: Season, olaf: Client) -> None:
    one = shift(activity(there))
    address = reverse("shift_change", args=[one.ref])

    olaf.post(address, {**HOURS, "day": "2026-11-27"})
    one.refresh_from_db()
    assert (one.starts_at.day, one.places) == (27, 3)
    takes_part(one, there.ann.person)
    assert "its hours stay" in words(olaf.get(address))
    olaf.post(address, {"day": "2026-11-28", "starts": "08:00", "ends": "09:00", "places": "5", "host": ""})
    one.refresh_from_db()
    assert (one.starts_at.day, one.places, one.host) == (27, 5, "")


def test_calling_off_says_how_many_hear_of_it_and_needs_a_reason(there: Season, olaf: Client) -> None:
    one = shift(activity(there))
    takes_part(one, there.ann.person)
    address = reverse("shift_cancel", args=[one.ref])

    assert "1 person gets a mail." in words(olaf.get(address))
    assert "Say why." in words(olaf.post(address, {"reason": ""}))
    olaf.post(address, {"reason": "A storm comes."})

    one.refresh_from_db()
    assert (one.state, one.cancel_reason) == (ShiftState.CANCELLED, "A storm comes.")
    assert "no longer possible" in words(olaf.post(address, {"reason": "A storm comes."}))


def test_nobody_else_finds_the_pages_of_a_shift(there: Season) -> None:
    one = shift(activity(there))

    for login in (there.ann, there.bea):
        for name in ("shift_change", "shift_cancel"):
            address = reverse(name, args=[one.ref])
            client = signed_in(login)
            assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


# --- Weeks ------------------------------------------------------------------------------------------------------------


def lines(*rows: tuple[str, str, str, str]) -> dict[str, str]:
    sent = {"line-TOTAL_FORMS": "8", "line-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        for name, value in zip(("weekday", "starts", "ends", "places"), row, strict=True):
            sent[f"line-{number}-{name}"] = value
    return sent


def weeks_page(there: Season) -> str:
    return f"{reverse('templates')}?organiser={there.club.uuid}"


def keep(there: Season, client: Client, name: str = "Ordinary week") -> Any:
    told = lines(("1", "10:00", "12:00", "2"), ("4", "19:00", "21:00", "5"))
    return client.post(weeks_page(there), {"name": name, **told})


def test_a_week_is_kept_changed_and_removed(there: Season, olaf: Client) -> None:
    keep(there, olaf)
    week = ShiftTemplate.objects.get()
    assert (week.organiser, week.lines.count()) == (there.club, 2)
    assert "Monday 10:00–12:00 · 2 places" in words(olaf.get(weeks_page(there)))

    assert 'value="10:00"' in olaf.get(f"{weeks_page(there)}&week=Ordinary week").content.decode()
    olaf.post(weeks_page(there), {"name": "Ordinary week", **lines(("2", "10:00", "12:00", "2"))})
    assert week.lines.count() == 1
    remove = reverse("template_remove", args=[week.pk])
    assert olaf.get(remove).status_code == 405
    olaf.post(remove)
    assert not ShiftTemplate.objects.exists()
    assert olaf.post(remove).status_code == 404


def test_half_a_line_and_none_at_all_are_said(there: Season, olaf: Client) -> None:
    half = words(olaf.post(weeks_page(there), {"name": "Week", **lines(("1", "10:00", "", "2"))}))
    none = words(olaf.post(weeks_page(there), {"name": "Week", **lines()}))
    turned = words(olaf.post(weeks_page(there), {"name": "Week", **lines(("1", "12:00", "10:00", "2"))}))

    assert "Fill in the day, both times and how many people, or none of them." in half
    for said in (none, turned):
        assert "Fill in 1 to 50 shifts" in said
    assert not ShiftTemplate.objects.exists()


def test_nobody_sees_or_removes_the_weeks_of_another(there: Season, olaf: Client) -> None:
    keep(there, olaf)
    ann = signed_in(there.ann)

    assert ann.get(weeks_page(there)).status_code == 404
    assert ann.post(reverse("template_remove", args=[ShiftTemplate.objects.get().pk])).status_code == 404
    assert "Ordinary week" not in words(ann.get(reverse("templates")))
