"""Where a key stands in a file, for problems that are found long after the file was read."""

import re
from collections.abc import Sequence

from alertgen import LEDGER, SITE_FILE
from alertgen.diagnostics import Place
from alertgen.load.keys.frontmatter import read_front_matter
from alertgen.load.yaml.nodes import Items, Mapping, Node
from alertgen.load.yaml.reading import read_yaml
from alertgen.text import folded


def place_of_key(key: Sequence[str], text: str, otherwise: Place) -> Place:
    """Return the place of the value of *key* in the file of *otherwise*, which holds *text*.

    What follows a key is a key below it or a value of its list. Where that is not there, the place is that of what
    holds it; *otherwise*, when not even the first key is there.
    """
    path = otherwise.path
    if path == LEDGER:
        return _line_of(key[0], text, otherwise)
    node = read_yaml(text, path, 1).node if path == SITE_FILE else read_front_matter(text, path).header
    place = otherwise
    for part in key:
        below = _below(node, part)
        if below is None:
            break
        node, place = below, below.place
    return place


def _below(node: Node | None, part: str) -> Node | None:
    if isinstance(node, Mapping):
        return node.get(part)
    if isinstance(node, Items):
        return next((item for item in node.items if folded(getattr(item, "text", "")) == folded(part)), None)
    return None


def _line_of(address: str, text: str, otherwise: Place) -> Place:
    """Return the line of published.json that records *address*: each has a line of its own."""
    begins = re.compile(rf',?"{re.escape(address)}":')
    numbers = (number for number, line in enumerate(text.split("\n"), 1) if begins.match(line))
    return Place(otherwise.path, next(numbers, otherwise.line))
