"""What the board changes of an open activity: what it earns, from which pot, from which age."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.refusals import Refusal
from ledger.kinds import Label
from marketplace.models import Activity
from marketplace.operations import activities
from marketplace.operations.activities.facts import CertificateRefused
from marketplace.operations.activities.judging import (
    PotHoldsLess,
)
from marketplace.permissions import OwnMatter
from marketplace.queries.posting import reason_of
from neighbourhoods.models import ValuedItem
from neighbourhoods.operations.meetings.doors import BoardOnly
from tests.factories import pots, values
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.people import actor
from tests.factories.residency import second_login
from tests.factories.wallet import fund
from tests.marketplace.activities.making import (
    DAY,
    drafted,
    facts,
    opened,
    submitted,
    words,
)


def _item(there: Season) -> ValuedItem:
    return values.item(there.neighbourhood, "Thee zetten")


DEEDS: dict[str, Callable[..., Activity]] = {
    "publish": activities.publish,
    "return": lambda **more: activities.return_activity(reason="Zeg waar.", **more),
    "suspend": lambda **more: activities.suspend(reason="Onveilig.", **more),
    "release": lambda **more: activities.release(reason="Toch goed.", **more),
}


def prepared(there: Season, deed: str, **more: Any) -> Activity:
    """An activity with which the board can do this."""
    if deed in {"publish", "return"}:
        return submitted(there, **more)
    made = opened(there, **more)
    if deed == "release":
        activities.suspend(activity=made, reason="Onveilig.", actor=actor(there.bea), at=AT)
    return made


# --- What an open one earns -------------------------------------------------------------------------------------------


def test_the_board_changes_what_an_open_activity_earns_and_who_signed_up_keeps_their_value(
    there: Season,
) -> None:
    made = opened(there)
    other, pot = (
        _item(there),
        pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT),
    )
    values.worth(other, 4_00)
    fund(there.place, pot, 18_00)
    mine = takes_part(shift(made), there.ann.person)

    activities.change_money(
        activity=made, item=other, label=Label.EXPENSES, pot=pot, lowest_age=18, reason="Er komt een nieuwe pot.",
        actor=actor(there.bea), at=AT + DAY,
    )  # fmt: skip

    made.refresh_from_db()
    mine.refresh_from_db()
    assert (made.item, made.label, made.pot, made.lowest_age) == (other, Label.EXPENSES, pot, 18)
    assert (mine.value, mine.label) == (6_00, Label.VOLUNTEER_ALLOWANCE)
    assert "thee" in made.words.split()
    assert reason_of(made, "activity.change") == "Er komt een nieuwe pot."


def _money(there: Season, made: Activity, **more: Any) -> dict[str, Any]:
    return {
        "activity": made, "item": there.item, "label": Label.VOLUNTEER_ALLOWANCE, "pot": there.pot, "lowest_age": 18,
        "reason": "Omdat het zo moet.", "at": AT, **more,
    }  # fmt: skip


def test_another_pot_has_left_what_people_were_promised(there: Season) -> None:
    made = opened(there)
    pot = pots.pot(there.neighbourhood, "Wijkpot", holder=there.neighbourhood.party, at=AT)
    fund(there.place, pot, 20_00)
    takes_part(shift(made), there.ann.person)
    takes_part(
        shift(activity(there, "Soep", pot=pot), hours=1), there.ben.person
    )  # 6,00 of it is promised already

    with pytest.raises(PotHoldsLess):
        activities.change_money(**_money(there, made, pot=pot), actor=actor(there.bea))
    made.refresh_from_db()
    assert made.pot == there.pot

    fund(there.place, pot, 4_00)
    assert activities.change_money(**_money(there, made, pot=pot), actor=actor(there.bea)).pot == pot


def test_the_pot_that_pays_already_is_not_counted_twice(there: Season) -> None:
    made = opened(there)
    for _number in range(20):
        takes_part(shift(made, AT + (3 + _number) * DAY, hours=8), there.ann.person)

    assert activities.change_money(**_money(there, made), actor=actor(there.bea)).lowest_age == 18


@pytest.mark.parametrize("state", ["SIGNED_UP", "WAITING", "CLAIMED"])
def test_who_takes_part_leaves_to_colleagues_what_it_earns(there: Season, state: str) -> None:
    made = opened(there)
    takes_part(shift(made), there.bea.person, state)

    for login in (there.bea, second_login(there.bea)):
        with pytest.raises(OwnMatter):
            activities.change_money(**_money(there, made), actor=actor(login))
    activities.change_money(**_money(there, made), actor=actor(there.bob))


def test_what_the_board_says_that_coins_are_stays_when_its_organiser_changes_words(there: Season) -> None:
    made = opened(there)
    activities.change_money(**_money(there, made, label=Label.EXPENSES), actor=actor(there.bea))

    told = facts(there, label=Label.EXPENSES, lowest_age=18, place="Plein 2")
    activities.change_activity(activity=made, **words(there, there.olaf, facts=told))

    made.refresh_from_db()
    assert (made.label, made.place) == (Label.EXPENSES, "Plein 2")


def test_a_certificate_is_asked_by_an_organisation_and_never_by_a_resident(there: Season) -> None:
    of_ann = drafted(there, there.ann, organiser=there.ann.person)

    with pytest.raises(CertificateRefused):
        activities.change_money(
            **_money(there, of_ann, asks_conduct_certificate=True), actor=actor(there.bea)
        )
    activities.change_money(
        **_money(there, opened(there), asks_conduct_certificate=True), actor=actor(there.bea)
    )


def test_nobody_else_changes_what_it_earns_and_not_to_what_does_not_do(there: Season) -> None:
    made = opened(there)
    money: dict[str, Any] = {
        "activity": made, "item": there.item, "label": Label.WAGE, "pot": there.pot, "lowest_age": 18, "at": AT,
        "reason": "Omdat het zo moet.",
    }  # fmt: skip
    foreign = pots.pot(there.neighbourhood, "Leespot", at=AT)

    with pytest.raises(BoardOnly):
        activities.change_money(**money, actor=actor(there.olaf))
    for change, refusal in (
        ({"item": _item(there)}, "activity_no_value_yet"), ({"label": Label.GIFT}, "activity_label"),
        ({"pot": foreign}, "activity_pot_not_allowed"), ({"lowest_age": 3}, "activity_lowest_age"),
        ({"reason": ""}, "activity_reason_needed"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            activities.change_money(**{**money, **change}, actor=actor(there.bea))
        assert refused.value.code == refusal
    made.refresh_from_db()
    assert (made.item, made.label, made.pot) == (there.item, Label.VOLUNTEER_ALLOWANCE, there.pot)
