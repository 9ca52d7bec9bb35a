"""Export, load on an empty site, export again: the same bytes, whatever instructors did in between."""

from io import StringIO
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Page

from academy.curriculum import FOLDER
from academy.curriculum_export import export
from academy.curriculum_files import files_of
from academy.curriculum_loading import load
from academy.curriculum_reading import read_curriculum
from courses.formats.errors import FileError
from courses.loading import key_of
from courses.models import Award, CoursePage, Layout, LessonPage, ModulePage, SourceFile
from quizzes.models import Question, Quiz, QuizPage, QuizSlot
from sandbox.loading import load_scenario
from sandbox.models import Scenario, ScenarioPage, ScenarioVersion
from sandbox.writing import to_dict
from tests.academy.curriculum_samples import LESSON, MODULE, png, tree_of, write_sample

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_own_files")]


@pytest.fixture
def _own_files():
    """Files outlive the rollback of a test's database, and a name that is taken is given a suffix: begin with none."""
    others, default_storage._wrapped = default_storage._wrapped, InMemoryStorage()
    yield
    default_storage._wrapped = others


@pytest.fixture
def loaded(tmp_path):
    root = write_sample(tmp_path / "files")
    load(read_curriculum(root))
    return root


def empty_the_site():
    """Take away all that a load makes, and the names of the files."""
    for page in CoursePage.objects.all():
        page.delete()
    for model in (Award, QuizSlot, Quiz, ScenarioVersion, Scenario, SourceFile):
        model.objects.all().delete()
    for question in Question.objects.all():
        question.versions.all().delete()
        question.delete()
    for image in get_image_model().objects.all():
        image.file.delete(save=False)
        image.delete()


def write(folder, *options):
    err = StringIO()
    call_command("export_curriculum", "--output", str(folder), *options, stdout=StringIO(), stderr=err)
    return tree_of(folder), err.getvalue()


def travel(tmp_path):
    """Export, load on the emptied site, export again; return the first files after comparing them with the second."""
    first, said = write(tmp_path / "first")
    keys = set(LessonPage.objects.filter(live=True).values_list("translation_key", flat=True))
    order = list(
        Page.objects.type(LessonPage, QuizPage, ScenarioPage).live().order_by("path").values_list("slug", flat=True)
    )
    empty_the_site()
    load(read_curriculum(tmp_path / "first"))
    assert set(LessonPage.objects.values_list("translation_key", flat=True)) == keys
    again = Page.objects.type(LessonPage, QuizPage, ScenarioPage).order_by("path").values_list("slug", flat=True)
    assert list(again) == order
    second, _ = write(tmp_path / "second")
    assert second == first
    return first, said


def the_lesson(language="en"):
    return LessonPage.objects.get(translation_key=key_of(*LESSON.split("/")), locale__language_code=language)


def add(parent, model, slug, key, **fields):
    page = model(title=f"Title: {slug}", slug=slug, locale=parent.locale, translation_key=key, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def twins(page):
    return [page, page.get_translations().get()]


def test_what_was_loaded_is_exported_as_it_was_media_included(loaded, tmp_path):
    files, said = travel(tmp_path)
    assert files == files_of(read_curriculum(loaded))
    assert set(files) == set(tree_of(loaded))
    assert files[f"{MODULE}/images/feed.png"] == png()
    assert said == ""


def test_the_academys_own_curriculum_is_exported_byte_for_byte(tmp_path):
    load(read_curriculum(FOLDER))
    assert files_of(export()) == {n: c for n, c in tree_of(FOLDER).items() if n not in ("LICENSE", "taste.yaml")}


def test_pages_made_in_the_admin_keep_their_keys(loaded, tmp_path):
    key, course_key = UUID(int=7), UUID(int=8)
    for module in twins(ModulePage.objects.first()):
        add(module, LessonPage, "extra", key, minutes=3, body=[("text", "Some\r\ntext."), ("text", "More.")])
    for catalogue in {page.get_parent().pk: page.get_parent() for page in CoursePage.objects.all()}.values():
        add(catalogue.specific, CoursePage, "aaa", course_key)
    files, _ = travel(tmp_path)
    name = f"{MODULE}/05-extra.en.md"
    assert name in files
    assert f'key: "{key}"' in files[name].decode()
    assert "Some\ntext.\n\n:::text\nMore.\n:::\n" in files[name].decode()
    assert f'key: "{course_key}"' in files["aaa/course.fr.md"].decode()
    assert "position: 2" in files["aaa/course.fr.md"].decode()


def test_a_new_order_is_written_in_the_names(loaded, tmp_path):
    for page in twins(the_lesson()):
        page.move(page.get_siblings().type(LessonPage).last(), pos="right")
    files, _ = travel(tmp_path)
    assert f"key: {key_of(*LESSON.split('/'))}" in files[f"{MODULE}/02-see.fr.md"].decode()
    assert f"{MODULE}/01-do.fr.md" in files
    assert f"{MODULE}/quiz.yaml" in files


def lengthen(scenario):
    """Give the scenario the comments an exam asks for."""
    one = next(each["value"] for each in scenario.comments.get_prep_value() if each["value"]["minute"] is not None)
    block = scenario.comments.stream_block.child_blocks["comment"]
    for n in range(40):
        scenario.comments.append(("comment", block.to_python({**one, "id": f"more-{n}"})))
    scenario.save_revision().publish()


def test_quizzes_and_scenarios_that_differ_from_the_usual_have_files_of_their_own(loaded, tmp_path):
    quiz, scenario = QuizPage.objects.first(), ScenarioPage.objects.first()
    for page in twins(quiz):
        page.minutes, page.summary = 99, "Take your time"
        page.save_revision().publish()
        page.get_parent().specific.add_child(
            instance=QuizPage(
                title="Again", slug="again", locale=page.locale, translation_key=UUID(int=3), quiz=page.quiz
            )
        )
    lengthen(scenario.scenario)
    for page in twins(scenario):
        page.mode = "exam"
        page.save_revision().publish()
        page.move(the_lesson(page.locale.language_code), pos="left")
    files, _ = travel(tmp_path)
    names = sorted({name.rsplit("/", 1)[1].split(".")[0] for name in files if name.rsplit("/", 1)[0] == MODULE})
    assert names == ["01-scenario", "02-see", "03-do", "04-quiz", "05-again", "module"]
    assert "mode: exam" in files[f"{MODULE}/01-scenario.fr.md"].decode()
    assert "minutes: 99\nsummary: Take your time" in files[f"{MODULE}/04-quiz.en.md"].decode()
    assert f"{MODULE}/04-quiz" in files["awards.yaml"].decode()


def keep_a_version(number):
    quiz = Quiz.objects.get()
    slots = list(quiz.slots.all())
    slots[0].version = number
    quiz.slots = slots
    quiz.save_revision(clean=False).publish()
    return slots[0].question


def test_the_version_a_quiz_keeps_travels_by_its_content(loaded, tmp_path):
    keep_a_version(1)
    files, _ = travel(tmp_path)
    assert b"version: sha256-" in files[f"{MODULE}/quiz.yaml"]
    assert Quiz.objects.get().slots.first().version == 1


def test_a_version_that_stayed_behind_is_told_with_its_file_and_nothing_is_written(loaded, tmp_path):
    question = keep_a_version(1)
    question.body[0].value["stem"]["en"] = "Reworded since"
    question.save_revision().publish()
    write(tmp_path / "first")
    empty_the_site()
    with pytest.raises(FileError, match="not in this bank") as refusal:
        load(read_curriculum(tmp_path / "first"))
    assert str(refusal.value).startswith(f"{MODULE}/quiz.yaml")
    assert "questions[0].version" in str(refusal.value)
    assert not Quiz.objects.exists()


def test_the_scenarios_an_exam_draws_from_travel_with_it(loaded, tmp_path):
    scenario = ScenarioPage.objects.first()
    lengthen(scenario.scenario)
    load_scenario(to_dict(scenario.scenario.parsed()) | {"scenario": "second"})
    second = Scenario.objects.get(identifier="second")
    for page in twins(scenario):
        page.mode, page.pool, page.marks_first = "exam", [("scenario", second)], True
        page.save_revision().publish()
    files, said = travel(tmp_path)
    assert said == ""
    assert "marks_first: true" in files[f"{MODULE}/scenario.fr.md"].decode()
    assert "pool:\n  - second" in files[f"{MODULE}/scenario.fr.md"].decode()
    assert "scenario: second" in files[f"{MODULE}/pool/second.yaml"].decode()
    assert [page.pooled() for page in ScenarioPage.objects.all()] == [[Scenario.objects.get(identifier="second")]] * 2


def test_a_page_in_one_language_says_so_and_travels(loaded, tmp_path):
    module = the_lesson("fr").get_parent().specific
    add(module, LessonPage, "seulement", UUID(int=9), body=[("text", "En français.")])
    the_lesson("en").unpublish()
    files, said = travel(tmp_path)
    assert "untranslated: true" in files[f"{MODULE}/05-seulement.fr.md"].decode()
    assert f"{MODULE}/05-seulement.en.md" not in files
    assert "lesson-1-en: it is not published" in said


def test_drafts_are_not_exported(loaded, tmp_path):
    page = the_lesson()
    page.title = "Half done"
    page.save_revision()
    assert b"Half done" not in b"".join(write(tmp_path / "out")[0].values())


def test_two_images_under_one_name_stay_two(loaded, tmp_path):
    other = get_image_model()(title="Other", file=ContentFile(png(30), name="feed.png"))
    other.save()
    page = the_lesson()
    page.body.append(("figure", {"image": other, "alt": "Another", "caption": "So"}))
    page.save_revision().publish()
    files, _ = travel(tmp_path)
    images = [name for name in files if name.endswith(".png")]
    assert len(images) == 2
    assert {files[name] for name in images} == {png(), png(30)}


def test_an_award_that_cannot_be_written_is_left_out_and_said_so(loaded, tmp_path):
    texts = {f"{name}_{code}": "x" for name in ("title", "description", "criteria") for code in ("fr", "en")}
    Award.objects.create(slug="by-hand", **texts)
    files, said = write(tmp_path / "out")
    assert "award by-hand: it has no requirements" in said
    assert b"by-hand" not in files["awards.yaml"]


def test_a_layout_stays_behind_and_the_export_says_whose(loaded, tmp_path):
    plain, said = write(tmp_path / "plain")
    assert "layout" not in said
    award = Award.objects.get()
    award.layout = Layout.objects.create(name="Blue frame")
    award.save()
    files, said = write(tmp_path / "out")
    assert files == plain
    assert f"layout Blue frame: layouts stay here; choose one anew for award {award.slug}" in said


def test_a_figure_without_its_image_leaves_the_page_out_and_says_so(loaded, tmp_path):
    get_image_model().objects.all().delete()
    files, said = write(tmp_path / "out")
    assert "lesson-1" in said
    assert "the image of a figure is gone" in said
    assert f"{LESSON}.fr.md" not in files


def test_one_course_travels_as_an_archive(loaded, tmp_path):
    catalogue = CoursePage.objects.first().get_parent().specific
    add(catalogue, CoursePage, "other", UUID(int=8))
    archive = tmp_path / "gardening.zip"
    call_command("export_curriculum", "--course", "gardening", "--archive", str(archive), stdout=StringIO())
    before = archive.read_bytes()
    empty_the_site()
    call_command("load_curriculum", str(archive), stdout=StringIO())
    assert list(CoursePage.objects.values_list("slug", flat=True)) == ["gardening-fr", "gardening-en"]
    assert Award.objects.count() == 1
    call_command("export_curriculum", "--archive", str(archive), stdout=StringIO())
    assert archive.read_bytes() == before


def test_an_unknown_course_and_a_full_folder_are_refused(loaded, tmp_path):
    with pytest.raises(CommandError, match="no course named chess"):
        write(tmp_path / "out", "--course", "chess")
    with pytest.raises(CommandError, match="not an empty folder"):
        write(loaded)
