"""A neighbourhood's stylesheet, served from the database and kept by browsers for a year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response

from neighbourhoods.models import Neighbourhood
from neighbourhoods.theme import theme_css, theme_hash, theme_url

YEAR = 365 * 24 * 60 * 60


def theme(request: HttpRequest, slug: str, digits: str) -> HttpResponseBase:
    """The stylesheet; an address of a former look leads to the present one."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    if digits != theme_hash(neighbourhood):
        return redirect(theme_url(neighbourhood))
    etag = f'"{digits}"'
    response = HttpResponse(theme_css(neighbourhood), content_type="text/css; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response
