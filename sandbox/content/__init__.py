"""Between what an instructor edits (model fields and blocks) and the canonical mapping the engine reads.

`to_data` and `to_fields` are inverse up to defaults, so a scenario file, the admin and a frozen version say the same
thing.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sandbox.content.fields import to_fields
from sandbox.content.mapping import to_data
from sandbox.content.shape import Data

__all__ = ["Data", "fingerprint", "to_data", "to_fields"]


def fingerprint(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a canonical mapping: equal contents, equal fingerprint."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
