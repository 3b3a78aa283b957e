"""Icons: 24 units, lines of 2, square ends, in the colour of the words beside them. Never without words."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.drawing.svg import classes

CIRCLE = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z"

ICONS = {
    "account": "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21v-2a6 6 0 0 1 6-5h4a6 6 0 0 1 6 5v2",
    "alert": "M12 3 2 21h20L12 3ZM12 10v5M12 18v.01",
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "back": "M20 12H5M11 6l-6 6 6 6",
    "calendar": "M4 5h16v16H4V5ZM4 10h16M8 2v4M16 2v4M8 14h.01M12 14h.01M16 14h.01M8 17.5h.01M12 17.5h.01",
    "check": "M4 13l5 5L20 6",
    "clock": f"{CIRCLE}M12 7v5l3 3",
    "cross": "M5 5l14 14M19 5 5 19",
    "day": "M4 5h16v16H4V5ZM4 10h16M8 2v4M16 2v4",
    "download": "M12 3v13M6 10l6 6 6-6M3 21h18",
    "edit": "M4 20v-4L16 4l4 4L8 20H4ZM13 7l4 4",
    "external": "M10 5H4v15h15v-6M14 4h6v6M20 4l-9 9",
    "filter": "M3 6h18M6 12h12M10 18h4",
    "get": "M21 12H8M14 6l-6 6 6 6M4 4v16",
    "globe": f"{CIRCLE}M3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
    "help": f"{CIRCLE}M9 10a3 3 0 1 1 4.5 2.600c-1 .6-1.5 1-1.5 1.900M12 17.5v.01",
    "home": "M3 11 12 3l9 8M5 10v11h14V10M10 21v-7h4v7",
    "info": f"{CIRCLE}M12 11v5M12 8v.01",
    "join": "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2 21v-2a6 6 0 0 1 6-5h2M18 13v8M14 17h8",
    "key": "M7.5 16a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 11.5h10v4M17.5 11.5v3M7.5 11.5v.01",
    "letter": "M6 3h12v18H6V3ZM9 8h6M9 12h6M9 16h3",
    "lock": "M5 11h14v10H5V11ZM8 11V7a4 4 0 0 1 8 0v4M12 15v2",
    "mail": "M3 5h18v14H3V5ZM3 6l9 7 9-7",
    "market": "M3 9 5 3h14l2 6M3 9h18M3 9v1a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0V9M5 14v7h14v-7",
    "menu": "M3 6h18M3 12h18M3 18h18",
    "news": "M3 4h14v16H5a2 2 0 0 1-2-2V4ZM17 9h4v9a2 2 0 0 1-2 2M6.5 8h7M6.5 12h7M6.5 16h4",
    "number": "M3 6h18v12H3V6ZM8.5 14.5v-5l-1.5 1M13 10a1.5 1.5 0 1 1 2.700 1L13 14.5h3.5",
    "pay": "M3 12h13M10 6l6 6-6 6M20 4v16",
    "people": "M12 8.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM5 11.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM19 11.5a2 2 0 1 0 0-4"
    " 2 2 0 0 0 0 4ZM2 15h20M4 15v6h16v-6M9 11.5h6",
    "phone": "M7 2h10v20H7V2ZM11 18h2",
    "pin": "M12 22s7-7 7-12a7 7 0 1 0-14 0c0 5 7 12 7 12ZM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
    "plus": "M12 4v16M4 12h16",
    "print": "M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7v-7Z",
    "qr": "M4 4h6v6H4V4ZM14 4h6v6h-6V4ZM4 14h6v6H4v-6ZM14 14h2v2M20 14v2M14 20h2M18 18h2v2",
    "scale": "M12 3v18M7 21h10M4 7h16M4 7l-2 7h6L6 7M18 7l-2 7h6l-2-7",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21",
    "sign-in": "M10 3h10v18H10M3 12h11M9 7l5 5-5 5",
    "sign-out": "M14 3H4v18h10M10 12h11M16 7l5 5-5 5",
    "sound": "M4 9v6h4l5 4V5L8 9H4ZM16 9a4 4 0 0 1 0 6M18.5 6a8 8 0 0 1 0 12",
    "trash": "M3 6h18M9 6V3h6v3M5 6l1 15h12l1-15M10 10.5v6.5M14 10.5v6.5",
    "vote": "M3 13v8h18v-8M3 13l3-4M21 13l-3-4M3 13h18M8 10V3h8v7M10 6h4",
    "wallet": "M3 6v14h18V8H4a1 1 0 0 1-1-2 2 2 0 0 1 1-2h14M16 14h2",
}

DIRECTIONAL = frozenset(
    {"arrow", "back", "pay", "get", "sign-in", "sign-out", "external"}
)  # turned in right-to-left pages


class UnknownIcon(LookupError):
    """No icon of this name has been drawn; a page with a hole in it would not say so."""


def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon. Screen readers pass over it: the words beside it say the same.

    :raises UnknownIcon: with the names that do exist.
    """
    if name not in ICONS:
        raise UnknownIcon(f"No icon {name!r}. There are: {', '.join(ICONS)}.")
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        classes("icon", "icon--turn" if name in DIRECTIONAL else "", css),
        ICONS[name],
    )
