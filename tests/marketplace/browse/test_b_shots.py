import os, pytest
from datetime import timedelta, date, time as tm
from core import clock
from django.urls import reverse
from tests.factories.market import market, supply, demand, Market, admitted
from tests.factories.neighbourhoods import found
from tests.factories.people import organisation, person
from tests.factories import values
from marketplace.models import *
from neighbourhoods.models import Area
pytestmark = pytest.mark.once
def square(lat, lon, d=0.01):
    return {"type":"Polygon","coordinates":[[[lon-d,lat-d],[lon+d,lat-d*.6],[lon+d*1.4,lat+d*.2],[lon+d*.8,lat+d],[lon-d*.5,lat+d*1.1],[lon-d,lat-d]]]}
class There: pass
def test_shots(live_site, open_page, settings):
    n = found("Molenwijk", colour="#1546c8", accent="#ff8a1f")
    z = found("Zonneveld", colour="#ffc81a", accent="#1b1a17")
    for i,x in enumerate([n,z]):
        x.area = Area.objects.create(code=f"WK12340{i}", year=2025, kind="WK", name=x.name, outline=square(52.3+i*0.02, 4.9)); x.save()
    there = There(); there.neighbourhood=n; there.category=values.category("eten", cpa="56")
    shop=organisation("Fietsenmaker Van Dam"); there.shop=There(); there.shop.holder=shop
    dewit=person("Anneke"); fam=person("Erdem"); there.ann=There(); there.ann.holder=dewit.person
    from neighbourhoods.models import Category
    cats=list(Category.objects.filter(parent=None)[:7])
    now=clock.now()
    t=lambda **k: {"until_on": now.date()+timedelta(days=60), **k}
    rows=[("s","Band plakken",1250,"klaar terwijl je wacht","Molenstraat 4","PIECE"),("d","Wie kan mijn hond uitlaten?",400,"elke ochtend een half uur","","TURN"),("s","Tien keer zwemmen",4200,"ook voor kinderen","Zwembad De Plons","PIECE"),("s","Zak aardappels, 5 kilo",625,"op zaterdag","","PIECE"),("d","Hulp met een kast in elkaar zetten",1400,"één avond, ongeveer twee uur","","PIECE"),("d","Rijden naar het ziekenhuis",750,"met je eigen auto","","TURN"),("s","Paspoort of identiteitskaart",7580,"op het wijkloket","","PIECE"),("s","Maaltijd van de wijkkeuken",500,"dinsdag en donderdag","Buurthuis De Wiek","PIECE")]
    for i in range(30):
        k,title,price,summ,place,unit=rows[i%8]
        f = supply if k=="s" else demand
        f(there, title if i<8 else f"{title} {i}", price, at=now-timedelta(hours=i), category=cats[i%7] if i%3 else cats[0], kind=OfferKind.values[i%9] if i%2 else "SERVICE", place=place, text={"summary":summ}, terms=t(unit=unit), latitude=52.3+(i%5-2)*.003 if i%3 else None, longitude=4.9+(i%4-2)*.004 if i%3 else None, stock=0 if i==3 else None)
    supply(there, "Fietskar", 300, at=now+timedelta(seconds=-1), neighbourhood=z, terms=t(euro=250, unit="DAY"), category=cats[0])
    from django.test import Client
    c=Client(); c.force_login(dewit)
    SavedSearch.objects.create(person=dewit.person, neighbourhood=n, name="Molenwijk: “fiets”, tot 12,50", query="q=fiets&max=12.50", made_at=now, sent_at=now)
    SavedSearch.objects.create(person=dewit.person, neighbourhood=None, name="Alle wijken: zorg voor elkaar", query="category=zorg", made_at=now, sent_at=now, every="DAY")
    cookie=c.cookies["sessionid"].value
    out="/tmp/b_shots"; os.makedirs(out, exist_ok=True)
    pages={"market":"/nl/market/in/molenwijk/","filtered":"/nl/market/in/molenwijk/?q=band&category=zorg&kind=good&max=20&where=all&foo=1&sort=weird","map":"/nl/market/in/molenwijk/?view=map","mapall":"/nl/market/?view=map","all":"/nl/market/","empty":"/nl/market/in/molenwijk/?q=xyzzy","front":"/nl/dijkstad/molenwijk/","zonneveld":"/nl/market/in/zonneveld/","saved":"/nl/market/searches/","save":"/nl/market/searches/save/?place=molenwijk&q=band&max=20"}
    only=os.environ.get("ONLY","").split(",") if os.environ.get("ONLY") else pages
    for name in only:
        for w,h in ((360,740),(1280,900)):
            p=open_page(width=w,height=h)
            p.context.add_cookies([{"name":"sessionid","value":cookie,"url":live_site.url}])
            r=p.goto(live_site+pages[name]); assert r.status==200,(name,r.status)
            over=p.evaluate("document.documentElement.scrollWidth")
            if over>w: print("OVERFLOW",name,w,over)
            p.screenshot(path=f"{out}/{name}-{w}.png", full_page=True)
            p.context.close
