"""What is kept about persons on this floor, below it, and in the packages that it stands on."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from core.privacy import Kept, OnErasure, Subject, keeps

NOBODY = ""
EMPTY_ADDRESS = (("street", ""), ("house_number", ""), ("postcode", ""), ("town", ""))

SIGNING_IN = _("To let you sign in, and nobody else.")
WHO_DID_WHAT = _("To be able to check who did what, and for whom.")
EDITING = _("To show who works on a page, and who changed what.")
NUMBER_STAYS = _(
    "Bookings and decisions point at this number. It stays without a name, as “former participant”."
)
OFFICE_STAYS = _("What was done for somebody else must be checked later. Your name goes.")
LINE_STAYS = _("Nobody may change this list. It holds numbers and codes, no names.")
WORK_STAYS = _("The page or the image belongs to the neighbourhood. That you made it is forgotten.")


def sessions_of(subject: Subject) -> QuerySet[Any]:
    if subject.user is None:
        return Session.objects.none()
    keys = UserSession.objects.filter(user_id=subject.user.pk).values("session_key")
    return Session.objects.filter(session_key__in=keys)


def log_lines_about(subject: Subject) -> QuerySet[Any]:
    """Lines of the admin's own log about the login or the person, which repeat its name."""
    things: list[Model] = [thing for thing in (subject.party, subject.user) if thing is not None]
    condition = Q(pk__in=[])
    for thing in things:
        kind = ContentType.objects.get_for_model(thing, for_concrete_model=False)
        condition |= Q(content_type=kind, object_id=str(thing.pk))
    return ModelLogEntry.objects.filter(condition)


def empty_log_labels(subject: Subject) -> None:
    log_lines_about(subject).update(label=NOBODY, data={})


def register_all() -> None:
    """Called when the app is ready."""
    _register_people()
    _register_trail()
    _register_signing_in()
    _register_editing()


def _register_people() -> None:
    keeps(
        Kept(
            model="people.Party", paths=("pk",), what=_("Your number here"),
            why=_("To keep what is yours together."), on_erasure=OnErasure.KEEP, stays=NUMBER_STAYS,
        ),
        Kept(
            model="people.PersonDetails", paths=("party",), what=_("Your name, address, phone and date of birth"),
            why=_("So that others know who you are, and we can reach you."), on_erasure=OnErasure.EMPTY,
            stays=_("The row stays, without anything in it."),
            empty=(
                ("given_name", ""), ("family_name", ""), ("born_on", None), ("phone", ""), *EMPTY_ADDRESS,
                ("language", settings.LANGUAGE_CODE),
            ),
        ),
        Kept(
            model="people.OrganisationDetails", paths=("party",), what=_("What is known of an organisation"),
            why=_("So that others know who they deal with."), on_erasure=OnErasure.EMPTY, shown=False,
            stays=_("It is about an organisation, which stays when one person goes."),
            empty=(
                ("name", ""), ("kvk_number", ""), ("iban", ""), ("email", ""), ("phone", ""), ("website", ""),
                *EMPTY_ADDRESS,
            ),
        ),
        Kept(
            model="people.Mandate", paths=("person", "principal", "awarded_by"),
            what=_("Roles that you have, had or gave"), why=WHO_DID_WHAT, on_erasure=OnErasure.KEEP,
            stays=OFFICE_STAYS,
        ),
        Kept(
            model="people.Invitation", paths=("invited_by", "principal"), emails=("email",),
            what=_("Invitations that you sent or got"), why=_("Until somebody answers, for thirty days at most."),
            on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="people.User", paths=("pk",), what=_("Your login"), why=SIGNING_IN, on_erasure=OnErasure.DELETE,
            secret=("password",),
        ),
        Kept(
            model="people.User_groups", paths=("user",), what=_("What you may edit"), why=EDITING,
            on_erasure=OnErasure.DELETE, shown=False,
        ),
        Kept(
            model="people.User_user_permissions", paths=("user",), what=_("Single things that you may edit"),
            why=EDITING, on_erasure=OnErasure.DELETE, shown=False,
        ),
    )  # fmt: skip


def _register_trail() -> None:
    keeps(
        Kept(
            model="core.AuditEntry", paths=("acted_by", "acted_for", "about__party"),
            what=_("What you did, and what others did with your data"), why=WHO_DID_WHAT,
            on_erasure=OnErasure.KEEP, stays=LINE_STAYS,
        ),
        Kept(
            model="core.AuditAbout", paths=("party",), what=_("Which of those lines are about you"),
            why=WHO_DID_WHAT, on_erasure=OnErasure.KEEP, stays=LINE_STAYS, shown=False,
        ),
        Kept(
            model="core.AuditLeaf", paths=("entry__about__party",),
            what=_("That those lines are in the sealed log"), why=_("So that nobody can change them afterwards."),
            on_erasure=OnErasure.EMPTY, empty=(("salt", None),), secret=("salt", "hash"), shown=False,
            stays=_("The log must stay whole. What links it to you is removed."),
        ),
        Kept(
            model="core.AuditNote", paths=("entry__about__party",), what=_("Reasons that were written down"),
            why=WHO_DID_WHAT, on_erasure=OnErasure.DELETE,
        ),
    )  # fmt: skip


def _register_signing_in() -> None:
    keeps(
        Kept(
            model="account.EmailAddress", paths=("user",), what=_("Your e-mail addresses"), why=SIGNING_IN,
            on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="account.EmailConfirmation", paths=("email_address__user",),
            what=_("Mails that ask whether an address is yours"),
            why=SIGNING_IN, on_erasure=OnErasure.DELETE, secret=("key",), shown=False,
        ),
        Kept(
            model="mfa.Authenticator", paths=("user",), what=_("Your passkeys, code app and recovery codes"),
            why=SIGNING_IN, on_erasure=OnErasure.DELETE, secret=("data",),
        ),
        Kept(
            model="usersessions.UserSession", paths=("user",), what=_("Where you are signed in"),
            why=_("So that you can see it, and sign out elsewhere."), on_erasure=OnErasure.DELETE,
            secret=("session_key", "data"),
        ),
        Kept(
            model="sessions.Session", rows=sessions_of, what=_("That you are signed in"), why=SIGNING_IN,
            on_erasure=OnErasure.DELETE, secret=("session_key", "session_data"), shown=False,
        ),
    )  # fmt: skip


def _register_editing() -> None:
    _forgets_who(
        ("wagtailcore.Page", ("owner", "locked_by"), ("id", "title", "owner", "locked_by")),
        ("wagtailcore.Revision", ("user",), ("id", "created_at", "object_str")),
        ("wagtailcore.PageLogEntry", ("user",), ()),
        ("wagtailcore.WorkflowState", ("requested_by",), ("id", "created_at", "status")),
        ("wagtailcore.TaskState", ("finished_by",), ("id", "started_at", "finished_at", "status", "comment")),
        ("content.Picture", ("uploaded_by_user",), ("id", "title", "created_at")),
        ("wagtailimages.Image", ("uploaded_by_user",), ("id", "title", "created_at")),
        ("wagtaildocs.Document", ("uploaded_by_user",), ("id", "title", "created_at")),
        ("wagtail_localize.StringTranslation", ("last_translated_by",), ("id", "data", "updated_at")),
        ("wagtail_localize.SegmentOverride", ("last_translated_by",), ("id", "updated_at")),
    )
    _forgets_rows(
        ("wagtailusers.UserProfile", ("user",), ()),
        ("wagtailcore.UploadedFile", ("uploaded_by_user",), ()),
        ("wagtailcore.Comment", ("user",), ()),
        ("wagtailcore.CommentReply", ("user",), ()),
        ("wagtailcore.PageSubscription", ("user",), ()),
        ("wagtailcore.APIToken", ("user",), ("key_hash", "prefix")),
        ("wagtailadmin.EditingSession", ("user",), ()),
        ("wagtailadmin.FormState", ("user",), ()),
    )
    keeps(
        Kept(
            model="wagtailcore.ModelLogEntry", paths=("user",), rows=log_lines_about, also=empty_log_labels,
            what=_("Work in the editor"), why=EDITING, on_erasure=OnErasure.EMPTY, stays=WORK_STAYS,
            empty=(("user", None),), shown=False,
        )
    )  # fmt: skip


def _forgets_who(*kinds: tuple[str, tuple[str, ...], tuple[str, ...]]) -> None:
    """What belongs to the neighbourhood stays; that this person made it is forgotten."""
    for model, paths, export in kinds:
        keeps(
            Kept(
                model=model, paths=paths, what=_("Work in the editor"), why=EDITING, on_erasure=OnErasure.EMPTY,
                stays=WORK_STAYS, empty=tuple((path, None) for path in paths), export=export, shown=False,
            )
        )  # fmt: skip


def _forgets_rows(*kinds: tuple[str, tuple[str, ...], tuple[str, ...]]) -> None:
    for model, paths, secret in kinds:
        keeps(
            Kept(
                model=model, paths=paths, what=_("Work in the editor"), why=EDITING, on_erasure=OnErasure.DELETE,
                secret=secret, shown=False,
            )
        )  # fmt: skip
