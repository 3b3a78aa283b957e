import os, random, time, uuid, pytest
from datetime import timedelta, date
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.market import market, supply, demand, AT
from tests.factories import values, wallet
from marketplace.models import *
from marketplace.queries.listing import Listing
from marketplace.queries.search import read
from marketplace.queries.branches import branches
from neighbourhoods.models import Area, Category, Neighbourhood

pytestmark = pytest.mark.django_db
WORDS = "fiets band plakken hond uitlaten tuin snoeien aardappels koken soep zwemmen les piano gitaar verhuizen bus rijden ziekenhuis boodschappen oppas computer telefoon reparatie schilderen muur kast timmeren kraan lekkage gras maaien koffie taart bakken brood kleding naaien wassen strijken haar knippen bezoek wandelen lezen voorlezen taal nederlands engels rekenen papieren belasting formulier".split()


def square(lat, lon, d=0.02):
    return {
        "type": "Polygon",
        "coordinates": [
            [
                [lon - d, lat - d],
                [lon + d, lat - d],
                [lon + d, lat + d],
                [lon - d, lat + d],
                [lon - d, lat - d],
            ]
        ],
    }


def test_bench():
    rnd = random.Random(1)
    N = int(os.environ.get("N", "100000"))
    there = market()
    sk = wallet.place("Sluiskade", "NL20INGB0001234567").neighbourhood
    zv = wallet.place("Zonneveld", "NL02ABNA0123456789").neighbourhood
    nbs = [there.neighbourhood, sk, zv]
    for i, n in enumerate(nbs):
        n.area = Area.objects.create(
            code=f"WK12340{i}", year=2025, kind="WK", name=n.name, outline=square(52.3 + i * 0.05, 4.9)
        )
        n.save()
    cats = [there.category] + [values.category(f"cat{i}", cpa="1") for i in range(60)]
    now = AT + timedelta(days=30)
    offers = []
    for i in range(N):
        w = rnd.sample(WORDS, 8)
        d = rnd.choice(["SUPPLY", "SUPPLY", "DEMAND"])
        nb = rnd.choices(nbs, [60, 39, 1])[0]
        pub = AT + timedelta(minutes=rnd.randrange(40000))
        offers.append(
            Offer(
                neighbourhood=nb,
                direction=d,
                kind=rnd.choice(OfferKind.values),
                category=rnd.choice(cats),
                provider=there.shop.holder,
                language="nl",
                made_by=there.shop.holder,
                made_at=AT,
                key=uuid.uuid4(),
                words=" ".join(w),
                state="DRAFT",
                price=rnd.randrange(100, 10000),
                latitude=52.3 + rnd.uniform(-0.1, 0.2) if i % 2 else None,
                longitude=4.9 + rnd.uniform(-0.1, 0.1) if i % 2 else None,
                stock=rnd.choice([None, 0, 3]),
                published_at=pub,
                until_on=date(2027, 1, 1) + timedelta(days=rnd.randrange(300)),
                reach=rnd.choices(["HERE", "NAMED"], [95, 5])[0],
            )
        )
    Offer.objects.bulk_create(offers, batch_size=2000)
    OfferText.objects.bulk_create(
        [OfferText(offer=o, language="nl", title=o.words[:40], summary=o.words) for o in offers],
        batch_size=2000,
    )
    terms = [
        OfferTerms(offer=o, version=1, amount=o.price, until_on=o.until_on, made_at=AT, reach=o.reach)
        for o in offers
    ]
    OfferTerms.objects.bulk_create(terms, batch_size=2000)
    OfferReach.objects.bulk_create(
        [OfferReach(terms=t, neighbourhood=rnd.choice(nbs)) for t in terms if t.reach == "NAMED"],
        batch_size=2000,
    )
    with connection.cursor() as c:
        c.execute(
            "UPDATE marketplace_offer o SET terms_id=t.id, state='PUBLISHED' FROM marketplace_offerterms t WHERE t.offer_id=o.id"
            if connection.vendor == "postgresql"
            else "UPDATE marketplace_offer SET terms_id=(SELECT id FROM marketplace_offerterms t WHERE t.offer_id=marketplace_offer.id), state='PUBLISHED'"
        )
        c.execute("ANALYZE")
    tree = branches()
    for slug, q in [
        (None, ""),
        ("molenwijk", ""),
        ("zonneveld", ""),
        (None, "q=fiets"),
        ("zonneveld", "q=fiets"),
        ("molenwijk", "q=fiets"),
        ("molenwijk", "open=now"),
        (None, "q=xyzzy"),
        (None, "q=xyzzy&sort=cheap"),
        ("molenwijk", "sort=near&where=all"),
    ]:
        place = Neighbourhood.objects.get(slug=slug) if slug else None
        s, _ = read(
            QueryDict(q),
            place=place,
            branches=[
                *tree,
                *[
                    type("B", (), {"pk": c.pk, "slug": c.slug, "name": "", "below": [], "numbers": {c.pk}})()
                    for c in cats
                ],
            ],
        )
        L = Listing(
            s,
            now,
            [
                *tree,
                *[
                    type("B", (), {"pk": c.pk, "slug": c.slug, "name": "", "below": [], "numbers": {c.pk}})()
                    for c in cats
                ],
            ],
        )
        out = []
        for name, f in [("counts", L.counts), ("rows", L.rows), ("deep", lambda: L.rows(start=980))]:
            best = 9
            for _ in range(3):
                with CaptureQueriesContext(connection) as ctx:
                    t = time.perf_counter()
                    r = f()
                    best = min(best, time.perf_counter() - t)
            out.append(f"{name} {best * 1000:.1f}ms")
            if os.environ.get("EXPLAIN") and best > 0.03 and connection.vendor == "postgresql":
                sql = ctx.captured_queries[-1]["sql"]
                with connection.cursor() as c:
                    c.execute(
                        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + sql.replace("%", "%%")
                        if False
                        else "EXPLAIN (ANALYZE, COSTS OFF) " + sql
                    )
                    print(slug, q, name)
                    print("\n".join(x[0] for x in c.fetchall())[:3500])
        print(slug, q, out, L.counts().chosen, flush=True)
    from django.core.cache import cache

    c = Client()
    for u in [
        "/nl/market/",
        "/nl/market/in/molenwijk/",
        "/nl/market/in/molenwijk/?q=fiets",
        "/nl/market/in/molenwijk/?view=map",
    ]:
        c.get(u)
        with CaptureQueriesContext(connection) as ctx:
            t = time.perf_counter()
            c.get(u)
            print(
                u,
                len(ctx),
                f"{(time.perf_counter() - t) * 1000:.0f}ms",
                "db",
                sum(float(q["time"]) for q in ctx.captured_queries),
            )
    import cProfile, pstats

    for u in ["/nl/market/in/molenwijk/"]:
        t = time.process_time()
        for _ in range(10):
            c.get(u)
        print(u, f"cpu {(time.process_time() - t) * 100:.1f}ms each")
        pr = cProfile.Profile()
        pr.enable()
        [c.get(u) for _ in range(5)]
        pr.disable()
        pstats.Stats(pr).sort_stats("cumulative").print_stats(45)
