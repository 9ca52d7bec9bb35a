"""The end of a certificate among what falls due."""

import datetime as dt

import pytest

from courses.calendar.deadlines import LATE, deadlines_of
from courses.certification.issuing import issue
from courses.certification.models import Certificate
from tests.conftest import NOW
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("academy_keys")]
DAY = dt.timedelta(days=1)


def test_a_certificate_announces_its_end_and_whether_it_can_be_renewed(learner, tree):
    award = make_award(renewal_requirements=[("activity", {"activity": tree.lessons["fr"][0], "percent": 70})])
    certificate = issue(user=learner, award=award, now=NOW)
    (deadline,) = deadlines_of(learner, now=NOW)
    assert (deadline.title, deadline.due) == ("Your certificate expires: Moderation", certificate.valid_until)
    assert deadline.url == certificate.get_absolute_url()
    assert deadline.says == "It can be renewed in the weeks before."
    (soon,) = deadlines_of(learner, now=certificate.valid_until - DAY)
    assert soon.says == "It can be renewed now."
    (missed,) = deadlines_of(learner, now=certificate.valid_until + DAY)
    assert missed.late
    assert deadlines_of(learner, now=certificate.valid_until + LATE + DAY) == []


def test_a_certificate_without_end_revoked_or_anothers_announces_nothing(learner):
    issue(user=learner, award=make_award("forever", valid_months=None), now=NOW)
    issue(user=UserFactory(), award=make_award("theirs"), now=NOW)
    issue(user=learner, award=make_award("revoked"), now=NOW)
    Certificate.objects.filter(award__slug="revoked").update(revoked_at=NOW)
    assert deadlines_of(learner, now=NOW) == []
