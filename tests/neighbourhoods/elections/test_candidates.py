from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from neighbourhoods.models import Election, Neighbourhood, Nomination
from neighbourhoods.operations import elections
from neighbourhoods.operations.elections.candidates import (
    MOST_MADE,
    AlreadyNominated,
    BothDeclared,
    IsPollingOfficer,
    NoDeclaration,
    NoStatement,
    NotAResidentHere,
    NotNow,
    NotTheCandidate,
    TooManyNominations,
    TooManyWords,
    TooYoung,
)
from neighbourhoods.operations.elections.drafting import NeedsReason
from neighbourhoods.permissions import OwnMatter
from neighbourhoods.states import NominationState
from people.models import PersonDetails, Role, User
from tests.factories import democracy
from tests.factories.people import actor, mandate, person
from tests.factories.residency import DAY, SYSTEM, municipality, place, resident, second_login
from tests.neighbourhoods.elections import stage
from tests.neighbourhoods.elections.stage import NOMINATING, WORDS


@pytest.fixture
def election(molenwijk: Neighbourhood) -> Election:
    return stage.nominating(molenwijk)


def nominate(election: Election, candidate: User, by: User, **more: Any) -> Nomination:
    return elections.nominate(
        election=election, candidate=candidate.person, by=by.person,
        **{"actor": actor(by), "at": NOMINATING, **more},
    )  # fmt: skip


def accept(nomination: Nomination, who: User, **more: Any) -> Nomination:
    return elections.accept(nomination=nomination, **{"actor": actor(who), "at": NOMINATING, **WORDS, **more})


def test_who_is_nominated_stands_only_with_their_own_word(election: Election, ann: User, ben: User) -> None:
    made = nominate(election, ben, ann)

    assert (made.state, made.accepted_at) == (NominationState.PROPOSED, None)
    accept(made, ben, interests=" Werkt bij de bakker \n\n Zit in het schoolbestuur", has_no_interests=False)

    made.refresh_from_db()
    assert (made.state, made.accepted_at) == (NominationState.ACCEPTED, NOMINATING)
    assert made.interests == "Werkt bij de bakker\nZit in het schoolbestuur"
    # Ann does not learn from her own trail that the address she typed is known here.
    assert AuditEntry.objects.get(event="nomination.propose").about.get().party == ben.person


def test_whoever_stands_by_themself_accepts_at_once(election: Election, ann: User) -> None:
    made = stage.stands(election, ann)

    assert (made.state, made.proposed_by) == (NominationState.ACCEPTED, ann.person)


def test_who_was_nominated_and_then_stands_by_themself_takes_that_nomination(
    election: Election, ann: User, ben: User
) -> None:
    made = nominate(election, ben, ann)

    assert stage.stands(election, ben) == made
    assert Nomination.objects.get().state == NominationState.ACCEPTED


def test_nobody_answers_for_the_candidate(election: Election, ann: User, ben: User, olga: User) -> None:
    made = nominate(election, ben, ann)
    deeds: list[Any] = [
        lambda who: elections.accept(nomination=made, actor=who, at=NOMINATING, **WORDS),
        lambda who: elections.withdraw_nomination(nomination=made, actor=who, at=NOMINATING),
        lambda who: elections.change_statement(nomination=made, statement="!", actor=who, at=NOMINATING),
        lambda who: elections.stand(election=election, person=ben.person, actor=who, at=NOMINATING, **WORDS),
    ]

    for deed in deeds:
        for other in (actor(ann), actor(olga), SYSTEM):
            with pytest.raises(NotTheCandidate):
                deed(other)

    made.refresh_from_db()
    assert made.state == NominationState.PROPOSED


def test_a_second_login_of_the_candidate_is_the_candidate(election: Election, ann: User, ben: User) -> None:
    made = nominate(election, ben, ann)

    accept(made, second_login(ben))

    made.refresh_from_db()
    assert made.state == NominationState.ACCEPTED


def test_nobody_nominates_in_the_name_of_another(election: Election, ann: User, ben: User, cas: User) -> None:
    with pytest.raises(NotAllowed):
        nominate(election, ben, ann, actor=actor(cas))


def test_the_polling_office_writes_down_a_nomination_that_a_resident_brings(
    election: Election, ann: User, ben: User, olga: User
) -> None:
    made = nominate(election, ben, ann, actor=actor(olga))

    assert (made.proposed_by, made.state) == (ann.person, NominationState.PROPOSED)


def test_who_lives_elsewhere_neither_nominates_nor_stands(election: Election, ann: User) -> None:
    eva = person("Eva")
    resident(eva, place("Sluiskade", of=municipality("Veenstad")))

    for deed in (
        lambda: nominate(election, eva, ann),
        lambda: nominate(election, ann, eva),
        lambda: stage.stands(election, eva),
    ):
        with pytest.raises(NotAResidentHere, match="Molenwijk"):
            deed()


def test_whoever_runs_elections_there_does_not_stand_also_not_for_the_municipality(
    election: Election, ann: User, ben: User, olga: User
) -> None:
    mandate(person=ben, principal=election.neighbourhood.municipality, role=Role.POLLING)

    for officer in (olga, ben, second_login(ben)):
        with pytest.raises(IsPollingOfficer):
            stage.stands(election, officer)
    with pytest.raises(IsPollingOfficer):
        nominate(election, olga, ann)


def test_a_second_login_of_an_officer_does_not_stand_either(
    election: Election, molenwijk: Neighbourhood, ann: User
) -> None:
    mandate(person=second_login(ann), principal=molenwijk.party, role=Role.POLLING)

    with pytest.raises(IsPollingOfficer):
        stage.stands(election, ann)


@pytest.mark.parametrize(
    ("born_on", "is_old_enough"),
    [(date(2010, 11, 24), True), (date(2010, 11, 25), False), (date(1970, 1, 1), True), (None, True)],
)
def test_who_is_not_old_enough_to_vote_does_not_stand(
    election: Election, ann: User, born_on: date | None, is_old_enough: bool
) -> None:
    PersonDetails.objects.filter(party=ann.person).update(born_on=born_on)
    ann = User.objects.get(pk=ann.pk)

    if is_old_enough:
        stage.stands(election, ann)
    else:
        with pytest.raises(TooYoung, match="16"):
            stage.stands(election, ann)


def test_everybody_is_nominated_once_under_whichever_number(election: Election, ann: User, ben: User) -> None:
    nominate(election, ben, ann)
    twin = second_login(ben)

    for other in (ben, twin):
        with pytest.raises(AlreadyNominated):
            nominate(election, other, ann)
    stage.stands(election, ann)
    with pytest.raises(AlreadyNominated):
        stage.stands(election, ann)

    assert election.nominations.count() == 2


def test_the_database_takes_no_second_nomination_either(election: Election, ann: User) -> None:
    stage.stands(election, ann)

    with pytest.raises(IntegrityError), transaction.atomic():
        democracy.nomination(election, ann)


def test_the_database_puts_nobody_on_the_ballot_without_their_word(
    election: Election, ann: User, ben: User
) -> None:
    made = nominate(election, ben, ann)

    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(pk=made.pk).update(state=NominationState.ON_BALLOT)


def test_one_person_asks_a_handful_of_others_and_no_more(
    election: Election, molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    asked = stage.residents(molenwijk, *(f"Buur{number}" for number in range(MOST_MADE + 1)))
    for one in asked[:MOST_MADE]:
        nominate(election, one, ann)

    with pytest.raises(TooManyNominations):
        nominate(election, asked[-1], ann)

    stage.stands(election, ann)
    nominate(election, asked[-1], ben)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"statement": "  "}, NoStatement),
        ({"has_no_interests": False}, NoDeclaration),
        ({"interests": " \n ", "has_no_interests": False}, NoDeclaration),
        ({"interests": "Bakkerij"}, BothDeclared),
        ({"statement": "a" * 2001}, TooManyWords),
        ({"interests": "a" * 201, "has_no_interests": False}, TooManyWords),
        ({"interests": ("a" * 200 + "\n") * 6, "has_no_interests": False}, TooManyWords),
    ],
)
def test_who_accepts_says_why_and_declares_interests_or_that_there_are_none(
    election: Election, ann: User, ben: User, words: dict[str, Any], refusal: type[Refusal]
) -> None:
    made = nominate(election, ben, ann)

    with pytest.raises(refusal):
        accept(made, ben, **words)
    with pytest.raises(refusal):
        stage.stands(election, ann, **words)

    assert set(election.nominations.values_list("candidate", "state")) == {(ben.person_id, "PROPOSED")}


def test_nominations_end_at_their_moment_and_answers_at_the_freezing(
    election: Election, ann: User, ben: User, cas: User
) -> None:
    made, second = nominate(election, ben, ann), nominate(election, cas, ann)
    end, freezes = election.nominations_until, election.freezes_at
    second_before = timedelta(seconds=1)

    for at in (end, freezes):
        with pytest.raises(NotNow):
            nominate(election, ann, ann, at=at)
        with pytest.raises(NotNow):
            stage.stands(election, ann, at=at)
    accept(made, ben, at=freezes - second_before)
    with pytest.raises(NotNow):
        accept(second, cas, at=freezes)
    with pytest.raises(NotNow):
        elections.change_statement(nomination=made, statement="Anders.", actor=actor(ben), at=freezes)
    with pytest.raises(NotNow):
        elections.withdraw_nomination(nomination=made, actor=actor(ben), at=freezes)
    stage.stands(election, ann, at=end - second_before)


def test_before_nominations_begin_nobody_stands(molenwijk: Neighbourhood, ann: User) -> None:
    election = stage.announced(molenwijk)

    with pytest.raises(NotNow):
        stage.stands(election, ann)


def test_a_candidate_changes_their_words_until_all_is_fixed(election: Election, ann: User) -> None:
    made = stage.stands(election, ann)

    elections.change_statement(nomination=made, statement="Beter zo.", actor=actor(ann), at=NOMINATING + DAY)
    assert (made.statement, made.interests, made.has_no_interests) == ("Beter zo.", "", True)
    elections.change_statement(
        nomination=made, statement="Beter zo.", interests="Bakkerij", has_no_interests=False, actor=actor(ann),
        at=NOMINATING + DAY,
    )  # fmt: skip
    assert (made.interests, made.has_no_interests) == ("Bakkerij", False)

    elections.freeze(election=election, actor=SYSTEM, at=stage.FREEZES)
    with pytest.raises(NotNow):
        elections.change_statement(nomination=made, statement="Nog beter.", actor=actor(ann), at=NOMINATING)


def test_who_has_not_accepted_has_no_words_to_change(election: Election, ann: User, ben: User) -> None:
    made = nominate(election, ben, ann)

    with pytest.raises(NotNow):
        elections.change_statement(nomination=made, statement="Ik?", actor=actor(ben), at=NOMINATING)


def test_who_declined_or_withdrew_can_stand_after_all(election: Election, ann: User, ben: User) -> None:
    made = nominate(election, ben, ann)
    elections.withdraw_nomination(nomination=made, actor=actor(ben), at=NOMINATING)

    again = stage.stands(election, ben)
    elections.withdraw_nomination(nomination=again, actor=actor(ben), at=NOMINATING)

    assert set(election.nominations.values_list("state", flat=True)) == {"WITHDRAWN"}
    with pytest.raises(MoveRefused):
        accept(made, ben)


def test_the_polling_office_rejects_with_a_reason_and_never_in_its_own_matter(
    election: Election, ann: User, ben: User, olga: User
) -> None:
    made = stage.stands(election, ann)

    with pytest.raises(NotAllowed):
        elections.reject(nomination=made, reason="Nee.", actor=actor(ben), at=NOMINATING)
    with pytest.raises(NeedsReason):
        elections.reject(nomination=made, reason=" ", actor=actor(olga), at=NOMINATING)
    elections.reject(nomination=made, reason="Woont hier niet meer.", actor=actor(olga), at=NOMINATING)

    made.refresh_from_db()
    assert (made.state, made.reason) == (NominationState.REJECTED, "Woont hier niet meer.")
    own = democracy.nomination(election, olga)
    with pytest.raises(OwnMatter):
        elections.reject(nomination=own, reason="Nee.", actor=actor(olga), at=NOMINATING)


def test_once_the_candidates_are_fixed_nobody_is_rejected(election: Election, ann: User, olga: User) -> None:
    stage.frozen(election, [ann])

    with pytest.raises(NotNow):
        elections.reject(
            nomination=election.nominations.get(), reason="Toch niet.", actor=actor(olga), at=stage.FREEZES
        )
