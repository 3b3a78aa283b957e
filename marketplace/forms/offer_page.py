"""The page of an offer in the admin: how a board or an organisation begins one, and how it edits it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content.forms import OwnThingsForm
from core import clock
from core.amount_field import AmountField
from core.form_keys import FormKeyField
from marketplace.forms.begun_page import ItemChoice, ProviderChoice, TriedOutForm, choose_from
from marketplace.forms.offer_fields import CHOICE_WORDS, DATE_WORDS, MOST_PIECES, NUMBER_WORDS, date_input
from marketplace.models import Direction, Offer, OfferKind, OfferPage
from marketplace.operations.offer_face import differs, fields_of, is_older
from marketplace.operations.terms import Terms, terms_in
from neighbourhoods.forms.values import grouped
from neighbourhoods.models import Category, Neighbourhood
from neighbourhoods.queries.board_values import categories_to_choose
from neighbourhoods.queries.items import with_words
from neighbourhoods.queries.prices import public_items
from people.models import Party

DAYS_AT_FIRST = 60  # what a new page proposes as its last day
# Beside which field of the page a refusal belongs.
BESIDE: Final = {
    "title": "title", "summary": "lead", "about": "body", "picture_alt": "picture_alt", "amount": "terms_amount",
    "euro": "terms_euro", "unit": "terms_unit", "item": "terms_item", "until_on": "terms_until",
    "reach": "terms_reach", "places": "terms_places", "is_voucher": "terms_voucher", "uses": "terms_uses",
    "voucher_days": "terms_voucher_days", "tags": "terms_tags",
}  # fmt: skip
STALE = _(
    "The price or the terms were changed while this page was open. Open the page again: then it shows what is true now."
)


def _directions() -> list[tuple[str, str]]:
    """In the language of who asks, so not written down once for all."""
    return [(value, capfirst(str(label))) for value, label in Direction.choices]


def _kinds() -> list[tuple[str, str]]:
    return [("", "–"), *((value, capfirst(str(label))) for value, label in OfferKind.choices)]


class BeginForm(forms.Form):
    """What a new page is about. Everything else is written on the page itself."""

    key = FormKeyField()
    provider = ProviderChoice(
        Party.objects.none(), label=_("In whose name?"), empty_label=None, error_messages=CHOICE_WORDS
    )
    direction = forms.ChoiceField(
        label=_("Is it offered or asked?"),
        choices=_directions,
        error_messages=CHOICE_WORDS,
    )
    title = forms.CharField(
        label=_("What is it?"),
        help_text=_("In a few words, for example: Hall for a birthday."),
        max_length=80,
        error_messages={"required": _("Say in a few words what it is.")},
    )
    summary = forms.CharField(
        label=_("Say more in one or two sentences"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    kind = forms.ChoiceField(
        label=_("What kind is it?"),
        choices=_kinds,
        error_messages=CHOICE_WORDS,
    )
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Category"),
        empty_label=_("Choose a category"),
        error_messages=CHOICE_WORDS,
    )
    amount = AmountField(
        label=_("Price in coins"), help_text=_("Per piece. You can change that on the page.")
    )
    until_on = forms.DateField(
        label=_("Last day"),
        help_text=_("At most a year from now. You get a mail before it ends, and can make it longer."),
        widget=date_input(),
        error_messages=DATE_WORDS,
    )
    stock = forms.IntegerField(
        label=_("How many are there?"),
        help_text=_(
            "Leave it empty when there is no end to it. You change this at your stall, not on the page."
        ),
        min_value=1,
        max_value=MOST_PIECES,
        required=False,
        error_messages=NUMBER_WORDS,
    )
    place = forms.CharField(
        label=_("Where is it?"),
        help_text=_("For example: De Wiek, Molenstraat 4."),
        max_length=120,
        required=False,
    )

    def __init__(self, data: Any = None, *, providers: Sequence[Party]) -> None:
        super().__init__(data, initial={"until_on": clock.today() + timedelta(days=DAYS_AT_FIRST)})
        named = Party.objects.filter(pk__in=[party.pk for party in providers]).with_names()
        choose_from(self.fields["provider"], named)
        choose_from(self.fields["category"], categories_to_choose())
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)  # noqa: S101 - declared as such above
        category.choices = [("", category.empty_label), *grouped(list(categories_to_choose()), by="pk")]

    @property
    def terms(self) -> Terms:
        return Terms(amount=self.cleaned_data["amount"], until_on=self.cleaned_data["until_on"])


class OfferPageForm(TriedOutForm, OwnThingsForm):
    """Words and terms. Publishing, and sending it to the board, are tried out before they are done.

    Once it is on the market the fields show the terms in force, unless the page was written after those.
    """

    beside = BESIDE
    # Which terms were in force when the page was opened: whoever pressed a button saw no others.
    seen_terms = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.offer_id is None:
            return
        self.offer: Offer = self.instance.offer
        self.initial["seen_terms"] = self.offer.terms_id
        self._offer_items()
        choose_from(
            self.fields.get("terms_places"), Neighbourhood.objects.exclude(pk=self.offer.neighbourhood_id)
        )
        written_at = self.instance.latest_revision_created_at
        if self.offer.terms and differs(self.instance, self.offer) and is_older(self.offer, written_at):
            stands = terms_in(self.offer.terms)
            self.initial.update(fields_of(stands), terms_places=list(stands.places))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.offer_id is None:
            # Never in life: a page begins with its offer. Whoever types the address of a preview gets here.
            self.add_error(None, ValidationError(_("Begin this page anew, below the market.")))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or self.instance.offer_id is None:
            return
        if self._is_stale():
            self.add_error(None, ValidationError(STALE))
            return
        self.try_out(self._as_typed())

    def _is_stale(self) -> bool:
        """Whether the terms were changed at the stall while the page lay open, and it would undo that unseen."""
        seen = self.cleaned_data.get("seen_terms")
        return seen is not None and seen != self.offer.terms_id and differs(self._as_typed(), self.offer)

    def _as_typed(self) -> OfferPage:
        """The page with what was typed; Wagtail hands over its places only when it is saved."""
        page: OfferPage = self.instance
        if "terms_places" in self.cleaned_data:
            page.terms_places.set(self.cleaned_data["terms_places"])
        return page

    def _offer_items(self) -> None:
        """What has or had a value here, by its name; the plain choice would show numbers."""
        if "terms_item" not in self.fields:
            return
        known = self.fields["terms_item"]
        self.fields["terms_item"] = ItemChoice(
            with_words(public_items(self.offer.neighbourhood)).order_by("pk"), required=False, label=known.label,
            help_text=known.help_text, empty_label=_("Nothing of the price list"), error_messages=CHOICE_WORDS,
        )  # fmt: skip


# Given to the page here, and not there: models know nothing of forms.
OfferPage.base_form_class = OfferPageForm
