"""Ann changes how her neighbourhood looks; nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from core.actor import Actor
from core.models import AuditEntry
from core.refusals import NotAllowed
from ledger.operations import CoinNameTaken
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.look import InvalidLook, LogoFromElsewhere, change_look
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories.people import actor, person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SignIn = Callable[[User], Client]


def look(**changes: Any) -> dict[str, Any]:
    return {
        "colour": "#b3261e",
        "accent": "#ffd23f",
        "landmark": "bridge",
        "logo": None,
        "coin_name": "Molenmunt",
        "coin_name_plural": "Molenmunten",
        "help_phone": "",
        "meeting_place": "",
        **changes,
    }


def change(neighbourhood: Neighbourhood, by: Actor, **changes: Any) -> Neighbourhood:
    return change_look(neighbourhood=neighbourhood, **look(**changes), actor=by, at=NOW)


def form(**changes: Any) -> dict[str, Any]:
    return {name: value or "" for name, value in look(**changes).items()}


def test_a_board_member_gives_the_neighbourhood_another_look(molenwijk: Neighbourhood, ann: User) -> None:
    change(molenwijk, actor(ann), coin_name="Wiek", coin_name_plural="Wieken", meeting_place="De Wiek")

    molenwijk = Neighbourhood.objects.get()
    assert (molenwijk.colour, molenwijk.landmark, molenwijk.meeting_place) == ("#b3261e", "bridge", "De Wiek")
    assert (molenwijk.coin.name, molenwijk.coin.name_plural, molenwijk.coin.code) == (
        "Wiek",
        "Wieken",
        "MOLENWIJK",
    )
    assert list(AuditEntry.objects.order_by("pk").values_list("event", flat=True)[:99])[-2:] == [
        "coin.changed", "neighbourhood.look_changed",
    ]  # fmt: skip


def test_a_coin_that_keeps_its_name_is_not_written_anew(molenwijk: Neighbourhood, ann: User) -> None:
    change(molenwijk, actor(ann))

    assert not AuditEntry.objects.filter(event="coin.changed").exists()


def test_the_board_of_elsewhere_a_resident_and_a_former_member_may_not(molenwijk: Neighbourhood) -> None:
    cas, kim, ben = person("Cas"), person("Kim"), person("Ben")
    make.seat_for(cas, make.found("Sluiskade"))
    make.seat_for(ben, molenwijk, until_on=date(2026, 11, 20))

    for somebody in (cas, kim, ben):
        with pytest.raises(NotAllowed):
            change(molenwijk, actor(somebody))
    assert Neighbourhood.objects.get(pk=molenwijk.pk).colour == "#1546c8"


def test_a_person_who_is_known_twice_may_with_either_login(molenwijk: Neighbourhood, ann: User) -> None:
    also_ann = person("Anna")
    also_ann.person.same_person_as = ann.person
    also_ann.person.save()

    assert change(molenwijk, actor(also_ann)).colour == "#b3261e"


def test_an_administrator_may(molenwijk: Neighbourhood) -> None:
    assert change(molenwijk, actor(person("Sam", is_superuser=True))).colour == "#b3261e"


def test_a_logo_comes_from_the_own_collection(molenwijk: Neighbourhood, ann: User) -> None:
    own = make.picture("Molen", collection=molenwijk.collection)
    other = make.picture("Sluis", collection=make.found("Sluiskade").collection)

    assert change(molenwijk, actor(ann), logo=own).logo == own
    with pytest.raises(LogoFromElsewhere):
        change(molenwijk, actor(ann), logo=other)


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"accent": "#12345"}, {"landmark": "castle"}])
def test_a_look_that_cannot_be_is_refused(molenwijk: Neighbourhood, ann: User, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidLook):
        change(molenwijk, actor(ann), **wrong)


def test_the_name_of_another_coin_is_refused_and_nothing_changes(molenwijk: Neighbourhood, ann: User) -> None:
    make.found("Sluiskade")

    with pytest.raises(CoinNameTaken):
        change(molenwijk, actor(ann), coin_name="Sluismunt")

    assert Neighbourhood.objects.get(pk=molenwijk.pk).colour == "#1546c8"


def test_the_page_shows_the_look_and_saves_another(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    shown = ann_in_the_admin.get("/admin/look/molenwijk/")
    saved = ann_in_the_admin.post("/admin/look/molenwijk/", form(colour="#B3261E"))

    assert shown.status_code == 200
    assert "#1546c8" in shown.content.decode()
    assert (saved.status_code, saved.headers["Location"]) == (302, "/admin/look/molenwijk/")
    assert Neighbourhood.objects.get().colour == "#b3261e"


def test_with_one_neighbourhood_the_menu_leads_straight_to_it(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    assert ann_in_the_admin.get("/admin/look/").headers["Location"] == "/admin/look/molenwijk/"


def test_with_more_one_chooses(in_the_admin: SignIn, molenwijk: Neighbourhood, ann: User) -> None:
    make.seat_for(ann, make.found("Sluiskade"))

    body = in_the_admin(ann).get("/admin/look/").content.decode()

    assert "/admin/look/molenwijk/" in body
    assert "/admin/look/sluiskade/" in body


def test_the_look_of_another_neighbourhood_is_not_there(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    sluiskade = make.found("Sluiskade")

    assert ann_in_the_admin.get("/admin/look/sluiskade/").status_code == 404
    assert ann_in_the_admin.post("/admin/look/sluiskade/", form()).status_code == 404
    assert Neighbourhood.objects.get(pk=sluiskade.pk).colour == "#1546c8"


def test_a_picture_of_elsewhere_is_not_offered_as_a_logo_and_not_taken(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    other = make.picture("Geheim", collection=make.found("Sluiskade").collection)

    shown = ann_in_the_admin.get("/admin/look/molenwijk/")
    sent = ann_in_the_admin.post("/admin/look/molenwijk/", form(logo=other.pk))

    assert "Geheim" not in shown.content.decode()
    assert "logo" in sent.context["form"].errors
    assert Neighbourhood.objects.get(pk=molenwijk.pk).logo is None


def test_what_is_not_right_stands_beside_its_field(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    make.found("Sluiskade")

    taken = ann_in_the_admin.post("/admin/look/molenwijk/", form(coin_name="Sluismunt"))
    wrong = ann_in_the_admin.post("/admin/look/molenwijk/", form(help_phone="12"))

    assert set(taken.context["form"].errors) == {"coin_name"}
    assert set(wrong.context["form"].errors) == {"help_phone"}


def test_the_editor_of_a_municipality_has_no_look_to_change(
    in_the_admin: SignIn, molenwijk: Neighbourhood
) -> None:
    eva = in_the_admin(make.editor_of(molenwijk.municipality))

    assert eva.get("/admin/look/molenwijk/").status_code == 404
    assert eva.get("/admin/look/").status_code == 404
