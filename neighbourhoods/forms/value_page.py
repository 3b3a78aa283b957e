"""The page of a value decision in the admin: how a board begins one, and how it edits it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content.forms import OwnThingsForm
from core import clock
from core.actor import Actor
from core.amount_field import AmountField
from core.form_keys import FormKeyField
from neighbourhoods.forms.values import grouped
from neighbourhoods.models import (
    Category,
    ItemKind,
    ItemText,
    Neighbourhood,
    Unit,
    ValueDecision,
    ValueDecisionPage,
    ValuedItem,
)
from neighbourhoods.operations.meetings.doors import BoardOnly, LeadersOnly
from neighbourhoods.operations.values import NewItem
from neighbourhoods.operations.values.consulting import CHANGEABLE
from neighbourhoods.operations.values.leading import LeaderHasInterest, leader_about
from neighbourhoods.operations.values.publishing import as_decimal, refusal_to_publish
from neighbourhoods.queries.board_values import categories_to_choose, items_by_name, terms_changed_at
from neighbourhoods.queries.items import per_unit
from neighbourhoods.states import ValueState

# The fields that draft a proposal, and what they draft in the plain row.
TERMS: Final = {
    "terms_amount": "proposed", "terms_volume": "volume", "terms_evidence": "evidence", "terms_from": "wanted_on",
}  # fmt: skip
# Beside which field a refusal belongs.
BESIDE: Final = {
    "amount": "terms_amount", "proposed": "terms_amount", "volume": "terms_volume", "evidence": "terms_evidence",
    "wanted_on": "terms_from",
}  # fmt: skip


class ItemChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Something that has or had a value, by its name and unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({per_unit(obj.item.unit)})"


class BeginForm(forms.Form):
    """What a new page is about: something that is there, or something new."""

    key = FormKeyField()
    item = ItemChoice(
        ItemText.objects.none(),
        label=_("What is it about?"),
        empty_label=_("Something new"),
        required=False,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    name = forms.CharField(
        label=_("Something new: its name"),
        help_text=_("Short, for example: Reading aloud at school."),
        max_length=80,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What kind is it?"),
        choices=[("", "–"), *((value, capfirst(str(label))) for value, label in ItemKind.choices)],
        required=False,
        help_text=_("Residents earn with an activity. They pay for the others."),
    )
    unit = forms.ChoiceField(
        label=_("Per what?"),
        choices=[("", "–"), *((value, capfirst(str(label))) for value, label in Unit.choices)],
        required=False,
    )
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("Category"), empty_label=_("Choose a category"), required=False
    )
    amount = AmountField(
        label=_("Which value do you propose?"),
        help_text=_("Per hour, piece or turn. Empty when it should have no value any more."),
        required=False,
    )
    text = forms.CharField(
        label=_("Why?"),
        help_text=_("In one or two sentences. Everybody can read this."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down why.")},
    )

    def __init__(self, data: Any = None, *, neighbourhood: Neighbourhood) -> None:
        super().__init__(data)
        for name, rows in (("item", items_by_name(neighbourhood)), ("category", categories_to_choose())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared as such above
            field.queryset = rows
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)  # noqa: S101 - declared as such above
        category.choices = [("", category.empty_label), *grouped(list(categories_to_choose()), by="pk")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "item" in self.errors:
            return cleaned
        if cleaned.get("item"):
            if cleaned.get("name"):
                self.add_error(
                    "name", ValidationError(_("Choose from the list or fill in a name, not both."))
                )
            return cleaned
        for name in ("name", "kind", "unit", "category", "amount"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("For something new this is needed.")))
        return cleaned

    @property
    def chosen(self) -> ValuedItem | NewItem:
        """What it is about."""
        told = self.cleaned_data
        if told["item"]:
            return told["item"].item
        return NewItem(**{name: told[name] for name in ("kind", "unit", "category", "name")})


class ValueDecisionPageForm(OwnThingsForm):
    """Words at any time; what is proposed as long as that can change. Publishing is tried out before it is done.

    Once it is proposed, the fields show what stands in the plain row, unless the page was written after that.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.decision_id is None:
            return
        self.decision: ValueDecision = self.instance.decision
        if self.decision.state == ValueState.DRAFT:
            return
        fixed = self._why_fixed()
        is_older = self._is_older()
        for name, column in TERMS.items():
            if name not in self.fields:
                continue
            if fixed or is_older or self.initial.get(name) in (None, ""):
                stands = getattr(self.decision, column)
                self.initial[name] = as_decimal(stands) if name == "terms_amount" else stands
            if fixed or name == "terms_evidence":
                self.fields[name].disabled = True
                self.fields[name].help_text = fixed or _("It is proposed. This stays as it is.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.decision_id is None:
            # Never in life: a page begins with its decision. Whoever types the address of a preview gets here.
            self.add_error(None, ValidationError(_("Begin this page anew, below the decisions.")))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if "action-publish" not in self.data or self.errors:
            return
        at = clock.now()
        refusal = refusal_to_publish(page=self.instance, written_at=at, actor=self._actor(), at=at)
        if refusal is not None:
            beside = BESIDE.get(refusal.field or "")
            self.add_error(beside if beside in self.fields else None, ValidationError(str(refusal)))

    def _actor(self) -> Actor:
        user = self.for_user
        return Actor(user=user, person=user.person, principal=user.person) if user else Actor.system()

    def _why_fixed(self) -> str:
        """Why what is proposed cannot be changed here now; nothing when it can."""
        over = self.decision.consulted_until
        if self.decision.state not in CHANGEABLE or (over is not None and over <= clock.now()):
            return str(_("The vote has begun, or it is over. This stays as it is."))
        try:
            leader_about(self._actor(), self.decision, clock.now())
        except LeaderHasInterest as refusal:
            return str(refusal)
        except (BoardOnly, LeadersOnly):
            if self.for_user:
                return str(_("It is proposed. Only the chair or the secretary can change this now."))
        return ""

    def _is_older(self) -> bool:
        """Whether the terms were changed, in the room of the board, after this page was written."""
        written_at: datetime | None = self.instance.latest_revision_created_at
        changed_at = terms_changed_at(self.decision)
        return changed_at is not None and (written_at is None or written_at < changed_at)


# Given to the page here, and not there: models know nothing of forms.
ValueDecisionPage.base_form_class = ValueDecisionPageForm
