"""Refusals: what the system will not do, said in a sentence that a person can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.utils.functional import _StrPromise


class Refusal(Exception):
    """The base of everything an operation refuses. Each one has a code that a client can translate.

    `sentence` may hold `%(name)s` placeholders, filled from the keyword arguments. `field` names the form field
    that the sentence belongs beside; without one it stands above the form.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[_StrPromise | str] = _("This is not possible.")
    field: ClassVar[str | None] = None

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence) % self.details if self.details else str(self.sentence)


class NotAllowed(Refusal):
    """The person may see this but not do it."""

    code = "not_allowed"
    sentence = _("You are not allowed to do this.")


def refuse(form: BaseForm, refusal: Refusal) -> None:
    """Put a refusal into a form: beside its field when the form has it, above the form otherwise."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
