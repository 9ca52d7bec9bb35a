"""Exercises in a lesson: answered, judged, remembered; the key is never in the page before the answer."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.urls import reverse
from wagtail.blocks import StreamBlock, StructBlockValidationError

from courses import services
from courses.blocks import BODY_BLOCKS, InteractiveBlock
from courses.models import CheckAnswer, LessonPage
from tests.conftest import NOW
from tests.courses.test_media import upload
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

STREAM = StreamBlock(BODY_BLOCKS)
SORT = {
    "key": "s1", "prompt": "Where?", "categories": [{"key": "stays", "label": "Stays"}, {"key": "goes", "label": "Goes"}],
    "items": [
        {"key": "a", "text": "A disgrace", "category": "stays", "feedback": "Fair criticism."},
        {"key": "b", "text": "Win a phone", "category": "goes", "feedback": "Plain spam."},
    ],
}  # fmt: skip
ORDER = {
    "key": "o1", "prompt": "Which order?", "answer": "Reading comes first.",
    "items": [{"key": k, "text": t} for k, t in (("a", "Read"), ("b", "Answer"), ("c", "Follow up"))],
}  # fmt: skip
COMPARE = {
    "key": "c1", "prompt": "Which one?", "message": "I queue.", "better": "b", "answer": "It has read the message.",
    "a": {"text": "Sorry.", "remark": "Says nothing."}, "b": {"text": "The till reopens at two.", "remark": "Says when."},
}  # fmt: skip
STORY = {
    "key": "d1", "title": "The joke",
    "scenes": [
        {"key": "start", "title": "", "text": "It wounds.", "ending": "", "choices": [
            {"key": "a", "text": "Delete", "to": "gone"}, {"key": "b", "text": "Say sorry", "to": "next"}]},
        {"key": "next", "title": "", "text": "They ask why.", "ending": "", "choices": [
            {"key": "a", "text": "Tell", "to": "well"}, {"key": "b", "text": "Hide it", "to": "gone"}]},
        {"key": "gone", "title": "The capture travels", "text": "Kept by somebody.", "ending": "bad", "choices": []},
        {"key": "well", "title": "Over by noon", "text": "People move on.", "ending": "good", "choices": []},
    ],
}  # fmt: skip
GRID = {
    "key": "g1", "title": "Where do I stand?", "prompt": "Only you.", "scale": ["No", "A bit", "Yes"],
    "rows": [
        {"key": "x", "label": "Judgement", "text": "I wait.", "advice": "Sleep on it."},
        {"key": "y", "label": "Empathy", "text": "I name it.", "advice": ""},
    ],
}  # fmt: skip
REVEAL = {"key": "r1", "prompt": "Write it.", "answer": "An expert would apologise."}


def hotspot():
    spots = [
        {"key": "a", "x": 20.5, "y": 30, "label": "First line", "correct": True, "feedback": "The label is missing."},
        {"key": "b", "x": 80, "y": 90, "label": "Hashtags", "correct": False, "feedback": "Too late there."},
    ]
    return {"key": "h1", "prompt": "Where?", "image": upload(), "alt": "A post", "spots": spots}


def values():
    return {"sort": SORT, "order": ORDER, "compare": COMPARE, "story": STORY, "grid": GRID, "reveal": REVEAL,
            "hotspot": hotspot()}  # fmt: skip


@pytest.fixture
def lesson(tree):
    page = tree.lessons["en"][0]
    page.body = list(values().items())
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


@pytest.fixture
def enrolled(tree, learner):
    return services.enrol(user=learner, course_key=tree.course_key, now=NOW)


@pytest.fixture
def answer(learner_client, enrolled, lesson):
    """Answer a block as a script would: `answer("s1", {...})` gives the fragment."""

    def post(key, data):
        response = learner_client.post(url(lesson, key), data, headers={"HX-Request": "true"})
        assert response.status_code == 200
        return response.content.decode()

    return post


def url(lesson, key):
    return reverse("courses:answer_block", args=[lesson.pk, key])


SECRETS = ("Fair criticism", "Plain spam", "Reading comes first", "Says nothing", "Says when", "has read the message",
           "They ask why", "The capture travels", "Over by noon", "Sleep on it", "expert would apologise",
           "label is missing", "Too late there")  # fmt: skip


def test_the_page_gives_no_key_away(learner_client, enrolled, lesson):
    html = learner_client.get(lesson.url).content.decode()
    assert "A disgrace" in html
    assert "It wounds." in html
    assert [secret for secret in SECRETS if secret in html] == []
    order = [
        html.index(f">{text} ") if f">{text} " in html else html.index(f">{text}<")
        for text in ("Read", "Answer", "Follow up")
    ]
    assert order != sorted(order), "steps are never shown in the right order first"


def test_the_search_finds_no_answer(lesson):
    words = lesson.search_words()
    assert [secret for secret in SECRETS if secret in words] == []


def test_answers_cost_the_lesson_no_query_each(learner_client, enrolled, lesson, answer, django_assert_max_num_queries):
    learner_client.get(lesson.url)
    answer("s1", {"place-a": "stays", "place-b": "goes"})
    answer("c1", {"choice": "b"})
    with django_assert_max_num_queries(11):
        learner_client.get(lesson.url)


def test_what_is_sorted_right_says_why_and_the_rest_only_at_the_second_try(answer):
    html = answer("s1", {"place-a": "stays", "place-b": "stays"})
    assert "1 of 2 is in its place" in html
    assert "Fair criticism." in html
    assert "Plain spam." not in html
    html = answer("s1", {"place-a": "goes", "place-b": "stays"})
    assert "Plain spam." in html
    html = answer("s1", {"place-a": "stays", "place-b": "goes"})
    assert "Everything is in its place." in html
    kept = CheckAnswer.objects.get()
    assert (kept.correct, kept.tries, kept.chosen) == (True, 3, {"a": "stays", "b": "goes"})


@pytest.mark.parametrize("data", [{}, {"place-a": "stays"}, {"place-a": "stays", "place-b": "nowhere"}])
def test_half_a_sorting_says_what_is_missing_and_keeps_nothing(answer, data):
    assert "Give each of them a place first." in answer("s1", data)
    assert not CheckAnswer.objects.exists()


def places(*order):
    from courses.blocks.interactive import token

    return {f"place-{token('o1', key)}": str(n) for n, key in enumerate(order, start=1)}


def test_steps_are_put_in_order(answer):
    assert "Not yet." in answer("o1", places("b", "a", "c"))
    html = answer("o1", places("c", "a", "b"))
    assert "Reading comes first." in html, "the second try opens the explanation"
    assert "That is the order." in answer("o1", places("a", "b", "c"))
    assert CheckAnswer.objects.get().chosen == ["a", "b", "c"]


def test_two_steps_in_one_place_are_refused(answer):
    data = places("a", "b", "c")
    assert "a place of its own" in answer("o1", dict.fromkeys(data, "1"))


def test_the_reply_chosen_and_why_are_remembered_beside_the_remarks(answer, learner_client, lesson):
    html = answer("c1", {"choice": "a", "why": "It is <b>polite</b>."})
    assert "Says nothing." in html
    assert "would take the other one" in html
    page = learner_client.get(lesson.url).content.decode()
    assert "It is &lt;b&gt;polite&lt;/b&gt;." in page
    assert CheckAnswer.objects.get().correct is False


def test_a_story_goes_on_step_by_step_to_an_ending_and_its_picture(answer):
    html = answer("d1", {"path": "", "choice": "b"})
    assert "They ask why." in html
    assert "The path you took" not in html
    html = answer("d1", {"path": "b", "choice": "a"})
    assert "Over by noon" in html
    assert "The path you took" in html
    assert "seen 1 ending of 2" in html
    assert "It wounds." in answer("d1", {"path": "b.a", "again": "1"})
    assert "seen 2 endings of 2" in answer("d1", {"path": "", "choice": "a"})
    assert CheckAnswer.objects.get().chosen == {"path": ["a"], "seen": ["gone", "well"]}


def test_a_double_click_on_a_choice_is_one_step(answer):
    for _ in range(2):
        html = answer("d1", {"path": "", "choice": "b"})
    assert "They ask why." in html
    kept = CheckAnswer.objects.get()
    assert (kept.chosen["path"], kept.tries) == (["b"], 1)


def test_one_step_back_and_a_path_nobody_could_take(answer):
    answer("d1", {"path": "b", "choice": "a"})
    assert "They ask why." in answer("d1", {"path": "b.a", "back": "1"})
    assert "It wounds." in answer("d1", {"path": "z.z.z", "choice": "q"})


def test_a_self_assessment_is_kept_by_day_and_compared(lesson, learner, learner_client, enrolled):
    block, value = lesson.interactive("g1")

    def rate(marks, days):
        state = block.state_of(value, QueryDict("&".join(f"mark-{k}={v}" for k, v in marks.items())))
        services.answer_block(
            user=learner, lesson=lesson, block=block, value=value, state=state, now=NOW + dt.timedelta(days=days)
        )

    rate({"x": 1, "y": 2}, 0)
    rate({"x": 1, "y": 3}, 0)
    rate({"x": 3, "y": 2}, 90)
    kept = CheckAnswer.objects.get()
    assert [rating["marks"] for rating in kept.chosen["ratings"]] == [{"x": 1, "y": 3}, {"x": 3, "y": 2}]
    assert kept.correct is None
    html = learner_client.get(lesson.url).content.decode()
    assert "the ring marks March 2, 2026" in html
    assert "up by" in html
    assert "down by" in html


def test_a_self_assessment_keeps_a_dozen_days(lesson):
    block, value = lesson.interactive("g1")
    kept = None
    for day in range(20):
        state = block.state_of(value, QueryDict("mark-x=1&mark-y=2"))
        kept = block.settle(state, kept, NOW + dt.timedelta(days=day))
    assert len(kept["ratings"]) == 12
    assert kept["ratings"][-1]["on"] == "2026-03-21"


def test_the_lowest_quality_gets_its_advice(answer):
    assert "Sleep on it." in answer("g1", {"mark-x": "1", "mark-y": "3"})
    assert "Rate every line first." in answer("g1", {"mark-x": "1", "mark-y": "9"})


def test_places_on_an_image_are_found(answer):
    html = answer("h1", {"choice": ["a", "b"]})
    assert "Not quite" in html
    assert 'x="20.5%"' in html
    assert "You have found" in answer("h1", {"choice": ["a"]})


def test_the_expert_answers_whoever_has_thought_even_without_a_word(answer):
    assert "expert would apologise" in answer("r1", {"words": ""})
    assert "My <i>words</i>" not in answer("r1", {"words": "My <i>words</i>"})
    assert CheckAnswer.objects.get().chosen == "My <i>words</i>"


@pytest.mark.parametrize(
    ("key", "data", "said"),
    [
        ("s1", {"place-a": "stays", "place-b": "goes"}, "Everything is in its place."),
        ("c1", {"choice": "b"}, "as an experienced colleague would"),
        ("d1", {"path": "b", "choice": "a"}, "Over by noon"),
        ("g1", {"mark-x": "1", "mark-y": "3"}, "Sleep on it."),
    ],
)
def test_without_script_and_without_account_the_answer_is_shown_and_kept_nowhere(client, lesson, key, data, said):
    LessonPage.objects.update(open_to_all=True)
    response = client.post(url(lesson, key), data, follow=True)
    assert response.redirect_chain[-1][0].endswith(f"#ask-{key}")
    assert said in response.content.decode()
    assert not CheckAnswer.objects.exists()


def test_without_script_a_learner_comes_back_to_the_exercise(learner_client, enrolled, lesson):
    response = learner_client.post(url(lesson, "s1"), {})
    assert response["Location"] == f"{lesson.url}?unanswered=s1#ask-s1"
    assert "Give each of them a place first." in learner_client.get(response["Location"]).content.decode()


def test_an_answer_is_its_learners_own_and_the_same_in_both_languages(answer, tree, lesson, client, enrolled):
    french = tree.lessons["fr"][0]
    french.body = list(values().items())
    french.save_revision().publish()
    answer("c1", {"choice": "b", "why": "Because it says when."})
    stranger = UserFactory()
    services.enrol(user=stranger, course_key=tree.course_key, now=NOW)
    assert "Because it says when." in client.get(french.url).content.decode()
    client.force_login(stranger)
    assert "Because it says when." not in client.get(french.url).content.decode()


def test_strangers_and_unknown_exercises_meet_404(client, learner_client, lesson):
    assert learner_client.post(url(lesson, "s1"), {}).status_code == 404
    client.logout()
    assert client.post(url(lesson, "s1"), {}).status_code == 404
    LessonPage.objects.update(open_to_all=True)
    assert client.post(url(lesson, "nothing"), {}).status_code == 404
    assert client.get(url(lesson, "s1")).status_code == 405


def test_an_answer_left_by_another_block_or_an_older_text_breaks_nothing(learner, learner_client, enrolled, lesson):
    for key, chosen in {"s1": ["a"], "o1": ["b", "gone"], "d1": {"path": ["b", "zzz"], "seen": ["old"]}, "c1": "x",
                        "g1": {"ratings": [{"on": "2026-01-01", "marks": {"x": 9}}]}}.items():  # fmt: skip
        CheckAnswer.objects.create(
            user=learner,
            activity_key=lesson.translation_key,
            check_key=key,
            chosen=chosen,
            correct=True,
            answered_at=NOW,
        )
    assert learner_client.get(lesson.url).status_code == 200


FAULTS = [
    ("sort", SORT | {"items": [SORT["items"][0] | {"category": "zz"}, SORT["items"][1]]}, "No category has the letter"),
    ("sort", SORT | {"items": [SORT["items"][0]] * 2}, "share the same letter"),
    ("order", ORDER | {"items": [ORDER["items"][0]] * 3}, "share the same letter"),
    ("story", STORY | {"scenes": [*STORY["scenes"][:2], STORY["scenes"][3]]}, "there is no such scene"),
    ("story", STORY | {"scenes": [*STORY["scenes"], STORY["scenes"][3] | {"key": "lost"}]}, "No choice leads to"),
    ("grid", GRID | {"rows": [GRID["rows"][0]] * 2}, "share the same letter"),
]


@pytest.mark.parametrize(("kind", "value", "reason"), FAULTS)
def test_an_author_is_told_what_does_not_agree(kind, value, reason):
    block = STREAM.child_blocks[kind]
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.normalize(value))
    assert reason in str(error.value.as_json_data())


@pytest.mark.parametrize("kind", [name for name, block in BODY_BLOCKS if isinstance(block, InteractiveBlock)])
def test_every_exercise_has_a_preview_for_the_block_library(kind):
    block = STREAM.child_blocks[kind]
    if kind == "hotspot":
        return
    html = block.render(block.normalize(block.get_preview_value()), {})
    assert "preview" in html
