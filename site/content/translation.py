"""A page in the other languages: carried over when it is published, and followed when it goes, moves or ends.

Every page is written in one language, the source (`settings.LANGUAGE_CODE`). Publishing it there makes or renews the
page in each other language: pictures, dates and structure at once, the words as far as they have been translated. A
page whose words are not all translated says so; nobody is left to guess why it is in another language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from content.models import BasePage


class TranslationState(StrEnum):
    SOURCE = "source"
    TRANSLATED = "translated"
    PARTLY = "partly"
    UNTRANSLATED = "untranslated"


def source_locale() -> Locale:
    """The locale of the language that pages are written in."""
    return Locale.objects.get(language_code=settings.LANGUAGE_CODE)


def other_locales() -> list[Locale]:
    """The locales that pages are carried over to."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code != settings.LANGUAGE_CODE]
    return list(Locale.objects.filter(language_code__in=codes).order_by("pk"))


def is_source(page: Page) -> bool:
    """Whether this is the page as it was written: others follow it."""
    return (
        isinstance(page, BasePage)
        and page.alias_of_id is None
        and page.locale.language_code == settings.LANGUAGE_CODE
    )


def carry_over(page: Page, *, user: Any = None) -> None:
    """This will make or renew the page in every other language, and publish it there.

    Call it for a published page of the source language. Parents come first, or are made as empty followers. A
    translation that an editor took into their own hands keeps its words and is left alone.
    """
    with transaction.atomic():
        source, _made = TranslationSource.update_or_create_from_instance(page)
        for locale in other_locales():
            translation, _made = source.translations.get_or_create(target_locale=locale)
            if translation.enabled:
                # Never publish=True: that publishes after the transaction from an object held in memory, and writes
                # a stale number of children back into the tree. `Page.find_problems()` then shows damage.
                translation.save_target(user=user, publish=False)
            target = _translation_of(page, locale)
            if target is not None and (translation.enabled or not target.live):
                # Whether the page may be published was asked of it; whoever wrote it may be somebody who may not.
                target.get_latest_revision().publish(user=user, skip_permission_checks=True)


def write_translations(page: Page, *, language: str, words: Mapping[str, str]) -> None:
    """This will store translations for the texts of a page: from the source text to the translated one.

    They are used the next time that the page is carried over. A text that the page does not have is left aside; one
    that was already translated keeps what an editor wrote.
    """
    locale = Locale.objects.get(language_code=language)
    written = {StringValue.from_plaintext(text).data: translated for text, translated in words.items()}
    with transaction.atomic():
        source, _made = TranslationSource.update_or_create_from_instance(page)
        for segment in StringSegment.objects.filter(source=source).select_related("string"):
            translated = words.get(segment.string.data) or written.get(segment.string.data)
            if translated:
                StringTranslation.objects.get_or_create(
                    translation_of=segment.string,
                    locale=locale,
                    context_id=segment.context_id,
                    defaults={
                        "data": translated,
                        "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    },
                )


def add_page(
    parent: Page, page: Page, *, words: Mapping[str, Mapping[str, str]] | None = None, user: Any = None
) -> Page:
    """This will add a page below its parent and publish it in every language.

    `words` holds the translations: per language, from the source text to the translated one.
    """
    with transaction.atomic():
        page.live = False
        page.locale = parent.locale if parent.depth > 1 else page.locale
        parent.add_child(instance=page)
        for language, texts in (words or {}).items():
            write_translations(page, language=language, words=texts)
        page.save_revision(user=user).publish(user=user)
    return page


def unpublish_translations(page: Page, *, user: Any = None) -> None:
    """This will take the page off the site in the other languages too."""
    for translation in _translations(page).filter(live=True):
        translation.specific.unpublish(user=user)


def move_translations(page: Page, *, user: Any = None) -> None:
    """This will move the page in the other languages to the place that it now has in its own."""
    parent, before = page.get_parent(), page.get_prev_sibling()
    for translation in _translations(page):
        target = _translation_of(parent, translation.locale)
        if target is None:
            # A parent that was never published: it gets an empty follower, filled when it is published.
            target = parent.specific.copy_for_translation(translation.locale, copy_parents=True, alias=True)
        sibling = _translation_of(before, translation.locale) if before else None
        if sibling is not None and sibling.is_child_of(target):
            translation.specific.move(sibling, pos="right", user=user)
        else:
            translation.specific.move(target, pos="last-child" if before else "first-child", user=user)


def delete_translations(page: Page) -> None:
    """This will delete the page in the other languages, with what stands below it there."""
    for key in list(_translations(page).values_list("pk", flat=True)):
        # Read one by one: the page before may have taken this one with it.
        translation = Page.objects.filter(pk=key).first()
        if translation is not None:
            translation.specific.delete()


def translation_state(page: Page) -> TranslationState:
    """How far the words of this page are in the language that it stands in. At most one query."""
    return translation_states([page])[page.pk]


def translation_states(pages: Iterable[Page]) -> dict[int, TranslationState]:
    """The same for many pages at once, in one query."""
    progress = _progress([page for page in pages if page.locale.language_code != settings.LANGUAGE_CODE])
    return {page.pk: _state(page, progress.get((page.translation_key, page.locale_id))) for page in pages}


def words_on_the_page(page: Page) -> dict[str, Any]:
    """What a template needs to be honest about the language of the text.

    `text_language`: the language that the words are in, for the `lang` attribute of what the editor wrote.
    `untranslated`: whether the page must say that (part of) it has not been translated yet.
    """
    code = page.locale.language_code
    if code == settings.LANGUAGE_CODE:
        return {"text_language": code, "untranslated": False}
    progress = _progress([page]).get((page.translation_key, page.locale_id))
    state = _state(page, progress)
    total, done, _enabled = progress or (0, 0, True)
    untranslated = state in {TranslationState.PARTLY, TranslationState.UNTRANSLATED}
    mostly_source = untranslated and done * 2 < max(total, 1)
    return {"text_language": settings.LANGUAGE_CODE if mostly_source else code, "untranslated": untranslated}


def language_face(page: Page, _request: HttpRequest) -> dict[str, Any]:
    """The same, as a face: every page of ours gets it."""
    return words_on_the_page(page)


def _progress(pages: list[Page]) -> dict[tuple[Any, int], tuple[int, int, bool]]:
    """Per page (key and locale): how many texts it has, how many are translated, and whether it follows its source."""
    if not pages:
        return {}
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("source__stringsegment__string_id"),
        context_id=OuterRef("source__stringsegment__context_id"),
        locale_id=OuterRef("target_locale_id"),
        has_error=False,
    )
    rows = (
        Translation.objects.filter(source__object_id__in=[page.translation_key for page in pages])
        .annotate(is_translated=Exists(translated))
        .values("source__object_id", "target_locale_id", "enabled")
        .annotate(
            total=Count("source__stringsegment"),
            done=Count("source__stringsegment", filter=Q(is_translated=True)),
        )
        .order_by()
    )
    return {
        (row["source__object_id"], row["target_locale_id"]): (row["total"], row["done"], row["enabled"])
        for row in rows
    }


def _state(page: Page, progress: tuple[int, int, bool] | None) -> TranslationState:
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return TranslationState.SOURCE
    if page.alias_of_id is not None:
        return TranslationState.UNTRANSLATED
    if progress is None:
        return TranslationState.SOURCE  # written here, in this language, and followed by none
    total, done, enabled = progress
    if not enabled or done >= total:
        return TranslationState.TRANSLATED
    return TranslationState.PARTLY if done else TranslationState.UNTRANSLATED


def _translations(page: Page) -> Any:
    return (
        Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).select_related("locale")
    )


def _translation_of(page: Page, locale: Locale) -> Page | None:
    """The page in another language, read anew: its place in the tree may have changed."""
    return Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
