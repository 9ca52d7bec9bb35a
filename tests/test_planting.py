"""What is planted once and put back is whole, whatever the first planting found."""

import pytest
from django.db import connection, transaction

from academy.roles import ensure_roles
from tests.factories import plant_tree

pytestmark = pytest.mark.django_db


def test_rows_planted_where_the_roles_were_already_do_not_lean_on_them_elsewhere():
    lessons = 3  # no other test plants so many: the first planting is this one
    with transaction.atomic():
        ensure_roles()
        plant_tree(lessons=lessons)
        transaction.set_rollback(True)
    assert len(plant_tree(lessons=lessons).lessons["fr"]) == lessons
    connection.check_constraints()
