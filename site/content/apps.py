from __future__ import annotations

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from django.db.models.signals import pre_delete
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from content import receivers, translation
        from content.faces import face_of
        from content.models import BasePage

        page_published.connect(receivers.published)
        page_unpublished.connect(receivers.unpublished)
        post_page_move.connect(receivers.moved)
        pre_delete.connect(receivers.deleted)
        face_of(BasePage)(translation.language_face)
