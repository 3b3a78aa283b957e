"""The stylesheet of a neighbourhood: served from its row, kept by browsers, and never another's."""

from __future__ import annotations

import pytest
from django.test import Client

from neighbourhoods.models import Neighbourhood
from neighbourhoods.theme import theme_css, theme_hash, theme_url

pytestmark = pytest.mark.django_db


def test_the_stylesheet_is_css_that_browsers_may_keep_for_a_year(
    molenwijk: Neighbourhood, client: Client
) -> None:
    response = client.get(theme_url(molenwijk))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--nb: #1546c8" in response.content.decode()


def test_another_colour_is_another_address_and_the_former_one_leads_there(
    molenwijk: Neighbourhood, client: Client
) -> None:
    former = theme_url(molenwijk)
    molenwijk.colour = "#b3261e"
    molenwijk.save()

    response = client.get(former)

    assert theme_url(molenwijk) != former
    assert (response.status_code, response.headers["Location"]) == (302, theme_url(molenwijk))


def test_whoever_has_it_already_is_told_so(molenwijk: Neighbourhood, client: Client) -> None:
    first = client.get(theme_url(molenwijk))

    again = client.get(theme_url(molenwijk), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["sluiskade-00000000", "molenwijk-xyz", "molenwijk", "-00000000"])
def test_what_is_not_there_answers_404(molenwijk: Neighbourhood, client: Client, name: str) -> None:
    assert client.get(f"/theme/{name}.css").status_code == 404


def test_a_name_cannot_break_out_of_the_stylesheet(molenwijk: Neighbourhood) -> None:
    molenwijk.name = "*/ body { display: none } /*"

    assert theme_css(molenwijk).count("*/") == 1


def test_the_address_follows_from_the_row_alone(molenwijk: Neighbourhood) -> None:
    again = Neighbourhood.objects.get(pk=molenwijk.pk)

    assert theme_hash(again) == theme_hash(molenwijk)
    assert len(theme_hash(molenwijk)) == 8
