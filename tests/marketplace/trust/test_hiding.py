"""References that the board hides, with a reason in their place."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Refusal
from marketplace.models import Reference
from marketplace.operations import reports
from marketplace.permissions import OwnMatter
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import Role, User
from tests.factories.market import AT, Market
from tests.factories.people import actor, mandate
from tests.marketplace.trust.making import events_about, ordered_and_paid, referred


@pytest.fixture
def reference(there: Market) -> Reference:
    """What Ann wrote about the shop."""
    return referred(ordered_and_paid(there), there.ann_login, "Sjoerd is een boef.")


def hide(reference: Reference, by: User, reason: str = "Dit kwetst.") -> None:
    reports.hide_reference(reference=reference, reason=reason, actor=actor(by), at=AT)


def test_the_board_hides_it_and_the_reason_stays(there: Market, reference: Reference) -> None:
    hide(reference, there.bea)

    assert (reference.hidden_at, reference.hidden_by, reference.hidden_reason) == (
        AT,
        there.bea.person,
        "Dit kwetst.",
    )
    assert events_about(there.shop.holder)[-1] == "reference.hide"
    assert events_about(there.ann_login.person)[-1] == "reference.hide"


def test_the_board_shows_it_again(there: Market, reference: Reference) -> None:
    hide(reference, there.bea)

    reports.show_reference(reference=reference, actor=actor(there.bob), at=AT)

    assert (reference.hidden_at, reference.hidden_by, reference.hidden_reason) == (None, None, "")
    assert events_about(there.shop.holder)[-2:] == ["reference.hide", "reference.show"]


def test_each_is_done_once(there: Market, reference: Reference) -> None:
    with pytest.raises(reports.NotHidden):
        reports.show_reference(reference=reference, actor=actor(there.bea), at=AT)
    hide(reference, there.bea)

    with pytest.raises(reports.HiddenAlready):
        hide(reference, there.bob)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_nothing_is_hidden_without_a_reason(there: Market, reference: Reference, reason: str) -> None:
    refusal: type[Refusal] = reports.HidingReasonMissing

    with pytest.raises(refusal):
        hide(reference, there.bea, reason)


def test_the_database_itself_wants_a_reason(there: Market, reference: Reference) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.filter(pk=reference.pk).update(hidden_at=AT)


@pytest.mark.parametrize("who", ["ann_login", "sjoerd", "cas_login"])
def test_whom_it_is_about_does_not_hide_it(there: Market, reference: Reference, who: str) -> None:
    with pytest.raises(BoardOnly):
        hide(reference, getattr(there, who))


def test_a_member_with_an_office_for_the_shop_leaves_it_to_the_others(
    there: Market, reference: Reference
) -> None:
    mandate(person=there.bea, principal=there.shop.holder, role=Role.EDITOR)

    with pytest.raises(OwnMatter):
        hide(reference, there.bea)
    hide(reference, there.bob)
    with pytest.raises(OwnMatter):
        reports.show_reference(reference=reference, actor=actor(there.bea), at=AT)
