from __future__ import annotations

import pytest

from people.devices import device_in_words

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"Mozilla/5.0 (Linux; Android 15; Pixel 9) {WEBKIT} Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
        (f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
         "Samsung Internet on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile Safari/604.1",
         "Safari on iPhone"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 CriOS/142.0 Mobile Safari/604.1",
         "Chrome on iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1 FxiOS/144.0 Mobile Safari/604.1",
         "Firefox on iPad"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        (f"Mozilla/5.0 (X11; CrOS x86_64) {WEBKIT} Chrome/142.0 Safari/537.36 OPR/120.0", "Opera on ChromeOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15.1; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox on Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox on Linux"),
        ("SomethingNew/1.0 (Windows)", "Another browser on Windows"),
        ("curl/8.0", "Another browser"),
        ("", "Another browser"),
    ],
)  # fmt: skip
def test_a_device_is_named_by_its_browser_and_its_system(line: str, words: str) -> None:
    assert device_in_words(line) == words
