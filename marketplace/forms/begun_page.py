"""What the forms of pages with a plain row behind them share: choices by name, and trying out before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from core import clock
from core.actor import Actor
from core.refusals import Refusal
from marketplace.operations.publishing import refusal_to_publish, refusal_to_submit
from neighbourhoods.queries.items import per_unit, words_of

SUBMITS: Final = ("action-submit", "action-restart-workflow")


class ProviderChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody in whose name one writes."""

    def label_from_instance(self, obj: Any) -> str:
        name: str = obj.display_name
        return name


class ItemChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Something that has a value, by its name and unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{words_of(obj).name} ({per_unit(obj.unit)})"


class TriedOutForm:
    """A form of Wagtail whose button would be refused says so beside the field, and nothing is done."""

    beside: ClassVar[Mapping[str, str]] = {}
    data: Any
    fields: dict[str, forms.Field]
    for_user: Any

    def try_out(self, page: Any) -> None:
        """Have the refusal that the button would meet stand beside its field."""
        refusal = self._refused(page)
        if refusal is not None:
            beside = self.beside.get(refusal.field or "")
            self.add_error(beside if beside in self.fields else None, ValidationError(str(refusal)))  # type: ignore[attr-defined]

    def _refused(self, page: Any) -> Refusal | None:
        """What would come of the button that was pressed."""
        at, actor = clock.now(), self._actor()
        step = self.data.get("workflow-action-name") if "action-workflow-action" in self.data else None
        if "action-publish" in self.data or step == "approve":
            return refusal_to_publish(page=page, written_at=at, actor=actor, at=at)
        if any(button in self.data for button in SUBMITS):
            return refusal_to_submit(page=page, written_at=at, actor=actor, at=at)
        return None

    def _actor(self) -> Actor:
        user = self.for_user
        return Actor(user=user, person=user.person, principal=user.person) if user else Actor.system()


def choose_from(field: forms.Field | None, rows: QuerySet[Any]) -> None:
    """Let a field choose from these rows."""
    if field is not None:
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - the forms declare it as such
        field.queryset = rows
