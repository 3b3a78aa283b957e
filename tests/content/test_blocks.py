"""The blocks of which pages are built: what they refuse and what they say."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks import LinkBlock, PictureBlock, SiteStreamBlock
from tests.factories import neighbourhoods as make

NAMES = list(SiteStreamBlock().child_blocks)


@pytest.mark.parametrize("name", NAMES)
def test_each_block_says_what_it_is_for(name: str) -> None:
    meta = SiteStreamBlock().child_blocks[name].meta

    assert meta.icon != "placeholder"
    assert str(meta.description)
    assert meta.template == f"blocks/{name}.html"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"image", "link", "table"}])
def test_each_block_renders_its_preview(name: str) -> None:
    block = SiteStreamBlock().child_blocks[name]

    html = block.render(block.normalize(block.get_preview_value()))

    assert "<" in html
    assert "style=" not in html
    assert "<script" not in html


def picture_value(**more: Any) -> dict[str, Any]:
    return {"image": make.picture(), "alt": "", "decorative": False, "caption": "", **more}


@pytest.mark.django_db
def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(StructBlockValidationError) as refusal:
        PictureBlock().clean(PictureBlock().normalize(picture_value()))

    assert refusal.value.block_errors["alt"].messages == [
        "Say what is in the picture, or mark it as decoration."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("words", [{"alt": "Een molen aan het water"}, {"decorative": True}])
def test_a_picture_with_words_or_for_decoration_is_fine(words: dict[str, Any]) -> None:
    cleaned = PictureBlock().clean(PictureBlock().normalize(picture_value(**words)))

    assert cleaned["alt"] == words.get("alt", "")


@pytest.mark.django_db
@pytest.mark.parametrize("both", [True, False])
def test_a_link_leads_to_one_place(both: bool) -> None:
    page = make.root_of(make.found("Molenwijk")) if both else None
    value = {"text": "Lees meer", "page": page, "url": "https://example.org/" if both else ""}

    with pytest.raises(ValidationError):
        LinkBlock().clean(LinkBlock().normalize(value))


@pytest.mark.django_db
def test_a_link_to_a_page_that_is_a_draft_leads_nowhere() -> None:
    page = make.root_of(make.found("Molenwijk"), "en")
    value = LinkBlock().normalize({"text": "Read on", "page": page, "url": ""})
    assert f'href="{page.url}"' in LinkBlock().render(value)

    page.live = False

    assert "href" not in LinkBlock().render(value)
