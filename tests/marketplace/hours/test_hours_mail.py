"""Who is written to about hours, in their own language, and what no mail tells."""

from __future__ import annotations

import pytest
from django.core import mail

from marketplace.hours_mail import LETTERS
from marketplace.operations.hours import (
    Line,
    answer,
    confirm,
    confirm_group,
    contest_absence,
    rule,
)
from marketplace.operations.hours.clock import watch_disagreements, watch_unconfirmed
from people.models import PersonDetails, Role
from tests.factories.activities import Season, born, confirm_year, takes_part
from tests.factories.people import actor, child, mandate, person
from tests.factories.residency import second_login
from tests.factories.wallet import open_for
from tests.marketplace.hours.scene import (
    DAY,
    OVER,
    disputed,
    home_of,
    paid,
    shift_that_is_over,
    told,
    without_maximum,
)


def to() -> list[str]:
    """Who was written to, and to whom about what."""
    found = sorted(f"{name(one.to[0])}: {one.subject}" for one in mail.outbox)
    mail.outbox.clear()
    return found


def name(address: str) -> str:
    return address.partition("@")[0]


@pytest.fixture(autouse=True)
def english(there: Season) -> None:
    PersonDetails.objects.update(language="en")
    confirm_year(there.municipality, version=2, per_hour=None)


def test_who_is_paid_hears_of_it_and_nobody_else(there: Season) -> None:
    paid(there, there.ann)

    assert to() == ["ann: Paid: Koffie schenken"]


def test_what_it_was_and_how_much_stand_behind_the_sign_in(there: Season) -> None:
    claim = paid(there, there.ann)

    (letter,) = mail.outbox
    assert f"/market/mine/{claim.ref}/" in letter.body
    assert "18" not in letter.body.replace(str(claim.ref), "")
    assert "Ann" not in letter.body


def test_in_the_language_of_the_person(there: Season) -> None:
    PersonDetails.objects.filter(party=there.ann.person).update(language="nl")

    claim = paid(there, there.ann)

    assert f"/nl/market/mine/{claim.ref}/" in mail.outbox[0].body


def test_both_logins_of_one_person_hear_it(there: Season) -> None:
    second_login(there.ann)
    PersonDetails.objects.update(language="en")

    paid(there, there.ann)

    assert to() == ["ann: Paid: Koffie schenken", "twin: Paid: Koffie schenken"]


def test_the_guardians_of_a_child_hear_what_it_hears(there: Season) -> None:
    kim = child("Kim")
    born(kim, (OVER - 14 * 365 * DAY).date())
    open_for(there.neighbourhood, kim)
    mandate(person=kim, principal=home_of(there.ann), role=Role.MEMBER)

    confirm(participation=told(there, kim, value=3_00), actor=actor(there.olaf), at=OVER)

    assert to() == ["ann: Paid: Koffie schenken"]


def test_beyond_a_maximum_the_mail_says_so(there: Season) -> None:
    confirm_year(there.municipality, version=3, per_hour=5_60)

    paid(there, there.ann)

    assert to() == ["ann: Paid: Koffie schenken", "ann: You are above a maximum: Koffie schenken"]


def test_who_is_blocked_hears_it_alone(there: Season) -> None:
    confirm_year(there.municipality, version=3, per_month=0)

    paid(there, there.ann)

    assert to() == ["ann: Your hours are confirmed: Koffie schenken"]


def test_the_organiser_hears_once_that_a_pot_is_dry(there: Season) -> None:
    claims = [without_maximum(there, one, value=200_00) for one in (there.ann, there.ben)]
    ola = person("Ola")
    PersonDetails.objects.update(language="en")
    mandate(person=ola, principal=there.club, role=Role.ORGANISER)

    for claim in claims:
        confirm(participation=claim, actor=actor(ola), at=OVER)

    assert to() == [
        "ann: Your hours are confirmed: Koffie schenken",
        "ben: Your hours are confirmed: Koffie schenken",
        "ola: A pot cannot pay: Koffie schenken",
        "olaf: A pot cannot pay: Koffie schenken",
    ]


def test_a_group_of_which_a_line_is_refused_writes_to_the_others_alone(there: Season) -> None:
    shift = shift_that_is_over(there)
    parts = [takes_part(shift, one.person) for one in (there.ann, there.ben)]
    lines = [Line(participation=parts[0], minutes=7), Line(participation=parts[1])]

    confirm_group(shift=shift, lines=lines, actor=actor(there.olaf), at=OVER)

    assert to() == ["ben: Paid: Koffie schenken"]


def test_other_hours_are_told_to_the_participant(there: Season) -> None:
    disputed(there, there.ann)

    assert to() == ["ann: Other hours: Koffie schenken"]


def test_an_answer_goes_to_the_organiser_and_to_those_of_the_board_who_can_rule(there: Season) -> None:
    claim = disputed(there, there.ann)
    home_of(there.bob, there.ann)
    mail.outbox.clear()

    answer(participation=claim, text="I stayed.", actor=actor(there.ann), at=OVER)

    words = "No agreement about hours: Koffie schenken"
    assert to() == [f"bea: {words}", f"olaf: {words}", f"tom: {words}"]


def test_who_says_that_they_were_there_is_heard_by_organiser_and_board(there: Season) -> None:
    part = takes_part(shift_that_is_over(there), there.ann.person, "NO_SHOW")

    contest_absence(participation=part, text="I was.", actor=actor(there.ann), at=OVER)

    words = "Was there after all: Koffie schenken"
    assert to() == [f"{one}: {words}" for one in ("bea", "bob", "olaf", "tom")]


def test_both_sides_hear_a_ruling(there: Season) -> None:
    claim = disputed(there, there.ann)
    mail.outbox.clear()

    rule(participation=claim, minutes=120, ruling="So.", actor=actor(there.bea), at=OVER + 8 * DAY)

    assert to() == [
        "ann: Paid: Koffie schenken", "ann: The board ruled: Koffie schenken",
        "olaf: The board ruled: Koffie schenken",
    ]  # fmt: skip


def test_the_organiser_is_reminded_and_then_everybody_hears_of_the_board(there: Season) -> None:
    shift = shift_that_is_over(there)
    for one in (there.ann, there.ben):
        takes_part(shift, one.person, "CLAIMED")
    takes_part(shift, there.bea.person, "WITHDRAWN")

    watch_unconfirmed(shift.ends_at + 3 * DAY)
    assert to() == ["olaf: Hours to confirm: Koffie schenken"]
    watch_unconfirmed(shift.ends_at + 7 * DAY)

    words = "The board is asked: Koffie schenken"
    assert to() == [f"{one}: {words}" for one in ("ann", "bea", "ben", "bob", "olaf", "tom")]


def test_who_lives_with_a_participant_is_still_reminded_of_the_hours_of_all(there: Season) -> None:
    home_of(there.olaf, there.ann)
    shift = told(there, there.ann).shift

    watch_unconfirmed(shift.ends_at + 3 * DAY)

    assert to() == ["olaf: Hours to confirm: Koffie schenken"]


def test_the_board_hears_that_a_ruling_is_late(there: Season) -> None:
    claim = disputed(there, there.ann)
    mail.outbox.clear()

    watch_disagreements(claim.dispute.opened_at + 30 * DAY)

    assert to() == [f"{one}: A ruling is late: Koffie schenken" for one in ("bea", "bob", "tom")]


@pytest.mark.parametrize("event", list(LETTERS))
def test_each_letter_has_a_title_in_it_and_no_other_blank(event: str) -> None:
    letter = LETTERS[event]

    assert "Soep" in str(letter.subject) % {"title": "Soep"}
    assert "Soep" in str(letter.text) % {"title": "Soep"}
