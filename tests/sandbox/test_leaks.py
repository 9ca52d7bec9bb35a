"""Nothing of the future, nothing of the key, nothing of another's shift in any answer, whatever a browser sends."""

import html
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.urls import reverse
from django.utils import timezone

import courses
from sandbox import playing, services
from sandbox.engine.replay import replay
from sandbox.loading import load_scenario
from sandbox.models import Act, Scenario, Shift
from sandbox.urls import urlpatterns
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FILES = sorted((Path(courses.__file__).parent / "curriculum").glob("*/*/scenario.yaml"))
OPENING = 40  # characters: enough to know a text by, even cut short
FORGED = ["", "999-99-9-9-0-0-999.0", "0-0-0-0-99-0-0.0", "-1--1-0-0-0-0-0.0"]


@pytest.fixture(params=FILES, ids=lambda file: file.parent.name)
def duty(request, learner, client):
    """A desk of a shipped scenario: `duty("exam", 30)` has it stand at that minute."""
    data = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    load_scenario(data)
    scenario = Scenario.objects.get(identifier=data["scenario"])
    client.force_login(learner)

    def stand(mode, minute):
        shift = services.start_shift(
            user=learner, scenario=scenario, course_key=uuid4(), activity_key=uuid4(), mode=mode, seed=scenario.seed,
            now=timezone.now(),
        )  # fmt: skip
        Shift.objects.filter(pk=shift.pk).update(clock_minute=minute, clock_from=None)
        return Shift.objects.select_related("version").get(pk=shift.pk)

    return stand


def opening(text):
    return " ".join(text.split())[:OPENING]


def secrets(shift, minute):
    """Return what must not be read yet: texts still to come, and everything the key says."""
    scenario = playing.scenario_of(shift)
    world = replay(scenario, shift.seed, playing.acts_of(shift), minute)
    come = {s.comment.id for s in world.comments}
    texts = [c.text for c in scenario.find.values() if c.id not in come]
    texts += [i.text for i in scenario.injects.values() if i.id not in {s.inject.id for s in world.injects}]
    texts += [a.text for a in scenario.appeals.values() if a.id not in {s.appeal.id for s in world.appeals}]
    texts += [p.text for p in scenario.posts if p.minute > minute]
    texts += [c.rationale for c in scenario.find.values()] + [a.rationale for a in scenario.appeals.values()]
    texts += [why for c in scenario.find.values() for why in c.forbidden.values()]
    texts += [i.note for i in scenario.injects.values()]
    texts += [] if shift.practice else [c.hint for c in scenario.find.values()]
    known = {opening(s.comment.text.get(code)) for s in world.comments for code in ("fr", "en")}
    openings = {opening(text.get(code)) for text in texts for code in ("fr", "en")}
    return {text for text in openings - known if len(text) >= OPENING // 2}


def everything_said(client, shift, language):
    """Ask for all a browser can ask of a desk, and for what it should not; return the answers as one text."""
    scenario = playing.scenario_of(shift)
    some = list(scenario.find)[::5]  # come or not

    def url(name):
        return reverse(f"sandbox:{name}", args=[shift.key]).replace("/fr/", f"/{language}/")

    fragment = {"X-Desk": "fragment"}
    answers = [client.get(url("desk")), *(client.get(url("desk"), {"c": c}, headers=fragment) for c in some)]
    answers += [client.get(url("desk"), {"c": f"appeal:{a}"}, headers=fragment) for a in scenario.appeals]
    answers += [
        client.get(url("desk"), {"order": "oldest", "words": "", "only": f"post:{p.id}"}) for p in scenario.posts
    ]
    answers += [client.get(url("poll"), {"cursor": cursor, "empty": "1"}, headers=fragment) for cursor in FORGED]
    for comment in some:
        act = {
            "key": uuid4(),
            "action": "remove",
            "comment": comment,
        }  # without a reason: refused, for what has come too
        answers.append(client.post(url("act"), act, headers=fragment))
    several = {"key": uuid4(), "action": "keep", "comments": list(scenario.find)}
    answers.append(client.post(url("bulk"), several, headers=fragment))
    answers.append(client.get(url("debrief")))
    return " ".join(
        html.unescape(" ".join([*map(str, answer.headers.items()), answer.content.decode(errors="ignore")]))
        for answer in answers
    )


@pytest.mark.parametrize(
    ("mode", "minute", "language"), [("practice", 0.5, "fr"), ("practice", 31, "en"), ("exam", 48, "fr")]
)
def test_no_answer_of_a_running_shift_holds_the_future_or_the_key(duty, client, mode, minute, language):
    shift = duty(mode, minute)
    kept = secrets(shift, minute)
    assert len(kept) > 50
    said = " ".join(everything_said(client, shift, language).split())
    assert sorted(text for text in kept if text in said) == []
    assert not Act.objects.exists()


def test_an_act_happens_when_the_server_says_and_a_key_used_before_counts_for_nothing(duty, client):
    shift = duty("practice", 12.0)
    url = reverse("sandbox:act", args=[shift.key])
    first = replay(playing.scenario_of(shift), shift.seed, (), 12.0).comments[0].comment.id
    sent = {
        "key": uuid4(),
        "action": "keep",
        "comment": first,
        "minute": "90",
        "sequence": "7",
        "received_at": "2030-01-01",
    }
    client.post(url, sent)
    Shift.objects.update(clock_minute=20.0)
    client.post(url, sent)
    act = Act.objects.get()
    assert (act.minute, act.sequence, act.received_at.year) == (12.0, 1, timezone.now().year)


@pytest.mark.parametrize("pattern", [p for p in urlpatterns if "uuid:key" in str(p.pattern)], ids=lambda p: p.name)
@pytest.mark.parametrize("state", ["running", "ended"])
def test_every_address_of_a_shift_is_a_404_for_anybody_else(begin, client, pattern, state):
    shift = begin(timezone.now())
    if state == "ended":
        services.finish_shift(shift=shift, now=timezone.now())
        services.write_words(shift=shift, words="", now=timezone.now())
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    more = {"comment": "c01"} if "<str:comment>" in str(pattern.pattern) else {}
    more |= {"act_key": uuid4()} if "act_key" in str(pattern.pattern) else {}
    url = reverse(f"sandbox:{pattern.name}", kwargs={"key": shift.key, **more})
    sent = {
        "key": uuid4(),
        "action": "keep",
        "comment": "c01",
        "comments": ["c01"],
        "wish": "finish",
        "text": "x",
        "words": "x",
    }
    answers = [client.get(url), client.get(url, headers={"X-Desk": "fragment"}), client.post(url, sent)]
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert 404 in {answer.status_code for answer in answers}
    assert not Act.objects.exists()
