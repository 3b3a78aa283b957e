from __future__ import annotations

import uuid
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed
from core.states import MoveRefused
from neighbourhoods.models import Appeal, BallotBox, Election, Neighbourhood
from neighbourhoods.operations.appeals import (
    Involved,
    RulingMissing,
    admit_appeal,
    file_appeal,
    hear_appeal,
    hold_it_again,
    rule_on_appeal,
    turn_away_appeal,
    when_upheld,
)
from neighbourhoods.operations.policies import add_first_policies
from neighbourhoods.permissions import OwnMatter
from neighbourhoods.queries.appeals import (
    Owner,
    Ruling,
    add_owner,
    open_appeals,
    rulings_of,
)
from neighbourhoods.queries.polling import appeals_at, panels_of
from neighbourhoods.states import AppealState, ElectionState
from people.models import Mandate, Role, User
from tests.factories import democracy as make
from tests.factories.people import actor, mandate, person
from tests.factories.residency import SYSTEM, municipality, second_login
from tests.neighbourhoods.appeals.conftest import UNTIL

AT = make.AFTER
DAY_AFTER = AT + timedelta(days=1)
WHY = "De stembus ging een uur te vroeg dicht."


def filed(urn: BallotBox, who: User) -> Appeal:
    return file_appeal(
        box=urn,
        person=who.person,
        grounds="Het ging niet goed.",
        language="nl",
        key=uuid.uuid4(),
        actor=actor(who),
        at=AT,
    )


def heard(urn: BallotBox, who: User, panel: User) -> Appeal:
    made = filed(urn, who)
    admit_appeal(appeal=made, actor=actor(panel), at=AT)
    hear_appeal(appeal=made, actor=actor(panel), at=AT)
    return made


def rule(made: Appeal, panel: User | Actor, *, upheld: bool = True, ruling: str = WHY) -> None:
    who = panel if isinstance(panel, Actor) else actor(panel)
    rule_on_appeal(appeal=made, upheld=upheld, ruling=ruling, actor=who, at=DAY_AFTER)


@pytest.fixture(autouse=True)
def _policies(request: pytest.FixtureRequest) -> None:
    """A new election is drafted by the policy that holds then."""
    if "molenwijk" in request.fixturenames:
        add_first_policies(request.getfixturevalue("molenwijk"), actor=SYSTEM, at=make.OPENS)


def test_an_upheld_appeal_undoes_the_result_and_a_new_election_is_drafted(
    election: Election, urn: BallotBox, ann: User, pia: User
) -> None:
    made = heard(urn, ann, pia)

    rule(made, pia)

    election.refresh_from_db()
    assert election.state == ElectionState.ANNULLED
    assert (election.replaced_by.state, election.replaced_by.seats) == (ElectionState.DRAFT, election.seats)
    made.refresh_from_db()
    assert (made.state, made.ruling, made.ruled_by, made.ruled_at) == (
        AppealState.UPHELD, WHY, pia.person, DAY_AFTER,
    )  # fmt: skip
    told = AuditEntry.objects.filter(event__startswith="appeal.", about__party=ann.person).order_by("pk")
    assert [line.event for line in told] == ["appeal.file", "appeal.admit", "appeal.hear", "appeal.uphold"]


def test_a_dismissed_appeal_leaves_the_result_as_it_is(
    election: Election, urn: BallotBox, ann: User, pia: User
) -> None:
    made = heard(urn, ann, pia)

    rule(made, pia, upheld=False, ruling="Het ging zoals het moest.")

    election.refresh_from_db()
    assert (made.state, election.state) == (AppealState.DISMISSED, ElectionState.PROVISIONAL)
    assert not open_appeals(urn).exists()


def test_an_appeal_can_be_turned_away_with_reasons(
    election: Election, urn: BallotBox, ann: User, pia: User
) -> None:
    made = filed(urn, ann)

    turn_away_appeal(appeal=made, ruling="Dit gaat niet over de stemming.", actor=actor(pia), at=DAY_AFTER)

    made.refresh_from_db()
    assert (made.state, made.ruled_by, made.ruled_at) == (AppealState.INADMISSIBLE, pia.person, DAY_AFTER)
    assert made.ruling == "Dit gaat niet over de stemming."


def test_the_panel_may_take_longer_than_there_was_to_appeal(
    election: Election, urn: BallotBox, ann: User, pia: User
) -> None:
    made = heard(urn, ann, pia)

    rule_on_appeal(appeal=made, upheld=True, ruling=WHY, actor=actor(pia), at=UNTIL + timedelta(days=30))

    election.refresh_from_db()
    assert election.state == ElectionState.ANNULLED


def test_a_second_appeal_about_an_annulled_result_is_still_ruled_on(
    election: Election, urn: BallotBox, ann: User, ben: User, pia: User
) -> None:
    one, other = heard(urn, ann, pia), heard(urn, ben, pia)
    rule(one, pia)

    rule(other, pia)

    assert (other.state, Election.objects.filter(replaces=election).count()) == (AppealState.UPHELD, 1)


def test_an_appeal_that_was_not_heard_is_not_ruled_on_and_nothing_happens_to_the_result(
    election: Election, urn: BallotBox, ann: User, pia: User
) -> None:
    made = filed(urn, ann)

    with pytest.raises(MoveRefused):
        rule(made, pia)

    election.refresh_from_db()
    assert (Appeal.objects.get().state, election.state) == (AppealState.FILED, ElectionState.PROVISIONAL)


@pytest.mark.parametrize("ruling", ["", "  ", "a" * 4001])
def test_a_ruling_has_reasons_and_not_too_many(
    urn: BallotBox, ann: User, ben: User, pia: User, ruling: str
) -> None:
    made, other = heard(urn, ann, pia), filed(urn, ben)

    with pytest.raises(RulingMissing):
        rule(made, pia, ruling=ruling)
    with pytest.raises(RulingMissing):
        turn_away_appeal(appeal=other, ruling=ruling, actor=actor(pia), at=AT)


def every_step(made: Appeal, who: Actor) -> list[Any]:
    """What each step of the panel is refused with."""
    refused = []
    for step in (
        lambda: admit_appeal(appeal=made, actor=who, at=AT),
        lambda: turn_away_appeal(appeal=made, ruling=WHY, actor=who, at=AT),
        lambda: hear_appeal(appeal=made, actor=who, at=AT),
        lambda: rule(made, who),
        lambda: rule(made, who, upheld=False),
    ):
        with pytest.raises(Exception) as refusal:
            step()
        refused.append(refusal.type)
    return refused


def test_nobody_but_the_panel_of_that_municipality_rules(
    urn: BallotBox, ann: User, ben: User, cas: User, olga: User
) -> None:
    mandate(person=cas, principal=municipality("Plasdam"), role=Role.APPEALS)
    made = filed(urn, ann)

    for who in (actor(ben), actor(cas), actor(olga), SYSTEM):
        assert set(every_step(made, who)) == {NotAllowed}


@pytest.mark.parametrize("part", ["candidate", "polling", "polling before", "board", "appellant"])
def test_nobody_rules_who_had_a_part_in_the_vote(
    part: str, election: Election, urn: BallotBox, molenwijk: Neighbourhood, dijkstad: Any, ann: User, bea: User,
    dirk: User,
) -> None:  # fmt: skip
    olga = person("Olga")
    office = mandate(person=olga, principal=dijkstad, role=Role.POLLING)
    if part == "polling before":
        Mandate.objects.filter(pk=office.pk).update(until_on=make.OPENS.date())
    who = {"candidate": dirk, "board": bea, "appellant": ann}.get(part, olga)
    mandate(person=who, principal=dijkstad, role=Role.APPEALS)
    made = filed(urn, ann)

    refused = set(every_step(made, actor(who)))

    assert refused == ({OwnMatter} if part == "appellant" else {Involved})
    assert Appeal.objects.get().state == AppealState.FILED


def test_nor_under_another_number(urn: BallotBox, ann: User, dirk: User, dijkstad: Any) -> None:
    twin, twin_of_ann = second_login(dirk), second_login(ann, "Anna")
    for login in (twin, twin_of_ann):
        mandate(person=login, principal=dijkstad, role=Role.APPEALS)
    made = filed(urn, ann)

    with pytest.raises(Involved):
        admit_appeal(appeal=made, actor=actor(twin), at=AT)
    with pytest.raises(OwnMatter):
        admit_appeal(appeal=made, actor=actor(twin_of_ann), at=AT)


def test_who_left_the_polling_office_long_before_may_rule(
    urn: BallotBox, ann: User, pia: User, dijkstad: Any
) -> None:
    mandate(
        person=pia, principal=dijkstad, role=Role.POLLING, until_on=urn.roll.reference_on - timedelta(days=40)
    )
    made = filed(urn, ann)

    admit_appeal(appeal=made, actor=actor(pia), at=AT)

    assert made.state == AppealState.ADMITTED


# --- What everybody reads ---------------------------------------------------------------------------------------------


def test_rulings_are_public_and_hold_no_names(
    urn: BallotBox, ann: User, ben: User, dirk: User, pia: User
) -> None:
    rule(heard(urn, ann, pia), pia, upheld=False, ruling="Alles is nageteld.")
    turn_away_appeal(appeal=filed(urn, ben), ruling="Gaat over iets anders.", actor=actor(pia), at=DAY_AFTER)
    filed(urn, dirk)

    assert rulings_of(urn) == [
        Ruling(state=AppealState.DISMISSED, ruling="Alles is nageteld.", ruled_at=DAY_AFTER),
        Ruling(state=AppealState.INADMISSIBLE, ruling="Gaat over iets anders.", ruled_at=DAY_AFTER),
    ]
    assert [one.outcome for one in rulings_of(urn)] == ["dismissed", "not admitted"]
    assert {field.name for field in fields(Ruling)} == {"state", "ruling", "ruled_at"}


def lying_with(who: User) -> list[Appeal]:
    return list(appeals_at(panels_of(who.person, AT.date())))


def test_the_panel_sees_what_lies_with_it_and_another_panel_does_not(
    urn: BallotBox, ann: User, ben: User, cas: User, pia: User, piet: User
) -> None:
    mandate(person=cas, principal=municipality("Plasdam"), role=Role.APPEALS)
    waiting = [filed(urn, ann), filed(urn, ben)]

    assert lying_with(pia) == lying_with(piet) == waiting
    assert lying_with(cas) == lying_with(ann) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_the_panel_takes_two_queries_and_the_rulings_one(
    urn: BallotBox, ann: User, ben: User, dirk: User, pia: User, number: int, django_assert_num_queries: Any
) -> None:
    for who in (ann, ben, dirk)[:number]:
        filed(urn, who)

    with django_assert_num_queries(2):
        names = [
            (
                one.appellant.display_name,
                one.box.election.title,
                one.box.neighbourhood.municipality.display_name,
            )
            for one in lying_with(pia)
        ]
    with django_assert_num_queries(1):
        rulings_of(urn)

    assert len(names) == number


# --- Other things than elections --------------------------------------------------------------------------------------


def test_a_thing_says_once_what_appeals_ask_and_once_what_they_lead_to() -> None:
    with pytest.raises(ValueError, match="added already"):
        add_owner(
            Owner(name="election", deadline=lambda _thing: None, stands_in=lambda _thing, _numbers: False)
        )
    for name in ("election", "nothing"):
        with pytest.raises(ValueError, match="takes no appeals"):
            when_upheld(name)(hold_it_again)
