"""How far people agree: κ, weighted κ, Fleiss' κ, Krippendorff's α, and d′, c and F2 beside them.

Pure, like the engine: standard library only, no file, no clock. docs/decisions says why the formulas are written here.
"""

from .figures import Figure, cohen_kappa, detection, f2, fleiss_kappa, krippendorff_alpha
from .ratings import Ratings, RatingsError, read_ratings
from .report import as_data, as_text

__all__ = [
    "Figure",
    "Ratings",
    "RatingsError",
    "as_data",
    "as_text",
    "cohen_kappa",
    "detection",
    "f2",
    "fleiss_kappa",
    "krippendorff_alpha",
    "read_ratings",
]
