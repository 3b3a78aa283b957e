from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import AuditEntry
from core.refusals import NotAllowed
from neighbourhoods.models import Attestation, Neighbourhood, Residency
from neighbourhoods.operations.residency import (
    AddressIncomplete,
    AlreadyRequested,
    AlreadyResident,
    FormUsed,
    PostcodeRefused,
    ReasonMissing,
    attest_at_desk,
    refuse_request,
    withdraw_request,
)
from neighbourhoods.permissions import NotYours, OwnMatter
from neighbourhoods.queries.residency import (
    neighbourhood_of,
    refused_because,
    request_of,
    residency_of,
)
from people.models import Party, User
from tests.factories.people import actor, person
from tests.factories.residency import (
    DAY,
    NOON,
    TODAY,
    ask,
    at_the_desk,
    clerk,
    municipality,
    place,
    resident,
    second_login,
)
from tests.plugins.data import RealCommits


def address_of(residency: Residency) -> list[str]:
    residency.refresh_from_db()
    return [residency.street, residency.house_number, residency.postcode, residency.town, residency.code_hash]


def test_ann_asks_to_be_enrolled(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk, actor=actor(ann), postcode="1234ab")

    assert (asked.state, asked.person_id, asked.postcode) == ("REQUESTED", ann.person_id, "1234 AB")
    assert request_of(ann.person) == asked
    assert residency_of(ann.person) is None
    line = AuditEntry.objects.get(event="residency.request")
    assert [about.party_id for about in line.about.all()] == [ann.person_id]


def test_the_same_form_sent_twice_asks_once(ann: User, molenwijk: Neighbourhood) -> None:
    key = uuid.uuid4()

    first, second = ask(ann, molenwijk, key=key), ask(ann, molenwijk, key=key)

    assert first.pk == second.pk
    assert Residency.objects.count() == 1
    assert AuditEntry.objects.filter(event="residency.request").count() == 1


def test_the_form_of_somebody_else_gives_nothing(ann: User, ben: User, molenwijk: Neighbourhood) -> None:
    key = uuid.uuid4()
    ask(ann, molenwijk, key=key)

    with pytest.raises(FormUsed):
        ask(ben, molenwijk, key=key)


def test_a_second_request_in_another_neighbourhood_is_refused(
    ann: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    ask(ann, molenwijk)

    with pytest.raises(AlreadyRequested, match="Molenwijk") as refused:
        ask(ann, sluiskade)

    assert str(refused.value) == "You already asked to be enrolled in Molenwijk. Withdraw that request first."


def test_a_person_known_twice_has_one_request_under_both_numbers(
    ann: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    twin = second_login(ann)
    asked = ask(twin, molenwijk, actor=actor(twin))

    assert asked.person_id == ann.person_id
    assert request_of(ann.person) == asked
    with pytest.raises(AlreadyRequested):
        ask(ann, sluiskade)


def test_whoever_lives_there_need_not_ask(ann: User, molenwijk: Neighbourhood) -> None:
    resident(ann, molenwijk)

    with pytest.raises(AlreadyResident):
        ask(ann, molenwijk, at=NOON + DAY)


@pytest.mark.parametrize(("days_before", "is_asked"), [(61, False), (60, True), (0, True)])
def test_in_the_last_sixty_days_a_resident_may_ask_anew(
    ann: User, molenwijk: Neighbourhood, days_before: int, is_asked: bool
) -> None:
    lives = resident(ann, molenwijk)
    assert lives.until_on
    at = datetime.combine(lives.until_on - days_before * DAY, datetime.min.time(), tzinfo=UTC) + DAY / 2

    if is_asked:
        assert ask(ann, molenwijk, at=at).state == "REQUESTED"
    else:
        with pytest.raises(AlreadyResident):
            ask(ann, molenwijk, at=at)


@pytest.mark.parametrize("postcode", ["", "0123 AB", "1234", "1234 SS", "AB 1234"])
def test_a_postcode_that_cannot_be_one_is_refused(ann: User, molenwijk: Neighbourhood, postcode: str) -> None:
    with pytest.raises(PostcodeRefused):
        ask(ann, molenwijk, postcode=postcode)

    assert Residency.objects.count() == 0


@pytest.mark.parametrize("missing", ["street", "house_number", "town"])
def test_a_letter_needs_a_whole_address(ann: User, molenwijk: Neighbourhood, missing: str) -> None:
    blank: dict[str, Any] = {missing: " "}

    with pytest.raises(AddressIncomplete):
        ask(ann, molenwijk, **blank)


def test_nobody_asks_for_somebody_else(ann: User, ben: User, cas: User, molenwijk: Neighbourhood) -> None:
    for other in (ben, cas):
        with pytest.raises(NotAllowed):
            ask(ann, molenwijk, actor=actor(other))


def test_withdrawing_forgets_the_address(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)

    withdraw_request(residency=asked, actor=actor(ann), at=NOON)

    assert asked.state == "REFUSED"
    assert address_of(asked) == ["", "", "", "", ""]
    assert refused_because(asked) == ""


def test_only_ann_withdraws_her_request(
    ann: User, ben: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)

    for other in (actor(ben), at_the_desk(clara, dijkstad)):
        with pytest.raises(NotYours):
            withdraw_request(residency=asked, actor=other, at=NOON)

    asked.refresh_from_db()
    assert asked.state == "REQUESTED"


def test_a_clerk_refuses_with_a_reason_that_ann_can_read(
    ann: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)

    refuse_request(residency=asked, reason=" No such house. ", actor=at_the_desk(clara, dijkstad), at=NOON)

    assert asked.state == "REFUSED"
    assert address_of(asked) == ["", "", "", "", ""]
    assert refused_because(asked) == "No such house."


def test_a_refusal_without_a_reason_is_refused(
    ann: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)

    with pytest.raises(ReasonMissing):
        refuse_request(residency=asked, reason="  ", actor=at_the_desk(clara, dijkstad), at=NOON)


def test_a_clerk_attests_and_ann_lives_there_for_two_years(
    ann: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)

    attest_at_desk(residency=asked, actor=at_the_desk(clara, dijkstad), at=NOON, on=TODAY)

    assert (asked.state, asked.attestation) == ("ATTESTED", Attestation.CLERK)
    assert (asked.attested_on, asked.until_on) == (TODAY, date(2028, 11, 21))
    assert neighbourhood_of(ann.person) == molenwijk
    line = AuditEntry.objects.get(event="residency.attest")
    assert (line.acted_by_id, line.acted_for_id) == (clara.person_id, dijkstad.pk)
    assert (line.before, line.after) == ("REQUESTED", "ATTESTED")


def test_a_residency_from_leap_day_ends_the_day_before_march(ann: User, molenwijk: Neighbourhood) -> None:
    lives = resident(ann, molenwijk, on=date(2028, 2, 29))

    assert lives.until_on == date(2030, 2, 28)


def test_nobody_but_a_clerk_of_the_municipality_attests(
    ann: User, ben: User, cas: User, molenwijk: Neighbourhood
) -> None:
    asked = ask(ann, molenwijk)

    for other in (ann, ben, cas):
        with pytest.raises(NotAllowed):
            attest_at_desk(residency=asked, actor=actor(other), at=NOON, on=TODAY)

    asked.refresh_from_db()
    assert (asked.state, asked.attested_on) == ("REQUESTED", None)


def test_a_clerk_whose_mandate_has_ended_attests_nobody(
    ann: User, clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    clara.person.mandates.update(until_on=TODAY)
    asked = ask(ann, molenwijk)

    with pytest.raises(NotAllowed):
        attest_at_desk(residency=asked, actor=at_the_desk(clara, dijkstad), at=NOON + DAY, on=TODAY + DAY)
    attest_at_desk(residency=asked, actor=at_the_desk(clara, dijkstad), at=NOON, on=TODAY)

    assert asked.state == "ATTESTED"


def test_a_clerk_does_not_attest_or_refuse_herself_also_not_through_a_second_login(
    clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    twin = second_login(clara)
    asked = ask(twin, molenwijk)

    for login in (clara, twin):
        with pytest.raises(OwnMatter):
            attest_at_desk(residency=asked, actor=at_the_desk(login, dijkstad), at=NOON, on=TODAY)
        with pytest.raises(OwnMatter):
            refuse_request(residency=asked, reason="Mine", actor=at_the_desk(login, dijkstad), at=NOON)

    asked.refresh_from_db()
    assert (asked.state, asked.attested_on) == ("REQUESTED", None)


def test_a_login_linked_after_it_was_read_is_still_found_out(
    clara: User, dijkstad: Party, molenwijk: Neighbourhood
) -> None:
    stranger = clerk("Stranger", dijkstad)
    asked = ask(clara, molenwijk)
    Party.objects.filter(pk=stranger.person_id).update(same_person_as=clara.person_id)

    with pytest.raises(OwnMatter):
        attest_at_desk(residency=asked, actor=at_the_desk(stranger, dijkstad), at=NOON, on=TODAY)


def second_row(residency: Residency, neighbourhood: Neighbourhood, state: str) -> Residency:
    return Residency(
        person=residency.person, neighbourhood=neighbourhood, state=state, attestation=Attestation.CLERK,
        requested_at=NOON, attested_on=TODAY, key=uuid.uuid4(),
    )  # fmt: skip


@pytest.mark.parametrize("state", ["ATTESTED", "REQUESTED"])
def test_the_database_itself_refuses_a_second_running_row(
    ann: User, molenwijk: Neighbourhood, sluiskade: Neighbourhood, state: str
) -> None:
    first = resident(ann, molenwijk) if state == "ATTESTED" else ask(ann, molenwijk)
    ended = second_row(first, sluiskade, "ENDED")
    ended.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Residency.objects.bulk_create([second_row(first, sluiskade, state)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Residency.objects.filter(pk=ended.pk).update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE neighbourhoods_residency SET state = %s WHERE id = %s", [state, ended.pk])

    assert Residency.objects.filter(person=ann.person, state=state).count() == 1


def test_the_database_itself_refuses_attested_without_a_day(ann: User, molenwijk: Neighbourhood) -> None:
    asked = ask(ann, molenwijk)

    with pytest.raises(IntegrityError), transaction.atomic():
        Residency.objects.filter(pk=asked.pk).update(state="ATTESTED")


def ask_in_a_race(login: int, neighbourhood: int, key: str) -> int:
    user = User.objects.get(pk=login)
    return ask(user, Neighbourhood.objects.get(pk=neighbourhood), actor=actor(user), key=uuid.UUID(key)).pk


def test_of_two_requests_at_the_same_moment_one_is_refused(real_commits: RealCommits) -> None:
    dijkstad = municipality()
    ann, here, there = person("Ann"), place("Molenwijk", of=dijkstad), place("Sluiskade", of=dijkstad)
    calls: list[dict[str, str | int | None]] = [
        {"login": ann.pk, "neighbourhood": one.pk, "key": str(uuid.uuid4())} for one in (here, there)
    ]

    outcomes = real_commits.race(ask_in_a_race, calls)

    assert sorted(str(outcome.refused) for outcome in outcomes) == ["None", "already_requested"]
    assert Residency.objects.count() == 1


def test_one_form_sent_at_the_same_moment_asks_once(real_commits: RealCommits) -> None:
    ann, here = person("Ann"), place("Molenwijk", of=municipality())
    call: dict[str, str | int | None] = {"login": ann.pk, "neighbourhood": here.pk, "key": str(uuid.uuid4())}

    outcomes = real_commits.race(ask_in_a_race, [call, call, call])

    made = Residency.objects.get()
    assert [outcome.result for outcome in outcomes] == [made.pk, made.pk, made.pk]
