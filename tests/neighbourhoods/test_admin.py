"""The admin as a board member meets it: the own neighbourhood, all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import GroupPagePermission, Page, ReferenceIndex
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from content.blocks import SiteStreamBlock
from content.models import Picture
from neighbourhoods.models import Neighbourhood, NewsPage, SeatKind
from neighbourhoods.rights import derive_groups
from people.models import Role, User
from tests.factories import neighbourhoods as make
from tests.factories.people import mandate, person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]

SignIn = Callable[[User], Client]
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
YESTERDAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 22)


@pytest.fixture
def sluiskade(molenwijk: Neighbourhood) -> Neighbourhood:
    return make.found("Sluiskade")


def board_of(neighbourhood: Neighbourhood) -> Group:
    """The group of the board."""
    return Group.objects.get(neighbourhood=neighbourhood)


def news_form(title: str = "Soep in De Wiek", **more: Any) -> dict[str, Any]:
    """What the browser sends for a piece of news."""
    blocks = more.pop("body", [("paragraph", rich_text("<p>Kom eten.</p>"))])
    return nested_form_data(
        {
            "title": title,
            "slug": title.lower().replace(" ", "-"),
            "kind": "NEWS",
            "published_on": "2026-11-21",
            "happens_on": "",
            "hours": "",
            "place": "",
            "lead": "Elke dinsdag.",
            "picture": "",
            "picture_alt": "",
            "body": streamfield(blocks),
            "show_in_menus": "",
            "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
            **more,
        }
    )


def add_news_url(neighbourhood: Neighbourhood) -> str:
    return f"/admin/pages/add/neighbourhoods/newspage/{make.news_index_of(neighbourhood).pk}/"


def rows() -> list[tuple[Any, ...]]:
    """Everything about pages that somebody could have changed."""
    fields = (
        "pk",
        "path",
        "title",
        "draft_title",
        "live",
        "slug",
        "latest_revision_id",
        "locked",
        "numchild",
    )
    return list(Page.objects.order_by("pk").values_list(*fields))


# --- Writing in one's own tree ------------------------------------------------------------------------------------


def test_ann_publishes_news_in_her_own_neighbourhood_and_it_is_there_in_both_languages(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, client: Client
) -> None:
    response = ann_in_the_admin.post(
        add_news_url(molenwijk), {**news_form(), "action-publish": "action-publish"}
    )

    assert response.status_code == 302
    assert client.get("/nl/dijkstad/molenwijk/nieuws/soep-in-de-wiek/").status_code == 200
    english = client.get("/en/dijkstad/molenwijk/nieuws/soep-in-de-wiek/")
    assert english.status_code == 200
    assert "Kom eten." in english.content.decode()


def test_ann_publishes_nothing_in_another_neighbourhood(
    ann_in_the_admin: Client, sluiskade: Neighbourhood
) -> None:
    before = rows()

    response = ann_in_the_admin.post(
        add_news_url(sluiskade), {**news_form(), "action-publish": "action-publish"}
    )

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert rows() == before


@pytest.mark.parametrize("page", ["own news index", "own front page", "municipality", "home"])
def test_boards_add_pages_only_where_they_belong(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, page: str
) -> None:
    parents = {
        "own news index": make.news_index_of(molenwijk),
        "own front page": make.root_of(molenwijk),
        "municipality": make.root_of(molenwijk).get_parent(),
        "home": make.root_of(molenwijk).get_parent().get_parent(),
    }

    response = ann_in_the_admin.get(f"/admin/pages/add/neighbourhoods/newspage/{parents[page].pk}/")

    assert response.status_code == (200 if page == "own news index" else 302)


def test_ann_edits_the_front_page_of_her_own_neighbourhood(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    root = make.root_of(molenwijk)

    response = ann_in_the_admin.get(f"/admin/pages/{root.pk}/edit/")

    assert response.status_code == 200


def test_ann_translates_a_page_and_publishes_the_english_one(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    soup = make.news(molenwijk, "Soep in De Wiek")
    translation = Translation.objects.get(source__object_id=soup.translation_key)
    segment = StringSegment.objects.get(source=translation.source, string__data="Soep in De Wiek")
    english = NewsPage.objects.get(translation_key=soup.translation_key, locale__language_code="en")

    saved = ann_in_the_admin.put(
        f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
        "value=Soup at De Wiek",
        content_type="application/x-www-form-urlencoded",
    )
    published = ann_in_the_admin.post(f"/admin/pages/{english.pk}/edit/", {"action": "publish"})

    assert (saved.status_code, published.status_code) == (201, 302)
    english.refresh_from_db()
    assert (english.title, english.live) == ("Soup at De Wiek", True)


def test_ann_translates_nothing_of_another_neighbourhood(
    ann_in_the_admin: Client, sluiskade: Neighbourhood
) -> None:
    page = make.news(sluiskade, "Bootjes")
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = StringSegment.objects.filter(source=translation.source).first()

    response = ann_in_the_admin.put(
        f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
        "value=Boats",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 403
    assert not StringTranslation.objects.filter(data="Boats").exists()


# --- Another's pages ----------------------------------------------------------------------------------------------


def forbidden_posts(theirs: Page, mine: Page) -> list[tuple[str, dict[str, Any]]]:
    """Everything that could be sent to change, take or hide a page of somebody else."""
    pk, own = theirs.pk, mine.pk
    return [
        (f"/admin/pages/{pk}/edit/", {**news_form("Gekaapt"), "action-publish": "action-publish"}),
        (f"/admin/pages/{pk}/edit/", news_form("Gekaapt")),
        (f"/admin/pages/{pk}/delete/", {}),
        (f"/admin/pages/{pk}/unpublish/", {}),
        (f"/admin/pages/{pk}/lock/", {}),
        (f"/admin/pages/{pk}/move/{own}/confirm/", {}),
        (f"/admin/pages/{pk}/copy/", {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": own}),
        (f"/admin/pages/{pk}/set_position/?position=0", {}),
        (f"/admin/pages/{pk}/convert_alias/", {}),
        (f"/admin/pages/{pk}/privacy/", {"restriction_type": "login"}),
        (f"/admin/bulk/wagtailcore/page/delete/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/unpublish/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/publish/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/move/?id={pk}", {"chooser": own, "move_applicable": "on"}),
        (f"/admin/bulk/wagtailcore/page/delete/?id={own}&id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={theirs.get_parent().pk}", {}),
        (f"/admin/api/main/pages/{pk}/action/unpublish/", {}),
        (f"/admin/localize/page/{pk}/convert_to_alias/", {}),
        (f"/admin/localize/submit/page/{pk}/", {"locales": ["2"]}),
    ]


def test_nothing_that_ann_sends_changes_a_page_of_another_neighbourhood(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    theirs, mine = make.news(sluiskade, "Bootjes"), make.news_index_of(molenwijk)
    before = rows()

    for url, data in forbidden_posts(theirs, mine):
        assert ann_in_the_admin.post(url, data, headers=SCRIPT).status_code == 403, url
        assert ann_in_the_admin.post(url, data).headers["Location"] == "/admin/", url
        assert rows() == before, url


def test_ann_moves_nothing_of_hers_into_another_neighbourhood(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    mine = make.news(molenwijk, "Soep")
    theirs = make.news_index_of(sluiskade)
    before = rows()

    ann_in_the_admin.post(f"/admin/pages/{mine.pk}/move/{theirs.pk}/confirm/", {})
    copied = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": theirs.pk}
    ann_in_the_admin.post(f"/admin/pages/{mine.pk}/copy/", copied)
    ann_in_the_admin.post(f"/admin/bulk/wagtailcore/page/move/?id={mine.pk}", {"chooser": theirs.pk})

    assert rows() == before


def test_a_picture_of_another_neighbourhood_cannot_be_used_by_its_number(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    theirs = make.picture("Geheim", collection=sluiskade.collection)
    image = {"image": theirs.pk, "alt": "Iets", "decorative": "", "caption": ""}

    for form in (news_form(picture=theirs.pk), news_form(body=[("image", image)])):
        response = ann_in_the_admin.post(add_news_url(molenwijk), form)

        assert response.status_code == 200
        assert "Choose only pictures, documents and pages that you can see." in str(
            response.context["form"].errors
        )
    assert not NewsPage.objects.filter(title="Soep in De Wiek").exists()


def test_a_link_to_a_draft_of_another_neighbourhood_cannot_be_made_by_its_number(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    draft = make.draft(make.news_index_of(sluiskade), NewsPage(title="Geheim", published_on=make.TODAY))
    form = news_form(body=[("link", {"text": "Kijk", "page": draft.pk, "url": ""})])

    response = ann_in_the_admin.post(add_news_url(molenwijk), form)

    assert "body" in response.context["form"].errors


def test_a_page_with_an_own_picture_and_a_link_to_public_news_elsewhere_is_fine(
    ann_in_the_admin: Client, molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    mine, theirs = make.picture("Molen", collection=molenwijk.collection), make.news(sluiskade, "Bootjes")
    blocks = [
        ("image", {"image": mine.pk, "alt": "Een molen", "decorative": "", "caption": ""}),
        ("link", {"text": "Kijk", "page": theirs.pk, "url": ""}),
    ]

    response = ann_in_the_admin.post(add_news_url(molenwijk), news_form(body=blocks, picture=mine.pk))

    assert response.status_code == 302
    assert NewsPage.objects.filter(title="Soep in De Wiek", picture=mine).exists()


def test_a_picture_without_words_is_refused_in_the_editor(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    mine = make.picture("Molen", collection=molenwijk.collection)
    image = {"image": mine.pk, "alt": "", "decorative": "", "caption": ""}

    response = ann_in_the_admin.post(add_news_url(molenwijk), news_form(body=[("image", image)]))

    assert "body" in response.context["form"].errors


# --- The root of the tree -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ann", "administrator"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_front_page_of_a_neighbourhood_stays(
    in_the_admin: SignIn,
    ann: User,
    molenwijk: Neighbourhood,
    sluiskade: Neighbourhood,
    who: str,
    language: str,
) -> None:
    user = ann if who == "ann" else person("Sam", is_superuser=True)
    admin, pk = in_the_admin(user), make.root_of(molenwijk, language).pk
    elsewhere = make.root_of(sluiskade, language).get_parent().pk
    before = rows()

    for url, data in [
        (f"/admin/pages/{pk}/delete/", {}),
        (f"/admin/pages/{pk}/unpublish/", {}),
        (f"/admin/pages/{pk}/move/{elsewhere}/confirm/", {}),
        (f"/admin/pages/{pk}/copy/", {"new_title": "Twee", "new_slug": "twee", "new_parent_page": elsewhere}),
        (f"/admin/bulk/wagtailcore/page/delete/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/unpublish/?id={pk}", {}),
        (f"/admin/bulk/wagtailcore/page/move/?id={pk}", {"chooser": elsewhere}),
    ]:
        assert admin.post(url, data).status_code in {200, 302, 403}, url
        assert rows() == before, url


def test_a_municipality_with_neighbourhoods_cannot_be_deleted_even_by_an_administrator(
    in_the_admin: SignIn, molenwijk: Neighbourhood
) -> None:
    admin, municipality = in_the_admin(person("Sam", is_superuser=True)), make.root_of(molenwijk).get_parent()
    before = rows()

    response = admin.post(f"/admin/pages/{municipality.pk}/delete/", follow=True)

    assert "blijft" in response.content.decode() or "stays where it is" in response.content.decode()
    assert rows() == before


def test_a_page_that_is_no_root_can_be_deleted(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep")

    ann_in_the_admin.post(f"/admin/pages/{soup.pk}/delete/", {})

    assert not Page.objects.filter(title="Soep").exists()
    assert not any(Page.find_problems())


# --- Who comes in, and when ---------------------------------------------------------------------------------------


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

    with django_assert_num_queries(7):
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


# --- The menu -----------------------------------------------------------------------------------------------------


def test_the_menu_of_a_board_holds_only_what_it_can_use(ann_in_the_admin: Client) -> None:
    body = ann_in_the_admin.get("/admin/").content.decode()

    for shown in ("/admin/look/", "/admin/images/", "/admin/documents/"):
        assert shown in body
    for hidden in (
        "/admin/reports/",
        "/admin/users/",
        "/admin/workflows/",
        "/admin/collections/",
        "/admin/localize/reports",
    ):
        assert f'"{hidden}' not in body


def test_a_closed_door_says_why_to_a_person_and_forbids_a_script(ann_in_the_admin: Client) -> None:
    response = ann_in_the_admin.get("/admin/reports/site-history/", follow=True)

    assert response.redirect_chain == [("/admin/", 302)]
    assert ann_in_the_admin.get("/admin/reports/site-history/", headers=SCRIPT).status_code == 403


# --- Uploads ------------------------------------------------------------------------------------------------------

SCRIPTED_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(client: Client, name: str, content: bytes) -> dict[str, Any]:
    file = SimpleUploadedFile(name, content)
    response = client.post("/admin/images/multiple/add/", {"files[]": file, "title": name}, headers=SCRIPT)
    answer: dict[str, Any] = response.json()
    return answer


def bomb() -> bytes:
    """A file of a few kilobytes that unfolds into 100 million points."""
    return make.png((10_000, 10_000))


@pytest.mark.parametrize(
    ("name", "content"),
    [("brief.jpg", b"just words"), ("logo.svg", SCRIPTED_SVG), ("logo.png", SCRIPTED_SVG), ("leeg.png", b"")],
)
def test_what_is_no_picture_is_refused_with_a_sentence(
    ann_in_the_admin: Client, name: str, content: bytes
) -> None:
    answer = upload(ann_in_the_admin, name, content)

    assert answer["success"] is False
    assert answer["error_message"]
    assert not Picture.objects.exists()


def test_a_picture_of_twenty_megabytes_is_refused(ann_in_the_admin: Client) -> None:
    answer = upload(ann_in_the_admin, "groot.png", make.png() + bytes(20 * 1024 * 1024))

    assert answer["success"] is False
    assert not Picture.objects.exists()


def test_a_picture_with_too_many_points_is_refused(ann_in_the_admin: Client) -> None:
    answer = upload(ann_in_the_admin, "bom.png", bomb())

    assert answer["success"] is False
    assert not Picture.objects.exists()


def test_a_picture_lands_in_the_collection_of_the_neighbourhood(
    ann_in_the_admin: Client, molenwijk: Neighbourhood
) -> None:
    answer = upload(ann_in_the_admin, "molen.png", make.png())

    assert answer["success"] is True
    assert Picture.objects.get().collection == molenwijk.collection


# --- What Wagtail keeps track of ----------------------------------------------------------------------------------


def test_the_reference_index_follows_pages_and_files_and_no_decisions_or_persons() -> None:
    ours = {
        model._meta.label
        for model in ReferenceIndex.tracked_models
        if model._meta.app_label
        in {"core", "content", "people", "ledger", "neighbourhoods", "home", "wallet"}
    }

    assert ours == {
        "content.Picture", "home.HomePage", "neighbourhoods.MunicipalityPage", "neighbourhoods.NeighbourhoodPage",
        "neighbourhoods.NewsIndexPage", "neighbourhoods.NewsPage", "neighbourhoods.StandardPage",
    }  # fmt: skip


def test_the_blocks_of_a_page_are_all_offered(ann_in_the_admin: Client, molenwijk: Neighbourhood) -> None:
    body = ann_in_the_admin.get(add_news_url(molenwijk)).content.decode()

    assert all(
        f'"{name}"' in body or f"&quot;{name}&quot;" in body for name in SiteStreamBlock().child_blocks
    )
