"""Archives from outside: only plain files of a curriculum come in, and no more than what is allowed."""

import stat
from zipfile import ZipFile, ZipInfo

import pytest
from django.core.management import CommandError, call_command

from academy.curriculum_archive import Limits, opened, pack
from academy.curriculum_names import distinct_stems, stems_in_order
from courses.formats.errors import FileError


def archive(tmp_path, *entries):
    path = tmp_path / "in.zip"
    with ZipFile(path, "w") as file:
        for entry, content in entries:
            file.writestr(entry, content)
    return path


def link(name):
    entry = ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside.md", "leads out"),
        ("/etc/passwd.md", "leads out"),
        ("a/../../b.md", "leads out"),
        ("a\\..\\b.md", "leads out"),
        ("C:/b.md", "leads out"),
        ("./a.md", "leads out"),
        (link("a/module.fr.md"), "a link or a device"),
        ("a/run.py", "not a file of a curriculum"),
        ("a/b/c/d/e.md", "not a file of a curriculum"),
    ],
)
def test_what_is_not_a_plain_file_of_a_curriculum_is_refused(tmp_path, name, reason):
    with pytest.raises(FileError, match=reason), opened(archive(tmp_path, (name, "x"))):
        pass


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(files=1), "1 at most"), (Limits(file=2), "larger than 2 bytes"), (Limits(total=5), "once unpacked")],
)
def test_counts_and_sizes_have_limits(tmp_path, limits, reason):
    with pytest.raises(FileError, match=reason), opened(archive(tmp_path, ("a.md", "xxx"), ("b.md", "xxx")), limits):
        pass


def test_names_that_differ_by_case_alone_are_refused(tmp_path):
    with pytest.raises(FileError, match="same name"), opened(archive(tmp_path, ("a.md", "x"), ("A.md", "x"))):
        pass


def test_what_is_no_archive_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "in.zip"
    path.write_bytes(b"PK but no more")
    with pytest.raises(CommandError, match=r"in.zip: not a zip archive.*\nNothing was changed"):
        call_command("load_curriculum", str(path))


def test_the_same_files_make_the_same_archive(tmp_path):
    files = {"a/course.fr.md": b"x", "awards.yaml": b"y"}
    assert pack(files) == pack(dict(reversed(files.items())))
    (tmp_path / "out.zip").write_bytes(pack(files))
    with opened(tmp_path / "out.zip") as folder:
        assert (folder / "a/course.fr.md").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("known", "slugs", "stems"),
    [
        (["01-a", "02-b", "scenario", "quiz"], ["x"] * 4, ["01-a", "02-b", "scenario", "quiz"]),
        (["01-a", "", "quiz"], ["a", "New Page", "q"], ["01-a", "02-new-page", "quiz"]),
        (["02-b", "01-a", "quiz"], ["x"] * 3, ["01-b", "02-a", "quiz"]),
        (["quiz", "01-a"], ["x"] * 2, ["01-quiz", "02-a"]),
        (["01-a", "01-a"], ["x"] * 2, ["01-a", "02-a"]),
        (["", ""], ["é", "日本"], ["01-e", "02-page"]),
    ],
)
def test_stems_sort_in_the_order_of_the_pages(known, slugs, stems):
    assert stems_in_order(known, slugs) == stems


def test_no_two_courses_share_a_name():
    assert distinct_stems(["", "a", ""], ["a", "x", "a"]) == ["a-2", "a", "a-3"]
