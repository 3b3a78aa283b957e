"""What the board does about values, under vote/board/<neighbourhood>/values/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from neighbourhoods.views.boardroom import value_care, value_steps, values

VALUE: list[URLPattern | URLResolver] = [
    path("", values.board_value, name="board_value"),
    path("vote/", values.vote, name="board_value_vote"),
    path("step-aside/", values.step_aside, name="board_value_step_aside"),
    path("admit/", value_steps.admit, name="board_value_admit"),
    path("turn-away/", value_steps.turn_away, name="board_value_turn_away"),
    path("withdraw/", value_steps.withdraw, name="board_value_withdraw"),
    path("consult/", value_steps.consult, name="board_value_consult"),
    path("terms/", value_steps.change_terms, name="board_value_terms"),
    path("volume/", value_steps.name_volume, name="board_value_volume"),
    path("open/", value_steps.open_vote, name="board_value_open"),
    path("confirm/", value_steps.confirm, name="board_value_confirm"),
    path("close/", value_steps.close_vote, name="board_value_close"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", values.board_values, name="board_values"),
    path("limits/", value_care.limits, name="board_limits"),
    path("items/", value_care.items, name="board_items"),
    path("items/<uuid:ref>/", value_care.item_words, name="board_item_words"),
    path("comments/<uuid:ref>/hide/", value_care.comment_hide, name="board_comment_hide"),
    path("comments/<uuid:ref>/show/", value_care.comment_show, name="board_comment_show"),
    path("<uuid:ref>/", include(VALUE)),
]
