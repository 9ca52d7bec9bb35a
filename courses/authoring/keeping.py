"""Records of decisions: written once, read for ever."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class OnlyAdded(ModelPermissionPolicy):  # type: ignore[misc]
    """Lines may be added and read by those who hold the permission; nobody changes or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("add", "view") and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
