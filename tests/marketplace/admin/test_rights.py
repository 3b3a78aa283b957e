"""Who writes on a market follows from admissions and mandates, and a shop sees nothing of what others only draft."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from marketplace.founding import add_market
from marketplace.models import ActivitiesPage, Admission, MarketPage, OfferPage
from marketplace.operations.admissions import admit, end_admission
from marketplace.rights import group_name, let_write
from marketplace.states import AdmissionState
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.founding import refound
from neighbourhoods.rights import derive_groups
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories.market import admitted
from tests.factories.people import actor, mandate, organisation, person
from tests.factories.wallet import open_for
from tests.marketplace.admin.conftest import SignIn
from tests.marketplace.admin.writing import TEN, Scene, add_url, begin, let_in, new, offer_of, submit
from tests.neighbourhoods.admin_walk import SECRET, make_secrets, walk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def groups_of(user: User) -> list[str]:
    return list(user.groups.order_by("name").values_list("name", flat=True))


def test_owners_organisers_and_editors_of_a_shop_on_the_market_write_there_and_nobody_else(
    there: Scene,
) -> None:
    cas, omar, oda = person("Cas"), person("Omar"), person("Oda")
    mandate(person=omar, principal=there.shop, role="OPERATOR")
    mandate(person=oda, principal=there.shop, role="ORGANISER")
    derive_groups(on=make.TODAY)

    name = group_name(there.shop.pk, there.place.pk)
    assert [groups_of(one) for one in (there.sjoerd, there.eva, oda, omar, cas)] == [
        [name], [name], [name], [], [],
    ]  # fmt: skip


def test_the_group_of_a_shop_may_add_to_the_market_and_choose_its_own_pictures_and_no_more(
    there: Scene,
) -> None:
    group = Group.objects.get(name=group_name(there.shop.pk, there.place.pk))

    rights = GroupPagePermission.objects.filter(group=group)
    assert set(rights.values_list("permission__codename", flat=True)) == {"add_page"}
    assert set(rights.values_list("page_id", flat=True)) == {
        page.pk for kind in (MarketPage, ActivitiesPage) for page in kind.objects.all()
    }
    assert set(group.permissions.values_list("codename", flat=True)) == {"access_admin"}
    in_collections = GroupCollectionPermission.objects.filter(group=group).values_list(
        "collection__name", "permission__codename"
    )
    assert set(in_collections) == {("Van Dam Molenwijk", "add_image"), ("Van Dam Molenwijk", "choose_image")}


def test_a_shop_on_two_markets_has_one_collection(there: Scene) -> None:
    sluiskade = make.found("Sluiskade")
    make.market_page(sluiskade)

    let_write(there.shop, sluiskade)

    assert Collection.objects.filter(name="Van Dam Molenwijk").count() == 1


def test_the_board_lets_a_shop_in_and_its_owner_comes_into_the_admin_until_the_board_ends_it(
    in_the_admin: SignIn, there: Scene
) -> None:
    bo = person("Bo")
    bakery = organisation("Bakkerij", owner=bo)
    asked = admitted(
        bakery, there.place, state=AdmissionState.REQUESTED, decided_at=None, until_on=None, checks=""
    )
    assert in_the_admin(bo).get("/admin/").status_code == 404

    admit(
        admission=asked, checks="Gezien.", until_on=date(2027, 6, 1), in_area=True, actor=actor(there.ann), at=TEN
    )  # fmt: skip
    assert in_the_admin(bo).get(add_url(there.place)).status_code == 200

    end_admission(admission=Admission.objects.get(pk=asked.pk), reason="Weg.", actor=actor(there.ann), at=TEN)
    assert in_the_admin(bo).get(add_url(there.place)).status_code == 404


def test_an_admission_that_ran_out_opens_nothing_the_day_after(sjoerd: Client, there: Scene) -> None:
    assert sjoerd.get("/admin/").status_code == 200

    Admission.objects.update(until_on=date(2026, 11, 20))

    assert sjoerd.get("/admin/").status_code == 404
    assert groups_of(there.sjoerd) == []


def test_a_second_login_of_the_owner_writes_too(there: Scene) -> None:
    other = person("Sjoerd2")
    other.person.same_person_as = there.sjoerd.person
    other.person.save()

    derive_groups(on=make.TODAY, people=[there.sjoerd.person])

    assert groups_of(other) == [group_name(there.shop.pk, there.place.pk)]


def test_deriving_asks_as_often_for_three_shops_as_for_one(there: Scene) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            derive_groups(on=make.TODAY)
        return len(asked)

    with_one = queries()
    for number in range(2):
        owner = person(f"Owner{number}")
        let_in(organisation(f"Shop {number}", owner=owner), there.place, owner)

    assert (with_one, queries()) == (9, 9)


def test_editors_of_the_municipality_write_on_the_markets_of_its_neighbourhoods(
    in_the_admin: SignIn, there: Scene
) -> None:
    emma = make.editor_of(there.place.municipality, "Emma")
    open_for(there.place, there.place.municipality)

    page = begin(in_the_admin(emma), there, there.place.municipality, kind="MUNICIPAL")
    submit(in_the_admin(emma), page)

    made = offer_of(page)
    assert (made.kind, made.state, made.provider) == ("MUNICIPAL", "SUBMITTED", there.place.municipality)


def test_a_shop_begins_nothing_in_the_name_of_another_or_of_the_neighbourhood(
    sjoerd: Client, there: Scene
) -> None:
    owner = person("Bo")
    bakery = organisation("Bakkerij", owner=owner)
    let_in(bakery, there.place, owner)

    answers = [sjoerd.post(add_url(there.place), new(there, one)) for one in (bakery, there.place.party)]

    assert [list(answer.context["form"].errors) for answer in answers] == [["provider"]] * 2
    assert not OfferPage.objects.exists()


def test_a_shop_begins_nothing_on_a_market_that_it_was_not_let_in_to(sjoerd: Client, there: Scene) -> None:
    sluiskade = make.found("Sluiskade")
    make.market_page(sluiskade)

    answer = sjoerd.get(add_url(sluiskade))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


def test_a_shop_does_not_edit_what_another_shop_or_the_board_wrote(
    in_the_admin: SignIn, sjoerd: Client, ann: Client, there: Scene
) -> None:
    owner = person("Bo")
    bakery = organisation("Bakkerij", owner=owner)
    let_in(bakery, there.place, owner)
    pages = [
        begin(in_the_admin(owner), there, bakery, title="Geheim brood"),
        begin(ann, there, there.place.party, title="Geheim feest"),
    ]

    for page in [*pages, there.market]:
        for view in ("edit", "history", "view_draft", "delete", "unpublish", "copy"):
            answer = sjoerd.get(f"/admin/pages/{page.pk}/{view}/")
            assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/"), (page, view)
        draft = page.get_latest_revision()
        for view in (f"{draft.pk}/view", f"{draft.pk}/revert", "compare/earliest...latest"):
            answer = sjoerd.get(f"/admin/pages/{page.pk}/revisions/{view}/")
            assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/"), (page, view)


def test_the_lists_of_a_shop_show_its_own_pages_and_of_others_no_word(
    in_the_admin: SignIn, sjoerd: Client, there: Scene
) -> None:
    owner = person("Bo", family_name="Geheimbo")
    bakery = organisation("Bakkerij", owner=owner)
    let_in(bakery, there.place, owner)
    theirs = begin(in_the_admin(owner), there, bakery, title="Geheim brood")
    submit(in_the_admin(owner), theirs, title="Geheim brood")
    own = begin(sjoerd, there, there.shop, title="Band plakken", key="6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0011")

    lists = [
        f"/admin/pages/{there.market.pk}/", "/admin/", f"/admin/choose-page/{there.market.pk}/",
        "/admin/pages/search/?q=Gehe", f"/admin/api/main/pages/?child_of={there.market.pk}&fields=*",
        "/admin/choose-page/search/?q=Gehe", f"/admin/bulk/wagtailcore/page/delete/?id={theirs.pk}",
    ]  # fmt: skip
    told = [sjoerd.get(address).content.decode().lower() for address in lists]

    assert [SECRET in one for one in told] == [False] * len(lists)
    assert "band plakken" in told[0]
    assert own.owner == there.sjoerd


def test_the_whole_admin_tells_a_shop_nothing_of_another_board(in_the_admin: SignIn, there: Scene) -> None:
    secrets = make_secrets("Sluiskade")
    own = begin(in_the_admin(there.sjoerd), there, there.shop)

    (secret,) = walk(in_the_admin, there.sjoerd, secrets, SECRET, own_pages=[own.pk, there.market.pk])

    assert secret == {}


# --- Founding


def test_founding_gives_a_neighbourhood_its_market_in_both_languages(there: Scene, client: Client) -> None:
    pages = MarketPage.objects.live().order_by("locale__language_code")

    assert [(page.title, page.lead) for page in pages] == [
        ("Market", "What can you buy with Molenmunten? And how can you help a neighbour?"),
        ("Markt", "Wat kun je kopen met Molenmunten? En waarmee kun je een buurtgenoot helpen?"),
    ]
    assert client.get("/nl/dijkstad/molenwijk/markt/").status_code == 200


def test_a_page_of_the_board_at_that_address_is_not_in_the_way() -> None:
    molenwijk = make.found("Molenwijk")
    make.standard_page(make.root_of(molenwijk), "Markt")

    assert make.market_page(molenwijk).slug == "markt-2"


def test_refounding_gives_the_rights_back_that_a_shop_had(there: Scene) -> None:
    before = rights_of_all()
    Group.objects.filter(name=group_name(there.shop.pk, there.place.pk)).delete()

    refound(neighbourhood=Neighbourhood.objects.get(pk=there.place.pk), actor=make.SYSTEM, at=make.FOUNDED_AT)

    assert rights_of_all() == before


def test_the_step_is_harmless_when_it_is_repeated(there: Scene) -> None:
    before = (rights_of_all(), MarketPage.objects.count())

    add_market(there.place, actor=make.SYSTEM, at=make.FOUNDED_AT)

    assert (rights_of_all(), MarketPage.objects.count()) == before


def rights_of_all() -> set[Any]:
    of_pages = GroupPagePermission.objects.filter(page__in=MarketPage.objects.all())
    return set(of_pages.values_list("group__name", "page_id", "permission__codename"))
