"""What the learner reads when something happens to a certificate, in their language."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from courses.certification.audit import note
from courses.certification.background import durable_task, enqueue
from courses.certification.models import Certificate, CertificateEvent, in_language
from courses.certification.progress import titles_of
from courses.certification.reading import say_all
from courses.certification.rules import AllOf
from courses.certification.wording import long_date

OCCASIONS = ("issued", "given", "revoked", "renewed", "replaced", "refused", "signed_anew", "expires", "expired")


def send(certificate: Certificate, user: Any, occasion: str) -> str:
    """Send `user` the letter of `occasion`; return its subject. Errors: ValueError for an occasion without a letter."""
    if occasion not in OCCASIONS:
        raise ValueError(f"no letter for {occasion!r}")
    with translation.override(user.language):
        context = _context(certificate, user)
        if occasion == "refused":
            context["correction"] = certificate.corrections.filter(state="refused").order_by("-decided_at").first()
        if occasion in {"expires", "expired"}:
            context["renewal"] = _renewal(certificate, user.language)
            if certificate.can_be_renewed:
                context["how"] = settings.SITE_URL + reverse("certificates:renewal", args=[certificate.code])
        subject = render_to_string(f"certificates/mail/{occasion}_subject.txt", context).strip()
        body = render_to_string(f"certificates/mail/{occasion}.txt", context)
    send_mail(subject, body, None, [user.email])
    return subject


def _context(certificate: Certificate, user: Any) -> dict[str, Any]:
    facts = certificate.facts
    until = facts.valid_until
    return {
        "name": user.get_full_name(),
        "title": in_language(facts.award.title),
        "certificate": certificate,
        "until": long_date(until, user.language, facts.time_zone) if until else "",
        "page": settings.SITE_URL + certificate.get_absolute_url(),
        "wallet": settings.SITE_URL + reverse("certificates:wallet"),
        "academy": settings.WAGTAIL_SITE_NAME,
    }


def _renewal(certificate: Certificate, language: str) -> list[str]:
    """What the shorter path asks for, a sentence each."""
    rule = certificate.award.renewal_rule()
    parts = rule.parts if isinstance(rule, AllOf) else (rule,)
    if not certificate.award.renewal_requirements:
        return []
    return [sentence for sentence, _url in say_all(parts, titles_of(rule, language))]


@durable_task
def mail_certificate_task(certificate_id: int, occasion: str) -> None:
    """Tell the learner what happened to a certificate."""
    certificate = Certificate.objects.select_related("user", "award").get(pk=certificate_id)
    if certificate.user is not None:
        subject = send(certificate, certificate.user, occasion)
        note(certificate, CertificateEvent.Kind.MAILED, None, timezone.now(), subject[:300])


def mail_later(certificate_id: int, occasion: str) -> None:
    """Send the letter if the transaction goes through."""
    enqueue(mail_certificate_task, certificate_id=certificate_id, occasion=occasion)
