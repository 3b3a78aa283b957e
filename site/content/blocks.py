"""The blocks of which editors build a page. Each is a whole object: icon, template, description, preview."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import AdminPageChooser
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail_localize.segments import StringSegmentValue

# Headings come from the heading block and pictures from theirs: so levels stay in order and every picture has words.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"), max_length=120)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        description = _("A heading above a part of the page.")
        preview_value: ClassVar[dict[str, Any]] = {"text": "Samen in de wijk"}


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
        description = _("Running text, with lists and links.")
        preview_value = "<p>Help mee in de buurt. Je verdient er munten mee.</p>"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(
        label=_("what is in the picture"),
        required=False,
        max_length=200,
        help_text=_("For people who cannot see it. Say what matters, in one sentence."),
    )
    decorative = blocks.BooleanBlock(
        label=_("only decoration"),
        required=False,
        help_text=_("The page loses nothing without this picture."),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/image.html"
        description = _("A picture with a caption.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["alt"] and not cleaned["decorative"]:
            message = _("Say what is in the picture, or mark it as decoration.")
            raise StructBlockValidationError(block_errors={"alt": ValidationError(message)})
        return cleaned


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quote"), max_length=500)
    who = blocks.CharBlock(label=_("who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"
        description = _("What somebody said, word for word.")
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "Nu ken ik de hele straat.",
            "who": "Noor, bewoner",
        }


class NoticeBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[("info", _("to know")), ("good", _("good news")), ("warn", _("take care"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=["bold", "link"], required=False)

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "blocks/notice.html"
        description = _("One thing to know before doing something. Not for decoration.")
        preview_value: ClassVar[dict[str, Any]] = {
            "tone": "info",
            "title": "Het buurthuis is dicht op 5 december",
            "text": "",
        }


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("what"), max_length=60)
    value = blocks.CharBlock(label=_("value"), max_length=200)

    class Meta:
        icon = "list-ul"
        label = _("Fact")


class FactsBlock(blocks.StructBlock):
    rows = blocks.ListBlock(FactBlock(), label=_("facts"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        template = "blocks/facts.html"
        description = _("Short facts under each other: when, where, who.")
        preview_value: ClassVar[dict[str, Any]] = {"rows": [{"label": "Waar", "value": "Buurthuis De Wiek"}]}


class PublicPageChooser(AdminPageChooser):
    """Names a page by the title that everybody can read, not by the one that its editors are writing."""

    def get_display_title(self, instance: Any) -> str:
        return str(instance.title)


class PageLinkBlock(blocks.PageChooserBlock):
    """A page to go to: of whichever neighbourhood, so also one of which the editor may not know the drafts."""

    @cached_property
    def widget(self) -> PublicPageChooser:
        return PublicPageChooser(target_models=self.target_models, can_choose_root=self.can_choose_root)


class LinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("words of the link"), max_length=80)
    page = PageLinkBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("or a web address"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        template = "blocks/link.html"
        description = _("One link that stands out, to go on to another page.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            message = _("Choose a page or give a web address: one of the two.")
            raise StructBlockValidationError(block_errors={"url": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        page = value.get("page")
        # In the language of the reader where that page exists; a draft is no place to send anybody.
        target = page.localized if page else None
        context["href"] = (target.url if target and target.live else "") if page else value.get("url")
        return context


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("step"), max_length=80)
    text = blocks.CharBlock(label=_("explanation"), required=False, max_length=250)

    class Meta:
        icon = "order"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"
        description = _("What happens, in order.")
        preview_value: ClassVar[dict[str, Any]] = {
            "steps": [
                {"title": "Je geeft je op", "text": ""},
                {"title": "Je helpt mee", "text": "Met wie er is."},
            ]
        }


class FiguresTableBlock(TableBlock):
    """A table whose cells are translated one by one: left to itself, wagtail-localize copies tables as they are."""

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        description = _("Figures in rows and columns, with a caption.")

    def get_translatable_segments(self, value: dict[str, Any] | None) -> list[StringSegmentValue]:
        """Called by wagtail-localize: each cell under its row and column, and the caption."""
        if not value:
            return []
        cells = [
            StringSegmentValue(f"{row}-{column}", str(cell))
            for row, across in enumerate(value["data"])
            for column, cell in enumerate(across)
            if cell
        ]
        return [StringSegmentValue("caption", value.get("table_caption") or ""), *cells]

    def restore_translated_segments(
        self, value: dict[str, Any], segments: list[StringSegmentValue]
    ) -> dict[str, Any]:
        """Called by wagtail-localize: the same table with the translated words in it."""
        table = deepcopy(value)
        for segment in segments:
            if segment.path == "caption":
                table["table_caption"] = segment.render_text()
            else:
                row, column = (int(number) for number in segment.path.split("-"))
                table["data"][row][column] = segment.render_text()
        return table


class SiteStreamBlock(blocks.StreamBlock):
    """The one set of blocks of the whole site."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = PictureBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    facts = FactsBlock()
    link = LinkBlock()
    steps = StepsBlock()
    table = FiguresTableBlock()
