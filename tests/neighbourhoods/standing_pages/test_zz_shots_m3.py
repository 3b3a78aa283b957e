from __future__ import annotations
import pytest, time_machine
from django.utils import timezone
from core import clock
from neighbourhoods.operations.elections import ask_next
from tests.factories.residency import SYSTEM, municipality, place
from tests.neighbourhoods.standing_pages.conftest import lives_in
from tests.neighbourhoods.standing_pages.test_seat_offer import left, page as address, result
from tests.neighbourhoods.vote_pages.scene import signed_in
from tests.factories.democracy import VOTING

def test_shots(live_site, open_page):
    with time_machine.travel(VOTING, tick=True) as now:
        m = place("Molenwijk", of=municipality("Dijkstad"))
        ann, ben, cas = (lives_in(n, m) for n in ("Ann", "Ben", "Cas"))
        e = left(m, [ann, ben, cas], now)
        ask_next(election=e, actor=SYSTEM, at=clock.now())
        cookie = signed_in(ben).cookies["sessionid"].value
        for width in (360, 1280):
            p = open_page(width=width, height=900)
            p.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_site.url}])
            for name in ("seat_offered", "seat_turned_down"):
                p.goto(live_site + address(name, e)); p.screenshot(path=f"/tmp/m3_{name}_{width}.png", full_page=True)
            p.goto(live_site + result(e))
            p.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            p.locator("[aria-labelledby=countbacks]").screenshot(path=f"/tmp/m3_result_{width}.png")
