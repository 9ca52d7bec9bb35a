"""Where in a YAML file a value stands, so that an error can name its line."""

import re

import yaml

PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def line_of(text: str, path: str) -> int:
    """Return the line (from 1) of the value at `path`, such as `questions[3].options[0].text`.

    Where the path leads past what is there (a missing key), the line of the last part that exists.
    """
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for name, position in PART.findall(path):
        child = _child(node, name, position)
        if child is None:
            break
        node, line = child
    return line


def _child(node: yaml.Node | None, name: str, position: str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode) and name:
        for key, value in node.value:
            if key.value == name:
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and position and int(position) < len(node.value):
        item = node.value[int(position)]
        return item, item.start_mark.line + 1
    return None
