"""Addresses in front matter and site.yaml that tell who follows them."""

from collections.abc import Iterator, Sequence

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.addresses import without_tracking
from alertgen.load.yaml.nodes import Items, Node, Scalar
from alertgen.text import counted, listed

CODE = "tracking-parameter"
_AS_TYPED = frozenset({"archived"})
"""Keys whose addresses name another address in full, and are kept whole."""


def told_of_tracking(address: str, at: Place) -> Iterator[Diagnostic]:
    """Yield a warning when *address*, which stands at *at*, tells who follows it."""
    clean, dropped = without_tracking(address)
    if dropped:
        yield tracked(clean, dropped, at)


def tracked(clean: str, dropped: Sequence[str], at: Place) -> Diagnostic:
    """Return the warning that an address at *at* has the parameters and detours *dropped*; without, it is *clean*."""
    message = f"this address reports who follows it ({listed(dropped, 'and')})"
    what = "the detour is" if any("." in name for name in dropped) else counted(len(dropped), "parameter")
    hint = f"{what} left out of the page; link {clean}"
    return problem(CODE, message, at, hint=hint)


def tracking_in_keys(node: Node) -> Iterator[Diagnostic]:
    """Report each value below *node* that is an address which tells who follows it."""
    if isinstance(node, Scalar):
        if node.text.startswith(("http://", "https://")):
            yield from told_of_tracking(node.text, node.place)
        return
    inner = node.items if isinstance(node, Items) else [one.value for one in node.entries if one.key not in _AS_TYPED]
    for value in inner:
        yield from tracking_in_keys(value)
