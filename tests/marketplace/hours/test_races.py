"""Several at the same moment, in real processes: paid once, never beyond a maximum, never more than the pot has."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from ledger.kinds import Label
from marketplace.models import Participation
from people.models import Role, User
from tests.factories.activities import Season, born, confirm_year, season, takes_part
from tests.factories.people import mandate, person
from tests.factories.residency import second_login
from tests.factories.wallet import open_for
from tests.marketplace.hours import deeds
from tests.marketplace.hours.scene import (
    a_day_earlier,
    balance,
    check_books,
    disputed,
    events,
    fresh,
    shift_that_is_over,
    told,
    without_maximum,
)
from tests.plugins.data import RealCommits

Words = dict[str, Any]


@pytest.fixture
def there(real_commits: RealCommits) -> Season:
    made = season()
    mandate(person=made.ben, principal=made.club, role=Role.ORGANISER)
    return made


def outcomes(commits: RealCommits, *calls: Words) -> Counter[str]:
    """What became of each of these, done at the same moment; then the books are looked at."""
    found = Counter(str(one.result) for one in commits.race_between([(deeds.tried, call) for call in calls]))
    check_books()
    return found


def by(login: User, deed: str, of: Participation) -> Words:
    return {"deed": deed, "email": login.email, "of": of.pk}


def test_two_confirm_the_same_hours_and_they_are_paid_once(there: Season, real_commits: RealCommits) -> None:
    claim = told(there, there.ann)

    found = outcomes(real_commits, *[by(one, "confirm", claim) for one in (there.olaf, there.ben) * 2])

    assert found == {"PAID": 1, "move_refused": 3}
    assert balance(there.place.ann) == 18_00


def test_one_confirms_and_one_contests_and_one_of_it_happens(
    there: Season, real_commits: RealCommits
) -> None:
    claim = told(there, there.ann)

    found = outcomes(
        real_commits, by(there.olaf, "confirm", claim), by(there.ben, "contest", claim),
        by(there.ben, "confirm", claim), by(there.olaf, "contest", claim),
    )  # fmt: skip

    # Confirming what is contested already is no giving in.
    assert found in ({"PAID": 1, "move_refused": 3}, {"DISPUTED": 1, "move_refused": 3})
    assert balance(there.place.ann) == (18_00 if found["PAID"] else 0)


def test_a_disagreement_ends_one_way(there: Season, real_commits: RealCommits) -> None:
    claim = disputed(there, there.ann)
    type(claim.dispute).objects.update(participant_text="I stayed.")

    found = outcomes(
        real_commits, by(there.ann, "agree", claim), by(there.olaf, "give_in", claim), by(there.bea, "rule", claim),
    )  # fmt: skip

    assert found == {"PAID": 1, "move_refused": 2}
    assert balance(there.place.ann) == fresh(claim).reward


def test_a_group_that_is_confirmed_by_two_at_once_is_paid_once(
    there: Season, real_commits: RealCommits
) -> None:
    shift = shift_that_is_over(there)
    crowd = crowd_of(there, 6)
    for one in crowd:
        takes_part(shift, one.person, "CLAIMED")

    found = outcomes(
        real_commits,
        *[{"deed": "group", "email": one.email, "shift": shift.pk} for one in (there.olaf, there.ben)],
    )

    assert found == {"6 paid": 1, "0 paid": 1}
    assert balance(there.pot) == 500_00 - 6 * 18_00


def test_a_group_and_one_of_it_confirmed_at_once_are_paid_once(
    there: Season, real_commits: RealCommits
) -> None:
    shift = shift_that_is_over(there)
    parts = [takes_part(shift, one.person, "CLAIMED") for one in crowd_of(there, 4)]

    outcomes(
        real_commits, by(there.ben, "confirm", parts[3]), by(there.ben, "confirm", parts[1]),
        {"deed": "group", "email": there.olaf.email, "shift": shift.pk},
    )  # fmt: skip

    assert {fresh(part).state for part in parts} == {"PAID"}
    assert balance(there.pot) == 500_00 - 4 * 18_00


def test_groups_of_two_shifts_empty_one_pot_and_never_more(there: Season, real_commits: RealCommits) -> None:
    crowd = crowd_of(there, 5)
    shifts = [shift_that_is_over(there, of={"label": Label.EXPENSES}) for _ in range(2)]
    for shift in shifts:
        for one in crowd if shift is shifts[0] else reversed(crowd):
            takes_part(shift, one.person, "CLAIMED", value=30_00)  # 90,00 each, ten of them

    outcomes(
        real_commits, *[{"deed": "group", "email": there.olaf.email, "shift": shift.pk} for shift in shifts]
    )

    states = Counter(Participation.objects.values_list("state", "held"))
    assert states == {("PAID", ""): 5, ("CONFIRMED", "POT"): 5}
    assert balance(there.pot) == 50_00


def test_the_last_coins_of_a_pot_are_paid_once(there: Season, real_commits: RealCommits) -> None:
    claims = [without_maximum(there, one, value=120_00) for one in crowd_of(there, 4)]  # 360,00 each

    found = outcomes(real_commits, *[by(there.olaf, "confirm", claim) for claim in claims])

    assert found == {"PAID": 1, "CONFIRMED": 3}
    assert balance(there.pot) == 140_00


def test_two_organisations_in_two_neighbourhoods_and_coins_never_pay_beyond_one_maximum(
    there: Season, real_commits: RealCommits
) -> None:
    other = season("Eikenhof", "NL02ABNA0123456789")
    theirs = open_for(other.neighbourhood, there.ann.person)
    for one in (there, other):
        confirm_year(one.municipality, version=2, per_hour=None, per_month=40_00)
    here = [told(there, there.ann) for _ in range(2)]
    elsewhere = [told(other, there.ann) for _ in range(2)]

    found = outcomes(
        real_commits,
        *[by(there.olaf, "confirm", claim) for claim in here],
        *[by(other.olaf, "confirm", claim) for claim in elsewhere],
    )

    assert found == {"PAID": 2, "BLOCKED_BY_CAP": 2}
    assert balance(there.place.ann) + balance(theirs) == 36_00


def test_two_numbers_of_one_person_share_one_maximum(there: Season, real_commits: RealCommits) -> None:
    """Ann signed up under two numbers before a clerk found that they are one."""
    twin = second_login(there.ann)
    confirm_year(there.municipality, version=2, per_hour=None, per_month=30_00)
    claims = [a_day_earlier(told(there, there.ann)), told(there, twin)]

    found = outcomes(real_commits, *[by(there.olaf, "confirm", claim) for claim in claims])

    assert found == {"PAID": 1, "BLOCKED_BY_CAP": 1}
    assert balance(there.place.ann) == 18_00


def test_the_clock_and_somebody_settle_at_once_and_it_is_paid_once(
    there: Season, real_commits: RealCommits
) -> None:
    confirm_year(there.municipality, version=2, per_hour=None, per_month=10_00)
    claim = told(there, there.ann)
    deeds.confirm(there.olaf.email, claim.pk)
    confirm_year(there.municipality, version=3, per_hour=None, per_month=100_00)

    clock: Words = {"deed": "watch", "days": 1}
    found = outcomes(real_commits, clock, clock, by(there.ann, "settle", claim))

    assert fresh(claim).state == "PAID"
    assert events(claim).count("pay") == 1
    assert balance(there.place.ann) == 18_00
    assert found["PAID"] + found["1 by the clock"] == 1


def test_two_clocks_bring_a_shift_to_the_board_once(there: Season, real_commits: RealCommits) -> None:
    claim = told(there, there.ann)
    clock: Words = {"deed": "watch", "days": 7}

    found = outcomes(real_commits, clock, clock, clock)

    assert found["2 by the clock"] + found["1 by the clock"] in {1, 2}  # a reminder, and the board
    assert sum(int(said.split()[0]) * times for said, times in found.items()) == 2
    claim.shift.refresh_from_db()
    assert claim.shift.escalated_at is not None


def crowd_of(there: Season, number: int) -> list[User]:
    made = [person(f"Vol{index}", email=f"vol{index}@molenwijk.example") for index in range(number)]
    for one in made:
        born(one.person)
        open_for(there.neighbourhood, one.person)
    return made
