"""Every kind of page has a factory, and shows in both languages."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import get_page_models

from content.models import BasePage
from tests.factories.neighbourhoods import PAGE_FACTORIES

OURS = [model for model in get_page_models() if issubclass(model, BasePage)]


def test_every_page_model_has_a_factory() -> None:
    assert set(PAGE_FACTORIES) == set(OURS)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_a_page_shows_in_both_languages(client: Client, model: type[BasePage], language: str) -> None:
    page = PAGE_FACTORIES[model]()
    shown = model.objects.get(translation_key=page.translation_key, locale__language_code=language)

    response = client.get(shown.url)

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()
    assert shown.url.startswith(f"/{language}/")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_every_page_model_says_where_it_may_stand(model: type[BasePage]) -> None:
    assert model.parent_page_types is not None
    assert model.subpage_types is not None
    assert "wagtailcore.Page" not in model.subpage_types
