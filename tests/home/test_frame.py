"""The frame around every page: place, menu, languages, crumbs, and the pages for when something is wrong."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from core.actor import Actor
from home.frame import frame_of_view
from neighbourhoods.models import NewsKind, StandardPage
from neighbourhoods.shown import show_place
from neighbourhoods.theme import theme_url
from tests.factories.neighbourhoods import FOUNDED_AT, found, news, root_of, site, standard_page
from tests.factories.people import person
from tests.factories.residency import resident

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()


def in_the_bar(client: Client, url: str) -> list[str]:
    """The words at the bottom of a phone, without the marks of where they may break."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    return [link.get_text(strip=True).replace("\xad", "") for link in page.select(".tabbar a")]


def test_a_page_stands_in_the_colours_of_its_neighbourhood(client: Client) -> None:
    molenwijk = found("Molenwijk")

    page = client.get("/nl/dijkstad/molenwijk/nieuws/").content.decode()

    assert f'href="{theme_url(molenwijk)}"' in page


def test_the_language_switch_keeps_the_page(client: Client) -> None:
    news(found("Molenwijk"), "Soep")

    page = client.get("/nl/dijkstad/molenwijk/nieuws/soep/")

    assert page.context["languages"] == [
        ("nl", "Nederlands", "/nl/dijkstad/molenwijk/nieuws/soep/", True),
        ("en", "English", "/en/dijkstad/molenwijk/nieuws/soep/", False),
    ]
    assert client.get("/en/dijkstad/molenwijk/nieuws/soep/").status_code == 200


def test_pages_say_their_language_and_where_the_others_are(client: Client) -> None:
    found("Molenwijk")

    page = client.get("/en/dijkstad/molenwijk/").content.decode()

    assert '<html lang="en"' in page
    for language, path in (("nl", "nl"), ("en", "en"), ("x-default", "nl")):
        assert f'hreflang="{language}" href="http://testserver/{path}/dijkstad/molenwijk/"' in page


def test_the_language_switch_keeps_a_question_too(client: Client) -> None:
    site()

    page = client.get("/nl/search/?q=soep")

    assert [url for _code, _name, url, _current in page.context["languages"]] == [
        "/nl/search/?q=soep",
        "/en/search/?q=soep",
    ]


def test_a_page_that_is_not_there_in_english_leads_to_the_english_front(client: Client) -> None:
    page = news(found("Molenwijk"), "Soep")
    page.get_translations().get().specific.unpublish()

    languages = client.get("/nl/dijkstad/molenwijk/nieuws/soep/").context["languages"]

    assert languages[1][2] == "/en/"


def test_the_menu_marks_the_innermost_place_where_one_is(client: Client) -> None:
    news(found("Molenwijk"), "Soep")

    menu = client.get("/nl/dijkstad/molenwijk/nieuws/soep/").context["nav"]

    assert [item.key for item in menu if item.current] == ["nieuws"]


def test_wide_screens_have_what_editors_put_in_the_menu_and_a_phone_has_five_words(client: Client) -> None:
    molenwijk = found("Molenwijk")
    StandardPage.objects.child_of(root_of(molenwijk)).update(show_in_menus=False)

    menu = client.get("/nl/dijkstad/molenwijk/").context["nav"]

    assert [item.key for item in menu] == ["home", "market", "activities", "nieuws", "search", "account"]
    assert in_the_bar(client, "/nl/dijkstad/molenwijk/") == ["Wijk", "Markt", "Meedoen", "Zoeken", "Inloggen"]


def test_who_is_signed_in_has_the_wallet_in_the_menu_and_no_more_than_five_words(client: Client) -> None:
    found("Molenwijk")
    client.force_login(person("Ann"))

    menu = client.get("/nl/dijkstad/molenwijk/").context["nav"]

    assert [item.key for item in menu] == ["home", "market", "activities", "wallet", "search", "account"]
    assert menu[3].url == reverse("wallet")
    assert in_the_bar(client, "/nl/dijkstad/molenwijk/") == [
        "Wijk",
        "Markt",
        "Meedoen",
        "Portemonnee",
        "Mijn",
    ]


def test_who_has_no_search_in_the_bar_of_a_phone_has_it_in_the_header(client: Client) -> None:
    site()
    link = '<a class="strip__search" href="/nl/search/"'

    signed_out = client.get("/nl/").content.decode()
    client.force_login(person("Ann"))
    signed_in = client.get("/nl/").content.decode()

    assert (link in signed_out, link in signed_in) == (False, True)


def test_the_wallet_is_marked_on_each_of_its_pages(client: Client) -> None:
    site()
    client.force_login(person("Ann"))

    for name in ("wallet", "pay", "tills"):
        menu = client.get(reverse(name)).context["nav"]
        assert [item.key for item in menu if item.current] == ["wallet"], name


def test_a_visitor_has_no_wallet_in_the_menu(client: Client) -> None:
    found("Molenwijk")

    menu = client.get("/nl/dijkstad/molenwijk/").context["nav"]

    assert "wallet" not in [item.key for item in menu]


def test_the_market_in_the_menu_is_that_of_the_place_that_is_shown(client: Client) -> None:
    found("Molenwijk")

    here = client.get("/nl/dijkstad/molenwijk/").context["nav"]
    municipality = client.get("/nl/dijkstad/").context["nav"]

    assert [item.url for menu in (here, municipality) for item in menu if item.key == "market"] == [
        reverse("market_in", args=["molenwijk"]),
        reverse("market"),
    ]


def test_taking_part_in_the_menu_is_that_of_the_place_that_is_shown(client: Client) -> None:
    found("Molenwijk")

    here = client.get("/nl/dijkstad/molenwijk/").context["nav"]
    municipality = client.get("/nl/dijkstad/").context["nav"]

    assert [item.url for menu in (here, municipality) for item in menu if item.key == "activities"] == [
        reverse("activities_in", args=["molenwijk"]),
        reverse("activities"),
    ]


def test_taking_part_is_marked_on_each_of_its_pages_and_the_market_is_not(client: Client) -> None:
    site()
    client.force_login(person("Ann"))

    for name in ("activities", "my_activities", "organise", "earning", "work", "templates"):
        menu = client.get(reverse(name), follow=True).context["nav"]
        assert [item.key for item in menu if item.current] == ["activities"], name


def test_a_page_outside_the_tree_has_the_frame_of_the_place_that_it_shows(rf: RequestFactory) -> None:
    molenwijk = found("Molenwijk")
    request = rf.get("/nl/market/")
    request.user = AnonymousUser()

    assert frame_of_view(request)["place"] is None
    show_place(request, molenwijk)
    shown = frame_of_view(request)["place"]

    assert (shown.name, shown.coin) == ("Molenwijk", molenwijk.coin)


def test_crumbs_lead_back_to_the_place_and_end_before_the_page_itself(client: Client) -> None:
    news(found("Molenwijk"), "Soep")

    crumbs = client.get("/nl/dijkstad/molenwijk/nieuws/soep/").context["crumbs"]

    assert crumbs == [
        ("Molenwijk", "/nl/dijkstad/molenwijk/"),
        ("Nieuws", "/nl/dijkstad/molenwijk/nieuws/"),
    ]


def test_the_foot_leads_to_privacy_and_accessibility_where_they_are(client: Client) -> None:
    home = site().root_page
    standard_page(home, "Privacy", slug="privacy")

    links = client.get("/nl/").context["footer_links"]

    assert links == [("Privacy", "/nl/privacy/")]


def test_who_is_signed_in_sees_their_own_name_and_nobody_elses(client: Client) -> None:
    site()
    ann = person("Ann")
    client.force_login(ann)

    page = client.get("/nl/").content.decode()

    assert ann.person.display_name in page


NOWHERE = ["/nl/nergens/", "/nl/dijkstad/nergens/", "/xx/dijkstad/", "/nl/theme/", "/nl/%00/"]


def test_an_address_that_is_none_says_so_kindly(client: Client) -> None:
    found("Molenwijk")

    for address in NOWHERE:
        response = client.get(address, follow=True)
        assert response.status_code == 404, address
        with translation.override(response.wsgi_request.LANGUAGE_CODE):
            assert translation.gettext("Nobody lives at this address") in response.content.decode()
    assert client.get("/theme/nergens-00000000.css").status_code == 404


def test_the_root_leads_to_the_language_of_the_browser(client: Client) -> None:
    site()

    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/en/"
    assert client.get("/", headers={"accept-language": "fr"})["Location"] == "/nl/"


def test_a_forged_form_is_told_what_to_do() -> None:
    site()
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("account_login"), {"login": "ann@example.org"})

    assert response.status_code == 403
    assert "Traceback" not in response.content.decode()


def test_a_neighbourhood_is_where_a_resident_stays_on_pages_of_the_site(client: Client) -> None:
    molenwijk = found("Molenwijk")
    ann = person("Ann")
    resident(ann, molenwijk)
    client.force_login(ann)

    page = client.get("/nl/search/")

    assert page.context["place"].name == "Molenwijk"


def test_news_of_every_kind_says_its_kind_and_day(client: Client) -> None:
    molenwijk = found("Molenwijk")
    for kind in NewsKind:
        news(molenwijk, f"Een {kind}", kind=kind, happens_on=FOUNDED_AT.date())

    for kind in NewsKind:
        page = client.get(f"/nl/dijkstad/molenwijk/nieuws/een-{kind.lower()}/")
        assert page.status_code == 200
