"""Private courses and collections: whoever may not see one meets 404, as if it were not there.

Wagtail would send them to the login page, which tells that there is something. A shared password keeps its form: whoever has
the word has to be asked for it.
"""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

PASSWORD, LOGIN, GROUPS = BaseViewRestriction.PASSWORD, BaseViewRestriction.LOGIN, BaseViewRestriction.GROUPS


def hides(restrictions: Iterable[Any], user: Any) -> bool:
    """Return whether one of these restrictions makes a page, or a collection, not exist for `user`."""
    asking = SimpleNamespace(user=user)
    return any(r.restriction_type != PASSWORD and not r.accept_request(asking) for r in restrictions)


def is_open_to(page: Any, user: Any) -> bool:
    """Return whether the page is there for `user`. One query the first time it is asked of a page."""
    return not hides(page.get_view_restrictions(), user)


def closed_to(user: Any) -> Exists:
    """Return the condition that a page lies under a restriction `user` does not pass; a part of another query."""
    restrictions = PageViewRestriction.objects.all()
    if user.is_authenticated:
        passed = Q(restriction_type=LOGIN)
        passed |= Q(restriction_type=GROUPS) if user.is_superuser else Q(restriction_type=GROUPS, groups__user=user.pk)
        restrictions = restrictions.exclude(pk__in=PageViewRestriction.objects.filter(passed).values("pk"))
    above = restrictions.annotate(at=ExpressionWrapper(OuterRef("path"), CharField()))
    return Exists(above.filter(at__startswith=F("page__path")))
