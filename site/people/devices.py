"""What somebody signed in with, in words, from the line that a browser sends about itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that fits. Nearly every browser also calls itself Chrome and Safari, so those stand last.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
# Android calls itself Linux too, and an iPhone speaks of Mac OS X.
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
]


def device_in_words(user_agent: str) -> str:
    """For example: Chrome on Android. What is not known is called another browser."""
    browser = _first(BROWSERS, user_agent) or _("Another browser")
    system = _first(SYSTEMS, user_agent)
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser


def _first(names: list[tuple[str, str]], user_agent: str) -> str:
    return next((name for sign, name in names if sign in user_agent), "")
