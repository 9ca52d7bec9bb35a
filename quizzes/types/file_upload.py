"""File upload: one file sent by the candidate and marked by a person with a rubric.

The type never sees the file: what is kept is its key, its kind, its size and its name. Whether such a file was sent in
this attempt is asked of the attempt's own files, each time one is served.
"""

import re
from dataclasses import replace
from random import Random

from quizzes.scoring.files import KINDS
from quizzes.types.base import BadResponse, Face, Json, Layout, Line, Raw, Response, mint
from quizzes.types.essay import rubric_face
from quizzes.types.marked import MarkedType
from quizzes.types.pieces import PieceSpec
from quizzes.types.reader import Node

FILE = "file"
USUAL_MB, MOST_MB = 5, 20
PARTS = ("file", "kind", "size", "name")
_SENT = re.compile(rf"([0-9a-f-]{{36}}) ({'|'.join(KINDS)}) ([0-9]{{1,9}}) (.{{1,120}})")


def sent(key: str, kind: str, size: int, name: str) -> str:
    """Return the value of a field that holds a file."""
    return f"{key} {kind} {size} {name}"


class FileUpload(MarkedType):
    code = "file_upload"
    extras = frozenset({"kinds", "max_mb"})

    def read_extras(self, node: Node) -> Json:
        kinds, size = node.get("kinds"), node.get("max_mb")
        found = {kind.one_of(frozenset(KINDS)) for kind in kinds.items(1, len(KINDS))} if kinds else set(KINDS)
        megabytes = int(size.decimal(1, MOST_MB)) if size else USUAL_MB
        return {"kinds": [kind for kind in KINDS if kind in found], "max_mb": megabytes}

    def lay_out(self, spec: PieceSpec, dice: Random) -> Layout:
        return Layout(items=mint([FILE], dice))

    def face(self, spec: PieceSpec, layout: Layout, response: Response, language: str) -> Face:
        lines = tuple(Line(token, "", response.get("name", "")) for token, _i in layout.items)
        limits = (
            ("kinds", " ".join(spec.more["kinds"])),
            ("max_mb", str(spec.more["max_mb"])),
            ("key", response.get(FILE, "")),
            ("size", response.get("size", "")),
        )
        return replace(rubric_face(self.code, spec, language), lines=lines, limits=limits)

    def normalise(self, spec: PieceSpec, layout: Layout, raw: Raw) -> Response:
        ((token, _identifier),) = layout.items
        given = [(name, value) for name, posted in raw.items() for value in posted if value]
        if not given:
            return {}
        match = _SENT.fullmatch(given[0][1])
        if len(given) > 1 or given[0][0] != token or not match or match[2] not in spec.more["kinds"]:
            raise BadResponse("not a file of this form")
        return dict(zip(PARTS, match.groups(), strict=True))

    def progress(self, spec: PieceSpec, response: Response) -> str:
        return "complete" if self.given(response) else "empty"

    def answer_html(self, response: Response) -> str:
        return ""  # a link to the file stands above
