"""What is confirmed is paid, or waits and says why. The clock tries again once a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.models import AuditAbout
from core.states import MoveRefused
from ledger.operations import block_account, unblock_account
from marketplace.models import Participation, RewardSituation, RewardYear
from marketplace.operations.hours import confirm, settle
from marketplace.operations.hours.clock import watch_payments
from people.models import Party, PersonDetails
from tests.factories.activities import AT, Season, born, confirm_year, season
from tests.factories.people import actor
from tests.factories.pots import rule
from tests.factories.values import item
from tests.factories.wallet import fund, open_for
from tests.marketplace.hours.scene import (
    DAY,
    OVER,
    a_day_earlier,
    balance,
    check_books,
    events,
    fresh,
    told,
    without_maximum,
)

SYSTEM = Actor.system()
HOUR = timedelta(hours=1)


def confirmed(there: Season, claim: Participation, at: datetime = OVER) -> Participation:
    confirm(participation=claim, actor=actor(there.olaf), at=at)
    return claim


def why(claim: Participation) -> tuple[str, str]:
    found = fresh(claim)
    return found.state, found.held


# --- What waits -------------------------------------------------------------------------------------------------------


def test_what_the_pot_cannot_pay_stays_confirmed_and_is_paid_once_it_is_filled(there: Season) -> None:
    claim = confirmed(there, without_maximum(there, there.ann, value=200_00))  # 600,00 of the 500,00

    assert why(claim) == ("CONFIRMED", "POT")
    assert events(claim) == ["confirm", "hold"]
    fund(there.place, there.pot, 100_00, "more")

    assert watch_payments(OVER + DAY) == 1
    assert why(claim) == ("PAID", "")
    assert (balance(there.pot), balance(there.place.ann)) == (0, 600_00)
    check_books()


def test_a_pot_that_is_blocked_pays_nothing_until_it_is_open_again(there: Season) -> None:
    block_account(account=there.pot, actor=SYSTEM, at=AT)
    claim = confirmed(there, told(there, there.ann))
    assert why(claim) == ("CONFIRMED", "POT")

    unblock_account(account=there.pot, actor=SYSTEM, at=AT)

    assert watch_payments(OVER + DAY) == 1


def test_a_pot_that_has_ended_pays_nothing_more(there: Season) -> None:
    type(there.pot).objects.filter(pk=there.pot.pk).update(ends_on=(OVER - DAY).date())

    assert why(confirmed(there, told(there, there.ann))) == ("CONFIRMED", "POT")


def test_a_pot_that_is_for_something_else_by_now_pays_nothing(there: Season) -> None:
    rule(there.pot, item=item(there.neighbourhood, "Soep"))

    assert why(confirmed(there, told(there, there.ann))) == ("CONFIRMED", "POT")
    assert balance(there.pot) == 500_00


def test_who_has_no_wallet_is_paid_once_there_is_one(there: Season) -> None:
    claim = confirmed(there, told(there, there.bob, escalated_at=OVER))
    assert why(claim) == ("CONFIRMED", "ACCOUNT")

    wallet = open_for(there.neighbourhood, there.bob.person)

    assert watch_payments(OVER + DAY) == 1
    assert balance(wallet) == 18_00


def test_a_wallet_that_is_full_is_paid_once_there_is_room(there: Season) -> None:
    accounts = type(there.pot).objects.filter(pk=there.place.ann.pk)
    accounts.update(ceiling=10_00)
    claim = confirmed(there, told(there, there.ann))
    assert why(claim) == ("CONFIRMED", "LIMIT")

    accounts.update(ceiling=100_00)

    assert watch_payments(OVER + DAY) == 1


def test_against_a_year_that_nobody_confirmed_nothing_is_paid(there: Season) -> None:
    next_year = datetime(2027, 1, 2, 12, tzinfo=UTC)
    claim = confirmed(there, told(there, there.ann), at=next_year)
    assert why(claim) == ("CONFIRMED", "YEAR")

    confirm_year(there.municipality, 2027)

    assert watch_payments(next_year + DAY) == 1


def test_without_a_birthday_nothing_is_paid(there: Season) -> None:
    PersonDetails.objects.filter(party=there.ann.person).update(born_on=None)
    claim = confirmed(there, told(there, there.ann))
    assert why(claim) == ("CONFIRMED", "AGE")

    born(there.ann.person)

    assert watch_payments(OVER + DAY) == 1


def test_a_reason_that_stays_the_same_is_written_once(there: Season) -> None:
    claim = confirmed(there, without_maximum(there, there.ann, value=200_00))

    for days in (1, 2, 3):
        assert watch_payments(OVER + days * DAY) == 0

    assert events(claim) == ["confirm", "hold"]


def test_a_reason_that_becomes_another_is_written(there: Season) -> None:
    block_account(account=there.place.ann, actor=SYSTEM, at=AT)
    claim = confirmed(there, told(there, there.ann))
    block_account(account=there.pot, actor=SYSTEM, at=AT)
    unblock_account(account=there.place.ann, actor=SYSTEM, at=AT)

    watch_payments(OVER + DAY)

    assert why(claim) == ("CONFIRMED", "POT")
    assert events(claim) == ["confirm", "hold", "hold"]


# --- The maximum ------------------------------------------------------------------------------------------------------


def with_rules(there: Season, **rules: object) -> RewardYear:
    return confirm_year(there.municipality, version=2, **{"per_hour": None, **rules})  # type: ignore[arg-type]


def test_beyond_the_month_it_waits_and_is_paid_in_the_next_one(there: Season) -> None:
    with_rules(there, per_month=30_00)
    first, second = (confirmed(there, told(there, there.ann)) for _ in range(2))

    assert (first.state, second.state) == ("PAID", "BLOCKED_BY_CAP")
    assert watch_payments(OVER + DAY) == 0
    assert events(second) == ["confirm", "block"]

    december = datetime(2026, 11, 30, 23, 1, tzinfo=UTC)  # one past midnight where they live
    assert watch_payments(december) == 1
    assert events(second) == ["confirm", "block", "release", "pay"]
    check_books()


def test_exactly_the_maximum_is_paid(there: Season) -> None:
    with_rules(there, per_month=36_00)

    claims = [confirmed(there, told(there, there.ann)) for _ in range(2)]

    assert [claim.state for claim in claims] == ["PAID", "PAID"]


def test_what_another_neighbourhood_paid_counts(there: Season) -> None:
    other = season("Eikenhof", "NL02ABNA0123456789")
    with_rules(there, per_month=30_00)
    wallet = open_for(other.neighbourhood, there.ann.person)
    confirmed(other, told(other, there.ann))
    assert balance(wallet) == 18_00

    assert why(confirmed(there, told(there, there.ann))) == ("BLOCKED_BY_CAP", "")


def test_what_came_in_on_a_second_number_counts(there: Season) -> None:
    with_rules(there, per_month=30_00)
    confirmed(there, a_day_earlier(told(there, there.ben)))
    claim = told(there, there.ann)
    Party.objects.filter(pk=there.ben.person.pk).update(same_person_as=there.ann.person)

    confirmed(there, claim)

    assert why(claim) == ("BLOCKED_BY_CAP", "")


def test_who_was_found_to_be_another_since_is_paid_and_judged_as_that_one(there: Season) -> None:
    with_rules(there, per_month=30_00)
    confirmed(there, a_day_earlier(told(there, there.ben)))
    claim = told(there, there.ann)  # written under a number that does not count any more
    Party.objects.filter(pk=there.ann.person.pk).update(same_person_as=there.ben.person)

    confirmed(there, claim)

    assert why(claim) == ("BLOCKED_BY_CAP", "")


def test_where_it_warns_it_is_paid_and_written_down(there: Season) -> None:
    with_rules(there, per_month=30_00, over_cap="WARN")

    claims = [confirmed(there, told(there, there.ann)) for _ in range(2)]

    assert [claim.state for claim in claims] == ["PAID", "PAID"]
    assert [events(claim)[-1] for claim in claims] == ["pay", "warn"]


def test_where_it_asks_a_signature_it_waits_for_that(there: Season) -> None:
    with_rules(there, per_month=30_00, over_cap="SIGN")
    confirmed(there, told(there, there.ann))
    claim = confirmed(there, told(there, there.ann))
    assert why(claim) == ("BLOCKED_BY_CAP", "")
    assert not settle(participation=claim, actor=SYSTEM, at=OVER)

    Participation.objects.filter(pk=claim.pk).update(signed_above_at=OVER)

    assert settle(participation=claim, actor=actor(there.ann), at=OVER)
    assert events(claim) == ["confirm", "block", "release", "pay"]


def test_the_amount_per_hour_can_block_too(there: Season) -> None:
    with_rules(there, per_hour=5_60, over_hour="BLOCK")

    assert why(confirmed(there, told(there, there.ann))) == ("BLOCKED_BY_CAP", "")


def test_eleven_months_at_the_maximum_are_ten(there: Season) -> None:
    fund(there.place, there.pot, 3000_00, "more")
    year = {"per_hour": None, "per_month": 210_00, "per_year": 2100_00}
    confirm_year(there.municipality, 2027, **year)  # type: ignore[arg-type]
    states = []
    for month in range(1, 12):
        at = datetime(2027, month, 15, 12, tzinfo=UTC)
        states.append(confirmed(there, told(there, there.ann, value=70_00), at=at).state)

    assert states == ["PAID"] * 10 + ["BLOCKED_BY_CAP"]
    assert balance(there.place.ann) == 2100_00
    confirm_year(there.municipality, 2028, **year)  # type: ignore[arg-type]
    assert watch_payments(datetime(2028, 1, 1, 12, tzinfo=UTC)) == 1


def test_who_is_on_a_benefit_and_young_is_not_paid_and_only_they_can_read_why(there: Season) -> None:
    born(there.ann.person, (AT - 25 * 365 * DAY).date())
    RewardSituation.objects.create(person=there.ann.person, on_benefit=True, told_at=AT)

    claim = confirmed(there, told(there, there.ann))

    assert why(claim) == ("BLOCKED_BY_CAP", "")
    assert about(claim, "participation.block") == {there.ann.person.pk}
    assert about(claim, "participation.confirm") == {there.ann.person.pk, there.club.pk}


def about(claim: Participation, event: str) -> set[int]:
    """Whose trail shows this."""
    lines = AuditAbout.objects.filter(entry__event=event, entry__subject_id=str(claim.pk))
    return set(lines.values_list("party_id", flat=True))


# --- Again ------------------------------------------------------------------------------------------------------------


def test_what_waits_is_tried_once_a_day_the_first_confirmed_first(there: Season) -> None:
    late = confirmed(there, without_maximum(there, there.ann, value=200_00), at=OVER + HOUR)
    early = confirmed(there, without_maximum(there, there.ben, value=170_00), at=OVER)
    fund(there.place, there.pot, 100_00, "more")

    assert watch_payments(OVER + DAY) == 1
    assert (why(early), why(late)) == (("PAID", ""), ("CONFIRMED", "POT"))
    fund(there.place, there.pot, 600_00, "more still")
    assert watch_payments(OVER + DAY + HOUR) == 0
    assert watch_payments(OVER + 2 * DAY) == 1
    check_books()


def test_one_that_cannot_be_done_at_all_hinders_no_other(there: Season) -> None:
    broken = confirmed(there, without_maximum(there, there.ann, value=200_00))
    fine = confirmed(there, without_maximum(there, there.ben, value=200_00))
    fund(there.place, there.pot, 600_00, "more")
    other = season("Eikenhof", "NL02ABNA0123456789")
    type(broken.shift.activity).objects.filter(pk=broken.shift.activity_id).update(pot=other.pot)

    with pytest.raises(RuntimeError):
        watch_payments(OVER + DAY)

    assert (why(broken), why(fine)) == (("CONFIRMED", "POT"), ("PAID", ""))
    assert watch_payments(OVER + DAY + HOUR) == 0  # tried today


@pytest.mark.parametrize("state", ["SIGNED_UP", "CLAIMED", "DISPUTED", "NO_SHOW"])
def test_only_confirmed_hours_are_settled(there: Season, state: str) -> None:
    claim = told(there, there.ann)
    Participation.objects.filter(pk=claim.pk).update(state=state)

    with pytest.raises(MoveRefused):
        settle(participation=claim, actor=SYSTEM, at=OVER)


def test_what_is_paid_is_not_paid_again(there: Season) -> None:
    claim = confirmed(there, told(there, there.ann))

    with pytest.raises(MoveRefused):
        settle(participation=claim, actor=SYSTEM, at=OVER)

    assert balance(there.place.ann) == 18_00


def test_the_database_knows_no_payment_without_a_transfer_and_no_transfer_without_a_payment(
    there: Season,
) -> None:
    claim, other = confirmed(there, told(there, there.ann)), told(there, there.ben)
    rows = Participation.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=other.pk).update(state="PAID")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=claim.pk).update(state="CONFIRMED")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=other.pk).update(state="CONFIRMED", confirmed=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=other.pk).update(transfer=claim.transfer)
