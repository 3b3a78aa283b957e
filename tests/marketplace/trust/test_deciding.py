"""The board lets organisations in, or not, and sends them off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.clock import day_of
from core.refusals import Refusal
from core.states import MoveRefused
from ledger.kinds import AccountKind
from ledger.operations import block_account, close_account
from ledger.queries import accounts_of
from marketplace.models import Admission
from marketplace.operations import admissions
from marketplace.permissions import OwnMatter
from marketplace.queries.admissions import is_admitted, reason_of
from marketplace.states import AdmissionState, OfferState
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import OrganisationDetails, Party, Role, User
from tests.factories.market import AT, Market, market, supply
from tests.factories.people import actor, mandate
from tests.factories.residency import second_login
from tests.marketplace.trust.making import LAST_DAY, asked, events_about, let_in

TODAY = day_of(AT)


@pytest.fixture
def request_of_bakery(there: Market, bakery: Party, kim: User) -> Admission:
    return asked(there, bakery, kim)


def test_whoever_is_let_in_takes_part_up_to_and_including_the_last_day(
    there: Market, bakery: Party, request_of_bakery: Admission
) -> None:
    let_in(request_of_bakery, there.bea)

    request_of_bakery.refresh_from_db()
    assert (request_of_bakery.decided_by, request_of_bakery.decided_at) == (there.bea.person, AT)
    assert is_admitted(bakery, there.neighbourhood, LAST_DAY)
    assert not is_admitted(bakery, there.neighbourhood, LAST_DAY + timedelta(days=1))
    assert events_about(bakery) == ["admission.request", "admission.admit"]


def test_it_is_let_in_on_this_market_alone(
    there: Market, bakery: Party, request_of_bakery: Admission
) -> None:
    elsewhere = market("Sluiskade", "NL02ABNA0123456789")

    let_in(request_of_bakery, there.bea)

    assert not is_admitted(bakery, elsewhere.neighbourhood, TODAY)


def test_it_gets_an_account_that_is_not_paid_out_in_euros(
    there: Market, bakery: Party, request_of_bakery: Admission
) -> None:
    admissions.admit(
        admission=request_of_bakery, checks="Gezien.", until_on=LAST_DAY, in_area=False, actor=actor(there.bea), at=AT
    )  # fmt: skip

    account = accounts_of(bakery).get()
    assert (account.coin, account.kind, account.holder_kind) == (there.coin, AccountKind.HOLDER, "COMPANY")
    assert (account.in_area, account.may_redeem, account.balance) == (False, False, 0)


def test_the_account_that_it_has_is_left_as_it_is(there: Market) -> None:
    shop = there.shop.holder
    Admission.objects.filter(organisation=shop).update(state=AdmissionState.ENDED)
    block_account(account=there.shop, actor=Actor.system(), at=AT)
    OrganisationDetails.objects.filter(party=shop).update(kvk_number="27312152")

    let_in(asked(there, Party.objects.get(pk=shop.pk), there.sjoerd), there.bea)

    account = accounts_of(shop).get()
    assert (account.pk, account.state, account.may_redeem) == (there.shop.pk, "BLOCKED", True)


def test_in_the_place_of_a_closed_account_comes_a_new_one(
    there: Market, bakery: Party, kim: User, request_of_bakery: Admission
) -> None:
    let_in(request_of_bakery, there.bea)
    close_account(account=accounts_of(bakery).get(), actor=Actor.system(), at=AT)
    admissions.end_admission(admission=request_of_bakery, reason="Weg.", actor=actor(there.bea), at=AT)

    let_in(asked(there, bakery, kim), there.bob)

    assert sorted(accounts_of(bakery).values_list("state", flat=True)) == ["CLOSED", "OPEN"]


@pytest.mark.parametrize("who", ["ann_login", "sjoerd", "cas_login"])
def test_only_the_board_decides(there: Market, request_of_bakery: Admission, who: str) -> None:
    outsider = actor(getattr(there, who))

    for deed, words in (
        (admissions.admit, {"checks": "x", "until_on": LAST_DAY}),
        (admissions.prolong, {"checks": "x", "until_on": LAST_DAY}),
        (admissions.refuse_admission, {"reason": "x"}),
        (admissions.end_admission, {"reason": "x"}),
    ):
        with pytest.raises(BoardOnly):
            deed(admission=request_of_bakery, actor=outsider, at=AT, **words)


def test_the_board_of_elsewhere_does_not_decide_here(there: Market, request_of_bakery: Admission) -> None:
    elsewhere = market("Sluiskade", "NL02ABNA0123456789")

    with pytest.raises(BoardOnly):
        let_in(request_of_bakery, elsewhere.bea)


def test_the_system_lets_nobody_in(there: Market, request_of_bakery: Admission) -> None:
    with pytest.raises(BoardOnly):
        admissions.admit(
            admission=request_of_bakery, checks="x", until_on=LAST_DAY, actor=Actor.system(), at=AT
        )


@pytest.mark.parametrize("role", [Role.OWNER, Role.OPERATOR, Role.EDITOR])
def test_a_member_with_any_office_for_it_leaves_it_to_the_others(
    there: Market, bakery: Party, request_of_bakery: Admission, role: str
) -> None:
    mandate(person=there.bea, principal=bakery, role=role)

    with pytest.raises(OwnMatter):
        let_in(request_of_bakery, there.bea)
    assert let_in(request_of_bakery, there.bob).state == AdmissionState.ADMITTED


def test_an_office_under_a_second_login_counts_as_well(
    there: Market, bakery: Party, request_of_bakery: Admission
) -> None:
    mandate(person=second_login(there.bea), principal=bakery)

    with pytest.raises(OwnMatter):
        let_in(request_of_bakery, there.bea)


@pytest.mark.parametrize(
    ("checks", "days", "refusal"),
    [
        (" ", 30, admissions.ChecksMissing),
        ("x" * 1001, 30, admissions.ChecksMissing),
        ("Gezien.", -1, admissions.LastDayImpossible),
        ("Gezien.", 733, admissions.LastDayImpossible),
    ],
)
def test_nobody_is_let_in_without_a_look_or_for_ever(
    there: Market, request_of_bakery: Admission, checks: str, days: int, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        admissions.admit(
            admission=request_of_bakery, checks=checks, until_on=TODAY + timedelta(days=days), actor=actor(there.bea),
            at=AT,
        )  # fmt: skip


def test_the_database_itself_lets_nobody_in_without_a_look(
    there: Market, request_of_bakery: Admission
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.filter(pk=request_of_bakery.pk).update(state=AdmissionState.ADMITTED)


def test_the_database_itself_keeps_two_admissions_of_one_apart(
    there: Market, bakery: Party, request_of_bakery: Admission
) -> None:
    request_of_bakery.pk, request_of_bakery._state.adding = None, True
    request_of_bakery.ref, request_of_bakery.key = there.bea.person.uuid, there.bea.person.uuid

    with pytest.raises(IntegrityError), transaction.atomic():
        request_of_bakery.save(force_insert=True)


def test_of_two_members_who_decide_at_once_the_second_is_told(
    there: Market, request_of_bakery: Admission
) -> None:
    also_open = Admission.objects.get(pk=request_of_bakery.pk)
    admissions.refuse_admission(admission=request_of_bakery, reason="Vol.", actor=actor(there.bea), at=AT)

    with pytest.raises(MoveRefused):
        let_in(also_open, there.bob)
    assert accounts_of(request_of_bakery.organisation).count() == 0


def test_a_no_says_why(there: Market, request_of_bakery: Admission) -> None:
    with pytest.raises(admissions.WhyMissing):
        admissions.refuse_admission(admission=request_of_bakery, reason=" ", actor=actor(there.bea), at=AT)

    admissions.refuse_admission(
        admission=request_of_bakery, reason="Dit werk doet de gemeente.", actor=actor(there.bea), at=AT
    )

    assert request_of_bakery.state == AdmissionState.REFUSED
    assert reason_of(request_of_bakery) == "Dit werk doet de gemeente."


def test_what_somebody_has_there_is_paused_when_they_are_sent_off(there: Market) -> None:
    shop = there.shop.holder
    here, draft = supply(there), supply(there, "Concept", state=OfferState.DRAFT)
    of_ann = supply(there, "Soep", by=there.ann.holder)
    elsewhere = supply(market("Sluiskade", "NL02ABNA0123456789"), "Daar", by=shop)

    admissions.end_admission(
        admission=Admission.objects.get(organisation=shop, neighbourhood=there.neighbourhood),
        reason="Drie keer niet geleverd.",
        actor=actor(there.bea),
        at=AT,
    )

    states = []
    for offer in (here, draft, of_ann, elsewhere):
        offer.refresh_from_db()
        states.append((offer.state, offer.paused_by_board))
    assert states == [("PAUSED", False), ("DRAFT", False), ("PUBLISHED", False), ("PUBLISHED", False)]
    assert not is_admitted(shop, there.neighbourhood, TODAY)


def test_the_board_changes_the_last_day_after_another_look(there: Market, bakery: Party, kim: User) -> None:
    made = let_in(asked(there, bakery, kim), there.bea)
    later = LAST_DAY + timedelta(days=100)

    admissions.prolong(
        admission=made, checks="Verzekering opnieuw gezien.", until_on=later, actor=actor(there.bob), at=AT
    )

    assert (made.until_on, made.checks, made.decided_by) == (
        later,
        "Verzekering opnieuw gezien.",
        there.bob.person,
    )
    assert events_about(bakery)[-1] == "admission.prolong"


def test_what_is_over_is_not_prolonged(there: Market, request_of_bakery: Admission) -> None:
    with pytest.raises(admissions.NotRunning):
        admissions.prolong(
            admission=request_of_bakery, checks="x", until_on=LAST_DAY, actor=actor(there.bea), at=AT
        )
