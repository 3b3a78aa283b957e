from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Model

from core import privacy
from core.audit import lines_about
from core.privacy import OnErasure, register, rows_about
from core.refusals import NotAllowed, Refusal
from people.models import FORMER_PARTICIPANT, Mandate, Party, PartyKind, Role, User
from people.operations.persons import PersonErased
from people.operations.privacy import (
    LastOwnerOf,
    NotYourData,
    download_of,
    erase_person,
    subjects_of,
)
from people.permissions import holds
from tests.factories.people import actor, child, mandate, organisation, person
from tests.people.everything import EMAIL, FAMILY, NAME, OTHER_EMAIL, WORDS, found_in_database, philippa

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FLOORS_ABOVE = {"neighbourhoods", "marketplace", "wallet", "programme", "home"}

pytestmark = pytest.mark.django_db


def kinds_here() -> list[privacy.Kept]:
    return [entry for entry in register() if entry.model_class._meta.app_label not in FLOORS_ABOVE]


def test_the_person_of_these_tests_has_a_row_of_every_kind() -> None:
    subjects = subjects_of(philippa().person)

    without = [
        entry.model
        for entry in kinds_here()
        if not any(rows_about(entry, subject).exists() for subject in subjects)
    ]

    # What is known of an organisation is about a person only when it is closed along with them.
    assert without == ["people.OrganisationDetails"]


def test_a_download_holds_every_kind_under_every_number_and_no_secret() -> None:
    login = philippa()

    data = json.loads(json.dumps(download_of(person=login.person)))

    kinds = {kind["kind"]: kind for kind in data["kinds"]}
    assert data["name"] == f"{NAME} {FAMILY}"
    assert len(data["numbers"]) == 2
    assert len(kinds["people.PersonDetails"]["rows"]) == 2
    assert {row["email"] for row in kinds["account.EmailAddress"]["rows"]} == {EMAIL, OTHER_EMAIL}
    assert kinds["core.AuditNote"]["rows"][0]["text"] == FAMILY
    assert "password" not in kinds["people.User"]["rows"][0]
    assert "data" not in kinds["mfa.Authenticator"]["rows"][0]
    assert all(kind["what"] and kind["why"] for kind in data["kinds"])


def test_a_download_holds_nothing_of_somebody_else(ann: User, cas: User) -> None:
    organisation("Bakery", owner=cas)

    text = json.dumps(download_of(person=ann.person))

    assert "Cas de Vries" not in text
    assert cas.email not in text


def test_erasing_leaves_no_name_no_address_and_no_number_anywhere_in_the_database() -> None:
    login = philippa()
    before = found_in_database(WORDS)
    assert len({place.split(":")[0] for place in before}) > 12

    erase_person(person=login.person, actor=actor(login), at=AT)

    assert found_in_database(WORDS) == []


def test_after_erasing_only_what_the_registry_keeps_is_left() -> None:
    login = philippa()
    subjects = subjects_of(login.person)

    erase_person(person=login.person, actor=actor(login), at=AT)

    left = {entry.model for entry in kinds_here() for one in subjects if rows_about(entry, one).exists()}
    assert left == {
        "people.Party", "people.PersonDetails", "people.Mandate", "core.AuditEntry", "core.AuditAbout",
        "wagtailcore.ModelLogEntry",  # what Ann did with the login, without its label
        "ledger.Account", "ledger.Transfer", "ledger.Reservation", "ledger.Tally", "ledger.Funding", "ledger.BankEntry",
        "ledger.LogLeaf", "core.AuditLeaf",  # without their salt
    }  # fmt: skip
    assert all(privacy.kept_in(entry.model_class) for entry in kinds_here() if entry.model in left)
    assert not User.objects.filter(email=EMAIL).exists()
    assert not Session.objects.exists()
    assert str(FORMER_PARTICIPANT) == Party.objects.get(pk=login.person_id).display_name
    assert lines_about(login.person)[0].event == "person.erase"


def test_the_work_of_an_editor_stays_without_their_name() -> None:
    login = philippa()
    going = {entry.model: entry for entry in kinds_here() if entry.on_erasure is OnErasure.EMPTY}
    counts = {name: entry.model_class._base_manager.count() for name, entry in going.items()}

    erase_person(person=login.person, actor=actor(login), at=AT)

    assert {name: entry.model_class._base_manager.count() for name, entry in going.items()} == counts


def test_others_keep_everything(ann: User) -> None:
    login = person("Ben")
    mandate(person=ann, principal=organisation("Bakery"))
    before = json.dumps(download_of(person=ann.person), sort_keys=True)

    erase_person(person=login.person, actor=actor(login), at=AT)

    assert json.dumps(download_of(person=ann.person), sort_keys=True) == before


def test_offices_end_at_once_and_helpers_lose_theirs(ann: User, ben: User) -> None:
    bakery = organisation("Bakery", owner=ann)
    mandate(person=ben, principal=bakery, role=Role.OPERATOR)
    mandate(person=ann, principal=ben.person, role=Role.HELPER)

    erase_person(person=ben.person, actor=actor(ben), at=AT)

    assert not holds(ben.person, bakery, [Role.OPERATOR], TODAY)
    assert not holds(ann.person, ben.person, [Role.HELPER], TODAY)
    assert Mandate.objects.filter(person=ben.person).count() == 1


def test_the_last_owner_of_an_organisation_is_told_what_to_do_first_and_nothing_changed(ann: User) -> None:
    organisation("Bakery", owner=ann)

    with pytest.raises(LastOwnerOf) as refused:
        erase_person(person=ann.person, actor=actor(ann), at=AT)

    assert str(refused.value) == (
        "You are the last owner of Bakery. First make somebody else owner, or close it."
    )
    assert User.objects.get(pk=ann.pk).person.display_name == "Ann de Vries"


def test_a_household_of_one_closes_along_and_a_shared_one_must_be_handed_over(ann: User, ben: User) -> None:
    home = organisation("The de Vries home", kind=PartyKind.HOUSEHOLD, owner=ann)
    shared = organisation("Ben's home", kind=PartyKind.HOUSEHOLD, owner=ben)
    mandate(person=child("Kim"), principal=shared, role=Role.MEMBER)

    erase_person(person=ann.person, actor=actor(ann), at=AT)
    with pytest.raises(LastOwnerOf):
        erase_person(person=ben.person, actor=actor(ben), at=AT)

    assert Party.objects.with_names().get(pk=home.pk).display_name == "former participant"
    assert Party.objects.with_names().get(pk=shared.pk).display_name == "Ben's home"


def test_whatever_a_floor_above_refuses_stops_everything(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    class StillOwed(Refusal):
        """There are coins in the wallet."""

    def refuse(party: Model, at: datetime) -> None:
        raise StillOwed

    monkeypatch.setattr(privacy, "_before_erasure", [refuse])

    with pytest.raises(StillOwed):
        erase_person(person=ann.person, actor=actor(ann), at=AT)

    assert User.objects.filter(pk=ann.pk).exists()
    assert Party.objects.get(pk=ann.person_id).erased_at is None


def test_nobody_erases_another_and_nobody_twice(ann: User, cas: User) -> None:
    assert issubclass(NotYourData, NotAllowed)
    with pytest.raises(NotYourData):
        erase_person(person=ann.person, actor=actor(cas), at=AT)

    erase_person(person=ann.person, actor=actor(ann), at=AT)
    with pytest.raises(PersonErased):
        erase_person(person=ann.person, actor=actor(person("Root", is_superuser=True)), at=AT)
