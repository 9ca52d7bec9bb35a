"""Names as they may be printed: every script whole, nothing unseen."""

import pytest
from django.utils import timezone

from courses.certification import files, services
from courses.certification.names import printable
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory


@pytest.mark.parametrize(
    "name",
    [
        "Zoé Lambert-d’Évreux",
        "ليلى بنت يوسف الخوارزمي",
        "欧阳修文",
        "Nguyễn Thị Ánh Nguyệt",
        "ശ്രീധരൻ",
        "می\u200cخواهم",  # a joiner between two Persian letters belongs to the spelling
        "नरेन्द्र",
        "O'Neill 3rd",
        "O`Neill",
        "അരുണ്\u200d",  # the joiner makes the last letter what it is
    ],
)
def test_a_name_in_any_script_stays_as_it_is(name):
    assert printable(name) == name


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  Ada \n\n Lovelace\t", "Ada Lovelace"),
        ("\u202ecalevol adA", "calevol adA"),  # would read as “Ada Lovelac”
        ("Ada\x00\x1b Lovelace", "Ada Lovelace"),
        ("Ada\u200b\u2066Lovelace\u2069", "AdaLovelace"),
        ("Zoe\u0301", "Zoé"),
        ("\u2028\ufeff", ""),
        ("\u200b\u200d", ""),
        ("Zoé 🌸 Lambert", "Zoé Lambert"),
        ("👩\u200d💻 Ada 👍🏽 ❤\ufe0f", "Ada"),
        ("1\ufe0f\u20e3 Ada", "1 Ada"),
        ("🌸", "🌸"),  # somebody who has no other name keeps it
    ],
)
def test_what_cannot_be_seen_is_left_out(typed, printed):
    assert printable(typed) == printed


@pytest.mark.django_db
@pytest.mark.usefixtures("academy_keys")
def test_certificates_are_issued_and_corrected_in_printable_names():
    person = UserFactory(certificate_name="Ada\n\u202eLovelace")
    certificate = services.issue(user=person, award=make_award(), now=timezone.now())
    assert certificate.holder == certificate.facts.holder == "Ada Lovelace"
    unseen = UserFactory(certificate_name="\u200b\u2066", display_name="Grace")
    assert services.issue(user=unseen, award=certificate.award, now=timezone.now()).holder == "Grace"
    corrected = services.correct(certificate=certificate, name="Ada\tKing\u202e", now=timezone.now())
    assert corrected.holder == "Ada King"


@pytest.mark.django_db
@pytest.mark.usefixtures("academy_keys")
def test_staff_are_told_once_of_a_letter_that_no_typeface_has():
    person = UserFactory(certificate_name="🌸")
    certificate = services.issue(user=person, award=make_award(), now=timezone.now())
    for language in ("fr", "en"):
        assert files.file_of(certificate, "pdf", language).startswith(b"%PDF")
    assert certificate.events.filter(kind="plain").count() == 1
