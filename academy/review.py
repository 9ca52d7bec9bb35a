"""The review workflow the academy ships: an author submits, a reviewer approves, marked pages wait for the legal reviewers.

Made once. Whatever an administrator does to it afterwards (other tasks, other pages, off altogether) stays.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from academy.roles import ADMINISTRATORS, INSTRUCTORS, LEGAL_REVIEWERS, REVIEWERS, group
from courses.models import SignOffTask

WAGTAILS_OWN = "Moderators approval"  # what Wagtail's first migration hangs on the root page


def ensure_review_workflow() -> None:
    """Make the workflow for every page of the site, unless one with a sign-off was ever made."""
    if SignOffTask.objects.exists():
        return
    with translation.override(settings.LANGUAGE_CODE):  # names are data: in the language of the site
        review = GroupApprovalTask.objects.create(name=_("Review"))
        sign_off = SignOffTask.objects.create(name=_("Legal and ethics sign-off"))
        workflow = Workflow.objects.create(name=_("Review, then publication"))
    review.groups.set([group(REVIEWERS), group(INSTRUCTORS), group(ADMINISTRATORS)])
    sign_off.groups.set([group(LEGAL_REVIEWERS)])
    for order, task in enumerate((review, sign_off)):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    _hang(workflow)


def _hang(workflow: Workflow) -> None:
    """Put the workflow on the root page in place of Wagtail's own; another one an administrator chose stays."""
    root = Page.get_first_root_node()
    there = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
    if there is None:
        WorkflowPage.objects.create(page=root, workflow=workflow)
    elif there.workflow.name == WAGTAILS_OWN:
        there.workflow = workflow
        there.save()
