import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import nested_form_data, streamfield

from sandbox.engine.parsing import from_dict
from sandbox.engine.reader import ScenarioError
from sandbox.models import Scenario, ScenarioVersion
from sandbox.scenario_form import worded
from tests.factories import instructor, plain_learner
from tests.sandbox.samples import example

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(instructor())
    return client


def test_an_instructor_finds_and_opens_a_scenario(desk, scenario):
    listing = desk.get(reverse("wagtailsnippets_sandbox_scenario:list"))
    assert "example-herbarium" in listing.content.decode()
    editor = desk.get(reverse("wagtailsnippets_sandbox_scenario:edit", args=[scenario.pk]))
    assert editor.status_code == 200
    assert "sandbox-bilingual" in editor.content.decode()


def test_the_editor_offers_appeals_explanations_and_fields_of_ones_own(desk, scenario):
    html = desk.get(reverse("wagtailsnippets_sandbox_scenario:edit", args=[scenario.pk])).content.decode()
    for field in ("scenario-appeals", "scenario-explain", "scenario-macros"):
        assert field in html


def test_saving_the_appeals_and_templates_without_a_change_changes_nothing(scenario):
    before = scenario.data()
    for name in ("appeals", "macros"):
        stream = getattr(scenario, name)
        scenario.__dict__[name] = stream.stream_block.clean(stream)
    scenario.save()
    scenario.refresh_from_db()
    assert scenario.data() == before


def test_a_learner_never_reaches_it(client, scenario):
    client.force_login(plain_learner())
    response = client.get(reverse("wagtailsnippets_sandbox_scenario:edit", args=[scenario.pk]))
    assert response.status_code in (302, 403)


def test_a_comment_added_and_published_is_in_the_next_version(scenario):
    data = scenario.comments.get_prep_value()
    added = dict(data[3]["value"], id="c99", minute=2)
    scenario.comments.append(("comment", scenario.comments.stream_block.child_blocks["comment"].to_python(added)))
    scenario.save_revision().publish()
    newest = ScenarioVersion.objects.filter(scenario=scenario).order_by("-number").first()
    assert newest.number == 2
    assert "c99" in {c.id for c in from_dict(newest.data).comments}


def test_a_refusal_names_the_part_to_mend():
    data = example()
    data["comments"][1]["rule"] = "R9"
    with pytest.raises(ScenarioError) as refusal:
        from_dict(data)
    field, sentence = worded(refusal.value, data)
    assert field == "comments"
    assert "2 (c02)" in sentence.messages[0]
    assert "R9" in sentence.messages[0]


def test_a_refusal_reads_in_the_instructors_language():
    data = example()
    data["comments"][1]["rule"] = "R9"
    with pytest.raises(ScenarioError) as refusal:
        from_dict(data)
    with translation.override("fr"):
        assert "la charte n’a pas de règle «\u00a0R9\u00a0»" in worded(refusal.value, data)[1].messages[0]


def plain_fields(scenario):
    """The form's own fields, without any stream."""
    names = [f.name for f in Scenario._meta.get_fields() if f.concrete and not f.is_relation]
    streams = ("charter", "personas", "posts", "comments", "reactions", "injects", "background", "macros", "appeals",
               "objectives", "topics", "service_levels", "crisis_fitting")  # fmt: skip
    values = {n: getattr(scenario, n) for n in names if n not in streams and getattr(scenario, n) not in (None, "")}
    fields = values | nested_form_data({name: streamfield([]) for name in streams})
    return {f"scenario-{name}": value for name, value in fields.items()}


def test_no_field_shadows_the_editors_own_remarks(desk, scenario):
    editor = desk.get(reverse("wagtailsnippets_sandbox_scenario:edit", args=[scenario.pk])).content.decode()
    assert 'id="scenario-comments"' in editor
    assert 'id="comments"' not in editor


def test_what_cannot_be_played_is_kept_as_a_draft_but_not_published(desk, scenario):
    url = reverse("wagtailsnippets_sandbox_scenario:edit", args=[scenario.pk])
    fields = plain_fields(scenario)
    refused = desk.post(url, fields | {"action-publish": "publish"})
    assert refused.status_code == 200
    assert "one post at least is needed" in refused.content.decode()
    assert desk.post(url, fields).status_code == 302
    scenario.refresh_from_db()
    assert scenario.has_unpublished_changes
    assert len(scenario.comments) == 11
