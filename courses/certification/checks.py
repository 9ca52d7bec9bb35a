"""What the system checks of the settings: that certificates can be checked where they say they can."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from courses.certification import did as dids
from courses.certification.keys import LEDGER


@checks.register(checks.Tags.security, deploy=True)
def frozen_did_is_ours(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """SITE_URL must be the address certificates were signed for, or their keys and status lists cannot be fetched."""
    ledger = Path(settings.CREDENTIAL_KEYS_DIR) / LEDGER
    if not ledger.is_file():
        return []
    frozen = json.loads(ledger.read_text()).get("did")
    try:
        wanted = dids.did_of(settings.SITE_URL)
    except ValueError as error:
        return [
            checks.Warning(str(error), hint="SITE_URL is a scheme and a host, without a path.", id="certification.W002")
        ]
    if frozen in (None, wanted):
        return []
    return [
        checks.Warning(
            f"Certificates are signed as {frozen}, but SITE_URL says {settings.SITE_URL}.",
            hint=(
                "Keep serving /.well-known/did.json and /credentials/ at the address certificates name, "
                "or set SITE_URL back to it."
            ),
            id="certification.W001",
        )
    ]
