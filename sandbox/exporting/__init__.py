"""The debrief as files: a table for a spreadsheet, a document for paper. Both say what the page says."""

from sandbox.exporting.paper import document
from sandbox.exporting.sheet import table

__all__ = ["document", "table"]
