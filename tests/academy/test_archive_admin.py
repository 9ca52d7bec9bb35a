"""A course leaves and comes back as one archive, through the admin."""

import os
import stat
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from academy import archive_store, archive_views
from academy.curriculum_archive import LIMITS, pack
from academy.curriculum_files import files_of
from academy.curriculum_reading import read_curriculum
from academy.roles import AUTHORS, LEGAL_REVIEWERS
from courses.loading import key_of
from courses.models import Award, CoursePage, Layout, LessonPage
from tests.academy.curriculum_samples import LESSON, write_sample
from tests.factories import UserFactory, instructor, plain_learner, training_manager, user_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/archive/"
CHECK, APPLY = "/admin/archive/check/", "/admin/archive/apply/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.STORAGES = {**settings.STORAGES}  # a storage of its own: what is uploaded here is named by no other test


@pytest.fixture
def files(tmp_path):
    return files_of(read_curriculum(write_sample(tmp_path / "files")))


@pytest.fixture
def author(client, tree):
    client.force_login(instructor())
    return client


def bring(client, content):
    content = pack(content) if isinstance(content, dict) else content
    return client.post(PAGE, {"archive": SimpleUploadedFile("in.zip", content, "application/zip")}, follow=True)


def waiting(tmp_path):
    return len(list((tmp_path / "archives").glob("*.zip"))) if (tmp_path / "archives").exists() else 0


def test_what_would_change_is_shown_first_and_nothing_is_written(author, files, tmp_path):
    before = CoursePage.objects.count()
    html = bring(author, files).content.decode()
    assert "What would change" in html
    assert "gardening" in html
    assert CoursePage.objects.count() == before
    assert waiting(tmp_path) == 1


def test_confirmed_it_is_loaded_once_and_the_archive_is_gone(author, files, tmp_path):
    bring(author, files)
    assert "Loaded:" in author.post(APPLY, follow=True).content.decode()
    assert CoursePage.objects.filter(translation_key=key_of("gardening"), live=True).count() == 2
    assert waiting(tmp_path) == 0
    assert "no longer here" in author.post(APPLY, follow=True).content.decode()  # the second click


def test_what_went_up_comes_down_the_same(author, files):
    bring(author, files)
    author.post(APPLY)
    response = author.get(reverse("curriculum_archive_download", args=["gardening"]))
    with ZipFile(BytesIO(response.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert 'filename="gardening.zip"' in response["Content-Disposition"]
    assert "Nothing would change" in bring(author, response.content).content.decode()


def test_the_screen_says_which_layouts_stay_here(author, files):
    bring(author, files)
    author.post(APPLY)
    assert "layout of a certificate" not in author.get(PAGE).content.decode()
    layout = Layout.objects.create(name="Blue frame")
    Award.objects.update(layout=layout)
    html = author.get(PAGE).content.decode()
    assert "layout of a certificate is not in the file" in html
    assert "title en (Blue frame)" in html


def test_an_edit_made_in_the_admin_is_kept_unless_one_says_otherwise(author, files):
    bring(author, files)
    author.post(APPLY)
    lesson = LessonPage.objects.get(translation_key=key_of(*LESSON.split("/")), locale__language_code="en")
    lesson.title = "Mine"
    lesson.save_revision().publish()
    assert "Kept as it is" in bring(author, files).content.decode()
    assert 'name="force" value="1"' in author.get(CHECK, {"force": "1"}).content.decode()
    author.post(APPLY, {"force": "1"})
    lesson.refresh_from_db()
    assert lesson.title != "Mine"


def test_a_wrong_file_is_named_with_its_line_and_reason_and_nothing_changes(author, files, tmp_path):
    name = f"{LESSON}.en.md"
    wrong = {**files, name: files[name].replace(b"minutes: 8", b"minutes: soon")}
    before = CoursePage.objects.count()
    response = bring(author, wrong)
    html = response.content.decode()
    assert response.status_code == 422
    assert f"<code>{name}</code>" in html
    assert "<dt>Line</dt>" in html
    assert "Nothing was changed." in html
    assert (CoursePage.objects.count(), waiting(tmp_path)) == (before, 0)
    assert str(tmp_path) not in html


def entry(name, kind):
    info = ZipInfo(name)
    info.external_attr = kind << 16
    return info


@pytest.mark.parametrize(
    "name", ["../../outside.md", "/etc/cron.d/x.md", entry("a/b.md", stat.S_IFLNK | 0o777), "a/run.py"]
)
def test_an_archive_that_leads_out_is_refused(author, name):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    assert "cannot be loaded" in bring(author, buffer.getvalue()).content.decode()


def test_what_is_no_archive_or_unpacks_to_too_much_is_refused(author):
    assert "not a zip archive" in bring(author, b"hello").content.decode()
    buffer = BytesIO()
    with ZipFile(buffer, "w", 8) as archive:
        archive.writestr("a/course.fr.md", b"0" * (LIMITS.file + 1))
    assert len(buffer.getvalue()) < LIMITS.file / 100
    assert "larger than" in bring(author, buffer.getvalue()).content.decode()


def test_more_than_an_archive_may_weigh_is_refused(author, monkeypatch, tmp_path):
    monkeypatch.setattr(archive_store, "LARGEST", 10)
    response = bring(author, b"0" * 11)
    assert response.status_code == 422
    assert "larger than 50 MB" in response.content.decode()
    assert waiting(tmp_path) == 0


def test_too_many_in_a_short_while_are_refused(author, monkeypatch):
    monkeypatch.setattr(archive_views, "UPLOADS", 2)
    for _ in range(2):
        assert bring(author, b"hello").status_code == 422
    assert bring(author, b"hello").status_code == 429


def test_a_course_with_marked_pages_goes_through_its_workflow_not_through_an_archive(author, client, files):
    bring(author, files)
    author.post(APPLY)
    LessonPage.objects.filter(translation_key=key_of(*LESSON.split("/"))).update(needs_sign_off=True)
    assert "sign-off" in bring(author, files).content.decode()
    client.force_login(UserFactory(is_superuser=True, is_staff=True, language="en"))
    assert "Nothing would change" in bring(client, files).content.decode()


def test_an_archive_left_behind_is_taken_away_after_a_day(tmp_path):
    left = archive_store.path_of(archive_store.keep(BytesIO(b"x")))
    archive_store.forget_old()
    assert waiting(tmp_path) == 1
    os.utime(left, (0, 0))
    archive_store.forget_old()
    assert waiting(tmp_path) == 0


@pytest.mark.parametrize("token", ["", "../../secret", "a" * 10, "x/" + "a" * 30])
def test_what_is_no_token_leads_nowhere(token):
    with pytest.raises(LookupError):
        archive_store.path_of(token)


@pytest.mark.parametrize(
    "make", [lambda: user_in(AUTHORS), lambda: user_in(LEGAL_REVIEWERS), training_manager, plain_learner]
)
def test_only_who_may_publish_all_of_it_sees_or_brings_archives(client, tree, make):
    client.force_login(make())
    for url in (PAGE, CHECK, reverse("curriculum_archive_download", args=["moderation"])):
        assert client.get(url).status_code in (302, 403, 404)
    assert client.post(APPLY).status_code in (302, 403)
    assert client.post(PAGE, {"archive": SimpleUploadedFile("in.zip", b"x")}).status_code in (302, 403)


def test_wrong_methods(author):
    assert author.get(APPLY).status_code == 405
    assert author.post(CHECK).status_code == 405
