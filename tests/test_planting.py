"""What is planted once and put back is whole."""

import pytest
from django.db import connection, transaction

from tests.factories import plant_tree

pytestmark = pytest.mark.django_db


def test_rows_put_back_where_the_first_planting_was_undone_are_whole():
    lessons = 3  # no other test plants so many: the first planting is this one
    with transaction.atomic():
        plant_tree(lessons=lessons)
        transaction.set_rollback(True)
    assert len(plant_tree(lessons=lessons).lessons["fr"]) == lessons
    connection.check_constraints()
