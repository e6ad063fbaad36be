"""Values as an editor typed them, each with its place: what `reading` reads from YAML."""

from collections.abc import Iterator

from alertgen.diagnostics import Place
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, exactly as typed (folded as YAML folds it when it runs over several lines)."""

    text: str
    place: Place
    plain: bool = True
    """It stands without quotation marks."""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed at all; `""` is something."""
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: str
    place: Place
    """Where the key stands."""
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, each key once."""

    entries: tuple[Entry, ...]
    place: Place
    broken: tuple[str, ...] = ()
    """Keys that stand there but could not be read; they have been reported and must not be reported as missing."""

    def get(self, key: str) -> "Node | None":
        """Return the value of *key*, or None."""
        for entry in self.entries:
            if entry.key == key:
                return entry.value
        return None


Node = Scalar | Items | Mapping


def scalars(node: Node | None) -> tuple[Scalar, ...]:
    """Return the values in *node*, one or a list of them; what is blank or no single value is left out."""
    return tuple([item for item in _items(node) if isinstance(item, Scalar) and item.text.strip()])


def groups(node: Node | None) -> tuple[Mapping, ...]:
    """Return the groups of keys in *node*, one or a list of them; what is none is left out."""
    return tuple([item for item in _items(node) if isinstance(item, Mapping)])


def _items(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if isinstance(node, Items) else (node,)


def every_value(node: Node) -> Iterator[Scalar]:
    """Yield each value in *node*, however deep."""
    if isinstance(node, Scalar):
        yield node
        return
    inner = node.items if isinstance(node, Items) else [entry.value for entry in node.entries]
    for one in inner:
        yield from every_value(one)


def plain(node: Node) -> object:
    """Return *node* as plain text, None for an empty value, lists and dictionaries."""
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.value) for entry in node.entries}
