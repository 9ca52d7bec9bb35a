"""Serving images, videos and recordings of pages: what a private course shows, only its readers may fetch."""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as serve_whole
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from courses.privacy import hides

DAY = 24 * 3600
CHUNK = 64 * 1024
PLAYED = ("mp4", "webm", "mp3", "m4a", "ogg", "opus", "vtt")
TYPES = {"vtt": "text/vtt", "m4a": "audio/mp4", "opus": "audio/ogg", "ogg": "audio/ogg", "webm": "video/webm"}
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a rendition as pages show it; originals and documents are never sent from here."""
    rendition = (
        get_image_model().get_rendition_model().objects.filter(file=path).select_related("image__collection").first()
    )
    if rendition is None or not may_see(request, rendition.image) or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path))
    response["Cache-Control"] = f"private, max-age={DAY}"
    return response


def may_see(request: HttpRequest, item: Any) -> bool:
    """Tell whether the reader may see an image or a document: one of the published pages that use it is open to them.

    What no page uses is open, unless its collection is private. Two or three queries where no page of the site is private.
    """
    if hides(item.collection.get_view_restrictions(), request.user):
        return False
    restrictions = PageViewRestriction.objects.select_related("page")
    closed = [restriction.page.path for restriction in restrictions if not restriction.accept_request(request)]
    if not closed:
        return True
    users = ReferenceIndex.get_references_to(item).values_list("object_id", flat=True)
    paths = Page.objects.live().filter(pk__in=[int(pk) for pk in users if pk.isdigit()]).values_list("path", flat=True)
    return not paths or any(not path.startswith(tuple(closed)) for path in paths)


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Play what is played; the rest is Wagtail's. The same hooks are asked first: privacy of collections and of pages.

    A player asks for pieces, and some will not play a file they cannot ask so; Wagtail sends files whole.
    """
    ending = PurePath(filename).suffix.removeprefix(".").lower()
    if ending not in PLAYED:
        return serve_whole(request, document_id, filename)  # type: ignore[no-any-return]
    item = get_object_or_404(get_document_model(), pk=document_id)
    if item.filename != filename:
        raise Http404
    for hook in hooks.get_hooks("before_serve_document"):
        refusal = hook(item, request)
        if isinstance(refusal, HttpResponse):
            return refusal
    kind = TYPES.get(ending) or mimetypes.guess_type(filename)[0] or "application/octet-stream"
    response = _piece(item.file.storage.open(item.file.name), item.file.size, kind, request.headers.get("Range", ""))
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = f"private, max-age={DAY}"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _piece(file: Any, size: int, kind: str, asked: str) -> HttpResponseBase:
    """Return the whole file, or the one range that is asked for. Source: RFC 9110, section 14."""
    found = RANGE.fullmatch(asked.strip())
    if found is None or not any(found.groups()):
        return FileResponse(file, content_type=kind)
    first, last = found.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_read(file, start, end), status=206, content_type=kind)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _read(file: Any, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
