import json

import pytest

from sandbox import content
from sandbox.content.shape import STREAMS
from sandbox.engine.parsing import from_dict
from sandbox.loading import ScenarioError, load_scenario
from sandbox.models import Scenario, ScenarioVersion
from tests.sandbox.samples import example, herbarium

pytestmark = pytest.mark.django_db


def edit(scenario, **fields):
    for name, value in fields.items():
        setattr(scenario, name, value)
    scenario.save()
    scenario.save_revision().publish()


def test_a_loaded_scenario_plays_exactly_as_its_file():
    assert load_scenario(example()) == "created"
    assert Scenario.objects.get().parsed() == herbarium()


def test_loading_publishes_and_freezes_a_version():
    load_scenario(example())
    scenario = Scenario.objects.get()
    assert scenario.live
    assert from_dict(ScenarioVersion.objects.get(scenario=scenario, number=1).data) == herbarium()


def test_loading_twice_changes_nothing():
    load_scenario(example())
    assert load_scenario(example()) == "unchanged"
    assert ScenarioVersion.objects.count() == 1


def test_a_changed_file_updates_what_nobody_touched_and_freezes_a_new_version():
    load_scenario(example())
    changed = example()
    changed["duration"] = 70
    assert load_scenario(changed) == "updated"
    assert Scenario.objects.get().duration == 70
    assert list(ScenarioVersion.objects.values_list("number", flat=True)) == [2, 1]


def test_what_an_instructor_changed_is_kept_unless_forced():
    load_scenario(example())
    edit(Scenario.objects.get(), title_en="My own morning")
    assert load_scenario(example()) == "kept"
    assert Scenario.objects.get().title_en == "My own morning"
    assert load_scenario(example(), force=True) == "updated"
    assert Scenario.objects.get().title_en == "A morning at the herbarium"


def test_a_draft_nobody_published_yet_is_kept_too():
    load_scenario(example())
    scenario = Scenario.objects.get()
    scenario.title_en = "Being written"
    scenario.save_revision()
    changed = example()
    changed["duration"] = 70
    assert load_scenario(changed) == "kept"


def test_a_scenario_written_by_hand_under_the_same_name_is_kept():
    Scenario.objects.create(**content.to_fields(example()), loaded_hash="")
    changed = example()
    changed["duration"] = 70
    assert load_scenario(changed) == "kept"


def test_a_wrong_file_names_the_place_and_changes_nothing():
    load_scenario(example())
    wrong = example()
    wrong["comments"][2]["persona"] = "nobody"
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(wrong)
    assert refusal.value.path == "comments[2].persona"
    assert "nobody" in refusal.value.reason
    assert load_scenario(example()) == "unchanged"


def test_the_canonical_mapping_survives_json_and_the_way_back():
    data = Scenario(**content.to_fields(example())).data()
    again = Scenario(**content.to_fields(json.loads(json.dumps(data)))).data()
    assert again == data
    assert content.fingerprint(again) == content.fingerprint(data)


def test_what_the_admin_would_save_untouched_is_what_was_loaded():
    """The blocks go through Python values and back, as in the editor."""
    load_scenario(example())
    scenario = Scenario.objects.get()
    before = content.fingerprint(scenario.data())
    for name in STREAMS:
        stream = getattr(scenario, name)
        for block in stream:  # builds the Python values
            assert block.value["id"]
        setattr(scenario, name, stream.stream_block.clean(stream))
    assert content.fingerprint(scenario.data()) == before


def test_line_ends_of_a_browser_are_no_change():
    load_scenario(example())
    scenario = Scenario.objects.get()
    before = content.fingerprint(scenario.data())
    scenario.brief_fr = scenario.brief_fr.replace("\n", "\r\n") + "\r\n"
    scenario.brand_tone_en += "\r\n"
    assert content.fingerprint(scenario.data()) == before
