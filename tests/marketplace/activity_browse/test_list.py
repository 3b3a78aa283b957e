from __future__ import annotations
from django.test import Client
from tests.factories.activities import *

HERE = "/en/market/activities/in/molenwijk/"


def test_x(client: Client, there, django_assert_num_queries):
    one = activity(there)
    shift(one)
    print(client.get(HERE).content.decode()[3000:])
    client.get(
        "/en/market/activities/?view=once&q=koffie&min=3&free=yes&sort=earns&when=weekend&access=steps&category=x&spoken=ar"
    )
    client.get("/en/market/activities/?view=once&q=koffie&min=3&free=yes&sort=earns&on=2026-11-24")
    with django_assert_num_queries(3):
        client.get(HERE)
