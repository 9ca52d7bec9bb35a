"""What machines fetch: keys, credentials, status lists. No cookie, open to every origin, with ETag."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from courses.certification import answers, codes, did, files, ratelimit, services, signing
from courses.certification import issuer as issuers
from courses.certification.keys import KeysMissingError
from courses.certification.models import Award, Certificate, StatusList

SHORT, DAY = 300, 86_400  # seconds


def _public(request: HttpRequest, content: str | bytes, media_type: str, seconds: int = SHORT) -> HttpResponseBase:
    data = content.encode() if isinstance(content, str) else content
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response = HttpResponse(
        data,
        content_type=media_type,
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": f"public, max-age={seconds}", "ETag": etag},
    )
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def did_document(request: HttpRequest) -> HttpResponseBase:
    try:
        issuer = issuers.current(now=timezone.now())
    except KeysMissingError as error:
        raise Http404 from error
    return _public(request, signing.dump(did.document(issuer.ring, issuer.did)), "application/did+json")


@require_safe
def credential_json(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    certificate = get_object_or_404(Certificate.objects.shown(), uuid=uuid)
    return _public(request, certificate.embedded, "application/vc")


@require_safe
def credential_jwt(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    certificate = get_object_or_404(Certificate.objects.shown(), uuid=uuid)
    return _public(request, certificate.token, "application/vc+jwt")


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponseBase:
    found = get_object_or_404(StatusList, number=number)
    try:
        signed = services.fresh_status_list(status_list=found, now=timezone.now())
    except KeysMissingError as error:
        raise Http404 from error
    return _public(request, signed, "application/vc")


CHECKS, MINUTE = 60, 60  # how many checks one address may ask for, in how many seconds


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """The state of one certificate, for the systems of employers: docs/api.md."""
    asked = ratelimit.count(request, "check", MINUTE)
    if asked > CHECKS or ratelimit.is_braked(request, "code"):
        return _answer({"state": "later"}, 429, {"Retry-After": str(MINUTE if asked > CHECKS else ratelimit.WINDOW)})
    found = Certificate.objects.public().with_code(code).for_page()
    if found is None:
        ratelimit.count_miss(request, "code")
        return _answer({"state": "unknown"}, 404)
    return _answer(answers.answer_of(found, timezone.now()), 200)


def _answer(data: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    open_to_all = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return JsonResponse(data, status=status, headers={**open_to_all, **(headers or {})})


@require_safe
def award_picture(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _public(request, files.award_picture(get_object_or_404(Award, slug=slug)), "image/png", DAY)


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponseBase:
    """The printed link: on to the page in the visitor's language, whether there is such a certificate or not."""
    return redirect("certificates:page", code=codes.normalise(code) or code[:40])
