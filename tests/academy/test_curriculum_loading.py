"""Loading the text files: once, twice, over an instructor's work, and not at all when a file is wrong."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from academy.curriculum import FOLDER
from academy.curriculum_files import files_of
from academy.curriculum_loading import load
from academy.curriculum_reading import read_curriculum
from courses.formats.blocks import SHAPES
from courses.formats.yaml_writer import dump
from courses.loading import CREATED, UNCHANGED, content_of, fingerprint, key_of
from courses.models import Award, CoursePage, LessonPage, ModulePage
from courses.services import enrol
from quizzes.models import Question, Quiz, QuizPage
from sandbox.models import Scenario, ScenarioPage
from tests.academy.curriculum_samples import LESSON, MODULE, lesson, png, tree_of, write_sample
from tests.conftest import NOW
from tests.factories import UserFactory
from tests.sandbox.samples import example

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    return write_sample(tmp_path / "files")


def run(folder, *options):
    out = StringIO()
    call_command("load_curriculum", str(folder), *options, stdout=out)
    return out.getvalue()


def rows():
    """Return how many rows there are in all, and which revision every page shows."""
    counts = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return counts, list(Page.objects.order_by("pk").values_list("pk", "path", "live_revision_id", "latest_revision_id"))


def the_lesson(language="en"):
    return LessonPage.objects.get(translation_key=key_of(*LESSON.split("/")), locale__language_code=language)


def test_the_academys_own_curriculum_loads_in_both_languages_and_a_second_time_changes_nothing():
    curriculum = read_curriculum(FOLDER)
    first = load(curriculum)
    assert {outcome for outcome, _ in first.lines} == {CREATED}
    for model in (CoursePage, ModulePage, LessonPage, QuizPage, ScenarioPage):
        keys = [set(model.objects.filter(locale__language_code=code, live=True).values_list("translation_key", flat=True))
                for code in ("fr", "en")]  # fmt: skip
        assert keys[0] == keys[1]
        assert keys[0]
    assert CoursePage.objects.count() == 2 * len(curriculum.courses)
    before = rows()
    assert {outcome for outcome, _ in load(curriculum).lines} == {UNCHANGED}
    assert rows() == before


def test_the_academys_own_files_are_canonical():
    files = files_of(read_curriculum(FOLDER))
    assert [name for name, content in files.items() if (FOLDER / name).read_bytes() != content] == []
    assert set(tree_of(FOLDER)) - set(files) == {"LICENSE", "taste.yaml"}


def test_every_part_of_a_file_reaches_its_page(files):
    run(files)
    page = the_lesson("fr")
    assert page.title == "Lesson 1 (fr)"
    assert page.open_to_all
    kinds = [block.block_type for block in page.body]
    assert kinds[:9] == ["situation", "text", "text", "callout", "case", "post", "check", "reveal", "figure"]
    assert set(kinds[9:-1]) == {*SHAPES, "post"}
    assert page.body[8].value["image"].width == 8
    assert [child.specific_class for child in page.get_parent().get_children()] == [
        LessonPage, LessonPage, ScenarioPage, QuizPage,
    ]  # fmt: skip
    assert Award.objects.get().requirements[1].value["percent"] == 80


def test_what_closes_the_programme_stands_in_the_catalogue_without_a_number(files, client):
    replace("gardening/course.fr.md", "level: beginner", "level: beginner\nstage: certification")(files)
    run(files)
    page = CoursePage.objects.get(locale__language_code="fr")
    assert page.stage == "certification"
    entry = client.get(page.get_parent().url).content.decode().split('class="contents__number"')[1].split("</span>")[0]
    assert entry.split(">", 1)[1].startswith("<svg")


def test_a_renewal_is_listed_for_those_who_have_begun_it(files, client):
    replace("gardening/course.fr.md", "level: beginner", "level: beginner\nstage: renewal")(files)
    run(files)
    page, learner = CoursePage.objects.get(locale__language_code="fr"), UserFactory()
    client.force_login(learner)
    listed = f'href="{page.url}"'
    assert listed not in client.get(page.get_parent().url).content.decode()
    assert client.get(page.url).status_code == 200
    enrol(user=learner, course_key=page.translation_key, now=NOW)
    assert listed in client.get(page.get_parent().url).content.decode()


def test_loading_again_makes_no_row_and_no_revision(files):
    run(files)
    before = rows()
    assert "0 created, 0 updated" in run(files)
    assert rows() == before


def test_a_dry_run_reports_the_same_and_leaves_nothing_not_even_a_file(files):
    before, stored = (
        rows(),
        default_storage.listdir("original_images")[1] if default_storage.exists("original_images") else [],
    )
    said = run(files, "--dry-run")
    assert rows() == before
    assert (
        default_storage.listdir("original_images")[1] if default_storage.exists("original_images") else []
    ) == stored
    assert said.replace("Would be:", "Done:") == run(files)


def test_a_changed_file_updates_its_page_alone(files):
    run(files)
    (files / f"{LESSON}.en.md").write_text(lesson("en", 1).replace("## A heading", "## Another heading"))
    before = Revision.objects.count()
    assert "1 updated" in run(files)
    assert "Another heading" in the_lesson().body[1].value.source
    assert Revision.objects.count() == before + 1


def test_a_field_the_format_gained_makes_no_page_of_before_look_edited(files):
    run(files)
    page = CoursePage.objects.get(locale__language_code="en")
    before = {name: value for name, value in content_of(page).items() if name != "instructor"}
    CoursePage.objects.filter(pk=page.pk).update(loaded_fingerprint=fingerprint(before))
    file = files / "gardening" / "course.en.md"
    file.write_text(file.read_text().replace("\nlevel:", "\ninstructor: Inès Caron\nlevel:", 1))
    assert "1 updated" in run(files)
    page.refresh_from_db()
    assert page.instructor == "Inès Caron"


def publish_by_hand(page):
    page.title = "By hand"
    page.save_revision().publish()


def draft_by_hand(page):
    page.title = "By hand"
    page.save_revision()


def take_offline(page):
    page.unpublish()


@pytest.mark.parametrize("edit", [publish_by_hand, draft_by_hand, take_offline])
@pytest.mark.parametrize("change_the_file", [False, True])
def test_an_instructors_page_is_kept_until_forced(files, edit, change_the_file):
    run(files)
    edit(the_lesson())
    if change_the_file:
        (files / f"{LESSON}.en.md").write_text(lesson("en", 1).replace("## A heading", "## Another heading"))
    before = rows()
    assert "1 kept (kept: changed in the admin" in run(files)
    assert rows() == before
    assert "1 updated" in run(files, "--force")
    page = the_lesson()
    assert page.title == "Lesson 1 (en)"
    assert page.live
    assert not page.has_unpublished_changes
    assert "0 kept" in run(files) or "kept" not in run(files)


@pytest.mark.parametrize("publish", [True, False])
def test_an_instructors_quiz_question_and_scenario_are_kept_until_forced(files, publish):
    run(files)
    quiz, question, scenario = (
        Quiz.objects.get(),
        Question.objects.get(identifier="gar-true_false"),
        Scenario.objects.get(),
    )
    quiz.time_limit, question.difficulty, scenario.title_en = 7, 3, "By hand"
    for thing in (quiz, question, scenario):
        revision = thing.save_revision()
        if publish:
            revision.publish()
    assert "3 kept" in run(files)
    assert Quiz.objects.get().time_limit == (7 if publish else 0)
    assert "3 updated" in run(files, "--force")
    assert (Quiz.objects.get().time_limit, Question.objects.get(pk=question.pk).difficulty) == (0, 2)
    assert Scenario.objects.get().title_en != "By hand"
    assert "0 updated" in run(files)


def test_a_page_that_came_to_say_what_the_file_says_is_the_files_again(files):
    run(files)
    page = the_lesson()
    page.title = "New title"
    page.save_revision().publish()
    (files / f"{LESSON}.en.md").write_text(lesson("en", 1).replace("Lesson 1 (en)", "New title"))
    assert "0 kept" in run(files) or "kept:" not in run(files)
    (files / f"{LESSON}.en.md").write_text(lesson("en", 1))
    assert "1 updated" in run(files)


def test_the_order_an_instructor_gave_stays_and_a_new_lesson_finds_its_place(files):
    run(files)
    parent = the_lesson().get_parent()
    quiz = parent.get_children().type(QuizPage).get()
    quiz.move(the_lesson().page_ptr, pos="left")
    assert "0 created, 0 updated" in run(files)
    for language in ("fr", "en"):
        text = lesson(language, 2).replace("esson-2", "esson-15").replace("gar-o2", "gar-o15")
        (files / f"{MODULE}/015-between.{language}.md").write_text(text)
    assert "2 created" in run(files)
    slugs = list(Page.objects.child_of(parent).order_by("path").values_list("slug", flat=True))
    assert slugs == ["quiz", "lesson-1-en", "lesson-15-en", "lesson-2-en", "shift"]
    run(files, "--force")
    slugs = list(Page.objects.child_of(parent).order_by("path").values_list("slug", flat=True))
    assert slugs == ["lesson-1-en", "lesson-15-en", "lesson-2-en", "shift", "quiz"]


def test_a_page_moved_to_another_module_is_not_moved_back(files):
    run(files)
    course = the_lesson().get_parent().get_parent()
    other = ModulePage(title="Other", slug="other", locale=course.locale)
    course.add_child(instance=other)
    the_lesson().move(other, pos="last-child")
    run(files)
    assert the_lesson().get_parent().slug == "other"


def test_an_image_is_uploaded_once(files):
    run(files)
    run(files, "--force")
    assert get_image_model().objects.count() == 1


def replace(path, old, new):
    def spoil(files):
        text = (files / path).read_text()
        assert old in text
        (files / path).write_text(text.replace(old, new))

    return spoil


def write(path, content):
    return lambda files: (files / path).write_bytes(content)


def remove(path):
    return lambda files: (files / path).unlink()


def exam_page(pooled):
    """Make the scenario an exam that draws from a pool."""
    text = f"---\ntitle: Exam\nslug: exam\nmode: exam\npool: [{pooled}]\n---\n"
    return lambda files: [(files / MODULE / f"scenario.{code}.md").write_text(text) for code in ("fr", "en")]


def pooled(files, name, identifier):
    (files / MODULE / "pool").mkdir()
    (files / MODULE / "pool" / f"{name}.yaml").write_text(dump(example() | {"scenario": identifier}))


WRONG = {
    "a block that is not closed": (replace(f"{LESSON}.fr.md", ":::remember", ":::\n:::remember"), "closes a block that was never opened"),
    "front matter": (replace(f"{LESSON}.fr.md", "minutes: 8", "minutes: eight"), f"{LESSON}.fr.md:4: “minutes” must be"),
    "an unknown field": (replace(f"{LESSON}.en.md", "sector:", "sektor:"), f"{LESSON}.en.md:5: “sektor” means nothing"),
    "a field written twice": (replace(f"{LESSON}.en.md", "sector:", "title: x\nsector:"), f"{LESSON}.en.md:5: not valid YAML"),
    "two languages that differ": (replace(f"{LESSON}.en.md", "gar-k1", "gar-k9"), f"{LESSON}.en.md:1: its objectives"),
    "a check used twice": (
        lambda files: [replace(f"{LESSON}.{code}.md", "gar-r1", "gar-k1")(files) for code in ("fr", "en")],
        "the check “gar-k1” is also in",
    ),
    "a quiz": (replace(f"{MODULE}/quiz.yaml", "type: true_false", "type: riddle"), f"{MODULE}/quiz.yaml:"),
    "an option of a quiz": (replace(f"{MODULE}/quiz.yaml", "pass_mark: 0.7", "pass_mark: 7"), f"{MODULE}/quiz.yaml:3: pass_mark"),
    "a scenario": (replace(f"{MODULE}/scenario.yaml", "duration:", "length:"), f"{MODULE}/scenario.yaml:"),
    "awards": (replace("awards.yaml", "valid_months: 24", "valid_months: 0"), "awards.yaml:17: awards[0].valid_months"),
    "an award for nothing": (replace("awards.yaml", "course: gardening", "course: chess"), "awards.yaml:14: awards[0]"),
    "YAML": (write("awards.yaml", b"awards: [\n"), "awards.yaml:2: not valid YAML"),
    "a flood of aliases": (write("awards.yaml", b"a: &a [x]\nawards: [" + b"*a, " * 30 + b"*a]"), "awards.yaml:2: not valid"),
    "a missing translation": (remove(f"{LESSON}.en.md"), f"{LESSON}.en.md: the file is missing"),
    "another encoding": (write(f"{LESSON}.en.md", "---\ntitle: é".encode("latin-1")), f"{LESSON}.en.md:2: the file is not UTF-8"),
    "a missing recording": (remove(f"{MODULE}/media/birds.mp3"), "there is no file media/birds.mp3 beside the lesson"),
    "a video that is text": (write(f"{MODULE}/media/dig.mp4", b"<svg/>"), "media/dig.mp4 is not what its name says"),
    "a missing figure": (remove(f"{MODULE}/images/feed.png"), "there is no image images/feed.png beside the lesson"),
    "a figure that is text": (write(f"{MODULE}/images/feed.png", b"<svg/>"), "is not an image that can be read"),
    "a figure under a false name": (
        lambda files: (files / MODULE / "images/feed.png").write_bytes(png().replace(b"\x89PNG", b"\xff\xd8\xff\xe0")),
        "images/feed.png",
    ),
    "a figure elsewhere": (replace(f"{LESSON}.fr.md", "images/feed.png", "images/../../x.png"), "“file” is images/ and a name"),
    "a title too long": (replace(f"{LESSON}.fr.md", "title: Lesson", "title: " + "x" * 300), f"{LESSON}.fr.md: title:"),
    "an address taken": (
        replace(f"{MODULE}/02-do.fr.md", "slug: lesson-2-fr", "slug: lesson-1-fr"), f"{MODULE}/02-do.fr.md: slug:",
    ),
    "a pool that is not there": (exam_page("second"), f"{MODULE}/scenario.fr.md:1: there is no file pool/second.yaml"),
    "a pool elsewhere": (exam_page("../../x"), f"{MODULE}/scenario.fr.md:5: “pool” holds identifiers"),
    "a pool of another name": (
        lambda files: [exam_page("second")(files), pooled(files, "second", "third")],
        f"{MODULE}/pool/second.yaml:1: it holds no scenario named “second”",
    ),
    "an odd key": (replace(f"{LESSON}.fr.md", "minutes:", "key: x\nminutes:"), f"{LESSON}.fr.md:4: “key” is the page"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_is_named_and_nothing_changes(files, wrong):
    spoil, said = WRONG[wrong]
    spoil(files)
    before = rows()
    with pytest.raises(CommandError) as error:
        run(files)
    assert said in str(error.value)
    assert str(error.value).endswith("Nothing was changed.")
    assert rows() == before


def test_a_folder_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="there is no such folder"):
        run(tmp_path / "nowhere")
