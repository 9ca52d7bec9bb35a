"""What the academy ships can be opened, previewed and published in the admin: the blocks of every lesson pass their own checks."""

import pytest
from django.core.exceptions import ValidationError

from academy.curriculum import FOLDER
from academy.curriculum_reading import read_curriculum
from courses.formats.assets import ASSETS
from courses.loading import stream
from courses.models import LessonPage


def lessons():
    for course in read_curriculum(FOLDER).courses:
        for module in course.modules:
            for item in module.items:
                if item.kind == "lesson":
                    yield from item.texts.values()


@pytest.mark.django_db
def test_every_block_of_every_lesson_would_pass_the_editor():
    blocks = LessonPage._meta.get_field("body").stream_block
    wrong = []
    for lesson in lessons():
        page = LessonPage(body=stream([block for block in lesson.body if block.kind not in ASSETS]))
        for child in page.body:
            try:
                blocks.child_blocks[child.block_type].clean(child.value)
            except ValidationError as error:
                wrong.append(f"{lesson.file}: {child.block_type}: {error}")
    assert wrong == []
