"""Who approved a question: the workflow tells, the question remembers."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved

from quizzes.models import Question


def credit_reviewer(*, question: Question, user: Any) -> None:
    """Write down who approved a question last. Drafts and versions stay as they are."""
    Question.objects.filter(pk=question.pk).update(reviewer=user)


@receiver(workflow_approved, dispatch_uid="question_reviewed")
def approved(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    question = instance.content_object
    if isinstance(question, Question) and user:
        credit_reviewer(question=question, user=user)
