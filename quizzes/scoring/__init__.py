"""How answers become marks: plain functions over exact decimals.

Nothing here knows of Django, of the clock or of chance. A *fraction* is a `Decimal` from 0 (nothing earned) to 1 (all of
the question's points), before weights. Rounding is for display only; `settle` removes nothing but the residue of thirds.
"""

from quizzes.scoring.numbers import ONE, ZERO, clamp, ratio, settle

ENGINE = "1"  # stored with every score; raise it when any formula changes

__all__ = ["ENGINE", "ONE", "ZERO", "clamp", "ratio", "settle"]
