"""The form of a question in the admin: who made it and who approved it are chosen among those who may write in the bank."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.admin.forms import WagtailAdminModelForm

WRITES = Q(groups__permissions__codename="change_question") | Q(user_permissions__codename="change_question")


class QuestionForm(WagtailAdminModelForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("author", "reviewer"):
            if name in self.fields:
                self.fields[name].queryset = writers(also=getattr(self.instance, f"{name}_id"))


def writers(*, also: int | None = None) -> QuerySet[Any]:
    """Return the people who may write questions, and the one a question already names: a role may have been left since."""
    people = get_user_model().objects
    found = people.filter(Q(is_active=True) & (WRITES | Q(is_superuser=True)) | Q(pk=also)).values("pk")
    return people.filter(pk__in=found).order_by("display_name", "pk")
