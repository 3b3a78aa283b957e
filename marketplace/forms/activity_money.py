"""What the board fills in about an activity: which pot pays when it opens, and what it earns afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from marketplace.forms.activities import ItemChoice, choose, in_order, pot_name, says
from marketplace.forms.offer_fields import CHOICE_WORDS, NUMBER_WORDS, number_input
from marketplace.models import REWARD_LABELS
from marketplace.operations.activities.facts import OLDEST, YOUNGEST
from marketplace.operations.activities.judging import PotMissing
from neighbourhoods.models import ValuedItem
from people.models import Party

if TYPE_CHECKING:
    from ledger.queries import Pot


class MoneyForm(forms.Form):
    """What the board changes in an open activity."""

    item = ItemChoice(
        ValuedItem.objects.none(), label=_("What is it worth?"), empty_label=None, to_field_name="ref",
        error_messages=CHOICE_WORDS,
    )  # fmt: skip
    pot = forms.ChoiceField(label=_("From which pot is it paid?"), error_messages=CHOICE_WORDS)
    label = forms.ChoiceField(
        label=_("What are the coins in law?"), error_messages=CHOICE_WORDS,
        help_text=_("Expenses and wages have no maximum here. Choose them only with receipts or a contract."),
        choices=[(one.value, capfirst(one.label)) for one in REWARD_LABELS],
    )  # fmt: skip
    lowest_age = forms.IntegerField(
        label=_("From which age?"), min_value=YOUNGEST, max_value=OLDEST, widget=number_input(),
        error_messages=NUMBER_WORDS,
    )  # fmt: skip
    asks_conduct_certificate = forms.BooleanField(
        label=_("People need a certificate of conduct (VOG)"), required=False
    )
    reason = forms.CharField(
        label=_("Why?"), help_text=_("Its organiser reads this."), max_length=500, widget=forms.Textarea({"rows": 3}),
        error_messages=says(_("Say why.")),
    )  # fmt: skip

    def __init__(
        self, *args: Any, organiser: Party, items: Sequence[Any], pots: Sequence[Pot], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if organiser.is_person:
            del self.fields["asks_conduct_certificate"]
        self.pots = {pot.account.address: pot.account for pot in pots}
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - it is declared as one above
        field.queryset = ValuedItem.objects.filter(pk__in=[one.pk for one in items])
        field.choices = in_order(items)
        choose(self.fields["pot"], [(pot.account.address, pot_name(pot)) for pot in pots])


class OpenForm(forms.Form):
    """Which pot pays, and what was read."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    pot = forms.ChoiceField(
        label=_("Which pot pays?"), error_messages={**CHOICE_WORDS, "required": PotMissing.sentence}
    )

    def __init__(self, *args: Any, pots: Sequence[Pot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pots = {pot.account.address: pot.account for pot in pots}
        self.pot_names = [pot_name(pot) for pot in pots]
        named = zip(self.pots, self.pot_names, strict=True)
        choose(self.fields["pot"], [("", _("Choose a pot")), *named])
