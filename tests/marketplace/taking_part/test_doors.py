"""The door: links that nobody forges, numbers that nobody guesses, hours outside which nobody comes in."""

from __future__ import annotations

import base64
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from core.clock import day_of
from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from marketplace import door_links
from marketplace.door_links import link_on_paper, link_on_screen, shift_of
from marketplace.models import ConductCertificate, GuardianConsent, Participation, PinTry, Shift
from marketplace.operations import shifts
from marketplace.operations.taking_part import arriving, check_in_by_link, check_in_by_pin, sign_up
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.residency import second_login
from tests.marketplace.taking_part.scene import (
    DAY,
    HOUR,
    MINUTE,
    by,
    kim_of,
    one_more,
    signed_up,
    state_of,
    trail_of,
)

BEGINS = AT + 2 * DAY
ENDS = BEGINS + 3 * HOUR


@pytest.fixture
def that(there: Season) -> Shift:
    return shift(activity(there))


def scan(that: Shift, login: Any, at: datetime = BEGINS, token: str | None = None, **more: Any) -> Any:
    words: dict[str, Any] = {"person": login.person, **more}
    return check_in_by_link(token=token or link_on_screen(that, at), **words, **by(login, at))


# --- Links ------------------------------------------------------------------------------------------------------------


def test_a_link_on_the_screen_opens_its_shift_for_ten_minutes(that: Shift) -> None:
    token = link_on_screen(that, BEGINS)

    assert shift_of(token, BEGINS) == that
    assert shift_of(token, BEGINS + 10 * MINUTE) == that
    with pytest.raises(door_links.DoorLinkStale):
        shift_of(token, BEGINS + 10 * MINUTE + timedelta(seconds=1))


def test_a_link_of_later_than_now_is_stale_too(that: Shift) -> None:
    """But for the minute by which two clocks may differ."""
    token = link_on_screen(that, BEGINS + 5 * MINUTE)

    assert shift_of(token, BEGINS + 4 * MINUTE) == that
    with pytest.raises(door_links.DoorLinkStale):
        shift_of(token, BEGINS + 3 * MINUTE)


def test_a_link_on_paper_is_good_while_the_door_is_open(that: Shift) -> None:
    token = link_on_paper(that)

    assert shift_of(token, BEGINS - 30 * MINUTE) == shift_of(token, ENDS + 30 * MINUTE) == that
    for at in (BEGINS - 31 * MINUTE, ENDS + 31 * MINUTE):
        with pytest.raises(door_links.DoorClosed):
            shift_of(token, at)


def test_a_link_on_the_screen_opens_nothing_outside_the_hours(that: Shift) -> None:
    for at in (BEGINS - 31 * MINUTE, ENDS + 31 * MINUTE):
        with pytest.raises(door_links.DoorClosed) as said:
            shift_of(link_on_screen(that, at), at)
        assert "09:30" in str(said.value)
        assert "13:30" in str(said.value)


def test_every_sign_of_a_link_counts(that: Shift) -> None:
    for token in (link_on_screen(that, BEGINS), link_on_paper(that)):
        for place, sign in enumerate(token):
            other = token[:place] + ("A" if sign != "A" else "B") + token[place + 1 :]
            with pytest.raises(door_links.DoorLinkForged):
                shift_of(other, BEGINS)


def test_the_spare_bits_of_the_last_sign_are_no_second_link(that: Shift) -> None:
    token = link_on_paper(that)
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place in (21, 43):
        base = signs.index(token[place]) & 0b110000
        for other in range(base, base + 16):
            bent = token[:place] + signs[other] + token[place + 1 :]
            if bent != token:
                with pytest.raises(door_links.DoorLinkForged):
                    shift_of(bent, BEGINS)


@pytest.mark.parametrize(
    "token",
    ["", "x", "A" * 44, "é" * 44, "=" * 50, "A" * 22, "a" * 5000, "\x00" * 44, "A" * 44 + "-1", "../../etc"],
)
def test_nonsense_is_no_link(that: Shift, token: str) -> None:
    with pytest.raises(door_links.DoorLinkForged):
        shift_of(token, BEGINS)


def test_a_link_on_the_screen_cannot_be_made_one_on_paper_or_later(that: Shift) -> None:
    token = link_on_screen(that, BEGINS)

    for made in (
        token[:44],
        token[:44] + link_on_screen(that, BEGINS + HOUR)[44:],
        token + "0",
        token.upper(),
    ):
        with pytest.raises(door_links.DoorLinkForged):
            shift_of(made, BEGINS)


def test_the_signature_of_one_shift_opens_no_other(there: Season, that: Shift) -> None:
    other = shift(activity(there, "Gras maaien"))
    ref = base64.urlsafe_b64encode(other.ref.bytes).rstrip(b"=").decode()

    with pytest.raises(door_links.DoorLinkForged):
        shift_of(ref + link_on_paper(that)[22:], BEGINS)


def test_a_new_key_makes_every_old_link_worthless(there: Season, that: Shift) -> None:
    old = link_on_screen(that, BEGINS), link_on_paper(that)

    shifts.new_door(shift=that, **by(there.olaf))

    for token in old:
        with pytest.raises(door_links.DoorLinkForged):
            shift_of(token, BEGINS)
    assert shift_of(link_on_paper(Shift.objects.get(pk=that.pk)), BEGINS) == that


def test_a_link_survives_a_new_secret_of_the_site_as_long_as_the_old_one_is_kept(that: Shift) -> None:
    token = link_on_paper(that)
    old = settings.SECRET_KEY
    with override_settings(SECRET_KEY="n" * 60, SECRET_KEY_FALLBACKS=[old]):
        assert shift_of(token, BEGINS) == that
    with (
        override_settings(SECRET_KEY="n" * 60, SECRET_KEY_FALLBACKS=[]),
        pytest.raises(door_links.DoorLinkForged),
    ):
        shift_of(token, BEGINS)


def test_a_shift_that_was_called_off_has_no_door(there: Season, that: Shift) -> None:
    token = link_on_paper(that)
    shifts.cancel_shift(shift=that, reason="Storm", **by(there.olaf))

    with pytest.raises(door_links.DoorCalledOff):
        shift_of(token, BEGINS)


# --- Checking in with a link ------------------------------------------------------------------------------------------


def test_who_signed_up_and_scans_is_there(there: Season, that: Shift) -> None:
    mine = signed_up(that, there.ann)

    scan(that, there.ann)

    mine.refresh_from_db()
    assert (mine.state, mine.checked_in_at, mine.checked_in_how) == ("CHECKED_IN", BEGINS, "LINK")
    assert trail_of(mine)[-1] == "participation.check_in"
    assert mine.minutes is None  # hours need a human


def test_a_link_that_was_sent_on_lets_nobody_in_who_did_not_sign_up(there: Season, that: Shift) -> None:
    token = link_on_screen(that, BEGINS)
    signed_up(that, there.ann)
    dora, eef = one_more(there, "Dora"), one_more(there, "Eef")
    takes_part(that, dora.person, "WITHDRAWN")
    takes_part(that, eef.person, "WAITING")
    before = AuditEntry.objects.count()

    for login in (there.ben, there.olaf, dora, eef):
        with pytest.raises(arriving.NotOnTheList):
            scan(that, login, token=token)

    assert AuditEntry.objects.count() == before


def test_nobody_checks_somebody_else_in(there: Season, that: Shift) -> None:
    signed_up(that, there.ann)

    with pytest.raises(NotAllowed):
        scan(that, there.ben, person=there.ann.person)


def test_a_link_is_used_once(there: Season, that: Shift) -> None:
    signed_up(that, there.ann)
    token = link_on_screen(that, BEGINS)
    scan(that, there.ann, token=token)

    with pytest.raises(arriving.AlreadyCheckedIn):
        scan(that, there.ann, token=token)
    with pytest.raises(arriving.AlreadyCheckedIn):
        scan(that, second_login(there.ann), token=token)


def test_a_forged_link_leaves_no_trace(there: Season, that: Shift) -> None:
    signed_up(that, there.ann)
    before = AuditEntry.objects.count()

    with pytest.raises(door_links.DoorLinkForged):
        scan(that, there.ann, token="A" * 44)

    assert AuditEntry.objects.count() == before
    assert not PinTry.objects.exists()


def test_a_parent_checks_a_child_in(there: Season) -> None:
    kim = kim_of(there, there.ann)
    that = shift(activity(there, lowest_age=12))
    theirs = sign_up(shift=that, person=kim, key=uuid.uuid4(), **by(there.ann))

    scan(that, there.ann, person=kim)

    assert state_of(theirs) == "CHECKED_IN"


def test_without_consent_no_child_comes_in(there: Season) -> None:
    kim = kim_of(there, there.ann)
    that = shift(activity(there, lowest_age=12))
    sign_up(shift=that, person=kim, key=uuid.uuid4(), **by(there.ann))
    GuardianConsent.objects.filter(child=kim).update(withdrawn_at=AT)

    with pytest.raises(arriving.ConsentTakenBack):
        scan(that, there.ann, person=kim)


def test_without_the_certificate_that_is_asked_nobody_comes_in(there: Season) -> None:
    that = shift(activity(there, asks_conduct_certificate=True))
    mine = signed_up(that, there.ann)
    with pytest.raises(arriving.CertificateMissing) as said:
        scan(that, there.ann)
    assert there.club.display_name in str(said.value)
    seen: dict[str, Any] = {"person": there.ann.person, "seen_by": there.olaf.person, "seen_at": AT}

    ConductCertificate.objects.create(organisation=there.place.shop.holder, until_on=date(2030, 1, 1), **seen)
    with pytest.raises(arriving.CertificateMissing):
        scan(that, there.ann)  # another organisation saw it
    own = ConductCertificate.objects.create(organisation=there.club, until_on=day_of(BEGINS) - DAY, **seen)
    with pytest.raises(arriving.CertificateMissing):
        scan(that, there.ann)  # it runs out the day before
    ConductCertificate.objects.filter(pk=own.pk).update(until_on=day_of(BEGINS))
    scan(that, there.ann)

    assert state_of(mine) == "CHECKED_IN"


# --- The number -------------------------------------------------------------------------------------------------------


@pytest.fixture
def mine(there: Season, that: Shift) -> Participation:
    return signed_up(that, there.ann)


def type_in(mine: Participation, login: Any, pin: str, at: datetime = BEGINS) -> type[Refusal] | None:
    """What was said to it, as a view hears it: outside any transaction of its own."""
    try:
        check_in_by_pin(participation=mine, pin=pin, **by(login, at))
    except Refusal as refusal:
        return type(refusal)
    return None


def test_the_number_at_the_door_checks_in(there: Season, mine: Participation) -> None:
    assert type_in(mine, there.ann, " 4711 ") is None

    mine.refresh_from_db()
    assert (mine.state, mine.checked_in_how) == ("CHECKED_IN", "PIN")


def test_after_five_wrong_numbers_in_an_hour_the_right_one_is_not_looked_at(
    there: Season, mine: Participation
) -> None:
    wrong = [
        type_in(mine, there.ann, pin, BEGINS + number * MINUTE)
        for number, pin in enumerate(["", "4712", "x" * 99, "é", "0"])
    ]

    assert wrong == [arriving.WrongPin] * 5
    assert type_in(mine, there.ann, "4711", BEGINS + 5 * MINUTE) is arriving.TooManyPins
    assert type_in(mine, second_login(there.ann), "4711", BEGINS + 5 * MINUTE) is arriving.TooManyPins
    assert type_in(mine, there.ann, "4711", BEGINS + 61 * MINUTE) is None


def test_wrong_numbers_at_one_door_count_at_another(there: Season, mine: Participation) -> None:
    for _number in range(5):
        type_in(mine, there.ann, "1")
    other = takes_part(shift(activity(there, "Gras maaien"), BEGINS, pin="1234"), there.ann.person)

    assert type_in(other, there.ann, "1234") is arriving.TooManyPins


def test_somebody_elses_wrong_numbers_keep_nobody_out(
    there: Season, that: Shift, mine: Participation
) -> None:
    theirs = signed_up(that, there.ben)
    for _number in range(5):
        type_in(theirs, there.ben, "1")

    assert type_in(mine, there.ann, "4711") is None


def test_the_number_of_before_opens_nothing_after_a_new_one(
    there: Season, that: Shift, mine: Participation
) -> None:
    shifts.new_door(shift=that, **by(there.olaf))

    assert type_in(mine, there.ann, "4711") is arriving.WrongPin


def test_the_number_opens_nothing_outside_the_hours_and_is_not_counted(
    there: Season, mine: Participation
) -> None:
    assert type_in(mine, there.ann, "1", BEGINS - 31 * MINUTE) is door_links.DoorClosed
    assert type_in(mine, there.ann, "4711", ENDS + 31 * MINUTE) is door_links.DoorClosed
    assert not PinTry.objects.exists()


def test_nobody_types_the_number_for_somebody_else(there: Season, mine: Participation) -> None:
    assert type_in(mine, there.ben, "4711") is NotAllowed
    assert not PinTry.objects.exists()


def test_a_wrong_number_stays_counted_whatever_became_of_the_request(
    there: Season, mine: Participation
) -> None:
    with transaction.atomic():
        assert type_in(mine, there.ann, "1") is arriving.WrongPin

    assert PinTry.objects.get().person == there.ann.person
