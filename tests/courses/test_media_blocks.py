"""Videos, recordings and downloads: played in pieces, private where the course is, what their names say."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from courses.blocks.media import AudioBlock, DownloadBlock, VideoBlock
from courses.formats.assets import ASSETS, is_what_it_says
from courses.formats.errors import FileError
from courses.formats.lesson import parse_body
from courses.models import Note
from courses.services import enrol
from tests.conftest import NOW
from tests.courses.test_media import upload as picture

pytestmark = pytest.mark.django_db
MP4 = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 4
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nGood morning.\n"
CONTENTS = {"mp4": MP4, "vtt": VTT, "mp3": b"ID3" + b"\0" * 99, "pdf": b"%PDF-1.7\n", "docx": b"PK\x03\x04zip"}


def upload(name, content=None):
    content = CONTENTS[name.split(".")[-1]] if content is None else content
    return get_document_model().objects.create(title=name, file=ContentFile(content, name))


def media():
    return [
        ("video", {"title": "At the desk", "file": upload("desk.mp4"), "captions": upload("desk.vtt"), "transcript": "Good **morning**."}),
        ("audio", {"title": "A call", "file": upload("call.mp3"), "transcript": "Hello."}),
        ("download", {"title": "A charter", "file": upload("charter.docx"), "text": "To fill in."}),
    ]  # fmt: skip


@pytest.fixture
def lesson(tree):
    page = tree.lessons["fr"][0]
    page.open_to_all = True
    page.body = media()
    page.save_revision().publish()
    return page


def test_a_lesson_shows_its_own_media_with_captions_and_transcript(client, lesson):
    html = client.get(lesson.url).content.decode()
    for block in lesson.body:
        assert block.value["file"].url in html
    assert '<track kind="captions"' in html
    assert "Good <strong>morning</strong>." in html
    assert "<iframe" not in html


def images_and_media(times, exercises):
    shown = [{"image": picture(f"{n}.png"), "alt": "A feed", "caption": ""} for n in range(times)]
    spots = [{"key": k, "x": 1, "y": 2, "label": k, "correct": k == "a", "feedback": "Why."} for k in "ab"]
    asked = {"prompt": "Where?", "image": picture("spot.png"), "alt": "A feed", "spots": spots}
    body = [("figure", value) for value in shown]
    body += [("hotspot", asked | {"key": f"h{n}"}) for n in range(times) if exercises]
    return body + [block for _ in range(times) for block in media()]


@pytest.mark.parametrize(("exercises", "most"), [(False, 11), (True, 12)])
def test_a_lesson_costs_the_same_however_many_files_it_shows(learner_client, learner, tree, exercises, most):
    enrol(user=learner, course_key=tree.course["fr"].translation_key, now=NOW)
    page, counts = tree.lessons["fr"][0], []
    Note.objects.create(
        user=learner, course_key=tree.course["fr"].translation_key, activity_key=page.translation_key, text="Own words."
    )
    for times in (1, 6):
        page.body = images_and_media(times, exercises)
        page.save_revision().publish()
        learner_client.get(page.url)  # renditions are made once
        with CaptureQueriesContext(connection) as queries:
            html = learner_client.get(page.url).content.decode()
        counts.append(len(queries))
        assert "Own words." in html
        assert html.count("<img") >= times
        assert html.count("<video") == times
    assert counts[0] == counts[1] <= most


def test_a_file_that_is_gone_leaves_the_rest_of_the_lesson(client, lesson):
    kept = lesson.body[1].value["file"].url
    get_document_model().objects.filter(title="desk.vtt").delete()
    html = client.get(lesson.url).content.decode()
    assert kept in html
    assert "<track" not in html


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [("", 200, 0, None), ("bytes=0-3", 206, 0, 4), ("bytes=4-", 206, 4, None), ("bytes=-6", 206, -6, None),
     ("bytes=5-99999", 206, 5, None), ("bytes=4-2", 416, 0, 0), ("lines=1-2", 200, 0, None)],
)  # fmt: skip
def test_a_player_gets_the_piece_it_asks_for(client, lesson, asked, status, start, end):
    url = lesson.body[0].value["file"].url
    response = client.get(url, headers={"Range": asked} if asked else {})
    assert response.status_code == status
    if status == 416:
        assert response["Content-Range"] == f"bytes */{len(MP4)}"
        return
    assert b"".join(response.streaming_content) == MP4[start:end]
    assert response["Content-Type"] == "video/mp4"
    assert response["Accept-Ranges"] == "bytes"


def test_captions_are_text(client, lesson):
    captions = client.get(lesson.body[0].value["captions"].url)
    assert captions["Content-Type"] == "text/vtt"
    assert b"".join(captions.streaming_content) == VTT


def test_a_download_is_attached_and_private_too(client, tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    page = tree.lessons["fr"][0]
    page.body = media()[2:]
    page.save_revision().publish()
    url = page.body[0].value["file"].url
    response = client.get(url)
    assert "attachment" in response["Content-Disposition"]
    assert b"".join(response.streaming_content) == CONTENTS["docx"]
    PageViewRestriction.objects.create(page=tree.course["fr"], restriction_type="login")
    assert client.get(url).status_code == 404


def test_the_media_of_a_private_course_are_not_found_by_strangers(client, tree, learner, lesson):
    restriction = PageViewRestriction.objects.create(page=tree.course["fr"], restriction_type="groups")
    restriction.groups.add(group := Group.objects.create(name="Class of May"))
    urls = [block.value["file"].url for block in list(lesson.body)[:2]]
    assert {client.get(url).status_code for url in urls} == {404}
    client.force_login(learner)
    assert {client.get(url).status_code for url in urls} == {404}
    learner.groups.add(group)
    assert {client.get(url).status_code for url in urls} == {200}


@pytest.mark.parametrize(
    ("block", "name", "content", "reason"),
    [
        (VideoBlock(), "desk.pdf", None, "one of these kinds: mp4, webm"),
        (VideoBlock(), "desk.mp4", b"<html>", "not what its name says"),
        (AudioBlock(), "call.mp3", MP4, "not what its name says"),
        (DownloadBlock(), "charter.docx", b"MZ program", "not what its name says"),
    ],
)
def test_a_file_is_of_its_kind_and_really_so(block, name, content, reason):
    with pytest.raises(ValidationError) as error:
        block.child_blocks["file"].clean(upload(name, content))
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("ending", "content", "is_it"),
    [("txt", "naïve".encode(), True), ("csv", b"a\0b", False), ("txt", b"\xff\xfe", False), ("webm", b"\x1a\x45\xdf\xa3", True),
     ("ogg", b"OggS", True), ("opus", b"Ogg", False), ("vtt", b"\xef\xbb\xbfWEBVTT", True), ("exe", b"MZ", False), ("pdf", b"", False)],
)  # fmt: skip
def test_a_kind_is_told_by_its_first_bytes(ending, content, is_it):
    assert is_what_it_says(ending, content) is is_it


@pytest.mark.parametrize(
    "path", ["desk.mp4", "media/../desk.mp4", "images/desk.mp4", "media/desk.exe", "/media/desk.mp4"]
)
def test_a_path_leads_nowhere_but_beside_the_lesson(path):
    with pytest.raises(FileError, match="media/ and a name"):
        parse_body(f":::video\ntitle: T\nfile: {path}\ntranscript: |\n  Words.\n:::\n", file="l")


def test_every_block_with_a_file_says_where_it_may_stand():
    assert set(ASSETS) == {"figure", "hotspot", "video", "audio", "download"}
