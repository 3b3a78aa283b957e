"""The account pages: what somebody sees of their own, and that others see nothing."""

from __future__ import annotations

import json

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core import clock
from core.actor import Actor
from people.models import Invitation, Mandate, OrganisationDetails, Party, PartyKind, Role, User
from people.operations.persons import change_details
from tests.factories.people import actor, child, mandate, organisation, person


@pytest.fixture
def bakery(ann: User) -> Party:
    return organisation("Bakery", owner=ann, iban="NL91ABNA0417164300", email="bread@example.org")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def move_to_bos(user: User, by: Actor) -> None:
    """Somebody changes the family name."""
    change_details(
        party=user.person, given_name="Ann", family_name="Bos", born_on=None, phone="", street="", house_number="",
        postcode="", town="", language="nl", actor=by, at=clock.now(),
    )  # fmt: skip


PLAIN = [
    "account", "account_details", "account_household", "account_organisations", "account_organisation_new",
    "account_privacy", "account_download", "account_erase",
]  # fmt: skip
OF_A_PARTY = [
    "account_organisation",
    "account_organisation_change",
    "account_organisation_close",
    "account_invite",
]


@pytest.mark.parametrize("name", PLAIN)
def test_every_account_page_asks_to_sign_in(db: None, name: str) -> None:
    answer = Client().get(reverse(name))

    assert answer.url == f"{reverse('account_login')}?next={reverse(name)}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PLAIN)
def test_every_account_page_opens_for_whoever_is_signed_in(ann: User, name: str) -> None:
    assert as_(ann).get(reverse(name)).status_code == 200


SIGN_IN_PAGES = [
    "account_login", "account_signup", "account_request_login_code", "account_reset_password", "account_erased",
]  # fmt: skip
PACKAGE_PAGES = [
    "account_email", "account_logout", "account_set_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn",
    "mfa_list_webauthn", "usersessions_list",
]  # fmt: skip


@pytest.mark.parametrize("name", SIGN_IN_PAGES)
def test_every_page_about_signing_in_is_in_our_frame(db: None, name: str) -> None:
    page = Client().get(reverse(name)).content.decode()

    assert '<main id="content"' in page
    assert 'style="' not in page


@pytest.mark.parametrize("name", PACKAGE_PAGES)
def test_every_page_about_an_account_is_in_our_frame(ann: User, name: str) -> None:
    page = as_(ann).get(reverse(name)).content.decode()

    assert '<main id="content"' in page
    assert 'style="' not in page


@pytest.mark.parametrize("name", OF_A_PARTY)
def test_cas_learns_nothing_of_anns_organisation(cas: User, bakery: Party, name: str) -> None:
    client, address = as_(cas), reverse(name, args=[bakery.uuid])

    assert client.get(address).status_code == 404
    assert (
        client.post(address, {"name": "Mine", "email": "cas@example.org", "role": "OWNER"}).status_code == 404
    )
    assert OrganisationDetails.objects.get(party=bakery).name == "Bakery"


def test_cas_learns_nothing_of_ann_herself(ann: User, cas: User) -> None:
    assert as_(cas).get(reverse("account_organisation", args=[ann.person.uuid])).status_code == 404


def test_cas_ends_no_role_and_withdraws_no_invitation_of_ann(ann: User, cas: User, bakery: Party) -> None:
    owner = Mandate.objects.get(principal=bakery)
    as_(ann).post(
        reverse("account_invite", args=[bakery.uuid]), {"email": "x@example.org", "role": Role.EDITOR}
    )
    invitation = Invitation.objects.get()
    client = as_(cas)

    answers = [
        client.post(reverse("account_end_role", args=[bakery.uuid, owner.pk]), {"reason": "x"}),
        client.post(reverse("account_withdraw", args=[bakery.uuid, invitation.pk])),
        client.post(reverse("account_answer", args=[invitation.pk]), {"answer": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Mandate.objects.get().until_on is None


def test_a_role_of_one_organisation_is_not_ended_through_another(ann: User, cas: User, bakery: Party) -> None:
    garage = organisation("Garage", owner=cas)
    owner = Mandate.objects.get(principal=bakery)

    answer = as_(cas).post(reverse("account_end_role", args=[garage.uuid, owner.pk]), {"reason": "x"})

    assert answer.status_code == 404


def test_an_operator_sees_the_organisation_but_not_its_bank_account_nor_who_else(
    ann: User, ben: User, bakery: Party
) -> None:
    mandate(person=ben, principal=bakery, role=Role.OPERATOR)

    page = as_(ben).get(reverse("account_organisation", args=[bakery.uuid])).content.decode()

    assert "Bakery" in page
    assert "NL91ABNA0417164300" not in page
    assert "Ann de Vries" not in page


def test_an_operator_who_wants_to_change_it_is_told_why_not(ann: User, ben: User, bakery: Party) -> None:
    mandate(person=ben, principal=bakery, role=Role.OPERATOR)
    client = as_(ben)

    answer = client.post(
        reverse("account_organisation_change", args=[bakery.uuid]), {"name": "Mine"}, follow=True
    )

    assert [str(message) for message in answer.context["messages"]] == ["Only an owner can do this."]
    assert OrganisationDetails.objects.get(party=bakery).name == "Bakery"


def test_somebody_registers_a_company_and_errors_stand_beside_their_fields(ann: User, bakery: Party) -> None:
    OrganisationDetails.objects.filter(party=bakery).update(kvk_number="12345678")
    client, address = as_(ann), reverse("account_organisation_new")
    words = {"kind": PartyKind.COMPANY, "name": "Garage"}

    crooked = client.post(
        address, {**words, "kvk_number": "123", "iban": "NL00", "postcode": "1", "phone": "1"}
    )
    taken = client.post(address, {**words, "kvk_number": "1234 5678"})
    fine = client.post(address, {**words, "kvk_number": "8765 4321", "iban": "nl91 abna 0417 1643 00"})

    assert set(crooked.context["form"].errors) == {"kvk_number", "iban", "postcode", "phone"}
    assert taken.context["form"].errors == {
        "kvk_number": ["An organisation with this KvK number is already here."]
    }
    garage = OrganisationDetails.objects.get(name="Garage")
    assert fine.url == reverse("account_organisation", args=[garage.party.uuid])  # type: ignore[attr-defined]
    assert (garage.kvk_number, garage.iban) == ("87654321", "NL91ABNA0417164300")


def test_nobody_makes_a_municipality_by_sending_its_name(ann: User) -> None:
    as_(ann).post(reverse("account_organisation_new"), {"kind": PartyKind.MUNICIPALITY, "name": "Town"})

    assert not Party.objects.exclude(kind=PartyKind.PERSON).exists()


def test_details_are_changed_and_recorded(ann: User) -> None:
    words = {"given_name": "Anna", "family_name": "Bos", "postcode": "1234ab", "language": "en"}

    answer = as_(ann).post(reverse("account_details"), words)

    details = Party.objects.get(pk=ann.person_id).person_details
    assert answer.url == reverse("account")  # type: ignore[attr-defined]
    assert (details.full_name, details.postcode, details.language) == ("Anna Bos", "1234 AB", "en")


def test_details_without_a_name_come_back_with_a_reason(ann: User) -> None:
    answer = as_(ann).post(reverse("account_details"), {"language": "nl"})

    assert answer.context["form"].errors == {"given_name": ["Enter a first name or a last name."]}


def test_an_invitation_is_mailed_accepted_and_ended(ann: User, ben: User, bakery: Party) -> None:
    anns, bens = as_(ann), as_(ben)
    words = {"email": "Ben@example.org", "role": Role.OPERATOR}
    anns.post(reverse("account_invite", args=[bakery.uuid]), words)
    invitation = Invitation.objects.get()
    assert mail.outbox[0].to == ["ben@example.org"]
    assert "Bakery" in bens.get(reverse("account")).content.decode()

    bens.post(reverse("account_answer", args=[invitation.pk]), {"answer": "yes"})
    held = Mandate.objects.get(person=ben.person)
    assert (held.role, held.day_limit) == (Role.OPERATOR, None)

    anns.post(reverse("account_end_role", args=[bakery.uuid, held.pk]), {"reason": "Done"})
    assert bens.get(reverse("account_organisation", args=[bakery.uuid])).status_code == 404


def test_inviting_shows_the_same_for_a_known_and_an_unknown_address(
    ann: User, ben: User, bakery: Party
) -> None:
    client, address = as_(ann), reverse("account_invite", args=[bakery.uuid])

    pages = []
    for email in ("ben@example.org", "nobody@example.org"):
        answer = client.post(address, {"email": email, "role": Role.OPERATOR}, follow=True)
        pages.append([str(message) for message in answer.context["messages"]])
        assert "Ben de Vries" not in answer.content.decode()

    assert pages[0] == pages[1]


def test_a_household_is_made_and_a_second_one_is_not(ann: User) -> None:
    client = as_(ann)
    client.post(reverse("account_household"), {"name": "Our house"})

    home = Party.objects.get(kind=PartyKind.HOUSEHOLD)
    answer = client.get(reverse("account_household"))

    assert answer.url == reverse("account_organisation", args=[home.uuid])  # type: ignore[attr-defined]


def test_the_last_owner_is_told_why_the_role_does_not_end(ann: User, bakery: Party) -> None:
    held = Mandate.objects.get(principal=bakery)

    answer = as_(ann).post(reverse("account_end_role", args=[bakery.uuid, held.pk]), {"reason": "Bye"})

    assert answer.context["form"].non_field_errors() == [
        "You are the last owner. First make somebody else owner, or close the organisation."
    ]


def test_the_download_is_a_file_with_ones_own_data(ann: User, cas: User) -> None:
    answer = as_(ann).get(reverse("account_download"))

    assert answer["Content-Disposition"].startswith('attachment; filename="socialcoin-')
    assert json.loads(answer.content)["name"] == "Ann de Vries"
    assert b"cas@example.org" not in answer.content


def test_the_privacy_page_tells_who_did_what(ann: User) -> None:
    clerk = person("Clara")
    move_to_bos(ann, actor(clerk))

    lines = as_(ann).get(reverse("account_privacy")).context["lines"]

    assert [(line.words, line.by, line.by_you) for line in lines] == [
        ("Your details were changed.", "Clara de Vries", False)
    ]


def test_somebody_is_erased_after_typing_their_address(ann: User) -> None:
    client = as_(ann)

    wrong = client.post(reverse("account_erase"), {"email": "cas@example.org"})
    assert wrong.context["form"].errors == {"email": ["This is not the e-mail address of your account."]}
    answer = client.post(reverse("account_erase"), {"email": "ann@example.org"})

    assert answer.url == reverse("account_erased")  # type: ignore[attr-defined]
    assert client.get(reverse("account_erased")).status_code == 200
    assert client.get(reverse("account")).status_code == 302
    assert not User.objects.exists()


def test_the_last_owner_stays_and_reads_what_to_do_first(ann: User, bakery: Party) -> None:
    answer = as_(ann).post(reverse("account_erase"), {"email": "ann@example.org"})

    assert answer.context["form"].non_field_errors() == [
        "You are the last owner of Bakery. First make somebody else owner, or close it."
    ]
    assert User.objects.filter(pk=ann.pk).exists()


@pytest.mark.parametrize(
    ("name", "queries"), [("account", 49), ("account_organisations", 8), ("account_privacy", 8)]
)
def test_no_page_asks_the_database_more_for_three_than_for_one(
    ann: User, bakery: Party, name: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(ann)
    move_to_bos(ann, actor(ann))
    client.get(reverse(name))
    for round_number in range(2):
        with django_assert_num_queries(queries):
            client.get(reverse(name))
        for other in (f"Garage{round_number}", f"Choir{round_number}"):
            party = organisation(other, owner=ann)
            inviter = person(f"Inviter{other}")
            Invitation.objects.create(
                principal=organisation(f"{other} club"), email=ann.email, role=Role.EDITOR,
                invited_by=inviter.person, made_at=clock.now(), expires_at=clock.now().replace(year=2100),
            )  # fmt: skip
            move_to_bos(ann, actor(inviter, principal=party))


def test_the_page_of_an_organisation_asks_no_more_for_three_roles_than_for_one(
    ann: User, bakery: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = as_(ann), reverse("account_organisation", args=[bakery.uuid])
    client.get(address)
    for _time in range(2):
        with django_assert_num_queries(12):
            client.get(address)
        mandate(person=child("Dirk"), principal=bakery, role=Role.OPERATOR)
        mandate(person=child("Eva"), principal=bakery, role=Role.OPERATOR)


def test_opening_the_address_of_an_answer_leads_to_where_invitations_stand(ann: User) -> None:
    response = as_(ann).get(reverse("account_answer", args=[1]))

    assert (response.status_code, response.headers["Location"]) == (302, reverse("account_organisations"))
