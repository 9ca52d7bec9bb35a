"""The picture of a decision story: every scene in its row, the path one took drawn through them. Pure.

Units: the drawing's own, whole numbers, from the upper left corner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

COLUMN, ROW, MARGIN = 72, 64, 28


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene and the scenes its choices lead to. `ending` is empty, or good, mixed, bad."""

    key: str
    ending: str
    leads_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    x: int
    y: int
    ending: str
    step: int  # its place on the path, from 1; 0 off the path


@dataclass(frozen=True, slots=True)
class Edge:
    x1: int
    y1: int
    x2: int
    y2: int
    taken: bool


@dataclass(frozen=True, slots=True)
class PathPicture:
    width: int
    height: int
    edges: tuple[Edge, ...]  # those taken come last, so that they are drawn on top
    nodes: tuple[Node, ...]


def draw_path(scenes: Sequence[Scene], path: Sequence[str]) -> PathPicture:
    """Return where each scene stands: as deep as the longest way to it, below those it comes from.

    `scenes` lead forward only, in their order; `path` holds the keys passed, the first to the last.
    """
    depth = _depths(scenes)
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for scene in scenes:
        layers[depth[scene.key]].append(scene.key)
    widest = max(len(layer) for layer in layers)
    width = 2 * MARGIN + (widest - 1) * COLUMN
    place: dict[str, tuple[int, int]] = {}
    for level, layer in enumerate(layers):
        for n, key in enumerate(sorted(layer, key=lambda key: _above(scenes, key, place))):
            place[key] = (round(width / 2 + (n - (len(layer) - 1) / 2) * COLUMN), MARGIN + level * ROW)
    taken = set(pairwise(path))
    edges = {(scene.key, aim) for scene in scenes for aim in scene.leads_to if aim in place}
    ordered = sorted(edges, key=lambda edge: (edge in taken, edge))
    return PathPicture(
        width,
        2 * MARGIN + (len(layers) - 1) * ROW,
        tuple(Edge(*place[start], *place[end], (start, end) in taken) for start, end in ordered),
        tuple(
            Node(*place[scene.key], scene.ending, path.index(scene.key) + 1 if scene.key in path else 0)
            for scene in scenes
        ),
    )


def _above(scenes: Sequence[Scene], key: str, place: dict[str, tuple[int, int]]) -> float:
    """Return how far to the right the scenes that lead to `key` stand on average: fewer lines cross then."""
    xs = [place[scene.key][0] for scene in scenes if key in scene.leads_to and scene.key in place]
    return sum(xs) / len(xs) if xs else 0.0


def _depths(scenes: Sequence[Scene]) -> dict[str, int]:
    depth = {scene.key: 0 for scene in scenes}
    for scene in scenes:
        for aim in scene.leads_to:
            if aim in depth:
                depth[aim] = max(depth[aim], depth[scene.key] + 1)
    return depth
