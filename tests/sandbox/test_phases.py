"""The phase and the audience of a message: written by the author of a crisis, read in the debrief alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sandbox import content
from sandbox.debriefing import debrief_of
from sandbox.engine.parsing import from_dict
from sandbox.loading import load_scenario
from sandbox.models import Scenario, Shift
from sandbox.services import finish_shift
from sandbox.writing import to_dict
from tests.sandbox.samples import example

pytestmark = pytest.mark.django_db
PUBLIC = {"fr": "Les lecteurs du Potager", "en": "Readers of The Kitchen Garden"}


def phased():
    data = example()
    data["injects"][0] |= {"phase": "peak", "audience": PUBLIC}
    return data


@pytest.fixture
def shift(page, begin):
    load_scenario(phased(), force=True)
    page.scenario.refresh_from_db()
    shift = begin(timezone.now() - timedelta(minutes=4))
    return Shift.objects.select_related("version").get(pk=shift.pk)


def test_a_scenario_without_phases_keeps_its_fingerprint(scenario):
    data = scenario.data()
    assert not any({"phase", "audience"} & set(inject) for inject in data["injects"])
    assert content.fingerprint(data) == scenario.loaded_hash


def test_phase_and_audience_go_from_the_file_to_the_editor_and_back(scenario):
    load_scenario(phased())
    assert to_dict(Scenario.objects.get().parsed()) == to_dict(from_dict(phased()))


def test_nobody_on_duty_reads_them(shift, client, enrolled):
    client.force_login(enrolled)
    desk = client.get(reverse("sandbox:desk", args=[shift.key])).content.decode()
    assert PUBLIC["fr"] not in desk


def test_the_log_of_the_crisis_says_what_came_in_which_phase(shift):
    finish_shift(shift=shift, now=timezone.now())
    lines = {str(line.label): line.told for line in debrief_of(Shift.objects.get(pk=shift.pk)).crisis}
    (told,) = (told for label, told in lines.items() if "Phase" in label)
    assert PUBLIC["fr"] in told


def test_without_phases_the_log_is_as_before(page, begin):
    shift = begin(timezone.now() - timedelta(minutes=4))
    finish_shift(shift=shift, now=timezone.now())
    assert not [line for line in debrief_of(shift).crisis if "Phase" in str(line.label)]
