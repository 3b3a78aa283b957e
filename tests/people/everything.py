"""A person with at least one row of every kind that this floor and the packages beneath it know."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.db import connection, transaction
from PIL import Image as Pillow
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    GroupApprovalTask,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringTranslation,
    TranslationContext,
    TranslationSource,
)

from content.models import Picture
from core.audit import record
from core.sealing.logs import logs
from core.sealing.sealer import seal
from ledger.kinds import Label, TransferKind
from ledger.operations import announce_funding, capture, receive_funding, reserve, transfer
from people.models import Invitation, Party, Role, User
from tests.factories import ledger
from tests.factories.people import actor, child, mandate, organisation, person

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
NAME, FAMILY, EMAIL, OTHER_EMAIL = "Philippa", "Zonderland", "philippa@example.org", "zonderland@example.net"
PHONE, STREET, TOWN, POSTCODE = "0612345678", "Korenmolenpad", "Verweggistan", "9876 ZX"
WORDS = [NAME, FAMILY, EMAIL, OTHER_EMAIL, PHONE, STREET, TOWN, POSTCODE, "1971-05-06"]


def philippa() -> User:
    """Make the person and the rows; Ann is the administrator who made some of them."""
    login = person(NAME, email=EMAIL, family_name=FAMILY)
    ann = person("Ann")
    _details(login)
    _offices(login, ann)
    _signing_in(login)
    _coins(login)
    _editing(login, ann)
    _translating(login)
    _commenting(login)
    for log in logs():
        seal(log, at=AT)
    return login


def _details(login: User) -> None:
    details = login.person.person_details
    details.born_on, details.phone = date(1971, 5, 6), PHONE
    details.street, details.town, details.postcode, details.house_number = STREET, TOWN, POSTCODE, "7"
    details.save()
    second = child(NAME, family_name=FAMILY)
    Party.objects.filter(pk=second.pk).update(same_person_as=login.person)


def _offices(login: User, ann: User) -> None:
    bakery = organisation("Bakery", owner=ann)
    mandate(person=login, principal=bakery, role=Role.OPERATOR)
    mandate(person=ann, principal=login.person, role=Role.HELPER)
    organisation(f"Family {FAMILY}", kind="HOUSEHOLD", owner=login)
    words: dict[str, Any] = {"made_at": AT, "expires_at": AT + timedelta(days=30)}
    Invitation.objects.create(
        principal=bakery, email=EMAIL, role=Role.FINANCE, invited_by=ann.person, **words
    )
    Invitation.objects.create(
        principal=login.person, email="x@example.org", role=Role.HELPER, invited_by=login.person, **words
    )
    with transaction.atomic():
        record(
            "person.link", subject=login.person, actor=actor(ann), at=AT, about=[login.person], reason=FAMILY
        )
    login.groups.add(Group.objects.create(name="Some editors"))
    login.user_permissions.add(Permission.objects.order_by("pk")[0])


def _signing_in(login: User) -> None:
    address = EmailAddress.objects.create(user=login, email=OTHER_EMAIL, verified=True)
    EmailConfirmation.objects.create(email_address=address, key="k")
    Authenticator.objects.create(
        user=login, type=Authenticator.Type.WEBAUTHN, data={"name": f"Phone of {NAME}", "credential": {}}
    )
    session = SessionStore()
    session["email"] = EMAIL
    session.create()
    UserSession.objects.create(user=login, ip="192.0.2.7", session_key=session.session_key, user_agent=NAME)


def _coins(login: User) -> None:
    """She pays in, gets a reward, and spends it all: half of it out of a reservation."""
    town = ledger.town()
    ledger.fund(town, town.pot, 10_00)
    account = ledger.account(town, f"Purse of {NAME}", holder=login.person)
    words: dict[str, Any] = {"actor": actor(login), "at": ledger.AT}
    funding = announce_funding(
        coin=town.coin, funder=login.person, payee=account, amount=10_00, purpose=f"{NAME} pays in",
        expires_on=ledger.AT.date(), key=ledger.key("paying in"), **words,
    )  # fmt: skip
    receive_funding(
        funding=funding,
        amount=10_00,
        bank_reference="Bank 2026-031 line 4",
        key=ledger.key("paid in"),
        **words,
    )
    transfer(
        payer=town.pot, payee=account, amount=10_00, kind=TransferKind.REWARD, label=Label.EXPENSES,
        key=ledger.key("reward"), **words,
    )  # fmt: skip
    held = reserve(
        payer=account, payee=town.shop, amount=10_00, kind=TransferKind.PAYMENT, key=ledger.key("order"),
        expires_at=ledger.AT + timedelta(days=7), **words,
    )  # fmt: skip
    capture(reservation=held, key=ledger.key("collected"), note=f"Collected by {NAME}", **words)
    transfer(
        payer=account, payee=town.shop, amount=10_00, kind=TransferKind.PAYMENT, key=ledger.key("soup"),
        note=f"Soup for {NAME} and Ann", **words,
    )  # fmt: skip


def _editing(login: User, ann: User) -> None:
    page = Page.objects.get(depth=1).add_child(instance=Page(title="A page", slug="a-page", owner=login))
    page.save_revision(user=login)
    PageLogEntry.objects.log_action(instance=page, action="wagtail.edit", user=login)
    ModelLogEntry.objects.log_action(instance=login, action="wagtail.edit", user=ann)
    UserProfile.get_for_user(login)
    PageSubscription.objects.create(page=page, user=login, comment_notifications=True)
    APIToken.objects.create(user=login, name=f"{NAME} writes", key_hash="h", prefix="p")
    kind = ContentType.objects.get_for_model(Page)
    EditingSession.objects.create(user=login, content_type=kind, object_id=str(page.pk), last_seen_at=AT)
    FormState.objects.create(
        user=login, content_type=kind, object_id=str(page.pk), data=f"title={NAME}", last_updated_at=AT
    )
    task = GroupApprovalTask.objects.create(name="Look")
    flow = Workflow.objects.create(name="Look first")
    state = WorkflowState.objects.create(
        workflow=flow, content_type=kind, base_content_type=kind, object_id=str(page.pk), requested_by=login
    )
    TaskState.objects.create(
        workflow_state=state, revision=page.latest_revision, task=task, status="approved", finished_by=login
    )
    for model in (Picture, Image):
        file = ContentFile(_png(), name="one.png")
        model.objects.create(title="One", file=file, uploaded_by_user=login, width=1, height=1)
    Document.objects.create(title="One", file=ContentFile(b"x", name="one.txt"), uploaded_by_user=login)
    UploadedFile.objects.create(
        for_content_type=kind, file=ContentFile(b"x", name="x"), uploaded_by_user=login
    )


def _translating(login: User) -> None:
    page, locale = Page.objects.get(slug="a-page"), Locale.get_default()
    source = TranslationSource.update_or_create_from_instance(page)[0]
    string = String.objects.create(locale=locale, data="word", data_hash=String._get_data_hash("word"))
    context = TranslationContext.objects.get_or_create(object=source.object, path="title")[0]
    StringTranslation.objects.create(
        translation_of=string, locale=locale, context=context, data="woord", last_translated_by=login
    )
    SegmentOverride.objects.create(locale=locale, context=context, data_json="2", last_translated_by=login)


def _commenting(login: User) -> None:
    """Last: the site has comments switched off, so no revision or translation of a page repeats one."""
    page = Page.objects.get(slug="a-page")
    comment = Comment.objects.create(page=page, user=login, text=f"{NAME} was here", contentpath="title")
    CommentReply.objects.create(comment=comment, user=login, text=f"{NAME} again")


def _png() -> bytes:
    file = BytesIO()
    Pillow.new("RGB", (1, 1)).save(file, "PNG")
    return file.getvalue()


def found_in_database(words: list[str]) -> list[str]:
    """Every column of every table in which one of the words stands, whatever its type."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                quoted = f"{connection.ops.quote_name(table)}"
                name = connection.ops.quote_name(column.name)
                cursor.execute(f"SELECT {name} FROM {quoted} WHERE {name} IS NOT NULL")
                texts = [_as_text(row[0]).lower() for row in cursor.fetchall()]
                found += [
                    f"{table}.{column.name}: {word}"
                    for word in words
                    if any(word.lower() in text for text in texts)
                ]
    return found


def _as_text(value: Any) -> str:
    """Also of bytes that are no text: a name among them would still be read."""
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
