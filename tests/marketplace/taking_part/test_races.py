"""Several at the same moment, in real processes: no place twice, nobody in two places, no coins promised twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db.models import Count, Q

from marketplace.models import CalendarFeed, GuardianConsent, Participation, PinTry, Shift
from marketplace.queries.participations import WITHOUT_PLACE, in_turn
from people.models import User
from tests.factories.activities import AT, Season, activity, season, shift, takes_part
from tests.factories.people import person
from tests.marketplace.taking_part import racers
from tests.marketplace.taking_part.scene import DAY, HOUR, kim_of, one_more, together
from tests.plugins.data import RealCommits

Words = dict[str, Any]


@pytest.fixture
def there(real_commits: RealCommits) -> Season:
    return season()


@pytest.fixture
def crowd(there: Season) -> list[User]:
    """Eight residents."""
    return [one_more(there, f"P{number}") for number in range(8)]


def outcomes(commits: RealCommits, *calls: Words) -> Counter[str]:
    """What became of each of these, done at the same moment; no shift has more people than places."""
    found = Counter(str(one.result) for one in commits.race_between([(racers.tried, call) for call in calls]))
    check_places()
    return found


def check_places() -> None:
    """Nobody came by in these races, so each shift has at most as many people as places."""
    taken = Count("participations", filter=~Q(participations__state__in=WITHOUT_PLACE))
    for one in Shift.objects.annotate(taken=taken):
        assert one.taken <= one.places, one


def by(login: User, deed: str, that: Shift, **more: Any) -> Words:
    return {"deed": deed, "email": login.email, "shift": that.pk, **more}


def states(that: Shift) -> Counter[str]:
    return Counter(that.participations.values_list("state", flat=True))


def test_more_people_than_places_fill_them_and_the_rest_waits(
    there: Season, crowd: list[User], real_commits: RealCommits
) -> None:
    that = shift(activity(there), places=3)

    found = outcomes(real_commits, *[by(login, "sign_up", that) for login in crowd])

    assert found == {"SIGNED_UP": 3, "WAITING": 5}
    assert states(that) == {"SIGNED_UP": 3, "WAITING": 5}


def test_a_form_sent_four_times_at_once_signs_up_once(there: Season, real_commits: RealCommits) -> None:
    that = shift(activity(there), places=3)

    assert outcomes(real_commits, *[by(there.ann, "sign_up", that)] * 4) == {"SIGNED_UP": 4}
    assert states(that) == {"SIGNED_UP": 1}


def test_from_two_tabs_one_signs_up_once(there: Season, real_commits: RealCommits) -> None:
    that = shift(activity(there), places=3)
    tabs = [by(there.ann, "sign_up", that, name=f"tab {number}") for number in range(4)]

    assert outcomes(real_commits, *tabs) == {"SIGNED_UP": 1, "activity_already_signed_up": 3}


def test_nobody_gets_into_two_shifts_at_the_same_hours(there: Season, real_commits: RealCommits) -> None:
    same = [shift(activity(there, f"Nr {number}"), AT + 2 * DAY + number * HOUR) for number in range(3)]

    found = outcomes(real_commits, *[by(there.ann, "sign_up", one) for one in same])

    assert found == {"SIGNED_UP": 1, "activity_overlap": 2}
    assert Participation.objects.count() == 1


def test_what_a_pot_has_is_promised_once_over_all_its_activities(
    there: Season, crowd: list[User], real_commits: RealCommits
) -> None:
    """There is room for one more reward, and eight activities of the same pot at once."""
    full = shift(activity(there, "Vol"), AT + 9 * DAY, places=200)
    for number in range(26):
        takes_part(full, person(f"Q{number}").person)
    many = [shift(activity(there, f"Nr {number}")) for number in range(8)]

    pairs = zip(crowd, many, strict=True)
    found = outcomes(real_commits, *[by(login, "sign_up", one) for login, one in pairs])

    assert found == {"SIGNED_UP": 1, "activity_pot_too_empty": 7}


def test_places_that_come_free_at_once_go_to_the_first_in_turn(
    there: Season, crowd: list[User], real_commits: RealCommits
) -> None:
    that = shift(activity(there), places=2)
    leaving, waiting, new = crowd[:2], crowd[2:6], crowd[6:]
    for login in leaving:
        takes_part(that, login.person)
    for number, login in enumerate(waiting):
        takes_part(that, login.person, "WAITING", at=AT - (10 - number) * HOUR)

    found = outcomes(
        real_commits,
        *[by(login, "withdraw", that) for login in leaving],
        *[by(login, "sign_up", that) for login in new],
        {"deed": "promote", "shift": that.pk},
    )

    assert found["withdrawn"] == 2
    assert states(that) == {"SIGNED_UP": 2, "WAITING": 4, "WITHDRAWN": 2}
    placed = that.participations.filter(state="SIGNED_UP").values_list("person", flat=True)
    assert set(placed) == {login.person_id for login in waiting[:2]}


def test_who_withdraws_while_moved_up_is_off_and_the_next_one_is_on(
    there: Season, crowd: list[User], real_commits: RealCommits
) -> None:
    that = shift(activity(there), places=1)
    takes_part(that, crowd[0].person)
    for number, login in enumerate(crowd[1:4]):
        takes_part(that, login.person, "WAITING", at=AT - (10 - number) * HOUR)

    found = outcomes(real_commits, *[by(login, "withdraw", that) for login in crowd[:3]])

    assert found == {"withdrawn": 3}
    assert states(that) == {"SIGNED_UP": 1, "WITHDRAWN": 3}
    assert racers.of(that.pk, crowd[3].email).state == "SIGNED_UP"


def test_a_promotion_in_two_processes_gives_a_place_once(
    there: Season, crowd: list[User], real_commits: RealCommits
) -> None:
    that = shift(activity(there), places=2)
    for login in crowd[:4]:
        takes_part(that, login.person, "WAITING")

    found = outcomes(real_commits, *[{"deed": "promote", "shift": that.pk}] * 4)

    assert found == {"2 moved up": 1, "0 moved up": 3}
    assert in_turn(that).count() == 2


def test_who_waits_in_two_shifts_of_the_same_hours_gets_one_of_the_two(
    there: Season, crowd: list[User], real_commits: RealCommits
) -> None:
    """Crosswise: each lists the same people in another order. Nobody waits for each other for ever."""
    one, other = (shift(activity(there, name), places=2) for name in ("Soep", "Gras"))
    for number, login in enumerate(crowd[:4]):
        takes_part(one, login.person, "WAITING", at=AT - (10 - number) * HOUR)
        takes_part(other, login.person, "WAITING", at=AT - number * HOUR)

    outcomes(real_commits, *[{"deed": "promote", "shift": that.pk} for that in (one, other) * 3])

    assert states(one)["SIGNED_UP"] == states(other)["SIGNED_UP"] == 2
    for login in crowd[:4]:
        assert Participation.objects.filter(person=login.person, state="SIGNED_UP").count() <= 1


@pytest.mark.parametrize("places", [1, 8])
def test_who_signs_up_while_it_is_called_off_is_told_and_keeps_no_place(
    there: Season, crowd: list[User], real_commits: RealCommits, places: int
) -> None:
    that = shift(activity(there), places=places)
    takes_part(that, crowd[0].person)

    found = outcomes(
        real_commits,
        *[by(login, "sign_up", that) for login in crowd[1:5]],
        by(there.olaf, "call_off", that),
        by(crowd[0], "withdraw", that),
        *[by(login, "sign_up", that) for login in crowd[5:]],
    )

    assert found["called off"] == 1
    assert set(states(that)) == {"WITHDRAWN"}
    assert states(that).total() == 1 + found["SIGNED_UP"] + found["WAITING"]


def test_two_who_scan_one_code_come_in_each_once_and_nobody_else(
    there: Season, crowd: list[User], real_commits: RealCommits
) -> None:
    that = shift(activity(there))
    takes_part(that, there.ann.person)
    takes_part(that, there.ben.person)

    found = outcomes(
        real_commits,
        *[by(there.ann, "scan", that)] * 2,
        *[by(there.ben, "scan", that)] * 2,
        *[by(login, "scan", that) for login in crowd[:2]],
    )

    assert found == {"CHECKED_IN": 2, "door_already_checked_in": 2, "door_not_on_the_list": 2}


def test_who_guesses_in_many_tabs_has_five_guesses_together(there: Season, real_commits: RealCommits) -> None:
    that = shift(activity(there))
    takes_part(that, there.ann.person)

    found = outcomes(real_commits, *[by(there.ann, "type_in", that, pin=f"{number}") for number in range(8)])

    assert found == {"door_wrong_pin": 5, "door_too_many_pins": 3}
    assert PinTry.objects.count() == 5


def test_told_and_missed_at_once_is_one_of_the_two(there: Season, real_commits: RealCommits) -> None:
    that = shift(activity(there))
    takes_part(that, there.ann.person)

    found = outcomes(
        real_commits, by(there.ann, "claim", that), by(there.ann, "miss", that, organiser=there.olaf.email)
    )

    assert found["move_refused"] == 1
    assert set(found) - {"move_refused"} == set(states(that))


def test_who_comes_by_from_two_devices_is_on_the_list_once(there: Season, real_commits: RealCommits) -> None:
    that = shift(activity(there))

    found = outcomes(real_commits, *[by(there.ann, "come_by", that, organiser=there.olaf.email)] * 3)

    assert found == {"CHECKED_IN": 3}
    assert states(that) == {"CHECKED_IN": 1}


def test_consent_of_two_parents_at_once_is_one_consent(there: Season, real_commits: RealCommits) -> None:
    kim, about = kim_of(there, there.ann), activity(there)
    together(there.ben.person, kim)
    calls = [
        {"deed": "consent", "email": login.email, "child": kim.pk, "activity": about.pk}
        for login in (there.ann, there.ben, there.ann)
    ]

    assert outcomes(real_commits, *calls) == {"given": 3}
    assert GuardianConsent.objects.count() == 1


def test_a_calendar_that_is_asked_for_twice_at_once_has_one_address(
    there: Season, real_commits: RealCommits
) -> None:
    found = outcomes(real_commits, *[{"deed": "feed", "email": there.ann.email}] * 3)

    assert found == {str(CalendarFeed.objects.get().token): 3}


def test_a_clock_in_three_processes_does_each_thing_once(
    there: Season, crowd: list[User], real_commits: RealCommits
) -> None:
    that = shift(activity(there), places=4)
    for number, login in enumerate(crowd):
        takes_part(that, login.person, "WAITING" if number > 3 else "SIGNED_UP", at=AT - DAY)

    reminded = outcomes(real_commits, *[{"deed": "remind", "hours": 30}] * 3)
    lapsed = outcomes(real_commits, *[{"deed": "watch", "hours": 48}] * 3)

    assert sum(int(words.split()[0]) * times for words, times in reminded.items()) == 4
    assert sum(int(words.split()[0]) * times for words, times in lapsed.items()) == 4
    assert states(that) == {"SIGNED_UP": 4, "WITHDRAWN": 4}
