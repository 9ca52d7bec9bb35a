"""Where a form of an attempt leads, told to the page's script instead of a redirect.

A script that sends the form itself can keep the page when no answer comes; a form that a browser sends cannot.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase


def tells_where(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a post with `X-Leave` by the address it leads to; messages wait for the page that is there."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.headers.get("X-Leave") and isinstance(response, HttpResponseRedirectBase):
            return HttpResponse(status=204, headers={"X-Leave-To": response.url})
        return response

    return told
