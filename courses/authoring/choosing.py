"""Choosers of snippets that not everybody at the authoring desk may see.

Wagtail lets whoever enters the admin list the records of any chooser: the names of certificate holders, who has extra time.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from wagtail.snippets.views.chooser import SnippetChooserViewSet

View = Callable[..., HttpResponse]


class GuardedChooser:
    """For a chooser's viewset: open to those who may see the records, or write them, elsewhere in the admin."""

    model: Any

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urlpatterns()  # type: ignore[misc]
        for pattern in patterns:
            pattern.callback = self._guarded(pattern.callback)
        return patterns

    def _guarded(self, view: View) -> View:
        app, name = self.model._meta.app_label, self.model._meta.model_name

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has_perm(f"{app}.{act}_{name}") for act in ("view", "add", "change")):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded


class GuardedChooserViewSet(GuardedChooser, SnippetChooserViewSet):  # type: ignore[misc]
    pass
