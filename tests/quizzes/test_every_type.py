"""An attempt that meets every type: what leaves the server before the end, what the correction says after."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from quizzes.models import Attempt, Question, Upload
from quizzes.types import TYPES
from tests.factories import UserFactory
from tests.quizzes.building import perfect_fields, plant_picture, plant_quiz, quiz_file, sitting_of
from tests.quizzes.samples import ALL_SAMPLES, MORE_SAMPLES

pytestmark = pytest.mark.django_db

TEXT = b"Monday: answer. Tuesday: listen."
# What only authors write: no page shows it before the end.
SECRETS = ("FEEDBACK", "credit", "correct", "votes", "mean", "4.6", "masked", "every-type-", "at-the-foot", "10.5")


def url(name, *args, language="en"):
    with translation.override(language):
        return reverse(f"quizzes:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def planted(tree, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    plant_picture()
    return plant_quiz(tree, quiz_file("every-type", kinds=ALL_SAMPLES))


@pytest.fixture
def attempt(planted, learner, learner_client):
    planted.enrol(learner)
    assert learner_client.post(url("start", planted.page["en"].pk)).status_code == 302
    return Attempt.objects.latest("pk")


def number_of(attempt, kind):
    return next(q.number for q in sitting_of(attempt).questions if q.type.code == kind)


def send(client, attempt, content=TEXT, name="plan.txt", **fields):
    number = number_of(attempt, "file_upload")
    data = {f"file-{number}": SimpleUploadedFile(name, content), "act": "send", **fields}
    return client.post(url("upload", attempt.key, number), data)


def test_no_response_before_submission_holds_a_key_of_any_type(learner_client, planted, attempt):
    fields = perfect_fields(sitting_of(attempt))
    responses = [send(learner_client, attempt)]
    for language in ("fr", "en"):
        page = url("attempt", attempt.key, language=language)
        responses += [
            learner_client.get(planted.url(language)),
            learner_client.get(page),
            learner_client.post(page, fields),
            learner_client.get(page),
            learner_client.post(url("save", attempt.key, language=language), {**fields, "sequence": "99"}),
            learner_client.get(url("finish", attempt.key, language=language)),
        ]
    addresses = set(re.findall(r'src="([^"]*/picture/[^"]*)"', text(responses[2])))
    assert len(addresses) == 1
    picture = learner_client.get(addresses.pop())
    assert picture.content[8:12] == b"WEBP"
    for response in [*responses, picture]:
        everything = str(response.headers) + (text(response) if response is not picture else str(picture.content))
        for leak in SECRETS:
            assert leak not in everything.replace("Correction", "").replace("correction", ""), leak
    asked = sitting_of(attempt).questions
    assert {q.type.code for q in asked} == set(TYPES)
    ids = {i.rpartition("/")[2] for q in asked for _token, i in (*q.slot.layout.items, *q.slot.layout.pool)}
    page = text(responses[2])
    named = re.findall(r'(?:value|id|name|for)="([^"]*)"', page)
    assert not set(named) & (ids - {"text", "file", "typed"})
    assert page.count("data-slot=") == len(ALL_SAMPLES)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_type_is_saved_shown_again_and_corrected_without_script(learner_client, planted, attempt, language):
    fields = perfect_fields(sitting_of(attempt))
    sent = send(learner_client, attempt, **fields)
    assert sent.url.endswith(f"#question-{number_of(attempt, 'file_upload')}")
    page = text(learner_client.get(url("attempt", attempt.key, language=language)))
    assert page.count('data-progress="complete"') == len(ALL_SAMPLES) + 1  # and the legend
    assert "plan.txt" in page
    assert "l’entrée est offerte" in page
    done = learner_client.post(url("finish", attempt.key, language=language))
    review = unescape(text(learner_client.get(done.url)))
    assert review.count("FEEDBACK") > 25
    assert "plan.txt" in review
    assert '<rect class="spot__frame" x="10" y="80"' in review
    assert "Lou & Co" in review
    assert Attempt.objects.get().awaits_a_marker


def test_a_point_on_the_picture_is_kept_and_corrected(learner_client, attempt):
    number = number_of(attempt, "hot_spot")
    learner_client.post(url("attempt", attempt.key), {f"q{number}-point": "20.5 85", f"q{number}": ""})
    assert 'value="20.5 85"' in text(learner_client.get(url("attempt", attempt.key)))
    learner_client.post(url("finish", attempt.key))
    assert "M20.5 0V100M0 85H100" in text(learner_client.get(url("review", attempt.key)))
    assert sitting_of(attempt).questions[number - 1].score() == 1


def test_a_picture_address_that_was_not_given_is_not_found(learner_client, attempt):
    assert learner_client.get(url("picture", "forged:token:here")).status_code == 404


def test_a_published_hot_spot_keeps_its_picture_when_the_library_loses_it(learner_client, attempt):
    Question.objects.get(kind="hot_spot").save_revision().publish()
    plant_picture().delete()
    page = text(learner_client.get(url("attempt", attempt.key)))
    address = re.search(r'src="([^"]*/picture/[^"]*)"', page)[1]
    assert learner_client.get(address).status_code == 200


# --- files


def test_a_file_is_given_back_to_its_owner_alone(client, learner_client, attempt):
    send(learner_client, attempt, name="../../my <plan>.txt")
    found = Upload.objects.get()
    assert found.name == "my plan .txt"
    address = url("file", attempt.key, found.slot, found.key)
    reply = learner_client.get(address)
    assert b"".join(reply.streaming_content) == TEXT
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    client.logout()
    assert "login" in client.get(address).url


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "plan.txt", "not taken"),
        (b"\x89PNG\r\n\x1a\n....", "plan.pdf", "not taken"),  # an image, where PDF and text are taken
        (b"MZ\x90\0\0", "plan.pdf", "not taken"),
        (b"%PDF-1.7 " + b"x" * 1_100_000, "plan.pdf", "too large"),
        (b"", "plan.txt", "Choose a file"),
    ],
)
def test_a_file_is_judged_by_its_content(learner_client, attempt, content, name, reason):
    page = learner_client.get(send(learner_client, attempt, content, name).url)
    assert reason in text(page)
    assert not Upload.objects.exists()


def test_a_file_is_replaced_taken_back_and_keeps_the_other_answers(learner_client, attempt):
    number, first = number_of(attempt, "file_upload"), number_of(attempt, "single_choice")
    fields = perfect_fields(sitting_of(attempt))
    send(learner_client, attempt, **{f"q{first}": fields[f"q{first}"]})
    send(learner_client, attempt, b"%PDF-1.7 better", "better.pdf")
    asked = sitting_of(attempt).questions
    assert (asked[number - 1].response["name"], asked[first - 1].response) == ("better.pdf", {"a": "1"})
    learner_client.post(url("upload", attempt.key, number), {"act": "remove"})
    assert not sitting_of(attempt).questions[number - 1].response


def test_no_file_is_taken_after_the_end_or_for_another_question(client, learner_client, attempt):
    other = url("upload", attempt.key, number_of(attempt, "essay"))
    assert learner_client.post(other, {"act": "send"}).status_code == 404
    assert learner_client.get(other).status_code == 405
    client.force_login(UserFactory())
    assert send(client, attempt).status_code == 404
    client.logout()
    learner_client.force_login(attempt.user)
    learner_client.post(url("finish", attempt.key))
    assert send(learner_client, attempt).url == url("review", attempt.key)
    assert not Upload.objects.exists()


def test_a_file_leaves_the_disk_with_its_owner(learner_client, attempt, django_capture_on_commit_callbacks):
    send(learner_client, attempt)
    place = Path(Upload.objects.get().file.path)
    assert place.read_bytes() == TEXT
    with django_capture_on_commit_callbacks(execute=True):
        attempt.user.delete()
    assert not place.exists()


def test_the_queries_of_a_page_with_every_type_are_few(learner_client, attempt, django_assert_max_num_queries):
    learner_client.get(url("attempt", attempt.key))
    with django_assert_max_num_queries(9):
        learner_client.get(url("attempt", attempt.key))
    assert set(MORE_SAMPLES) < set(ALL_SAMPLES)
