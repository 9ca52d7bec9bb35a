"""Roles as groups, and what each may do. `ensure_roles` is idempotent; run by `manage.py bootstrap`."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

LEARNERS = "Learners"
INSTRUCTORS = "Instructors"
TRAINING_MANAGERS = "Training managers"
ADMINISTRATORS = "Administrators"
AUTHORS = "Authors"
REVIEWERS = "Reviewers"
LEGAL_REVIEWERS = "Legal and ethics reviewers"

AUTHORING_APPS = ("quizzes", "sandbox")
NEVER_AUTHORED = (
    "attempt",
    "answer",
    "scoreline",
    "shift",
    "act",
    "furthergo",
    "accommodation",
    "attemptevent",
    "mistake",
    "quizversion",
)
AUTHORED_COURSE_MODELS = ("award", "layout")
GRANTED_BY_MANAGERS = (
    "add_accommodation",
    "view_accommodation",
    "view_attemptevent",
    "add_furthergo",
    "view_furthergo",
)
VIEWED_BY_MANAGERS = ("enrolment", "activityrecord", "certificate", "award")
MANAGED_CERTIFICATES = ("issue_certificate", "revoke_certificate")
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
AUTHOR_PAGE_PERMISSIONS = ("add_page", "change_page")  # what an author writes goes live by the workflow alone
MEDIA_PERMISSIONS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def group(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]


def ensure_roles() -> None:
    """Create the groups and give each its permissions; what an administrator gave besides stays.

    Learners get none, so the admin stays shut to them. Legal reviewers get the door alone: the workflow lets them into
    the editor of the pages that wait for them.
    """
    group(LEARNERS)
    group(ADMINISTRATORS).permissions.set(Permission.objects.all())
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    translate = Permission.objects.get(codename="submit_translation")
    for name in (INSTRUCTORS, REVIEWERS):
        group(name).permissions.add(access, translate, *_authoring())
    group(AUTHORS).permissions.add(access, translate)
    group(LEGAL_REVIEWERS).permissions.add(access)
    group(TRAINING_MANAGERS).permissions.add(access, *_overview())
    for name in (INSTRUCTORS, REVIEWERS, ADMINISTRATORS):
        _give_pages(group(name), PAGE_PERMISSIONS)
    _give_pages(group(AUTHORS), AUTHOR_PAGE_PERMISSIONS)
    for name in (INSTRUCTORS, REVIEWERS, ADMINISTRATORS, AUTHORS, TRAINING_MANAGERS):
        _give_media(group(name))


def _authoring() -> list[Permission]:
    snippets = Permission.objects.filter(content_type__app_label__in=AUTHORING_APPS).exclude(
        content_type__model__in=NEVER_AUTHORED
    )
    awards = Permission.objects.filter(
        content_type__app_label="courses", content_type__model__in=AUTHORED_COURSE_MODELS
    )
    return [*snippets, *awards]


def _overview() -> list[Permission]:
    of_courses = Permission.objects.filter(content_type__app_label="courses")
    layouts = of_courses.filter(content_type__model="layout")  # who gives certificates says what they look like
    seen = of_courses.filter(content_type__model__in=VIEWED_BY_MANAGERS, codename__startswith="view_")
    granted = Permission.objects.filter(content_type__app_label__in=AUTHORING_APPS, codename__in=GRANTED_BY_MANAGERS)
    return [*granted, *layouts, *seen, *of_courses.filter(codename__in=MANAGED_CERTIFICATES)]


def _give_pages(role: Group, codenames: tuple[str, ...]) -> None:
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=role, page=root, permission=permission)


def _give_media(role: Group) -> None:
    root = Collection.get_first_root_node()
    media = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=MEDIA_PERMISSIONS
    )
    for permission in media:
        GroupCollectionPermission.objects.get_or_create(group=role, collection=root, permission=permission)
