"""The page of an activity in the admin: how a board or an organisation begins one, and how it edits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content.forms import OwnThingsForm
from core import clock
from core.form_keys import FormKeyField
from marketplace.forms.begun_page import ItemChoice, ProviderChoice, TriedOutForm, choose_from
from marketplace.forms.offer_fields import CHOICE_WORDS
from marketplace.models import ActivityPage
from marketplace.operations.activities import Facts
from neighbourhoods.models import ItemKind, Neighbourhood
from neighbourhoods.queries.items import valued_on, with_words
from people.models import Party

# Beside which field of the page a refusal belongs.
BESIDE: Final = {
    "title": "title",
    "summary": "lead",
    "about": "body",
    "asks": "asks",
    "picture_alt": "picture_alt",
}


class BeginForm(forms.Form):
    """What a new page is about. Its words are written on the page, its days and who pays at the desk."""

    key = FormKeyField()
    organiser = ProviderChoice(
        Party.objects.none(), label=_("In whose name?"), empty_label=None, error_messages=CHOICE_WORDS
    )
    title = forms.CharField(
        label=_("What do people do?"), help_text=_("In a few words, for example: Pouring coffee."), max_length=80,
        error_messages={"required": _("Say in a few words what people do.")},
    )  # fmt: skip
    summary = forms.CharField(
        label=_("Say more in one or two sentences"), max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    item = ItemChoice(
        None, label=_("What is it, of what has a value here?"), empty_label=_("Choose what it is"),
        help_text=_("The value that the neighbourhood decided is what people earn with it."),
        error_messages=CHOICE_WORDS,
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where is it?"), help_text=_("For example: De Wiek, Molenstraat 4."), max_length=120,
        error_messages={"required": _("Say where people have to be.")},
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, organisers: Sequence[Party], neighbourhood: Neighbourhood
    ) -> None:
        super().__init__(data)
        named = Party.objects.filter(pk__in=[party.pk for party in organisers]).with_names()
        choose_from(self.fields["organiser"], named)
        valued = valued_on(neighbourhood, clock.today()).filter(kind=ItemKind.ACTIVITY)
        choose_from(self.fields["item"], with_words(valued).order_by("pk"))

    @property
    def facts(self) -> Facts:
        return Facts(item=self.cleaned_data["item"], place=self.cleaned_data["place"])


class ActivityPageForm(TriedOutForm, OwnThingsForm):
    """Words and a picture. Publishing, and sending it to the board, are tried out before they are done."""

    beside = BESIDE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.activity_id is None:
            # Never in life: a page begins with its activity. Whoever types the address of a preview gets here.
            self.add_error(
                None, ValidationError(_("Begin this page anew, below the page about taking part."))
            )
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and self.instance.activity_id is not None:
            self.try_out(self.instance)


# Given to the page here, and not there: models know nothing of forms.
ActivityPage.base_form_class = ActivityPageForm
