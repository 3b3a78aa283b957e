"""What happens to a page in Dutch happens to it in English, and a page that is not translated says so."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from content.blocks import SiteStreamBlock
from content.translation import (
    TranslationState,
    add_page,
    carry_over,
    translation_state,
    translation_states,
    words_on_the_page,
    write_translations,
)
from neighbourhoods.models import Neighbourhood, NewsPage, StandardPage
from tests.factories import neighbourhoods as make

pytestmark = pytest.mark.django_db


def english(page: Page) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="en").specific


def paragraphs(*texts: str) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{text}</p>") for text in texts]


def test_a_published_page_is_live_in_english_at_once_with_its_date(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep in De Wiek")

    assert english(soup).live
    assert english(soup).published_on == soup.published_on
    assert english(soup).get_parent().specific == english(make.news_index_of(molenwijk))
    assert not any(Page.find_problems())


def test_a_changed_page_is_changed_in_english_too(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep in De Wiek", body=paragraphs("Kom eten."))
    soup.title, soup.place = "Soep in De Molen", "De Molen"
    soup.body = paragraphs("Kom eten.", "Neem iemand mee.")
    soup.save_revision().publish()

    assert (english(soup).title, english(soup).place) == ("Soep in De Molen", "De Molen")
    assert len(english(soup).body) == 2


def test_a_draft_reaches_nobody(molenwijk: Neighbourhood) -> None:
    make.draft(make.news_index_of(molenwijk), NewsPage(title="Nog niet", published_on=make.TODAY))

    assert not Page.objects.filter(title="Nog niet", locale__language_code="en").exists()


def test_a_page_that_is_taken_down_is_taken_down_in_english(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk)

    soup.unpublish()

    assert not english(soup).live


def test_a_page_that_is_published_again_is_back_in_english(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk)
    soup.unpublish()

    soup.save_revision().publish()

    assert english(soup).live


def test_a_page_that_is_deleted_is_gone_in_english_with_all_below_it(molenwijk: Neighbourhood) -> None:
    board = make.standard_page(make.root_of(molenwijk), "Het bestuur")
    make.standard_page(board, "Notulen")

    StandardPage.objects.get(pk=board.pk).delete()

    assert not Page.objects.filter(title__in=["Het bestuur", "Notulen"]).exists()
    assert not any(Page.find_problems())


def test_deleting_the_english_page_leaves_the_dutch_one(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk)

    english(soup).delete()

    assert NewsPage.objects.get(pk=soup.pk).live


def test_a_page_that_moves_moves_in_english_too(molenwijk: Neighbourhood) -> None:
    board = make.standard_page(make.root_of(molenwijk), "Het bestuur")
    minutes = make.standard_page(make.root_of(molenwijk), "Notulen")

    minutes.move(StandardPage.objects.get(pk=board.pk), pos="last-child")

    assert english(minutes).get_parent().specific == english(board)
    assert not any(Page.find_problems())


def test_pages_in_another_order_are_in_that_order_in_english(molenwijk: Neighbourhood) -> None:
    root = make.root_of(molenwijk)
    board, minutes = make.standard_page(root, "Het bestuur"), make.standard_page(root, "Notulen")

    StandardPage.objects.get(pk=minutes.pk).move(StandardPage.objects.get(pk=board.pk), pos="left")

    dutch = [page.translation_key for page in make.root_of(molenwijk).get_children()]
    assert [page.translation_key for page in make.root_of(molenwijk, "en").get_children()] == dutch
    assert not any(Page.find_problems())


def test_the_first_of_all_is_the_first_in_english(molenwijk: Neighbourhood) -> None:
    root = make.root_of(molenwijk)
    board = make.standard_page(root, "Het bestuur")

    StandardPage.objects.get(pk=board.pk).move(make.root_of(molenwijk), pos="first-child")

    assert make.root_of(molenwijk, "en").get_children().first().translation_key == board.translation_key


def test_a_page_moved_below_a_draft_waits_below_that_draft_in_english(molenwijk: Neighbourhood) -> None:
    hidden = make.draft(make.root_of(molenwijk), StandardPage(title="Later"))
    board = make.standard_page(make.root_of(molenwijk), "Het bestuur")

    StandardPage.objects.get(pk=board.pk).move(StandardPage.objects.get(pk=hidden.pk), pos="last-child")

    assert english(board).get_parent().translation_key == hidden.translation_key
    assert not english(hidden).live


def test_how_far_the_words_are(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep", lead="Kom eten.", body=paragraphs("Om zes uur."))
    states = [translation_state(soup), translation_state(english(soup))]

    write_translations(soup, language="en", words={"Soep": "Soup"})
    states.append(translation_state(english(soup)))
    write_translations(soup, language="en", words={"Kom eten.": "Come and eat.", "Om zes uur.": "At six."})
    states.append(translation_state(english(soup)))

    assert states == ["source", "untranslated", "partly", "translated"]


def test_translated_words_are_used_when_the_page_is_carried_over(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep & brood", lead="Kom eten.")
    write_translations(
        soup, language="en", words={"Soep & brood": "Soup &amp; bread", "Kom eten.": "Come and eat."}
    )

    carry_over(soup)

    assert (english(soup).title, english(soup).lead) == ("Soup & bread", "Come and eat.")


def test_a_text_that_changes_is_in_dutch_again_until_it_is_translated(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep")
    write_translations(soup, language="en", words={"Soep": "Soup"})
    soup.title = "Erwtensoep"

    soup.save_revision().publish()

    assert english(soup).title == "Erwtensoep"
    assert translation_state(english(soup)) == TranslationState.UNTRANSLATED


def test_a_translation_that_an_editor_wrote_stays(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep")
    write_translations(soup, language="en", words={"Soep": "Broth"})

    write_translations(soup, language="en", words={"Soep": "Soup"})
    carry_over(soup)

    assert english(soup).title == "Broth"


def test_an_english_page_taken_into_own_hands_keeps_its_words(molenwijk: Neighbourhood) -> None:
    soup = make.news(molenwijk, "Soep")
    Translation.objects.filter(source__object_id=soup.translation_key).update(enabled=False)
    own = english(soup)
    own.title = "All about soup"
    own.save_revision().publish()

    soup.title = "Erwtensoep"
    soup.save_revision().publish()

    assert english(soup).title == "All about soup"
    assert translation_state(english(soup)) == TranslationState.TRANSLATED


@pytest.mark.parametrize(
    ("translated", "expected"),
    [
        ({}, {"text_language": "nl", "untranslated": True}),
        ({"Soep": "Soup"}, {"text_language": "nl", "untranslated": True}),
        ({"Soep": "Soup", "Kom eten.": "Come and eat."}, {"text_language": "en", "untranslated": True}),
        (
            {"Soep": "Soup", "Kom eten.": "Come.", "Om zes uur.": "At six."},
            {"text_language": "en", "untranslated": False},
        ),
    ],
)
def test_a_template_is_told_which_language_most_words_are_in(
    molenwijk: Neighbourhood, translated: dict[str, str], expected: dict[str, object]
) -> None:
    soup = make.news(molenwijk, "Soep", lead="Kom eten.", body=paragraphs("Om zes uur."))
    write_translations(soup, language="en", words=translated)

    assert words_on_the_page(english(soup)) == expected
    assert words_on_the_page(soup) == {"text_language": "nl", "untranslated": False}


def test_every_page_tells_its_template(molenwijk: Neighbourhood, client: Client) -> None:
    soup = make.news(molenwijk)

    response = client.get(english(soup).url)

    assert (response.context["text_language"], response.context["untranslated"]) == ("nl", True)


@pytest.mark.parametrize("count", [1, 3])
def test_how_far_many_pages_are_is_one_query(
    molenwijk: Neighbourhood, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        make.news(molenwijk, f"Soep {number}")
    pages = list(NewsPage.objects.filter(locale__language_code="en").select_related("locale"))

    with django_assert_num_queries(1):
        states = translation_states(pages)

    assert set(states.values()) == {TranslationState.UNTRANSLATED}
    assert len(states) == count


def test_a_page_with_children_made_in_one_go_leaves_a_sound_tree(molenwijk: Neighbourhood) -> None:
    root = make.root_of(molenwijk)
    for title in ("Een", "Twee", "Drie"):
        board = make.standard_page(root, title)
        add_page(board, StandardPage(title=f"{title} dieper", slug="dieper"))

    assert not any(Page.find_problems())
    assert make.root_of(molenwijk, "en").get_children().count() == root.get_children().count()


def test_every_block_can_be_carried_over(molenwijk: Neighbourhood) -> None:
    body = [
        (name, block.normalize(block.get_preview_value()))
        for name, block in SiteStreamBlock().child_blocks.items()
        if name not in {"image", "link", "table"}
    ]

    page = make.standard_page(make.root_of(molenwijk), "Alles", body=body)

    assert [block.block_type for block in english(page).body] == [name for name, _value in body]


def test_pages_of_one_language_only_are_nobodys_source(molenwijk: Neighbourhood) -> None:
    only = StandardPage(
        title="For newcomers", slug="newcomers", locale=Locale.objects.get(language_code="en")
    )
    root = make.root_of(molenwijk, "en")
    root.add_child(instance=only)

    only.save_revision().publish()

    assert translation_state(only) == TranslationState.SOURCE
    assert Page.objects.filter(translation_key=only.translation_key).count() == 1
