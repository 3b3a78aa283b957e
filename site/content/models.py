"""The ground of every page: its common fields, and the site's own pictures."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content import faces
from content.blocks import SiteStreamBlock
from content.forms import OwnThingsForm
from content.slugs import check_slug


class Picture(AbstractImage):
    """A picture of ours. What is in it is said where it is used, because that differs per page and language."""

    maker = models.CharField(
        _("maker"), max_length=150, blank=True, help_text=_("Who made it, and the licence.")
    )

    admin_form_fields = (*Image.admin_form_fields, "maker")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="content_picture_rendition_once"
            )
        ]


class BasePage(Page):
    """What every page of ours has: a sentence below its title, and a body of whole blocks.

    A page shows; the plain row that it points at decides. What a page shows beyond its own words is gathered by the
    functions that apps registered for its class in `content.faces`.
    """

    lead = models.TextField(
        _("lead"),
        max_length=300,
        blank=True,
        help_text=_("One or two short sentences: what is here for the reader."),
    )
    body = StreamField(SiteStreamBlock(required=False), verbose_name=_("body"), blank=True)

    # Everything else of Wagtail's own fields keeps what wagtail-localize gives it.
    override_translatable_fields: ClassVar[list[TranslatableField | SynchronizedField]] = [
        SynchronizedField("slug")
    ]

    base_form_class = OwnThingsForm
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        check_slug(self.slug, (self.depth or 0) - 1)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(faces.gather(self, request))
        return context
