"""Writing the pages of one place: those that founding made, and those that the demo adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection, Page

from content.models import BasePage, Picture
from content.translation import add_page, write_translations
from home.demo.load.blocks import Builder, Said, said_in
from home.demo.pictures import TITLES, draw
from home.demo.texts.days import day
from home.demo.texts.kinds import NewsText, PageText, PlaceText, Words
from neighbourhoods.models import NewsIndexPage, NewsPage, StandardPage

MAKER = "Socialcoin, EUPL-1.2"
NEWS = Words("Nieuws", "News")
IN_THE_MENU = frozenset({"hulp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes below one front page; pictures go into one collection."""

    home: Page
    front: BasePage
    collection: Collection
    today: date

    def write_pages(self, texts: tuple[PageText, ...], *, founded: bool) -> None:
        """Add the pages that are missing. What founding made is rewritten only while it is new."""
        present = self._children()
        for text in texts:
            if text.slug not in present:
                page = StandardPage(slug=text.slug, show_in_menus=text.slug in IN_THE_MENU)
                self._add(self.front, page, text)
            elif founded:
                self.rewrite(present[text.slug].specific, text)

    def write_place(self, text: PlaceText, *, founded: bool) -> None:
        """All pages of a place: what others link to comes first."""
        self.write_pages(text.pages, founded=founded)
        if founded:
            self.rewrite(self.front, text.front)
        index = NewsIndexPage.objects.child_of(self.front).get()
        if founded and text.news_lead:
            self.rewrite(index, PageText(slug=index.slug, title=NEWS, lead=text.news_lead))
        present = {page.slug for page in index.get_children()}
        for news in text.news:
            if news.slug not in present:
                self._add_news(index, news)

    def rewrite(self, page: BasePage, text: PageText) -> None:
        """Put the demo's words in the place of the standard ones, and publish them in every language."""
        builder = self._builder()
        # Pages were added below it since it was read, and publishing writes back how many there are.
        page.refresh_from_db()
        page.title, page.lead = builder.say(text.title), builder.say(text.lead)
        page.body = builder.body(text.body)
        page.save_revision()
        draft = page.get_latest_revision_as_object()
        write_translations(draft, language="en", words=builder.english_of(_said_on(text)))
        page.get_latest_revision().publish()

    def _add(self, parent: Page, page: BasePage, text: PageText | NewsText) -> None:
        builder = self._builder()
        page.title, page.lead = builder.say(text.title), builder.say(text.lead)
        page.body = builder.body(text.body)
        parent.refresh_from_db(fields=["path", "depth", "numchild"])
        add_page(parent, page, words={"en": builder.english_of(_said_on(text))})

    def _add_news(self, index: NewsIndexPage, news: NewsText) -> None:
        builder = self._builder()
        page = NewsPage(
            slug=news.slug,
            kind=news.kind,
            published_on=day(news.published, today=self.today),
            happens_on=day(news.happens, today=self.today) if news.happens else None,
            hours=builder.say(news.hours),
            place=builder.say(news.place),
            picture=self._picture(news.picture) if news.picture else None,
            picture_alt=builder.say(news.alt),
        )
        self._add(index, page, news)

    def _builder(self) -> Builder:
        return Builder(today=self.today, picture=self._picture, page=self._linked)

    def _children(self) -> dict[str, Page]:
        return {page.slug: page for page in self.front.get_children()}

    def _linked(self, to: str) -> Page:
        """The page that a text means; a page that it links to was written before it."""
        if not to:
            return self.front
        parent = self.home if to.startswith("/") else self.front
        return Page.objects.child_of(parent).get(slug=to.lstrip("/"))

    def _picture(self, name: str) -> Picture:
        """The picture of this name, drawn when it is not in the collection yet."""
        known = Picture.objects.filter(collection=self.collection, title=TITLES[name]).first()
        if known is not None:
            return known
        file = ContentFile(draw(name), name=f"{name}.png")
        picture: Picture = Picture.objects.create(
            title=TITLES[name], file=file, collection=self.collection, maker=MAKER
        )
        return picture


def _said_on(text: PageText | NewsText) -> Iterator[Said]:
    beside: tuple[Any, ...] = (text.title, text.lead)
    if isinstance(text, NewsText):
        beside += (text.hours, text.place, text.alt)
    yield from (words for words in beside if words is not None)
    yield from said_in(text.body)
