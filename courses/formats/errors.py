"""How a file is refused: which file, which line, why."""

from dataclasses import dataclass


@dataclass(eq=False)  # not frozen: Python writes the traceback into an exception on its way
class FileError(Exception):
    """A curriculum file that cannot be read. `line` counts from 1; 0 where no line is to blame."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"
