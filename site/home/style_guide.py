"""The living style guide: every component with sample words, without a database. For development only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content import theme
from content.drawing.icons import ICONS
from core.amounts import NO_AMOUNT

COLOURS = {
    "Molenwijk": ("#1546c8", "#ff8a24"),
    "Sluiskade": ("#0b5d47", "#ff9fc0"),
    "Zonneveld": ("#ffc81a", "#7cc7e8"),
}
HARD_CASES = {
    "Black": ("#000000", "#000000"),
    "White": ("#ffffff", "#ffffff"),
    "Grey": ("#7a7a7a", "#7a7a7a"),
}
TYPE_STEPS = {1: "13", 2: "16", 3: "18", 4: "22", 5: "28", 6: "32-44", 7: "44-72", 8: "64-160"}


@dataclass(frozen=True)
class SampleCoin:
    """A coin as templates know it."""

    name: str
    name_plural: str
    decimals: int = 2


@dataclass(frozen=True)
class SamplePlace:
    """A neighbourhood as lists know it."""

    name: str
    coin: SampleCoin
    landmark: str
    colour: str
    accent: str
    url: str = "#"
    lead: str = "Help in the street, earn coins, spend them around the corner."


@dataclass(frozen=True)
class SamplePage:
    """A page as lists know it."""

    title: str
    lead: str = ""
    kind: str = ""
    url: str = "#"
    hours: str = ""
    place: str = ""
    happens_on: date = date(2026, 11, 28)
    published_on: date = date(2026, 11, 19)


@dataclass(frozen=True)
class Swatch:
    """A ground with what stands on it, and how well that can be read."""

    name: str
    ground: str
    text: str
    ratio: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ratio", theme.contrast(self.ground, self.text))


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="What do you need?", help_text="Write it as you would ask a neighbour.")
    amount = forms.CharField(label="What is it worth to you?", help_text="In Molenmunten. One is one euro.")
    until = forms.DateField(label="Until which day?", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="What is it about?", choices=[("food", "Food"), ("garden", "House and garden")]
    )
    who = forms.ChoiceField(
        label="Who may see it?",
        choices=[("here", "Everybody in Molenwijk"), ("all", "Other neighbourhoods too")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="On which days?",
        choices=[("sat", "Saturday"), ("sun", "Sunday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    story = forms.CharField(label="Anything else?", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="I keep to the house rules")

    def clean_amount(self) -> str:
        raise forms.ValidationError(NO_AMOUNT)


def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component; a designer judges here, and a browser test looks here."""
    return render(request, "home/style_guide.html", context())


def context() -> dict[str, object]:
    """Everything that the page shows."""
    return {
        "places": [_place(name) for name in COLOURS],
        "hard_cases": [_place(name) for name in HARD_CASES],
        "coin_names": ["Molenmunt", "Sluisduit", "Zonnetje", "Ø", "İstanbul", "水車", "2511", ""],
        "swatches": {name: _swatches(*pair) for name, pair in {**COLOURS, **HARD_CASES}.items()},
        "icons": sorted(ICONS),
        "type_steps": TYPE_STEPS,
        "phases": {"open": "Open", "half": "Going on", "done": "Done", "no": "Refused"},
        "sample": SampleCoin("Molenmunt", "Molenmunten"),
        "pages": Paginator(range(80), 10).page(3),
        "bound_form": SampleForm({"name": "Who can walk my dog?", "amount": "four", "who": "here"}),
        **_lists(),
    }


def _lists() -> dict[str, object]:
    coffee = SamplePage(
        "Pour coffee", hours="13.30 to 16.30", place="De Wiek", lead="There is room for two more."
    )
    return {
        "agenda": [coffee, SamplePage("Pick litter along the canal", hours="10.00 to 12.00")],
        "news": [
            SamplePage(
                "The library takes Molenmunten too",
                lead="From 1 December you can pay for your card with them.",
            ),
            SamplePage(
                "Members meet on 10 December", lead="We choose two members of the board.", kind="EVENT"
            ),
            SamplePage("Reading aloud is worth 9.00", lead="From 1 January 2027.", kind="DECISION"),
        ],
        "figures": [
            ("coins go round", "48,210"),
            ("euros in the bank, one for each", "48,210"),
            ("take part", "312"),
        ],
        "tabs": [("All", "#", True, 64), ("Supply", "#", False, 41), ("Demand", "#", False, 23)],
        "table_header": ["Month", "Coins"],
        "table_rows": [["October", "4,310"], ["November", "4,080"]],
    }


def _place(name: str) -> SamplePlace:
    colour, accent = {**COLOURS, **HARD_CASES}[name]
    names = {
        "Molenwijk": ("Molenmunt", "mill"),
        "Sluiskade": ("Sluisduit", "bridge"),
        "Zonneveld": ("Zonnetje", "tower"),
    }
    coin, landmark = names.get(name, (name, "mill"))
    return SamplePlace(name, SampleCoin(coin, f"{coin}en"), landmark, colour, accent)


def _swatches(colour: str, accent: str) -> dict[str, list[Swatch]]:
    """The pairs that have to be readable, by day and by night."""
    derived = theme.derive(colour, accent)
    return {
        words: [
            Swatch("on block", palette.nb, palette.on_nb),
            Swatch("quiet on block", palette.nb, palette.on_nb_2),
            Swatch("link on tint", palette.nb_tint, palette.nb_text),
            Swatch("link on page", scheme.paper, palette.nb_text),
            Swatch("edge on dim", scheme.dim, palette.nb_edge),
            Swatch("on accent", palette.accent, palette.on_accent),
            Swatch("coin", palette.coin, palette.coin_mark),
            Swatch("hub", palette.coin_hub, palette.coin_mark),
        ]
        for words, palette, scheme in (("day", derived.day, theme.DAY), ("night", derived.night, theme.NIGHT))
    }
