from typing import Any

from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from academy.accounts.forms import AdminUserCreationForm, AdminUserEditForm


class UserViewSet(WagtailUserViewSet):  # type: ignore[misc]
    def get_form_class(self, for_update: bool = False) -> Any:
        return AdminUserEditForm if for_update else AdminUserCreationForm
