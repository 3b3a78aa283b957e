"""Who comes into the admin, and when: by seat and mandate, on the day itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import GroupPagePermission

from neighbourhoods.models import Neighbourhood, SeatKind
from neighbourhoods.rights import derive_groups
from people.models import Role, User
from tests.factories import neighbourhoods as make
from tests.factories.people import mandate, person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

SignIn = Callable[[User], Client]

YESTERDAY = date(2026, 11, 20)


def board_of(neighbourhood: Neighbourhood) -> Group:
    """The group of the board."""
    return Group.objects.get(neighbourhood=neighbourhood)


def test_a_term_that_ended_yesterday_opens_nothing_today_though_no_nightly_job_ran(
    in_the_admin: SignIn, molenwijk: Neighbourhood
) -> None:
    ben = person("Ben")
    make.seat_for(ben, molenwijk, until_on=YESTERDAY)
    board_of(molenwijk).user_set.add(ben)
    admin = in_the_admin(ben)

    response = admin.get(f"/admin/pages/{make.root_of(molenwijk).pk}/edit/")

    assert response.status_code == 404
    assert list(ben.groups.all()) == []


def test_a_term_that_begins_today_opens_the_admin_though_no_nightly_job_ran(
    in_the_admin: SignIn, molenwijk: Neighbourhood
) -> None:
    ben = person("Ben")
    make.seat_for(ben, molenwijk, from_on=make.TODAY)
    ben.groups.clear()

    assert in_the_admin(ben).get("/admin/").status_code == 200


def test_the_last_day_of_a_term_counts_and_the_day_after_does_not(
    in_the_admin: SignIn, molenwijk: Neighbourhood
) -> None:
    ben = person("Ben")
    make.seat_for(ben, molenwijk, until_on=make.TODAY)
    admin = in_the_admin(ben)
    today = admin.get("/admin/").status_code

    with time_machine.travel("2026-11-22T00:30:00+01:00", tick=False):
        tomorrow = admin.get("/admin/").status_code

    assert (today, tomorrow) == (200, 404)


def test_for_a_resident_there_is_no_admin(in_the_admin: SignIn, molenwijk: Neighbourhood) -> None:
    assert in_the_admin(person("Cas")).get("/admin/").status_code == 404
    assert in_the_admin(person("Kim")).get("/admin/images/").status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(molenwijk: Neighbourhood) -> None:
    response = Client().get("/admin/")

    assert response.status_code == 302
    assert response.headers["Location"].endswith("/account/login/?next=/admin/")


def test_an_administrator_is_left_alone(in_the_admin: SignIn, molenwijk: Neighbourhood) -> None:
    sam = person("Sam", is_superuser=True)

    admin = in_the_admin(sam)

    assert admin.get("/admin/users/").status_code == 200
    assert admin.get("/admin/reports/site-history/").status_code == 200


def test_without_a_seat_a_superuser_in_a_group_by_hand_loses_it_at_night(molenwijk: Neighbourhood) -> None:
    ben = person("Ben")
    board_of(molenwijk).user_set.add(ben)

    assert derive_groups(on=make.TODAY) == 1
    assert list(ben.groups.all()) == []


def test_both_logins_of_a_person_who_is_known_twice_get_the_same(molenwijk: Neighbourhood) -> None:
    ben, also_ben = person("Ben"), person("Benjamin")
    also_ben.person.same_person_as = ben.person
    also_ben.person.save()
    make.seat_for(also_ben, molenwijk)

    assert list(ben.groups.all()) == [molenwijk.editors]
    assert list(also_ben.groups.all()) == [molenwijk.editors]


def test_deriving_for_one_person_leaves_others_as_they_are(molenwijk: Neighbourhood, ann: User) -> None:
    ben = person("Ben")
    board_of(molenwijk).user_set.add(ben)

    derive_groups(on=make.TODAY, people=[ann.person])

    assert list(ben.groups.all()) == [molenwijk.editors]


def test_deriving_again_changes_nothing(molenwijk: Neighbourhood, ann: User) -> None:
    assert derive_groups(on=make.TODAY) == 0


@pytest.mark.parametrize("boards", [1, 3])
def test_the_door_asks_as_much_of_the_database_for_one_seat_as_for_three(
    django_assert_num_queries: DjangoAssertNumQueries, boards: int
) -> None:
    ben = person("Ben")
    for name in ["Molenwijk", "Sluiskade", "Zonneveld"][:boards]:
        make.seat_for(ben, make.found(name), kind=SeatKind.ELECTED)

    with django_assert_num_queries(8):
        derive_groups(on=make.TODAY, people=[ben.person])


def test_the_editor_of_a_municipality_writes_its_news_and_not_that_of_its_neighbourhoods(
    in_the_admin: SignIn, molenwijk: Neighbourhood
) -> None:
    municipality = molenwijk.municipality
    admin = in_the_admin(make.editor_of(municipality))
    own, theirs = make.news_index_of(municipality).pk, make.news_index_of(molenwijk).pk

    assert admin.get(f"/admin/pages/add/neighbourhoods/newspage/{own}/").status_code == 200
    assert admin.get(f"/admin/pages/add/neighbourhoods/newspage/{theirs}/").status_code == 302
    assert admin.get(f"/admin/pages/{make.root_of(molenwijk).pk}/edit/").status_code == 302
    assert admin.get(f"/admin/pages/{make.root_of(molenwijk).get_parent().pk}/edit/").status_code == 302


@pytest.mark.parametrize(("role", "until_on", "expected"), [
    (Role.EDITOR, None, 200), (Role.OWNER, None, 200), (Role.CLERK, None, 404), (Role.EDITOR, YESTERDAY, 404),
])  # fmt: skip
def test_only_editors_and_owners_of_a_municipality_come_in_while_their_mandate_runs(
    in_the_admin: SignIn, molenwijk: Neighbourhood, role: str, until_on: date | None, expected: int
) -> None:
    eva = person("Eva")
    mandate(person=eva, principal=molenwijk.municipality, role=role, until_on=until_on)

    assert in_the_admin(eva).get("/admin/").status_code == expected


def test_no_group_of_ours_may_synchronise_translations_or_reaches_above_its_tree(
    molenwijk: Neighbourhood,
) -> None:
    codenames = set(board_of(molenwijk).permissions.values_list("codename", flat=True))
    depths = GroupPagePermission.objects.filter(group=molenwijk.editors).values_list("page__depth", flat=True)

    assert codenames == {"access_admin"}
    assert set(depths) == {4}
