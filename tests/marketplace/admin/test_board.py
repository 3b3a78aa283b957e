"""A board writes an offer in the admin: publishing puts it on the market, and hands over what the page says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from core.actor import Actor
from marketplace.models import Offer, OfferPage, OfferTerms, OfferText
from marketplace.operations import offers
from marketplace.operations.faced import Effect
from marketplace.operations.offer_face import begin_page
from marketplace.operations.publishing import publish_page
from marketplace.operations.terms import Terms, renew
from neighbourhoods.models import ItemKind, Unit
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories import values
from tests.factories.people import actor
from tests.marketplace.admin.conftest import SignIn
from tests.marketplace.admin.writing import (
    DAY,
    TEN,
    Scene,
    add_url,
    begin,
    form,
    is_live,
    lines,
    new,
    offer_of,
    publish,
    said,
    save,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


def test_a_page_begins_with_a_draft_that_nobody_else_sees(
    ann: Client, there: Scene, hall: OfferPage, client: Client
) -> None:
    made = offer_of(hall)

    assert (made.state, made.provider, made.price, made.place) == (
        "DRAFT", there.place.party, 25_00, "Molenstraat 4",
    )  # fmt: skip
    assert (hall.live, hall.slug, hall.terms_amount) == (False, "zaal-de-wiek", Decimal("25.00"))
    assert ann.get(f"/admin/pages/{hall.pk}/edit/").status_code == 200
    assert client.get(hall.get_url_parts()[2]).status_code == 404


def test_the_same_form_sent_twice_begins_one_page(ann: Client, there: Scene) -> None:
    answers = [ann.post(add_url(there.place), new(there, there.place.party)) for _time in range(2)]

    page = OfferPage.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"/admin/pages/{page.pk}/edit/"] * 2


def test_two_pages_with_one_title_get_addresses_of_their_own(
    ann: Client, there: Scene, hall: OfferPage
) -> None:
    second = begin(ann, there, there.place.party, key="6c8c7a52-0a4e-4c39-8a0e-2a5b7e0f0010")

    assert (hall.slug, second.slug) == ("zaal-de-wiek", "zaal-de-wiek-2")


SLIPS = [
    ({"title": ""}, "title"),
    ({"title": "Za"}, "title"),
    ({"amount": "0"}, "amount"),
    ({"amount": "veel"}, "amount"),
    ({"until_on": "2026-11-20"}, "until_on"),
    ({"until_on": "2028-11-20"}, "until_on"),
    ({"kind": "GIFT"}, "kind"),
    ({"category": ""}, "category"),
    ({"stock": "0"}, "stock"),
    ({"direction": "BOTH"}, "direction"),
]


def test_a_slip_is_told_beside_its_field_and_nothing_is_made(ann: Client, there: Scene) -> None:
    told = new(there, there.place.party)

    answers = [ann.post(add_url(there.place), {**told, **change}) for change, _wrong in SLIPS]

    assert [list(one.context["form"].errors) for one in answers] == [[wrong] for _change, wrong in SLIPS]
    assert not Offer.objects.exists()


def test_the_board_begins_nothing_in_the_name_of_a_shop(ann: Client, there: Scene) -> None:
    answer = ann.post(add_url(there.place), new(there, there.shop))

    assert list(answer.context["form"].errors) == ["provider"]
    assert not Offer.objects.exists()


def test_the_page_in_the_other_language_is_begun_by_nobody(ann: Client, there: Scene) -> None:
    answer = ann.post(add_url(there.place, "en"), new(there, there.place.party))

    assert answer.status_code == 302
    assert not Offer.objects.exists()


def test_a_preview_of_a_page_that_did_not_begin_so_shows_nothing(ann: Client, there: Scene) -> None:
    address = f"{add_url(there.place)}preview/"

    sent = ann.post(address, form(OfferPage(title="Iets", slug="iets")))
    shown = ann.get(address)

    assert (sent.status_code, sent.json()["is_valid"], shown.status_code) == (200, False, 200)


def test_publishing_puts_it_on_the_market_with_its_words_and_terms(
    ann: Client, hall: OfferPage, client: Client
) -> None:
    publish(ann, hall, terms_amount="20.00", terms_unit="HOUR")

    made = offer_of(hall)
    text = made.texts.get(language="nl")
    assert (made.state, made.price, made.terms and made.terms.unit) == ("PUBLISHED", 20_00, "HOUR")
    assert (text.title, text.summary, text.about) == (
        "Zaal De Wiek", "Voor een feest of een vergadering.", "Met keuken en beamer.",
    )  # fmt: skip
    assert sorted(made.tags.names()) == ["feest", "zaal"]
    assert "beamer" in made.words
    assert is_live(hall)
    for language in ("nl", "en"):
        shown = OfferPage.objects.get(translation_key=hall.translation_key, locale__language_code=language)
        assert client.get(shown.url).status_code == 200


def test_publishing_twice_changes_nothing_the_second_time(ann: Client, hall: OfferPage) -> None:
    publish(ann, hall)
    before = (offer_of(hall).terms_id, lines(offer_of(hall), "offer.change").count())
    publish(ann, hall)

    assert (offer_of(hall).terms_id, lines(offer_of(hall), "offer.change").count()) == before
    assert lines(offer_of(hall), "offer.publish").count() == 1


def test_words_in_english_follow_once_they_are_translated(ann: Client, hall: OfferPage, there: Scene) -> None:
    from content.translation import write_translations

    publish(ann, hall)
    assert list(OfferText.objects.values_list("language", flat=True)) == ["nl"]

    page = OfferPage.objects.get(pk=hall.pk)
    words = {
        "Zaal De Wiek": "Hall De Wiek",
        "Voor een feest of een vergadering.": "For a party.",
        "Met <b>keuken</b> en beamer.": "With a kitchen and a beamer.",
    }
    write_translations(page, language="en", words=words)
    page.get_latest_revision().publish(user=there.ann)

    english = OfferText.objects.get(language="en")
    assert (english.title, english.summary) == ("Hall De Wiek", "For a party.")
    assert "hall" in offer_of(hall).words


# --- Afterwards


def test_the_board_changes_words_and_terms_of_its_own_by_its_page(ann: Client, hall: OfferPage) -> None:
    publish(ann, hall)

    publish(ann, hall, title="Grote zaal", terms_amount="30.00", terms_until="2027-04-01")

    made = offer_of(hall)
    assert (made.price, made.until_on, made.terms and made.terms.version) == (30_00, date(2027, 4, 1), 2)
    assert made.texts.get(language="nl").title == "Grote zaal"
    assert OfferTerms.objects.get(version=1).amount == 25_00  # whoever ordered keeps what they ordered under


def test_saving_a_draft_of_what_is_on_the_market_changes_nothing(ann: Client, hall: OfferPage) -> None:
    publish(ann, hall)
    before = Offer.objects.values().get(pk=hall.offer_id)

    save(ann, hall, title="Anders", terms_amount="99.00")

    assert Offer.objects.values().get(pk=hall.offer_id) == before


@pytest.mark.parametrize("way", ["form", "past the form"])
def test_an_old_draft_that_is_published_does_not_undo_newer_terms_or_stock(
    way: str, ann: Client, there: Scene, hall: OfferPage
) -> None:
    publish(ann, hall)
    save(ann, hall, terms_amount="99.00", lead="Oud concept.")
    old = OfferPage.objects.get(pk=hall.pk).get_latest_revision()
    made, later = offer_of(hall), TEN + DAY
    with time_machine.travel(later, tick=False):
        renew(offer=made, until_on=date(2027, 5, 1), actor=actor(there.ann), at=later)
        offers.set_stock(offer=made, stock=3, actor=actor(there.ann), at=later)

    if way == "form":
        effect = publish_page(
            page=old.as_object(), written_at=old.created_at, actor=actor(there.ann), at=later + DAY
        )
        assert effect == Effect.OLDER
    else:
        old.publish(user=there.ann)

    made.refresh_from_db()
    assert (made.price, made.until_on, made.stock) == (25_00, date(2027, 5, 1), 3)
    assert made.texts.get(language="nl").summary == "Oud concept."  # words are words


def test_the_form_shows_the_terms_in_force_when_they_are_newer_than_the_page(
    ann: Client, there: Scene, hall: OfferPage
) -> None:
    publish(ann, hall)
    later = TEN + DAY
    with time_machine.travel(later, tick=False):
        renew(offer=offer_of(hall), until_on=date(2027, 5, 1), actor=actor(there.ann), at=later)
        shown = ann.get(f"/admin/pages/{hall.pk}/edit/")

    assert shown.context["form"].initial["terms_until"] == date(2027, 5, 1)


def test_a_price_past_the_value_is_told_beside_its_field_and_not_published(
    ann: Client, there: Scene, hall: OfferPage
) -> None:
    item = values.item(there.place, "Zaal huren", kind=ItemKind.SERVICE, unit=Unit.PIECE)
    values.worth(item, 20_00)

    answer = publish(ann, hall, terms_item=str(item.pk))

    assert list(answer.context["form"].errors) == ["terms_amount"]
    assert "20,00" in str(answer.context["form"].errors["terms_amount"])
    assert (offer_of(hall).state, is_live(hall)) == ("DRAFT", False)

    publish(ann, hall, terms_item=str(item.pk), terms_amount="20.00")
    assert offer_of(hall).state == "PUBLISHED"


REFUSED = [
    ({"terms_amount": "0"}, "terms_amount"),
    ({"terms_until": "2026-11-01"}, "terms_until"),
    ({"terms_until": "2029-11-01"}, "terms_until"),
    ({"terms_reach": "NAMED"}, "terms_places"),
    ({"terms_voucher": "on", "terms_voucher_days": ""}, "terms_voucher_days"),
    ({"terms_voucher": "on", "terms_voucher_days": "30", "terms_euro": "1.00"}, "terms_euro"),
    ({"title": "Z" * 81}, "title"),
    ({"terms_tags": "a,b,c,d,e,f,g,h,i"}, "terms_tags"),
]


def test_what_cannot_be_on_the_market_is_told_beside_its_field(ann: Client, hall: OfferPage) -> None:
    answers = [publish(ann, hall, **change) for change, _field in REFUSED]

    assert [list(one.context["form"].errors) for one in answers] == [[field] for _change, field in REFUSED]
    assert (offer_of(hall).state, is_live(hall)) == ("DRAFT", False)


def test_a_page_for_named_neighbourhoods_names_them_in_its_terms(
    ann: Client, there: Scene, hall: OfferPage
) -> None:
    sluiskade = make.found("Sluiskade")

    publish(ann, hall, terms_reach="NAMED", terms_places=[str(sluiskade.pk)])

    made = offer_of(hall)
    assert made.terms is not None
    assert list(made.terms.places.values_list("neighbourhood", flat=True)) == [sluiskade.pk]


def test_what_is_published_past_the_form_and_may_not_be_there_does_not_stay(
    ann: Client, there: Scene, hall: OfferPage, client: Client
) -> None:
    save(ann, hall, terms_until="2026-11-21")
    with time_machine.travel(TEN + 3 * DAY, tick=False):
        OfferPage.objects.get(pk=hall.pk).get_latest_revision().publish(user=there.ann)

    assert (offer_of(hall).state, is_live(hall)) == ("DRAFT", False)


def test_what_is_published_in_bulk_is_done_by_who_pressed(ben: Client, there: Scene, hall: OfferPage) -> None:
    ben.post(f"/admin/bulk/wagtailcore/page/publish/?id={hall.pk}", {})

    assert offer_of(hall).state == "PUBLISHED"
    assert lines(offer_of(hall), "offer.publish").get().acted_by_id == there.ben.person.pk


def test_an_administrator_without_a_seat_publishes_nothing(
    in_the_admin: SignIn, root: User, hall: OfferPage
) -> None:
    answer = publish(in_the_admin(root), hall)

    assert answer.context["form"].errors
    assert (offer_of(hall).state, is_live(hall)) == ("DRAFT", False)


# --- Off the site


def test_a_page_that_is_taken_off_takes_its_offer_along_and_brings_it_back(
    ann: Client, hall: OfferPage
) -> None:
    publish(ann, hall)

    ann.post(f"/admin/pages/{hall.pk}/unpublish/", {})
    assert (offer_of(hall).state, is_live(hall)) == ("PAUSED", False)

    publish(ann, hall)
    assert (offer_of(hall).state, is_live(hall)) == ("PUBLISHED", True)


def test_what_was_paused_at_the_stall_stays_so_when_its_page_is_published(
    ann: Client, there: Scene, hall: OfferPage
) -> None:
    publish(ann, hall)
    offers.pause(offer=offer_of(hall), actor=actor(there.ann), at=TEN)

    answer = publish(ann, hall, lead="Even niet.")

    assert offer_of(hall).state == "PAUSED"
    assert "nog van de markt" in said(answer) or "still off the market" in said(answer)


def test_a_page_that_is_deleted_leaves_its_offer_paused_with_its_words(ann: Client, hall: OfferPage) -> None:
    publish(ann, hall)

    ann.post(f"/admin/pages/{hall.pk}/delete/", {})

    made = Offer.objects.get(pk=hall.offer_id)
    assert not OfferPage.objects.exists()
    assert (made.state, made.texts.get(language="nl").title) == ("PAUSED", "Zaal De Wiek")


def test_a_draft_that_is_deleted_is_thrown_away(ann: Client, hall: OfferPage) -> None:
    ann.post(f"/admin/pages/{hall.pk}/delete/", {})

    assert not OfferPage.objects.exists()
    assert Offer.objects.get(pk=hall.offer_id).state == "ENDED"


def test_what_has_ended_is_not_published_again(ann: Client, there: Scene, hall: OfferPage) -> None:
    publish(ann, hall)
    offers.end(offer=offer_of(hall), actor=actor(there.ann), at=TEN)

    answer = publish(ann, hall, title="Toch weer")

    assert answer.context["form"].errors
    assert offer_of(hall).texts.get(language="nl").title == "Zaal De Wiek"


def test_a_page_stays_in_its_place_and_has_no_copy(ann: Client, there: Scene, hall: OfferPage) -> None:
    publish(ann, hall)

    ann.post(
        f"/admin/pages/{hall.pk}/copy/",
        {"new_title": "Nog een", "new_slug": "nog-een", "new_parent_page": there.market.pk},
    )
    ann.post(f"/admin/pages/{hall.pk}/move/{there.market.pk}/confirm/", {})

    assert OfferPage.objects.count() == 2  # one in each language
    assert OfferPage.objects.get(pk=hall.pk).get_parent().pk == there.market.pk


def test_the_page_of_the_market_stays(ann: Client, there: Scene) -> None:
    for deed in ("delete", "unpublish"):
        ann.post(f"/admin/pages/{there.market.pk}/{deed}/", {})

    there.market.refresh_from_db()
    assert there.market.live


def test_by_code_too_a_page_begins_only_where_there_is_a_market(there: Scene) -> None:
    from marketplace.operations.offer_face import NoMarketPage

    sluiskade = make.found("Sluiskade")

    with pytest.raises(NoMarketPage):
        begin_page(
            neighbourhood=sluiskade, direction="SUPPLY", kind="SERVICE", category=there.category,
            provider=sluiskade.party, title="Zaal", summary="", place="", stock=None,
            terms=Terms(amount=5_00, until_on=(TEN + timedelta(days=9)).date()),
            key=there.shop.uuid, actor=Actor.system(), user=there.ann, at=TEN,
        )  # fmt: skip
