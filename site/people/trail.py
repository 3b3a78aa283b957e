"""The audit trail in plain words, for the person that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audit import lines_about
from core.models import AuditEntry
from people.models import Party
from people.queries import numbers_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_words: dict[str, _StrPromise | str] = {
    "person.add": _("Your name was written down."),
    "person.register": _("Your account was made."),
    "person.forget": _("An account was forgotten. Nobody showed that the e-mail address was theirs."),
    "person.change": _("Your details were changed."),
    "person.link": _("You were known here twice. The two were put together."),
    "person.unlink": _("Two people who were one here were taken apart."),
    "person.erase": _("Your data was erased."),
    "person.administrator": _("You became an administrator of this site."),
    "person.export": _("What we keep about you was written out for you."),
    "login.block": _("Your login was blocked."),
    "login.unblock": _("Your login was opened again."),
    "login.second_factor": _("Your second step was removed."),
    "organisation.register": _("An organisation of yours was added."),
    "organisation.change": _("What we know of an organisation was changed."),
    "organisation.close": _("An organisation was closed."),
    "household.found": _("Your household was added."),
    "mandate.award": _("A role was given."),
    "mandate.end": _("A role ended."),
    "invitation.send": _("Somebody was invited."),
    "invitation.withdraw": _("An invitation was taken back."),
    "invitation.accept": _("An invitation was accepted."),
    "invitation.decline": _("An invitation was turned down."),
}


def describes(**words: _StrPromise | str) -> None:
    """Say in plain words what an event of another app is: `describes(**{"residency.attest": _("…")})`."""
    _words.update(words)


def words_of(event: str) -> str:
    """The sentence of an event; nothing for one that nobody described."""
    return str(_words.get(event, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    at: datetime
    words: str
    by: str
    by_you: bool
    reason: str


def entries_about(person: Party) -> QuerySet[AuditEntry]:
    """What was done with the data of a person, under any number, newest first."""
    lines = lines_about(numbers_of(person)).select_related(
        "acted_by__person_details", "acted_by__organisation_details",
        "acted_for__person_details", "acted_for__organisation_details",
    )  # fmt: skip
    return lines.order_by("-at", "-pk")


def line_of(entry: Any, person: Party) -> Line:
    """One entry in words: what happened, and who did it, as far as it is known."""
    doer = entry.acted_by
    by_you = doer is not None and doer.canonical_id == person.canonical_id
    return Line(
        at=entry.at,
        words=words_of(entry.event) or str(_("Something of yours was changed (%s).")) % entry.event,
        by=_doer(entry),
        by_you=by_you,
        reason=entry.note.text if hasattr(entry, "note") else "",
    )


def _doer(entry: Any) -> str:
    if entry.acted_by is None:
        return str(_("the system"))
    name = entry.acted_by.display_name
    if entry.acted_for is None or entry.acted_for_id == entry.acted_by_id:
        return str(name)
    return str(_("%(name)s for %(principal)s")) % {"name": name, "principal": entry.acted_for.display_name}
