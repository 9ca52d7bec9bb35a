"""What follows from an instructor's publishing: the content is frozen into a version."""

import logging
from typing import Any

from django.utils import timezone
from wagtail.signals import published

from sandbox.engine.reader import ScenarioError
from sandbox.models import Scenario
from sandbox.services import freeze

logger = logging.getLogger(__name__)


def freeze_published(sender: type, instance: Scenario, **kwargs: Any) -> None:
    try:
        freeze(scenario=instance, now=timezone.now())
    except ScenarioError as error:  # a workflow may publish what the form would have refused
        logger.warning("scenario %s published but cannot be played: %s", instance.identifier, error)


def connect() -> None:
    published.connect(freeze_published, sender=Scenario, dispatch_uid="sandbox.freeze_published")
