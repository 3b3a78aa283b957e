from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.actor import Actor
from people.models import Mandate, OrganisationDetails, Party, PartyKind, Role, User
from people.operations import organisations, persons
from people.operations.limits import TooManyOrganisations
from people.operations.names import NotAName
from people.permissions import may_manage
from people.queries import household_of
from tests.factories.people import actor, mandate, organisation

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def register(by: User, **more: str) -> Party:
    words = {"kind": PartyKind.COMPANY, "name": "Bakery", **more}
    return organisations.register_organisation(owner=by.person, actor=actor(by), at=AT, **words)


def test_a_resident_registers_a_company_and_owns_it(ann: User) -> None:
    bakery = register(ann, kvk_number="1234 5678", iban="nl91 abna 0417 1643 00", postcode="1234ab")

    details = OrganisationDetails.objects.get(party=bakery)
    assert (details.kvk_number, details.iban, details.postcode) == (
        "12345678",
        "NL91ABNA0417164300",
        "1234 AB",
    )
    assert may_manage(ann.person, bakery, TODAY)
    assert bakery.display_name == "Bakery"


@pytest.mark.parametrize(
    "kind", [PartyKind.MUNICIPALITY, PartyKind.NEIGHBOURHOOD, PartyKind.PERSON, PartyKind.HOUSEHOLD]
)
def test_a_resident_registers_no_municipality_and_no_neighbourhood(ann: User, kind: str) -> None:
    with pytest.raises(organisations.KindNotForYou):
        register(ann, kind=kind)

    assert Party.objects.count() == 1


def test_a_resident_makes_nobody_else_an_owner(ann: User, ben: User) -> None:
    with pytest.raises(organisations.KindNotForYou):
        organisations.register_organisation(
            kind=PartyKind.COMPANY, name="Bakery", owner=ben.person, actor=actor(ann), at=AT
        )


def test_the_system_registers_a_municipality_without_an_owner(db: None) -> None:
    town = organisations.register_organisation(
        kind=PartyKind.MUNICIPALITY, name="Town", actor=Actor.system(), at=AT
    )

    assert town.kind == PartyKind.MUNICIPALITY
    assert not Mandate.objects.exists()


def test_a_kvk_number_is_here_once(ann: User, ben: User) -> None:
    register(ann, kvk_number="12345678")

    with pytest.raises(organisations.KvkNumberTaken):
        register(ben, kvk_number="12.34.56.78")


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234567a", "00000000"])
def test_a_crooked_kvk_number_is_refused_by_name(ann: User, number: str) -> None:
    with pytest.raises(organisations.KvkNumberWrong):
        register(ann, kvk_number=number)


@pytest.mark.parametrize("number", ["NL92ABNA0417164300", "NL91", "BANK"])
def test_a_crooked_iban_is_refused_by_name(ann: User, number: str) -> None:
    with pytest.raises(organisations.IbanWrong):
        register(ann, iban=number)


def test_only_an_owner_changes_an_organisation(ann: User, ben: User) -> None:
    bakery = register(ann)
    mandate(person=ben, principal=bakery, role=Role.OPERATOR)

    with pytest.raises(organisations.NotTheOwner):
        organisations.change_organisation(party=bakery, name="Ben's", actor=actor(ben), at=AT)
    organisations.change_organisation(party=bakery, name="Bread", actor=actor(ann), at=AT)

    assert OrganisationDetails.objects.get(party=bakery).name == "Bread"


def test_somebody_founds_one_household_and_no_second(ann: User) -> None:
    home = organisations.found_household(name="Our house", person=ann.person, actor=actor(ann), at=AT)

    assert household_of(ann.person, TODAY) == home
    with pytest.raises(organisations.AlreadyInHousehold):
        organisations.found_household(name="Another", person=ann.person, actor=actor(ann), at=AT)


def test_nobody_founds_a_household_for_somebody_else(ann: User, cas: User) -> None:
    with pytest.raises(organisations.KindNotForYou):
        organisations.found_household(name="Trap", person=ann.person, actor=actor(cas), at=AT)


def test_the_only_owner_closes_an_organisation_and_nothing_of_it_remains(ann: User) -> None:
    bakery = register(ann, kvk_number="12345678", iban="NL91ABNA0417164300", email="bread@example.org")

    organisations.close_organisation(party=bakery, actor=actor(ann), at=AT)

    details = OrganisationDetails.objects.get(party=bakery)
    assert (details.name, details.kvk_number, details.iban, details.email) == ("", "", "", "")
    assert not may_manage(ann.person, bakery, TODAY)
    assert Party.objects.get(pk=bakery.pk).erased_at == AT


def test_an_organisation_in_which_others_have_a_role_is_not_closed(ann: User, ben: User, cas: User) -> None:
    bakery = organisation("Bakery", owner=ann)
    mandate(person=ben, principal=bakery, role=Role.OPERATOR)

    with pytest.raises(organisations.OthersRemain):
        organisations.close_organisation(party=bakery, actor=actor(ann), at=AT)
    with pytest.raises(organisations.NotTheOwner):
        organisations.close_organisation(party=bakery, actor=actor(cas), at=AT)


def test_a_resident_registers_five_organisations_a_day_closed_ones_too(ann: User, ben: User) -> None:
    for _number in range(5):
        organisations.close_organisation(party=register(ann), actor=actor(ann), at=AT)

    with pytest.raises(TooManyOrganisations):
        register(ann)
    register(ben)
    tomorrow = AT + timedelta(days=1)
    organisations.register_organisation(
        kind=PartyKind.COMPANY, name="Bakery", owner=ann.person, actor=actor(ann), at=tomorrow
    )


BAIT = [
    "Betaal op www.evil.example",
    "https://evil",
    "evil.nl",
    "t.co/x",
    "Bakery\nSubject: hello",
    "Bakery\u2028x",
]


@pytest.mark.parametrize("name", BAIT)
def test_no_name_holds_a_web_address_or_a_second_line(ann: User, name: str) -> None:
    with pytest.raises(NotAName) as refused:
        register(ann, name=name)
    with pytest.raises(NotAName):
        organisations.found_household(name=name, person=ann.person, actor=actor(ann), at=AT)
    with pytest.raises(NotAName):
        persons.add_person(given_name="Kim", family_name=name, actor=actor(ann), at=AT)

    assert str(refused.value) == "A name holds no web address."


@pytest.mark.parametrize(
    "name", ["St. Jan", "Bakkerij v.d. Berg", "J.P. de Vries", "Molen B.V.", "A.B.C. 't Hoekje"]
)
def test_names_with_dots_are_names(ann: User, name: str) -> None:
    assert register(ann, name=name).display_name == name
