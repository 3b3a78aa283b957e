"""The founding steps of a neighbourhood. Each makes what is missing and leaves alone what is there.

They stand in `settings.FOUNDING_STEPS`; a later release adds its own, and `refound` brings it to who was there before.
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain, count
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from content.models import BasePage
from content.translation import add_page, carry_over, other_locales
from core.actor import Actor
from ledger.operations import open_system_accounts
from neighbourhoods import rights
from neighbourhoods import standard_texts as texts
from neighbourhoods.models import (
    BoardPage,
    DecisionsPage,
    HowWeDecidePage,
    MunicipalityPage,
    Neighbourhood,
    NeighbourhoodPage,
    NewsIndexPage,
    PriceListPage,
    StandardPage,
)
from neighbourhoods.operations.policies import add_first_policies
from people.models import Party


def add_pages(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the page tree, in every language: front page, news, and a page about the coin."""
    names = {
        "name": neighbourhood.name,
        "coin": neighbourhood.coin.name,
        "coins": neighbourhood.coin.name_plural,
    }
    root = neighbourhood_root(neighbourhood) or add_text_page(
        municipality_root(neighbourhood.municipality),
        NeighbourhoodPage(neighbourhood=neighbourhood, title=neighbourhood.name, slug=neighbourhood.slug),
        texts.NEIGHBOURHOOD.filled(**names),
        actor,
    )
    add_first_pages(root, texts.ABOUT_THE_COIN.filled(**names), actor=actor)


def add_collection(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the collection in which the board keeps its pictures and documents."""
    if neighbourhood.collection is None:
        neighbourhood.collection = rights.new_collection(neighbourhood.name)
        neighbourhood.save(update_fields=["collection"])


def add_editors(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the group of the board, with rights on this tree and this collection and nowhere else.

    The group is filled from the seats (`rights.derive_groups`).
    """
    if neighbourhood.editors is None:
        neighbourhood.editors, _made = Group.objects.get_or_create(name=f"neighbourhood-{neighbourhood.slug}")
        neighbourhood.save(update_fields=["editors"])
    rights.allow_admin(neighbourhood.editors)
    rights.allow_on_pages(neighbourhood.editors, neighbourhood.pages.all())
    if neighbourhood.collection is not None:
        rights.allow_in_collection(neighbourhood.editors, neighbourhood.collection)


def add_workflow(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to it that what somebody submits in this tree is approved by this board."""
    name = f"Wijkbestuur {neighbourhood.name}"
    workflow: Workflow | None = neighbourhood.workflow
    if workflow is None:
        workflow = neighbourhood.workflow = Workflow.objects.create(name=name)
        neighbourhood.save(update_fields=["workflow"])
    if not workflow.workflow_tasks.exists():
        task = GroupApprovalTask.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for task in GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow):
        if neighbourhood.editors is not None:
            task.groups.add(neighbourhood.editors)
    for page in neighbourhood.pages.all():
        WorkflowPage.objects.get_or_create(page_id=page.pk, defaults={"workflow": workflow})


def add_money(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the accounts without which no coin can be issued: the issue, its reserve, and the bank."""
    open_system_accounts(coin=neighbourhood.coin, holder=neighbourhood.party, actor=actor, at=at)


def add_decisions(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the rules by which it decides, and to the pages about that: board, decisions, how we decide, and
    the price list that comes of it."""
    add_first_policies(neighbourhood, actor=actor, at=at)
    for kind, text in (
        (BoardPage, texts.BOARD),
        (DecisionsPage, texts.DECISIONS),
        (HowWeDecidePage, texts.HOW_WE_DECIDE),
        (PriceListPage, texts.PRICE_LIST),
    ):
        see_to_page(neighbourhood, kind, text.filled(name=neighbourhood.name), actor=actor)


def see_to_page(
    neighbourhood: Neighbourhood, kind: type[BasePage], text: texts.StandardText, *, actor: Actor
) -> BasePage | None:
    """This will see to the one page of a kind below the front page, in every language. None while there is no front
    page to stand below."""
    root = neighbourhood_root(neighbourhood)
    if root is None:
        return None
    page = kind.objects.child_of(root).first()
    if page is None:
        page = add_text_page(root, kind(slug=free_slug(root, text.slug)), text, actor, in_menus=False)
    _carry_over_if_missing(page, actor)
    return page


def free_slug(parent: Page, slug: str) -> str:
    """This slug, or with a number behind it when a page of the board's own has it already."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    free = (f"{slug}-{number}" if number else slug for number in chain([0], count(2)))
    return next(one for one in free if one not in taken)


def add_municipal_editors(municipality: Party) -> None:
    """This will see to the group of a municipality's own editors, with its collection.

    Rights on a page hold for all that stands below it, and below a municipality's front page stand neighbourhoods
    that their own boards edit. So this group gets the news and the pages beside them, and never the front page itself.
    """
    group, _made = Group.objects.get_or_create(name=rights.municipal_group_name(municipality.pk))
    rights.allow_admin(group)
    for front in MunicipalityPage.objects.filter(party=municipality):
        below = front.get_children().not_type(NeighbourhoodPage)
        rights.allow_on_pages(group, below)
    collection = Collection.objects.filter(group_permissions__group=group).first()
    rights.allow_in_collection(group, collection or rights.new_collection(municipality.display_name))


def neighbourhood_root(neighbourhood: Neighbourhood) -> NeighbourhoodPage | None:
    """The front page in the language that pages are written in."""
    pages = NeighbourhoodPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return pages.filter(neighbourhood=neighbourhood).first()


def municipality_root(municipality: Party) -> MunicipalityPage:
    """The front page of a municipality in the language that pages are written in."""
    pages = MunicipalityPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return pages.get(party=municipality)


def add_first_pages(root: BasePage, about: texts.StandardText, *, actor: Actor) -> None:
    """This will see to it that a place is never empty: it has news and at least one page, in every language."""
    if not root.get_children().type(NewsIndexPage).exists():
        add_text_page(root, NewsIndexPage(), texts.NEWS.filled(name=root.title), actor)
    if not root.get_children().type(StandardPage).exists():
        add_text_page(root, StandardPage(), about, actor)
    for page in [root, *root.get_children().live().specific()]:
        _carry_over_if_missing(page, actor)


def add_front(parent: Page, page: BasePage, text: texts.StandardText, *, actor: Actor) -> BasePage:
    """This will add the front page of a place with its standard words."""
    return add_text_page(parent, page, text, actor)


def add_text_page(
    parent: Page, page: BasePage, text: texts.StandardText, actor: Actor, *, in_menus: bool = True
) -> Any:
    """This will add a page with its standard words below another, in every language."""
    page.title = text.title.nl
    page.slug = page.slug or text.slug
    page.lead = page.lead or text.lead.nl
    page.body = text.body()
    page.show_in_menus = in_menus and not isinstance(page, NeighbourhoodPage | MunicipalityPage)
    parent.refresh_from_db(fields=["path", "depth", "numchild"])
    return add_page(parent, page, words=text.words(), user=actor.user)


def _carry_over_if_missing(page: BasePage, actor: Actor) -> None:
    there = set(page.get_translations().values_list("locale_id", flat=True))
    if page.live and any(locale.pk not in there for locale in other_locales()):
        carry_over(page, user=actor.user)
