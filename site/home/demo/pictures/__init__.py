"""The pictures of the demo, drawn by this code in the look of the site. The same picture is the same file each time."""

from __future__ import annotations

from collections.abc import Callable

from home.demo.pictures import havermeer, molenwijk, sluiskade, zonneveld
from home.demo.pictures.canvas import Canvas

SCENES: dict[str, tuple[str, Callable[[], Canvas]]] = {
    "havermeer": ("Havermeer aan het water", havermeer.town),
    "molen": ("De molen aan de singel", molenwijk.mill_scene),
    "koffie": ("Soep en koffie in De Wiek", molenwijk.kitchen_table),
    "boeken": ("Boeken om voor te lezen", molenwijk.books),
    "fiets": ("Een fiets voor de gevel", molenwijk.bicycle),
    "brug": ("De brug gaat open", sluiskade.bridge_scene),
    "werkplaats": ("De werkbank in het Sluishuis", sluiskade.workshop),
    "tafel": ("De lange tafel aan de kade", sluiskade.long_table),
    "bank": ("De bank bij de brug", sluiskade.bench),
    "watertoren": ("De watertoren", zonneveld.tower_scene),
    "tuin": ("De Zonnetuin", zonneveld.garden),
    "bakfiets": ("De bakfiets van de wijk", zonneveld.cargo_bike),
    "munt": ("Het Zonnetje", zonneveld.coin_scene),
}
TITLES = {name: title for name, (title, _scene) in SCENES.items()}


def draw(name: str) -> bytes:
    """The picture of this name as a PNG of 1600 by 900."""
    _title, scene = SCENES[name]
    return scene().png()
