"""Every address of the admin, filled with the numbers of somebody else's things."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from wagtail.documents.models import Document
from wagtail.models import GroupApprovalTask, Page, Revision, Site, TaskState, UploadedFile, WorkflowState
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from neighbourhoods import doors
from neighbourhoods.models import Neighbourhood, NewsPage
from people.models import User
from tests.factories import neighbourhoods as make
from tests.factories.people import person

PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "page_pk", "destination_id")
SECRET = "geheim"
PUBLIC = "zomerfeest"


@dataclass(frozen=True)
class Address:
    name: str
    url: str


@dataclass(frozen=True)
class Secrets:
    """A neighbourhood full of things that nobody elsewhere may see; all their names hold the word SECRET."""

    neighbourhood: Neighbourhood
    editor: User
    draft: NewsPage
    live: NewsPage
    numbers: dict[str, list[Any]]


def make_secrets(name: str = "Sluiskade") -> Secrets:
    """Found a neighbourhood with drafts, pictures, documents, a workflow under way and an editor, all secret."""
    neighbourhood = make.found(name)
    editor = person("Bea", family_name="Geheimbea")
    make.seat_for(editor, neighbourhood)
    _rename(neighbourhood)
    picture = make.picture("Geheim beeld", collection=neighbourhood.collection)
    picture.tags.add("geheimtag")
    paper = Document.objects.create(
        title="Geheim stuk", file=ContentFile(b"x", "stuk.txt"), collection=neighbourhood.collection
    )
    paper.tags.add("geheimtag")
    index = make.news_index_of(neighbourhood)
    new = NewsPage(
        title="Geheim concept", lead="Geheime zin", published_on=make.TODAY, owner=editor, picture=picture
    )
    new.body = [("image", {"image": picture, "alt": "Geheim plaatje", "decorative": False, "caption": ""})]
    draft = make.draft(index, new)
    draft.save_revision(user=editor, log_action=True)
    live = make.news(neighbourhood, "Zomerfeest", lead="Voor iedereen.")
    live.title, live.lead = "Geheim nieuw opschrift", "Geheime wending"
    live.save_revision(user=editor, log_action=True)
    draft.get_workflow().start(draft, editor)
    assert isinstance(draft, NewsPage)
    numbers = _numbers(neighbourhood, editor, draft, live)
    numbers |= {"image_id": [picture.pk], "document_id": [paper.pk], "doc_id": [paper.pk]}
    # Named by themselves: only on a small database do other things happen to share their numbers.
    numbers["pk"] += [picture.pk, paper.pk]
    return Secrets(neighbourhood, editor, draft, live, numbers)


def _rename(neighbourhood: Neighbourhood) -> None:
    for thing in (neighbourhood.collection, neighbourhood.editors, neighbourhood.workflow):
        assert thing is not None
        thing.name = f"Geheim {type(thing).__name__}"
        thing.save()
    GroupApprovalTask.objects.filter(groups=neighbourhood.editors).update(name="Geheime taak")


def _numbers(neighbourhood: Neighbourhood, editor: User, draft: Page, live: Page) -> dict[str, list[Any]]:
    """What each name of an argument in an address can be."""
    roots = [make.root_of(neighbourhood, code).pk for code in ("nl", "en")]
    english = Page.objects.get(translation_key=live.translation_key, locale__language_code="en")
    pages = [draft.pk, live.pk, english.pk, draft.get_parent().pk, *roots]
    revisions = [Revision.objects.for_instance(page).latest("pk").pk for page in (draft, live)]
    source = TranslationSource.objects.get(object_id=live.translation_key)
    states = WorkflowState.objects.for_instance(draft)
    tasks = TaskState.objects.filter(workflow_state__in=states)
    upload = UploadedFile.objects.create(
        for_content_type_id=draft.content_type_id,
        file=ContentFile(b"x", "geheim.txt"),
        uploaded_by_user=editor,
    )
    assert neighbourhood.workflow_id
    return {
        **dict.fromkeys(PAGE_ARGUMENTS, pages),
        "revision_id": revisions,
        "revision_id_a": [revisions[0], revisions[1], "earliest"],
        "revision_id_b": [revisions[1], "latest"],
        "task_state_id": list(tasks.values_list("pk", flat=True)),
        "task_id": list(tasks.values_list("task_id", flat=True)),
        "workflow_state_id": list(states.values_list("pk", flat=True)),
        "workflow_pk": [neighbourhood.workflow_id],
        "collection_id": [neighbourhood.collection_id],
        "translation_source_id": [source.pk],
        "translation_id": list(Translation.objects.filter(source=source).values_list("pk", flat=True)),
        "string_segment_id": list(StringSegment.objects.filter(source=source).values_list("pk", flat=True))[:1],
        "overridable_segment_id": [*OverridableSegment.objects.values_list("pk", flat=True)[:1], 1][:1],
        "uploaded_file_id": [upload.pk],
        "session_id": [1],
        "pk": [
            *pages, neighbourhood.workflow_id, neighbourhood.collection_id, neighbourhood.editors_id, editor.pk,
            Site.objects.get().pk, draft.locale_id, *tasks.values_list("task_id", flat=True),
        ],
        "object_id": pages,
    }  # fmt: skip


MODELS = [
    ("wagtailcore", "page"), ("neighbourhoods", "newspage"), ("content", "picture"), ("wagtaildocs", "document"),
]  # fmt: skip
WORDS: dict[str, list[str]] = {
    "action": ["delete", "move", "publish", "unpublish", "add_to_collection", "add_tags"],
    "action_name": ["approve", "reject", "copy"],
    "filter_spec": ["max-100x100"],
    "mode": ["x"],
    "uidb64": ["x"],
    "token": ["x-x"],
    "slug": ["sluiskade"],
}
APP_NAMES, MODEL_NAMES = (
    ("app_label", "app_name", "content_type_app_name"),
    ("model_name", "content_type_model_name"),
)


def all_patterns(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each named view of the admin, with the names of its arguments."""
    for pattern in (resolver or _admin()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_patterns(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", list(pattern.pattern.regex.groupindex)


def _admin() -> URLResolver:
    return next(
        one
        for one in get_resolver().url_patterns
        if isinstance(one, URLResolver) and str(one.pattern) == "admin/"
    )


def all_addresses(secrets: Secrets, own_pages: list[int]) -> Iterator[Address]:
    """Every view with each of the numbers that its arguments can be; what is shut for editors with one of them.

    The walker's own pages come too: what is shown beside them must not tell of others either.
    """
    numbers = {**secrets.numbers, **{name: [*secrets.numbers[name], *own_pages] for name in PAGE_ARGUMENTS}}
    for name, arguments in all_patterns():
        fillings = list(_fillings(arguments, numbers))
        for kwargs in fillings if name in doors.OPEN else fillings[:1]:
            url = reverse(name, kwargs=kwargs)
            yield Address(name, url)
            if name in doors.OPEN and (not kwargs or name == "wagtail_bulk_action"):
                yield from (Address(name, f"{url}?{query}") for query in _queries(secrets))


def _fillings(arguments: list[str], numbers: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """The first page with the first revision, the second with the second, and so on until all were used."""
    apps = [name for name in arguments if name in APP_NAMES]
    models = [name for name in arguments if name in MODEL_NAMES]
    choices = {
        name: numbers.get(name) or WORDS[name] for name in arguments if name not in APP_NAMES + MODEL_NAMES
    }
    for turn in range(max((len(values) for values in choices.values()), default=1)):
        kwargs = {name: values[turn % len(values)] for name, values in choices.items()}
        for app_label, model_name in MODELS if apps or models else MODELS[:1]:
            yield kwargs | dict.fromkeys(apps, app_label) | dict.fromkeys(models, model_name)


def _queries(secrets: Secrets) -> list[str]:
    pages, root = secrets.numbers["page_id"], secrets.numbers["page_id"][4]
    return [
        "&".join(f"id={key}" for key in pages),
        f"id={pages[0]}",
        f"id={secrets.numbers['image_id'][0]}",
        f"id=all&childOf={root}",
        "q=Gehei",
        "search=Gehei",
        f"child_of={root}&fields=*",
        "user_perms=move_to",
        f"collection_id={secrets.numbers['collection_id'][0]}&user={secrets.editor.pk}",
    ]


def said(response: Any) -> str:
    """All words of an answer, also of where it leads."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return (body.decode("utf-8", "replace") + response.headers.get("Location", "")).lower()


def walk(
    sign_in: Callable[[User], Client],
    walker: User,
    secrets: Secrets,
    *words: str,
    own_pages: list[int],
    only: Collection[str] = (),
) -> list[dict[str, list[str]]]:
    """Per word the views that say it, with the addresses at which they do; asked by a person and by a script.

    With `only` these views alone, and each until it has said all words: to know that the walk can hear them.
    """
    found: list[dict[str, list[str]]] = [{} for _word in words]
    client = sign_in(walker)
    for address in all_addresses(secrets, own_pages):
        if only and (address.name not in only or all(address.name in views for views in found)):
            continue
        by_a_script_too = address.name in doors.OPEN and "?" not in address.url
        for headers in [{}, {"X-Requested-With": "XMLHttpRequest"}] if by_a_script_too else [{}]:
            answer = said(client.get(address.url, headers=headers))
            for word, views in zip(words, found, strict=True):
                if word in answer:
                    views.setdefault(address.name, []).append(address.url)
        if address.name == "wagtailadmin_logout":
            client = sign_in(walker)  # it signs out, also when it is only looked at
    assert client.get("/admin/").status_code == 200, (
        "the walker was put out on the way, and saw nothing from there"
    )
    return found
